"""Letters to wards: please confirm or correct these numbers.

Belongs here: the content of a letter as a frozen value, and the letter as a Word document in the form of
Decree 30/2020/NĐ-CP, ready for number, date and signature.
Stays out: the form itself (`decree`), findings (`validation`), choosing whom to write to (command line, chasing).

Letters are official papers and are written in Vietnamese whatever the language of the screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from docx.shared import Pt

from catalogue.figures import figure_definitions
from catalogue.office import Office
from catalogue.rounds import Round, parse_round
from catalogue.wards import Ward
from cchc.formats import paper_day as day
from cchc.text import places_alone
from publications import decree
from validation.audience import told
from warehouse.rows import FindingRow

ASKED = ("error", "warning")
"""Severities about which a ward is asked; the rest is for the office to know."""
MOST_ROWS = 12
"""Figures of one finding that the table of the letter lists; a finding on more concerns the report as a whole."""
LONGEST_QUOTE = 420


@dataclass(frozen=True)
class Citation:
    """A sentence of the report that a point rests on; `where` names another report than the ward's own of the round."""

    sentence: str
    page: int | None
    where: str = ""


@dataclass(frozen=True)
class Point:
    """One numbered point of a letter: what is to be looked at, and the sentences it rests on.

    `unsure` says that the machine may have misread: whoever signs looks at the original first. The ward is not told.
    """

    message: str
    citations: tuple[Citation, ...] = ()
    unsure: bool = False


@dataclass(frozen=True)
class AskedFigure:
    """A line of the letter's table: the figure, what the report prints, on which page."""

    name: str
    printed: str
    page: str


@dataclass(frozen=True)
class Letter:
    """Everything a letter says. `report` names the ward's report by number and date, empty where it has none.

    `standing` says that the ward's place is provisional and why, empty where it is firm.
    """

    ward: Ward
    round: Round
    report: str
    points: tuple[Point, ...]
    figures: tuple[AskedFigure, ...]
    due: date
    standing: str = ""


def letter_to(
    ward: Ward,
    round_: Round,
    findings: Iterable[FindingRow],
    due: date,
    doc_no: str | None = None,
    doc_date: date | None = None,
    lacking: Sequence[str] = (),
) -> Letter | None:
    """Return the letter about a ward's open findings and what it does not print, None where there is nothing to ask.

    `lacking` are lines on the figures that the scorecard requires and the report does not print.
    """
    asked = [f for f in findings if f.severity in ASKED and f.state == "open"]
    if not asked and not lacking:
        return None
    return Letter(
        ward=ward,
        round=round_,
        report=_report_name(doc_no, doc_date),
        points=(*(_point(finding, round_, ward) for finding in asked), *map(Point, lacking)),
        figures=tuple(_asked_figures(asked, ward)),
        due=due,
    )


def write_letter(letter: Letter, office: Office, path: Path, *, deputy: bool = False) -> Path:
    """Write a letter to `path` and return it; number, date and signature are left for people."""
    paper = decree.new_paper(f"Đề nghị xác nhận số liệu, {letter.ward.full_name}", office.full_name)
    decree.letterhead(paper, office, office.letter_symbol, subject=_subject(letter))
    decree.addressees(paper, [f"Ủy ban nhân dân {letter.ward.full_name}"])
    decree.body(paper, _opening(letter, office))
    for number, point in enumerate(letter.points, start=1):
        decree.body(paper, f"{number}. {point.message}")
        for citation in point.citations:
            _quote(paper, citation)
    if letter.figures:
        decree.table(paper, _COLUMNS, [_row(n, f) for n, f in enumerate(letter.figures, 1)], _CAPTION)
    decree.body(paper, _request(letter, office)).paragraph_format.space_before = Pt(8)
    if letter.standing:
        decree.body(paper, letter.standing)
    decree.body(paper, _close(office))
    decree.closing(paper, office.letter_recipients, office.deputy if deputy else office.head)
    paper.save(str(path))
    return path


_CAPTION = "Số liệu đề nghị xác nhận"
_COLUMNS = (
    decree.Column("TT", 0.8, "center"),
    decree.Column("Số liệu", 4.6),
    decree.Column("Báo cáo ghi", 2.6, "right"),
    decree.Column("Trang", 1.1, "center"),
    decree.Column("Số đúng", 2.4, "right"),
)


def _row(number: int, figure: AskedFigure) -> tuple[str, ...]:
    return (str(number), figure.name, figure.printed, figure.page, "")


def _subject(letter: Letter) -> str:
    return f"xác nhận, bổ sung số liệu báo cáo cải cách hành chính {letter.round.title_vi}"


def _report_name(doc_no: str | None, doc_date: date | None) -> str:
    number = f" số {doc_no}" if doc_no else ""
    dated = f" ngày {day(doc_date)}" if doc_date else ""
    return f"Báo cáo{number}{dated}" if number or dated else "báo cáo"


def _opening(letter: Letter, office: Office) -> str:
    many = len(letter.points)
    return (
        f"Qua tổng hợp {letter.report} của Ủy ban nhân dân {letter.ward.full_name} về kết quả thực hiện công tác "
        f"cải cách hành chính {letter.round.title_vi}, {office.short_name} nhận thấy có {many:02d} nội dung cần được "
        "xác nhận hoặc điều chỉnh, cụ thể như sau:"
    )


def _request(letter: Letter, office: Office) -> str:
    return (
        f"{office.short_name} đề nghị Ủy ban nhân dân {letter.ward.full_name} kiểm tra, xác nhận số liệu đúng hoặc "
        f"gửi lại báo cáo đã điều chỉnh về {office.short_name} trước ngày {day(letter.due)}. Quá thời hạn trên, các "
        "số liệu chưa được xác nhận sẽ được ghi chú hoặc không đưa vào tổng hợp; nội dung chấm điểm còn thiếu hoặc mâu "
        "thuẫn không có điểm."
    )


def _close(office: Office) -> str:
    return f"{office.short_name} kính đề nghị đơn vị quan tâm phối hợp thực hiện./."


def _point(finding: FindingRow, round_: Round, ward: Ward) -> Point:
    """Return a point without the note on uncertain reading, which is for the office, and saying nothing twice."""
    message = told(finding.message_vi, "ward")
    telling = [quote for quote in finding.quotes if quote.get("sentence") and quote["sentence"] not in message]
    cited = dict.fromkeys(_citation(quote, round_, _version(finding)) for quote in telling)
    return Point(_addressed(message, ward), tuple(cited)[:MOST_ROWS], unsure=message != finding.message_vi)


def _version(finding: FindingRow) -> str:
    """Return which version of the ward's report a finding quotes: of a dropped figure the earlier one."""
    return "bản gửi trước" if finding.rule == "dropped_figure" else ""


def _addressed(text: str, ward: Ward) -> str:
    """Return a text that names both kinds of units with that of the ward alone."""
    return text.replace("xã/phường", ward.kind)


def _citation(quote: dict[str, Any], round_: Round, of_version: str = "") -> Citation:
    other = quote.get("round")
    where = f"báo cáo {parse_round(other).title_vi}" if other and other != round_.label else of_version
    return Citation(shortened(str(quote["sentence"]), str(quote.get("raw") or "")), quote.get("page"), where)


def shortened(sentence: str, raw: str) -> str:
    """Return a sentence cut to the stretch around the number it is quoted for."""
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    at = next(iter(places_alone(sentence, raw)), max(sentence.find(raw), 0))
    start = max(0, min(at - LONGEST_QUOTE // 2, len(sentence) - LONGEST_QUOTE))
    start = sentence.rfind(" ", 0, start) + 1 if start else 0
    end = sentence.find(" ", start + LONGEST_QUOTE)
    cut = sentence[start : end if end > 0 else len(sentence)]
    return f"{'… ' if start else ''}{cut}{' …' if start + len(cut) < len(sentence) else ''}"


def _quote(paper: Any, citation: Citation) -> None:
    place = ", ".join(part for part in (citation.where, f"trang {citation.page}" if citation.page else "") if part)
    text = f"“{citation.sentence}”" + (f" ({place})" if place else "")
    paragraph = decree.write(paper.add_paragraph(), text, size=13, italic=True, align="justify", after=4)
    paragraph.paragraph_format.left_indent = decree.FIRST_LINE


def _asked_figures(findings: Sequence[FindingRow], ward: Ward) -> Iterable[AskedFigure]:
    """Return a line for every figure asked about, in the order of the catalogue."""
    wanted: dict[str, list[tuple[str, str]]] = {}
    for finding in findings:
        if len(finding.figures) > MOST_ROWS:
            continue
        for figure in finding.figures:
            printed = wanted.setdefault(figure, [])
            printed += [p for p in _printed(finding, figure) if p not in printed]
    for code, definition in figure_definitions().items():
        if code in wanted:
            raws, pages = zip(*wanted[code], strict=True) if wanted[code] else (("không ghi",), ("",))
            page = ", ".join(dict.fromkeys(p for p in pages if p))
            name = _addressed(definition.meaning_vi.split(" (")[0], ward)
            yield AskedFigure(name, "; ".join(raws), page)


def _printed(finding: FindingRow, figure: str) -> list[tuple[str, str]]:
    """Return number and page of every printing that a finding quotes from the ward's own report."""
    own = [q for q in finding.quotes if q.get("figure") == figure and q.get("round") in (None, finding.round)]
    sign = "%" if figure_definitions()[figure].unit == "percent" else ""
    version = f" ({_version(finding)})" if _version(finding) else ""
    return [(f"{str(q['raw']).rstrip(' %')}{sign}{version}", str(q.get("page") or "")) for q in own]
