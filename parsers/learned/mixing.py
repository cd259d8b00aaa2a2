"""Opinions of several models on one number as one opinion.

Belongs here: the weighted mean of their probabilities, and the weights that `make train` fitted.
Stays out: the models, and the fitting (`training.weighing`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.learned.values import Guess, Opinion, Pair, Said

KEPT = 5


@dataclass(frozen=True)
class Weights:
    """What each source weighs in the independent opinion (sequence model, network) and in the stacked one.

    The stacked one is made of both stacked opinions and then both independent ones.
    """

    independent: tuple[float, ...] = (0.5, 0.5)
    stacked: tuple[float, ...] = (0.5, 0.5, 0.0, 0.0)

    @classmethod
    def load(cls, path: Path) -> Weights:
        """Return the weights of a file, the even ones where there is none."""
        if not path.is_file():
            return cls()
        kept = json.loads(path.read_text(encoding="utf-8"))
        return cls(tuple(kept["independent"]), tuple(kept["stacked"]))

    def save(self, path: Path) -> None:
        """Write the weights to a file."""
        kept = {"independent": self.independent, "stacked": self.stacked}
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")

    def mixed(self, first: Pair, second: Pair) -> Said:
        """Return the opinions of the sequence models and of the network together, with what they are made of."""
        own, other = (first[0], second[0]), (first[1], second[1])
        return mixed(own, self.independent), mixed((*other, *own), self.stacked), (*own, *other)


EVEN = Weights()


def mixed(opinions: Sequence[Opinion], weights: Sequence[float]) -> Opinion:
    """Return the mean of some opinions on one number, weighted; the weights need not add up to 1.

    A guess that one opinion does not keep counts as 0 there.
    """
    total = sum(weights)
    shares: dict[str | None, float] = {}
    for opinion, weight in zip(opinions, weights, strict=True):
        for guess in opinion.guesses:
            shares[guess.figure] = shares.get(guess.figure, 0.0) + guess.p * weight / total
    best = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0] or ""))[:KEPT]
    return Opinion(tuple(Guess(figure, round(p, 6)) for figure, p in best))
