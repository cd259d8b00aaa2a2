"""The sheet of the district over the rounds.

Belongs here: which columns it has, and how a value that does not cover all wards is shown.
Stays out: totals of the round itself (`results`), writing (`writer`).
"""

from __future__ import annotations

from cchc.messages import translator
from publications import words
from publications.content import DistrictPoint, DistrictSeries, RoundContent
from publications.measures import DISTRICT_MEASURES
from publications.workbook.sheet import Cell, Column, Form, Lines, Sheet, Value

_ = translator("publications")

_FIRST = 2
"""The column of the oldest round."""


def trend_sheet(content: RoundContent) -> Sheet | None:
    """Return every figure and indicator of the district over the rounds, None where only one round is known."""
    labels = [point.round for point in content.district[0].points] if content.district else []
    if len(labels) < 2:
        return None
    columns = (
        Column(_("Figure"), 56, "long"),
        Column(_("Unit"), 9),
        *(Column(label, 20, "amount") for label in labels),
        *(Column(_("Wards {round}").format(round=label), 10, "place") for label in labels),
        Column(_("Code"), 26, screen_only=True),
    )
    return Sheet(
        name=_("Trends"),
        title=_("The district over the rounds"),
        lead=_(
            "Each line: the value of the quarter alone, taken out of cumulative reports where its name says so. Yellow:"
            " not all wards are in it; the columns at the right say how many."
        ),
        columns=columns,
        rows=tuple(_row(content, line) for line in content.district),
        frozen=1,
        chart=_chart(content, len(labels)),
    )


def _row(content: RoundContent, line: DistrictSeries) -> tuple[Value | Cell, ...]:
    known = content.measure_by_code[line.code]
    form: Form = "percent" if known.unit == "percent" else "amount"
    covered = (f"{point.covered}/{point.expected}" if point.expected else None for point in line.points)
    return (
        known.own_title or known.title,
        words.unit(known.unit),
        *(_cell(point, form) for point in line.points),
        *covered,
        line.code,
    )


def _cell(point: DistrictPoint, form: Form) -> Cell:
    if point.value is None:
        return Cell(None, tone="missing")
    partial = point.covered < point.expected
    notes = [_("{n} of {expected} wards").format(n=point.covered, expected=point.expected)] if partial else []
    if point.longer:
        notes.append(_("spans more than the quarter and cannot be taken apart"))
    note = words.capital("; ".join(notes))
    return Cell(point.value, note=note, tone="marked" if notes else "plain", form=form)


def _chart(content: RoundContent, rounds: int) -> Lines | None:
    """Return the main ratios as lines; counts are of another scale and stay in the table."""
    ratios = [code for code in DISTRICT_MEASURES if content.measure_by_code[code].unit == "percent"]
    rows = tuple(place for place, line in enumerate(content.district) if line.code in ratios)
    if not rows:
        return None
    return Lines(
        title=_("Ratios of the district over the rounds"),
        rows=rows,
        first=_FIRST,
        last=_FIRST + rounds - 1,
        description=_("Line chart of the district's ratios over the rounds"),
    )
