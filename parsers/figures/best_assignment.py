"""The best choice for all numbers of a bracket group at once.

Belongs here: the path through the candidates of neighbouring numbers that is worth most, where no phrase names two
numbers, an order once taken is kept, and an objection falls away when the neighbour claims the phrase.
Stays out: where candidates come from (`propose`, `money`, `choose`).
"""

from __future__ import annotations

import math
from dataclasses import replace

from parsers.figures.candidate import Candidate
from parsers.figures.clauses import Group

# Weights by hand on the marked reports (docs/reading.md); the last is worse than any choice.
ENOUGH = 0.42
FOLLOWS, PARTS = "share", "part"
SAME_TWICE, ORDER_CHANGES = 0.6, 0.96
_FORBIDDEN = -99.0


def best_path(group: Group, lists: list[list[Candidate]]) -> list[Candidate | None]:
    """Return for every number its candidate on the best path through all, settled, None where it is none."""
    columns: list[list[Candidate | None]] = [[None, *candidates] for candidates in lists]
    worth = [[_own(o, group, i) for o in column] for i, column in enumerate(columns)]
    best = [worth[0]]
    came: list[list[int]] = [[-1] * len(columns[0])]
    for i in range(1, len(columns)):
        row, back = [], []
        for j, candidate in enumerate(columns[i]):
            scores = [
                best[i - 1][k] + _pair(columns[i - 1][k], candidate, group, i) for k in range(len(columns[i - 1]))
            ]
            k = max(range(len(scores)), key=scores.__getitem__)
            row.append(scores[k] + worth[i][j])
            back.append(k)
        best.append(row)
        came.append(back)
    place = max(range(len(best[-1])), key=best[-1].__getitem__)
    path = [0] * len(columns)
    for i in range(len(columns) - 1, -1, -1):
        path[i] = place
        place = came[i][place]
    return _scored(columns, path)


def _own(candidate: Candidate | None, group: Group, index: int) -> float:
    """Return what a candidate is worth by itself, objections that no neighbour could claim counted in."""
    if candidate is None:
        return 0.0
    begin = group.mentions[index - 1].end if index else math.inf
    end = group.mentions[index + 1].start if index + 1 < len(group.mentions) else -math.inf
    here = group.mentions[index].start
    alone = sum(
        math.log(o.keeps) for o in candidate.objections if not (begin <= o.place < here or here <= o.place < end)
    )
    return math.log(max(candidate.score, 1e-6) / ENOUGH) + alone


def _pair(before: Candidate | None, candidate: Candidate | None, group: Group, index: int) -> float:
    """Return what two neighbours are worth together: objections not claimed by the other, doubles, order."""
    cost = 0.0
    begin, end = group.mentions[index - 1].end, group.mentions[index].start
    if candidate is not None:
        if candidate.base is not None and candidate.side == "S" and (before is None or before.figure != candidate.base):
            return _FORBIDDEN
        cost += sum(
            math.log(o.keeps) for o in candidate.objections if begin <= o.place < end and not _claims(before, o.place)
        )
    if before is not None:
        cost += sum(
            math.log(o.keeps) for o in before.objections if begin <= o.place < end and not _claims(candidate, o.place)
        )
    if candidate is not None and before is not None:
        if candidate.claims & before.claims:
            return _FORBIDDEN
        if (
            candidate.figure == before.figure
            and not candidate.repeats
            and candidate.rule != FOLLOWS
            and group.mentions[index].value != group.mentions[index - 1].value
        ):
            cost += math.log(SAME_TWICE)
        if {candidate.side, before.side} == {"L", "R"}:
            cost += math.log(ORDER_CHANGES)
    return cost


def _claims(candidate: Candidate | None, place: int) -> bool:
    return candidate is not None and place in candidate.claims


def _alone(candidate: Candidate) -> float:
    """Return the score of a candidate with all its objections."""
    return candidate.score * math.prod(o.keeps for o in candidate.objections)


def _scored(columns: list[list[Candidate | None]], path: list[int]) -> list[Candidate | None]:
    """Return the candidates of a path with their scores after objections, and the best other figure's."""
    picked = [column[place] for column, place in zip(columns, path, strict=True)]
    out: list[Candidate | None] = []
    for i, candidate in enumerate(picked):
        if candidate is None:
            out.append(None)
            continue
        around = [picked[i - 1] if i else None, picked[i + 1] if i + 1 < len(picked) else None]
        score = candidate.score
        for o in candidate.objections:
            if not any(_claims(other, o.place) for other in around):
                score *= o.keeps
        rival = max((_alone(o) for o in columns[i] if o is not None and o.figure != candidate.figure), default=0.0)
        out.append(replace(candidate, settled=score, rival=rival) if score >= ENOUGH else None)
    return out
