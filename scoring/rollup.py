"""Totals of the district for one round.

Belongs here: figures summed, indicators as sum over sum (never the mean of percentages), each for all wards and for
each kind of unit apart, with the wards it covers and the comparison with other rounds. A figure that waits for a person
or is blocked is in no total.
Stays out: what a ward adds (`parts`), which rounds compare how (`compare`), points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalogue.rounds import parse_round
from scoring.compare import History, compare
from scoring.exact import exactly
from scoring.inputs import RoundFigures
from scoring.parts import Subject, parts_of, subjects, total_of
from scoring.values import RollupRow, Scope


@exactly
def rollup(figures: RoundFigures, history: Mapping[str, RoundFigures] | None = None) -> tuple[RollupRow, ...]:
    """Return every total of a round: by scope, figures before indicators, in the order of the catalogue.

    `history` maps round labels to earlier rounds (`compare.rounds_needed` says which are of use); a comparison with a
    round it does not hold is None. A subject that no ward supplies has a row with coverage 0.
    """
    known: dict[str, RoundFigures] = {**(history or {}), figures.round: figures}
    parts = {label: parts_of(round_figures) for label, round_figures in known.items()}
    return tuple(row for scope in figures.scopes for row in _scope_rows(figures, parts, scope))


def _scope_rows(figures: RoundFigures, parts: History, scope: Scope) -> Iterator[RollupRow]:
    wards = [w.ward for w in figures.wards if scope in ("all", w.kind)]
    for subject in subjects():
        yield _row(figures, parts, scope, subject, wards)


def _row(figures: RoundFigures, parts: History, scope: Scope, subject: Subject, wards: list[str]) -> RollupRow:
    current = parse_round(figures.round)
    supplied = parts[figures.round][subject.code]
    covered = [ward for ward in wards if ward in supplied]
    value, numerator, denominator = total_of([supplied[ward] for ward in covered], subject.measure)
    return RollupRow(
        round=figures.round,
        scope=scope,
        code=subject.code,
        measure=subject.measure,
        unit=subject.unit,
        value=value,
        numerator=numerator,
        denominator=denominator,
        wards=tuple(covered),
        expected=len(wards),
        marked=sum(supplied[ward].marked for ward in covered),
        previous=compare(subject, current, current.previous(), parts, wards),
        last_year=compare(subject, current, current.same_last_year(), parts, wards),
    )
