"""Opinions of several models on one number as one opinion.

Belongs here: the weighted product of their probabilities, and the weights that `make train` fitted.
Stays out: the models, and the fitting (`training.weighing`).
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from parsers.learned.values import Guess, Opinion, Pair, Said

KEPT = 5  # guesses; by hand
LEAST_P = 0.001
"""What an opinion gives a guess that it does not keep: never 0, or one voice could forbid what all others say."""


@dataclass(frozen=True)
class Weights:
    """The power that each source has in the independent opinion (sequence model, network) and in the stacked one.

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
    """Return the product of some opinions on one number, each to the power of its weight, so that it adds up to 1.

    A product and no mean: where one model is sure of no figure by a hair and the others of one and the same, the mean
    follows the heaviest, the product what all of them can live with.
    """
    kept = [{guess.figure: guess.p for guess in opinion.guesses} for opinion in opinions]
    figures = dict.fromkeys(figure for guesses in kept for figure in guesses)
    shares = {figure: math.exp(_log_share(figure, kept, weights)) for figure in figures}
    total = sum(shares.values())
    best = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0] or ""))[:KEPT]
    return Opinion(tuple(Guess(figure, round(share / total, 6)) for figure, share in best))


def _log_share(figure: str | None, kept: Sequence[Mapping[str | None, float]], weights: Sequence[float]) -> float:
    return sum(w * math.log(max(p.get(figure, 0.0), LEAST_P)) for p, w in zip(kept, weights, strict=True) if w)
