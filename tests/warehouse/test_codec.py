"""Values come back from JSON exactly as they went in."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.document import Block, Box, Cell, Document, Page, Place, Word
from parsers.reading import Account, AccountKind, Approximation, Citation, Evidence, Identity, Printing, Reading
from tests.warehouse.made import document, printing, reading
from warehouse.codec import canonical, digest, from_plain, packed, to_plain, unpacked
from warehouse.types import plain

WORDS = st.text(max_size=12)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
SHARES = st.floats(0, 1)
PLACES = st.builds(Place, st.integers(0, 99), st.integers(0, 99), st.integers(0, 99), st.none() | st.integers(0, 9))
BOXES = st.builds(Box, *[st.floats(-1e4, 1e4)] * 4)
PRINTINGS = st.builds(
    Printing, WORDS, NUMBERS, WORDS, PLACES, st.none() | st.integers(1, 40), st.none() | BOXES, WORDS, PLACES, WORDS,
    WORDS, SHARES, SHARES, st.booleans(), NUMBERS, st.integers(0, 4), st.sampled_from(Approximation), st.booleans(),
    st.booleans(), st.lists(NUMBERS, max_size=3).map(tuple), st.none() | WORDS,
)  # fmt: skip
ACCOUNTS = st.builds(
    Account,
    st.sampled_from(AccountKind),
    WORDS,
    st.none() | NUMBERS,
    PLACES,
    st.none() | st.integers(1, 9),
    WORDS,
    WORDS,
)
READINGS = st.builds(
    Reading,
    WORDS,
    WORDS,
    st.builds(Identity, st.none() | WORDS, st.none() | WORDS, st.none() | WORDS, st.none() | st.dates(), SHARES),
    st.lists(PRINTINGS, max_size=3).map(tuple),
    st.lists(ACCOUNTS, max_size=3).map(tuple),
    st.lists(st.builds(Citation, WORDS, WORDS, st.none() | st.dates(), WORDS, PLACES, WORDS), max_size=2).map(tuple),
)
CELLS = st.builds(Cell, st.integers(0, 9), st.integers(0, 9), WORDS)
LISTED = st.builds(Word, st.integers(0, 9), st.integers(0, 9), st.integers(1, 9), BOXES, SHARES)
BLOCKS = st.builds(
    Block, st.integers(0, 9), st.sampled_from(["title", "table", "item"]), WORDS, WORDS,
    words=st.lists(LISTED, max_size=2).map(tuple), cells=st.lists(CELLS, max_size=2).map(tuple),
)  # fmt: skip
DOCUMENTS = st.builds(
    Document, WORDS, WORDS, st.lists(BLOCKS, max_size=3).map(tuple),
    st.lists(st.builds(Page, st.integers(1, 9), SHARES, SHARES), max_size=2).map(tuple), notes=st.just(("a", "b")),
)  # fmt: skip


@given(READINGS)
@settings(max_examples=60, deadline=None)
def test_reading_comes_back(value: Reading) -> None:
    """Any reading is rebuilt equal, types included."""
    back = unpacked(Reading, packed(canonical(value)))

    assert back == value
    assert canonical(back) == canonical(value)


@given(DOCUMENTS)
@settings(max_examples=60, deadline=None)
def test_document_comes_back(value: Document) -> None:
    """Any document is rebuilt equal, its words and boxes as named tuples."""
    back = unpacked(Document, packed(canonical(value)))

    assert back == value
    for before, after in zip(value.blocks, back.blocks, strict=True):
        assert [type(word.box) for word in after.words] == [Box] * len(before.words)


def test_every_field_of_a_reading_is_kept() -> None:
    """A field that is added to the values of the parsers is kept without anybody thinking of it."""
    made = reading()
    kept = to_plain(made)

    assert set(kept) == {field.name for field in fields(Reading)}
    assert set(kept["printings"][0]) == {field.name for field in fields(Printing)}
    assert from_plain(Reading, kept) == made


def test_older_json_takes_the_defaults() -> None:
    """What was kept before a field was added is rebuilt with its default; what was dropped is passed over."""
    kept = to_plain(printing("staff_total", 3))
    del kept["components"]
    kept["gone"] = 1

    assert from_plain(Printing, kept) == replace(printing("staff_total", 3), components=())


def test_digest_is_of_the_content() -> None:
    """Equal values have one digest, and one changed digit another."""
    assert digest(reading()) == digest(reading())
    assert digest(reading()) != digest(reading(figures={"dossiers_received": 101, "dossiers_resolved": 90}))
    assert digest(document(reading())) == digest(document(reading()))


def test_evidence_and_days_come_back() -> None:
    """Nested values and days keep their types."""
    value = Identity("a", "b", None, date(2023, 9, 8), 0.5, (Evidence("x", "y", 0.25),), ("z",))

    assert from_plain(Identity, to_plain(value)) == value


@dataclass(frozen=True)
class Strange:
    """A value with a field that JSON has no form for."""

    what: object


def test_what_json_cannot_hold_is_refused() -> None:
    """A set or an unknown type is an error at once, never a lossy text."""
    with pytest.raises(TypeError, match="plain fields"):
        canonical(Strange({1, 2}))
    with pytest.raises(TypeError, match="rebuilt"):
        from_plain(Strange, {"what": 1})


@given(NUMBERS)
def test_plain_changes_no_value(value: Decimal) -> None:
    """Taking away trailing zeros leaves the number."""
    assert plain(value) == value
    assert "E" not in str(plain(value))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    """A column holds finite numbers only."""
    with pytest.raises(ValueError, match="no number"):
        plain(Decimal(value))
