"""One report in every format yields one text."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.limits import Limits
from parsers.readers.common.blocks import outline
from parsers.readers.docx.reader import read_docx
from parsers.readers.legacy.doc import read_doc, read_rtf
from parsers.readers.pdf.reader import read_pdf
from tests.readers.builders import doc_bytes, docx_bytes, report_pdf, rtf_bytes

LIMITS = Limits()
COUNT = st.integers(0, 99_999).map(lambda n: f"{n:,}".replace(",", "."))
SHARE = st.decimals(0, 100, places=2).map(lambda d: str(d).replace(".", ",") + "%")
MONEY = st.integers(1_000_000, 9_999_999_999).map(lambda n: f"{n:,}".replace(",", ".") + " đồng")
CLAUSE = st.one_of(
    st.tuples(COUNT, SHARE).map(lambda t: f"đã giải quyết {t[0]} hồ sơ, đạt {t[1]} tổng số hồ sơ tiếp nhận"),
    MONEY.map(lambda m: f"thu ngân sách trên địa bàn được {m} so với dự toán được giao"),
    COUNT.map(lambda c: f"có {c} lượt người dân tham dự các buổi tuyên truyền về cải cách hành chính"),
    st.integers(1, 28).map(lambda d: f"thực hiện Kế hoạch số 05/KH-UBND ngày {d:02}/02/2023 về kiểm soát thủ tục"),
)
PARAGRAPH = st.lists(CLAUSE, min_size=1, max_size=6).map(lambda c: "Trong quý, phường " + "; ".join(c) + ".")
ITEM = CLAUSE.map(lambda c: f"- Trong kỳ {c};")
OPENING = "Thực hiện kế hoạch của thị xã, phường báo cáo kết quả thực hiện công tác cải cách hành chính như sau. " * 6
OPENING = OPENING.strip()
REPORT = st.lists(st.one_of(PARAGRAPH, ITEM), min_size=2, max_size=8)


def body(drafted) -> list[str]:
    """Return the text below the title, letters small: TCVN3 keeps no toned capital at the head of a word."""
    return [b.text.lower() for b in outline(drafted.drafts) if b.kind not in {"letterhead", "title"}]


class TestSameReport:
    @settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(REPORT)
    def test_every_format_yields_the_same_text(self, drawn):
        """DOCX, PDF, NFD, TCVN3 (DOCX and DOC), DOC and RTF of one report agree, digit by digit and mark by mark."""
        paragraphs = [OPENING, *drawn]
        expected = [p.lower() for p in paragraphs]

        assert body(read_docx(docx_bytes(paragraphs), LIMITS)) == expected
        assert body(read_docx(docx_bytes(paragraphs, font=".VnTime"), LIMITS)) == expected
        assert body(read_pdf(report_pdf(paragraphs), LIMITS, None)) == expected
        assert body(read_pdf(report_pdf(paragraphs, unicode_form="NFD"), LIMITS, None)) == expected
        assert body(read_doc(doc_bytes(paragraphs), LIMITS)) == expected
        assert body(read_doc(doc_bytes(paragraphs, tcvn3=True), LIMITS)) == expected
        assert body(read_rtf(rtf_bytes(paragraphs))) == expected
