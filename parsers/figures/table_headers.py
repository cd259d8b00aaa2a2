"""Heads of several levels over one column: which phrase of them names what the cells count.

Belongs here: a group of dossiers (received, resolved, pending) over its parts or its total, as the phrases that remain.
Stays out: roles of columns that say of which period or plan they are (`table_columns`), shape (`table_grid`).

"Số hồ sơ đang giải quyết" over "Quá hạn" is one thing, dossiers that are open and late; read side by side the two heads
would name two.
"""

from __future__ import annotations

from dataclasses import dataclass

from catalogue.relations import relations
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.table_grid import Grid, head_levels
from parsers.text.lexicon import Hit

_NEUTRAL = frozenset({"dossier", "total", "procedure", "onestop", "outcome", "result_word", "p_this", "authority"})
_OWN = frozenset({"p_this"})


@dataclass(frozen=True)
class HeadWords:
    """The phrases that speak for a column, and the group that its cells are part of."""

    hits: tuple[Hit, ...]
    under: frozenset[str] = frozenset()


def head_words(grid: Grid, column: int, analyst: Analyst) -> HeadWords | None:
    """Return what heads of several levels say together, None where they are no group of dossiers and its part."""
    levels = [analyst.of(text) for text in head_levels(grid, column)]
    if len(levels) < 2:
        return None
    part = levels[-1]
    group = next((a for a in reversed(levels[:-1]) if _state(a)), None)
    state = _state(group) if group is not None else ""
    if group is None or not _is_plain_group(group):
        return None
    if _state(part) and _is_plain_group(part):
        own = tuple(h for h in part.hits if h.names & relations().groups.keys())
        return HeadWords(own) if len(own) == 1 else None
    hits = _part_hits(part, state)
    if not hits and _is_total(part):
        hits = tuple(h for h in group.hits if state in h.names)[:1]
    elif not hits and state == "received" and _is_of_period(part) and _has_carried(grid, column, analyst):
        hits = (Hit(0, len(part.text), frozenset({"received_new"}), frozenset(), part.levelled),)
    return HeadWords(hits, frozenset({state})) if hits else None


def _state(analysis: Analysis) -> str:
    """Return the first group of dossiers that a head names."""
    return next((name for hit in analysis.hits for name in relations().groups if name in hit.names), "")


def _is_plain_group(group: Analysis) -> bool:
    """Return whether a head names its group and nothing narrower: dossiers online or of one field are another group."""
    loose = _NEUTRAL | relations().groups.keys() | group.lexicon.labels.quiet
    return all(hit.names & loose for hit in group.hits)


def _part_hits(part: Analysis, state: str) -> tuple[Hit, ...]:
    """Return the phrases of a lower head that are parts of a group; late among those still open is a thing of its own.

    A lower head that says anything beside gives none.
    """
    hits = tuple(h for h in part.hits if h.names & relations().groups[state])
    others = [h for h in part.hits if h not in hits and not h.names & (_NEUTRAL | {state} | part.lexicon.labels.quiet)]
    if others or len(hits) > 1:
        return ()
    if state == "pending":
        return tuple(h._replace(names=frozenset({"pending_late"})) if "late" in h.names else h for h in hits)
    return hits


def _is_total(part: Analysis) -> bool:
    return bool(part.hits) and all(hit.names & {"total"} for hit in part.hits)


def _is_of_period(part: Analysis) -> bool:
    return bool(part.hits) and all(hit.names <= _OWN for hit in part.hits)


def _has_carried(grid: Grid, column: int, analyst: Analyst) -> bool:
    """Return whether a column beside, in the same group, holds what was carried over."""
    upper = head_levels(grid, column)[:-1]
    beside = (head_levels(grid, c) for c in range(len(grid.rows[0])) if c != column)
    return any("carried_over" in analyst.of(levels[-1]).names for levels in beside if levels and levels[:-1] == upper)
