"""What a printed number may stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rules import rule_book
from parsers.reading import Approximation
from tests.validation.builders import printing
from tests.validation.strategies import share
from validation.spans import Span, gives, span_of, total

TOLERANCE = rule_book().tolerance


def percentage(text: str) -> Span:
    """Return the span of a percentage as printed."""
    return span_of(printing("satisfaction_pct", text), "percent", TOLERANCE)


class TestSpanOf:
    def test_a_count_stands_for_itself(self) -> None:
        """No dossier is rounded away."""
        assert span_of(printing("dossiers_late", 3), "count", TOLERANCE) == Span.exact(Decimal(3))

    def test_a_scaled_amount_was_rounded_or_cut_off(self) -> None:
        """312,75 triệu stands for half a unit of its last digit below to a whole one above."""
        made = printing("ward_revenue", 312_750_000, quantum=Decimal(10_000))

        assert span_of(made, "vnd", TOLERANCE) == Span(Decimal(312_745_000), Decimal(312_760_000))

    def test_a_round_plan_is_not_taken_for_anything_near(self) -> None:
        """8 tỷ may hide a hundredth, not half a billion."""
        made = printing("ward_revenue_budget", 8_000_000_000, quantum=Decimal(1_000_000_000))

        assert span_of(made, "vnd", TOLERANCE) == Span(Decimal(7_960_000_000), Decimal(8_080_000_000))

    @pytest.mark.parametrize(
        ("word", "low", "high"),
        [
            (Approximation.NEARLY, "95", "100"),
            (Approximation.OVER, "100", "105"),
            (Approximation.ABOUT, "95", "105"),
        ],
    )
    def test_words_widen_on_their_own_side(self, word: Approximation, low: str, high: str) -> None:
        """Gần reaches below, trên above, khoảng both ways."""
        made = printing("dossiers_received", 100, approximation=word)

        assert span_of(made, "count", TOLERANCE) == Span(Decimal(low), Decimal(high))

    def test_round_amounts_may_be_rounded_to_a_thousand(self) -> None:
        """An amount ending in three zeros may hide up to a thousand dong, never more."""
        made = span_of(printing("ward_revenue", 5_000_000_000), "vnd", TOLERANCE)

        assert made.high - Decimal(5_000_000_000) == 1000


class TestGives:
    @pytest.mark.parametrize(
        ("above", "below", "text", "holds"),
        [
            (276, 316, "85.44", False),
            (276, 316, "87.34", True),
            (218, 316, "68.99", True),
            (218, 316, "68.98", True),
            (218, 316, "69.00", False),
            (2, 3, "66.66", True),
            (2, 3, "66.67", True),
            (2, 3, "66.68", False),
            (2, 3, "67", True),
            (2, 3, "66", True),
            (86, 100, "85", False),
            (0, 5, "0", True),
            (5, 5, "100", True),
        ],
    )
    def test_rounding_and_cutting_off_are_both_right(self, above: int, below: int, text: str, holds: bool) -> None:
        """A percentage is right rounded or cut off at its own precision, and in no other way."""
        assert gives(Span.exact(Decimal(above)), Span.exact(Decimal(below)), percentage(text)) is holds

    def test_nothing_is_a_share_of_nothing(self) -> None:
        """Over zero no percentage can be right."""
        assert not gives(Span.exact(Decimal(0)), Span.exact(Decimal(0)), percentage("100"))

    @given(st.integers(0, 9999), st.integers(1, 9999), st.integers(0, 2), st.booleans())
    def test_what_a_clerk_computes_always_holds(self, above: int, below: int, decimals: int, cut: bool) -> None:
        """Every correct rounding or truncation is accepted."""
        printed = share(Decimal(above), Decimal(below), decimals, cut)

        assert gives(Span.exact(Decimal(above)), Span.exact(Decimal(below)), percentage(str(printed)))

    @given(st.integers(0, 9999), st.integers(1, 9999), st.integers(0, 2), st.integers(2, 500))
    def test_two_units_off_never_holds(self, above: int, below: int, decimals: int, off: int) -> None:
        """A percentage two units of its last digit away from the truth is never accepted."""
        printed = share(Decimal(above), Decimal(below), decimals, cut=True) + Decimal(off).scaleb(-decimals)

        assert not gives(Span.exact(Decimal(above)), Span.exact(Decimal(below)), percentage(str(printed)))


def test_sums_of_spans_add_their_ends() -> None:
    """The uncertainty of a sum is that of all its parts."""
    spans = [Span(Decimal(1), Decimal(2)), Span(Decimal(10), Decimal(10))]

    assert total(spans) == Span(Decimal(11), Decimal(12))
