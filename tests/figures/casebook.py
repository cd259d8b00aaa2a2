"""The tables of cases: sentences with a heading, variants of every figure's name, little documents in marked form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from catalogue.figures import figure_definitions
from catalogue.source import load_yaml
from parsers.document import Document
from tests.figures.marked import build

FOLDER = Path(__file__).parent / "cases"
ROUND = "2023-Q3"
PRINTED = {
    "count": ("37", Decimal(37)),
    "percent": ("83,4", Decimal("83.4")),
    "vnd": ("1.234.500.000", Decimal(1234500000)),
    "points": ("83,4", Decimal("83.4")),
}


@dataclass(frozen=True)
class Case:
    """One sentence under a heading and all that may be read of it; `beyond` where the reader is known to miss."""

    source: str
    heading: str
    text: str
    reads: dict[str, Decimal]
    beyond: bool = False

    @property
    def document(self) -> Document:
        """Return the document of the heading and the sentence."""
        return build(f"# {self.heading}\n{self.text}\n")[0]


def sentence_cases() -> list[Case]:
    """Return the cases of all tables that hold sentences."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for group in load_yaml(path):
            for case in group.get("cases", ()):
                reads = {code: Decimal(str(value)) for code, value in case["reads"].items()}
                found.append(Case(path.stem, group["under"], case["text"], reads, case.get("beyond", False)))
    return found


def variant_cases() -> Iterator[Case]:
    """Yield a case for every way of naming a figure; N in a sentence is the number."""
    for group in load_yaml(FOLDER / "variants.yaml"):
        for code, sentences in group["variants"].items():
            raw, value = PRINTED[figure_definitions()[code].unit]
            for sentence in sentences:
                yield Case(code, group["under"], re.sub(r"(?<!\w)N(?!\w)", raw, sentence), {code: value})


def documents() -> dict[str, str]:
    """Return the little marked documents by name."""
    entries = load_yaml(FOLDER / "tables.yaml")
    return {entry["name"]: entry["text"] for entry in entries}
