"""Numbers that belong together: the halves of a fraction, the ends of a range.

Belongs here: deciding from the print between two neighbouring numbers whether the second is what the first is out of
("321/327 hồ sơ", "133 trên tổng số 268") or how far it goes ("5 - 10", "từ 75 đến 80%").
Stays out: dates and document numbers, which are told apart here only so that they are no fractions.
"""

from __future__ import annotations

import re

from catalogue.wordlists import either, word_list
from parsers.numbers.value import Number
from parsers.reading import Approximation

# Characters between the halves of a range or fraction, a noun of five words included.
_FURTHEST = 36
_SAME_SCALE = 100
"""How many times greater than the lower half an upper half in the same scale may be; sums in full are 1,000 times."""
_OUT = either("out_of")
_OUT_OF = re.compile(
    rf"\s{{0,2}}(?:[^\W\d_]{{1,8}}[^\S\n]?){{0,5}}(?:/|(?<=\s)(?:{_OUT})\s+(?:{either('total_of_fraction')})"
    rf"|(?:^|(?<=\s))(?:{_OUT})(?=\s))\s{{0,2}}",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s{0,2}[-–—÷]\s{0,2}")
_UP_TO = re.compile(rf"\s{{1,2}}(?:{either('up_to')})\s{{1,2}}", re.IGNORECASE)
_DAY_CUE = re.compile(rf"(?:{either('dated_before')})\s*$", re.IGNORECASE)


def link_numbers(text: str, numbers: list[Number]) -> list[Number]:
    """Return the numbers with the halves of fractions and ranges marked, each naming its partner's place."""
    linked = list(numbers)
    for index in range(len(linked) - 1):
        left, right = linked[index], linked[index + 1]
        if left.part or left.range_part or right.start - left.end > _FURTHEST:
            continue
        between = text[left.end : right.start]
        if _is_fraction(text, left, right, between):
            linked[index] = _in_its_unit(left, right)._replace(part="numerator", partner=index + 1)
            linked[index + 1] = right._replace(
                part="denominator", partner=index, approximation=_without_over(right, between)
            )
        elif _is_range(text, left, right):
            percent = left.percent or (right.percent and not left.unit)
            linked[index] = left._replace(range_part="low", partner=index + 1, percent=percent)
            linked[index + 1] = right._replace(range_part="high", partner=index)
    return linked


def _in_its_unit(left: Number, right: Number) -> Number:
    """Return the upper half of a fraction in the scale printed behind the lower one: "1,7/6,2 tỷ đồng".

    A number in full ("850.000.000/1,2 tỷ đồng") is far greater than the digits below it and stays as it is.
    """
    if left.scale != 1 or left.unit or right.scale == 1 or left.value > _SAME_SCALE * right.value / right.scale:
        return left
    scale = right.scale
    return left._replace(
        value=left.value * scale,
        quantum=left.quantum * scale,
        scale=scale,
        candidates=tuple(c * scale for c in left.candidates),
    )


def _without_over(right: Number, between: str) -> Approximation:
    """Return the mark of a denominator: the "trên" between two numbers means "out of", not "more than"."""
    return Approximation.NONE if any(word in between.lower() for word in word_list("out_of")) else right.approximation


def _is_fraction(text: str, left: Number, right: Number, between: str) -> bool:
    if left.percent or left.glued or right.percent or not _OUT_OF.fullmatch(between):
        return False
    if between == "/":
        chained = text[right.end : right.end + 1] in {"/", "-"} or text[max(0, left.start - 1) : left.start] == "/"
        return not chained and not _is_month_of_year(left, right) and not _is_day(text, left, right)
    return not (right.plain and left.unit_class == "time" and "/" in between)


def _is_month_of_year(left: Number, right: Number) -> bool:
    return left.plain and left.value <= 12 and right.plain and 1900 <= right.value <= 2100


def _is_day(text: str, left: Number, right: Number) -> bool:
    """Return whether "15/6" is a day: it could be one, a word before it says so, and it counts nothing."""
    could = left.plain and right.plain and 1 <= left.value <= 31 and 1 <= right.value <= 12
    if not could or right.unit:
        return False
    return _DAY_CUE.search(text[max(0, left.start - 10) : left.start]) is not None


def _is_range(text: str, left: Number, right: Number) -> bool:
    """Return whether two numbers are the ends of a range; "15/6 - 14/9" and falling pairs are none."""
    if left.value >= right.value or left.malformed or right.malformed or left.glued:
        return False
    if text[max(0, left.start - 1) : left.start] == "/" or text[right.end : right.end + 1] == "/":
        return False
    begin = left.unit_end if left.percent or left.unit_class == right.unit_class else left.end
    between = text[begin : right.start]
    if _DASH.fullmatch(between):
        return True
    return _UP_TO.fullmatch(between) is not None
