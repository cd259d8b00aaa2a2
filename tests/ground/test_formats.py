"""Numbers and dates for people, in both languages."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.clock import ZONE
from cchc.formats import day, moment, number, percent
from cchc.messages import language, set_language, translator, use_language


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("1234.56"), None, "1.234,56"),
        (5153211000, None, "5.153.211.000"),
        (Decimal("100.00"), None, "100"),
        (Decimal("0.5"), 2, "0,50"),
        (-1234.5, None, "-1.234,5"),
        (None, None, "–"),
    ],
)
def test_numbers_are_grouped_by_dots(value: Decimal | float | None, decimals: int | None, text: str) -> None:
    """Groups of three by dots, decimals after a comma, no needless zeros."""
    assert number(value, decimals) == text


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_a_shown_number_reads_back(value: Decimal) -> None:
    """Nothing of a number is lost by showing it."""
    assert Decimal(number(value).replace(".", "").replace(",", ".")) == value


def test_english_swaps_the_marks() -> None:
    """English writes 1,234.56, and the language of the block ends with it."""
    with use_language("en"):
        assert number(Decimal("1234.56")) == "1,234.56"
    assert number(Decimal("1234.56")) == "1.234,56"


def test_days_and_moments() -> None:
    """Days are dd/mm/yyyy, moments add the clock."""
    assert day(date(2023, 9, 8)) == "08/09/2023"
    assert moment(datetime(2023, 9, 8, 7, 5, tzinfo=ZONE)) == "08/09/2023 07:05"
    assert day(None) == "–"


def test_percent_carries_its_sign() -> None:
    """A percentage is shown with two decimals unless asked otherwise."""
    assert percent(Decimal("87.342")) == "87,34%"
    assert percent(None) == "–"


def test_an_unknown_language_is_vietnamese() -> None:
    """Vietnamese is the language unless English is asked for by name."""
    set_language("fr")

    assert language() == "vi"


def test_a_room_without_a_catalogue_speaks_english() -> None:
    """A message that has no translation is shown rather than lost."""
    assert translator("no_such_room")("nothing here") == "nothing here"
