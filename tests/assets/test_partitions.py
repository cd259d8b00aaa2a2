"""Partitions: their keys, and the stretches a run may name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from assets.partitions import ROUNDS, WARD_ROUNDS, WARDS, WardRound, contiguous
from catalogue.duties import with_a_duty
from catalogue.rounds import parse_round
from catalogue.wards import wards

ORDER = WARDS


def test_every_ward_meets_every_round() -> None:
    """The partition set is the product of wards and rounds, spelled as WardRound spells it."""
    keys = {str(key) for key in WARD_ROUNDS.get_partition_keys()}

    assert keys == {WardRound(ward, label).key for ward in ORDER for label in ROUNDS.get_partition_keys()}


def test_only_units_and_rounds_with_a_duty_are_keys() -> None:
    """A unit that ended before the first round, or lived between two, is none; nor is a round after the last unit."""
    unit = wards()["pho-minh"]
    units = {
        "before": replace(unit, valid_from=date(2018, 1, 1), valid_to=date(2022, 12, 31)),
        "ended": replace(unit, valid_to=date(2024, 6, 30)),
        "between": replace(unit, valid_from=date(2024, 7, 1), valid_to=date(2024, 8, 1)),
        "new": replace(unit, valid_from=date(2024, 7, 1)),
    }
    rounds = [parse_round(label) for label in ("2024-Q2", "2024-Q3", "2025-Q2", "2025-Q3")]

    assert with_a_duty(units, rounds) == (["ended", "new"], ["2024-Q2", "2024-Q3", "2025-Q2"])


def test_the_offices_units_keep_their_past_rounds_and_no_later_ones() -> None:
    """The town's units ended on 30/06/2025: they stay keys of the rounds before, and no later round is one."""
    labels = ROUNDS.get_partition_keys()

    assert (list(wards()), labels[0], labels[-1]) == (WARDS, "2022-Q1", "2025-Q2")


@given(st.sets(st.sampled_from(ORDER)))
def test_stretches_hold_exactly_the_wards_meant(chosen: set[str]) -> None:
    """No stretch touches a ward that was not meant, none is forgotten, and neighbours are joined."""
    stretches = contiguous(sorted(chosen))

    covered = [ORDER[i] for a, b in stretches for i in range(ORDER.index(a), ORDER.index(b) + 1)]
    assert sorted(covered) == sorted(chosen)
    assert len(covered) == len(set(covered))
    ends = [(ORDER.index(a), ORDER.index(b)) for a, b in stretches]
    assert all(after[0] - before[1] > 1 for before, after in pairwise(ends))
