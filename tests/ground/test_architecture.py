"""What the documents for developers say of the code is so."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.ground import module_list

ROOT = Path(__file__).resolve().parents[2]
HOUSE = (
    "assets", "catalogue", "cchc", "console", "parsers", "pipelines", "publications", "scoring", "training",
    "validation", "warehouse",
)  # fmt: skip
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")

_STAYS_OUT = re.compile(r"Stays out:(.*?)(?:\n\n|$)", re.DOTALL)
_IN_BRACKETS = re.compile(r"\(([^()]*`[^()]*)\)")
_NAME = re.compile(r"`([a-z_0-9]+(?:\.[a-z_0-9]+)*)`")
_PATH = re.compile(r"`((?:[a-z_0-9*]+/)+(?:[a-z_0-9*.-]+)?)`")


@cache
def modules() -> dict[str, Path]:
    """Return every module of the house by its dotted name."""
    paths = (path for room in HOUSE for path in (ROOT / room).rglob("*.py"))
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in paths}
    return {name.removesuffix(".__init__"): path for name, path in named.items()}


def packages() -> list[str]:
    """Return the folders of the house that hold modules, as the architecture names them."""
    return sorted({f"{path.parent.relative_to(ROOT)}/" for path in modules().values()})


def is_module(name: str, beside: str, is_package: bool) -> bool:
    """Return whether a name is a module, whole or as seen from a module or one of the packages around it."""
    package = beside if is_package else beside.rpartition(".")[0]
    while package:
        if f"{package}.{name}" in modules():
            return True
        package = package.rpartition(".")[0]
    return name in modules()


@pytest.mark.parametrize("room", HOUSE)
def test_charters_point_to_modules(room: str) -> None:
    """What a charter says stands elsewhere, in brackets, stands in a module of that name; a function names its own."""
    lost = []
    for name, path in modules().items():
        if name.split(".")[0] != room:
            continue
        charter = _STAYS_OUT.search(ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "")
        if charter is None:
            continue
        for bracket in _IN_BRACKETS.findall(charter[1]):
            for pointed in _NAME.findall(bracket):
                owner = pointed.rpartition(".")[0]
                found = (is_module(one, name, path.name == "__init__.py") for one in (pointed, owner) if one)
                file = any((folder / pointed).exists() for folder in (ROOT / "catalogue", path.parent))
                if not any(found) and not file:
                    lost.append((name, pointed))

    assert lost == []


def test_the_architecture_names_every_package() -> None:
    """No folder of modules is missing from docs/architecture.md."""
    assert [package for package in packages() if f"`{package}`" not in ARCHITECTURE] == []


@pytest.mark.parametrize("page", [ARCHITECTURE, GLOSSARY], ids=["architecture", "glossary"])
def test_what_a_page_points_to_is_there(page: str) -> None:
    """Every path that the page names exists."""
    assert [path for path in _PATH.findall(page) if not any(ROOT.glob(path.rstrip("/")))] == []


@cache
def words_of_the_code() -> frozenset[str]:
    """Return every word of the code and of its data, settings and templates; documents do not count."""
    suffixes = {".py", ".yaml", ".toml", ".csv", ".html", ".j2", ".sh", ".service", ".timer"}
    rooms = [*(ROOT / room for room in (*HOUSE, "bench", "sample", "deploy", "offices")), ROOT / "pyproject.toml"]
    files = [path for room in rooms for path in (room.rglob("*") if room.is_dir() else [room])]
    texts = (path.read_text(encoding="utf-8", errors="ignore") for path in files if path.suffix in suffixes)
    return frozenset(word for text in texts for word in re.findall(r"\w+", text))


@pytest.mark.parametrize("page", ["formats", "reading", "learning", "numbers", "checking", "scoring", "offices", "api"])
def test_what_the_documents_call_by_name_is_in_the_code(page: str) -> None:
    """A name in a document on how something is done is one of the code or its data: it goes when its thing goes."""
    path = ROOT / "docs" / f"{page}.md"
    named = {name for name in _NAME.findall(path.read_text(encoding="utf-8")) if "_" in name}

    assert sorted(name for name in named if not set(re.findall(r"\w+", name)) <= words_of_the_code()) == []


def test_the_glossary_points_to_modules() -> None:
    """The last column of the glossary names modules or packages."""
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("| ") and "---" not in line]
    named = [name for row in rows[1:] for name in _NAME.findall(row[-2])]

    assert named and [name for name in named if name not in modules()] == []


def test_the_list_of_modules_is_that_of_the_code() -> None:
    """docs/modules.md says of every module what its charter says."""
    assert module_list.PAGE.read_text(encoding="utf-8") == module_list.page(), "python -m tests.ground.module_list"
