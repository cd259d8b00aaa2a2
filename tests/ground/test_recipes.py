"""The recipes of CONTRIBUTING.md, followed in a copy of the project."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
COPIED = ("catalogue", "cchc", "parsers", "validation")

_STEP = re.compile(r"^`([^`]+)`, below `([^`]+)`:\n\n```\w*\n(.*?)```\n", re.MULTILINE | re.DOTALL)
_READ = re.compile(r"`(\w+) = (\d+)`")
_FOUND = re.compile(r'finds `(\w+)`: "([^"]+)"')

READ = """
import json, sys
from parsers.document import Block, Document
from parsers.figures import read_figures
from parsers.reading import Identity
from validation.check import check_reports

for sentence in sys.argv[1:]:
    document = Document("0" * 64, "docx", (Block(0, "paragraph", sentence),))
    reading = read_figures(document, Identity("pho-minh", "2023-Q3", "1/BC-UBND", None, 1.0))
    findings = check_reports([reading])[0]
    print(json.dumps({
        "figures": {code: str(p.value) for code, p in reading.primaries().items()},
        "findings": {finding.rule: finding.message_vi for finding in findings},
    }))
"""


@dataclass(frozen=True)
class Recipe:
    """A recipe: the files it changes, the sentence it lets the reader read, and what comes of it."""

    title: str
    steps: tuple[tuple[str, str, str], ...]
    sentence: str
    reads: dict[str, str]
    finds: dict[str, str]

    @property
    def promised(self) -> int:
        """Return the number of files that the title promises."""
        return int(re.search(r"\((\d+) file", self.title)[1])  # type: ignore[index]


def recipes() -> list[Recipe]:
    """Return the recipes of the page."""
    parts = PAGE.split("\n## Recipes\n")[1].split("\n### ")[1:]
    return [
        Recipe(
            title=part.splitlines()[0],
            steps=tuple(step for step in _STEP.findall(part)),
            sentence=re.search(r"^> (.+)$", part, re.MULTILINE)[1],  # type: ignore[index]
            reads=dict(_READ.findall(part)),
            finds=dict(_FOUND.findall(part)),
        )
        for part in parts
    ]


def copied(folder: Path) -> Path:
    """Return a copy of what reads and checks a sentence, with what is compiled but for what is just being written."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("*.pyc.*"))
    return folder


def insert(path: Path, below: str, added: str) -> None:
    """Put lines below the first line that begins with a text; a gettext header ends with its paragraph."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    at = next(number for number, line in enumerate(lines) if line.startswith(below))
    extra = ["\n"] if path.suffix == ".po" else []
    path.write_text("".join([*lines[: at + 1], *extra, added, *lines[at + 1 :]]), encoding="utf-8")


def read(folder: Path, *sentences: str) -> list[dict[str, dict[str, str]]]:
    """Return what the project in a folder reads and finds in each of some sentences."""
    call = [sys.executable, "-c", READ, *sentences]
    done = subprocess.run(call, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()[-len(sentences) :]]


@cache
def unchanged() -> dict[str, dict[str, dict[str, str]]]:
    """Return what the project as it is makes of every recipe's sentence; one process reads them all."""
    sentences = [recipe.sentence for recipe in recipes()]
    return dict(zip(sentences, read(ROOT, *sentences), strict=True))


def test_there_are_four_recipes() -> None:
    """The page teaches a synonym, a count, a share and a rule, each in the files it promises."""
    assert [recipe.title.split(" (")[0] for recipe in recipes()] == [
        "A synonym",
        "A count figure",
        "A share of a count",
        "A rule",
    ]
    for recipe in recipes():
        assert len({path for path, _, _ in recipe.steps if not path.endswith(".po")}) == recipe.promised


@pytest.mark.parametrize("recipe", recipes(), ids=lambda recipe: recipe.title.split(" (")[0])
def test_a_recipe_does_what_it_says(recipe: Recipe, tmp_path: Path) -> None:
    """Before its steps the sentence does not read so; after them it does, and nothing else is needed."""
    folder = copied(tmp_path)

    for path, below, added in recipe.steps:
        insert(folder / path, below, added)
    (after,) = read(folder, recipe.sentence)

    assert recipe.reads and recipe.reads.items() <= after["figures"].items()
    assert recipe.finds.items() <= after["findings"].items()
    assert unchanged()[recipe.sentence] != after
