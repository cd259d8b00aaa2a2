"""The learned readers at work: what each says of every number of a report.

Belongs here: opening the models that `make train` left beside this module, once, and asking them line by line.
Stays out: features and networks (modules of their own), and what becomes of the opinions (`decide`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from parsers.document import Document
from parsers.learned.crf import Crf
from parsers.learned.features import features_of
from parsers.learned.grammar import GrammarBook
from parsers.learned.positions import Line, Spot, lines_of
from parsers.learned.stacking import stacked_features
from parsers.learned.values import GrammarView, Opinion, Views

MODEL = Path(__file__).resolve().parent / "model"
INDEPENDENT, STACKED = "independent.crfsuite", "stacked.crfsuite"


@dataclass(frozen=True)
class Seen:
    """One number with its line and what the readers say of it."""

    line: Line
    spot: Spot
    views: Views


@dataclass(frozen=True)
class Models:
    """The models of one training, and their version: the beginning of the hash of their bytes."""

    independent: Crf
    stacked: Crf
    version: str

    def read(self, document: Document, grammar: GrammarBook) -> tuple[Seen, ...]:
        """Return what every reader says of every number of a report, in reading order."""
        return tuple(seen for line in lines_of(document) for seen in self._line(document, line, grammar))

    def _line(self, document: Document, line: Line, grammar: GrammarBook) -> list[Seen]:
        places = [line.place(spot) for spot in line.spots]
        views = [grammar.at(place) for place in places]
        independent, stacked = self.opinions(features_of(line), views)
        return [
            Seen(line, spot, Views(place, document.text_at(place), view, first, second))
            for spot, place, view, first, second in zip(line.spots, places, views, independent, stacked, strict=True)
        ]

    def opinions(
        self, features: Sequence[list[str]], views: Sequence[GrammarView]
    ) -> tuple[tuple[Opinion, ...], tuple[Opinion, ...]]:
        """Return the independent and the stacked opinions of the numbers of a line."""
        independent = self.independent.opinions(features)
        both = stacked_features(views, independent)
        return independent, self.stacked.opinions([a + b for a, b in zip(features, both, strict=True)])


def open_models(folder: Path) -> Models:
    """Return the models of a folder.

    Raises:
        FileNotFoundError: a model is missing there; `make train` makes them.
    """
    paths = [folder / INDEPENDENT, folder / STACKED]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()
    return Models(Crf.open(paths[0]), Crf.open(paths[1]), digest[:12])


@cache
def models() -> Models | None:
    """Return the models beside this module, None where `make train` has not made any."""
    there = all((MODEL / name).is_file() for name in (INDEPENDENT, STACKED))
    return open_models(MODEL) if there else None
