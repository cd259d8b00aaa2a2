"""A sequence model with rounded weights."""

from __future__ import annotations

from pathlib import Path

import pycrfsuite
import pytest

from training.lean import lean

LINES = [(["w=nhận", "n=412"], "dossiers_received"), (["w=quá", "w=hạn"], "dossiers_late"), (["w=trang"], "-")] * 5


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return a small model as CRFsuite writes it."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for features, figure in LINES:
        trainer.append([features], [figure])
    path = tmp_path_factory.mktemp("crf") / "model"
    trainer.train(str(path))
    return path.read_bytes()


def test_weights_hardly_move_and_nothing_else_does(model: bytes, tmp_path: Path) -> None:
    """What the model says of a line is the same to the fifth digit."""
    made = lean(model)

    assert made != model
    assert len(made) == len(model)
    assert lean(made) == made
    assert _said(made, tmp_path / "lean") == pytest.approx(_said(model, tmp_path / "whole"), rel=1e-4)


def test_other_bytes_are_refused() -> None:
    """A file that is no model of CRFsuite raises."""
    with pytest.raises(ValueError, match="lCRF"):
        lean(bytes(80))


def _said(model: bytes, path: Path) -> list[float]:
    """Return the probability of every label for every line."""
    path.write_bytes(model)
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    found = []
    for features, _ in LINES[:3]:
        tagger.set([features])
        found += [tagger.marginal(label, 0) for label in tagger.labels()]
    return found
