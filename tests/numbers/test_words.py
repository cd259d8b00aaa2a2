"""Number words: grammar both ways."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers import value_of_words, words_of
from parsers.numbers.words import find_words

VALUES = [
    ("không", 0),
    ("tám", 8),
    ("mười", 10),
    ("mười một", 11),
    ("mười lăm", 15),
    ("hai mươi", 20),
    ("hai mươi mốt", 21),
    ("hai mươi tư", 24),
    ("hai mươi bốn", 24),
    ("hai mốt", 21),
    ("ba lăm", 35),
    ("ba chục", 30),
    ("chín mươi chín", 99),
    ("một trăm", 100),
    ("một trăm linh năm", 105),
    ("một trăm lẻ tám", 108),
    ("một trăm mười", 110),
    ("một trăm hai mươi lăm", 125),
    ("hai trăm rưỡi", 250),
    ("một nghìn không trăm linh năm", 1005),
    ("hai nghìn lẻ ba", 2003),
    ("năm nghìn sáu trăm", 5600),
    ("một triệu hai trăm nghìn", 1_200_000),
    ("ba tỷ rưỡi", 3_500_000_000),
    ("một tỷ hai", 1_200_000_000),
    ("hai triệu tư", 2_400_000),
    ("một tỷ lẻ hai", 1_000_000_002),
    ("một tỷ hai triệu", 1_002_000_000),
    ("một trăm hai", 120),
    ("một trăm linh hai", 102),
    ("hai nghìn không trăm linh hai", 2_002),
    ("một tỷ hai trăm năm mươi triệu", 1_250_000_000),
]
NONE = [
    "mốt",
    "lăm",
    "tư",
    "mươi",
    "hai ba",
    "mười mốt",
    "hai mươi năm",
    "trăm",
    "nghìn",
    "hai nghìn ba triệu",
    "linh năm",
]


@pytest.mark.parametrize(("words", "value"), VALUES)
def test_value(words: str, value: int) -> None:
    """A number in words has its value."""
    assert value_of_words(words.split()) == value


@pytest.mark.parametrize("words", NONE)
def test_no_number(words: str) -> None:
    """Words outside the grammar have no value: "hai mươi năm" are twenty years."""
    assert value_of_words(words.split()) is None


@given(st.integers(min_value=0, max_value=999_999))
def test_there_and_back(value: int) -> None:
    """Every number up to a million reads back from its words."""
    assert value_of_words(words_of(value).split()) == value


@given(st.integers(min_value=1_000_000, max_value=10**11))
def test_there_and_back_for_money(value: int) -> None:
    """So does every sum of money a ward can have."""
    assert value_of_words(words_of(value).split()) == value


@given(
    st.lists(
        st.sampled_from(["một", "hai", "ba", "mươi", "mười", "trăm", "nghìn", "triệu", "linh", "rưỡi", "năm"]),
        max_size=9,
    )
)
def test_any_words_are_refused_or_read(words: list[str]) -> None:
    """No sequence of number words raises."""
    value = value_of_words(words)

    assert value is None or value >= 0


def test_the_longest_number_wins() -> None:
    """Of "hai mươi hai" one number is found, not three."""
    text = "cử hai mươi hai lượt và mười một người"

    assert [(text[w.start : w.end], w.value) for w in find_words(text)] == [
        ("hai mươi hai", Decimal(22)),
        ("mười một", Decimal(11)),
    ]
