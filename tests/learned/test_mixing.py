"""Opinions of several models as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.learned.mixing import EVEN, Weights, mixed
from parsers.learned.values import Guess, Opinion
from training.weighing import _mixture

FIRST = Opinion((Guess("dossiers_late", 0.8), Guess(None, 0.2)))
SECOND = Opinion((Guess(None, 0.6), Guess("dossiers_late", 0.3), Guess("dossiers_early", 0.1)))


def test_the_mean_of_two() -> None:
    """Probabilities are averaged by weight; what one opinion does not keep counts as 0 there."""
    both = mixed((FIRST, SECOND), (3.0, 1.0))

    assert [(g.figure, g.p) for g in both.guesses] == [
        ("dossiers_late", pytest.approx(0.675)),
        (None, pytest.approx(0.3)),
        ("dossiers_early", pytest.approx(0.025)),
    ]


def test_every_voice_is_kept() -> None:
    """The opinions that were mixed stand beside the result, independent ones first."""
    _, _, voices = EVEN.mixed((FIRST, SECOND), (SECOND, FIRST))

    assert voices == (FIRST, SECOND, SECOND, FIRST)


def test_weights_keep_their_file(tmp_path: Path) -> None:
    """Weights are read as they were written; without a file they are even."""
    weights = Weights((0.3, 0.7), (0.2, 0.6, 0.0, 0.2))
    weights.save(tmp_path / "weights.json")

    assert Weights.load(tmp_path / "weights.json") == weights
    assert Weights.load(tmp_path / "none.json") == EVEN


def test_the_better_source_weighs_more() -> None:
    """A source that gives the right answers more belief gets the greater weight; the weights add up to 1."""
    first, second = _mixture([[0.9, 0.4], [0.8, 0.3], [0.2, 0.3]])

    assert first > second
    assert first + second == pytest.approx(1, abs=0.002)
