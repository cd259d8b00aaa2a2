"""Values that cannot be.

Belongs here: bounds of single figures, parts larger than every whole printed for them.
Stays out: totals and their parts added up (`arithmetic`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.relations import Terms
from catalogue.rules import RuleBook
from cchc.messages import translator
from parsers.reading import Printing
from validation.credible import is_likely
from validation.finding import Finding
from validation.phrases import amount, figure_name, make, written
from validation.report_values import Sheet
from validation.spans import HUNDRED

_ = translator("validation")


def impossible(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every figure whose value none of its unit can have."""
    primaries = (printings[0] for printings in sheet.printings.values())
    return (
        _impossible_finding(sheet, p)
        for p in primaries
        if not p.malformed and not possible(p.figure, p.value, sheet.book)
    )


def possible(figure: str, value: Decimal, book: RuleBook) -> bool:
    """Return whether a figure can have a value: no part of a dossier, no share over 100%, nothing below zero."""
    if value < 0:
        return False
    if figure_definitions()[figure].unit == "count":
        return value == value.to_integral_value()
    return figure not in book.shares or value <= HUNDRED


def too_large(sheet: Sheet, told: Sequence[set[str]]) -> Iterator[Finding]:
    """Return the parts that exceed every whole printed for them, those left out whose figures were `told` together."""
    for part, candidates in sheet.book.parts.items():
        wholes = [whole for whole in candidates if sheet.sums(whole)]
        known = any({part, *whole} <= figures for figures in told for whole in wholes)
        if wholes and not known and _exceeds_all(sheet, part, wholes):
            yield _too_large_finding(sheet, sheet.primary(part), [sheet.primary(f) for f in max(wholes, key=len)])


def _exceeds_all(sheet: Sheet, part: str, wholes: Sequence[Terms]) -> bool:
    """Return whether a part is above every whole, whatever value of either was meant."""
    any_value = sheet.charitable
    others = [span for whole in wholes for span in any_value.sums(whole)]
    return bool(sheet.spans(part)) and all(span.above(other) for span in any_value.spans(part) for other in others)


def _impossible_finding(sheet: Sheet, printing: Printing) -> Finding:
    return make(
        sheet,
        "out_of_range",
        [printing.figure],
        lambda: _impossible_text(sheet, printing),
        printings=[printing],
        severity=None if is_likely(printing) else "info",
        expected=_limit(sheet, printing.figure),
    )


def _limit(sheet: Sheet, figure: str) -> str:
    return "0–100%" if figure in sheet.book.shares else "≥ 0"


def _too_large_finding(sheet: Sheet, part: Printing, whole: list[Printing]) -> Finding:
    printings = [part, *whole]
    return make(
        sheet,
        "out_of_range",
        [p.figure for p in printings],
        lambda: _too_large_text(part, whole),
        printings=printings,
        severity=None if all(map(is_likely, printings)) else "info",
        expected=lambda: "≤ " + amount(part.figure, sum((p.value for p in whole), Decimal(0))),
    )


def _impossible_text(sheet: Sheet, printing: Printing) -> str:
    text = _("{figure} is printed as {raw}, but cannot be less than 0. Please send the right number.")
    if printing.figure in sheet.book.shares:
        text = _("{figure} is printed as {raw}, but a share lies between 0% and 100%. Please send the right number.")
    elif printing.value > 0:
        text = _("{figure} is printed as {raw}, but has to be a whole number. Please send the right number.")
    return text.format(figure=figure_name(printing.figure), raw=written(printing))


def _too_large_text(part: Printing, whole: list[Printing]) -> str:
    text = _("{part} is printed as {a}, more than {whole}, printed as {b}. Please check both numbers.")
    return text.format(
        part=figure_name(part.figure),
        a=part.raw,
        whole=" + ".join(figure_name(p.figure) for p in whole),
        b=" + ".join(p.raw for p in whole),
    )
