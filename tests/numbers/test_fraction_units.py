"""The unit behind the lower half of a fraction."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.numbers import find_numbers


class TestFractionUnits:
    @pytest.mark.parametrize(
        ("text", "values"),
        [
            ("đạt 1,7/6,2 tỷ đồng", ["1700000000", "6200000000"]),
            ("giải ngân 860/1.450 triệu đồng", ["860000000", "1450000000"]),
            ("được 4,05 trên 6,3 tỷ đồng", ["4050000000", "6300000000"]),
            ("được 2,6 tỷ/4,0 tỷ đồng", ["2600000000", "4000000000"]),
        ],
    )
    def test_counts_for_both_halves(self, text: str, values: list[str]) -> None:
        """An upper half without a unit is in the scale of the lower one."""
        assert [n.value for n in find_numbers(text)] == [Decimal(v) for v in values]

    def test_leaves_a_sum_in_full_alone(self) -> None:
        """A sum of all digits over one in tỷ is no thousand million times greater."""
        values = [n.value for n in find_numbers("thu 850.000.000/1,2 tỷ đồng")]

        assert values == [Decimal(850000000), Decimal(1200000000)]

    def test_keeps_the_worth_of_the_last_digit(self) -> None:
        """What one unit of the last printed digit is worth grows with the scale."""
        assert [n.quantum for n in find_numbers("đạt 1,7/6,2 tỷ đồng")] == [Decimal(100000000), Decimal(100000000)]
