"""Views of a round's reports: who was expected, what arrived, what is open.

Belongs here: expected wards, the ledger, a round's rates, arrivals, open findings, decisions.
Stays out: the states in words (`pipelines.ledger.entries`).
"""

from __future__ import annotations

from catalogue.rules import holding_rules
from parsers.outcomes import Outcome
from validation.audience import Matter
from warehouse.marts.view import Column, View, ward_columns

ROUND_WARD = View(
    "round_ward",
    "Wards expected to report in a round: those that exist on the last day of its window",
    (Column("round", "Round", "r.label"), Column("ward", "Ward (ward.slug)", "w.slug")),
    """
FROM round r
JOIN ward w ON w.valid_from <= r.window_end AND (w.valid_to IS NULL OR w.valid_to >= r.window_end)
""",
)


def _figures(status: str = "") -> str:
    return f"(SELECT count(*) FROM figure_current c WHERE c.round = e.round AND c.ward = e.ward{status})"


def _holding() -> str:
    rules = ", ".join(f"'{rule}'" for rule in sorted(holding_rules()))
    return (
        "(SELECT count(*) FROM finding f WHERE f.round = e.round AND f.ward = e.ward "
        f"AND f.state = 'open' AND f.rule IN ({rules}))"
    )


def _findings(severity: str) -> str:
    return (
        "(SELECT count(*) FROM finding f WHERE f.round = e.round AND f.ward = e.ward "
        f"AND f.state = 'open' AND f.severity = '{severity}')"
    )


def _arrivals(what: str, outcome: str = "") -> str:
    """Return what the versions of the ward add up to; one withdrawn from the round was none of its."""
    return (
        f"(SELECT {what} FROM submission a WHERE a.ward = e.ward AND a.round = e.round "
        f"AND a.version IS NOT NULL AND a.state = 'placed'{outcome})"
    )


def _readable(what: str) -> str:
    return _arrivals(what, f" AND a.outcome = '{Outcome.READ}'")


_OPEN = " AND c.status IN ('waiting', 'blocked')"

LEDGER = View(
    "mart_ledger",
    "The ledger of a round: one row for every expected report, with what arrived and what is still to do",
    (
        Column("round", "Round", "e.round"),
        *ward_columns("e.ward"),
        Column(
            "state",
            "missing, received (not loaded yet), review (open errors, unsure figures, parts not read) or loaded",
            "CASE WHEN s.id IS NULL THEN 'missing' "
            "WHEN r.id IS NULL OR r.submission_id <> s.id THEN 'received' "
            f"WHEN {_findings('error')} > 0 OR {_figures(_OPEN)} > 0 OR {_holding()} > 0 THEN 'review' "
            "ELSE 'loaded' END",
        ),
        Column("due_date", "Last day on which the report is on time", "n.due_date"),
        Column(
            "is_on_time",
            "1 where the first readable version came by the due date, 0 where it came later, NULL where none came",
            _readable("CASE WHEN min(a.received_at) < n.late_from THEN 1 WHEN count(*) > 0 THEN 0 END"),
        ),
        Column("first_received_at", "When the first version arrived, readable or not", _arrivals("min(a.received_at)")),
        Column("first_received_date", "Day of it in Viet Nam", _arrivals("local_day(min(a.received_at))")),
        Column(
            "first_readable_at",
            "When the first version that could be read arrived; on time goes by it",
            _readable("min(a.received_at)"),
        ),
        Column("first_readable_date", "Day of it in Viet Nam", _readable("local_day(min(a.received_at))")),
        Column("received_at", "When the current version arrived", "s.received_at"),
        Column("received_date", "Day of it in Viet Nam", "local_day(s.received_at)"),
        Column("received_via", "Way the current version came", "s.received_via"),
        Column("versions", "Versions that arrived and were not withdrawn", _arrivals("count(*)")),
        Column("submission_id", "Current arrival", "s.id"),
        Column("report_id", "Load in force", "r.id"),
        Column("doc_no", "Number and symbol of the report in force", "r.doc_no"),
        Column("doc_date", "Date of the report in force", "r.doc_date"),
        Column("parser_version", "Version of the figure engine that read it", "r.parser_version"),
        Column("figures", "Figures read", _figures()),
        Column("waiting", "Figures too unsure to count", _figures(f"{_OPEN} AND c.status = 'waiting'")),
        Column("blocked", "Figures an open error keeps out", _figures(f"{_OPEN} AND c.status = 'blocked'")),
        Column("errors", "Open findings of severity error", _findings("error")),
        Column("warnings", "Open findings of severity warning", _findings("warning")),
        Column("infos", "Open findings of severity info", _findings("info")),
    ),
    """
FROM round_ward e
JOIN round n ON n.label = e.round
LEFT JOIN ward w ON w.slug = e.ward
LEFT JOIN submission s ON s.ward = e.ward AND s.round = e.round AND s.is_current
LEFT JOIN report r ON r.ward = e.ward AND r.round = e.round AND r.loaded_to IS NULL
""",
)


def _percent(part: str) -> str:
    return f"CASE WHEN s.wards_expected <> 0 THEN round({part} * 100.0 / s.wards_expected, 2) END"


def _day(days: tuple[str, ...]) -> str:
    """Return the day of the round's calendar quarter; `date(…)` makes a day of text on both engines."""
    cases = " ".join(f"WHEN {number} THEN '-{day}'" for number, day in enumerate(days, start=1))
    return f"date(CASE n.kind WHEN 'quarter' THEN CAST(n.year AS TEXT) || CASE n.number {cases} END END)"


ROUND = View(
    "mart_round",
    "Rounds with their days, and how complete and how punctual the reports are",
    (
        Column("round", "Round", "n.label"),
        Column("year", "Year of the round", "n.year"),
        Column("number", "1 to 4 within the year", "n.number"),
        Column("round_kind", "quarter, nine_months or month; spans of two kinds must not be added up", "n.kind"),
        Column(
            "is_cumulative",
            "1 where the reports cover the year so far (rounds 2 and 4), else 0",
            "CASE WHEN n.is_cumulative THEN 1 ELSE 0 END",
        ),
        Column(
            "quarter_start", "First day of the calendar quarter", _day(("01-01", "04-01", "07-01", "10-01")), "date"
        ),
        Column("quarter_end", "Last day of the calendar quarter", _day(("03-31", "06-30", "09-30", "12-31")), "date"),
        Column("window_start", "First day whose events the report covers", "n.window_start"),
        Column("window_end", "Last day whose events the report covers", "n.window_end"),
        Column("due_date", "Last day on which the report is on time", "n.due_date"),
        Column("closing_date", "Last day on which a report is still taken into the round", "n.closing_date"),
        Column("state", "open, closed (no more intake) or published (locked)", "n.state"),
        Column(
            "scorecard",
            "Scorecard by which the round was last ranked, NULL where it never was",
            "(SELECT k.scorecard FROM calculation k WHERE k.round = n.label AND k.kind = 'ranking' "
            "AND k.calculated_to IS NULL ORDER BY k.calculated_from DESC, k.id DESC LIMIT 1)",
        ),
        Column("wards_expected", "Wards that should report", "s.wards_expected"),
        Column("wards_received", "Wards of which a readable version has arrived", "s.wards_received"),
        Column("wards_on_time", "Wards whose first readable version came by the due date", "s.wards_on_time"),
        Column("wards_loaded", "Wards whose figures are in the warehouse", "s.wards_loaded"),
        Column("completeness", "Wards loaded over wards expected in percent", _percent("s.wards_loaded")),
        Column("on_time_rate", "Wards on time over wards expected in percent", _percent("s.wards_on_time")),
    ),
    """
FROM round n
LEFT JOIN (
    SELECT round, count(*) AS wards_expected, count(is_on_time) AS wards_received,
           coalesce(sum(is_on_time), 0) AS wards_on_time, count(report_id) AS wards_loaded
    FROM mart_ledger
    GROUP BY round
) s ON s.round = n.label
""",
)


_DAYS = {"received_date": "received_at", "decided_date": "decided_at"}


def _named(name: str, table: str) -> str:
    """Return the column of that name, or the day of the moment it is of."""
    return f"local_day({table}.{_DAYS[name]})" if name in _DAYS else f"{table}.{name}"


_MATTERS: dict[str, Matter] = {"sender": "contact", "message_vi": "arrival"}

SUBMISSION = View(
    "mart_submission",
    "Every file that ever arrived",
    tuple(
        Column(name, meaning, _named(name, "s"), matter=_MATTERS.get(name, "open"))
        for name, meaning in (
            ("id", "Number of the arrival"),
            ("received_at", "When it arrived"),
            ("received_date", "Day of it in Viet Nam"),
            ("received_via", "Way it came: inbox, mail, submit or zip"),
            ("sender", "Who sent it"),
            ("file_name", "Name of the file as received"),
            ("format", "What the bytes are"),
            ("size_bytes", "Size"),
            ("sha256", "Hash of the bytes"),
            ("ward", "Ward it was placed with"),
            ("round", "Round it was placed in"),
            ("version", "Version of the ward's report"),
            ("is_current", "True for the latest version"),
            ("state", "placed, quarantined, duplicate or withdrawn"),
            ("outcome", "Named outcome of reading the file"),
            ("message_vi", "Reason in Vietnamese"),
            ("supersedes_id", "The version it follows"),
            ("duplicate_of_id", "Earlier arrival of the same bytes"),
        )
    ),
    "FROM submission s",
)

FINDING_OPEN = View(
    "mart_finding_open",
    "Findings that are open, one row a finding and figure",
    (
        Column("round", "Round", "f.round"),
        *ward_columns("f.ward"),
        Column("finding_key", "What stays the same when the fault is found again", "f.key"),
        Column("rule", "Rule that fired", "f.rule"),
        Column("severity", "error, warning or info", "f.severity"),
        Column("figure", "Figure it concerns, NULL where it concerns none", "g.figure"),
        Column("printed", "What was printed", "f.printed", "text"),
        Column("expected", "What was expected", "f.expected"),
        Column("message_vi", "The finding in Vietnamese", "f.message_vi", matter="finding"),
        Column("message_en", "The finding in English", "f.message_en", matter="finding"),
        Column("first_seen_at", "When it was first found", "f.first_seen_at"),
        Column("first_seen_date", "Day of it in Viet Nam", "local_day(f.first_seen_at)"),
    ),
    """
FROM finding f
LEFT JOIN ward w ON w.slug = f.ward
LEFT JOIN finding_figure g ON g.finding_key = f.key
WHERE f.state = 'open'
""",
)

DECISION = View(
    "mart_decision",
    "Decisions of named persons, oldest first by number",
    tuple(
        Column(name, meaning, _named(name, "d"))
        for name, meaning in (
            ("id", "Number of the decision"),
            ("round", "Round"),
            ("ward", "Ward (ward.slug)"),
            ("figure", "Figure decided on"),
            ("finding_key", "Finding decided on"),
            ("kind", "accept, propose, enter, reject or reopen"),
            ("value", "Value taken over"),
            ("printed", "What stood printed when it was decided"),
            ("decided_by", "Who decided"),
            ("decided_at", "When"),
            ("decided_date", "Day of it in Viet Nam"),
            ("reason", "Why"),
        )
    ),
    "FROM decision d",
)
