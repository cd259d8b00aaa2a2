"""Proposing and objecting: which figures a number may be, and what speaks against each."""

from __future__ import annotations

from functools import cache

import pytest

from parsers.figures.candidate import Candidate
from parsers.figures.conflicts import FULL
from parsers.figures.propose import WayBook
from parsers.text.lexicon import lexicon
from tests.figures.stages.setting import seen_from


@cache
def book() -> WayBook:
    """Return the ways of the shipped language."""
    return WayBook(lexicon().labels)


def candidates(text: str, number: int = 0) -> list[Candidate]:
    """Return what a number of a sentence may be, best first."""
    line, view = seen_from(text, number)
    return book().candidates(view, line.found.whole)


def test_a_whole_phrase_names_its_figure() -> None:
    """Name, side and label of the one figure that a plain sentence names."""
    (candidate,) = candidates("Hồ sơ quá hạn: 4 hồ sơ.")

    assert (candidate.figure, candidate.side, candidate.label) == ("dossiers_late", "L", "hồ sơ quá hạn")
    assert candidate.score == 1.0
    assert candidate.objections == ()


def test_a_name_behind_its_number_is_on_the_right() -> None:
    """Order makes no difference to the figure, only to the side."""
    assert [(o.figure, o.side) for o in candidates("Có 4 hồ sơ quá hạn.")][:1] == [("dossiers_late", "R")]


@pytest.mark.parametrize(
    "text",
    ["Hồ sơ quá hạn: 4 máy.", "Hồ sơ quá hạn: 4,5 hồ sơ.", "Hồ sơ quá hạn: 4 triệu đồng."],
    ids=["another noun", "no whole number", "money"],
)
def test_what_the_figure_cannot_count_is_not_proposed(text: str) -> None:
    """Noun, value and unit of a number rule a count of dossiers out."""
    assert "dossiers_late" not in {o.figure for o in candidates(text)}


def test_a_percentage_is_of_the_share() -> None:
    """The same words name the share where the number is a percentage."""
    assert candidates("Tỷ lệ hồ sơ quá hạn: 1,25%.")[0].figure == "dossiers_late_pct"


def test_another_period_objects_in_full() -> None:
    """The phrase that no way of the figure explains keeps little of the score, at its own place."""
    text = "Hồ sơ quá hạn của cùng kỳ năm trước: 4 hồ sơ."
    late = next(o for o in candidates(text) if o.figure == "dossiers_late")

    assert [(text[o.place :][:7], round(o.keeps, 2)) for o in late.objections] == [("cùng kỳ", round(1 - FULL, 2))]


def test_the_own_period_objects_to_nothing() -> None:
    """Words of the report's own period are explained by every figure."""
    late = next(o for o in candidates("Hồ sơ quá hạn trong quý III/2023: 4 hồ sơ.") if o.figure == "dossiers_late")

    assert late.objections == ()


def test_a_sentence_of_another_level_proposes_nothing_there() -> None:
    """Where a sentence speaks of the town, its numbers are no figures of the ward."""
    line, view = seen_from("Hồ sơ quá hạn: 4 hồ sơ.")
    silent = view.__class__(
        view.mention, view.left, view.right, view.scope.__class__(**{**vars(view.scope), "elsewhere": (0, 99)})
    )

    assert book().candidates(silent, line.found.whole) == []
