"""Exact bounds of a share."""

from __future__ import annotations

from math import comb

import pytest

from cchc.bounds import checks_needed, upper_bound


class TestUpperBound:
    @pytest.mark.parametrize(("wrong", "checked"), [(0, 1), (0, 598), (1, 30), (2, 909), (7, 40)])
    def test_at_the_bound_so_few_errors_have_one_chance_in_twenty(self, wrong: int, checked: int) -> None:
        """The bound is the share at which `wrong` or fewer errors are found with probability 5 %: the definition."""
        share = upper_bound(wrong, checked)

        chance = sum(comb(checked, k) * share**k * (1 - share) ** (checked - k) for k in range(wrong + 1))

        assert chance == pytest.approx(0.05, rel=1e-6)

    def test_nothing_checked_or_all_wrong_bounds_nothing(self) -> None:
        """Without evidence the share may be anything."""
        assert [upper_bound(0, 0), upper_bound(4, 4)] == [1.0, 1.0]

    def test_counts_that_cannot_be_are_refused(self) -> None:
        """More errors than checks are a mistake of the caller."""
        with pytest.raises(ValueError, match="5 wrong of 4"):
            upper_bound(5, 4)


def test_so_many_checks_without_error_are_needed_and_no_fewer() -> None:
    """The number returned brings the bound to the limit; one less does not."""
    needed = checks_needed(0.005)

    assert (needed, upper_bound(0, needed) <= 0.005, upper_bound(0, needed - 1) <= 0.005) == (598, True, False)
