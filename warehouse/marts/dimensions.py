"""Views that facts are joined to: units, figures, indicators, criteria.

Belongs here: what a key of a fact mart stands for, one row a key.
Stays out: facts; rounds, whose row also says how complete they are (`ledger`).
"""

from __future__ import annotations

from warehouse.marts.view import Column, View

UNIT = View(
    "mart_unit",
    "Units of the map in time, one row a unit: the wards that report, and the units of today they went into",
    (
        Column("unit_code", "Official code; codes are reused, so a unit is code and first day", "u.code"),
        Column("unit_valid_from", "First day of the unit", "u.valid_from"),
        Column("unit_valid_to", "Last day of the unit, NULL where it still exists", "u.valid_to", "date"),
        Column("unit_kind", "Kind of the unit, as phường or xã", "u.kind"),
        Column("unit_name", "Vietnamese name of the unit", "u.name"),
        Column("ward", "Key by which facts name the unit, NULL where none does", "u.slug"),
        Column("ward_search", "Kind and name in lower case without marks, for searching", "u.search"),
        Column("ward_sort_key", "Key by which names sort as a Vietnamese reader expects", "u.sort_key"),
        Column("today_code", "Code of the unit it belongs to today", "coalesce(u.successor_code, u.code)"),
        Column(
            "today_valid_from",
            "First day of the unit it belongs to today",
            "coalesce(u.successor_valid_from, u.valid_from)",
            "date",
        ),
    ),
    """
FROM (
    SELECT code, valid_from, valid_to, kind, name, slug, search, sort_key, successor_code, successor_valid_from
    FROM ward
    UNION ALL
    SELECT s.successor_code, s.successor_valid_from, NULL, s.successor_kind, s.successor_name, NULL, NULL, NULL,
           NULL, NULL
    FROM (
        SELECT DISTINCT w.successor_code, w.successor_valid_from, w.successor_kind, w.successor_name
        FROM ward w
        WHERE w.successor_code IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM ward x WHERE x.code = w.successor_code AND x.valid_from = w.successor_valid_from)
    ) s
) u
""",
)

FIGURE = View(
    "mart_figure",
    "Figures a report is read for, one row a figure",
    (
        Column("figure", "Code of the figure", "f.code"),
        Column("position", "Order in the catalogue", "f.position"),
        Column("figure_group", "Chapter of the report", "f.figure_group"),
        Column("unit", "count, percent or vnd", "f.unit"),
        Column("basis", "What the value spans: period, ytd, year, point, prior or ratio", "f.basis"),
        Column("is_additive", "True where quarters add up to the cumulative figure", "f.is_additive", "flag"),
        Column("label_vi", "Short label in Vietnamese", "f.label_vi"),
        Column("meaning_vi", "Meaning of the figure in Vietnamese", "f.meaning_vi"),
        Column("meaning_en", "Meaning of the figure in English", "f.meaning_en"),
        Column("source_form_vi", "Report and forms it comes from, in Vietnamese", "f.source_form_vi"),
        Column("source_form_en", "Report and forms it comes from, in English", "f.source_form_en"),
        Column("since_date", "First day from which reports print it, NULL for ever since", "f.since_date"),
        Column("search", "Meaning in both languages in lower case without marks, for searching", "f.search"),
        Column(
            "first_round",
            "First round of which a report prints it, NULL where none does yet",
            "(SELECT min(c.round) FROM figure_current c WHERE c.figure = f.code)",
        ),
    ),
    "FROM figure f",
)

INDICATOR_DEFINITION = View(
    "mart_indicator_definition",
    "Indicators and what they mean, one row an indicator",
    (
        Column("indicator", "Code of the indicator", "i.code"),
        Column("position", "Order in the catalogue", "i.position"),
        Column("is_additive", "True where both sides of quarters add up", "i.is_additive", "flag"),
        Column("meaning_vi", "Meaning in Vietnamese", "i.meaning_vi"),
        Column("meaning_en", "Meaning in English", "i.meaning_en"),
        Column(
            "ways",
            "In how many ways its sides can be made from figures",
            "(SELECT count(*) FROM (SELECT DISTINCT p.side, p.alternative FROM indicator_part p "
            "WHERE p.indicator = i.code) k)",
            "integer",
        ),
    ),
    "FROM indicator i",
)

CRITERION = View(
    "mart_criterion",
    "Criteria of the scorecards that wards were scored by, one row a scorecard, version and criterion",
    (
        Column("scorecard", "Scorecard", "k.scorecard"),
        Column("scorecard_version", "Version of the scorecard", "s.scorecard_version"),
        Column("criterion", "Criterion", "s.criterion"),
        Column("position", "Order of the criterion in the scorecard", "min(s.position)"),
        Column("max_points", "Points at most", "max(s.max_points)"),
    ),
    """
FROM calculation k
JOIN score s ON s.calculation_id = k.id
WHERE k.kind = 'score' AND k.calculated_to IS NULL
GROUP BY k.scorecard, s.scorecard_version, s.criterion
""",
)
