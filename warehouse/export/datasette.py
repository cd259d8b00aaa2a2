"""What datasette shows of a SQLite export: labels, meanings, and the questions of the cookbook as pages with a form.

Belongs here: the metadata file beside the database, and the cookbook's questions as this package ships them.
Stays out: the questions themselves, which stand in docs/cookbook.md; a test holds the shipped copy to the page.

`python -m warehouse.export.datasette` writes the copy anew.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from cchc.messages import translator
from warehouse.dictionary import Entry, entries
from warehouse.export.table import Written

_ = translator("warehouse")

NAME = "metadata.json"
_SHIPPED = "cookbook.json"
_HEADING = re.compile(r"^## (\d+)\. (.*?)\n(.*?)```sql\n(.*?)```", re.MULTILINE | re.DOTALL)
_ASKED = re.compile(r"'([^']*)' AS (\w+)")
_NEWEST = "(SELECT max(round) FROM mart_figure_long)"


@dataclass(frozen=True)
class Question:
    """A question of the cookbook: number, heading, what is said of it, query as printed."""

    number: int
    title: str
    about: str
    sql: str


def of_page(text: str) -> list[Question]:
    """Return the questions of the cookbook's page."""
    return [
        Question(int(number), title, " ".join(about.split()), sql.strip())
        for number, title, about, sql in _HEADING.findall(text)
    ]


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions this package ships."""
    text = (resources.files("warehouse.export") / _SHIPPED).read_text(encoding="utf-8")
    return tuple(Question(**entry) for entry in json.loads(text))


def write_metadata(sheets: Iterable[Written], folder: Path) -> Path:
    """Write the metadata of `cchc.sqlite` and return the file."""
    said: dict[str, dict[str, Entry]] = {}
    for entry in entries():
        said.setdefault(entry.relation, {})[entry.name] = entry
    database = {
        "tables": {sheet.name: _table(sheet, said.get(sheet.name, {})) for sheet in sheets},
        "queries": {f"question_{one.number}": _query(one) for one in questions()},
    }
    body = {
        "title": _("Data of the ward reports"),
        "description": _("Every table and column says what it means; the questions are those of the cookbook."),
        "databases": {"cchc": database},
    }
    path = folder / NAME
    path.write_text(json.dumps(body, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


def with_form(sql: str) -> str:
    """Return a question whose first line takes what is asked about from a form, and else what is printed.

    The round is the newest of which anything is read, wherever the form says nothing.
    """
    first, rest = sql.split("\n", 1)

    def field(found: re.Match[str]) -> str:
        printed, name = found.groups()
        usual = _NEWEST if name == "round" else f"'{printed}'"
        return f"coalesce(nullif(:{name}, ''), {usual}) AS {name}"

    return f"{_ASKED.sub(field, first)}\n{rest}"


def _query(question: Question) -> dict[str, Any]:
    asked = [name for _printed, name in _ASKED.findall(question.sql.split("\n", 1)[0])]
    return {
        "title": f"{question.number}. {question.title}",
        "description": question.about,
        "sql": with_form(question.sql),
        "params": asked,
    }


def _table(sheet: Written, said: dict[str, Entry]) -> dict[str, Any]:
    own = said.get("")
    columns = {c.name: said[c.name].comment if c.name in said else c.meaning for c in sheet.columns}
    return {"description": own.comment if own else sheet.meaning, "columns": columns}


if __name__ == "__main__":
    here = Path(__file__)
    page = (here.parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")
    found = [asdict(one) for one in of_page(page)]
    (here.parent / _SHIPPED).write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
