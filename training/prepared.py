"""Material ready for training: lines, figures and the grammar's views of every sample.

Belongs here: running the grammar over marked texts, several writers at once.
Stays out: reading marked texts (`training.material`), models.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

from parsers.figures import read_figures
from parsers.learned.grammar import grammar_book
from parsers.learned.positions import Line
from parsers.learned.values import GrammarView
from parsers.reading import Identity, Reading
from training.examples import Example, example_of
from training.marked import MarkedText
from training.material import of_writer

WORKERS = 2


@dataclass(frozen=True)
class Prepared:
    """One sample with what the grammar says of every spot of every line."""

    example: Example
    views: tuple[tuple[GrammarView, ...], ...]

    @property
    def lines(self) -> Sequence[Line]:
        """Return the sample's lines."""
        return self.example.lines

    @property
    def figures(self) -> list[list[str | None]]:
        """Return the figure of every spot, line by line; None for no figure."""
        return self.example.figures()


def grammar_reading(text: MarkedText) -> Reading:
    """Return what the grammar reads of a marked text, its round known."""
    return read_figures(text.document, Identity(None, text.round or None, None, None, 1.0))


def prepared(writers: Iterable[str], varied: Callable[[str], str] = str) -> dict[str, list[Prepared]]:
    """Return the material of some writers by writer, its marked texts `varied` first."""
    names = list(writers)
    with ProcessPoolExecutor(WORKERS) as pool:
        return dict(zip(names, pool.map(partial(_of_writer, varied), names), strict=True))


def _of_writer(varied: Callable[[str], str], writer: str) -> list[Prepared]:
    return [prepare(example_of(sample)) for sample in of_writer(writer, varied)]


def prepare(example: Example) -> Prepared:
    """Return an example with what the grammar says of its spots."""
    book = grammar_book(grammar_reading(example.sample.text))
    views = tuple(tuple(book.at(line.place(spot)) for spot in line.spots) for line in example.lines)
    return Prepared(example, views)
