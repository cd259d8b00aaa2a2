"""Tracing: a figure whose characters are not where it says keeps its report out."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assets.tracing import untraceable
from parsers.document import Document, Place
from parsers.reading import Printing, Reading
from parsers.report import read_report
from tests.assets.world import report


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, Reading]:
    """A report as it is read."""
    return read_report(report(tmp_path_factory.mktemp("one"), "pho-minh", 7))


def with_first(reading: Reading, **changes: object) -> Reading:
    """Return the reading with its first printing changed."""
    first: Printing = replace(reading.printings[0], **changes)  # type: ignore[arg-type]
    return replace(reading, printings=(first, *reading.printings[1:]))


def test_a_reading_traces(read: tuple[Document, Reading]) -> None:
    """What the engine reads can be traced, every printing of it."""
    document, reading = read

    assert len(reading.printings) > 8
    assert untraceable(document, reading) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"raw": "999"},
        {"place": Place(0, 0, 3)},
        {"place": Place(9999, 0, 3)},
        {"sentence": "Một câu không có trong báo cáo."},
        {"place": Place(0, 5, 5)},
    ],
    ids=["other digits", "other place", "no such block", "other sentence", "nothing"],
)
def test_a_broken_citation_is_named(read: tuple[Document, Reading], changes: dict[str, object]) -> None:
    """Each way in which a citation can be wrong is found, and names the figure."""
    document, reading = read

    assert untraceable(document, with_first(reading, **changes)) == (reading.printings[0].figure,)
