"""The sheets of the figures: wide, and each with its sentence.

Belongs here: which columns these sheets have, and how a figure that does not count is shown.
Stays out: findings and ledger (`records`), what was computed (`results`), writing (`writer`).
"""

from __future__ import annotations

from decimal import Decimal

from cchc.messages import translator
from publications import words
from publications.content import FigureCell, Measure, RoundContent
from publications.workbook.sheet import Cell, Column, Form, Sheet, Tone, Value
from scoring.inputs import Status

_ = translator("publications")

_TONES: dict[Status, Tone] = {
    "entered": "plain",
    "marked": "marked",
    "waiting": "waiting",
    "blocked": "blocked",
}


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
    parts = [words.quoted(cell.page, cell.sentence)] if cell.sentence else []
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
