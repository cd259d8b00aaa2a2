"""Views of figures: one row a figure, one row a ward, every load there ever was.

Belongs here: figures as they count now, and as printed in each load.
Stays out: ratios of figures (`indicators`).
"""

from __future__ import annotations

from catalogue.figures import figure_definitions
from warehouse.marts.view import Column, View, ward_columns

_TRUST = (
    Column("text_class", "How the page was made to text: digital, scan or poor_scan", "v.text_class"),
    Column("readers", "Readers that read the figure there, parted by commas", "v.readers"),
    Column("probability", "The judge's probability that value and figure are right, 0–1", "v.probability"),
    Column("is_sure", "True where the judge asks nobody to look", "v.is_sure"),
    Column("doubt", "Code of the reason why it is not sure, empty where it is", "v.doubt", matter="doubt"),
)


def _words(language: str) -> str:
    """Return the sentence of a doubt with the value as printed, its rival and the other figure in their places."""
    filled = f"u.words_{language}"
    for place, value in (
        ("value", "v.raw"),
        ("rival", "coalesce(CAST(v.rival AS TEXT), '?')"),
        ("figure", "coalesce(o.meaning_vi, '')"),
    ):
        filled = f"replace({filled}, '{{{place}}}', {value})"
    return filled


FIGURE_LONG = View(
    "mart_figure_long",
    "Figures in force, one row a round, ward and figure, with the sentence each was read from",
    (
        Column("round", "Round, as 2023-Q3", "c.round"),
        *ward_columns("c.ward"),
        Column("figure", "Code of the figure", "c.figure"),
        Column("figure_group", "Chapter of the report", "f.figure_group"),
        Column("unit", "count, percent or vnd", "f.unit"),
        Column("basis", "What the value spans: period, ytd, year, point, prior or ratio", "f.basis"),
        Column("meaning_vi", "Meaning of the figure in Vietnamese", "f.meaning_vi"),
        Column("status", "entered, marked (open warning), waiting (unsure) or blocked (open error)", "c.status"),
        Column("value", "Value that counts, NULL while waiting or blocked", "c.value"),
        Column("printed_value", "Value as printed, whatever the status", "c.printed"),
        Column("decided_value", "Value a named person decided", "c.decided"),
        Column("decided_by", "Who decided, where a decision holds", "d.decided_by"),
        Column("decision_reason", "Why", "d.reason"),
        Column("confidence", "How far the printed value may be trusted unseen, 0–1", "c.confidence"),
        *_TRUST,
        Column(
            "certified_bound",
            "At most this share of sure figures of the class is wrong, with 95 % confidence, 0–1; NULL without proof",
            "CASE WHEN v.is_sure THEN t.bound END",
        ),
        Column("doubt_vi", "The reason of doubt in Vietnamese", _words("vi"), matter="doubt"),
        Column("doubt_en", "The reason of doubt in English", _words("en"), matter="doubt"),
        Column("rival_value", "Another value that the report prints for the figure", "v.rival", matter="doubt"),
        Column("rival_figure", "Another figure that a reader takes the number for", "v.rival_figure", matter="doubt"),
        Column("raw", "The number as printed", "v.raw"),
        Column("approximation", "Word that widens it: nearly, over, about, estimated or empty", "v.approximation"),
        Column("sentence", "Sentence it stands in", "v.sentence"),
        Column("page", "Page it stands on", "v.page"),
        Column("doc_no", "Number and symbol of the report", "r.doc_no"),
        Column("doc_date", "Date of the report", "r.doc_date"),
        Column("version", "Version of the ward's report for the round", "r.version"),
        Column("submission_id", "Arrival it was read from", "r.submission_id"),
        Column("report_id", "Load in force", "c.report_id"),
        Column("loaded_from", "Moment from which the load is in force", "r.loaded_from"),
        Column("loaded_date", "Day of it in Viet Nam", "local_day(r.loaded_from)"),
    ),
    """
FROM figure_current c
LEFT JOIN ward w ON w.slug = c.ward
JOIN figure f ON f.code = c.figure
LEFT JOIN report r ON r.id = c.report_id
LEFT JOIN figure_value v ON v.report_id = c.report_id AND v.figure = c.figure AND v.seq = c.seq
LEFT JOIN decision d ON d.id = c.decision_id
LEFT JOIN trust t ON t.text_class = v.text_class
LEFT JOIN doubt u ON u.code = v.doubt
LEFT JOIN figure o ON o.code = v.rival_figure
""",
)

FIGURE_HISTORY = View(
    "mart_figure_history",
    "Figures as printed in every load there ever was; a past state is the rows whose time in force covers the moment",
    (
        Column("round", "Round", "r.round"),
        *ward_columns("r.ward"),
        Column("figure", "Code of the figure", "v.figure"),
        Column("printed_value", "Value as printed", "v.value"),
        Column("raw", "The number as printed", "v.raw"),
        Column("sentence", "Sentence it stands in", "v.sentence"),
        Column("page", "Page it stands on", "v.page"),
        Column("confidence", "How far the value may be trusted unseen, 0–1", "v.confidence"),
        *_TRUST,
        Column("rival_value", "Another value that the report prints for the figure", "v.rival", matter="doubt"),
        Column("version", "Version of the ward's report for the round", "r.version"),
        Column("parser_version", "Version of the figure engine", "r.parser_version"),
        Column("report_id", "Load", "r.id"),
        Column("loaded_from", "Moment from which the load was in force", "r.loaded_from"),
        Column("loaded_date", "Day of it in Viet Nam", "local_day(r.loaded_from)"),
        Column("loaded_to", "Moment at which another took its place, NULL while in force", "r.loaded_to"),
        Column("closed_because", "Why it is no longer in force", "r.closed_because"),
    ),
    """
FROM report r
LEFT JOIN ward w ON w.slug = r.ward
JOIN figure_value v ON v.report_id = r.id AND v.is_primary
""",
)


def figure_wide() -> View:
    """Return the view with a column a figure of the catalogue."""
    value = "(SELECT c.value FROM figure_current c WHERE c.round = r.round AND c.ward = r.ward AND c.figure = '{}')"
    return View(
        "mart_figure_wide",
        "Figures in force, one row a round and ward that has reported, one column a figure; NULL where none counts",
        (
            Column("round", "Round", "r.round"),
            *ward_columns("r.ward"),
            Column("doc_no", "Number and symbol of the report", "r.doc_no"),
            Column("doc_date", "Date of the report", "r.doc_date"),
            Column("version", "Version of the ward's report for the round", "r.version"),
            Column("report_id", "Load in force", "r.id"),
            *(
                Column(
                    figure.code,
                    f"{figure.meaning_en} ({figure.unit}, {figure.basis})",
                    value.format(figure.code),
                    "number",
                )
                for figure in figure_definitions().values()
            ),
        ),
        """
FROM report r
LEFT JOIN ward w ON w.slug = r.ward
WHERE r.loaded_to IS NULL
""",
    )
