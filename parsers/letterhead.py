"""The parts of a report that say what it is: agency, number, place and date, title, opening and closing lines.

Belongs here: finding these parts in a Document whose reader may or may not have told columns apart, with letters that
a recogniser got wrong (Decree 30/2020/NĐ-CP, Appendix I, gives the form).
Stays out: which ward and round they name (`parsers.wardnames`, `parsers.roundnames`) and what to believe
(`parsers.identity`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from cchc.text import squeeze
from parsers.document import Block, Document
from parsers.figures.spelling import bare

HEAD_BLOCKS = 30
HEAD_CHARACTERS = 3000
OPENING_PARAGRAPHS = 4
CLOSING_PARAGRAPHS = 2
SHORTEST_PARAGRAPH = 25
LONGEST_HEAD_LINE = 110
SURE_WORD = 0.8


@dataclass(frozen=True)
class Letterhead:
    """What stands at the head and the foot of a report, as printed.

    `agency` is the issuing body with the body above it, one line each; `doc_no` number and symbol without blanks
    ("204/BC-UBND"); `place` the name before the date; `day` its date, None where missing or impossible, `day_text` as
    printed; `kind` the document's type in lower case without marks ("bao cao"), empty where none stands; `title` the
    lines below it; `opening` the paragraphs before the first heading, `closing` the last ones of the body;
    `uncertain` the words of both that a recogniser was not sure of.
    """

    agency: tuple[str, ...] = ()
    doc_no: str | None = None
    place: str = ""
    day: date | None = None
    day_text: str = ""
    kind: str = ""
    title: str = ""
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    uncertain: frozenset[str] = frozenset()


_MOTTO = re.compile(
    r"c[o0]ng\s*h[o0]a\s*x[aã]?\s*h[o0][il1]\s*ch[uư]?\s*ngh[il1]a(?:\s*v[il1][e3]t\s*nam)?|"
    r"(?:^|\s)v[il1][e3]t\s*nam$|d[o0]c\s*l[aâ]p\W{0,4}t[uự]\s*d[o0]\W{0,4}h[aạ]nh\s*ph[uú]c"
)
_KINDS = (
    "bao cao", "quyet dinh", "ke hoach", "thong bao", "giay moi", "to trinh", "cong dien", "chi thi", "nghi quyet",
    "bien ban", "chuong trinh", "huong dan", "de an", "phuong an", "thu moi", "danh sach", "ket luan", "quy che",
)  # fmt: skip
_KIND = re.compile(rf"({'|'.join(_KINDS)})(?:\s+(?:so\s+ket|tong\s+ket|tom\s+tat|nhanh|ket\s+qua.*))?\W*")
_NUMBER = re.compile(
    r"(?:^|(?<=\s))s[o06]\s{0,2}[:.;]?\s{0,4}(?P<number>[0-9oil]{0,5})\s{0,3}/\s{0,2}"
    r"(?P<symbol>(?:20[0-9]{2}\s{0,2}/\s{0,2})?(?:bc\s?ubn[a-z]|[a-z]{2,6}(?:\s{0,2}[-_.]\s{0,2}[a-z]{2,8}){0,2}))(?!\w)"
)
_PLACE_DATE = re.compile(
    r"(?:(?P<place>[^\W\d_][\w\s.'-]{1,40}?)\s{0,2}[,.;:]\s{0,2})?"
    r"(?:ngay|ngav|nqay)\s{0,2}(?P<day>[0-9oil.…_]{0,10})\s{0,2}thang\s{0,2}(?P<month>[0-9oil.…_]{0,8})"
    r"\s{0,2}nam\s{0,2}(?P<year>[0-9oil]{4})"
)
_PLACE_DATE_SHORT = re.compile(
    r"(?P<place>[^\W\d_][\w\s.'-]{1,40}?)\s{0,2}[,;]\s{0,2}(?:ngay\s{0,2})?"
    r"(?P<day>[0-9]{1,2})\s?[/.-]\s?(?P<month>[0-9]{1,2})\s?[/.-]\s?(?P<year>20[0-9]{2})"
)
_SIGNED = re.compile(r"ky\s*(?:boi|ngay|so)|ngay\s*ky|thoi\s*gian\s*ky|signature|email:|\+07:00")
_ATTACHED = re.compile(
    r"kem\s+theo\s+bao\s+cao\s+so\s*:?\s*(?P<number>[0-9]{1,5})\s*/\s*(?P<symbol>bc\s*-\s*[a-z]{2,6})"
    r"(?:,?\s*ngay\s+(?P<day>[0-9]{1,2})\s*(?:/|-|thang)\s*(?P<month>[0-9]{1,2})\s*(?:/|-|nam)\s*(?P<year>20[0-9]{2}))?"
)
_AGENCY = re.compile(
    r"uy\s*ban|ubnd|u\.b\.n\.d|hdnd|hoi\s*dong|dang\s*uy|cong\s*an|phong\s|truong\s|thi\s*xa|thanh\s*pho"
)
_UNIT_LINE = re.compile(r"(?:phuong|xa|thi\s*tran|huyen|thi\s*xa|thanh\s*pho|tp\.?|tinh)\s")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_TO_DIGITS = str.maketrans("oil", "011")
_NUMBERED = re.compile(
    r"(?:[ivx]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2})*|[a-d])\s?[.)/]\s|[-+*•]\s|phan\s+(?:[ivx]+|thu)(?!\w)"
)
_BODY_STARTS = re.compile(
    r"(?:[ivx]{1,4}\s*[.)]|[0-9]{1,2}\s*[.)]|phan\s+(?:[ivx]+|thu)|[a-d]\.\s|kinh\s+gui|can\s+cu|thuc\s+hien|theo\s|"
    r"uy\s+ban\s+nhan\s+dan\s+(?:phuong|xa)\s.{0,40}(?:bao\s+cao|kinh)|ubnd\s+(?:phuong|xa)\s.{0,40}bao\s+cao)"
)


def plain(text: str) -> str:
    """Return a text in lower case without marks, every character in its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return bare(lowered.translate(_DASHES))


def read_letterhead(document: Document) -> Letterhead:
    """Return the parts of a Document that say what it is; what is not there stays empty."""
    lines = _head_lines(document)
    kind_at, kind = _kind(lines)
    above = _first_lines(lines) if kind_at is None else lines[:kind_at]
    number = _number(above)
    place, day, day_text = _place_and_day(above) or _place_and_day(lines) or ("", None, "")
    if number is None or not day_text:
        attached = _attached(document)
        number = number or (attached[0] if attached else None)
        day, day_text = (day, day_text) if day_text or not attached else attached[1:]
    return Letterhead(
        agency=_agency(above),
        doc_no=number,
        place=place,
        day=day,
        day_text=day_text,
        kind=kind,
        title=_title(document, lines, kind_at),
        opening=_opening(document),
        closing=_closing(document),
        uncertain=_uncertain(document),
    )


def _texts(block: Block) -> list[str]:
    return [c.text for c in block.cells] if block.kind == "table" else [block.text]


def _head_lines(document: Document) -> list[str]:
    """Return the lines at the head of a document, the national title cut out, blanks squeezed."""
    lines: list[str] = []
    size = 0
    for block in document.blocks[:HEAD_BLOCKS]:
        for text in _texts(block):
            lines += [line for raw in text.split("\n") if (line := _without_motto(squeeze(raw)))]
            size += len(text)
        if size > HEAD_CHARACTERS:
            break
    return lines


def _without_motto(line: str) -> str:
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


def _kind(lines: list[str]) -> tuple[int | None, str]:
    """Return the line that names the type of the document ("BÁO CÁO") and the type without marks."""
    for index, line in enumerate(lines):
        match = _KIND.match(plain(line).replace("0", "o"))
        spaced = plain(line).replace(" ", "")
        if match and line[: match.end(1)].upper() == line[: match.end(1)] and len(line) < 80:
            return index, match[1]
        if len(spaced) <= 12 and spaced in {k.replace(" ", "") for k in _KINDS} and line.upper() == line:
            return index, next(k for k in _KINDS if k.replace(" ", "") == spaced)
    return None, ""


def _first_lines(lines: list[str]) -> list[str]:
    """Return the lines before the first that is long enough to be a paragraph: the head of an untitled document."""
    end = next((i for i, line in enumerate(lines) if len(line) > LONGEST_HEAD_LINE), len(lines))
    return lines[:end]


def _number(lines: list[str]) -> str | None:
    """Return number and symbol of the document without blanks, None where the number is missing."""
    for line in lines[:16]:
        match = _NUMBER.search(plain(line))
        if match and match["number"]:
            symbol = re.sub(r"\s", "", line[match.start("symbol") : match.end("symbol")])
            return f"{match['number'].translate(_TO_DIGITS)}/{_symbol(symbol)}"
    return None


def _symbol(printed: str) -> str:
    """Return a symbol in capitals with plain dashes; one letter misread in BC-UBND is mended."""
    symbol = re.sub(r"[-–—_.]+", "-", printed).upper()
    flat = plain(symbol).upper()
    same = len(flat) == 7 and sum(a != b for a, b in zip(flat, "BC-UBND", strict=True)) <= 1
    return "BC-UBND" if same or flat == "BCUBND" else symbol


def _place_and_day(lines: list[str]) -> tuple[str, date | None, str] | None:
    """Return place, date and its printed text from the line that holds both, signatures' time stamps left out."""
    for line in lines:
        flat = plain(line)
        if _SIGNED.search(flat):
            continue
        match = _PLACE_DATE.search(flat) or _PLACE_DATE_SHORT.search(flat)
        if match and not (match["place"] is None and len(line) > 60):
            place = line[match.start("place") : match.end("place")] if match["place"] else ""
            printed = line[match.end("place") + 1 if match["place"] else match.start() : match.end()].strip(" ,")
            return _last_words(place), _day_of(match), printed
    return None


def _last_words(place: str) -> str:
    """Return a place name without what a merged column left before it ("Số: 204/BC-UBND Phổ Minh")."""
    return re.split(r"(?:UBND|HĐND|/\S+)\s+", place)[-1].strip()


def _day_of(match: re.Match[str]) -> date | None:
    parts = [match[name].translate(_TO_DIGITS).strip(".…_ ") for name in ("year", "month", "day")]
    if not all(p.isdigit() for p in parts):
        return None
    try:
        return date(*(int(p) for p in parts))
    except ValueError:
        return None


def _attached(document: Document) -> tuple[str | None, date | None, str] | None:
    """Return number and date of the report as its own appendix names it."""
    for block in document.blocks:
        if "heo" not in block.text:
            continue
        match = _ATTACHED.search(plain(block.text))
        if match:
            symbol = re.sub(r"\s", "", block.text[match.start("symbol") : match.end("symbol")])
            day = _day_of(match) if match["day"] else None
            return f"{match['number']}/{_symbol(symbol)}", day, block.text[match.start() : match.end()] if day else ""
    return None


def _agency(lines: list[str]) -> tuple[str, ...]:
    """Return the lines that name the issuing body and the body above it."""
    named: list[str] = []
    for line in lines[:10]:
        flat = plain(line)
        if _NUMBER.search(flat) or _PLACE_DATE.search(flat) or _SIGNED.search(flat):
            cut = _NUMBER.search(flat)
            if cut is None or not _AGENCY.match(flat[: cut.start()]):
                continue
            line, flat = line[: cut.start()].strip(), flat[: cut.start()]
        if line and (
            _AGENCY.match(flat) or _UNIT_LINE.match(flat) or (named and len(line) < 40 and line.upper() == line)
        ):
            named.append(line)
    return tuple(named)


def _title(document: Document, lines: list[str], kind_at: int | None) -> str:
    """Return the lines below the type of the document up to its body."""
    if kind_at is None:
        titles = [squeeze(b.text) for b in document.blocks[:HEAD_BLOCKS] if b.kind == "title"]
        return " ".join(titles)
    first = _KIND.match(plain(lines[kind_at]))
    rest = lines[kind_at][first.end(1) :].strip() if first else ""
    kept = [rest] if rest else []
    for line in lines[kind_at + 1 : kind_at + 7]:
        if (kept and _BODY_STARTS.match(plain(line))) or len(" ".join(kept)) > 300 or (kept and len(line) > 160):
            break
        kept.append(line)
    return " ".join(kept)


def _opening(document: Document) -> tuple[str, ...]:
    """Return the paragraphs between the title and the first heading or numbered line."""
    kept: list[str] = []
    for block in document.blocks[:HEAD_BLOCKS]:
        text = squeeze(block.text)
        if block.kind in {"heading", "item"} or (kept and _NUMBERED.match(plain(text))):
            if kept or block.level == 1:
                break
            continue
        if block.kind == "paragraph" and len(text) > SHORTEST_PARAGRAPH and not _KIND.fullmatch(plain(text)):
            kept.append(text)
    return tuple(kept[:OPENING_PARAGRAPHS])


def _uncertain(document: Document) -> frozenset[str]:
    """Return the words of running text that were recognised with doubt; none in digital text."""
    return frozenset(
        block.text[word.start : word.end].strip(".,;:()")
        for block in document.paragraphs()
        for word in block.words
        if word.confidence < SURE_WORD
    )


def _closing(document: Document) -> tuple[str, ...]:
    """Return the last running paragraphs of the report, list items and appendices left out."""
    running = [squeeze(b.text) for b in document.blocks if b.kind == "paragraph" and not b.in_appendix]
    kept = [t for t in running if len(t) > SHORTEST_PARAGRAPH and not _NUMBERED.match(plain(t))]
    return tuple(kept[-CLOSING_PARAGRAPHS:])
