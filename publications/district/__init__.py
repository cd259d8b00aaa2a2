"""The district's own report on a round, as a Word document ready to be numbered and signed.

Belongs here: putting drafted text and its tables on paper.
Stays out: the form of the paper (`publications.decree`), the text (`drafting`, `counting`), sources (`citing`), the
appendices (`appendices`).
"""

from __future__ import annotations

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from catalogue.paper import Chapter, Wording, wording
from cchc.formats import number
from cchc.messages import translator, use_language
from publications import decree, words
from publications.content import RoundContent
from publications.decree import Column
from publications.district.appendices import add_appendices, anchor, names_of
from publications.district.citing import Citations, Run
from publications.district.counting import counted_paragraphs, to_confirm
from publications.district.drafting import draft_part, standing_words
from publications.reproducible import document_bytes
from publications.stamping import stamp

__all__ = ["make_district_report", "make_plain_report"]

_ = translator("publications")


def make_district_report(content: RoundContent) -> bytes:
    """Return the report as `.docx` bytes, always in Vietnamese; equal content gives equal bytes."""
    with use_language("vi"):
        return document_bytes(_paper(content, wording(), marks=True), content.moment)


def make_plain_report(content: RoundContent) -> bytes:
    """Return the report for signature: without reference marks, the appendix they lead to, and the stamp of a draft.

    From which figures a draft was made stands in its properties.
    """
    with use_language("vi"):
        return document_bytes(_paper(content, wording(), marks=False), content.moment)


def _paper(content: RoundContent, say: Wording, *, marks: bool) -> Document:
    office, standing = content.office, standing_words(content)
    citations = Citations(content)
    paper = decree.new_paper(words.paper_title(content), office.full_name)
    stamped = say.phrases["draft"] if content.edition.draft and marks else ""
    note = words.draft_note(content.edition, content.moment)
    paper.core_properties.comments = note
    decree.letterhead(paper, office, office.report_symbol, mark=stamped)
    if note and marks:
        decree.body(paper, note).runs[0].italic = True
    decree.title(paper, say.title, say.abstract.format(**standing))
    decree.addressees(paper, [office.report_addressee])
    for base in say.bases:
        decree.body(paper, base.format(**standing)).runs[0].italic = True
    decree.body(paper, say.opening.format(**standing))
    if marks:
        decree.body(paper, say.how_to_read.format(sources=names_of(content)["sources"], **standing))
    if content.edition.revision and not content.edition.draft:
        decree.body(paper, _revised(content, say))
    for chapter in say.chapters:
        _chapter(paper, content, say, chapter, citations, marks)
    paper.paragraphs[-1].paragraph_format.keep_with_next = True
    decree.body(paper, say.closing.format(**standing)).paragraph_format.keep_with_next = True
    decree.closing(paper, office.report_recipients, office.head)
    add_appendices(paper, content, say, citations, marks)
    if stamped:
        stamp(paper, stamped)
    return paper


def _revised(content: RoundContent, say: Wording) -> str:
    edition, names = content.edition, names_of(content)
    changes = names.get("changes", "")
    return say.phrases["revised"].format(revision=edition.revision, why=edition.note.rstrip("."), changes=changes)


def _chapter(
    paper: Document, content: RoundContent, say: Wording, chapter: Chapter, citations: Citations, marks: bool
) -> None:
    decree.heading(paper, chapter.title.format(**standing_words(content)), 1)
    for part in chapter.parts:
        if part.title:
            decree.heading(paper, part.title, 2)
        for runs in draft_part(content, say, part, citations):
            _cited(decree.body(paper), runs, marks)
    if chapter.counted is None:
        return
    for line in counted_paragraphs(content, say, chapter.counted):
        decree.body(paper, line)
    if chapter.counted == "ranking":
        _ranking(paper, content, say)
    elif chapter.counted == "shortcomings" and to_confirm(content):
        _to_confirm(paper, content, say)
    elif chapter.counted == "requests":
        for line in content.directions:
            decree.body(paper, line)


def _ranking(paper: Document, content: RoundContent, say: Wording) -> None:
    columns = (
        Column(_("Place"), 1.4, "center"),
        Column(_("Ward"), 4),
        Column(_("Total points"), 1.7, "right"),
        Column(_("Class"), 2),
        Column(_("Place within its kind"), 1.9, "center"),
        Column(_("Change of place"), 1.6, "center"),
        Column(_("Completeness"), 1.7, "right"),
    )
    rows = [
        (
            str(row.rank) if row.rank is not None else words.NO_VALUE,
            words.capital(content.name(row.ward)),
            words.points(row.total if row.rank is not None else None),
            row.grade or words.NO_VALUE,
            str(row.rank_in_kind) if row.rank_in_kind is not None else words.NO_VALUE,
            words.signed(row.change),
            words.share(row.completeness),
        )
        for row in content.ranking
    ]
    decree.table(paper, columns, rows, say.tables["ranking"].format(**standing_words(content)))


def _to_confirm(paper: Document, content: RoundContent, say: Wording) -> None:
    columns = (
        Column(_("No."), 1.2, "center"),
        Column(_("Ward"), 3),
        Column(_("Finding"), 9),
        Column(_("Page"), 1.5, "center"),
    )
    rows = []
    for place, row in enumerate(to_confirm(content), start=1):
        pages = sorted({quote.page for quote in row.finding.quotes if quote.page})
        name = words.capital(content.name(row.finding.ward))
        rows.append((str(place), name, row.finding.message_vi, ", ".join(map(str, pages)) or words.NO_VALUE))
    decree.table(paper, columns, rows, say.tables["findings"])


def _cited(paragraph: Paragraph, runs: tuple[Run, ...], marks: bool) -> None:
    """Write runs; with `marks` after a cited one its number as a link to the appendix, raised and small."""
    for run in runs:
        paragraph.add_run(decree.printable(run.text)).font.size = Pt(decree.BODY_SIZE)
        if marks and run.source is not None:
            _link(paragraph, run.source)


def _link(paragraph: Paragraph, source: int) -> None:
    mark = paragraph.add_run(f"[{number(source)}]")
    mark.font.superscript = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), anchor(source))
    link.set(qn("w:history"), "1")
    mark._r.addprevious(link)
    link.append(mark._r)
