"""Exact arithmetic: plain forms, people's rounding, no caller's context."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal, getcontext, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.exact import exactly, percentage, product_over, rounded, total

AMOUNTS = st.decimals(min_value=-(10**15), max_value=10**15, places=4)
WHOLES = st.decimals(min_value=Decimal("0.0001"), max_value=10**15, places=4)


class TestRounding:
    """Half up, as people round, in one plain form."""

    @pytest.mark.parametrize(
        ("value", "decimals", "expected"),
        [("0.005", 2, "0.01"), ("0.0049", 2, "0"), ("2.675", 2, "2.68"), ("-0.005", 2, "-0.01"), ("1.50", 2, "1.5"),
         ("100.00", 2, "100"), ("12345", 0, "12345"), ("1E+3", 2, "1000"), ("0", 4, "0")],
    )  # fmt: skip
    def test_written_plainly(self, value: str, decimals: int, expected: str) -> None:
        """Equal values are written alike: no trailing zeros, no exponents."""
        assert str(rounded(Decimal(value), decimals)) == expected

    @given(AMOUNTS, st.integers(0, 4))
    def test_nearest(self, value: Decimal, decimals: int) -> None:
        """No other value of that many decimals is nearer, and half goes away from zero."""
        found = Fraction(rounded(value, decimals))
        half = Fraction(1, 2 * 10**decimals)

        assert abs(found - Fraction(value)) <= half
        if abs(found - Fraction(value)) == half:
            assert abs(found) > abs(Fraction(value))


class TestDivision:
    """Ratios against exact fractions."""

    @given(AMOUNTS, WHOLES)
    def test_percentage(self, part: Decimal, whole: Decimal) -> None:
        """A percentage lies within half a millionth of the true ratio."""
        true = 100 * Fraction(part) / Fraction(whole)

        assert abs(Fraction(percentage(part, whole)) - true) <= Fraction(1, 2 * 10**6)

    @given(st.lists(AMOUNTS))
    def test_total(self, values: list[Decimal]) -> None:
        """A sum loses nothing."""
        assert Fraction(total(values)) == sum(map(Fraction, values))


class TestContext:
    """The caller's context has no say."""

    def test_helpers(self) -> None:
        """Under a context of three digits that rounds down, results are as ever."""
        with localcontext() as context:
            context.prec, context.rounding = 3, ROUND_DOWN

            assert rounded(Decimal("1234.5675"), 3) == Decimal("1234.568")
            assert percentage(Decimal(2), Decimal(3)) == Decimal("66.666667")
            assert total([Decimal(100000), Decimal("0.0001")]) == Decimal("100000.0001")
            assert product_over(Decimal("1234.5"), Decimal(3), Decimal(3)) == Decimal("1234.5")

    def test_exactly(self) -> None:
        """A function made exact reckons in full and gives the caller's context back."""
        add = exactly(lambda a, b: a + b)
        with localcontext() as context:
            context.prec = 3

            assert add(Decimal(100000), Decimal("0.5")) == Decimal("100000.5")
            assert getcontext().prec == 3
