"""Scans as bad as they come: a number may be lost or doubted, but none is surely another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from parsers.document import Block
from parsers.limits import Limits
from parsers.readers.common.blocks import outline
from parsers.readers.ocr import recognise as ocr
from parsers.readers.pdf.reader import read_pdf
from tests.readers import scanner
from tests.readers.builders import escaped, pdf_bytes

SURE = 0.8
TEXT = (
    "Trong quý III/2023, Bộ phận Tiếp nhận và Trả kết quả của phường tiếp nhận 1.312 hồ sơ, đã giải quyết 1.281 hồ sơ, "
    "đạt 97,64%; trước hạn 996 hồ sơ (77,75%), đúng hạn 279 hồ sơ, quá hạn 06 hồ sơ, chiếm 0,47%.",
    "Thu ngân sách quý III được 1.835.779.000 đồng, bằng 52,73% dự toán là 3.481.646.730 đồng; chi 1.188.240.000 đồng, "
    "đạt 68,4%. Ngày 15/8/2023 phường đã kiểm tra 5 khu dân cư, 38 cuộc họp với 2.604 lượt người, 90,5% hộ tham gia.",
)
ROWS = (("Chứng thực", "546", "541", "5"), ("Hộ tịch", "331", "327", "4"), ("Đất đai", "1.078", "994", "84"))
SETUP = "#set page(width: 210mm, height: 130mm, header: none)\n"

SCANS: dict[str, tuple[Callable[[np.ndarray], np.ndarray], int]] = {
    "upside down": (lambda page: scanner.turned(page, 2), 200),
    "on its left side": (lambda page: scanner.turned(scanner.tilted(page, 0.6), 1), 200),
    "on its right side": (lambda page: scanner.turned(page, 3), 150),
    "tilted and grainy": (lambda page: scanner.noisy(scanner.tilted(page, 2.7), 12), 200),
    "coarse": (lambda page: scanner.squeezed(scanner.tilted(page, 0.5), 50), 120),
    "small JPEG": (lambda page: scanner.squeezed(page, 18), 150),
    "faint": (lambda page: scanner.noisy(scanner.faint(page), 8), 200),
    "out of focus": (lambda page: scanner.blurred(page, 1.6), 200),
    "copied too dark": (scanner.fat, 200),
    "photographed": (scanner.photographed, 180),
    "under a seal": (lambda page: scanner.sealed(scanner.tilted(page, -0.8)), 200),
}
UNREADABLE: dict[str, tuple[Callable[[np.ndarray], np.ndarray], int]] = {
    "far out of focus": (lambda page: scanner.blurred(page, 2.6), 200),
    "tiny": (lambda page: scanner.noisy(page, 10), 55),
}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(ocr.ocr_available() is not None, reason="Tesseract's Vietnamese data is missing"),
]


@cache
def report() -> bytes:
    """Return a page of text and a ruled table as a digital PDF."""
    cells = ", ".join(f"[{cell}]" for row in (("Lĩnh vực", "Nhận", "Trả", "Tồn"), *ROWS) for cell in row)
    table = f"#table(columns: (60mm, 25mm, 25mm, 25mm), stroke: 0.5pt, {cells})"
    return pdf_bytes(SETUP + "\n\n".join(map(escaped, TEXT)) + f"\n\n{table}", numbered=False)


def read(data: bytes) -> tuple[Block, ...]:
    return outline(read_pdf(data, Limits(), None).drafts)


def numbers(blocks: tuple[Block, ...], least: float = 0.0) -> Counter[str]:
    """Return the words with digits that were read at least so surely, written one way: 1312 and 97.64%."""
    holders = [holder for block in blocks for holder in (block.cells or (block,))]
    words = [(h.text[w.start : w.end], w.confidence) for h in holders for w in h.words]
    return Counter(plain(text) for text, sure in words if sure >= least and re.search(r"\d", text))


def plain(text: str) -> str:
    """Return a printed number without what does not change its value."""
    return re.sub(r"\.(?=\d{3}(?!\d))", "", text.strip("().,;:")).replace(",", ".")


@pytest.mark.parametrize(("spoil", "dpi"), SCANS.values(), ids=SCANS.keys())
def test_numbers_are_read_and_none_is_surely_wrong(spoil: Callable[[np.ndarray], np.ndarray], dpi: int) -> None:
    """Five in six numbers survive, the table stays one, and what is sure is printed so."""
    printed = numbers(read(report()))
    blocks = read(scanner.scanned(report(), spoil, dpi))

    found = numbers(blocks)

    assert (printed & found).total() >= 5 / 6 * printed.total()
    assert not numbers(blocks, SURE) - printed
    assert [len(b.cells) for b in blocks if b.kind == "table"] == [4 * (len(ROWS) + 1)]


@pytest.mark.parametrize(("spoil", "dpi"), UNREADABLE.values(), ids=UNREADABLE.keys())
def test_little_is_sure_on_a_page_that_can_hardly_be_read(spoil: Callable[[np.ndarray], np.ndarray], dpi: int) -> None:
    """Where a person could hardly read the page, what is sure is printed so, and most is not."""
    printed = numbers(read(report()))

    sure = numbers(read(scanner.scanned(report(), spoil, dpi)), SURE)

    assert not sure - printed
    assert sure.total() < printed.total() / 2


@pytest.mark.parametrize(
    "spoil", [lambda page: scanner.noisy(scanner.faint(page), 9), lambda page: scanner.noisy(page, 28)]
)
def test_last_page_with_one_row_is_read(spoil: Callable[[np.ndarray], np.ndarray]) -> None:
    """Grain on a page that is nearly empty does not drown the one row of a table that is left for it."""
    row = "#table(columns: (60mm, 25mm, 30mm), stroke: 0.5pt, [Chứng thực], [546], [29/12/2023])"

    blocks = read(scanner.scanned(pdf_bytes(row, numbered=False), spoil))

    assert numbers(blocks) == Counter({"546": 1, "29/12/2023": 1})


def test_pages_lying_differently_are_each_set_right() -> None:
    """Page by page: one tilted to the left, one on its side; the page on its side says how wide it is when upright."""
    ways = iter([lambda page: scanner.tilted(page, -2.2), lambda page: scanner.turned(page, 1)])
    two = pdf_bytes(SETUP + f"{escaped(TEXT[0])}\n#pagebreak()\n{escaped(TEXT[1])}", numbered=False)

    drafted = read_pdf(scanner.scanned(two, lambda page: next(ways)(page)), Limits(), None)

    assert numbers(outline(drafted.drafts), SURE) <= numbers(read(two))
    assert [page.width > page.height for page in drafted.pages] == [True, True]
