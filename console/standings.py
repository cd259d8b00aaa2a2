"""The ranking as it stands now, computed once for what it follows from; and what it would be otherwise.

Belongs here: a small store by the fingerprint of the figures; the what-if, which is never stored.
Stays out: arithmetic (`scoring`), the results that are official (`warehouse.scores`).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard, scorecard_for
from scoring.inputs import FigureInput, RoundFigures
from scoring.simulate import SimulatedMove, simulate
from scoring.values import RoundResult
from warehouse.scores.basis import basis
from warehouse.scores.fetch import round_figures
from warehouse.scores.store import current_result

MOST = 12


class Standings:
    """Results of rounds as their figures stand."""

    def __init__(self, engine: Engine, card: str) -> None:
        self._engine = engine
        self._card = card
        self._kept: dict[str, RoundResult] = {}
        self._lock = threading.Lock()

    def card(self, label: str) -> Scorecard:
        """Return the scorecard in force for a round."""
        return scorecard_for(parse_round(label), self._card)

    def result(self, label: str) -> RoundResult:
        """Return the result of a round as its figures stand."""
        card = self.card(label)
        key = basis(self._engine, label, card)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = current_result(self._engine, label, card)
                for old in list(self._kept)[:-MOST]:
                    del self._kept[old]
            return self._kept[key]

    def what_if(
        self,
        label: str,
        *,
        ward: str = "",
        figure: str = "",
        value: Decimal | None = None,
        weights: Mapping[str, Decimal] | None = None,
        card: Scorecard | None = None,
    ) -> tuple[SimulatedMove, ...]:
        """Return each ward's place as it is and as it would be; nothing of it is kept."""
        before = self.card(label)
        after = with_weights(card or before, weights or {})
        figures = round_figures(self._engine, label, before)
        if not figure or value is None:
            return simulate(figures, before, after)
        now = {move.ward: move for move in simulate(figures, before, after)}
        changed = simulate(with_figure(figures, ward, figure, value), before, after)
        return tuple(
            replace(move, total_before=now[move.ward].total_before, rank_before=now[move.ward].rank_before)
            for move in changed
        )


def with_weights(card: Scorecard, weights: Mapping[str, Decimal]) -> Scorecard:
    """Return a card with other points for some criteria."""
    return replace(
        card,
        criteria=tuple(replace(c, points=weights.get(c.code, c.points)) for c in card.criteria),
    )


def with_figure(figures: RoundFigures, ward: str, code: str, value: Decimal) -> RoundFigures:
    """Return a round's figures with one of them set to another value."""
    changed = []
    for one in figures.wards:
        if one.ward == ward:
            rest = tuple(f for f in one.figures if f.figure != code)
            one = replace(one, figures=(*rest, FigureInput(code, value)), reported=True)
        changed.append(one)
    return replace(figures, wards=tuple(changed))
