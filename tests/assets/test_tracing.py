"""Tracing: a figure whose characters are not where it says keeps its report out."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from assets.tracing import untraceable
from parsers.document import Block, Document, Place
from parsers.reading import Identity, Printing, Reading
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


def summed(raw: str) -> Reading:
    """Return a reading of one sum whose sentence prints 24 and 05."""
    text = "Đã phát 24 lượt; viết 05 bài."
    whole, first = Place(0, 0, len(text)), Place(0, 8, 10)
    printing = Printing(
        "communication_items",
        Decimal(29),
        raw,
        first,
        1,
        None,
        text,
        whole,
        "",
        "sum of parts",
        1.0,
        1.0,
        primary=True,
        components=(Decimal(24), Decimal(5)),
    )
    return Reading("ab", "1", Identity("pho-minh", "2024-Q3", None, None, 1.0), (printing,), ())


@pytest.mark.parametrize(("raw", "traces"), [("24 + 05", True), ("24 + 06", False), ("25 + 05", False), ("24", True)])
def test_a_sum_is_traced_part_by_part(raw: str, traces: bool) -> None:
    """A sum stands where its first part stands, and every part in the sentence; one part amiss breaks it."""
    reading = summed(raw)
    document = Document("ab", "docx", (Block(0, "paragraph", reading.printings[0].sentence),))

    assert (untraceable(document, reading) == ()) is traces


def test_parts_may_stand_in_the_next_block() -> None:
    """A list prints one part an item; a part that stands nowhere near breaks the sum all the same."""
    reading = summed("24 + 07")
    blocks = [reading.printings[0].sentence, "- Phát thêm 07 lượt.", *(["…"] * 20), "- Viết 09 bài."]
    document = Document("ab", "docx", tuple(Block(n, "item", text) for n, text in enumerate(blocks)))

    assert untraceable(document, reading) == ()
    assert untraceable(document, summed("24 + 09")) == ("communication_items",)
