"""Runs of digits: what print says, and what it may have meant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.numbers.digits import LONGEST, nearby_readings, read_digits

READ = [
    ("327", "327"),
    ("06", "6"),
    ("0", "0"),
    ("1.234", "1234"),
    ("1.835.779.000", "1835779000"),
    ("864151000", "864151000"),
    ("85,44", "85.44"),
    ("1.628,4", "1628.4"),
    ("1234,5", "1234.5"),
    ("189.26", "189.26"),
    ("0.5", "0.5"),
    ("0.125", "0.125"),
    ("1234.56", "1234.56"),
    ("1,234,567", "1234567"),
    ("1,234.56", "1234.56"),
]

MALFORMED = ["1.8835.779.000", "1.850.68", "12.34.567", "1234.567", "1..234", "012.345", "1.23.4567"]


class TestReadDigits:
    @pytest.mark.parametrize(("run", "value"), READ)
    def test_well_formed(self, run: str, value: str) -> None:
        """A well-formed run has one value and no doubt."""
        read = read_digits(run)

        assert (read.value, read.malformed, read.candidates) == (Decimal(value), False, ())

    @pytest.mark.parametrize("run", MALFORMED)
    def test_malformed(self, run: str) -> None:
        """A run that is no number says so, and its value is the likeliest of its candidates."""
        read = read_digits(run)

        assert read.malformed
        assert read.value == read.candidates[0]

    def test_decimals_are_those_printed(self) -> None:
        """Trailing zeros count: 50,00 is printed to two places."""
        assert [read_digits(r).decimals for r in ("50", "50,0", "50,00", "189.26", "1.628,4")] == [0, 1, 2, 2, 1]

    def test_one_group_before_percent_is_a_decimal_in_doubt(self) -> None:
        """No share is 98765%: the dot was a decimal mark, and the other reading stays listed."""
        read = read_digits("98.765", percent=True)

        assert (read.value, read.candidates) == (Decimal("98.765"), (Decimal("98.765"), Decimal(98765)))

    def test_one_group_before_a_thousand_million_is_in_doubt(self) -> None:
        """1.536 tỷ is 1536 tỷ by the grammar; that a clerk meant 1,536 stays listed."""
        read = read_digits("1.536", scale=Decimal(10**9))

        assert read.candidates == (Decimal(1536), Decimal("1.536"))

    def test_three_decimals_of_a_bare_number_are_in_doubt(self) -> None:
        """1,234 is a decimal here and a thousand in English print."""
        assert read_digits("1,234").candidates == (Decimal("1.234"), Decimal(1234))

    def test_too_long_is_no_number(self) -> None:
        """Beyond what a report can mean there is no value and no work."""
        assert read_digits("9" * (LONGEST + 1)).malformed


class TestNearbyReadings:
    def test_doubled_digit_comes_first(self) -> None:
        """A digit struck twice is the likeliest slip."""
        assert nearby_readings("1.8835.779.000")[0] == 1_835_779_000

    def test_dot_one_place_off(self) -> None:
        """A dot a place too early is put back."""
        assert Decimal(1_234_567) in nearby_readings("12.34.567")

    def test_missing_digit(self) -> None:
        """A group a digit short has every digit that may be missing."""
        assert {Decimal(1_850_680 + d) for d in range(10)} <= set(nearby_readings("1.850.68"))

    def test_no_candidate_twice(self) -> None:
        """Every candidate is listed once."""
        found = nearby_readings("1.8835.779.000")

        assert len(found) == len(set(found))


def grouped(value: int) -> str:
    """Return a number in Vietnamese print."""
    return f"{value:,}".replace(",", ".")


@given(st.integers(min_value=0, max_value=10**15))
def test_print_and_read_thousands(value: int) -> None:
    """What is printed with dots reads back, whatever the number."""
    assert read_digits(grouped(value)).value == value


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=6), st.booleans())
def test_print_and_read_decimals(value: int, decimals: int, dots: bool) -> None:
    """Whole part, decimal comma and places read back with the printed precision."""
    exact = Decimal(value).scaleb(-decimals)
    whole, _, part = f"{exact:f}".partition(".")
    run = (grouped(int(whole)) if dots else whole) + (f",{part}" if part else "")

    read = read_digits(run, scale=Decimal(1000))

    assert (read.value, read.decimals, read.malformed) == (exact, decimals, False)


@given(st.integers(min_value=10**6, max_value=10**13), st.data())
def test_the_true_number_is_among_the_candidates_of_a_slip(value: int, data: st.DataObject) -> None:
    """Whatever digit is struck twice, the run is malformed and the true number is a candidate."""
    run = grouped(value)
    place = data.draw(st.sampled_from([i for i, c in enumerate(run) if c.isdigit() and "." in run[:i] + " "]))
    slipped = run[: place + 1] + run[place:]
    read = read_digits(slipped)

    if read.malformed:
        assert Decimal(value) in read.candidates
    else:
        assert place < run.index("."), "a digit struck twice behind the first dot must be noticed"


@given(st.integers(min_value=10**6, max_value=10**13), st.data())
def test_a_lost_dot_never_passes_unnoticed(value: int, data: st.DataObject) -> None:
    """A number that lost one of several dots is malformed, and the true number is a candidate."""
    run = grouped(value)
    dots = [i for i, c in enumerate(run) if c == "."]
    if len(dots) < 2:
        return
    place = data.draw(st.sampled_from(dots))
    read = read_digits(run[:place] + run[place + 1 :])

    assert read.malformed
    assert Decimal(value) in read.candidates
