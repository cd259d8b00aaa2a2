"""`docs/modules.md`, made from the first line of every charter: `python -m tests.ground.module_list` writes it.

Belongs here: the page's text. Stays out: whether charters are true (`test_architecture`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "modules.md"
ROOMS = (
    "cchc", "catalogue", "parsers", "validation", "scoring", "warehouse", "publications", "assets", "pipelines",
    "console", "training",
)  # fmt: skip
_HEAD = """# Every module

A line a module, as its charter begins; rooms from the ground up. `python -m tests.ground.module_list` writes this page,
and a test compares it with the code. Where to look for what is said in [architecture.md](architecture.md).
"""


def page() -> str:
    """Return the page as it has to be."""
    return "\n".join([_HEAD, *(line for room in ROOMS for line in _of_room(room))])


def _of_room(room: str) -> Iterator[str]:
    yield f"## {room}\n"
    yield "| module | what it is |"
    yield "|---|---|"
    for path in sorted((ROOT / room).rglob("*.py")):
        charter = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
        if charter and path.name != "__init__.py":
            name = path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".")
            yield f"| `{name}` | {_first_sentence(charter)} |"
    yield ""


def _first_sentence(charter: str) -> str:
    return " ".join(charter.split("\n\n")[0].split()).replace("|", "\\|").removesuffix(".")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
