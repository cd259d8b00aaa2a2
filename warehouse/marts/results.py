"""Views of a round's results: totals, places, points a criterion.

Belongs here: the calculation in force of each round and scorecard.
Stays out: calculations that were replaced; they stay in the tables.
"""

from __future__ import annotations

from warehouse.marts.view import Column, View, ward_columns

_CHANGES = (
    ("report", "loaded_from"),
    ("report", "loaded_to"),
    ("decision", "decided_at"),
    ("manual_mark", "marked_at"),
)


def round_change(until: str = "") -> str:
    """Return the question when a round's figures or marks last changed, as far as they had by the moment `until`."""
    parts = [_last(f"SELECT round, {when} AS changed_at FROM {table}", until) for table, when in _CHANGES]
    spells = "SELECT f.round, s.{} AS changed_at FROM finding_spell s JOIN finding f ON f.key = s.finding_key"
    parts += [_last(spells.format(end), until) for end in ("open_from", "open_to")]
    return f"SELECT round, max(changed_at) AS changed_at FROM ({' UNION ALL '.join(parts)}) c GROUP BY round"


def _last(rows: str, until: str) -> str:
    known = f" WHERE changed_at <= {until}" if until else ""
    return f"SELECT round, max(changed_at) AS changed_at FROM ({rows}) x{known} GROUP BY round"


ROUND_CHANGE = View(
    "round_change",
    "When the figures or marks of a round last changed: a load, a decision, a finding opened or settled, a mark",
    (Column("round", "Round", "c.round"), Column("changed_at", "The moment", "c.changed_at", "moment")),
    f"FROM ({round_change()}) c",
)

ROLLUP = View(
    "mart_rollup",
    "Totals of the district in force, with the wards they cover",
    (
        Column("round", "Round", "k.round"),
        *(
            Column(name, meaning, f"t.{name}")
            for name, meaning in (
                ("scope", "Which wards: all, or those of one kind, as phường"),
                ("measure_kind", "figure or indicator"),
                ("measure", "Code of the figure or indicator"),
                ("unit", "count, percent or vnd"),
                ("value", "Total, or sum over sum in percent"),
                ("numerator", "Sum of numerators"),
                ("denominator", "Sum of denominators"),
                ("wards_counted", "Wards whose figures are in it"),
                ("wards_expected", "Wards that should have reported"),
                ("wards_marked", "Wards counted whose figure an open warning marks"),
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
                ("previous_rank", "Place in the previous round, where the two compare"),
                ("tier", "Tier, 1 the first: wards whose ranges of places overlap stand in one"),
                ("best_rank", "Best place over all variations of weights, findings and gaps"),
                ("worst_rank", "Worst place over all variations of weights, findings and gaps"),
                ("total_low", "Lower end of the total over all ways of taking findings and gaps"),
                ("total_high", "Upper end of the total over all ways of taking findings and gaps"),
                ("kept_share", "Share of the variations of weights that keep the place, 0–1"),
                ("lead_share", "Share of cases in which the ward stays ahead of the next, 0–1; NULL for the last"),
                ("is_separated", "True where the lead on the next ward may be called one"),
                ("is_provisional", "True while a criterion waits for the office, so that the place is not final"),
                ("provisional_criteria", "The criteria that wait, parted by commas"),
                ("weakest_pct", "Share of its points that the ward's weakest group reaches, percent"),
                ("open_findings", "Open findings on figures that the scorecard may use"),
                ("marked_figures", "Figures used that an open warning marks"),
                ("decided_figures", "Figures used that a person decided"),
                ("gaps", "Criteria without figures"),
                ("fallbacks", "Criteria for which a printed percentage stood in for numbers"),
                ("least_confidence", "Least confidence of a figure used, 0–1"),
            )
        ),
        Column("calculated_from", "Moment from which the ranking is in force", "k.calculated_from"),
        Column("calculated_date", "Day of it in Viet Nam", "local_day(k.calculated_from)"),
        Column(
            "confirmed_at",
            "Last moment at which computing gave this ranking",
            "coalesce(k.confirmed_at, k.calculated_from)",
        ),
        Column(
            "is_older_than_figures",
            "1 where a figure, finding, decision or mark of the round changed after the ranking was computed, else 0",
            "CASE WHEN g.changed_at > coalesce(k.confirmed_at, k.calculated_from) THEN 1 ELSE 0 END",
        ),
    ),
    """
FROM calculation k
JOIN rank p ON p.calculation_id = k.id
LEFT JOIN ward w ON w.slug = p.ward
LEFT JOIN round_change g ON g.round = k.round
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
                ("points_low", "Least points, however gaps are filled and findings decided"),
                ("points_high", "Most points, likewise"),
                ("state", "How the points came about"),
                ("gap", "Why it could not be scored from what is there, empty where it could"),
                ("measure_used", "Measure that was used: 0 the preferred, more a fallback"),
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
