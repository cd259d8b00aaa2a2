"""Figures of one long report from its Document: the engine, and the same with every text analysed.

Times are processor seconds, the best of some runs. The alternative named is the engine that does not ask first whether
a text may print a figure. The report is made up of common sentences, about as long as
thirteen pages, no paragraph twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from unittest.mock import patch

from parsers.document import Block, BlockKind, Document
from parsers.figures import read_figures, read_printings
from parsers.figures.analysis import Analysis
from parsers.reading import Identity

LABEL = "2023-Q3"
RUNS = 15
PAGES = 13
PROSE = (
    "Thực hiện Quyết định số 795/QĐ-UBND ngày 30/12/2022 về kế hoạch cải cách hành chính năm 2023, Ủy ban nhân dân "
    "phường đã triển khai đến cán bộ, công chức các nội dung, nhiệm vụ của công tác cải cách hành chính để nâng cao "
    "nhận thức và trách nhiệm trong cơ quan; tập trung giải quyết thủ tục hành chính theo cơ chế một cửa, một cửa liên "
    "thông theo quy định."
)
FIGURES = (
    "Bộ phận Một cửa đã tiếp nhận 327 hồ sơ, đã giải quyết 321 hồ sơ (trước hạn: 300 hồ sơ, đạt 93,5%; đúng hạn: "
    "21 hồ sơ), đang giải quyết 06 hồ sơ. Thu ngân sách phường quý III là 1.835.779.000 đồng, lũy kế 9 tháng "
    "5.153.211.000 đồng, đạt 99,63% dự toán năm và bằng 52,73% so với cùng kỳ năm 2022."
)


def report() -> Document:
    """Return a report of thirteen pages: on each a heading, eight paragraphs of prose and one full of figures."""
    blocks: list[Block] = []
    for page in range(1, PAGES + 1):
        texts: list[tuple[BlockKind, str]] = [("heading", f"{page}. Cải cách thủ tục hành chính")]
        texts.append(("paragraph", f"Trang {page}. {FIGURES}"))
        texts += [("paragraph", PROSE.replace("795", str(100 * page + place))) for place in range(8)]
        for kind, text in texts:
            blocks.append(Block(len(blocks), kind, text, level=int(kind == "heading"), page=page))
    return Document("0" * 64, "docx", tuple(blocks))


def best(task: Callable[[], object]) -> float:
    """Return the least processor time of some runs, in seconds."""
    task()
    spent = []
    for _ in range(RUNS):
        start = time.process_time()
        task()
        spent.append(time.process_time() - start)
    return min(spent)


def main() -> None:
    """Print what the printings of a report cost, the whole Reading, and the engine that analyses every text."""
    document = report()
    identity = Identity("pho-minh", LABEL, None, None, 1.0)
    printings = best(lambda: read_printings(document, LABEL))
    whole = best(lambda: read_figures(document, identity))
    with patch.object(Analysis, "may_print", True):
        everything = best(lambda: read_printings(document, LABEL))
    print(f"{PAGES} pages, {len(document.blocks)} paragraphs, {len(read_printings(document, LABEL))} printings")
    print(f"printings                     {printings * 1000:6.1f} ms")
    print(f"printings, accounts, citations{whole * 1000:6.1f} ms   {whole / printings:.2f} x")
    print(f"printings, every text analysed{everything * 1000:6.1f} ms   {everything / printings:.2f} x")
