"""Views through time: a ward's own quarters from cumulative reports, and old wards in new units.

Belongs here: what follows by addition and subtraction from figures that count.
Stays out: estimates; where a part is not known, neither is the result.

The reports of rounds 2 and 4 are cumulative. A quarter's own flow is
    round 1, 3   as printed
    round 2      six months less round 1
    round 4      year less six months less round 3
and for figures given since the start of the year (basis ytd) always this round less the round before. It is derived
only where every part counts. A negative flow, or one of a part that is greater than its whole, means that the reports
contradict each other and is no value.
"""

from __future__ import annotations

from catalogue.indicators import indicators
from warehouse.marts.view import MEASURE_COLUMNS, ROUND_COLUMNS, UNIT_COLUMNS, Column, View, ward_columns

_MONTH_BEFORE = "CAST(substr(r.label, 7, 2) AS INTEGER) - 1"
_BEFORE = f"""CASE r.kind WHEN 'nine_months' THEN CAST(r.year AS TEXT) || '-Q2'
         WHEN 'month' THEN CAST(r.year AS TEXT) || CASE WHEN {_MONTH_BEFORE} < 10 THEN '-M0' ELSE '-M' END
              || CAST({_MONTH_BEFORE} AS TEXT)
         ELSE CAST(r.year AS TEXT) || '-Q' || CAST(r.number - 1 AS TEXT) END"""
_HALF = "CAST(r.year AS TEXT) || '-Q2'"

_FIGURES = f"""
    SELECT c.round, r.year, r.number, r.kind AS round_kind, c.ward,
           'figure' AS measure_kind, c.figure AS measure, f.unit,
           c.value AS value, c.value AS flow,
           CASE WHEN NOT (f.is_additive AND r.is_cumulative)
                     AND NOT (f.basis = 'ytd' AND substr(r.label, 6) NOT IN ('Q1', 'M01')) THEN 0
                WHEN f.is_additive AND r.label = CAST(r.year AS TEXT) || '-Q4' THEN 2 ELSE 1 END AS less,
           a.value AS flow_before, b.value AS flow_half,
           CAST(NULL AS NUMERIC) AS base, CAST(NULL AS NUMERIC) AS base_before,
           CAST(NULL AS NUMERIC) AS base_half, 0 AS is_ratio, 0 AS is_cumulative, 0 AS is_part
    FROM figure_current c
    JOIN round r ON r.label = c.round
    JOIN figure f ON f.code = c.figure
    LEFT JOIN figure_current a ON a.round = {_BEFORE} AND a.ward = c.ward AND a.figure = c.figure
    LEFT JOIN figure_current b ON b.round = {_HALF} AND b.ward = c.ward AND b.figure = c.figure
"""

_INDICATORS = f"""
    SELECT c.round, r.year, r.number, r.kind AS round_kind, c.ward,
           'indicator' AS measure_kind, c.indicator AS measure, 'percent' AS unit,
           CASE WHEN c.denominator <> 0 THEN round(c.numerator * 100.0 / c.denominator, 4) END AS value,
           c.numerator AS flow,
           CASE WHEN NOT (i.is_additive AND r.is_cumulative) THEN 0
                WHEN r.label = CAST(r.year AS TEXT) || '-Q4' THEN 2 ELSE 1 END AS less,
           a.numerator AS flow_before, b.numerator AS flow_half,
           c.denominator AS base, a.denominator AS base_before, b.denominator AS base_half,
           1 AS is_ratio,
           CASE WHEN NOT i.is_additive AND r.is_cumulative THEN 1 ELSE 0 END AS is_cumulative,
           CASE WHEN c.indicator IN ({{parts}}) THEN 1 ELSE 0 END AS is_part
    FROM indicator_current c
    JOIN round r ON r.label = c.round
    JOIN indicator i ON i.code = c.indicator
    LEFT JOIN indicator_current a ON a.round = {_BEFORE} AND a.ward = c.ward AND a.indicator = c.indicator
    LEFT JOIN indicator_current b ON b.round = {_HALF} AND b.ward = c.ward AND b.indicator = c.indicator
"""


def _own(side: str) -> str:
    return (
        f"CASE less WHEN 0 THEN {side} WHEN 1 THEN {side} - {side}_before ELSE {side} - {side}_before - {side}_half END"
    )


def _trend_of(name: str, meaning: str, rows: str) -> View:
    """Return the step between the rows with their former rounds and the trend."""
    kept = (
        "round",
        "year",
        "number",
        "round_kind",
        "ward",
        "measure_kind",
        "measure",
        "unit",
        "value",
        "less",
        "is_ratio",
        "is_cumulative",
        "is_part",
    )
    return View(
        name,
        meaning,
        (
            *(Column(column, "See mart_trend") for column in kept),
            Column("flow", "Value or numerator of the report"),
            Column("base", "Denominator of the report"),
            Column("own_flow", "The quarter's own value or numerator, before it is judged", _own("flow")),
            Column("own_base", "The quarter's own denominator, before it is judged", _own("base")),
        ),
        f"FROM ({rows}) s",
    )


FLOW_FIGURE = _trend_of("flow_figure", "Own flows of figures, before they are judged", _FIGURES)


def flow_indicator() -> View:
    """Return the view of the indicators' own flows, which knows the indicators that are parts of a whole."""
    parts = ", ".join(f"'{code}'" for code, indicator in indicators().items() if indicator.part)
    return _trend_of(
        "flow_indicator", "Own flows of indicators, before they are judged", _INDICATORS.replace("{parts}", parts)
    )


CONTRADICTORY = "less > 0 AND (own_flow < 0 OR own_base < 0 OR (is_part = 1 AND own_flow > own_base))"
UNKNOWN = "own_flow IS NULL OR (is_ratio = 1 AND own_base IS NULL)"

TREND = View(
    "mart_trend",
    "Figures and indicators of a ward over rounds, with the quarter's own value where reports are cumulative",
    (
        *ROUND_COLUMNS,
        *ward_columns("s.ward"),
        *MEASURE_COLUMNS,
        Column("value", "Value of the report; in rounds 2 and 4 that of the longer span", "s.value"),
        Column(
            "own_value",
            "Value of the quarter alone; NULL where how is unknown or contradictory",
            f"CASE WHEN {CONTRADICTORY} THEN NULL WHEN is_ratio = 0 THEN own_flow "
            "WHEN own_base <> 0 THEN round(own_flow * 100.0 / own_base, 4) END",
        ),
        Column(
            "own_numerator",
            "Numerator of the quarter alone, for indicators",
            f"CASE WHEN is_ratio = 1 AND NOT ({CONTRADICTORY}) THEN own_flow END",
        ),
        Column(
            "own_denominator",
            "Denominator of the quarter alone, for indicators",
            f"CASE WHEN is_ratio = 1 AND NOT ({CONTRADICTORY}) THEN own_base END",
        ),
        Column(
            "how",
            "printed; derived (by subtraction); cumulative (cannot be taken apart, the longer span stands); "
            "unknown (a part does not count); contradictory (the subtraction is negative, or a part exceeds its whole)",
            f"CASE WHEN {UNKNOWN} THEN 'unknown' WHEN {CONTRADICTORY} THEN 'contradictory' "
            "WHEN is_cumulative = 1 THEN 'cumulative' WHEN less > 0 THEN 'derived' ELSE 'printed' END",
        ),
    ),
    """
FROM (SELECT * FROM flow_figure UNION ALL SELECT * FROM flow_indicator) s
LEFT JOIN ward w ON w.slug = s.ward
""",
)

WARD_UNIT = View(
    "ward_unit",
    "The unit a ward belongs to today: the successor it went into whole, or itself; one that was split stays itself",
    (
        Column("ward", "Ward (ward.slug)", "slug"),
        Column("unit_code", "Official code of the unit", "coalesce(successor_code, code)"),
        Column("unit_valid_from", "First day of the unit", "coalesce(successor_valid_from, valid_from)"),
        Column("unit_kind", "Kind of the unit", "coalesce(successor_kind, kind)"),
        Column("unit_name", "Name of the unit", "coalesce(successor_name, name)"),
    ),
    "FROM ward",
)

EXPECTED = """(SELECT count(*) FROM round_ward e JOIN ward_unit x ON x.ward = e.ward
     WHERE e.round = s.round AND x.unit_code = s.unit_code AND x.unit_valid_from = s.unit_valid_from)"""
"""How many wards of a unit should have reported, out of a source `s` of units and rounds."""

SUCCESSOR = View(
    "mart_successor",
    "Figures and indicators added up into the units of today: counts and amounts add, ratios are computed anew",
    (
        Column("round", "Round", "s.round"),
        *UNIT_COLUMNS,
        *MEASURE_COLUMNS,
        Column("value", "Sum, or sum over sum in percent", "s.value"),
        Column("numerator", "Sum of numerators, for indicators", "s.numerator"),
        Column("denominator", "Sum of denominators, for indicators", "s.denominator"),
        Column("wards_counted", "Wards that are in it", "s.wards_counted"),
        Column("wards_expected", "Wards of the unit that should have reported", EXPECTED),
    ),
    """
FROM (
    SELECT c.round, u.unit_code, u.unit_valid_from, u.unit_kind, u.unit_name, 'figure' AS measure_kind,
           c.figure AS measure, f.unit, sum(c.value) AS value, NULL AS numerator, NULL AS denominator,
           count(*) AS wards_counted
    FROM figure_current c
    JOIN ward_unit u ON u.ward = c.ward
    JOIN figure f ON f.code = c.figure AND f.unit <> 'percent' AND is_summed(f.code)
    WHERE c.value IS NOT NULL
    GROUP BY c.round, u.unit_code, u.unit_valid_from, u.unit_kind, u.unit_name, c.figure, f.unit
    UNION ALL
    SELECT c.round, u.unit_code, u.unit_valid_from, u.unit_kind, u.unit_name, 'indicator',
           c.indicator, 'percent',
           CASE WHEN sum(c.denominator) <> 0
                THEN round(sum(c.numerator) * 100.0 / sum(c.denominator), 4) END,
           sum(c.numerator), sum(c.denominator), count(*)
    FROM indicator_current c
    JOIN ward_unit u ON u.ward = c.ward
    WHERE c.numerator IS NOT NULL AND c.denominator IS NOT NULL
    GROUP BY c.round, u.unit_code, u.unit_valid_from, u.unit_kind, u.unit_name, c.indicator
) s
""",
)
