"""Opinions of several models on one number as one opinion.

Belongs here: the weighted mean of their probabilities. Stays out: the models.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.learned.values import Guess, Opinion

KEPT = 5


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
