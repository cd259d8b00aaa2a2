"""The numbers of a line that might be figures, with what each counts.

Belongs here: numbers and denials of a text as mentions (value, unit, the noun behind), those left out that are part of
a citation, a date, a period, a standard or a list label.
Stays out: which figure a mention is (`propose`, `money`, `choose`).
"""

from __future__ import annotations

import bisect
import re
from dataclasses import dataclass, field
from decimal import Decimal

from catalogue.figures import Unit
from catalogue.shapes import shape
from parsers.figures.analysis import Analysis
from parsers.negations import Negation
from parsers.numbers import Number
from parsers.reading import AccountKind

_DIGIT = re.compile(r"\d")
_LIST_LABEL = re.compile(r"\s*(?:[-+•–]\s*)?\(?\d{1,2}(?:\.\d{1,2})*[.)]?(?=\s+[^\W\d_])\)?")
_OTHER_CLASSES = frozenset({"time", "measure", "score", "place", "household", "thing", "complaint"})
_OUT_OF = re.compile(shape("out_of_between"))
_REFERENCE = re.compile(r"\(\s?\d{1,2}\s?\)")
LEAST_SUM = Decimal(1_000)
"""Đồng. No budget, fee or payment of an office is less than the smallest fee there is; less is a slip of the unit."""
# Đồng: from here on a bare number is a sum, with groups of three digits and without.
_MONEY_WITHOUT_WORD, _MONEY_UNGROUPED = Decimal(100_000), Decimal(1_000_000)
OTHER = frozenset({"other"})
"""The noun of what is no figure's noun: "máy", "thôn", "ngày"."""


@dataclass(frozen=True)
class Scale:
    """What the surroundings say of bare numbers: the factor of "triệu đồng" in a column head, or a percent sign."""

    factor: Decimal = Decimal(1)
    unit: Unit | None = None
    nouns: frozenset[str] = frozenset()


@dataclass
class Mention:
    """A number or a denial that may be a figure. Places are characters of the line."""

    start: int
    end: int
    after: int
    value: Decimal
    unit: Unit
    nouns: frozenset[str]
    number: Number | None = None
    denial: Negation | None = None
    out_of: Mention | None = None
    factor: Decimal = field(default=Decimal(1))

    @property
    def counts_other(self) -> bool:
        """Return whether the noun behind the number is no figure's noun."""
        return self.nouns is OTHER


def find_mentions(line: Analysis, scale: Scale, skip_label: bool = False) -> list[Mention]:
    """Return the mentions of a line in order; a denominator stands in its numerator's `out_of`."""
    numbers = line.numbers
    masked = _masked(line, skip_label) if numbers else []
    starts = [span[0] for span in masked]
    kept: dict[int, Mention] = {}
    for index, number in enumerate(numbers):
        if number.glued or number.range_part or number.unit_class == "place":
            continue
        if _inside(number, masked, starts):
            continue
        kept[index] = _of_number(line, number, scale)
    mentions = list(_fractions(line.levelled, numbers, kept))
    mentions += [_of_denial(line, d) for d in line.denials if not _is_state(line, d)]
    return sorted(mentions, key=lambda m: m.start)


def _masked(line: Analysis, skip_label: bool) -> list[tuple[int, int]]:
    """Return the spans in which digits are part of something else, in order."""
    spans = [(a, b) for a, b, kind in line.cited if skip_label or kind is not AccountKind.LIST_NUMBER]
    spans += [(hit.start, hit.end) for hit in line.hits if _DIGIT.search(hit.text)]
    spans += [match.span() for match in _REFERENCE.finditer(line.text)]
    label = _LIST_LABEL.match(line.text) if skip_label else None
    if label and re.search(r"[.)]", label[0]):
        spans.append(label.span())
    return sorted(spans)


def _inside(number: Number, masked: list[tuple[int, int]], starts: list[int]) -> bool:
    """Return whether a number begins inside one of the last spans before it."""
    last = bisect.bisect_right(starts, number.start)
    return any(number.start < end for _, end in masked[max(0, last - 4) : last])


def _of_number(line: Analysis, number: Number, scale: Scale) -> Mention:
    unit, factor = _unit(number, scale)
    after = number.unit_end if number.percent or number.unit_class == "money" else number.end
    value = number.value * factor
    nouns = frozenset[str]() if unit != "count" else _nouns(line, number, scale)
    if unit == "vnd" and 0 < value < LEAST_SUM:
        nouns = OTHER
    return Mention(number.start, number.end, after, value, unit, nouns, number, factor=factor)


def _unit(number: Number, scale: Scale) -> tuple[Unit, Decimal]:
    """Return the unit of a number and the factor that its surroundings add."""
    if number.percent:
        return "percent", Decimal(1)
    if number.unit_class == "money":
        return "vnd", Decimal(1)
    if number.unit_class == "score":
        return "points", Decimal(1)
    if scale.unit is not None and not number.unit:
        return scale.unit, scale.factor if number.scale == 1 else Decimal(1)
    if not number.unit and (
        number.scale >= 1000 or number.value >= (_MONEY_WITHOUT_WORD if number.grouped else _MONEY_UNGROUPED)
    ):
        return "vnd", Decimal(1)
    return "count", Decimal(1)


def _nouns(line: Analysis, number: Number, scale: Scale) -> frozenset[str]:
    """Return the noun classes of what stands right behind a number, OTHER for the noun of another thing."""
    tokens = line.found.tokens
    place = bisect.bisect_left(tokens.spans, (number.end,))
    if place >= len(tokens.spans):
        return scale.nouns
    start, word = tokens.spans[place][0], tokens.words[place]
    if line.levelled[number.end : start].strip():
        return scale.nouns
    known = line.found.nouns.get(start)
    if number.unit_class in _OTHER_CLASSES and (known is None or known[0] < number.unit_end):
        return OTHER
    if known is not None:
        return known[1]
    if not word.isalpha() or word in line.links:
        return scale.nouns
    return frozenset() if line.within(start, start + 1) else OTHER


def _fractions(text: str, numbers: list[Number], kept: dict[int, Mention]) -> list[Mention]:
    """Return the mentions, each denominator put under its numerator; the counted noun stands behind both."""
    free: list[Mention] = []
    below: set[int] = set()
    for index, mention in kept.items():
        number = numbers[index]
        if mention.start in below:
            continue
        following = kept.get(index + 1)
        if following is not None and not number.part and _OUT_OF.fullmatch(text, number.end, following.start):
            mention.out_of, mention.after = following, following.after
            below.add(following.start)
        partner = number.partner if number.partner in kept else None
        if number.part == "denominator" and partner is not None and not _counts_apart(numbers[partner], number):
            continue
        if number.part == "numerator" and partner is not None and not _counts_apart(number, numbers[partner]):
            mention.out_of = kept[partner]
            mention.after = kept[partner].after
            mention.nouns = mention.nouns or kept[partner].nouns
            if kept[partner].unit == "vnd":
                mention.unit = "vnd"
        free.append(mention)
    return free


def _counts_apart(first: Number, second: Number) -> bool:
    """Return whether "04 tổ/24 thành viên" counts two things and is no fraction."""
    return bool(first.unit and second.unit and first.unit_class != second.unit_class)


def _is_state(line: Analysis, denial: Negation) -> bool:
    """Return whether a denial is the opening of a phrase that says what something is ("chưa có kết quả")."""
    return any(hit.start == denial.start and hit.end > denial.end for hit in line.within(denial.start, denial.end))


def _of_denial(line: Analysis, denial: Negation) -> Mention:
    known = line.found.nouns.get(denial.subject_start) if denial.side == "after" else None
    nouns = known[1] if known else frozenset[str]()
    return Mention(denial.start, denial.end, denial.end, Decimal(0), "count", nouns, denial=denial)
