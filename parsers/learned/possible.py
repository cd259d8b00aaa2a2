"""What a number can be by the unit that stands over or beside it: an amount in "triệu đồng" is no share and no count.

Belongs here: the unit that a table states for a number, and an opinion without the figures of other units.
Stays out: what the number is worth (`worth`), and which figure of its unit it is (the models).

The models see units as one sign among many, and in a table whose amounts stand under "ĐVT: triệu đồng" they take a bare
"134,2" for a share. What cannot be is not unlikely: it is left out, and the rest keeps its proportions.
"""

from __future__ import annotations

import re
from typing import Literal

from catalogue.figures import Unit, figure_definitions
from catalogue.wordlists import either
from parsers.figures.units import announced_unit, unit_in
from parsers.learned.positions import Line, Spot
from parsers.learned.values import Guess, Opinion
from parsers.learned.worth import worth_of

Stated = Literal["vnd", "percent"]
"""What a table states of a number: dong or per cent."""
_BRACKET = re.compile(r"\(([^()]*)\)")
_SHARE = re.compile(rf"(?<!\w)(?:{either('share_words')})(?!\w)|%")
_SEVERAL = re.compile(r"[/;,]")


def possible(line: Line, spot: Spot, opinion: Opinion) -> Opinion:
    """Return an opinion without the figures that the number cannot be; unchanged where nothing else is left of it."""
    stated = stated_unit(line, spot)
    kept = [g for g in opinion.guesses if g.figure is None or _can_be(line, spot, g.figure, stated)]
    total = sum(g.p for g in kept)
    if len(kept) == len(opinion.guesses) or not total:
        return opinion
    return Opinion(tuple(Guess(g.figure, round(g.p / total, 6)) for g in kept))


def stated_unit(line: Line, spot: Spot) -> Stated | None:
    """Return the unit that a table states for a number without one of its own, nearest first; None where none."""
    if line.columns is None or spot.number is None:
        return None
    if line.unit:
        return _of_column(line.unit)
    near = [*line.columns[spot.column or 0].heads[::-1], *_BRACKET.findall(line.label)]
    for found in map(unit_in, near):
        if found is not None:
            return "vnd" if found.unit == "vnd" else "percent"
    over = unit_in(announced_unit(line.caption))
    is_share = any(_SHARE.search(text) for text in (line.label, *line.parents, *near))
    return "vnd" if over is not None and over.unit == "vnd" and not is_share else None


def _of_column(unit: str) -> Stated | None:
    """Return what the cell of a column of units states; nothing where it names several ("hồ sơ/%")."""
    found = unit_in(unit) if not _SEVERAL.search(unit) else None
    if found is None:
        return None
    return "vnd" if found.unit == "vnd" else "percent"


def _can_be(line: Line, spot: Spot, figure: str, stated: Stated | None) -> bool:
    unit: Unit = figure_definitions()[figure].unit
    if unit == "vnd":
        return stated in (None, "vnd") and not (spot.number is not None and spot.number.percent)
    if stated is not None and stated != unit:
        return False
    return worth_of(line, spot, unit) is not None
