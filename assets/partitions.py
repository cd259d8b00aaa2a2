"""The partition sets of the assets.

Belongs here: ward × round and round, as static labels from the catalogue.
Stays out: choosing partitions for a run (`pipelines`).

Rounds are static labels and no time windows: a round is what its report says it is, and a late report belongs to it.

A unit that reports in no round, and a round in which no unit reports, are no keys: nothing can arrive for them, and
Dagster's page would count them as missing for ever. Units that ended keep the keys of the rounds they reported in.
"""

from __future__ import annotations

from typing import NamedTuple

import dagster as dg

from catalogue.duties import with_a_duty
from catalogue.rounds import known_rounds
from catalogue.wards import wards
from cchc.clock import now

WARDS, _LABELS = with_a_duty(wards(), known_rounds(until=now().year + 1))
"""Units and rounds as of when the process began; a calendar without a last year ends with next year."""
ROUNDS = dg.StaticPartitionsDefinition(_LABELS)
WARD_ROUNDS = dg.MultiPartitionsDefinition({"ward": dg.StaticPartitionsDefinition(WARDS), "round": ROUNDS})


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
    stretches: list[tuple[str, str]] = []
    last = -2
    for index in sorted({WARDS.index(ward) for ward in wards_wanted}):
        if index == last + 1:
            stretches[-1] = (stretches[-1][0], WARDS[index])
        else:
            stretches.append((WARDS[index], WARDS[index]))
        last = index
    return stretches


def stretch(first: str, last: str) -> list[str]:
    """Return the wards from first to last, in the order of the partition set."""
    return WARDS[WARDS.index(first) : WARDS.index(last) + 1]
