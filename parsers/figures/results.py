"""From choices to printings: values with raw text, place, sentence and confidence, and which one is primary.

Belongs here: the values of one report's figures as `Printing`s, lower halves of fractions and sums of parts added.
Stays out: how a number was chosen (`choose`), what confidence means (`confidence`), which printing is primary
(`parsers.primary`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from functools import cache

from catalogue.labels import Labels
from catalogue.relations import relations
from parsers.accounts import Named
from parsers.document import Document
from parsers.figures.choice import Choice
from parsers.figures.confidence import reading_confidence
from parsers.figures.denominators import Bases
from parsers.figures.mentions import Mention
from parsers.figures.money import Ledger
from parsers.figures.sums import add_parts
from parsers.figures.weighing import Weigher
from parsers.primary import with_primaries
from parsers.reading import AccountKind, Approximation, Printing

ABOUT_AS_CERTAIN = 0.2  # by hand (docs/reading.md): a difference in which the order of the report decides
NEAR = 12
"""How many choices away a fraction looks for its percentage."""
# The confidence of a printing that counts as sure to the grammar, and the factor of a lost scale (nghìn).
SURE, SLIP = 0.8, 1000
NEW_BY_SUM = 0.95
_TWO = 2
PROVEN, UNPROVEN, TOLERANCE = 0.95, 0.85, Decimal("0.02")
"""A fraction that gives its printed percentage was read right; the tolerance is far wider than any rounding."""


class Printer:
    """Makes the printings of one document."""

    def __init__(self, source: Labels, document: Document) -> None:
        self._labels = source
        self._document = document
        self._bases = Bases(source, Ledger(source))

    def printings(self, choices: Sequence[Choice]) -> tuple[tuple[Printing, ...], tuple[Named, ...]]:
        """Return all printings in reading order, one primary a figure, and the numbers that were named otherwise."""
        made, parts = add_parts([(c, self._printing(c)) for c in self._derived(choices)], self._labels.sums)
        made = sorted(made, key=lambda pair: pair[1].place.in_order)
        weighed = Weigher(self._labels, choices).weighed(_with_primaries(made))
        named = [Named(p.place, AccountKind.FIGURE, "part of a sum", p.figure) for p in parts]
        named += [self._other(c) for c in choices if not c.candidate.printed]
        return tuple(weighed), tuple(named)

    def _other(self, choice: Choice) -> Named:
        """Return a number that is something else with a name of its own."""
        kind = AccountKind(self._labels.kinds[choice.figure])
        return Named(choice.place, kind, choice.candidate.label)

    def _derived(self, choices: Sequence[Choice]) -> list[Choice]:
        """Return the choices that are figures, proven by the fraction they stand in, with what stands below it."""
        known: dict[str, set[Decimal]] = defaultdict(set)
        for choice in choices:
            known[choice.figure].add(choice.mention.value)
        derived = []
        for place, choice in enumerate(choices):
            score, rule = choice.candidate.settled, choice.candidate.rule
            ratio = _ratio(choice.mention, _share_value(choices, place))
            if ratio is not None:
                score = max(score, PROVEN) if ratio else score * UNPROVEN
            if choice.candidate.printed:
                derived.append(choice.derived(choice.figure, score, rule))
            if choice.mention.out_of is not None:
                below = self._bases.of_fraction(choice, known, _following(choices, place))
                if below is not None:
                    figure, weight = below
                    derived.append(choice.derived(figure, min(1.0, score) * weight, "fraction", choice.mention.out_of))
        return _with_new_ones(derived)

    def _printing(self, choice: Choice) -> Printing:
        mention, candidate, sentence = choice.mention, choice.candidate, choice.sentence
        number, text = mention.number, sentence.line.analysis.text
        said = text[sentence.start : sentence.end]
        confidence = reading_confidence(candidate.settled, candidate.rival, candidate.rule, mention)
        return Printing(
            figure=choice.figure,
            value=mention.value,
            raw=text[mention.start : mention.end],
            place=choice.place,
            page=self._document.page_of(choice.place),
            box=self._document.box_of(choice.place),
            sentence=" | ".join(filter(None, (sentence.line.words, said))),
            sentence_place=sentence.place(sentence.start, sentence.end),
            label=candidate.label,
            rule=candidate.rule,
            text_confidence=self._document.text_confidence(choice.place),
            reading_confidence=round(confidence * sentence.line.trust, 4),
            primary=False,
            quantum=number.quantum * mention.factor if number else Decimal(1),
            decimals=number.decimals if number else 0,
            approximation=number.approximation if number else Approximation.NONE,
            in_words=number.in_words if number else True,
            malformed=number.malformed if number else False,
            candidates=number.candidates if number else (),
            base=self._bases.of_share(choice.origin) if mention.unit == "percent" else None,
        )


@cache
def _carried_split() -> tuple[str, str, str]:
    """Return the total that is split into new and carried over, with the two parts."""
    carried = relations().carried.figure
    total, parts = next((t, p) for t, p, _ in relations().splits if carried in p and len(p) == _TWO)
    return total, next(part for part in parts if part != carried), carried


def _with_new_ones(choices: list[Choice]) -> list[Choice]:
    """Return the choices; what is named "received" beside a total made of it and those carried over is the new ones.

    "Tổng số 534 hồ sơ … kỳ trước chuyển sang 19 … tiếp nhận trong kỳ 515" prints one word for two figures.
    """
    values: dict[str, set[Decimal]] = defaultdict(set)
    for choice in choices:
        values[choice.figure].add(choice.mention.value)
    whole, fresh, left_over = _carried_split()
    totals, carried = values[whole], values[left_over]
    new = {value for value in totals for c in carried if c and value + c in totals}
    if not values[fresh] <= new:
        return choices
    return [
        c.derived(fresh, c.candidate.settled * NEW_BY_SUM, "new by the sum", c.mention)
        if c.figure == whole and c.mention.value in new
        else c
        for c in choices
    ]


def _ratio(mention: Mention, share: Decimal | None) -> bool | None:
    """Return whether a fraction gives the percentage printed with it, None where there is no fraction or percentage."""
    if mention.out_of is None or share is None or not share or not mention.out_of.value:
        return None
    return abs(100 * mention.value / mention.out_of.value - share) <= TOLERANCE * share


def _share_value(choices: Sequence[Choice], place: int) -> Decimal | None:
    share = _share_of(choices, place)
    return share.mention.value if share is not None else None


def _following(choices: Sequence[Choice], place: int) -> str | None:
    share = _share_of(choices, place)
    return share.figure if share is not None else None


def _share_of(choices: Sequence[Choice], place: int) -> Choice | None:
    """Return the percentage that a fraction gives: the one it stands in brackets behind, or the next of its group."""
    choice = choices[place]
    near = choices[max(0, place - NEAR) : place + NEAR]
    parent = choice.group.parent if choice.index == 0 else None
    if parent is not None and parent.unit == "percent":
        return next((c for c in near if c.mention is parent), None)
    after = choice.index + 1
    if after < len(choice.group.mentions):
        wanted = choice.group.mentions[after]
        return next((c for c in near if c.mention is wanted and wanted.unit == "percent"), None)
    return None


def _with_primaries(made: list[tuple[Choice, Printing]]) -> list[tuple[Choice, Printing]]:
    """Return the printings with one of each figure marked primary.

    A weaker printing with another value is left out: it is likelier a misreading than a contradiction of the report.
    """
    ordered = [printing for _, printing in made]
    marked = with_primaries(ordered, [p.reading_confidence for p in ordered], ABOUT_AS_CERTAIN)
    first = {p.figure: p for p in marked if p.primary}
    pairs = zip((choice for choice, _ in made), marked, strict=True)
    return [(choice, p) for choice, p in pairs if not _is_doubtful(p, first[p.figure])]


def _is_doubtful(printing: Printing, first: Printing) -> bool:
    """Return whether a printing is likelier misread than contradicting; a slip of three places is worth showing."""
    if printing.value == first.value or printing.malformed or printing.confidence >= SURE:
        return False
    return first.value not in (printing.value * SLIP, printing.value / SLIP)
