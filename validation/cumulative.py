"""Figures of the year so far against the rounds that they add up.

Belongs here: year-to-date against period and round before, carried over against pending, flows that shrink.
Stays out: copies (`copied_reports`), jumps and the order of the rules across rounds (`rounds`).

Reports of Q2 and Q4 cover the year so far and contain Q1 and Q3, yet some wards print the last quarter beside it; both
readings are tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rounds import Round
from cchc.messages import translator
from parsers.reading import Printing
from validation.finding import Finding, Proposal
from validation.phrases import amount, figure_name, make, proposal, round_name
from validation.proof import held_ratio, ratio_evidence
from validation.report_values import Sheet, quote
from validation.spans import Span, total

_ = translator("validation")

Earlier = Mapping[Round, Sheet]
"""A ward's earlier reports by round."""


def cumulative(sheet: Sheet, own: Round, earlier: Earlier) -> Iterator[Finding]:
    """Return a finding for every year-to-date figure that does not follow from the rounds before and this period."""
    for ytd, period in sheet.book.cumulative.items():
        if not sheet.spans(ytd) or not sheet.spans(period) or _one_printing(sheet, ytd, period):
            continue
        before = _year_before(own, earlier, ytd, period)
        expected = _expected(sheet, own, period, before)
        if expected:
            broken = not any(span.meets(e) for span in sheet.spans(ytd) for e in expected)
        else:
            broken = all(p.above(y) for p in sheet.spans(period) for y in sheet.spans(ytd))
        if broken:
            yield _cumulative_finding(sheet, ytd, period, before)


def _one_printing(sheet: Sheet, first: str, second: str) -> bool:
    """Return whether one printed number, or one repeated in its sentence, stands for both figures."""
    one, other = sheet.primary(first), sheet.primary(second)
    return (one.value, one.sentence_place) == (other.value, other.sentence_place)


def _year_before(own: Round, earlier: Earlier, ytd: str, period: str) -> tuple[Sheet, str] | None:
    """Return the report before in the same year and the figure that is its year so far, None where not known."""
    before = own.previous()
    other = earlier.get(before)
    if other is None or before.year != own.year:
        return None
    if other.has(ytd):
        return other, ytd
    return (other, period) if other.has(period) and (before.opens_year or before.cumulative) else None


def _expected(sheet: Sheet, own: Round, period: str, before: tuple[Sheet, str] | None) -> list[Span]:
    """Return what the year-to-date figure may be; empty where the earlier rounds are not known."""
    spans = list(sheet.spans(period))
    if own.opens_year:
        return spans
    if before is None:
        return []
    other, figure = before
    sums = [total((then, now)) for then in other.spans(figure) for now in spans]
    return [*spans, *sums] if own.cumulative else sums


def _cumulative_finding(sheet: Sheet, ytd: str, period: str, before: tuple[Sheet, str] | None) -> Finding:
    then = before[0].counted(before[1]) if before else None
    value = sheet.counted(period) + (then or 0)
    return make(
        sheet,
        "cumulative_mismatch",
        [ytd, period],
        lambda: _cumulative_text(sheet, ytd, period, then),
        printings=[sheet.primary(ytd), sheet.primary(period)],
        expected=lambda: amount(ytd, value),
        quotes=[quote(before[0].primary(before[1]), _previous_label(sheet))] if before else [],
        proposals=_better(sheet, ytd, value),
    )


def _better(sheet: Sheet, figure: str, value: Decimal) -> list[Proposal]:
    """Return the value as a proposal where a percentage of the report gives it, and none the printed one."""
    held = held_ratio(sheet, figure, value)
    if held is None or held_ratio(sheet, figure, sheet.counted(figure)) is not None:
        return []
    return [proposal(figure, value, lambda: ratio_evidence(sheet, held))]


def carried(sheet: Sheet, own: Round, earlier: Earlier) -> Iterator[Finding]:
    """Return a finding where what was carried over is not what stood open when the earlier period closed."""
    flow = sheet.book.carried
    if not sheet.spans(flow.figure):
        return
    sources = list(_open_before(own, flow.figure, flow.pending))
    known = [(when, f) for when, f in sources if when in earlier and earlier[when].has(f)]
    required = [pair for pair in known if pair != (own.previous(), flow.pending) or not own.cumulative]
    if not required or any(
        span.meets(other) for span in sheet.spans(flow.figure) for when, f in known for other in earlier[when].spans(f)
    ):
        return
    when, figure = required[0]
    yield _carried_finding(sheet, when, earlier[when].primary(figure))


def _open_before(own: Round, carried: str, pending: str) -> Iterator[tuple[Round, str]]:
    """Return where an earlier report says what this one carries over.

    A quarter carries what was pending at the end of the round before. A report over the year so far carries what
    was pending when the year began, as the year's first report does, though some wards print the last quarter's.
    """
    if own.cumulative:
        for earlier in own.earlier_of_year():
            if earlier.number != 3:
                yield earlier, carried
        yield Round(own.year - 1, 4), pending
    yield own.previous(), pending


def _carried_finding(sheet: Sheet, when: Round, before: Printing) -> Finding:
    carried = sheet.book.carried.figure
    return make(
        sheet,
        "cumulative_mismatch",
        [carried],
        lambda: _carried_text(sheet, when, before),
        printings=[sheet.primary(carried)],
        expected=lambda: amount(carried, before.value),
        quotes=[quote(before, when.label)],
    )


def shrunk(sheet: Sheet, own: Round, earlier: Earlier) -> Iterator[Finding]:
    """Return one finding on the flows of the year that are smaller than in an earlier report of the year."""
    fallen = {
        figure: when
        for figure in sheet.book.rounds.growing
        for when in _contained(own, figure)
        if when in earlier and _fell(sheet, earlier[when], figure)
    }
    if fallen:
        printings = [sheet.primary(figure) for figure in fallen]
        yield make(
            sheet,
            "cumulative_mismatch",
            list(fallen),
            lambda: _shrunk_text(sheet, fallen, earlier),
            printings=printings,
            quotes=[quote(earlier[when].primary(figure), when.label) for figure, when in fallen.items()],
        )


def _contained(own: Round, figure: str) -> list[Round]:
    """Return the earlier rounds of the year that this report's figure contains."""
    if figure_definitions()[figure].basis != "ytd" and not own.cumulative:
        return []
    return list(own.earlier_of_year())


def _fell(sheet: Sheet, other: Sheet, figure: str) -> bool:
    now, then = sheet.spans(figure), other.spans(figure)
    return bool(now and then) and all(before.above(span) for before in then for span in now)


def _previous_label(sheet: Sheet) -> str | None:
    return sheet.round.previous().label if sheet.round else None


def _previous_name(sheet: Sheet) -> str:
    return round_name(sheet.round.previous()) if sheet.round else ""


def _cumulative_text(sheet: Sheet, ytd: str, period: str, then: Decimal | None) -> str:
    names = {"figure": figure_name(ytd), "printed": amount(ytd, sheet.value(ytd))}
    now = amount(period, sheet.counted(period))
    if then is None:
        text = _("{figure} is printed as {printed}, but this period alone is {now}. Please check both numbers.")
        return text.format(**names, now=now)
    text = _(
        "{figure} is printed as {printed}, but {before} in the report of {round} and {now} in this period come to "
        "{sum}. Please check the numbers."
    )
    come_to = amount(ytd, then + sheet.counted(period))
    return text.format(**names, before=amount(ytd, then), round=_previous_name(sheet), now=now, sum=come_to)


def _carried_text(sheet: Sheet, when: Round, before: Printing) -> str:
    text = _(
        "{figure} is printed as {printed}, but the report of {round} left {before} open. "
        "Please say which is right, or why they differ."
    )
    carried = sheet.book.carried.figure
    return text.format(
        figure=figure_name(carried), printed=sheet.primary(carried).raw, round=round_name(when), before=before.raw
    )


def _shrunk_text(sheet: Sheet, fallen: Mapping[str, Round], earlier: Earlier) -> str:
    text = _(
        "The report covers the year so far, but prints less than an earlier report of the year: {figures}. "
        "Please check whether these are numbers of the last quarter only."
    )
    if len(fallen) == 1:
        text = _(
            "{figures}: a number for the year so far cannot be less than in an earlier report of the year. "
            "Please check it."
        )
    pair = _("{figure} {now} (report of {round}: {before})")
    listed = [
        pair.format(
            figure=figure_name(figure),
            now=sheet.primary(figure).raw,
            round=round_name(when),
            before=earlier[when].primary(figure).raw,
        )
        for figure, when in fallen.items()
    ]
    return text.format(figures="; ".join(listed))
