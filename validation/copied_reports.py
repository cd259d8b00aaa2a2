"""Reports whose figures repeat an earlier one.

Belongs here: comparing the flows of two reports of a ward. Stays out: sums across rounds (`cumulative`).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rounds import Round
from cchc.formats import percent
from cchc.messages import translator
from validation.finding import Finding
from validation.phrases import figure_name, make, round_name
from validation.report_values import Sheet
from validation.spans import HUNDRED

_ = translator("validation")

EXAMPLES = 6
"""Repeated figures that the message names."""


def stale_copy(sheet: Sheet, earlier: Mapping[Round, Sheet]) -> Finding | None:
    """Return the finding on the earlier report that this one repeats, mostly or in a part, None without one."""
    rules = sheet.book.rounds
    shares = {when: _repeated(sheet, other) for when, other in earlier.items()}
    for when, (same, compared) in sorted(shares.items(), key=lambda item: -len(item[1][0])):
        mostly = compared >= rules.stale.least and Decimal(len(same)) / compared >= rules.stale.share
        if mostly or sum(_large(sheet, figure) for figure in same) >= rules.stale.part:
            return _finding(sheet, when, same, compared)
    return None


def _finding(sheet: Sheet, when: Round, same: list[str], compared: int) -> Finding:
    return make(
        sheet,
        "stale_copy",
        same,
        lambda: _stale_text(sheet, when, same, compared),
        printed=f"{len(same)}/{compared} = {when.label}",
    )


def _repeated(sheet: Sheet, other: Sheet) -> tuple[list[str], int]:
    """Return the flows that equal the other report's, and how many could be compared; small numbers say nothing."""
    compared = [
        figure
        for figure in sheet.printings
        if other.has(figure)
        and figure_definitions()[figure].basis in ("period", "ytd", "ratio", "prior")
        and _telling(sheet, figure)
    ]
    return [figure for figure in compared if sheet.value(figure) == other.value(figure)], len(compared)


def _telling(sheet: Sheet, figure: str) -> bool:
    """Return whether a value is seldom the same twice."""
    if figure_definitions()[figure].unit == "count":
        return sheet.value(figure) >= sheet.book.rounds.stale.telling
    return sheet.value(figure) not in (0, HUNDRED)


def _large(sheet: Sheet, figure: str) -> bool:
    """Return whether a value is never the same twice by chance."""
    return figure_definitions()[figure].unit != "percent" and sheet.value(figure) >= HUNDRED


def _stale_text(sheet: Sheet, when: Round, same: list[str], compared: int) -> str:
    text = _(
        "{same} of {compared} figures of the period ({share}) equal those of the report of {round}: {examples}. "
        "Please check that the figures are those of this period."
    )
    examples = [f"{figure_name(figure)} {sheet.primary(figure).raw}" for figure in same[:EXAMPLES]]
    return text.format(
        same=len(same),
        compared=compared,
        share=percent(HUNDRED * len(same) / compared, 0),
        round=round_name(when),
        examples="; ".join([*examples, *(["…"] if len(same) > EXAMPLES else [])]),
    )
