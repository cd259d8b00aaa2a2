"""How figures hang together: the only arithmetic of the domain.

Belongs here: `relations.yaml` as frozen values: sums, shares with every total, parts and wholes, flows over time.
Stays out: applying them to a reading (`parsers.figures`), to a report (`validation`) or to a round (`warehouse`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from catalogue.figures import OTHER, Figure, Terms, figure_definitions
from catalogue.model import Entry, load_model, named
from catalogue.source import shipped
from cchc.messages import translator

_ = translator("catalogue")

__all__ = ["Identity", "Ratio", "Relations", "Terms", "Way", "relations"]


class Way(Entry):
    """One reading of an identity: any of `total` + all of `plus` = all `parts` + any of `optional`.

    `silent` parts are often left unprinted where there are none. Figures `within` are counted inside a part; the way
    is tried only where they are printed. An `excuse` that fails proves nothing; where it holds, its total is what
    `read_as` names.
    """

    total: tuple[Figure, ...]
    parts: tuple[Figure, ...]
    optional: tuple[Figure, ...] = ()
    silent: tuple[Figure, ...] = ()
    within: tuple[Figure, ...] = ()
    plus: tuple[Figure, ...] = ()
    excuse: bool = False
    read_as: Figure | None = None

    @cached_property
    def figures(self) -> tuple[str, ...]:
        """Return every figure that the way binds, totals first."""
        return self.total + self.parts + self.optional + self.within + self.plus

    @cached_property
    def needed(self) -> tuple[str, ...]:
        """Return the parts that a report prints wherever it prints the total split up."""
        return tuple(part for part in self.parts if part not in self.silent)

    @property
    def plain(self) -> bool:
        """Return whether the way says no more than that parts make a total."""
        return not (self.excuse or self.plus or self.within)


class Identity(Entry):
    """A total and its parts, in every way a report may mean them; `weighed_only` where no report is held against it."""

    name: str
    ways: tuple[Way, ...]
    source: str
    weighed_only: bool = False


def _total(written: object) -> object:
    """Return a total written as "a", "a + b" or "a - b" in its words."""
    return tuple(written.split()) if isinstance(written, str) else written


Total = Annotated[tuple[str, ...], BeforeValidator(_total)]
_PAIR = 3
"""Words of a total that follows from two figures: a figure, a sign and a figure."""


class Ratio(Entry):
    """A percentage: alternatives for what it is a share of, and the totals it may be over (the usual one first).

    `rare` totals excuse a percentage and prove nothing. `open_total` marks a percentage whose usual total is seldom
    printed, `year_plan` one of a whole year's amount, `needs_first` one that is called wrong only where the first
    alternative is printed, `over_all` one that may pass 100, `own_base` one whose total is a figure of its own whatever
    it is called. Where `bare` is false a percentage behind the count may be another's.
    """

    figure: Figure
    of: tuple[Terms, ...]
    totals: tuple[Total, ...] = Field(alias="over")
    source: str
    rare: tuple[Figure, ...] = ()
    year_plan: bool = False
    needs_first: bool = False
    open_total: bool = False
    over_all: bool = False
    own_base: bool = False
    bare: bool = True

    @model_validator(mode="after")
    def _totals_are_figures(self) -> Ratio:
        """Refuse a total that is no figure, and no sum or difference of two."""
        for total in self.totals:
            figures = (total[0], total[2]) if len(total) == _PAIR and total[1] in "+-" else total
            if len(figures) > 2 or not figures_known(figures):
                text = _("'{total}' is no total; write a figure, or two with + or - between")
                raise ValueError(text.format(total=" ".join(total)))
        return self

    @cached_property
    def over(self) -> tuple[str, ...]:
        """Return the totals that are figures, the usual one first."""
        return tuple(total[0] for total in self.totals if len(total) == 1)

    @cached_property
    def common(self) -> tuple[str, ...]:
        """Return the totals that are figures and that many reports mean."""
        return tuple(total for total in self.over if total not in self.rare)

    @cached_property
    def derived(self) -> tuple[tuple[str, str, str], ...]:
        """Return further totals as (figure, "+" or "-", figure), which a report may leave unprinted."""
        return tuple((total[0], total[1], total[2]) for total in self.totals if len(total) == _PAIR)

    @cached_property
    def counts(self) -> tuple[str, ...]:
        """Return the figures that the percentage is a share of by themselves."""
        return tuple(terms[0] for terms in self.of if len(terms) == 1)


class Carried(Entry):
    """The figure carried over, and the one that was pending when the previous period closed."""

    figure: Figure
    pending: Figure


class Relations(Entry):
    """Everything `relations.yaml` says."""

    sums: Annotated[dict[str, Identity], BeforeValidator(named("name"))]
    shares: Annotated[dict[str, Ratio], BeforeValidator(named("figure"))]
    parts: dict[Figure, tuple[Terms, ...]]
    likely_parts: dict[Figure, tuple[Terms, ...]]
    cumulative: dict[Figure, Figure]
    carried: Carried
    prior_year: dict[Figure, Figure]
    amounts: dict[Figure, Figure]
    members: dict[Figure, Figure]
    totals: dict[str, Figure]
    groups: dict[str, frozenset[str]]

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """Return the sums that reports are held against, in the order of the file."""
        return tuple(identity for identity in self.sums.values() if not identity.weighed_only)

    @cached_property
    def splits(self) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """Return every total with the parts that are always printed with it, and further ones that may be."""
        plain = (way for identity in self.sums.values() for way in identity.ways if way.plain)
        return tuple((total, way.needed, (*way.silent, *way.optional)) for way in plain for total in way.total)

    @cached_property
    def ratios(self) -> tuple[Ratio, ...]:
        """Return the percentages whose sides are figures, in the order of the file."""
        whole = (r for r in self.shares.values() if r.of and r.totals)
        return tuple(r for r in whole if not any(t.startswith(OTHER) for terms in r.of for t in terms))

    @cached_property
    def bounded(self) -> frozenset[str]:
        """Return the percentages that cannot pass 100."""
        return frozenset(code for code, ratio in self.shares.items() if not ratio.over_all)

    @cached_property
    def share_of(self) -> Mapping[str, str]:
        """Return the percentage that a report prints right behind a count, or behind its sum of money.

        A count with several percentages (of the plan, of last year) is left out: the words must say which it is.
        """
        pairs = [(count, code) for code, ratio in self.shares.items() if ratio.bare for count in ratio.counts]
        times = Counter(count for count, _code in pairs)
        one = {count: code for count, code in pairs if times[count] == 1}
        return {**one, **{amount: one[count] for count, amount in self.amounts.items() if count in one}}

    @cached_property
    def wholes(self) -> Mapping[str, tuple[str, ...]]:
        """Return the single figures that a figure is a part of, the usual one first."""
        every = {**self.likely_parts, **self.parts}
        return {part: tuple(w[0] for w in wholes if len(w) == 1) for part, wholes in every.items()}

    @cached_property
    def bound(self) -> frozenset[str]:
        """Return every figure that some relation binds."""
        return frozenset(self._bound())

    def _bound(self) -> Iterator[str]:
        for identity in self.sums.values():
            yield from (figure for way in identity.ways for figure in way.figures)
        for code, ratio in self.shares.items():
            yield from (code, *ratio.over, *(t for terms in ratio.of for t in terms))
            yield from (figure for one, _sign, other in ratio.derived for figure in (one, other))
        for wholes in (self.parts, self.likely_parts):
            yield from (f for part, sums in wholes.items() for f in (part, *(t for terms in sums for t in terms)))
        for pairs in (self.cumulative, self.prior_year, self.amounts, self.members):
            yield from (*pairs, *pairs.values())
        yield from (self.carried.figure, self.carried.pending, *self.totals.values())


def figures_known(codes: tuple[str, ...]) -> bool:
    """Return whether all of these are codes of figures.yaml."""
    return all(code in figure_definitions() for code in codes)


@cache
def relations(path: Path | None = None) -> Relations:
    """Return the relations of `path`, the shipped `relations.yaml` by default.

    Raises:
        CatalogueError: a figure is unknown, or a section or key is missing or misshapen; file and line are named.
    """
    return load_model(path or shipped("relations.yaml"), Relations)
