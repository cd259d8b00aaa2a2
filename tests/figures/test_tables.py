"""Tables and lists in many manners: what is read of them, and that no other cell is taken surely."""

from __future__ import annotations

from decimal import Decimal

import pytest
import yaml

from parsers.figures import read_printings
from tests.figures.casebook import FOLDER, ROUND
from tests.figures.marked import build

SURE = 0.8
CASES = {c["name"]: c["text"] for c in yaml.safe_load((FOLDER / "columns.yaml").read_text(encoding="utf-8"))}


@pytest.mark.parametrize("name", CASES)
def test_a_table_gives_its_marked_figures_and_no_other_surely(name: str) -> None:
    """Every marked cell is read as what it is marked; a cell of another role is at most doubtful."""
    document, marked = build(CASES[name])

    read = {(p.figure, p.place): p for p in read_printings(document, ROUND)}

    wanted = {(m.figure, m.place): m for m in marked}
    assert wanted.keys() <= read.keys()
    assert not [p for key, p in read.items() if key not in wanted and p.confidence >= SURE]
    assert all(read[key].value == Decimal(m.value) for key, m in wanted.items() if m.value is not None)
