"""What sequence model and network weigh in the opinions that are used: fitted on writers that trained neither.

Belongs here: the mixture that makes the marked figures likeliest, by expectation and maximisation.
Stays out: mixing at run time (`parsers.learned.mixing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from parsers.learned.mixing import Weights
from parsers.learned.reader import Models
from parsers.learned.values import Opinion
from training.prepared import Prepared

ROUNDS, LEAST_P = 200, 1e-4


def fitted(samples: Iterable[Prepared], using: Models) -> Weights:
    """Return the weights under which the marks of some samples are likeliest; `using` has a network."""
    independent: list[list[float]] = []
    stacked: list[list[float]] = []
    for one in samples:
        for figure, own, other in _opinions(one, using):
            said = [opinion.p_of(figure) for opinion in (*own, *other)]
            independent.append(said[:2])
            stacked.append([*said[2:], *said[:2]])
    return Weights(_mixture(independent), _mixture(stacked))


def _opinions(one: Prepared, using: Models) -> Iterable[tuple[str | None, Sequence[Opinion], Sequence[Opinion]]]:
    """Yield, for every spot, its figure, both independent opinions and both stacked ones."""
    alone = replace(using, network=None)
    second = using.network.read(one.lines, one.views) if using.network is not None else {}
    for i, (line, views, figures) in enumerate(zip(one.lines, one.views, one.figures, strict=True)):
        first = alone.of_line(i, line, views, {})
        for j, figure in enumerate(figures):
            pairs = first[j], second[i, j]
            yield figure, [pair[0] for pair in pairs], [pair[1] for pair in pairs]


def _mixture(said: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Return the weights of a mixture; `said` holds what each source gives the right answer, spot by spot."""
    given: NDArray[np.float64] = np.maximum(np.array(said), LEAST_P)
    weights = np.full(given.shape[1], 1 / given.shape[1])
    for _ in range(ROUNDS):
        shares = given * weights
        weights = (shares / shares.sum(axis=1, keepdims=True)).mean(axis=0)
    return tuple(round(float(w), 3) for w in weights)
