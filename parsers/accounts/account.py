"""The walk over all numbers of a Document, and the order in which each is asked what it is.

Belongs here: `account_for` and the value `Named`.
Stays out: what the surroundings of a number say (`rules`).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.labels import labels
from parsers.accounts.rules import rule_of
from parsers.accounts.surroundings import Surroundings, surroundings_of
from parsers.cited import cited_spans
from parsers.document import Document, Place
from parsers.numbers import Number, find_numbers
from parsers.passages import Passage, passages
from parsers.reading import Account, AccountKind, Printing


@dataclass(frozen=True)
class Named:
    """A number that the reader of figures has named itself: a part of a sum (with its figure), or another thing."""

    place: Place
    kind: AccountKind
    reason: str
    figure: str | None = None


@dataclass(frozen=True)
class _Verdict:
    kind: AccountKind
    reason: str
    figure: str | None = None


_UNEXPLAINED = _Verdict(AccountKind.UNEXPLAINED, "no rule names it")
# Đồng: a smaller sum stands in too many places of a report to say whose part it is.
_TELLING_PART = Decimal(1_000_000)
_CARRIED = frozenset(
    {
        AccountKind.PRIOR_PERIOD,
        AccountKind.OTHER_LEVEL,
        AccountKind.TARGET,
        AccountKind.CHANGE,
        AccountKind.COMPLAINT,
        AccountKind.SUB_ITEM,
        AccountKind.MEASURE,
    }
)
"""Kinds that a number passes on to its companion: the other half of its fraction, its percentage in brackets."""


def account_for(
    document: Document,
    printings: Sequence[Printing],
    *,
    round_label: str | None = None,
    named: Iterable[Named] = (),
) -> tuple[Account, ...]:
    """Return one account for every number of a Document, in reading order.

    `printings` and `named` say what the reader of figures knows; `round_label` ("2023-Q3") tells this period from
    others. A printing without a number (a zero in words) has its account too.
    """
    known = _by_holder(printings, named)
    parts = _parts(printings)
    accounts: list[Account] = []
    for passage in passages(document):
        accounts += _of_passage(passage, known.get(passage.holder, ()), parts, round_label)
    return tuple(accounts)


Holder = tuple[int, int | None, int | None]


def _by_holder(printings: Sequence[Printing], named: Iterable[Named]) -> dict[Holder, list[Named]]:
    """Return what is known by the block or cell in which it stands."""
    found: dict[Holder, list[Named]] = defaultdict(list)
    for printing in printings:
        figure = Named(printing.place, AccountKind.FIGURE, printing.rule, printing.figure)
        found[_holder(printing.place)].append(figure)
    for other in named:
        found[_holder(other.place)].append(other)
    return found


def _parts(printings: Sequence[Printing]) -> dict[Decimal, str]:
    """Return the figure of every part of a sum that is too large to be met by chance."""
    return {v: p.figure for p in printings for v in p.components if v >= _TELLING_PART}


def _holder(place: Place) -> Holder:
    return place.block, place.row, place.column


def _of_passage(
    passage: Passage, known: Sequence[Named], parts: dict[Decimal, str], round_label: str | None
) -> Iterator[Account]:
    """Yield the accounts of one paragraph or cell; `parts` names the figure of every part of a printed sum."""
    numbers = find_numbers(passage.text)
    if not numbers and not known:
        return
    verdicts = [
        _Verdict(AccountKind.FIGURE, "part of a sum", parts[n.value]) if v is _UNEXPLAINED and n.value in parts else v
        for n, v in zip(numbers, _verdicts(passage, numbers, known, round_label), strict=True)
    ]
    printed: list[tuple[int, int, Decimal | None, _Verdict]]
    printed = [(n.start, n.end, n.value, v) for n, v in zip(numbers, verdicts, strict=True)]
    for other in known:
        if not any(_overlaps(other.place, n) for n in numbers):
            verdict = _Verdict(other.kind, other.reason, other.figure)
            printed.append((other.place.start, other.place.end, None, verdict))
    for start, end, value, verdict in sorted(printed, key=lambda p: p[:2]):
        yield Account(
            kind=verdict.kind,
            raw=passage.text[start:end],
            value=value,
            place=passage.place(start, end),
            page=passage.page_at(start),
            sentence=passage.sentence_at(start),
            reason=verdict.reason,
            figure=verdict.figure,
        )


def _overlaps(place: Place, number: Number) -> bool:
    return place.start < number.end and number.start < place.end


def _verdicts(
    passage: Passage, numbers: Sequence[Number], known: Sequence[Named], round_label: str | None
) -> list[_Verdict]:
    """Return what each number of a passage is, companions last."""
    if passage.index or _is_page_number(passage, numbers):
        return [_known(n, known) or _Verdict(AccountKind.LIST_NUMBER, "page or row number") for n in numbers]
    cited = _cited(passage.text, numbers)
    citing = [span is not None for span in cited]
    verdicts: list[_Verdict] = []
    last = _UNEXPLAINED
    for number, span, around in zip(
        numbers, cited, surroundings_of(passage, numbers, citing, round_label), strict=True
    ):
        verdict = _known(number, known) or (_Verdict(span, "form") if span else None)
        if verdict is None and around is not None:
            verdict = _told(number, around, last)
            last = verdict
        elif verdict is not None and not span:
            last = verdict
        verdicts.append(verdict or _UNEXPLAINED)
    return _with_partners(numbers, verdicts)


def _is_page_number(passage: Passage, numbers: Sequence[Number]) -> bool:
    """Return whether a paragraph is one short number and nothing else."""
    if len(numbers) != 1 or passage.holder[1] is not None:
        return False
    number = numbers[0]
    return number.plain and number.value < 100 and passage.text.strip(" -–.") == number.raw


def _cited(text: str, numbers: Sequence[Number]) -> list[AccountKind | None]:
    """Return what each number cites by its form, None for those that do not."""
    spans = cited_spans(text)
    starts = [span[0] for span in spans]
    found: list[AccountKind | None] = []
    for number in numbers:
        place = bisect_right(starts, number.start) - 1
        found.append(spans[place][2] if place >= 0 and number.start < spans[place][1] else None)
    return found


def _known(number: Number, known: Sequence[Named]) -> _Verdict | None:
    found = next((k for k in known if _overlaps(k.place, number)), None)
    return _Verdict(found.kind, found.reason, found.figure) if found else None


def _told(number: Number, around: Surroundings, before: _Verdict) -> _Verdict:
    """Return what its surroundings, or the number it goes with, tell of a number."""
    if number.glued:
        return _Verdict(AccountKind.NAME, "part of a name")
    if around.follows and number.percent and before.kind is AccountKind.FIGURE and not _has_share(before.figure):
        return _Verdict(AccountKind.SUB_ITEM, f"share of {before.figure}, which no figure keeps")
    rule = rule_of(number, around)
    if rule:
        return _Verdict(*rule)
    if around.follows and before.kind in _CARRIED:
        return _Verdict(before.kind, "goes with the number before")
    return _UNEXPLAINED


def _has_share(figure: str | None) -> bool:
    """Return whether some figure keeps the percentage of a count."""
    return figure is None or figure in labels().shares or f"{figure}_pct" in figure_definitions()


def _with_partners(numbers: Sequence[Number], verdicts: list[_Verdict]) -> list[_Verdict]:
    """Return the verdicts, halves of fractions and ranges that nothing names given what their partner is."""
    result = list(verdicts)
    for index, number in enumerate(numbers):
        if result[index] is not _UNEXPLAINED or number.partner is None:
            continue
        other = result[number.partner]
        if other.kind is AccountKind.FIGURE and number.part == "denominator":
            result[index] = _Verdict(AccountKind.SUB_ITEM, f"what {other.figure} is printed out of")
        elif other.kind in _CARRIED:
            result[index] = _Verdict(other.kind, "the other half of a fraction or range")
    return result
