"""The data dictionary: what every table, view and column means.

Belongs here: gathering the comments of tables and views, writing them into the database and as a page.
Stays out: the comments themselves, which stand beside the columns.

`python -m warehouse.dictionary` writes docs/data-dictionary.md; a test keeps it current.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path
from typing import Literal

from sqlalchemy import Connection, delete, insert

from warehouse import marts
from warehouse.tables import Base, DictionaryTable

_HEAD = """# Data dictionary

Generated from the comments of tables and views (`python -m warehouse.dictionary`); a test keeps it current. The same
text stands in the table `dictionary` of every warehouse and, on PostgreSQL, as comments of the database itself.
Names follow the convention of [warehouse.md](warehouse.md).
"""


@dataclass(frozen=True)
class Entry:
    """One line of the dictionary; `name` is empty for the table or view itself."""

    relation: str
    name: str
    position: int
    kind: Literal["table", "view"]
    meaning: str


def entries() -> list[Entry]:
    """Return every entry: the marts, the other views, the tables, each with its columns in order."""
    views = sorted(marts.views(), key=lambda view: not view.is_mart)
    found = [entry for view in views for entry in _view_entries(view)]
    return found + [entry for name in sorted(Base.metadata.tables) for entry in _table_entries(name)]


def install(connection: Connection) -> None:
    """Make the table `dictionary` say what the code says."""
    connection.execute(delete(DictionaryTable))
    connection.execute(insert(DictionaryTable), [asdict(entry) for entry in entries()])


def render() -> str:
    """Return the dictionary as a page of Markdown."""
    parts = [_HEAD]
    for (relation, kind), lines in groupby(entries(), key=lambda e: (e.relation, e.kind)):
        head, *columns = lines
        parts.append(f"\n## {relation}\n\n{kind.capitalize()}. {head.meaning}.\n\n| column | meaning |\n|---|---|\n")
        parts += [f"| `{entry.name}` | {entry.meaning.replace('|', '/')} |\n" for entry in columns]
    return "".join(parts)


def _view_entries(view: marts.View) -> Iterator[Entry]:
    yield Entry(view.name, "", 0, "view", view.meaning)
    for position, column in enumerate(view.columns, start=1):
        yield Entry(view.name, column.name, position, "view", column.meaning)


def _table_entries(name: str) -> Iterator[Entry]:
    table = Base.metadata.tables[name]
    yield Entry(name, "", 0, "table", table.comment or "")
    for position, column in enumerate(table.columns, start=1):
        yield Entry(name, column.name, position, "table", column.comment or "")


if __name__ == "__main__":
    (Path(__file__).parents[1] / "docs" / "data-dictionary.md").write_text(render(), encoding="utf-8")
