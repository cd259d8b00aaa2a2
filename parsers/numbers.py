"""The numbers of a Vietnamese text: where they stand, what they are worth, how precisely they are printed.

Belongs here: the value `Number` and `find_numbers`, which joins digits or number words with what stands around them:
scale word, percent sign, counting word, approximating word, the other half of a fraction or a range.
Stays out: what one run of digits says (`parsers.digits`), words to values (`parsers.numberwords`), denials
(`parsers.negations`), and what a number means (`parsers.figures`, `parsers.accounts`).

Every digit of a text is part of exactly one Number, dates and document numbers included: a later step names those.
A lone number word is a Number only where it counts something; "một cửa", "năm 2023" and "thứ hai" are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache
from typing import Literal

from catalogue.units import unit_classes
from parsers.digits import Digits, read_digits
from parsers.numberlinks import link_numbers
from parsers.numberruns import Run, find_runs
from parsers.numberwords import find_words, value_of_words
from parsers.reading import Approximation

Part = Literal["", "numerator", "denominator"]
RangePart = Literal["", "low", "high"]


@dataclass(frozen=True)
class Number:
    """One number of a text.

    `start`–`end` and `raw` cover the digits or words and their scale word ("1,718 tỷ"), not the percent sign or the
    counting word; those end at `unit_end`. `value` has the scale multiplied in; `quantum` is the worth of one unit of
    the last printed digit, in the same measure. `candidates` lists every value the print may mean, likeliest first,
    where there is more than one; `malformed` says that the print is no number as written (`value` is then the first
    candidate, 0 without any). `mended` says that a blank or a letter printed inside the digits was read over.
    `glued` marks digits that hang on letters ("A3", "4G"). `partner` is the place in the list of the other half of a
    fraction or range.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    quantum: Decimal = Decimal(1)
    decimals: int = 0
    scale: Decimal = Decimal(1)
    grouped: bool = False
    percent: bool = False
    unit: str = ""
    unit_class: str = ""
    unit_end: int = 0
    approximation: Approximation = Approximation.NONE
    in_words: bool = False
    malformed: bool = False
    mended: bool = False
    glued: bool = False
    candidates: tuple[Decimal, ...] = ()
    part: Part = ""
    range_part: RangePart = ""
    partner: int | None = None

    @property
    def plain(self) -> bool:
        """Tell whether this is a bare whole number: no scale, percent, decimals, group dots or words."""
        return self.scale == 1 and not (self.percent or self.decimals or self.grouped or self.in_words)


_SCALES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6, "tr": 10**6, "tỷ": 10**9, "tỉ": 10**9}
_SCALE = re.compile(
    r"[^\S\n]{0,2}(nghìn|ngàn|triệu|tỷ|tỉ|tr\.?(?=\s?đ))"
    r"(?:[^\S\n]+(tỷ|tỉ|triệu)(?![^\W\d_]))?"
    r"(?!\s+(?:lệ|trọng|suất|giá|số)(?!\w))(?:(?![^\W\d_])|(?=đ(?!\w)))(\s+rưỡi(?!\w))?",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s{0,2}%|\s+phần\s+trăm(?!\w)", re.IGNORECASE)
_ECHO = re.compile(r"\s{0,2}\(\s?((?:[^\W\d_]{2,6}\s){0,9}[^\W\d_]{2,6})\s?\)")

_APPROXIMATIONS = {
    Approximation.NEARLY: ("gần", "ngót", "dưới", "không quá", "tối đa", "chưa đến", "chưa đầy", "<", "≤"),
    Approximation.OVER: ("hơn", "trên", "ít nhất", "tối thiểu", "không dưới", "quá", ">", "≥"),
    Approximation.ABOUT: ("khoảng", "xấp xỉ", "chừng", "độ chừng", "tầm", "trên dưới", "~"),
    Approximation.ESTIMATED: ("ước", "ước tính", "ước thực hiện"),
}
_APPROXIMATION_OF = {phrase: kind for kind, phrases in _APPROXIMATIONS.items() for phrase in phrases}
_APPROXIMATOR = re.compile(
    r"(?:^|(?<=[\s(\[:,]))(?P<word>"
    + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in sorted(_APPROXIMATION_OF, key=len, reverse=True))
    + r")(?:\s+(?:đạt|được|là|bằng|có))?\s*$",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"(?:cao|nhiều|ít|thấp|lớn|nhanh|chậm|kém|sớm|nhỏ|dựa|tính|muộn|tốt|mức|cấp)\s+$", re.IGNORECASE)
_AT_LEAST = re.compile(r"\s*(?:%\s*)?trở\s+lên(?!\w)", re.IGNORECASE)
_LOOK_BACK = 26
_MAY_BE_BROKEN = frozenset({"", "measure", "time", "score"})
"""What can be counted in fractions; "1,234 hồ sơ" are 1234 dossiers."""


def find_numbers(text: str) -> list[Number]:
    """Return every number of `text` (NFC), in order, fractions and ranges linked.

    Work grows with the length of the text only, whatever stands in it.
    """
    if not text:
        return []
    echoes: list[tuple[int, int]] = []
    found = [_of_run(text, run, echoes) for run in find_runs(text)]
    found = list(_compounds(text, list(_outside_units(found))))
    words = [n for n in _of_words(text, found) if not any(a <= n.start < b for a, b in echoes)]
    if words:
        found = sorted([*found, *words], key=lambda n: n.start)
    return link_numbers(text, found)


def _of_run(text: str, run: Run, echoes: list[tuple[int, int]]) -> Number:
    """Return the Number of a run of digits with what stands around it; remember a repetition in words."""
    scale, end, half = _scale_at(text, run.end)
    percent = _PERCENT.match(text, end)
    read = read_digits(run.digits, percent=bool(percent), scale=scale)
    read = _with_doubt(read, run)
    after = percent.end() if percent else end
    echo = _ECHO.match(text, after)
    said = value_of_words(echo[1].lower().split()) if echo else None
    if echo and said is not None:
        echoes.append(echo.span(1))
        after = echo.end()
        if not read.malformed and said != read.value:
            read = replace(read, candidates=(read.value, said))
    unit, unit_class, unit_end = ("", "", after) if percent else unit_at(text, after)
    if read.candidates and read.decimals == 3 and unit_class not in _MAY_BE_BROKEN:
        read = replace(read, value=max(read.candidates), decimals=0, candidates=read.candidates[::-1])
    value = read.value * scale + (scale / 2 if half else 0)
    return Number(
        start=run.start,
        end=end,
        raw=text[run.start : end],
        value=value,
        quantum=scale.scaleb(-read.decimals) if not half else scale / 2,
        decimals=read.decimals,
        scale=scale,
        grouped=read.grouped,
        percent=bool(percent),
        unit=unit,
        unit_class=unit_class,
        unit_end=unit_end,
        approximation=_approximation(text, run.start, after),
        malformed=read.malformed,
        mended=run.mended,
        glued=_is_glued(text, run.start, end, bool(unit)),
        candidates=tuple(c * scale for c in read.candidates),
    )


def _with_doubt(read: Digits, run: Run) -> Digits:
    """Return the digits with the other reading that the print of the run leaves open."""
    if run.other is None or read.malformed:
        return replace(read, malformed=True) if run.broken else read
    other = read_digits(run.other).value
    return replace(read, candidates=(read.value, other), malformed=run.broken)


def _scale_at(text: str, position: int) -> tuple[Decimal, int, bool]:
    """Return the factor of the scale words at `position`, where they end, and whether "rưỡi" follows."""
    match = _SCALE.match(text, position)
    if match is None:
        return Decimal(1), position, False
    factor = _SCALES[match[1].lower().rstrip(".")] * _SCALES.get((match[2] or "").lower(), 1)
    return Decimal(factor), match.end(), match[3] is not None


def unit_at(text: str, position: int) -> tuple[str, str, int]:
    """Return the counting word at `position` in lower case, its class, and where it ends; empty where none stands."""
    pattern, classes = _units()
    match = pattern.match(text, position)
    if match is None:
        return "", "", position
    phrase = " ".join(match[1].lower().split())
    return phrase, classes[phrase], match.end()


@cache
def _units() -> tuple[re.Pattern[str], dict[str, str]]:
    """Return the pattern of all counting words, longest first, and the class of each, both tone spellings."""
    classes = {spelling: name for phrase, name in unit_classes().items() for spelling in _spellings(phrase)}
    ordered = sorted(classes, key=len, reverse=True)
    body = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in ordered)
    return re.compile(rf"\s{{0,2}}({body})(?![\w²³])", re.IGNORECASE), classes


_TONE_PLACES = (("òa", "oà"), ("óa", "oá"), ("ỏa", "oả"), ("õa", "oã"), ("ọa", "oạ"), ("ủy", "uỷ"), ("úy", "uý"))


def _spellings(phrase: str) -> set[str]:
    """Return a phrase with the tone mark on either vowel of oa and uy."""
    old = phrase
    for new_place, old_place in _TONE_PLACES:
        old = old.replace(new_place, old_place)
    return {phrase, old}


def _approximation(text: str, start: int, after: int) -> Approximation:
    """Return the approximating word right before `start`, or "trở lên" right behind `after`."""
    before = text[max(0, start - _LOOK_BACK) : start]
    match = _APPROXIMATOR.search(before)
    if match and not _COMPARED.search(before[: match.start()]):
        return _APPROXIMATION_OF[" ".join(match["word"].lower().split())]
    return Approximation.OVER if _AT_LEAST.match(text, after) else Approximation.NONE


def _is_glued(text: str, start: int, end: int, has_unit: bool) -> bool:
    """Tell whether digits hang on a letter before them, or behind them on one that is no counting word."""
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return True
    return not has_unit and end < len(text) and text[end].isalpha()


def _outside_units(numbers: list[Number]) -> Iterator[Number]:
    """Yield the numbers without digits that belong to a counting word: the 2 of "86 m2"."""
    covered = 0
    for number in numbers:
        if number.start >= covered:
            yield number
            covered = number.unit_end


def _compounds(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Yield the numbers, "254 triệu 700 nghìn" joined into one: a smaller scale follows a larger one."""
    held: Number | None = None
    for number in numbers:
        if held is not None and _continues(text, held, number):
            held = replace(
                number,
                start=held.start,
                raw=text[held.start : number.end],
                value=held.value + number.value,
                approximation=held.approximation,
                mended=held.mended or number.mended,
                malformed=held.malformed or number.malformed,
                candidates=(),
            )
            continue
        if held is not None:
            yield held
        held = number
    if held is not None:
        yield held


def _continues(text: str, large: Number, small: Number) -> bool:
    if large.scale == 1 or large.decimals or small.percent or small.scale >= large.scale:
        return False
    if small.value >= large.scale or not text[large.end : small.start].isspace():
        return False
    return small.scale > 1 or (small.unit_class == "money" and small.grouped)


_BEFORE = re.compile(r"([^\W\d_]+)?([^\w\n]*)$")
_NO_COUNT_AFTER = frozenset(
    {"thứ", "giải", "hạng", "loại", "cấp", "tháng", "lần", "đôi", "vài", "dăm", "mấy", "mồng", "mùng", "quý", "khối"}
    | {"lớp", "thế", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"}
)
_FIVE_AFTER = frozenset(
    {"có", "là", "gồm", "được", "với", "và", "đó", "còn", "đã", "thêm", "cho", "bởi", "lập", "hành", "chức", "nhận"}
    | {"quyết", "cử", "từ", "hiện", "về", "đến", "tại"}
)
_NO_ONE = re.compile(r"\s+(?:số|phần|cửa|cách|trong|vài|loạt|mặt|bước|ít|chút|khi|lúc|bên|chiều)(?!\w)", re.IGNORECASE)
_ONE_COUNTS = frozenset(
    {"dossier", "case", "turn", "person", "member", "team", "document", "procedure", "form", "session", "item"}
    | {"feedback", "complaint", "task"}
)
_CLAUSE_END = re.compile(r"\s*(?:[.;,)\]]|$)")


def _of_words(text: str, digits: list[Number]) -> Iterator[Number]:
    """Yield the numbers printed in words that count something."""
    ends = {n.end for n in digits}
    for words in find_words(text):
        start, end = words.start, words.end
        if text[end : end + 3].lower() == " lệ" or (start - 1) in ends:
            continue
        percent = _PERCENT.match(text, end)
        unit, unit_class, unit_end = ("", "", percent.end()) if percent else unit_at(text, end)
        if words.single and not percent and not _counts(text, start, end, unit_class):
            continue
        if not words.single and _word_before(text, start)[0] in {"tháng", "thứ"}:
            continue
        yield Number(
            start=start,
            end=end,
            raw=text[start:end],
            value=words.value,
            percent=bool(percent),
            unit=unit,
            unit_class=unit_class,
            unit_end=unit_end,
            approximation=_approximation(text, start, unit_end),
            in_words=True,
        )


def _word_before(text: str, start: int) -> tuple[str, str]:
    """Return the word before `start` in lower case, and what is printed between it and `start`."""
    match = _BEFORE.search(text[max(0, start - 24) : start])
    return ((match[1] or "").lower(), match[2]) if match else ("", "")


def _counts(text: str, start: int, end: int, unit_class: str) -> bool:
    """Tell whether a lone number word counts something: a counting word follows, or it ends a "label:" or "cả …"."""
    word = text[start:end].lower()
    before, between = _word_before(text, start)
    parted = bool(between.strip())
    if word == "không" or (before in _NO_COUNT_AFTER and between.strip() in {"", ","}):
        return False
    if text[start].isupper() and before and not parted:
        return False
    if not unit_class:
        closes = _CLAUSE_END.match(text, end) is not None
        return closes and (between.strip() == ":" or (before == "cả" and not parted and word not in {"một", "năm"}))
    if word == "một":
        return unit_class in _ONE_COUNTS and not _NO_ONE.match(text, end)
    if word == "năm":
        return unit_class not in {"time"} and (parted or before in _FIVE_AFTER)
    return True
