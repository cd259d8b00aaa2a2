"""Relations: what must hold between the figures of one report.

Belongs here: identities (a total and its parts) judged over every admissible reading of them.
Stays out: percentages (`percentages`), findings and their wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain, combinations, product

from catalogue.relations import Identity, Way
from catalogue.rules import MissingSide
from validation.spans import Span, total

Spans = Callable[[str], tuple[Span, ...]]
"""What a figure may be; empty where the report does not print it."""


@dataclass(frozen=True)
class Breach:
    """An identity that no admissible reading saves.

    `total` and `parts` are the figures of that way that the report prints; `gap` is total minus parts.
    """

    identity: Identity
    total: str
    parts: tuple[str, ...]
    gap: Decimal
    complete: bool

    @property
    def figures(self) -> tuple[str, ...]:
        """Return the figures concerned, the total first."""
        return (self.total, *self.parts)


def breach_of(identity: Identity, spans: Spans, missing: MissingSide = "at_most") -> Breach | None:
    """Return how an identity is broken, None where it holds or where too little is printed to tell.

    The breach is that of the way and the choice of parts that come nearest, one whose parts are all printed before
    others. With `missing` "skip" a total is never held against parts of which some are not printed.
    """
    found: list[Breach] = []
    for way in identity.ways:
        trials = [trial for trial in _trials(way, spans) if trial.complete or missing == "at_most"]
        if any(trial.holds for trial in trials if trial.complete):
            return None
        if way.excuse:
            continue
        found += [_breach(identity, trial) for trial in trials if not trial.holds]
    return min(found, key=lambda breach: (not breach.complete, abs(breach.gap)), default=None)


def holds_with(identity: Identity, spans: Spans, figure: str) -> bool:
    """Return whether the figure stands in a complete sum that holds and in which another number than 0 has a part."""
    trials = (t for way in identity.ways if not way.excuse for t in _trials(way, spans))
    return any(
        trial.complete
        and trial.holds
        and figure in (trial.total, *trial.parts)
        and sum(spans(f)[0].high != 0 for f in (trial.total, *trial.parts)) > 1
        for trial in trials
    )


def lacking(identity: Identity, spans: Spans) -> Iterator[tuple[str, Way, Span]]:
    """Return what an identity says of the one figure of a way that is not printed: figure, way, and what it must be."""
    for way in identity.ways:
        for whole in () if way.excuse or way.plus or way.within else way.total:
            figures = (whole, *way.parts)
            absent = [figure for figure in figures if not spans(figure)]
            if len(absent) == 1:
                known = {figure: spans(figure)[0] for figure in figures if figure != absent[0]}
                yield absent[0], way, _remainder(whole, known)


def _remainder(whole: str, known: Mapping[str, Span]) -> Span:
    """Return the total of known parts, or what a known total leaves beside them."""
    parts = total(span for figure, span in known.items() if figure != whole)
    if whole not in known:
        return parts
    return Span(known[whole].low - parts.high, known[whole].high - parts.low)


@dataclass(frozen=True)
class _Trial:
    """One total held against one choice of parts; an incomplete choice may stay under the total."""

    total: str
    parts: tuple[str, ...]
    whole: Span
    sum: Span
    complete: bool

    @property
    def holds(self) -> bool:
        if self.complete:
            return self.whole.meets(self.sum)
        return not self.sum.above(self.whole)


def _trials(way: Way, spans: Spans) -> Iterator[_Trial]:
    """Return every trial of a way; none where it lacks its total, two parts, or what it counts within or adds."""
    parts = tuple(part for part in way.parts if spans(part))
    complete = parts == way.parts
    needed = all(spans(figure) for figure in (*way.within, *way.plus))
    if not needed or (not complete and (len(parts) < 2 or way.plus)):
        return
    extras = _choices(way.optional, spans) if complete else [()]
    for figure, extra in product((t for t in way.total if spans(t)), extras):
        terms = parts + extra
        added = (spans(plus) for plus in way.plus)
        for chosen in product(spans(figure), *added, *(spans(term) for term in terms)):
            above, below = chosen[: 1 + len(way.plus)], chosen[1 + len(way.plus) :]
            yield _Trial(figure, terms, total(above), total(below), complete)


def _choices(optional: Sequence[str], spans: Spans) -> list[tuple[str, ...]]:
    printed = [figure for figure in optional if spans(figure)]
    sizes = range(len(printed), -1, -1)
    return list(chain.from_iterable(combinations(printed, size) for size in sizes))


def _breach(identity: Identity, trial: _Trial) -> Breach:
    return Breach(identity, trial.total, trial.parts, trial.whole.low - trial.sum.low, trial.complete)
