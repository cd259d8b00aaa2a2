"""The terms of a verdict: what is known of one printing beside its figure, each as a number.

Belongs here: the terms and their names, from the views of the readers and from the report's other printings.
Stays out: what the terms weigh (`model`), and what follows from the sum (`verdict`).

Every term is between about -10 and 10, so that the fitted weights can be compared.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from catalogue.figures import figure_definitions
from parsers.document import Document
from parsers.figures.printed_arithmetic import Evidence, weigh_evidence
from parsers.judge.nearby import Nearby, nearby_of
from parsers.learned.values import Views
from parsers.reading import AccountKind, Printing
from parsers.text.spelling import level as spelled

LEAST_P = 0.0005
"""Probabilities are held between this and its complement before their log-odds are taken."""
CROWD = 12
"""Numbers in one sentence from which more of them say nothing more."""
_TOTAL = re.compile(r"(?<!\w)(?:tổng|cộng|tổng số|tổng cộng|toàn xã|toàn phường)(?!\w)")
_NAMED_OTHERS = frozenset(
    {
        AccountKind.OTHER_LEVEL.value,
        AccountKind.PRIOR_PERIOD.value,
        AccountKind.CHANGE.value,
        AccountKind.TARGET.value,
        AccountKind.SUB_ITEM.value,
        AccountKind.COMPLAINT.value,
    }
)


def log_odds(p: float) -> float:
    """Return ln(p / (1 - p)), bounded."""
    held = min(1 - LEAST_P, max(LEAST_P, p))
    return math.log(held / (1 - held))


@dataclass(frozen=True)
class Surroundings:
    """All printings of one report, for what they say of each other."""

    printings: tuple[Printing, ...]
    document: Document

    @cached_property
    def evidence(self) -> Evidence:
        """Return what printed arithmetic says of the primary printings."""
        primaries = {p.figure: p for p in self.printings if p.primary}
        return weigh_evidence(primaries, {code: p.named for code, p in primaries.items()})

    @cached_property
    def by_figure(self) -> Mapping[str, Sequence[Printing]]:
        """Return the printings of each figure, in reading order."""
        found: dict[str, list[Printing]] = defaultdict(list)
        for printing in self.printings:
            found[printing.figure].append(printing)
        return found

    @cached_property
    def in_sentence(self) -> Mapping[tuple[int, int | None, int | None, int], int]:
        """Return how many figures stand in each sentence."""
        counted: dict[tuple[int, int | None, int | None, int], int] = defaultdict(int)
        for printing in self.printings:
            counted[_sentence(printing)] += 1
        return counted

    def near(self, printing: Printing) -> Nearby:
        """Return what words stand near a printing."""
        return nearby_of(printing, self.document)

    def elsewhere(self, printing: Printing) -> Iterable[Printing]:
        """Yield the other printings of the same figure."""
        return (p for p in self.by_figure[printing.figure] if p.place != printing.place)


Term = Callable[[Printing, Views, Surroundings], float]


def _independent(printing: Printing, views: Views, _around: Surroundings) -> float:
    return log_odds(views.independent.p_of(printing.figure))


def _grammar_same(printing: Printing, views: Views, _around: Surroundings) -> float:
    return float(views.grammar.figure == printing.figure)


def _grammar_confidence(printing: Printing, views: Views, _around: Surroundings) -> float:
    return views.grammar.confidence if views.grammar.figure == printing.figure else 0.0


def _grammar_other_figure(printing: Printing, views: Views, _around: Surroundings) -> float:
    return float(views.grammar.figure not in (None, printing.figure))


def _grammar_named_other(_printing: Printing, views: Views, _around: Surroundings) -> float:
    return float(views.grammar.figure is None and views.grammar.kind in _NAMED_OTHERS)


def _all_agree(printing: Printing, views: Views, _around: Surroundings) -> float:
    return float(views.agreed and views.figure == printing.figure)


def _supported(printing: Printing, _views: Views, around: Surroundings) -> float:
    return float(printing.primary and printing.figure in around.evidence.supported)


def _against(printing: Printing, _views: Views, around: Surroundings) -> float:
    return float(printing.primary and printing.figure in around.evidence.against)


def _again_alike(printing: Printing, _views: Views, around: Surroundings) -> float:
    return float(any(p.value == printing.value for p in around.elsewhere(printing)))


def _again_otherwise(printing: Printing, _views: Views, around: Surroundings) -> float:
    return float(any(p.value != printing.value for p in around.elsewhere(printing)))


def _rival(printing: Printing, _views: Views, around: Surroundings) -> float:
    """Return the log-odds of the likeliest other value of the figure, the least where there is none."""
    return log_odds(max((p.named for p in around.elsewhere(printing) if p.value != printing.value), default=0.0))


def _voice(place: int) -> Term:
    """Return the term of one of the opinions that were mixed, 0 where there is no network."""

    def term(printing: Printing, views: Views, _around: Surroundings) -> float:
        return log_odds(views.voices[place].p_of(printing.figure)) if views.voices else 0.0

    return term


def _weakest(printing: Printing, views: Views, _around: Surroundings) -> float:
    """Return the log-odds of the learned reader that believes least in the figure."""
    return log_odds(min(said.p_of(printing.figure) for said in (views.independent, *views.voices)))


def _near(says: Callable[[Nearby], bool], *bases: str) -> Term:
    """Return the term of words near a number, of figures of some bases only where any are named."""

    def term(printing: Printing, _views: Views, around: Surroundings) -> float:
        if bases and figure_definitions()[printing.figure].basis not in bases:
            return 0.0
        return float(says(around.near(printing)))

    return term


def _unit(unit: str) -> Term:
    return lambda printing, _views, _around: float(figure_definitions()[printing.figure].unit == unit)


_TERMS: Mapping[str, Term] = {
    "stacked": lambda p, v, _: log_odds(v.stacked.p_of(p.figure)),
    "stacked_margin": lambda _p, v, _: v.stacked.margin,
    "independent": _independent,
    "independent_same": lambda p, v, _: float(v.independent.figure == p.figure),
    "independent_none": lambda _p, v, _: float(v.independent.figure is None),
    "weakest": _weakest,
    "sequence": _voice(0),
    "network": _voice(1),
    "sequence_stacked": _voice(2),
    "network_stacked": _voice(3),
    "grammar_same": _grammar_same,
    "grammar_confidence": _grammar_confidence,
    "grammar_other_figure": _grammar_other_figure,
    "grammar_named_other": _grammar_named_other,
    "all_agree": _all_agree,
    "supported": _supported,
    "against": _against,
    "again_alike": _again_alike,
    "again_otherwise": _again_otherwise,
    "rival": _rival,
    "in_table": lambda p, _v, _: float(p.place.row is not None),
    "in_words": lambda p, _v, _: float(p.in_words),
    "zero": lambda p, _v, _: float(p.value == 0),
    "parts": lambda p, _v, _: float(bool(p.components)),
    "percent": _unit("percent"),
    "money": _unit("vnd"),
    "small": lambda p, _v, _: float(0 < abs(p.value) < Decimal(10)),
    "other_nearest": _near(lambda n: n.other_nearest),
    "own_nearest": _near(lambda n: n.own_nearest),
    "other_in_sentence": _near(lambda n: n.other_in_sentence),
    "ytd_beside_period": _near(lambda n: n.ytd, "period"),
    "ytd_beside_ytd": _near(lambda n: n.ytd, "ytd"),
    "past": _near(lambda n: n.past, "period", "point", "ytd", "year"),
    "past_beside_ratio": _near(lambda n: n.past, "ratio"),
    "past_beside_prior": _near(lambda n: n.past, "prior"),
    "planned": _near(lambda n: n.planned, "period", "point", "ytd", "prior"),
    "planned_beside_ratio": _near(lambda n: n.planned, "ratio"),
    "planned_beside_year": _near(lambda n: n.planned, "year"),
    "part": _near(lambda n: n.part),
    "table_total": lambda p, _v, _: float(p.place.row is not None and bool(_TOTAL.search(spelled(p.sentence)))),
    "crowd": lambda p, _v, around: min(CROWD, around.in_sentence[_sentence(p)]) / CROWD,
}
NAMES: tuple[str, ...] = tuple(_TERMS)
"""The terms in the order of the model's weights."""


def terms_of(printing: Printing, around: Surroundings) -> tuple[float, ...]:
    """Return the value of every term for a printing that the learned readers saw.

    Raises:
        ValueError: the printing bears no views.
    """
    if printing.views is None:
        raise ValueError(f"{printing.figure} at {printing.place}: no reader's view is kept; read the report again")
    return tuple(term(printing, printing.views, around) for term in _TERMS.values())


def _sentence(printing: Printing) -> tuple[int, int | None, int | None, int]:
    place = printing.sentence_place
    return place.block, place.row, place.column, place.start
