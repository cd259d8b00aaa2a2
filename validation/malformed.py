"""Digits that are no number as written: 1.8835.779.000.

Belongs here: the finding on a malformed printing, and which of its candidates evidence proposes.
Stays out: how digits are read and what candidates there are (`parsers.numbers`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cchc.messages import translator
from parsers.numbers import Number, find_numbers
from parsers.reading import Account, Printing
from validation.finding import Finding, Proposal
from validation.phrases import amount, evidence, figure_name, make, proposal, same_elsewhere
from validation.proof import held_ratio, ratio_evidence
from validation.report_values import TELLING, Sheet, printed_again
from validation.spans import Span

_ = translator("validation")
_BY_BLANKS = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+")


def malformed(sheet: Sheet) -> Iterator[Finding]:
    """Return a finding for every printing whose digits are no number; a smudge that was hardly read is none."""
    left = _left(sheet)
    for printings in sheet.printings.values():
        sound = [p for p in printings if not p.malformed]
        bad = [p for p in printings if _is_bad(p) and p.confidence >= sheet.book.tolerance.least]
        bad += [p for first in sound[:1] if (p := _unread(first, left)) is not None]
        yield from (_malformed_finding(sheet, p, sound) for p in bad)


def _left(sheet: Sheet) -> list[tuple[Account, Number]]:
    """Return the malformed numbers that were read as nothing."""
    found = ((account, number) for account, _span in sheet.unexplained() for number in find_numbers(account.raw))
    return [(account, number) for account, number in found if number.malformed and not _by_blanks(account.raw)]


def _unread(first: Printing, left: Sequence[tuple[Account, Number]]) -> Printing | None:
    """Return the malformed number that nobody read and that may be a figure's value, too large to be so by chance."""
    for account, number in left:
        if first.value >= TELLING and first.value in {number.value, *number.candidates}:
            return replace(
                printed_again(first, account), malformed=True, candidates=number.candidates or (number.value,)
            )
    return None


def _is_bad(printing: Printing) -> bool:
    """Return whether digits are no number as written; blanks between groups of three ("2 184") are another habit."""
    return printing.malformed and not _by_blanks(printing.raw)


def _by_blanks(raw: str) -> bool:
    return _BY_BLANKS.fullmatch(raw.strip()) is not None


def proved(sheet: Sheet) -> dict[str, tuple[Span, ...]]:
    """Return what evidence proves of the figures that are printed in malformed digits alone."""
    alone = {figure: p[0] for figure, p in sheet.printings.items() if p[0].malformed}
    found = {figure: _readings(sheet, bad, []) for figure, bad in alone.items()}
    return {figure: (Span.exact(read[0].value),) for figure, read in found.items() if read}


def _malformed_finding(sheet: Sheet, bad: Printing, sound: list[Printing]) -> Finding:
    meant = _readings(sheet, bad, sound)
    return make(
        sheet,
        "malformed_number",
        [bad.figure],
        lambda: _malformed_text(bad, meant),
        printings=[bad],
        expected=lambda: amount(bad.figure, sound[0].value) if sound else "",
        proposals=meant,
    )


def _readings(sheet: Sheet, bad: Printing, sound: list[Printing]) -> list[Proposal]:
    """Return the candidate that evidence supports: another printing of the figure, or a percentage it gives."""
    for printing in sound:
        if printing.value in bad.candidates:
            return [_same_as(printing)]
    held = {c: j for c in bad.candidates if (j := held_ratio(sheet, bad.figure, c)) is not None}
    if len(held) != 1:
        return []
    value, judgement = next(iter(held.items()))
    return [proposal(bad.figure, value, lambda: ratio_evidence(sheet, judgement))]


def _same_as(printing: Printing) -> Proposal:
    return proposal(printing.figure, printing.value, lambda: same_elsewhere(printing))


def _malformed_text(bad: Printing, meant: list[Proposal]) -> str:
    text = _(
        "{figure}: the report prints “{raw}”, which is no number: a dot parts groups of three digits, a comma the "
        "decimals. Please state the right number."
    )
    if meant:
        text = _(
            "{figure}: the report prints “{raw}”, which is no number: a dot parts groups of three digits, a comma the "
            "decimals. The number seems to be {meant}, for {why}; please confirm."
        )
    values = {"meant": amount(bad.figure, meant[0].value), "why": evidence(meant[0])} if meant else {}
    return text.format(figure=figure_name(bad.figure), raw=bad.raw, **values)
