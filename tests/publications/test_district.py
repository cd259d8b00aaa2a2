"""The district's report: the form of the decree, every number cited, nothing said that is not known."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.paper import PLACEHOLDER, wording
from cchc.clock import ZONE
from publications import words
from publications.content import Change, Edition, RoundContent
from publications.coverage import total_notes
from publications.district import make_district_report, make_plain_report
from publications.district.citing import Citations
from publications.district.counting import counted_paragraphs, to_confirm
from publications.district.drafting import draft_part, draft_sentence
from publications.page import make_page
from publications.workbook.results import totals_sheet
from scoring.inputs import Receipt
from tests.publications import readback
from tests.publications.sample import BLOCKED, LATE, SILENT, content

MARK = re.compile(r"\[(\d+)\]")
DIGITS = re.compile(r"\d[\d.,]*\d|\d")


@cache
def paper() -> Document:
    """Return the sample's report as a reader sees it."""
    return docx.Document(io.BytesIO(make_district_report(content())))


def text_of(document: Document) -> str:
    """Return paragraphs and cells in reading order, links included."""
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in document.element.body.iter(qn("w:p")))


def said(runs: tuple[object, ...]) -> str:
    """Return the words of a drafted sentence."""
    return "".join(run.text for run in runs)  # type: ignore[attr-defined]


def without(codes: set[str]) -> RoundContent:
    """Return the sample with these totals unknown."""
    rows = tuple(replace(row, value=None, wards=()) if row.code in codes else row for row in content().result.rollup)
    return replace(content(), result=replace(content().result, rollup=rows))


def _total(code: str) -> str:
    row = content().total(code)
    assert row is not None
    return words.amount(row.value, row.unit)


class TestForm:
    def test_letterhead_stands_in_the_order_of_the_decree(self) -> None:
        """Agency on the left, nation and motto on the right, then kind, abstract and addressee."""
        lines = [line for line in text_of(paper()).split("\n") if line][:12]

        assert lines == [
            "UBND THỊ XÃ ĐỨC PHỔ",
            "PHÒNG NỘI VỤ",
            "Số:        /BC-NV",
            "DỰ THẢO",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Đức Phổ, ngày      tháng      năm        ",
            "BÁO CÁO",
            "Kết quả công tác cải cách hành chính quý III năm 2023 của các xã, phường trên địa bàn thị xã Đức Phổ",
            "Kính gửi: Ủy ban nhân dân thị xã Đức Phổ",
            lines[10],
            lines[11],
        ]

    def test_page_is_a4_with_the_margins_of_the_decree(self) -> None:
        """A4, 20 mm above and below, 30 mm left, 15 to 20 mm right; no page number on page one."""
        first = paper().sections[0]

        sizes = [round(size.mm) for size in (first.page_width, first.page_height)]
        margins = [round(m.mm) for m in (first.top_margin, first.bottom_margin, first.left_margin, first.right_margin)]
        assert (sizes, margins) == ([210, 297], [20, 20, 30, 18])
        assert first.different_first_page_header_footer
        assert "PAGE" in first.header._element.xml

    def test_every_run_of_the_body_is_in_the_decrees_font(self) -> None:
        """Times New Roman throughout, 13 or 14 points in the body."""
        assert paper().styles["Normal"].font.name == "Times New Roman"
        assert {r.font.name for p in paper().paragraphs for r in p.runs} <= {None, "Times New Roman"}

    def test_spelling_is_checked_as_vietnamese(self) -> None:
        """Word is told the language, so that it does not underline every line."""
        languages = {e.get(qn("w:val")) for e in paper().styles.element.iter(qn("w:lang"))}

        assert languages == {"vi-VN"}

    def test_recipients_and_signatory_close_the_paper(self) -> None:
        """Nơi nhận lists its lines, the last with a full stop, beside the signatory in capitals."""
        text = text_of(paper())

        assert "Nơi nhận:\n- Như trên;\n" in text
        assert "- Lưu: VT, CCHC.\nTRƯỞNG PHÒNG" in text

    def test_published_paper_bears_no_draft_mark(self) -> None:
        """Only a draft says that it is one."""
        final = Edition(draft=False, published_by="A")

        text = text_of(docx.Document(io.BytesIO(make_district_report(content(final)))))

        assert "DỰ THẢO" not in text

    def test_revision_says_what_it_replaces_and_lists_causes(self) -> None:
        """A revision names its reason and lists reports, figures and places that changed."""
        changes = (
            Change("figure", "pho-an", "dossiers_late", "3", "4", "Báo cáo bản thứ 2"),
            Change("total", "", "Hồ sơ giải quyết quá hạn", "21", "22"),
        )
        edition = Edition(draft=False, revision=2, published_by="A", note="Phổ An đính chính.", changes=changes)

        text = text_of(docx.Document(io.BytesIO(make_district_report(content(edition)))))

        assert "bản sửa đổi lần 2, thay thế bản đã công bố trước đó. Lý do: Phổ An đính chính. Những" in text
        appendix = text.split("PHỤ LỤC III")[1].split("PHỤ LỤC IV")[0]
        assert "Báo cáo bản thứ 2" in appendix
        assert "22" not in appendix

    def test_equal_content_gives_equal_bytes(self) -> None:
        """Nothing of the moment of writing gets into the file."""
        assert make_district_report(content()) == make_district_report(content())


class TestCitations:
    def test_every_mark_leads_to_a_line_of_the_appendix(self) -> None:
        """Links and bookmarks pair up, and every source is cited."""
        body = paper().element.body
        anchors = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
        bookmarks = [mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))]

        assert anchors == set(bookmarks)
        assert len(bookmarks) == len(set(bookmarks)) > 10

    def test_every_number_of_a_drafted_sentence_is_cited_or_says_coverage(self) -> None:
        """Take the cited numbers and the coverage away and no digit is left."""
        citations = Citations(content())
        for chapter in wording().chapters:
            for part in chapter.parts:
                for runs in draft_part(content(), wording(), part, citations):
                    bare = "".join(run.text for run in runs if run.source is None)
                    assert not DIGITS.search(re.sub(r"\(\d+/\d+ đơn vị\)", "", bare)), bare

    def test_wards_of_a_source_add_up_to_what_is_cited(self) -> None:
        """What the appendix says of each ward gives the total that the text prints."""
        citations = Citations(content())
        for chapter in wording().chapters:
            for part in chapter.parts:
                draft_part(content(), wording(), part, citations)

        for line in citations.lines():
            parts = re.findall(r": ([\d.]+)(?:/([\d.]+))? \(tr\. [\d, ]+[;)]", line.wards)
            assert len(parts) == int(re.findall(r"(\d+)/15 đơn vị", line.made)[0]), line
            above, below = (sum(int(p[i].replace(".", "") or 0) for p in parts) for i in (0, 1))
            ratio = below and 100 * Decimal(above) / below
            shown = words.amount(ratio, "percent") if below else words.amount(Decimal(above), "count")
            assert shown == line.value, line

    def test_change_can_be_reckoned_from_its_source(self) -> None:
        """The percentage by which a total changed follows from the two values the appendix prints."""
        row = content().total("dossiers_received")
        assert row is not None and row.last_year is not None and row.last_year.change_pct is not None
        citations = Citations(content())
        citations.number(row)

        (line,) = citations.lines()

        then, now = (
            Decimal(found.replace(".", "")) for found in re.findall(r"cùng kỳ ([\d.]+), kỳ này ([\d.]+)", line.made)[0]
        )
        assert 100 * (now - then) / then == pytest.approx(row.last_year.change_pct, abs=Decimal("0.001"))

    def test_blocked_figure_is_in_no_source(self) -> None:
        """A ward whose figure may not count is not named under that figure's total."""
        citations = Citations(content())
        row = content().total(BLOCKED[1])
        assert row is not None
        citations.number(row)

        (line,) = citations.lines()

        assert "Phổ Minh" not in line.wards
        assert "13/15" in line.made

    def test_decided_figure_names_the_person(self) -> None:
        """A number that a person entered says who."""
        citations = Citations(content())
        row = content().total("dossiers_late")
        assert row is not None
        citations.number(row)

        assert "Trần Văn B quyết định" in citations.lines()[0].wards


class TestDrafting:
    CODES = ("dossiers_resolved", "dossiers_late", "on_time_share")
    CLAUSES = ("Giải quyết {dossiers_resolved} hồ sơ", "quá hạn {dossiers_late}", "đạt {on_time_share}")

    def test_sentence_whose_first_total_is_unknown_is_left_out(self) -> None:
        """No sentence is begun that cannot be finished."""
        assert draft_sentence(without({"dossiers_resolved"}), wording(), self.CLAUSES, Citations(content())) is None

    @settings(max_examples=15, deadline=None)
    @given(unknown=st.sets(st.sampled_from(CODES[1:])))
    def test_clause_whose_total_is_unknown_is_left_out_alone(self, unknown: set[str]) -> None:
        """A later clause goes without taking its neighbours along, and leaves no placeholder."""
        runs = draft_sentence(without(unknown), wording(), self.CLAUSES, Citations(content()))

        assert runs is not None
        text = said(runs)
        assert not PLACEHOLDER.search(text)
        assert ("quá hạn" in text, "đạt" in text) == tuple(c not in unknown for c in self.CODES[1:])
        assert text.endswith(".")

    def test_part_of_which_nothing_is_known_says_so(self) -> None:
        """Silence is told, not filled with zeros."""
        part = next(p for c in wording().chapters for p in c.parts if "thể chế" in p.title)

        (runs,) = draft_part(content(), wording(), part, Citations(content()))

        assert said(runs) == wording().nothing.format(units="xã, phường")

    def test_sum_over_other_wards_is_never_set_beside_the_first(self) -> None:
        """Two sums in one sentence that rest on different wards would be read as one."""
        clauses = ("Giải quyết {dossiers_resolved} hồ sơ", "trên {dossiers_received} hồ sơ tiếp nhận")

        runs = draft_sentence(content(), wording(), clauses, Citations(content()))

        assert runs is not None
        assert said(runs) == f"Giải quyết {_total('dossiers_resolved')} hồ sơ (14/15 đơn vị)."

    def test_total_of_too_few_wards_is_not_the_towns(self) -> None:
        """A total under the least coverage is told as that of the wards that print it."""
        rows = tuple(
            replace(row, wards=row.wards[:9]) if row.code == "dossiers_resolved" else row
            for row in content().result.rollup
        )
        few = replace(content(), result=replace(content().result, rollup=rows))

        runs = draft_sentence(few, wording(), ("Giải quyết {dossiers_resolved} hồ sơ",), Citations(few))

        assert runs is not None
        assert said(runs) == (f"Tại 9/15 đơn vị có nêu số liệu, giải quyết {_total('dossiers_resolved')} hồ sơ.")

    def test_parts_that_do_not_add_up_are_told(self) -> None:
        """Parts and whole in one sentence agree, or the sentence says by how much they do not."""
        base = next(row for row in content().result.rollup if (row.code, row.scope) == ("staff_total", "all"))
        made = {"staff_total": 299, "staff_cadres": 153, "staff_civil_servants": 145}
        rows = [row for row in content().result.rollup if row.code not in made or row.scope != "all"]
        rows += [replace(base, code=code, value=Decimal(value)) for code, value in made.items()]
        odd = replace(content(), result=replace(content().result, rollup=tuple(rows)))
        clauses = ("Hiện có {staff_total} người", "trong đó cán bộ {staff_cadres}", "công chức {staff_civil_servants}")

        runs = draft_sentence(odd, wording(), clauses, Citations(odd))

        assert runs is not None
        assert said(runs).endswith(" (cộng các phần được 298, lệch -1 so với tổng do báo cáo của đơn vị).")

    @pytest.mark.parametrize(("carried", "told"), [(30, False), (7, True), (None, True)])
    def test_what_some_count_in_a_total_explains_it(self, carried: int | None, told: bool) -> None:
        """Parts that miss exactly what was carried over are those of wards that count it as received: no difference."""
        base = next(row for row in content().result.rollup if (row.code, row.scope) == ("dossiers_received", "all"))
        made = {
            "dossiers_received": 330,
            "dossiers_online": 200,
            "dossiers_direct": 100,
            "dossiers_carried_over": carried,
        }
        rows = [replace(base, code=code, value=Decimal(value)) for code, value in made.items() if value is not None]

        assert ("dossiers_received" in total_notes(rows, str)) is told

    def test_ratio_over_other_wards_says_its_own_coverage(self) -> None:
        """A ratio stands for itself; each stretch of the sentence says what it covers."""
        rows = tuple(
            replace(row, wards=row.wards[:-2]) if row.code == "on_time_share" else row
            for row in content().result.rollup
        )
        fewer = replace(content(), result=replace(content().result, rollup=rows))

        runs = draft_sentence(fewer, wording(), self.CLAUSES, Citations(fewer))

        assert runs is not None
        assert re.findall(r"[^,]+ (\(\d+/15 đơn vị\))[,.]", said(runs)) == ["(14/15 đơn vị)", "(12/15 đơn vị)"]

    @pytest.mark.parametrize(
        ("change", "phrase"), [("5.5", "tăng 5,50%"), ("-5.5", "giảm 5,50%"), ("0", "không thay đổi")]
    )
    def test_change_says_up_down_or_level(self, change: str, phrase: str) -> None:
        """The word follows the sign, the number is printed without it."""
        rows = tuple(
            replace(row, last_year=replace(row.last_year, change_pct=Decimal(change)))
            if row.code == "dossiers_late" and row.last_year
            else row
            for row in content().result.rollup
        )
        changed = replace(content(), result=replace(content().result, rollup=rows))

        runs = draft_sentence(changed, wording(), ("{dossiers_late:change} so với cùng kỳ",), Citations(changed))

        assert runs is not None
        assert words.capital(phrase) in said(runs)


class TestCounted:
    def test_submissions_count_the_ledger(self) -> None:
        """Received, on time, late and missing are those of the ledger, by name."""
        text = " ".join(counted_paragraphs(content(), wording(), "submissions"))

        assert "báo cáo của 14/15 đơn vị, trong đó 13 đơn vị gửi đúng hạn" in text
        assert f"gửi chậm: {words.capital(content().name(LATE))} (chậm 3 ngày)" in text
        assert f"Chưa gửi báo cáo: {words.capital(content().name(SILENT))}." in text
        assert "có 1 số liệu chưa tính" in text

    def test_lateness_stands_with_its_receipt(self) -> None:
        """Beside a lateness stand time, way and file; an address is never printed, who dated a receipt back is."""
        at = datetime(2023, 9, 18, 9, 5, tzinfo=ZONE)
        receipts = {
            LATE: Receipt(at, "mail", "vanphong@example.vn", "bc.docx"),
            "pho-an": Receipt(at, "submit", "Lan", "an.pdf", "Lan", "có dấu công văn đến."),
        }
        ledger = tuple(replace(row, receipt=receipts.get(row.ward)) for row in content().ledger)

        lines = counted_paragraphs(replace(content(), ledger=ledger), wording(), "submissions")

        assert lines[1] == (
            f"Đơn vị gửi chậm: {words.capital(content().name(LATE))} (chậm 3 ngày; nhận 09:05 ngày 18/9/2023"
            " qua thư điện tử, tệp bc.docx)."
        )
        assert lines[2] == "Thời điểm nhận báo cáo của xã Phổ An do Lan ghi lại sau: có dấu công văn đến."

    def test_ranking_names_every_unranked_ward_with_its_reason(self) -> None:
        """Who has no place is named, and why."""
        text = " ".join(counted_paragraphs(content(), wording(), "ranking"))

        assert "Xã Phổ Châu (chưa gửi báo cáo của kỳ)" in text

    def test_only_open_errors_and_warnings_are_asked_about(self) -> None:
        """Resolved findings and notes are nobody's task any more."""
        assert [(r.finding.ward, r.finding.severity) for r in to_confirm(content())] == [
            ("pho-van", "warning"),
            ("pho-minh", "error"),
        ]

    @pytest.mark.parametrize(("severity", "told"), [("error", "1 số liệu sai"), ("warning", "1 điểm cần xác nhận")])
    def test_nothing_is_counted_that_is_not_there(self, severity: str, told: str) -> None:
        """A kind of finding that there is none of is not told as 0, nor is lateness where all were in time."""
        kept = tuple(row for row in to_confirm(content()) if row.finding.severity == severity)
        in_time = tuple(row for row in content().ledger if row.arrival != "late")

        found = counted_paragraphs(replace(content(), findings=kept), wording(), "shortcomings")
        sent = counted_paragraphs(replace(content(), ledger=in_time), wording(), "submissions")

        assert f"Qua đối chiếu, còn {told} trong báo cáo của 1 đơn vị, nêu tại Bảng 2." in found
        assert sent[0].endswith("(hạn gửi: ngày 15/9/2023), không có đơn vị gửi chậm.")

    def test_nothing_to_confirm_is_said(self) -> None:
        """A round without open findings says so and asks nothing of anybody."""
        clean = replace(content(), findings=())

        assert counted_paragraphs(clean, wording(), "shortcomings")[-1] == wording().phrases["no_findings"].format(
            units="xã, phường"
        )
        assert not any("Bảng 2" in line for line in counted_paragraphs(clean, wording(), "requests"))

    def test_no_placeholder_is_left(self) -> None:
        """Nothing in the paper waits to be filled in: tasks are drawn from what was found and scored."""
        whole = paper()

        assert [r.text for p in whole.paragraphs for r in p.runs if r.font.highlight_color is not None] == []
        assert "- Tập trung khắc phục nội dung " in text_of(whole)

    def test_praise_and_blame_name_their_ground(self) -> None:
        """A ward is praised only without any fault, and blamed with what it did."""
        lines = counted_paragraphs(content(), wording(), "appraisal")

        praised = next((line for line in lines if line.startswith("Biểu dương: ")), "")
        blamed = next(line for line in lines if line.startswith("Phê bình"))
        assert f"{content().name(LATE)} (gửi chậm 3 ngày" in blamed
        assert f"{content().name(SILENT)} (chưa gửi báo cáo)" in blamed
        assert "không nêu số liệu của" in blamed
        assert all(name not in praised for name in (content().name(LATE), content().name(SILENT)))

    def test_what_a_person_kept_out_waits_for_nobody(self) -> None:
        """A figure that is in no total by somebody's decision is not told as waiting for one."""
        sample = content()
        out = [cell for cell in sample.figures if cell.value is None]
        decided = tuple(replace(c, decided_by="Nguyễn Thị Lan") if c.value is None else c for c in sample.figures)

        told = [counted_paragraphs(one, wording(), "submissions") for one in (sample, replace(sample, figures=decided))]

        assert out
        assert [any("còn chờ xác nhận" in line for line in lines) for lines in told] == [True, False]

    def test_every_kind_has_its_column(self) -> None:
        """A đặc khu stands beside phường and xã in the totals of report, workbook and page."""
        sample = content()
        special = replace(sample.wards[0], kind="đặc khu", name="Lý Sơn")
        mixed = replace(sample, wards=(special, *sample.wards[1:]))

        paper = docx.Document(io.BytesIO(make_district_report(mixed)))
        table = next(t for t in paper.tables if "Đặc khu" in [cell.text for cell in t.rows[0].cells])
        page = readback.page_of(make_page(mixed))

        kinds = ["Phường", "Xã", "Đặc khu"]
        assert [column.head for column in totals_sheet(mixed).columns][6:9] == kinds
        assert [cell.text for cell in table.rows[0].cells][4:7] == kinds
        assert [cell.text_content().strip() for cell in page.get_element_by_id("totals").xpath(".//thead//th")][
            3:6
        ] == kinds
        assert sum(column.width for column in table.columns if column.width) <= Cm(26.1)

    def test_nothing_to_praise_or_compare_is_said(self) -> None:
        """Where every place is provisional and no round is known before, the chapter says so instead of nothing."""
        ranking = content().result.ranking
        rows = tuple(replace(row, previous_rank=None, change=None, provisional=("online",)) for row in ranking.rows)
        bare = replace(content(), result=replace(content().result, ranking=replace(ranking, rows=rows)))

        lines = counted_paragraphs(bare, wording(), "appraisal")

        assert (lines[0], lines[-1]) == (
            "Chưa đề nghị biểu dương: các đơn vị có thứ hạng đều còn số liệu chờ xem lại, chưa được nhắc bổ sung, "
            "hoặc có thiếu sót.",
            "Chưa có kết quả kỳ trước để so sánh thứ hạng.",
        )

    def test_a_section_ends_in_a_paragraph_that_fills_no_page(self) -> None:
        """What ends the upright part stands behind the signature, too small to be pushed onto a page alone."""
        ends = [p for p in paper().paragraphs if p._p.xpath("w:pPr/w:sectPr")]

        assert [(p.text, p.paragraph_format.line_spacing, p.paragraph_format.space_after) for p in ends] == [
            ("", Pt(1), Pt(0))
        ]

    def test_copy_for_signature_has_no_marks(self) -> None:
        """The copy for signature says the same without reference marks and without the appendix they lead to."""
        plain = docx.Document(io.BytesIO(make_plain_report(content())))

        assert "[1]" in text_of(paper()) and "[1]" not in text_of(plain)
        numbered = [re.findall(r"PHỤ LỤC ([IV]+)", text_of(each)) for each in (paper(), plain)]
        assert numbered == [["I", "II", "III"], ["I", "II"]]
        assert "NGUỒN SỐ LIỆU" in text_of(paper()) and "NGUỒN SỐ LIỆU" not in text_of(plain)
        assert "Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021" in text_of(plain)

    def test_a_draft_is_stamped_on_every_page_until_it_is_published(self) -> None:
        """Every head of a draft bears the stamp; neither the copy for signature nor a published paper has one."""
        signed = docx.Document(io.BytesIO(make_plain_report(content())))
        published = docx.Document(io.BytesIO(make_district_report(content(Edition(draft=False, published_by="A")))))

        heads = [head for section in paper().sections for head in (section.first_page_header, section.header)]
        assert [stamps(head) for head in heads if not head.is_linked_to_previous] == [["DỰ THẢO"], ["DỰ THẢO"]]
        assert all(section.header.is_linked_to_previous for section in paper().sections[1:])
        assert not any(section.different_first_page_header_footer for section in paper().sections[1:])
        for clean in (signed, published):
            assert [s for section in clean.sections for s in stamps(section.header)] == []
            assert [s for section in clean.sections for s in stamps(section.first_page_header)] == []
            assert "DỰ THẢO" not in text_of(clean)


def stamps(head: Any) -> list[str]:
    """Return the texts that stand across the pages of a head."""
    return [str(found) for found in head._element.xpath(".//*[local-name()='textpath']/@string")]


def drafted() -> str:
    """Return the drafted chapters and their sources as a reader meets them."""
    citations = Citations(content())
    lines: list[str] = []
    for chapter in wording().chapters:
        lines += [chapter.title] if chapter.parts else []
        for part in chapter.parts:
            lines += [part.title] if part.title else []
            for runs in draft_part(content(), wording(), part, citations):
                lines.append("".join(r.text + (f"[{r.source}]" if r.source else "") for r in runs))
    lines += [f"[{s.number}] {s.title}: {s.value}. {s.made}. {s.wards}" for s in citations.lines()]
    return "\n".join(lines) + "\n"


def test_drafted_chapters_read_as_they_were_approved() -> None:
    """The text people sign is looked at whole; a change of wording or totals shows here first."""
    golden = Path(__file__).parent / "golden" / "drafted-chapters.txt"

    assert drafted() == golden.read_text(encoding="utf-8")
