"""Partitions: their keys, and the stretches a run may name."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assets.partitions import ROUNDS, WARD_ROUNDS, WardRound, contiguous
from catalogue.wards import wards

ORDER = list(wards())


def test_every_ward_meets_every_round() -> None:
    """The partition set is the product of wards and rounds, spelled as WardRound spells it."""
    keys = {str(key) for key in WARD_ROUNDS.get_partition_keys()}

    assert keys == {WardRound(ward, label).key for ward in ORDER for label in ROUNDS.get_partition_keys()}


@given(st.sets(st.sampled_from(ORDER)))
def test_stretches_hold_exactly_the_wards_meant(chosen: set[str]) -> None:
    """No stretch touches a ward that was not meant, none is forgotten, and neighbours are joined."""
    stretches = contiguous(sorted(chosen))

    covered = [ORDER[i] for a, b in stretches for i in range(ORDER.index(a), ORDER.index(b) + 1)]
    assert sorted(covered) == sorted(chosen)
    assert len(covered) == len(set(covered))
    ends = [(ORDER.index(a), ORDER.index(b)) for a, b in stretches]
    assert all(after[0] - before[1] > 1 for before, after in pairwise(ends))
