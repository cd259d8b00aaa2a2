"""The collection rounds a text names: quý III năm 2023, 6 tháng đầu năm, Q3/2023, năm 2023.

Belongs here: finding the period that a title or an opening line gives to its report, with numerals a recogniser mixed
up ("quý lll").
Stays out: which of several is the report's (`weigh`), and periods of single figures (`parsers.figures`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from catalogue.rounddays import MONTHS, NINE_MONTHS
from catalogue.rounds import keeps
from parsers.identity.headlines import plain


@dataclass(frozen=True)
class Period:
    """A period as named: the number of its round, year or None where unsaid, and the words that say so.

    Nine months are the third quarter's where the office keeps no round of their own; a month is one only in a title.

    `mended` tells that strokes of its numeral were misread ("TII" for III).
    """

    number: int
    year: int | None
    words: str
    mended: bool = False


_YEAR = r"(?:20[0-9]{2})"
_QUARTER = re.compile(
    rf"(?<!\w)(?:qu[yi]\s*|q\.?\s?)(?P<quarter>[ivxl1|ht!]{{1,4}}|0?[1-4]|mot|nhat|hai|ba|bon)(?!\w)"
    rf"(?!\s*[.,](?!{_YEAR}(?!\w))[0-9])"
    rf"(?:\s*(?:,|\.(?=20)|/|-|va\s+9\s+thang(?:\s+dau)?|nam)?\s*(?:nam\s+)?(?P<year>{_YEAR}))?"
)
_MONTHS = re.compile(
    rf"(?<!\w)(?P<months>0?3|0?6|0?9|12|ba|sau|chin|muoi\s+hai)\s+thang(?P<half>\s+dau|\s+cuoi)?(?:\s+nam)?"
    rf"\s*(?:/|-|,|nam)?\s*(?P<year>{_YEAR})?(?!\w)"
)
_LOST_CUE = re.compile(rf"(?<!\w)(?P<quarter>[ivxlht!|]{{2,4}})\s*(?:/|nam\s)\s*(?P<year>{_YEAR})(?!\w)")
"""A numeral before a year whose "quý" was misread beyond knowing ("œný TII năm 2024")."""
_MONTH = re.compile(
    rf"(?<!\w)(?<!ngay )thang\s+(?P<month>0?[1-9]|1[0-2])(?!\s*(?:[0-9]|-|den|va\s+[0-9]))"
    rf"(?:\s*(?:/|-|,|nam)?\s*(?:nam\s+)?(?P<year>{_YEAR}))?(?!\w)"
)
_DAY_BEFORE = re.compile(r"(?:ngay\s*)?[0-9]{1,2}\s*$")
_SOME_QUARTER = re.compile(r"(?<!\w)qu[yi]\s+[^\W\d_]{1,4}(?!\w)")
_WHOLE_YEAR = re.compile(rf"(?<!\w)(?P<cue>ca\s+nam|nam)\s+(?P<year>{_YEAR})(?!\w)")
_AHEAD = re.compile(
    r"(?:phuong\s+huong[^;.]*|(?:(?<!thuc hien )nhiem\s+vu|ke\s+hoach|chuong\s+trinh|giai\s+phap)"
    r"(?:\s+(?:trong\s+tam|cong\s+tac|chu\s+yeu|cua|trong|trien\s+khai|cac))*)\s*$"
)
_COMPARED = re.compile(
    r"(?:(?:cung|truoc)\s+ky|ky\s+truoc|so\s+(?:voi|sanh)|tang|giam)(?:[\s\"”“=:(,]|\b(?:la|voi|cua|so|tinh)\b)*$"
)
_COUNTS = {"ba": 3, "sau": 6, "chin": 9, "muoi hai": 12}
_STROKES = str.maketrans("l|1t!", "iiiii")
_NUMERALS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_NUMERALS |= {"01": 1, "02": 2, "03": 3, "04": 4, "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4}


def find_periods(text: str) -> list[Period]:
    """Return the quarters and spans of months that a text names, in order.

    Those still ahead are left out, and those that something is compared with ("cùng kỳ là quý I/2020").
    """
    flat = plain(text)
    found = [(m.start(), _of_quarter(text, m)) for m in _QUARTER.finditer(flat)]
    found += [(m.start(), _of_months(text, m)) for m in _MONTHS.finditer(flat)]
    return [
        p
        for place, p in sorted(found, key=lambda f: f[0])
        if p is not None and not _is_ahead(flat, place) and not is_compared(flat, place)
    ]


def is_compared(flat: str, place: int) -> bool:
    """Return whether a time at a place of a folded text stands behind words of comparison."""
    return _COMPARED.search(flat[max(0, place - 40) : place]) is not None


def period_of_title(title: str) -> Period | None:
    """Return the period a title gives to its report: the first quarter or months, else a whole year.

    Where a quarter stands that cannot be read, there is none: the year behind it is not the report's whole period.
    A year printed once for two periods ("quý I và nhiệm vụ quý II năm 2023") is the year of both.
    """
    periods = find_periods(title)
    years = re.findall(rf"(?<![\w/]){_YEAR}(?!\w)|(?<=[ivx1-4]/){_YEAR}", plain(title))
    month = _month_of(title, years)
    if month and keeps(month.number) and not _stands_before(title, periods, month):
        return month
    if periods:
        first = periods[0]
        year = first.year or next((p.year for p in periods if p.year and p.number == first.number), None)
        return replace(first, year=year or (int(years[0]) if years else None))
    flat = plain(title)
    lost = _LOST_CUE.search(flat)
    if lost:
        found = _of_quarter(title, lost)
        return replace(found, mended=True) if found else None
    if _SOME_QUARTER.search(flat) or month:
        return None
    for match in _WHOLE_YEAR.finditer(flat):
        if not _is_ahead(flat, match.start()):
            return Period(4, int(match["year"]), title[match.start() : match.end()])
    return None


def _month_of(title: str, years: list[str]) -> Period | None:
    """Return the single month that a title names first, those of dates left out."""
    flat = plain(title)
    for match in _MONTH.finditer(flat):
        if not _DAY_BEFORE.search(flat[: match.start()]) and not _is_ahead(flat, match.start()):
            year = match["year"] or (years[0] if years else None)
            words = title[match.start() : match.end()].strip()
            return Period(MONTHS + int(match["month"]), int(year) if year else None, words)
    return None


def _stands_before(title: str, periods: list[Period], month: Period) -> bool:
    """Return whether a quarter or span of months stands before the month."""
    return bool(periods) and title.find(periods[0].words) < title.find(month.words)


def _of_quarter(text: str, match: re.Match[str]) -> Period | None:
    printed = match["quarter"]
    numeral = printed if printed in _NUMERALS else printed.replace("h", "ii").translate(_STROKES)
    if numeral not in _NUMERALS or printed in {"t", "h"}:
        return None
    year = int(match["year"]) if match["year"] else None
    return Period(_NUMERALS[numeral], year, text[match.start() : match.end()].strip(), mended=numeral != printed)


def _of_months(text: str, match: re.Match[str]) -> Period | None:
    half = (match["half"] or "").strip()
    printed = re.sub(r"\s+", " ", match["months"])
    months = _COUNTS.get(printed) or int(printed)
    if half == "cuoi" or (months == 3 and half != "dau"):
        return None
    year = int(match["year"]) if match["year"] else None
    number = NINE_MONTHS if months == NINE_MONTHS and keeps(NINE_MONTHS) else months // 3
    return Period(number, year, text[match.start() : match.end()].strip())


def _is_ahead(flat: str, place: int) -> bool:
    """Return whether a period stands behind words of plans ("phương hướng, nhiệm vụ quý IV")."""
    return _AHEAD.search(flat[max(0, place - 60) : place]) is not None
