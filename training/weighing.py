"""What sequence model and network weigh in the opinions that are used: fitted on writers that trained neither.

Belongs here: the powers under which the marked figures are likeliest.
Stays out: mixing at run time (`parsers.learned.mixing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from parsers.learned.mixing import LEAST_P, Weights
from parsers.learned.reader import Models
from parsers.learned.values import Opinion
from training.prepared import Prepared

Case = tuple[str | None, Sequence[Opinion]]
"""The figure of one number, None for no figure, and what every source says of it."""
NONE_THERE = -1e9
"""The score of a place in the table of guesses where a number has no more of them."""


def fitted(samples: Iterable[Prepared], using: Models) -> Weights:
    """Return the weights under which the marks of some samples are likeliest; `using` has a network."""
    independent: list[Case] = []
    stacked: list[Case] = []
    for one in samples:
        for figure, own, other in _opinions(one, using):
            independent.append((figure, own))
            stacked.append((figure, (*other, *own)))
    return Weights(powers(independent), powers(stacked))


def _opinions(one: Prepared, using: Models) -> Iterable[tuple[str | None, Sequence[Opinion], Sequence[Opinion]]]:
    """Yield, for every spot, its figure, both independent opinions and both stacked ones."""
    alone = replace(using, network=None)
    second = using.network.read(one.lines, one.views) if using.network is not None else {}
    for i, (line, views, figures) in enumerate(zip(one.lines, one.views, one.figures, strict=True)):
        first = alone.of_line(i, line, views, {})
        for j, figure in enumerate(figures):
            pairs = first[j], second[i, j]
            yield figure, [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def powers(cases: Sequence[Case]) -> tuple[float, ...]:
    """Return the powers, one a source and none negative, under which the right figures are likeliest."""
    logs, right = _table(cases)
    open_ = np.where(logs[:, :, 0] > 0, NONE_THERE, 0.0)
    told = np.minimum(logs, 0.0)
    rows = np.arange(len(right))

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        scores = told @ weights + open_
        shares = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares /= shares.sum(axis=1, keepdims=True)
        slope = told[rows, right] - (shares[:, :, None] * told).sum(axis=1)
        return -float(np.log(shares[rows, right]).mean()), -slope.mean(axis=0)

    sources = logs.shape[2]
    found = minimize(loss, np.full(sources, 1 / sources), jac=True, method="L-BFGS-B", bounds=[(0, None)] * sources)
    return tuple(round(float(w), 3) for w in found.x)


def _table(cases: Sequence[Case]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return logarithms (numbers, guesses, sources), 1 where a number has no more guesses, and each right guess.

    A number whose figure nobody guesses tells nothing of the weights and is left out.
    """
    guessed = [(figure, list(_guesses(opinions)), opinions) for figure, opinions in cases]
    known = [(figure, among, opinions) for figure, among, opinions in guessed if figure in among]
    table = np.ones((len(known), max(len(among) for _, among, _ in known), len(known[0][2])))
    for i, (_, among, opinions) in enumerate(known):
        said = [[max(opinion.p_of(figure), LEAST_P) for opinion in opinions] for figure in among]
        table[i, : len(among)] = np.log(np.array(said))
    return table, np.array([among.index(figure) for figure, among, _ in known])


def _guesses(opinions: Sequence[Opinion]) -> dict[str | None, None]:
    return dict.fromkeys(guess.figure for opinion in opinions for guess in opinion.guesses)
