"""The partition sets of the assets.

Belongs here: ward × round and round, as static labels from the catalogue.
Stays out: choosing partitions for a run (`pipelines`).

Rounds are static labels and no time windows: a round is what its report says it is, and a late report belongs to it.
"""

from __future__ import annotations

from typing import NamedTuple

import dagster as dg

from catalogue.rounds import known_rounds
from catalogue.wards import wards
from cchc.clock import now

ROUNDS = dg.StaticPartitionsDefinition([r.label for r in known_rounds(until=now().year + 1)])
"""In a calendar without a last year: those to the end of next year, as of when the process began."""
WARD_ROUNDS = dg.MultiPartitionsDefinition({"ward": dg.StaticPartitionsDefinition(list(wards())), "round": ROUNDS})


class WardRound(NamedTuple):
    """One partition of what a ward sends."""

    ward: str
    round: str

    @property
    def key(self) -> str:
        """Return the partition key as Dagster spells it."""
        return str(dg.MultiPartitionKey({"ward": self.ward, "round": self.round}))


def ward_rounds(context: dg.AssetExecutionContext) -> list[WardRound]:
    """Return the partitions of a run, in the order of the partition set."""
    keys = [WARD_ROUNDS.get_partition_key_from_str(str(key)) for key in context.partition_keys]
    return [WardRound(key.keys_by_dimension["ward"], key.keys_by_dimension["round"]) for key in keys]


def contiguous(wards_wanted: list[str]) -> list[tuple[str, str]]:
    """Return first and last ward of each unbroken stretch, in the order of the partition set.

    A run names its partitions as a range; a stretch holds only wards that are meant, so that no other is touched.
    """
    order = list(wards())
    stretches: list[tuple[str, str]] = []
    last = -2
    for index in sorted({order.index(ward) for ward in wards_wanted}):
        if index == last + 1:
            stretches[-1] = (stretches[-1][0], order[index])
        else:
            stretches.append((order[index], order[index]))
        last = index
    return stretches
