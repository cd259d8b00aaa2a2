"""The tables of cases: sentences with a heading, and little documents in marked form."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from tests.figures.marked import build

FOLDER = Path(__file__).parent / "cases"
ROUND = "2023-Q3"


@dataclass(frozen=True)
class Case:
    """One sentence under a heading and every value that may be read of it."""

    source: str
    heading: str
    text: str
    reads: dict[str, Decimal]

    @property
    def document(self) -> Any:
        """Return the document of the heading and the sentence."""
        return build(f"# {self.heading}\n{self.text}\n")[0]


def sentence_cases() -> list[Case]:
    """Return the cases of all tables that hold sentences."""
    found = []
    for path in sorted(FOLDER.glob("*.yaml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8")):
            for case in group.get("cases", ()):
                reads = {code: Decimal(str(value)) for code, value in case["reads"].items()}
                found.append(Case(path.stem, group["under"], case["text"], reads))
    return found


def documents() -> dict[str, str]:
    """Return the little marked documents by name."""
    entries = yaml.safe_load((FOLDER / "tables.yaml").read_text(encoding="utf-8"))
    return {entry["name"]: entry["text"] for entry in entries}
