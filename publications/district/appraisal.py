"""Praise and blame by ward, and the comparison with the round before.

Belongs here: which wards did well or badly in reporting and why, which places moved; each line names its ground.
Stays out: the ranking itself (`counting`), causes and tasks (`tasks`), layout (the package).
"""

from __future__ import annotations

from collections.abc import Iterator

from catalogue.paper import Wording
from publications import words
from publications.content import RoundContent
from scoring.values import Gap, RankRow, State

_CONTRADICTORY = frozenset({Gap.BLOCKED, Gap.CONTRADICTORY})


def appraisal_paragraphs(content: RoundContent, wording: Wording) -> list[str]:
    """Return who is praised, who is blamed, each with the ground, and how places moved since the round before."""
    say = wording.phrases
    praised = [_entry(content, wording, row.ward, _merits(content, wording, row)) for row in content.ranking]
    blamed = [_entry(content, wording, row.ward, _faults(content, wording, row.ward)) for row in content.ranking]
    lines = [
        _listed(say["praise"], praised) or say["no_praise"],
        _listed(say["blame"], blamed),
        *_compared(content, wording),
    ]
    return [line for line in lines if line]


def _compared(content: RoundContent, wording: Wording) -> list[str]:
    """Return how places moved since the round before, or that none did, or that none is known."""
    if all(row.previous_rank is None for row in content.ranking):
        return [wording.phrases["no_previous"]]
    moved = [_moved(content, wording, up=up) for up in (True, False)]
    return moved if any(moved) else [wording.phrases["unmoved"]]


def _entry(content: RoundContent, wording: Wording, ward: str, grounds: list[str]) -> str:
    if not grounds:
        return ""
    return wording.phrases["because"].format(ward=content.name(ward), reason=", ".join(grounds))


def _merits(content: RoundContent, wording: Wording, row: RankRow) -> list[str]:
    """Return the grounds to praise a ward: only one that reported in time, in full and without a fault has any."""
    if row.rank is None or _faults(content, wording, row.ward) or row.provisional:
        return []
    merits = [wording.phrases["in_time_and_full"]]
    if row.rank_in_kind == 1 and sum(other.kind == row.kind for other in content.ranking) > 1:
        merits.append(wording.phrases["first_of_kind"].format(kind=row.kind))
    return merits


def _faults(content: RoundContent, wording: Wording, ward: str) -> list[str]:
    return list(_each_fault(content, wording, ward))


def _each_fault(content: RoundContent, wording: Wording, ward: str) -> Iterator[str]:
    say, entry, score = wording.phrases, content.ledger_by_ward.get(ward), content.score_by_ward.get(ward)
    if entry is None or entry.arrival == "missing":
        yield say["sent_nothing"]
        return
    if entry.arrival == "late":
        yield say["sent_late"].format(days=entry.days_late)
    gaps = [criterion.gap for criterion in (score.criteria if score else ()) if criterion.state is State.ZERO]
    for phrase, count in (
        ("not_printed", gaps.count(Gap.NOT_PRINTED)),
        ("contradictory", sum(gap in _CONTRADICTORY for gap in gaps)),
        ("dropped", gaps.count(Gap.DROPPED)),
    ):
        if count:
            yield say[phrase].format(count=count)


def _moved(content: RoundContent, wording: Wording, *, up: bool) -> str:
    moved = [row for row in content.ranking if row.change and (row.change > 0) == up]
    items = [
        wording.phrases["move"].format(
            ward=content.name(row.ward), before=row.previous_rank, now=row.rank, places=abs(row.change or 0)
        )
        for row in sorted(moved, key=lambda row: -abs(row.change or 0))
    ]
    return _listed(wording.phrases["moved_up" if up else "moved_down"], items)


def _listed(phrase: str, items: list[str]) -> str:
    """Return a phrase with its wards, nothing where there are none."""
    listed = "; ".join(item for item in items if item)
    return phrase.format(wards=words.capital(listed)) if listed else ""
