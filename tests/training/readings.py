"""A short marked report, and readings of it that name what a test wants them to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from parsers.accounts import account_for
from parsers.document import Document, Place
from parsers.reading import Printing, Reading
from tests.warehouse import made
from training.marked import MarkedText

SOURCE = """@ kind=phuong round=2023-Q3
# III. Kết quả > 2. Cải cách thủ tục hành chính
Toàn thị xã nhận 1.202 hồ sơ, phường nhận [[dossiers_received|316]] hồ sơ. Đã trả [[dossiers_resolved|276]] hồ sơ.
Trong đó:
- Trước hạn [[dossiers_early|214]] hồ sơ, trễ hạn [[dossiers_late=0|không có]].
ĐVT: triệu đồng
| Chỉ tiêu | Kế hoạch | Thực hiện |
| Thu ngân sách | 4.100 | [[ward_revenue=2418600000|2.418,6]] |
| Số phải thu phí | 9 | [[dossiers_online|48]] |
"""


def read_as(text: MarkedText, said: dict[str, tuple[str, str]]) -> Reading:
    """Return a reading that names figures: code → (number as printed, value)."""
    document = text.document
    printings = tuple(_printing(document, code, raw, Decimal(value)) for code, (raw, value) in said.items())
    base = made.reading("pho-an", figures={})
    return replace(base, printings=printings, accounts=account_for(document, printings, round_label="2023-Q3"))


def _printing(document: Document, code: str, raw: str, value: Decimal) -> Printing:
    place = next(
        Place(b.index, t.index(raw), t.index(raw) + len(raw), *where)
        for b in document.blocks
        for t, *where in [(b.text, None, None), *((c.text, c.row, c.column) for c in b.cells)]
        if raw in t
    )
    plain = replace(made.printing(code, value), components=(), candidates=())
    return replace(plain, raw=raw, place=place, sentence_place=place, sentence=document.text_of(place))
