"""Which of several printings of a figure stands for it: the one place in which a report's primary printings are chosen.

Belongs here: the rule of choosing, and marking what was chosen.
Stays out: what a printing is worth. The grammar asks with its confidence (`parsers.figures.results`), the stacked
reader with how likely the number is the figure (`parsers.learned.decide`), the judge with the probability of the whole
report (`parsers.judge.choice`), each with the difference that it takes for none.

The rule is the same for all three: of the well-formed printings that are worth about as much as the best, the first. A
report states its figures before it comes back to them; a number that is none as printed stands for a figure only where
nothing else does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from parsers.reading import Printing


def standing(printings: Sequence[Printing], worth: Sequence[float], about_as_much: float = 0.0) -> int:
    """Return the place of the printing of one figure that stands for it; there must be one at least.

    `worth` is what each is worth, in any unit; within `about_as_much` of the best the order of the report decides.
    """
    good = [i for i, p in enumerate(printings) if not p.malformed] or range(len(printings))
    best = max(worth[i] for i in good)
    return next(i for i in good if worth[i] >= best - about_as_much)


def with_primaries(
    printings: Sequence[Printing], worth: Sequence[float], about_as_much: float = 0.0
) -> tuple[Printing, ...]:
    """Return the printings of a report, in reading order, with one of each figure primary."""
    by_figure: dict[str, list[int]] = defaultdict(list)
    for index, printing in enumerate(printings):
        by_figure[printing.figure].append(index)
    chosen = {
        figure: places[standing([printings[i] for i in places], [worth[i] for i in places], about_as_much)]
        for figure, places in by_figure.items()
    }
    return marked(printings, chosen)


def marked(printings: Sequence[Printing], chosen: Mapping[str, int]) -> tuple[Printing, ...]:
    """Return the printings, those of the figures in `chosen` primary at the place it gives, the others as they were."""
    return tuple(
        p if p.figure not in chosen or p.primary == (chosen[p.figure] == i) else replace(p, primary=not p.primary)
        for i, p in enumerate(printings)
    )
