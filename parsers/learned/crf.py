"""A trained sequence model over the numbers of a line.

Belongs here: the model file, opened once, and the probabilities it gives every number.
Stays out: the features (`features`, `stacking`) and training.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pycrfsuite

from parsers.learned.packed import unpacked
from parsers.learned.values import Guess, Opinion

NO_FIGURE = "O"
"""How a model file names a number that is no figure."""
KEPT = 5
"""How many guesses of a number are kept."""


@dataclass(frozen=True)
class Crf:
    """One opened model, the bytes it reads from, and its labels."""

    tagger: pycrfsuite.Tagger
    held: bytes
    labels: tuple[str, ...]

    @classmethod
    def open(cls, path: Path) -> Crf:
        """Return the model of a file, which is compressed."""
        held = unpacked(path)
        tagger = pycrfsuite.Tagger()
        tagger.open_inmemory(held)
        return cls(tagger, held, tuple(sorted(tagger.labels())))

    def opinions(self, features: Sequence[Sequence[str]]) -> tuple[Opinion, ...]:
        """Return an opinion for every number of a line, from the features of each."""
        if not features:
            return ()
        self.tagger.set(features)
        return tuple(self._opinion(place) for place in range(len(features)))

    def _opinion(self, place: int) -> Opinion:
        guesses = [(self.tagger.marginal(label, place), label) for label in self.labels]
        best = sorted(guesses, key=lambda g: (-g[0], g[1]))[:KEPT]
        return Opinion(tuple(Guess(None if label == NO_FIGURE else label, round(p, 6)) for p, label in best))

    def strongest(self, features: Sequence[str], figure: str | None, most: int) -> tuple[str, ...]:
        """Return the features that speak most for a figure (None: no figure), the heaviest first, with weights."""
        weights = self.tagger.info().state_features
        label = figure or NO_FIGURE
        found = sorted(((weights.get((f, label), 0.0), f) for f in set(features)), reverse=True)
        return tuple(f"{name} {weight:+.2f}" for weight, name in found[:most] if weight > 0)
