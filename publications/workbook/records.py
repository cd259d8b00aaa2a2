"""The sheets of what is known beside the figures: findings, the ledger, the method, the dictionary.

Belongs here: which columns these sheets have and what stands in them.
Stays out: figures (`figures`), what was computed (`results`), writing (`writer`).
"""

from __future__ import annotations

from catalogue.figures import figure_definitions
from cchc.messages import translator
from publications import words
from publications.content import FindingRow, LedgerRow, Measure, RoundContent
from publications.method import method_lines, required
from publications.phrases import arrived, finding_message, ordered_findings
from publications.workbook.sheet import Cell, Column, Sheet, Tone, Value
from validation.units import basis_name

_ = translator("publications")

_SEVERITY_TONES: dict[str, Tone] = {"error": "blocked", "warning": "marked"}


def findings_sheet(content: RoundContent) -> Sheet:
    """Return the findings of the round, open ones first."""
    columns = (
        Column(_("Ward"), 24),
        Column(_("Severity"), 15),
        Column(_("State"), 14),
        Column(_("Finding"), 70, "long"),
        Column(_("Printed"), 24, "long"),
        Column(_("Expected"), 24, "long"),
        Column(_("Sentence of the report"), 70, "long"),
        Column(_("What resolved it"), 36, "long"),
        Column(_("Rule"), 20),
    )
    return Sheet(
        name=_("Findings"),
        title=_("Findings on the reports"),
        lead=_("Error: the figure does not count until a person decides. Warning: it counts and is to be confirmed."),
        columns=columns,
        rows=tuple(_finding_row(content, row) for row in ordered_findings(content)),
    )


def _finding_row(content: RoundContent, row: FindingRow) -> tuple[Value | Cell, ...]:
    finding = row.finding
    tone = _SEVERITY_TONES.get(finding.severity, "plain") if row.is_open else "plain"
    return (
        words.capital(content.name(finding.ward)),
        Cell(words.severity(finding.severity), tone=tone),
        _("open") if row.is_open else _("resolved"),
        finding_message(row),
        finding.printed,
        finding.expected,
        "\n".join(words.quoted(quote.page, quote.sentence) for quote in finding.quotes),
        row.resolution,
        finding.rule,
    )


def ledger_sheet(content: RoundContent) -> Sheet:
    """Return what became of every expected report."""
    columns = (
        Column(_("Ward"), 24),
        Column(_("Report"), 18),
        Column(_("Received at"), 17, "moment"),
        Column(_("Days late"), 8, "place"),
        Column(_("Version"), 8, "place"),
        Column(_("Number and symbol"), 16),
        Column(_("Date of the report"), 12, "day"),
        Column(_("Format"), 9),
        Column(_("Pages"), 7, "place"),
        Column(_("Figures read"), 9, "place"),
        Column(_("Numbers explained"), 11, "share"),
        Column(_("How it arrived"), 48, "long"),
        Column(_("Note"), 40, "long"),
    )
    return Sheet(
        name=_("Ledger"),
        title=_("Reports received"),
        lead=_("Due on {day}.").format(day=content.round.due.strftime("%d/%m/%Y")),
        columns=columns,
        rows=tuple(_ledger_row(content, row) for row in content.ledger),
    )


def _ledger_row(content: RoundContent, row: LedgerRow) -> tuple[Value | Cell, ...]:
    tone: Tone = "plain" if row.arrival == "on_time" else "marked" if row.arrival == "late" else "blocked"
    return (
        words.capital(content.name(row.ward)),
        Cell(words.arrival(row.arrival), tone=tone),
        row.received_at,
        row.days_late or None,
        row.version,
        row.doc_no,
        row.doc_date,
        row.format,
        row.pages,
        row.figures or None,
        row.explained_share,
        arrived(row) or row.file_name,
        row.note,
    )


def method_sheet(content: RoundContent) -> Sheet:
    """Return what the scorecard requires of a report, and how points and places came about."""
    columns = (Column(_("Criterion"), 48, "long"), Column(_("Points at most"), 10), Column(_("Note"), 90, "long"))
    demanded = tuple((line.criterion, line.points, line.figures) for line in required(content.scorecard, content.round))
    return Sheet(
        name=_("Method"),
        title=_("How points and places came about"),
        lead=_("For each criterion the required figures, of which any one set will do; below, how gaps count."),
        columns=columns,
        rows=(*demanded, *(("", "", line) for line in method_lines(content.result.scores, content.widths))),
    )


def dictionary_sheet(content: RoundContent) -> Sheet:
    """Return what every figure and indicator of the workbook means."""
    columns = (
        Column(_("Code"), 32),
        Column(_("Meaning"), 84, "long"),
        Column(_("Unit"), 9),
        Column(_("Counted over"), 26),
        Column(_("Group"), 36, "long"),
    )
    return Sheet(
        name=_("Dictionary"),
        title=_("What the figures mean"),
        lead=_("The codes are stable from round to round and the same in every file of the round."),
        columns=columns,
        rows=tuple(_dictionary_row(measure) for measure in content.measures),
    )


def _dictionary_row(measure: Measure) -> tuple[Value | Cell, ...]:
    defined = figure_definitions().get(measure.code)
    basis = basis_name(defined.basis) if defined else _("a ratio computed from figures")
    return measure.code, measure.title, words.unit(measure.unit), basis, measure.group
