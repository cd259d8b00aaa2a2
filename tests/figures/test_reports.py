"""Whole made-up reports in other manners than the corpus: how much of what is marked is read, and what else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parsers.document import Place
from parsers.figures import read_printings
from tests.figures.casebook import ROUND
from tests.figures.marked import build

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))


def _round_of(path: Path) -> str:
    """Return the round of a report: from its head, else from the beginning of its name, else the usual one."""
    head = re.search(r"^quarter: (\S+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    if head:
        return head[1]
    return path.stem[:7] if path.stem.startswith("20") else ROUND


def _held(path: Path) -> tuple[set[tuple[str, Place]], set[tuple[str, Place]]]:
    """Return what is read of a report and what is marked in it."""
    document, marked = build(path.read_text(encoding="utf-8"))
    return {(p.figure, p.place) for p in read_printings(document, _round_of(path))}, {
        (m.figure, m.place) for m in marked
    }


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_whole_report(path: Path) -> None:
    """Hardly anything is read that is not marked, and most of what is marked is read."""
    read, marked = _held(path)

    assert len(read & marked) >= 0.9 * len(read)
    assert len(read & marked) >= 0.8 * len(marked)


def test_all_reports_together() -> None:
    """Over all manners of writing precision and recall stay high."""
    held = [_held(path) for path in REPORTS]
    right, read = sum(len(r & m) for r, m in held), sum(len(r) for r, _ in held)

    assert right >= 0.975 * read
    assert right >= 0.93 * sum(len(m) for _, m in held)
