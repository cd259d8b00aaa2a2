"""Facts have one home: what the packages may not hold."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue.figures import figure_definitions

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("parsers", "validation", "scoring", "warehouse", "pipelines", "console")


def modules(*rooms: str) -> Iterator[tuple[str, ast.Module]]:
    """Yield every module of some packages, by its path, as a tree."""
    for room in rooms:
        for path in sorted((ROOT / room).rglob("*.py")):
            yield str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("room", ROOMS)
def test_no_figure_is_named_in_code(room: str) -> None:
    """Which figures a piece of code is about stands in the catalogue, never as a literal in the code."""
    codes = set(figure_definitions())

    named = {
        (path, node.value)
        for path, tree in modules(room)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
    }

    assert named == set()


def test_publications_ask_the_warehouse_in_no_language_of_their_own() -> None:
    """Papers use the queries of the warehouse; of SQLAlchemy they know the engine they pass on."""
    imported = {
        (path, name.name)
        for path, tree in modules("publications")
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for name in node.names
    }

    assert {name for _path, name in imported} == {"Engine"}
