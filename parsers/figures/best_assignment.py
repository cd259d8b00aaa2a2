"""The best choice for all numbers of a bracket group at once.

Belongs here: the path through the options of neighbouring numbers that is worth most, where no phrase names two
numbers, an order once taken is kept, and an objection falls away when the neighbour claims the phrase.
Stays out: where options come from (`candidates`, `money`, `choose`).
"""

from __future__ import annotations

import math

from parsers.figures.clauses import Group
from parsers.figures.options import Option

# Weights by hand on the marked reports (docs/reading.md); the last is worse than any choice.
ENOUGH = 0.42
FOLLOWS, PARTS = "share", "part"
SAME_TWICE, ORDER_CHANGES = 0.6, 0.96
_FORBIDDEN = -99.0


def best_path(group: Group, lists: list[list[Option]]) -> list[tuple[Option, float, float] | None]:
    """Return for every number its option on the best path through all, with its score and the best rival's."""
    columns: list[list[Option | None]] = [[None, *options] for options in lists]
    worth = [[_own(o, group, i) for o in column] for i, column in enumerate(columns)]
    best = [worth[0]]
    came: list[list[int]] = [[-1] * len(columns[0])]
    for i in range(1, len(columns)):
        row, back = [], []
        for j, option in enumerate(columns[i]):
            scores = [best[i - 1][k] + _pair(columns[i - 1][k], option, group, i) for k in range(len(columns[i - 1]))]
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


def _own(option: Option | None, group: Group, index: int) -> float:
    """Return what an option is worth by itself, objections that no neighbour could claim counted in."""
    if option is None:
        return 0.0
    begin = group.mentions[index - 1].end if index else math.inf
    end = group.mentions[index + 1].start if index + 1 < len(group.mentions) else -math.inf
    here = group.mentions[index].start
    alone = sum(math.log(o.keeps) for o in option.objections if not (begin <= o.place < here or here <= o.place < end))
    return math.log(max(option.score, 1e-6) / ENOUGH) + alone


def _pair(before: Option | None, option: Option | None, group: Group, index: int) -> float:
    """Return what two neighbouring options are worth together: objections not claimed by the other, doubles, order."""
    cost = 0.0
    begin, end = group.mentions[index - 1].end, group.mentions[index].start
    if option is not None:
        if option.base is not None and option.side == "S" and (before is None or before.figure != option.base):
            return _FORBIDDEN
        cost += sum(
            math.log(o.keeps) for o in option.objections if begin <= o.place < end and not _claims(before, o.place)
        )
    if before is not None:
        cost += sum(
            math.log(o.keeps) for o in before.objections if begin <= o.place < end and not _claims(option, o.place)
        )
    if option is not None and before is not None:
        if option.claims & before.claims:
            return _FORBIDDEN
        if (
            option.figure == before.figure
            and not option.repeats
            and option.rule != FOLLOWS
            and group.mentions[index].value != group.mentions[index - 1].value
        ):
            cost += math.log(SAME_TWICE)
        if {option.side, before.side} == {"L", "R"}:
            cost += math.log(ORDER_CHANGES)
    return cost


def _claims(option: Option | None, place: int) -> bool:
    return option is not None and place in option.claims


def _alone(option: Option) -> float:
    """Return the score of an option with all its objections."""
    return option.score * math.prod(o.keeps for o in option.objections)


def _scored(columns: list[list[Option | None]], path: list[int]) -> list[tuple[Option, float, float] | None]:
    """Return the options of a path with their scores after objections, and the best other figure's."""
    picked = [column[place] for column, place in zip(columns, path, strict=True)]
    out: list[tuple[Option, float, float] | None] = []
    for i, option in enumerate(picked):
        if option is None:
            out.append(None)
            continue
        around = [picked[i - 1] if i else None, picked[i + 1] if i + 1 < len(picked) else None]
        score = option.score
        for o in option.objections:
            if not any(_claims(other, o.place) for other in around):
                score *= o.keeps
        rival = max((_alone(o) for o in columns[i] if o is not None and o.figure != option.figure), default=0.0)
        out.append((option, score, rival) if score >= ENOUGH else None)
    return out
