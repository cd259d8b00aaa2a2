"""Root causes: which one number stands behind several broken relations.

Belongs here: the relations of one report that do not hold, and the search for a single value that mends them all.
Stays out: findings and their wording.

One slipped digit in a total breaks every sum and percentage it enters. A ward is asked once, about that total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.relations import Identity, Ratio
from parsers.reading import AccountKind
from validation.percentages import Judgement, Verdict, judge
from validation.relations import Breach, breach_of
from validation.report_values import Sheet
from validation.spans import HUNDRED, Span

_NEIGHBOURS = 2


@dataclass(frozen=True)
class Fault:
    """Broken relations, and what would mend them all.

    `solutions` are figures with the one value at which everything they enter holds; none where a relation stands
    alone. More than one means that the report's own numbers do not tell which of them is wrong.
    """

    breaches: tuple[Breach, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    solutions: tuple[tuple[str, Decimal], ...] = ()


def breaches(sheet: Sheet, identities: Iterable[Identity]) -> list[Breach]:
    """Return the identities that the sheet breaks, those left out that an unexplained number of the report mends."""
    missing = sheet.book.rules["sum_mismatch"].missing
    found = (breach_of(identity, sheet.spans, missing) for identity in identities)
    return [breach for breach in found if breach is not None and not _one_part_unread(sheet, breach)]


def _one_part_unread(sheet: Sheet, breach: Breach) -> bool:
    """Return whether a number that the reading could not explain, beside the parts, is just what the total lacks."""
    if breach.gap <= 0:
        return False
    sentences = {sheet.primary(figure).sentence for figure in breach.figures}
    return any(
        account.kind is AccountKind.UNEXPLAINED and account.value == breach.gap and account.sentence in sentences
        for account in sheet.reading.accounts
    )


def judgements(sheet: Sheet, ratios: Iterable[Ratio], verdict: Verdict) -> list[Judgement]:
    """Return the percentages of the sheet that get this verdict."""
    return [found for found in (judge(ratio, sheet) for ratio in ratios) if found.verdict is verdict]


def support(sheet: Sheet, figure: str, span: Span) -> int:
    """Return how many relations speak for a figure to be in `span`, less those that speak against it."""
    trial = sheet.mended({figure: (span,)})
    against = len(breaches(trial, _identities(sheet, figure))) + _exceeded(trial, figure)
    verdicts = Counter(judge(ratio, trial).verdict for ratio in _ratios(sheet, figure))
    complete = sum(_settled(identity, trial) for identity in _identities(sheet, figure))
    return complete - 2 * against + verdicts[Verdict.HOLDS] - verdicts[Verdict.BROKEN]


def faults(sheet: Sheet) -> list[Fault]:
    """Return the broken relations of a sheet, gathered under one root cause wherever one value mends several."""
    charitable = sheet.charitable
    broken_sums = [b for b in breaches(sheet, sheet.book.identities) if not _excused_sum(charitable, b)]
    broken_ratios = [
        j for j in judgements(sheet, sheet.book.ratios, Verdict.BROKEN) if not _excused_ratio(charitable, j)
    ]
    found: list[Fault] = []
    while fault := _shared(sheet, broken_sums, broken_ratios):
        found.append(fault)
        broken_sums = [b for b in broken_sums if b not in fault.breaches]
        broken_ratios = [j for j in broken_ratios if j not in fault.judgements]
    found += [Fault(breaches=(breach,)) for breach in broken_sums]
    return found + [Fault(judgements=(judgement,)) for judgement in broken_ratios]


def _excused_sum(charitable: Sheet, breach: Breach) -> bool:
    """Return whether a sum holds once the numbers count that a person has yet to look at."""
    return breach_of(breach.identity, charitable.spans, charitable.book.rules["sum_mismatch"].missing) is None


def _excused_ratio(charitable: Sheet, judgement: Judgement) -> bool:
    """Return whether a percentage holds once the numbers count that a person has yet to look at."""
    return judge(judgement.ratio, charitable).verdict is not Verdict.BROKEN


def _shared(sheet: Sheet, sums: list[Breach], ratios: list[Judgement]) -> Fault | None:
    """Return a fault of at least two broken relations that one mended value makes hold, None without one."""
    relations: tuple[Breach | Judgement, ...] = (*sums, *ratios)
    named = Counter(figure for relation in relations for figure in _bound(relation))
    found: Fault | None = None
    for figure in sorted(named, key=lambda f: (-named[f], f)):
        if named[figure] < 2:
            break
        touched = Fault(tuple(b for b in sums if figure in _bound(b)), tuple(j for j in ratios if figure in _bound(j)))
        if found is not None and (touched.breaches, touched.judgements) != (found.breaches, found.judgements):
            continue
        value = next((v for v in _implied(sheet, figure, touched) if _mends(sheet, figure, v)), None)
        if value is not None:
            known = found.solutions if found is not None else ()
            found = replace(touched, solutions=(*known, (figure, value)))
    return found


def _bound(relation: Breach | Judgement) -> set[str]:
    """Return the figures of a relation, with those from which a percentage's unprinted total may follow."""
    if isinstance(relation, Breach):
        return set(relation.figures)
    return {*relation.figures, *(f for first, _, second in relation.ratio.derived for f in (first, second))}


def _implied(sheet: Sheet, figure: str, fault: Fault) -> Iterator[Decimal]:
    """Return the values that single broken relations ask the figure to have."""
    if not sheet.has(figure):
        return
    printed = sheet.value(figure)
    for breach in fault.breaches:
        if figure not in breach.figures:
            continue
        yield printed - breach.gap if figure == breach.total else printed + breach.gap
    if figure_definitions()[figure].unit != "count":
        return
    for judgement in fault.judgements:
        if figure not in (*judgement.above, judgement.below):
            continue
        near = _inverted(sheet, figure, judgement)
        yield from (near + step for step in range(-_NEIGHBOURS, _NEIGHBOURS + 1))


def _inverted(sheet: Sheet, figure: str, judgement: Judgement) -> Decimal:
    """Return the whole number at which the figure would give the printed percentage."""
    percentage = sheet.value(judgement.ratio.figure)
    if figure == judgement.below:
        above = sum((sheet.value(term) for term in judgement.above), Decimal(0))
        return (HUNDRED * above / percentage).to_integral_value() if percentage else Decimal(0)
    others = sum((sheet.value(term) for term in judgement.above if term != figure), Decimal(0))
    return (percentage * sheet.value(judgement.below) / HUNDRED).to_integral_value() - others


def _mends(sheet: Sheet, figure: str, value: Decimal) -> bool:
    """Return whether every relation of the figure holds at `value`."""
    if value < 0:
        return False
    trial = sheet.mended({figure: (Span.exact(value),)})
    if breaches(trial, _identities(sheet, figure)):
        return False
    before = {ratio.figure: judge(ratio, sheet).verdict for ratio in _ratios(sheet, figure)}
    after = {ratio.figure: judge(ratio, trial).verdict for ratio in _ratios(sheet, figure)}
    worse = (Verdict.BROKEN, Verdict.OTHER_TOTAL)
    return all(after[code] not in worse or after[code] is before[code] is Verdict.OTHER_TOTAL for code in after)


def _identities(sheet: Sheet, figure: str) -> list[Identity]:
    return [i for i in sheet.book.identities if any(figure in way.figures for way in i.ways)]


def _ratios(sheet: Sheet, figure: str) -> list[Ratio]:
    return [r for r in sheet.book.ratios if figure in _concerned(r)]


def _concerned(ratio: Ratio) -> set[str]:
    sides = {*ratio.over, *(term for terms in ratio.of for term in terms)}
    return {ratio.figure, *sides, *(f for first, _, second in ratio.derived for f in (first, second))}


def _exceeded(sheet: Sheet, figure: str) -> int:
    """Return how many printed wholes the figure exceeds as their part, or falls short of as their whole.

    A year-to-date amount is the whole of its period's amount.
    """
    pairs = [(part, whole) for part, wholes in sheet.book.parts.items() for whole in wholes]
    pairs += [(period, (ytd,)) for ytd, period in sheet.book.cumulative.items()]
    return sum(
        all(p.above(w) for p in sheet.spans(part) for w in sheet.sums(whole))
        for part, whole in pairs
        if figure in (part, *whole) and sheet.spans(part) and sheet.sums(whole)
    )


def _settled(identity: Identity, sheet: Sheet) -> bool:
    """Return whether all parts of an identity are printed, so that its holding means something."""
    return any(
        any(sheet.spans(figure) for figure in way.total) and all(sheet.spans(part) for part in way.parts)
        for way in identity.ways
    )
