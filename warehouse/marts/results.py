"""Views of a round's results: totals, places, points a criterion.

Belongs here: the calculation in force of each round and scorecard.
Stays out: calculations that were replaced; they stay in the tables.
"""

from __future__ import annotations

from warehouse.marts.view import Column, View, ward_columns

ROLLUP = View(
    "mart_rollup",
    "Totals of the district in force, with the wards they cover",
    (
        Column("round", "Round", "k.round"),
        *(
            Column(name, meaning, f"t.{name}")
            for name, meaning in (
                ("scope", "Which wards: all, phường or xã"),
                ("measure_kind", "figure or indicator"),
                ("measure", "Code of the figure or indicator"),
                ("unit", "count, percent or vnd"),
                ("value", "Total, or sum over sum in percent"),
                ("numerator", "Sum of numerators"),
                ("denominator", "Sum of denominators"),
                ("wards_counted", "Wards whose figures are in it"),
                ("wards_expected", "Wards that should have reported"),
                ("previous_value", "The same of the previous round"),
                ("last_year_value", "The same of that round a year before"),
                ("previous_now", "This round's over the wards that the previous round has too"),
                ("previous_wards", "Wards compared with the previous round"),
                ("previous_change", "Change on the previous round, NULL where the spans differ"),
                (
                    "previous_note",
                    "empty, quarter_flow (cumulative reports taken apart) or spans_differ (not compared)",
                ),
                ("last_year_now", "This round's over the wards that that round a year before has too"),
                ("last_year_wards", "Wards compared with that round a year before"),
                ("last_year_change", "Change on that round a year before, NULL where the spans differ"),
                (
                    "last_year_note",
                    "empty, quarter_flow (cumulative reports taken apart) or spans_differ (not compared)",
                ),
            )
        ),
    ),
    """
FROM calculation k
JOIN rollup t ON t.calculation_id = k.id
WHERE k.kind = 'rollup' AND k.calculated_to IS NULL
""",
)

RANKING = View(
    "mart_ranking",
    "Places of the wards in force, one row a round, scorecard and ward; unranked wards with the reason",
    (
        Column("round", "Round", "k.round"),
        Column("scorecard", "Scorecard", "k.scorecard"),
        Column("scorecard_version", "Version of the scorecard", "p.scorecard_version"),
        *ward_columns("p.ward"),
        *(
            Column(name, meaning, f"p.{name}")
            for name, meaning in (
                ("total", "Points in total, NULL where unranked"),
                ("rank", "Place among all wards"),
                ("rank_in_kind", "Place among the wards of its kind"),
                ("class_code", "Class of the total"),
                ("completeness", "Share of the points that could be computed, percent"),
                ("rank_change", "Places won (+) or lost (-) since the previous round"),
                ("reason_unranked", "Why the ward has no place, in Vietnamese"),
            )
        ),
        Column("calculated_from", "Moment from which the ranking is in force", "k.calculated_from"),
    ),
    """
FROM calculation k
JOIN rank p ON p.calculation_id = k.id
LEFT JOIN ward w ON w.slug = p.ward
WHERE k.kind = 'ranking' AND k.calculated_to IS NULL
""",
)

RANKING_CRITERION = View(
    "mart_ranking_criterion",
    "Points in force behind the places, one row a round, scorecard, ward and criterion",
    (
        Column("round", "Round", "k.round"),
        Column("scorecard", "Scorecard", "k.scorecard"),
        *ward_columns("s.ward"),
        Column("total", "Points of the ward in total", "p.total"),
        Column("rank", "Place of the ward among all wards", "p.rank"),
        *(
            Column(name, meaning, f"s.{name}")
            for name, meaning in (
                ("criterion", "Criterion"),
                ("position", "Order of the criterion in the scorecard"),
                ("ratio", "Ratio the points follow from"),
                ("points", "Points, NULL where held or left out"),
                ("max_points", "Points at most"),
                ("state", "How the points came about"),
                ("note", "Remark"),
            )
        ),
    ),
    """
FROM calculation k
JOIN score s ON s.calculation_id = k.id
LEFT JOIN ward w ON w.slug = s.ward
LEFT JOIN calculation j
    ON j.round = k.round AND j.scorecard = k.scorecard AND j.kind = 'ranking' AND j.calculated_to IS NULL
LEFT JOIN rank p ON p.calculation_id = j.id AND p.ward = s.ward
WHERE k.kind = 'score' AND k.calculated_to IS NULL
""",
)
