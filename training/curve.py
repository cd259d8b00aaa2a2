"""The learning curve: how good the independent sequence model is with a quarter, a half … of the writers.

Belongs here: training on fewer writers, and the score by number on writers that calibrate.
Stays out: the models that are used (`training.sequences`).
"""

from __future__ import annotations

import random
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from parsers.learned.crf import Crf
from parsers.learned.features import features_of
from parsers.learned.reader import INDEPENDENT
from training.prepared import Prepared
from training.sequences import FOLD_ITERATIONS, Material, train_independent

QUARTERS = 4
SEED = 20231


def learning_curve(material: Material, held_out: Sequence[Prepared]) -> Iterator[tuple[int, int, float]]:
    """Yield, for each quarter of the writers, how many writers and numbers were learned from, and F1 by number.

    Writers come in an order by chance, the same each time: by name, all whole reports would come first.
    """
    writers = sorted(material)
    random.Random(SEED).shuffle(writers)  # noqa: S311 - an order, no secret
    for quarter in range(1, QUARTERS + 1):
        some = writers[: max(1, round(len(writers) * quarter / QUARTERS))]
        with tempfile.TemporaryDirectory() as scratch:
            path = Path(scratch) / INDEPENDENT
            train_independent(material, some, path, FOLD_ITERATIONS)
            numbers = sum(len(line.spots) for w in some for one in material[w] for line in one.lines)
            yield len(some), numbers, _f1(Crf.open(path), held_out)


def _f1(model: Crf, samples: Sequence[Prepared]) -> float:
    """Return F1 over all numbers that are figures or are taken for one; marks that no number covers count as missed."""
    right = said = marked = 0
    for one in samples:
        marked += len(one.example.unseen)
        for line, figures in zip(one.lines, one.figures, strict=True):
            for opinion, figure in zip(model.opinions(features_of(line)), figures, strict=True):
                said += opinion.figure is not None
                marked += figure is not None
                right += figure is not None and opinion.figure == figure
    return 2 * right / max(1, said + marked)
