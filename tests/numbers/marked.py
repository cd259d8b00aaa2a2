"""The marked texts of the corpus as reports whose figures are known from the key."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from parsers.document import Document
from parsers.reading import Printing
from tests.figures.marked import build, corpus
from training.marked import Mark


@dataclass(frozen=True)
class Keyed:
    """A report, its figures as printings, its round."""

    name: str
    document: Document
    printings: tuple[Printing, ...]
    round: str


def keyed_reports() -> list[Keyed]:
    """Return the marked reports of the corpus, none where it is absent."""
    return [keyed(path.stem, path.read_text(encoding="utf-8")) for path in sorted((corpus() / "marked").glob("*.txt"))]


def keyed(name: str, source: str, round_label: str = "2023-Q3") -> Keyed:
    """Return a marked text as a report; a "quarter:" line in its head names the round."""
    document, marked = build(source)
    stated = re.search(r"^quarter: (\S+)", source, re.MULTILINE)
    return Keyed(name, document, tuple(map(_printing, marked)), stated[1] if stated else round_label)


def _printing(marked: Mark) -> Printing:
    return Printing(
        figure=marked.figure,
        value=Decimal(0),
        raw=marked.raw,
        place=marked.place,
        page=None,
        box=None,
        sentence="",
        sentence_place=marked.place,
        label="",
        rule="key",
        text_confidence=1.0,
        reading_confidence=1.0,
        primary=True,
    )
