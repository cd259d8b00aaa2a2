"""The one rule by which grammar, stacked reader and judge choose the primary printings of a report."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.document import Place
from parsers.primary import marked, standing, with_primaries
from parsers.reading import Printing

HERE = Place(0, 0, 1)


def printing(figure: str, value: int, *, malformed: bool = False, primary: bool = False) -> Printing:
    """Return a printing of a figure; only what choosing looks at is told apart."""
    return Printing(
        figure=figure,
        value=Decimal(value),
        raw=str(value),
        place=HERE,
        page=None,
        box=None,
        sentence="",
        sentence_place=HERE,
        label="",
        rule="",
        text_confidence=1.0,
        reading_confidence=0.5,
        primary=primary,
        malformed=malformed,
    )


class TestStanding:
    @pytest.mark.parametrize(
        ("worth", "about_as_much", "place"),
        [
            ([0.5, 0.9, 0.9], 0.0, 1),
            ([0.85, 0.9, 0.95], 0.2, 0),
            ([0.7, 0.85, 0.95], 0.2, 1),
            ([-3.0, -2.0, -9.0], 0.5, 1),
        ],
    )
    def test_the_first_of_those_about_as_good_as_the_best(
        self, worth: list[float], about_as_much: float, place: int
    ) -> None:
        """Without a margin the best, with one the first within it, in whatever unit."""
        assert standing([printing("a", i) for i in range(3)], worth, about_as_much) == place

    def test_a_broken_number_stands_only_where_nothing_else_does(self) -> None:
        """However much a malformed printing is worth, a whole one goes before it; among broken ones the best."""
        broken, whole = printing("a", 1, malformed=True), printing("a", 2)

        assert standing([broken, whole], [0.9, 0.1]) == 1
        assert standing([broken, broken], [0.1, 0.9]) == 1


def test_every_figure_has_one_primary_printing() -> None:
    """Each figure is chosen for by itself, an old mark is taken away, the order is kept."""
    printings = [printing("a", 1, primary=True), printing("b", 2), printing("a", 3)]

    chosen = with_primaries(printings, [0.1, 0.2, 0.9])

    assert [(p.figure, p.value, p.primary) for p in chosen] == [("a", 1, False), ("b", 2, True), ("a", 3, True)]


def test_figures_that_nobody_chose_for_stay_as_they_were() -> None:
    """Marking one figure's printing leaves the others' marks alone."""
    printings = [printing("a", 1, primary=True), printing("b", 2, primary=True), printing("b", 3)]

    assert [p.primary for p in marked(printings, {"b": 2})] == [True, False, True]
