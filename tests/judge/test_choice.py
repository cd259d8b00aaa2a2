"""Which of several printings stands for its figure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from parsers.document import Document
from parsers.figures import read_figures
from parsers.judge.choice import MOST_TRIED, candidates, chosen
from parsers.judge.model import JudgeModel
from parsers.judge.terms import NAMES
from parsers.learned.decide import with_learned
from parsers.reading import Identity, Printing
from tests.figures.marked import build

TEXT = "# Kết quả\nTrong quý xã tiếp nhận 327 hồ sơ, giải quyết 321 hồ sơ.\n"


@pytest.fixture(scope="module")
def report() -> tuple[Document, tuple[Printing, ...]]:
    """Return a report that prints the dossiers received, and a second printing of them added behind it."""
    document = build(TEXT)[0]
    reading = with_learned(document, read_figures(document, Identity(None, "2024-Q3", None, None, 1.0)))
    first = reading.primaries()["dossiers_received"]
    second = replace(first, value=first.value / 109, primary=False, place=replace(first.place, start=0, end=2))
    return document, (*reading.printings, second)


def weighing(term: str, weight: float) -> JudgeModel:
    """Return a model that weighs one term only."""
    return JudgeModel(tuple(weight if name == term else 0.0 for name in NAMES), 0.0, "test")


class TestChosen:
    def test_the_likeliest_printing_stands_for_its_figure(self, report: tuple[Document, tuple[Printing, ...]]) -> None:
        """A model that trusts small numbers takes the 3, one that distrusts them the 327."""
        document, printings = report
        for weight, value in ((4.0, 3), (-4.0, 327)):
            found = chosen(printings, document, weighing("small", weight))

            assert [p.value for p in found if p.primary and p.figure == "dossiers_received"] == [value]

    def test_the_first_of_equals_stays(self, report: tuple[Document, tuple[Printing, ...]]) -> None:
        """Where nothing tells them apart, the first printing stands; every printing is kept."""
        document, printings = report
        found = chosen(printings, document, weighing("small", 0.0))

        assert found == printings

    def test_a_figure_with_one_value_is_left_alone(self, report: tuple[Document, tuple[Printing, ...]]) -> None:
        """Nothing is tried where there is nothing to choose."""
        _, printings = report

        assert list(candidates(printings, "dossiers_resolved")) == []

    def test_what_is_tried_is_bounded(self, report: tuple[Document, tuple[Printing, ...]]) -> None:
        """A text that names a hundred numbers as one figure costs no hundred readings."""
        _, printings = report
        first = next(p for p in printings if p.figure == "dossiers_received")
        many = tuple(replace(first, value=first.value + i, place=replace(first.place, start=i)) for i in range(100))

        assert len(list(candidates(many, "dossiers_received"))) == MOST_TRIED
