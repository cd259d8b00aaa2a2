"""The sequence model's file, its opinions on a line, and which features speak for a figure."""

from __future__ import annotations

import lzma
from pathlib import Path

import pycrfsuite
import pytest

from parsers.learned.crf import KEPT, NO_FIGURE, Crf

LINES = [(["w=late"], "dossiers_late"), (["w=early"], "dossiers_early"), (["w=box"], NO_FIGURE)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file of a model that learned one word a label, and seven labels it hardly saw."""
    folder = tmp_path_factory.mktemp("crf")
    trainer = pycrfsuite.Trainer(verbose=False)
    for features, label in LINES * 20:
        trainer.append([features], [label])
    for number in range(7):
        trainer.append([["w=late"]], [f"rare_{number}"])
    trainer.train(str(folder / "plain"))
    path = folder / "model.xz"
    path.write_bytes(lzma.compress((folder / "plain").read_bytes()))
    return path


def test_an_opinion_for_every_number(model: Path) -> None:
    """The likeliest figure first, "O" as no figure, no more guesses than are kept, their sum at most one."""
    late, none = Crf.open(model).opinions([["w=late"], ["w=box"]])

    assert (late.figure, none.figure) == ("dossiers_late", None)
    assert len(late.guesses) == KEPT
    assert [g.p for g in late.guesses] == sorted((g.p for g in late.guesses), reverse=True)
    assert 0.5 < late.p <= sum(g.p for g in late.guesses) <= 1.00001


def test_equal_guesses_stand_in_the_order_of_their_names(model: Path) -> None:
    """What is alike is told in one order in every run."""
    crf = Crf.open(model)
    (one,) = crf.opinions([["never seen"]])
    pairs = [(-g.p, g.figure or NO_FIGURE) for g in one.guesses]

    assert pairs == sorted(pairs)


def test_a_line_without_numbers(model: Path) -> None:
    """Nothing is said of nothing."""
    assert Crf.open(model).opinions([]) == ()


def test_the_strongest_features_speak_for_their_figure(model: Path) -> None:
    """Each feature once with its weight, the heaviest first, none that speaks against or is unknown."""
    crf = Crf.open(model)
    asked = ["w=early", "w=early", "w=late", "unknown"]

    (early,) = crf.strongest(asked, "dossiers_early", 3)
    (box,) = crf.strongest(["w=box", "w=late"], None, 3)

    assert early.startswith("w=early +") and float(early.split()[1]) > 0
    assert box.startswith("w=box +")
    assert crf.strongest(asked, "dossiers_early", 0) == ()
