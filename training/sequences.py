"""Training of the sequence models: the independent one, its opinions out of fold, and the stacked one.

Belongs here: `train_crfs`, which never lets a model speak of a writer it was trained on.
Stays out: features (`parsers.learned`), which material is used (`training.__main__`).
"""

from __future__ import annotations

import lzma
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pycrfsuite

from parsers.learned.crf import NO_FIGURE, Crf
from parsers.learned.features import features_of
from parsers.learned.reader import INDEPENDENT, STACKED
from parsers.learned.stacking import stacked_features
from parsers.learned.values import Opinion
from training.lean import lean
from training.prepared import WORKERS, Prepared

FOLDS = 3
PENALTIES = {"c1": 0.05, "c2": 0.02, "feature.minfreq": 2}
ITERATIONS, FOLD_ITERATIONS = 80, 50

Material = Mapping[str, Sequence[Prepared]]
Opinions = dict[str, list[list[tuple[Opinion, ...]]]]


def train_crfs(material: Material, folder: Path) -> None:
    """Train both models on the material of some writers and leave them in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(WORKERS) as pool:
        whole = pool.submit(train_independent, material, list(material), folder / INDEPENDENT, ITERATIONS)
        opinions: Opinions = {}
        for found in [pool.submit(_out_of_fold, material, fold) for fold in folds(material)]:
            opinions.update(found.result())
        whole.result()
    _train(_stacked(material, opinions), folder / STACKED, ITERATIONS)


def folds(material: Material) -> list[list[str]]:
    """Return the writers in folds of about the same size."""
    groups: list[list[str]] = [[] for _ in range(min(FOLDS, len(material)))]
    sizes = {writer: sum(len(line.spots) for s in samples for line in s.lines) for writer, samples in material.items()}
    for writer in sorted(sizes, key=lambda w: (-sizes[w], w)):
        min(groups, key=lambda g: sum(sizes[w] for w in g)).append(writer)
    return groups


def train_independent(material: Material, writers: Sequence[str], path: Path, iterations: int) -> None:
    """Train a model on words and layout alone."""
    lines = (
        (line, own) for w in writers for one in material[w] for line, own in zip(one.lines, one.figures, strict=True)
    )
    _train(((features_of(line), own) for line, own in lines), path, iterations)


def _out_of_fold(material: Material, fold: Sequence[str]) -> Opinions:
    """Return the opinions on a fold's writers of a model trained on all others."""
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / INDEPENDENT
        train_independent(material, [w for w in material if w not in fold], path, FOLD_ITERATIONS)
        model = Crf.open(path)
        return {w: [[model.opinions(features_of(line)) for line in one.lines] for one in material[w]] for w in fold}


def _stacked(material: Material, opinions: Opinions) -> Iterator[tuple[list[list[str]], list[str | None]]]:
    """Yield the features and figures of every line with what grammar and independent reader say of it."""
    for writer, samples in material.items():
        for one, said in zip(samples, opinions[writer], strict=True):
            for line, views, own, figures in zip(one.lines, one.views, said, one.figures, strict=True):
                both = stacked_features(views, own)
                yield [a + b for a, b in zip(features_of(line), both, strict=True)], figures


def _train(sequences: Iterable[tuple[list[list[str]], list[str | None]]], path: Path, iterations: int) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params({**PENALTIES, "max_iterations": iterations})
    for features, figures in sequences:
        trainer.append(features, [figure or NO_FIGURE for figure in figures])
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "model"
        trainer.train(str(plain))
        path.write_bytes(lzma.compress(lean(plain.read_bytes()), preset=9 | lzma.PRESET_EXTREME))
