"""Whole made-up reports in other manners than the corpus: every marked figure, at its place, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.figures import read_printings
from tests.figures.casebook import ROUND
from tests.figures.marked import build

REPORTS = sorted((Path(__file__).parent / "reports").glob("*.txt"))


@pytest.mark.parametrize("path", REPORTS, ids=lambda p: p.stem)
def test_a_whole_report(path: Path) -> None:
    """Nothing is missed, nothing is read that is not marked."""
    document, marked = build(path.read_text(encoding="utf-8"))

    read = {(p.figure, p.place) for p in read_printings(document, ROUND)}

    assert read == {(m.figure, m.place) for m in marked}
