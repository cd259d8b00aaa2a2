"""The sheets of what was read: figures, their sources, findings, the ledger, the dictionary.

Belongs here: which columns these sheets have and what stands in them.
Stays out: sheets of what was computed (`results`), writing (`writer`).
"""

from __future__ import annotations

from decimal import Decimal

from catalogue.figures import figure_definitions
from cchc.messages import language, translator
from publications import words
from publications.content import FigureCell, FindingRow, LedgerRow, Measure, RoundContent
from publications.workbook.sheet import Cell, Column, Form, Sheet, Tone, Value
from warehouse.scoring.inputs import Status

_ = translator("publications")

_TONES: dict[Status, Tone] = {
    "entered": "plain",
    "marked": "marked",
    "waiting": "waiting",
    "blocked": "blocked",
}
_SEVERITY_TONES: dict[str, Tone] = {"error": "blocked", "warning": "marked"}


def figures_sheet(content: RoundContent) -> Sheet:
    """Return the figures wide: a line a figure, a column a ward; a note on each cell quotes its sentence."""
    columns = (
        Column(_("Figure"), 52, "long"),
        Column(_("Unit"), 8),
        *(Column(words.capital(ward.full_name), 14, "amount") for ward in content.wards),
        Column(_("Code"), 26, screen_only=True),
    )
    measures = [content.measure_by_code[code] for code in content.printed_codes]
    return Sheet(
        name=_("Figures"),
        title=_("Figures by ward"),
        lead=_(
            "Yellow: counted, to be confirmed. Grey or red: printed but not counted, therefore kept as text."
            " The note on a cell quotes the sentence of the report."
        ),
        columns=columns,
        rows=tuple(_figure_row(content, measure) for measure in measures),
        frozen=2,
    )


def _figure_row(content: RoundContent, measure: Measure) -> tuple[Value | Cell, ...]:
    cells = (content.cells.get((ward.slug, measure.code)) for ward in content.wards)
    return measure.title, words.unit(measure.unit), *(figure_cell(cell, measure) for cell in cells), measure.code


def figure_cell(cell: FigureCell | None, measure: Measure) -> Cell:
    """Return the cell of a figure: a number where it counts, text in brackets where it does not, else empty."""
    if cell is None:
        return Cell(None, tone="missing")
    form: Form = "percent" if measure.unit == "percent" else "amount"
    note = source_note(cell)
    if cell.value is None:
        return Cell(f"({words.amount(cell.printed, measure.unit)})", note=note, tone=_TONES[cell.status], form="aside")
    return Cell(cell.value, note=note, tone=_TONES[cell.status], form=form)


def source_note(cell: FigureCell) -> str:
    """Return where a figure was printed, whether it counts and who decided on it."""
    parts = [_("Page {n}: “{sentence}”").format(n=cell.page or words.NO_VALUE, sentence=cell.sentence)]
    if not cell.sentence:
        parts = []
    if cell.status != "entered":
        parts.append(words.capital(words.status(cell.status)) + ".")
    if cell.decided_by:
        parts.append(_("Decided by {by}: {reason}").format(by=cell.decided_by, reason=cell.reason))
    return "\n".join(parts)


def sources_sheet(content: RoundContent) -> Sheet:
    """Return every figure with the sentence it was read from, a line each."""
    columns = (
        Column(_("Ward"), 24),
        Column(_("Figure"), 44, "long"),
        Column(_("Value that counts"), 18, "amount"),
        Column(_("As printed"), 18),
        Column(_("Page"), 7, "place"),
        Column(_("Sentence of the report"), 90, "long"),
        Column(_("Whether it counts"), 20, "long"),
        Column(_("Certainty"), 9, "share"),
        Column(_("Decided by"), 20),
        Column(_("Code"), 26, screen_only=True),
    )
    rows = tuple(_source_row(content, cell) for ward in content.wards for cell in content.figures_of(ward.slug))
    return Sheet(
        name=_("Sources"),
        title=_("Where each figure stands"),
        lead=_("The sentence and page of the ward's report that each figure was read from."),
        columns=columns,
        rows=rows,
        frozen=2,
    )


def _source_row(content: RoundContent, cell: FigureCell) -> tuple[Value | Cell, ...]:
    measure = content.measure_by_code[cell.figure]
    form: Form = "percent" if measure.unit == "percent" else "amount"
    return (
        words.capital(content.name(cell.ward)),
        measure.title,
        Cell(cell.value, form=form),
        cell.raw,
        cell.page,
        cell.sentence,
        Cell(words.status(cell.status), tone=_TONES[cell.status]),
        Decimal(str(cell.confidence)),
        cell.decided_by or "",
        cell.figure,
    )


def findings_sheet(content: RoundContent) -> Sheet:
    """Return the findings of the round, open ones first."""
    columns = (
        Column(_("Ward"), 24),
        Column(_("Severity"), 11),
        Column(_("State"), 12),
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


def ordered_findings(content: RoundContent) -> list[FindingRow]:
    """Return the findings, open before resolved, grave before slight, then by ward in catalogue order."""
    places = {ward.slug: place for place, ward in enumerate(content.wards)}
    gravity = {code: place for place, code in enumerate(words.SEVERITIES)}
    return sorted(
        content.findings,
        key=lambda r: (not r.is_open, gravity[r.finding.severity], places.get(r.finding.ward, 999), r.finding.key),
    )


def finding_message(row: FindingRow) -> str:
    """Return what a finding says, in the language of the moment."""
    return row.finding.message_en if language() == "en" else row.finding.message_vi


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
        "\n".join(_quote(quote.page, quote.sentence) for quote in finding.quotes),
        row.resolution,
        finding.rule,
    )


def _quote(page: int | None, sentence: str) -> str:
    return _("Page {n}: “{sentence}”").format(n=page or words.NO_VALUE, sentence=sentence)


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
        Column(_("File as received"), 34, "long"),
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
        row.file_name,
        row.note,
    )


def dictionary_sheet(content: RoundContent) -> Sheet:
    """Return what every figure and indicator of the workbook means."""
    columns = (
        Column(_("Code"), 32),
        Column(_("Meaning"), 84, "long"),
        Column(_("Unit"), 9),
        Column(_("Counted over"), 26),
        Column(_("Group"), 26),
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
    bases = {
        "period": _("the round's period"),
        "ytd": _("the year so far"),
        "year": _("the whole year"),
        "point": _("the day of the report"),
        "prior": _("the same period last year"),
        "ratio": _("a ratio as printed"),
    }
    basis = bases[defined.basis] if defined else _("a ratio computed from figures")
    return measure.code, measure.title, words.unit(measure.unit), basis, measure.group
