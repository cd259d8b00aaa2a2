"""Opinions of several models as one."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers.learned.mixing import EVEN, LEAST_P, Weights, mixed
from parsers.learned.values import Guess, Opinion
from training.weighing import powers

FIRST = Opinion((Guess("dossiers_late", 0.8), Guess(None, 0.2)))
SECOND = Opinion((Guess(None, 0.6), Guess("dossiers_late", 0.3), Guess("dossiers_early", 0.1)))


def test_the_product_of_two() -> None:
    """Probabilities are multiplied, each to the power of its weight; what one opinion does not keep is hardly there."""
    both = mixed((FIRST, SECOND), (1.0, 0.5))
    late, none, early = 0.8 * 0.3**0.5, 0.2 * 0.6**0.5, LEAST_P * 0.1**0.5

    assert [(g.figure, g.p) for g in both.guesses] == [
        ("dossiers_late", pytest.approx(late / (late + none + early), abs=1e-6)),
        (None, pytest.approx(none / (late + none + early), abs=1e-6)),
        ("dossiers_early", pytest.approx(early / (late + none + early), abs=1e-6)),
    ]


def test_one_voice_does_not_carry_the_day() -> None:
    """A heavy voice that is sure of no figure gives way to three that are sure of one and the same."""
    none = Opinion((Guess(None, 0.97), Guess("apology_letters", 0.03)))
    one = Opinion((Guess("apology_letters", 0.999), Guess(None, 0.001)))

    assert mixed((none, one, one), (0.5, 0.3, 0.2)).figure == "apology_letters"


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
    """A source that gives the right answers more belief gets more power, one that is wrong none at all."""
    good = Opinion((Guess("dossiers_late", 0.9), Guess(None, 0.1)))
    fair = Opinion((Guess("dossiers_late", 0.6), Guess(None, 0.4)))
    wrong = Opinion((Guess(None, 0.9), Guess("dossiers_late", 0.1)))
    unlucky = Opinion((Guess("dossiers_late", 0.7), Guess(None, 0.3)))
    cases = [("dossiers_late", (good, wrong))] * 3 + [(None, (unlucky, fair))]

    first, second = powers(cases)

    assert first > second == 0.0
