"""Words of estimate in training material."""

from __future__ import annotations

import re

from training.hedges import WORDS, hedged
from training.marked import passages

LINES = [
    "Nhận [[dossiers_received|412]] hồ sơ, trả [[dossiers_resolved|398]] hồ sơ, tức [[dossiers_resolved_pct|96,6]]%.",
    "Thu ngân sách xã được [[ward_revenue=5230000000|5 tỷ 230 triệu đồng]]; cả thị xã 3.120 hồ sơ, Kế hoạch số 12.",
]
SOURCE = "\n===\n".join(
    ["@ kind=xa round=2023-Q3\n# Kết quả\n" + "\n".join(LINES) + "\n| Tổng | [[staff_total|21]] |"] * 40
)
WORD = re.compile(rf"\b(?:{'|'.join(sorted(set(WORDS), key=len, reverse=True))}) (?=\[\[|\d)")


def test_only_words_of_estimate_come_in() -> None:
    """Without them the text is what it was; the same text gets the same ones."""
    made = hedged(SOURCE)

    assert made != SOURCE
    assert WORD.sub("", made) == SOURCE
    assert hedged(SOURCE) == made


def test_marks_stay_whole_and_tables_alone() -> None:
    """No word within a mark, none in a table, before no number of a document."""
    made = hedged(SOURCE)
    before, after = passages(SOURCE), passages(made)

    assert [[(m.figure, m.raw) for m in text.marks] for text in before] == [
        [(m.figure, m.raw) for m in text.marks] for text in after
    ]
    assert made.count("| Tổng | [[staff_total|21]] |") == 40
    assert made.count("Kế hoạch số 12") == 40


def test_figures_and_others_alike() -> None:
    """A word of estimate tells nothing of whether a number is a figure."""
    made = hedged(SOURCE)

    assert WORD.search(made) is not None
    assert re.search(rf"(?:{'|'.join(WORDS)}) 3\.120 hồ sơ", made)
    assert re.search(rf"(?:{'|'.join(WORDS)}) \[\[", made)
