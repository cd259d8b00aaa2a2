"""Views of indicators: by ward, and for the district as sum over sum.

Belongs here: ratios computed from figures that count.
Stays out: percentages as a report prints them, which are figures.
"""

from __future__ import annotations

from warehouse.marts.view import Column, View, ward_columns

INDICATOR = View(
    "mart_indicator",
    "Indicators in force, one row a round, ward and indicator of which at least one side is known",
    (
        Column("round", "Round", "c.round"),
        *ward_columns("c.ward"),
        Column("indicator", "Code of the indicator", "c.indicator"),
        Column("meaning_vi", "Meaning in Vietnamese", "i.meaning_vi"),
        Column("numerator", "Numerator, NULL where its figures do not all count", "c.numerator"),
        Column("denominator", "Denominator, NULL where its figures do not all count", "c.denominator"),
        Column(
            "value",
            "Numerator over denominator in percent, four decimals; NULL where a side is unknown or the denominator 0",
            "CASE WHEN c.denominator <> 0 THEN round(c.numerator * 100.0 / c.denominator, 4) END",
        ),
        Column(
            "is_covered",
            "1 where both sides are known, else 0",
            "CASE WHEN c.numerator IS NOT NULL AND c.denominator IS NOT NULL THEN 1 ELSE 0 END",
        ),
    ),
    """
FROM indicator_current c
LEFT JOIN ward w ON w.slug = c.ward
JOIN indicator i ON i.code = c.indicator
""",
)

_COVERED = "c.numerator IS NOT NULL AND c.denominator IS NOT NULL"

INDICATOR_DISTRICT = View(
    "mart_indicator_district",
    "Indicators of the district: sum of numerators over sum of denominators of the wards that give both",
    (
        Column("round", "Round", "s.round"),
        Column("indicator", "Code of the indicator", "s.indicator"),
        Column("meaning_vi", "Meaning in Vietnamese", "i.meaning_vi"),
        Column("numerator", "Sum of numerators", "s.numerator"),
        Column("denominator", "Sum of denominators", "s.denominator"),
        Column(
            "value",
            "Sum over sum in percent, four decimals; NULL where the denominator is 0",
            "CASE WHEN s.denominator <> 0 THEN round(s.numerator * 100.0 / s.denominator, 4) END",
        ),
        Column("wards_counted", "Wards that give both sides"),
        Column("wards_expected", "Wards that should have reported"),
        Column(
            "coverage",
            "Wards counted over wards expected in percent",
            "CASE WHEN wards_expected <> 0 THEN round(wards_counted * 100.0 / wards_expected, 2) END",
        ),
    ),
    f"""
FROM (
    SELECT c.round, c.indicator, sum(c.numerator) AS numerator, sum(c.denominator) AS denominator,
           count(*) AS wards_counted,
           (SELECT count(*) FROM round_ward e WHERE e.round = c.round) AS wards_expected
    FROM indicator_current c
    WHERE {_COVERED}
    GROUP BY c.round, c.indicator
) s
JOIN indicator i ON i.code = s.indicator
""",
)
