"""The lines at the head of a report: type, number and symbol, place and date.

Belongs here: recognising each of these lines, whatever a clerk's habit or a recogniser made of its letters.
Stays out: which lines are looked at, and the parts of running text (`letterhead`).
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from catalogue.wordlists import either, words_for
from cchc.text import squeeze
from parsers.text.spelling import bare

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_TO_DIGITS = str.maketrans("oil", "011")
_MOTTO = re.compile(
    r"c[o0]ng\s*h[o0]a\s*x[aã]?\s*h[o0][il1]\s*ch[uư]?\s*ngh[il1]a(?:\s*v[il1][e3]t\s*nam)?|"
    r"(?:^|\s)v[il1][e3]t\s*nam$|d[o0]c\s*l[aâ]p\W{0,4}t[uự]\s*d[o0]\W{0,4}h[aạ]nh\s*ph[uú]c"
)
_KINDS = (
    "bao cao", "quyet dinh", "ke hoach", "thong bao", "giay moi", "to trinh", "cong dien", "chi thi", "nghi quyet",
    "bien ban", "chuong trinh", "huong dan", "de an", "phuong an", "thu moi", "danh sach", "ket luan", "quy che",
)  # fmt: skip
KIND = re.compile(rf"({'|'.join(_KINDS)})(?:\s+(?:so\s+ket|tong\s+ket|tom\s+tat|nhanh|ket\s+qua.*))?\W*")
NUMBER = re.compile(
    r"(?:^|(?<=\s))s[o06]\s{0,2}[:.;]?\s{0,4}(?P<number>[0-9oil]{0,5})\s{0,3}[/-]\s{0,2}"
    r"(?P<symbol>(?:20[0-9]{2}\s{0,2}/\s{0,2})?"
    r"(?:bc\s?ubn[a-z]|[a-z]{2,6}(?:\s{0,2}[-_./]\s{0,2}(?:ubn0|[a-z]{2,8})){0,2}))(?!\w)"
)
PLACE_DATE = re.compile(
    r"(?:(?P<place>[^\W\d_][\w\s.'-]{1,40}?)\s{0,2}[,.;:]\s{0,2})?"
    r"(?:ngay|ngav|nqay)\s{0,2}(?P<day>[0-9oil.…_]{0,10})\s{0,2}thang\s{0,2}(?P<month>[0-9oil.…_]{0,8})"
    r"\s{0,2},?\s{0,2}nam\s{0,2}(?P<year>[0-9oil]{4})"
)
PLACE_DATE_SHORT = re.compile(
    r"(?P<place>[^\W\d_][\w\s.'-]{1,40}?)\s{0,2}[,;]\s{0,2}(?:ngay\s{0,2})?"
    r"(?P<day>[0-9]{1,2})\s?[/.-]\s?(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>(?:20)?[0-9]{2})(?![0-9])"
)
SIGNED = re.compile(r"ky\s*(?:boi|ngay|so)|ngay\s*ky|thoi\s*gian\s*ky|signature|email:|\+07:00")
_ATTACHED = re.compile(
    r"kem\s+theo\s+bao\s+cao\s+so\s*:?\s*(?P<number>[0-9]{1,5})\s*/\s*(?P<symbol>bc\s*-\s*[a-z]{2,6})"
    r"(?:,?\s*ngay\s+(?P<day>[0-9]{1,2})\s*(?:/|-|thang)\s*(?P<month>[0-9]{1,2})\s*(?:/|-|nam)\s*(?P<year>20[0-9]{2}))?"
)


def plain(text: str) -> str:
    """Return a text in lower case without marks, every character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return bare(lowered.translate(_DASHES))


def without_motto(line: str) -> str:
    """Return a line without the national title and motto that share it in a two-column head."""
    flat = plain(line)
    if not any(word in flat for word in ("chu", "phuc", "nam")):
        return line.strip(" -–_*")
    kept, done = [], 0
    for match in _MOTTO.finditer(flat):
        kept.append(line[done : match.start()])
        done = match.end()
    kept.append(line[done:])
    return squeeze(" ".join(kept)).strip(" -–_*")


def kind_of(lines: list[str]) -> tuple[int | None, str]:
    """Return the line that names the type of the document ("BÁO CÁO") and the type without marks."""
    for index, line in enumerate(lines):
        if _begins_as_a_unit(line):
            continue
        match = KIND.match(plain(line).replace("0", "o"))
        spaced = plain(line).replace(" ", "")
        if match and line[: match.end(1)].upper() == line[: match.end(1)] and len(line) < 80:
            return index, match[1]
        if len(spaced) <= 12 and spaced in {k.replace(" ", "") for k in _KINDS} and line.upper() == line:
            return index, next(k for k in _KINDS if k.replace(" ", "") == spaced)
    return None, ""


def _begins_as_a_unit(line: str) -> bool:
    """Return whether a line names a unit ("PHƯỜNG AN …") that only without its marks begins as a type ("PHƯƠNG ÁN")."""
    flat = plain(line)
    found = next((kind for kind in _also_of_units() if flat.startswith(kind)), None)
    if found is None:
        return False
    printed = line[: len(found)].lower()
    return printed != _also_of_units()[found] and (printed != found or flat.strip(" :.") != found)


@cache
def _also_of_units() -> dict[str, str]:
    """Return the types of documents whose first word without marks is a kind of unit, each with its marks."""
    units = words_for("kinds_of_unit")
    spelled = {plain(word): word.lower() for word in words_for("document_kinds").values()}
    return {kind: spelled[kind] for kind in _KINDS if kind.split()[0] in units}


def number_in(lines: list[str]) -> str | None:
    """Return number and symbol of the document without blanks, None where the number is missing."""
    for line in lines[:16]:
        match = NUMBER.search(plain(line))
        if match and match["number"]:
            symbol = re.sub(r"\s", "", line[match.start("symbol") : match.end("symbol")])
            return f"{match['number'].translate(_TO_DIGITS)}/{_symbol(symbol)}"
    return None


def _symbol(printed: str) -> str:
    """Return a symbol in capitals with plain dashes; one letter misread in BC-UBND is mended."""
    symbol = re.sub(r"[-–—_.]+|(?<=[^\W\d])/", "-", printed).upper()
    flat = plain(symbol).upper()
    same = len(flat) == 7 and sum(a != b for a, b in zip(flat, "BC-UBND", strict=True)) <= 1
    return "BC-UBND" if same or flat == "BCUBND" else symbol


def place_and_day(lines: list[str]) -> tuple[str, date | None, str] | None:
    """Return place, date and its printed text from the line that holds both, signatures' time stamps left out."""
    for line in lines:
        flat = plain(line)
        if SIGNED.search(flat):
            continue
        match = PLACE_DATE.search(flat) or PLACE_DATE_SHORT.search(flat)
        if match and not (match["place"] is None and len(line) > 60):
            place = line[match.start("place") : match.end("place")] if match["place"] else ""
            printed = line[match.end("place") + 1 if match["place"] else match.start() : match.end()].strip(" ,")
            return _last_words(place), _day_of(match), printed
    return None


def _last_words(place: str) -> str:
    """Return a place name without what a merged column left before it ("Số: 204/BC-UBND Phổ Minh")."""
    return re.split(rf"(?:{either('bodies_shortened')}|/\S+)\s+", place)[-1].strip()


def _day_of(match: re.Match[str]) -> date | None:
    """Return the day of a match, None where it is not filled in or cannot be; a year may have two digits."""
    year, month, day = (match[name].translate(_TO_DIGITS).strip(".…_ ") for name in ("year", "month", "day"))
    if not (year.isdigit() and month.isdigit() and day.isdigit()):
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def attached(text: str) -> tuple[str, date | None, str] | None:
    """Return number, date and printed words of a report as its own appendix names it ("Kèm theo Báo cáo số …")."""
    match = _ATTACHED.search(plain(text)) if "heo" in text else None
    if match is None:
        return None
    symbol = re.sub(r"\s", "", text[match.start("symbol") : match.end("symbol")])
    day = _day_of(match) if match["day"] else None
    return f"{match['number']}/{_symbol(symbol)}", day, text[match.start() : match.end()] if day else ""
