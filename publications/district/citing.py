"""Citations: every number of the district's report leads to wards and pages.

Belongs here: numbering cited totals, and what the appendix says of each.
Stays out: sentences (`drafting`), layout (`publications.wordfile`).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from catalogue.indicators import Ways, indicators
from cchc.messages import translator
from publications import words
from publications.content import FigureCell, RoundContent
from scoring.inputs import FigureInput
from scoring.parts import part_of, subjects
from scoring.values import RollupRow

_ = translator("publications")


@dataclass(frozen=True)
class Run:
    """A stretch of text; `source` is the number of the citation that follows it."""

    text: str
    source: int | None = None


@dataclass(frozen=True)
class SourceLine:
    """One line of the appendix: the cited total, how it was made, and from which wards and pages."""

    number: int
    title: str
    value: str
    made: str
    wards: str


class Citations:
    """The totals cited so far, numbered from 1 in the order in which they are first cited."""

    def __init__(self, content: RoundContent) -> None:
        self._content = content
        self._rows: dict[str, RollupRow] = {}

    def number(self, row: RollupRow) -> int:
        """Return the number of a total, a new one where it has not been cited yet."""
        self._rows.setdefault(row.code, row)
        return list(self._rows).index(row.code) + 1

    def lines(self) -> tuple[SourceLine, ...]:
        """Return the appendix in the order of the numbers."""
        return tuple(_source_line(self._content, place, row) for place, row in enumerate(self._rows.values(), start=1))


def _source_line(content: RoundContent, number: int, row: RollupRow) -> SourceLine:
    return SourceLine(
        number=number,
        title=content.title(row.code),
        value=words.amount(row.value, row.unit),
        made=_made(row),
        wards="; ".join(_ward_part(content, row, ward) for ward in row.wards),
    )


def _made(row: RollupRow) -> str:
    """Return how a total was made and, where it is compared with last year, from which two values."""
    coverage = _("{covered} of {expected} wards").format(covered=row.covered, expected=row.expected)
    made = _("Sum over {coverage}").format(coverage=coverage)
    if row.measure == "ratio":
        above, below = words.amount(row.numerator, "count"), words.amount(row.denominator, "count")
        made = _("{above} over {below}, {coverage}").format(above=above, below=below, coverage=coverage)
    then = row.last_year
    if then is None or then.change_pct is None:
        return made
    line = _("{made}; last year {then}, now {now} over the {n} wards that have both")
    values = {"then": words.amount(then.then, row.unit), "now": words.amount(then.now, row.unit)}
    return line.format(made=made, n=then.covered, **values)


def _ward_part(content: RoundContent, row: RollupRow, ward: str) -> str:
    """Return what one ward adds to a total, and the pages on which that is printed."""
    usable = {cell.figure: cell for cell in content.figures_of(ward) if cell.value is not None}
    subject = next(s for s in subjects() if s.code == row.code)
    part = part_of(subject, {code: _input(cell) for code, cell in usable.items()})
    name = content.ward_by_slug[ward].name
    if part is None:
        return name
    unit = "count" if row.measure == "ratio" else row.unit
    value = words.amount(part.numerator, unit)
    if part.denominator is not None:
        value = f"{value}/{words.amount(part.denominator, unit)}"
    return f"{name}: {value}{_origin(row, usable)}"


def _origin(row: RollupRow, usable: dict[str, FigureCell]) -> str:
    cells = [usable[code] for code in _codes(row, usable)]
    pages = sorted({cell.page for cell in cells if cell.page})
    parts = [_("p. {pages}").format(pages=", ".join(map(str, pages)))] if pages else []
    parts += [_("decided by {by}").format(by=by) for by in sorted({c.decided_by for c in cells if c.decided_by})]
    return f" ({'; '.join(parts)})" if parts else ""


def _codes(row: RollupRow, usable: dict[str, FigureCell]) -> list[str]:
    """Return the figures of a ward that go into a total."""
    if row.measure == "sum":
        return [row.code]
    indicator = indicators()[row.code]
    return [code for ways in (indicator.numerator, indicator.denominator) for code in _first_way(ways, usable)]


def _first_way(ways: Ways, usable: dict[str, FigureCell]) -> tuple[str, ...]:
    return next((way for way in ways if all(code in usable for code in way)), ())


def _input(cell: FigureCell) -> FigureInput:
    return FigureInput(cell.figure, cell.value or Decimal(0), status=cell.status)
