"""From choices to printings: values with raw text, place, sentence and confidence, and which one is primary.

Belongs here: the values of one report's figures as `Printing`s, lower halves of fractions and sums of parts added.
Stays out: how a number was chosen (`choose`), what confidence means (`confidence`), which printing is primary
(`parsers.primary`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache

from catalogue.labels import Labels
from catalogue.relations import relations
from parsers.accounts import Named
from parsers.document import Document
from parsers.figures.confidence import reading_confidence
from parsers.figures.denominators import Bases
from parsers.figures.engine import Found
from parsers.figures.mentions import Mention
from parsers.figures.money import Ledger
from parsers.figures.sums import add_parts
from parsers.figures.weighing import Draft, Weigher
from parsers.primary import with_primaries
from parsers.reading import AccountKind, Approximation, Printing

ABOUT_AS_CERTAIN = 0.2
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

    def printings(self, found: list[Found]) -> tuple[tuple[Printing, ...], tuple[Named, ...]]:
        """Return all printings in reading order, one primary a figure, and the numbers that were named otherwise."""
        made, parts = add_parts([(d, self._printing(d)) for d in self._drafts(found)], self._labels.sums)
        made = sorted(made, key=lambda pair: pair[1].place.in_order)
        weighed = Weigher(self._labels, found).weighed(_with_primaries(made))
        named = [Named(p.place, AccountKind.FIGURE, "part of a sum", p.figure) for p in parts]
        named += [self._other(f) for f in found if not f.choice.option.printed]
        return tuple(weighed), tuple(named)

    def _other(self, found: Found) -> Named:
        """Return a number that is something else with a name of its own."""
        option, mention = found.choice.option, found.choice.mention
        kind = AccountKind(self._labels.kinds[option.figure])
        return Named(found.place(mention.start, mention.end), kind, f"{option.label}")

    def _drafts(self, found: list[Found]) -> list[Draft]:
        known: dict[str, set[Decimal]] = defaultdict(set)
        for f in found:
            known[f.choice.option.figure].add(f.choice.mention.value)
        drafts = []
        for place, f in enumerate(found):
            choice = f.choice
            score = choice.score
            ratio = _ratio(choice.mention, _share_value(found, place))
            if ratio is not None:
                score = max(score, PROVEN) if ratio else score * UNPROVEN
            if choice.option.printed:
                drafts.append(Draft(choice.option.figure, choice.mention, f, score, choice.option.rule))
            if choice.mention.out_of is not None:
                below = self._bases.of_fraction(f, known, _following(found, place))
                if below is not None:
                    drafts.append(Draft(below[0], choice.mention.out_of, f, min(1.0, score) * below[1], "fraction"))
        return _with_new_ones(drafts)

    def _printing(self, draft: Draft) -> Printing:
        mention, found = draft.mention, draft.found
        number = mention.number
        place = found.place(mention.start, mention.end)
        sentence = found.place(*found.sentence)
        text = found.line.analysis.text
        share = mention.unit == "percent"
        return Printing(
            figure=draft.figure,
            value=mention.value,
            raw=text[mention.start : mention.end],
            place=place,
            page=self._document.page_of(place),
            box=self._document.box_of(place),
            sentence=" | ".join(filter(None, (found.line.words, text[slice(*found.sentence)]))),
            sentence_place=sentence,
            label=found.choice.option.label,
            rule=draft.rule,
            text_confidence=self._document.text_confidence(place),
            reading_confidence=round(
                reading_confidence(draft.score, found.choice.rival, draft.rule, mention) * found.line.trust, 4
            ),
            primary=False,
            quantum=number.quantum * mention.factor if number else Decimal(1),
            decimals=number.decimals if number else 0,
            approximation=number.approximation if number else Approximation.NONE,
            in_words=number.in_words if number else True,
            malformed=number.malformed if number else False,
            candidates=number.candidates if number else (),
            base=self._bases.of_share(found) if share else None,
        )


@cache
def _carried_split() -> tuple[str, str, str]:
    """Return the total that is split into new and carried over, with the two parts."""
    carried = relations().carried.figure
    total, parts = next((t, p) for t, p, _ in relations().splits if carried in p and len(p) == _TWO)
    return total, next(part for part in parts if part != carried), carried


def _with_new_ones(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts; what is named "received" beside a total that it makes with those carried over is the new ones.

    "Tổng số 534 hồ sơ … kỳ trước chuyển sang 19 … tiếp nhận trong kỳ 515" prints one word for two figures.
    """
    values: dict[str, set[Decimal]] = defaultdict(set)
    for draft in drafts:
        values[draft.figure].add(draft.mention.value)
    whole, fresh, left_over = _carried_split()
    totals, carried = values[whole], values[left_over]
    new = {value for value in totals for c in carried if c and value + c in totals}
    if not values[fresh] <= new:
        return drafts
    return [
        replace(d, figure=fresh, score=d.score * NEW_BY_SUM, rule="new by the sum")
        if d.figure == whole and d.mention.value in new
        else d
        for d in drafts
    ]


def _ratio(mention: Mention, share: Decimal | None) -> bool | None:
    """Return whether a fraction gives the percentage printed with it, None where there is no fraction or percentage."""
    if mention.out_of is None or share is None or not share or not mention.out_of.value:
        return None
    return abs(100 * mention.value / mention.out_of.value - share) <= TOLERANCE * share


def _share_value(found: list[Found], place: int) -> Decimal | None:
    share = _share_of(found, place)
    return share.choice.mention.value if share is not None else None


def _following(found: list[Found], place: int) -> str | None:
    share = _share_of(found, place)
    return share.choice.option.figure if share is not None else None


def _share_of(found: list[Found], place: int) -> Found | None:
    """Return the percentage that a fraction gives: the one it stands in brackets behind, or the next of its group."""
    choice = found[place].choice
    near = found[max(0, place - NEAR) : place + NEAR]
    parent = choice.group.parent if choice.index == 0 else None
    if parent is not None and parent.unit == "percent":
        return next((f for f in near if f.choice.mention is parent), None)
    after = choice.index + 1
    if after < len(choice.group.mentions):
        wanted = choice.group.mentions[after]
        return next((f for f in near if f.choice.mention is wanted and wanted.unit == "percent"), None)
    return None


def _with_primaries(made: list[tuple[Draft, Printing]]) -> list[tuple[Draft, Printing]]:
    """Return the printings with one of each figure marked primary.

    A weaker printing with another value is left out: it is likelier a misreading than a contradiction of the report.
    """
    ordered = [printing for _, printing in made]
    marked = with_primaries(ordered, [p.reading_confidence for p in ordered], ABOUT_AS_CERTAIN)
    first = {p.figure: p for p in marked if p.primary}
    pairs = zip((draft for draft, _ in made), marked, strict=True)
    return [(draft, p) for draft, p in pairs if not _is_doubtful(p, first[p.figure])]


def _is_doubtful(printing: Printing, first: Printing) -> bool:
    """Return whether a printing is likelier misread than contradicting; a slip of three places is worth showing."""
    if printing.value == first.value or printing.malformed or printing.confidence >= SURE:
        return False
    return first.value not in (printing.value * SLIP, printing.value / SLIP)
