"""No ward gains by hiding or spoiling: over every card that ships and cards that are drawn."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.figures import figure_definitions
from catalogue.scorecards import Scorecard, scorecards
from scoring.audit import hidden_gains, spoilt_ways
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.score import score as score_round
from scoring.score import score_ward

from .cases import SMALL_CARD, card_from
from .golden_round import made_round

CARDS = {card.name + "-" + card.version: card for card in scorecards()}
CODES = sorted(
    code for code, definition in figure_definitions().items() if definition.unit == "count" and "dossiers" in code
)


def no_gain(figures: RoundFigures, card: Scorecard) -> Iterator[str]:
    """Yield what a ward would gain in points or place by hiding or spoiling one figure; nothing where none does."""
    totals = {score.ward: score.total for score in score_round(figures, card) if score.total is not None}
    for unit in figures.wards:
        for index, figure in enumerate(unit.figures):
            if unit.ward not in totals or figure.figure not in card.figures:
                continue
            for way, changed in spoilt_ways(unit, index):
                now = score_ward(changed, figures, card).total
                ahead_before = sum(other > totals[unit.ward] for ward, other in totals.items() if ward != unit.ward)
                ahead_now = sum(other > (now or 0) for ward, other in totals.items() if ward != unit.ward)
                if now is not None and (now > totals[unit.ward] or ahead_now < ahead_before):
                    yield f"{unit.ward} {figure.figure} {way}: {totals[unit.ward]} → {now}"


@pytest.mark.parametrize("name", CARDS)
def test_shipped_cards(name: str) -> None:
    """Under every card that ships, for every ward and every figure of a round, no way of hiding gains anything."""
    card, figures = CARDS[name], made_round("2023-Q3")

    assert list(no_gain(figures, card)) == []
    assert hidden_gains(figures, card) == ()


PRINTED = ["satisfaction_pct", "dossiers_online_pct", "digitised_dossiers_pct"]
STATUS = st.sampled_from(["entered", "entered", "entered", "marked", "waiting", "blocked"])


@st.composite
def criteria(draw: st.DrawFn, code: str) -> tuple[str, dict[str, Any]]:
    """Return one drawn criterion of 20 points."""
    share = draw(st.booleans())
    ways: list[dict[str, Any]] = []
    for _place in range(draw(st.integers(1, 3))):
        if draw(st.booleans()):
            ways.append({"printed": draw(st.sampled_from(PRINTED))})
        else:
            parts = draw(st.lists(st.sampled_from(CODES[:6]), min_size=1, max_size=2, unique=True))
            ways.append({"sum": parts, "over": [draw(st.sampled_from(CODES[:6]))]})
    kinds: list[dict[str, Any]] = [
        {"kind": "proportional", "floor": 10, "target": 80},
        {"kind": "inverse", "full_at": 5, "zero_at": 70},
        {"kind": "bands", "bands": [{"from": 60, "points": 20}, {"below": 60, "points": 5}]},
        {"kind": "yes_no", "at_most": 40},
    ]
    zero = draw(st.sampled_from(["zero", "full", "ask"]))
    rule = draw(st.sampled_from(kinds))
    return code, {"title": {"vi": code, "en": code}, "points": 20, "share": share, "measure": ways,
                  "when_zero": zero, "group": draw(st.sampled_from(["a", "b"])), **rule}  # fmt: skip


@st.composite
def drawn_cards(draw: st.DrawFn) -> str:
    """Return the YAML of a drawn card of three criteria."""
    card = yaml.safe_load(SMALL_CARD)
    card |= {"total": 60, "criteria": dict(draw(criteria(f"c{n}")) for n in range(3))}
    return str(yaml.safe_dump(card, allow_unicode=True, sort_keys=False))


@st.composite
def drawn_wards(draw: st.DrawFn, slug: str) -> WardInput:
    """Return a ward with some figures, each in any state."""
    codes = draw(st.lists(st.sampled_from([*CODES[:6], *PRINTED]), min_size=1, max_size=6, unique=True))
    figures = tuple(FigureInput(code, Decimal(draw(st.integers(0, 120))), draw(STATUS)) for code in codes)
    return WardInput(slug, "phường", slug, figures, asked=draw(st.booleans()))


@cache
def folder() -> Path:
    """Return one folder for all drawn cards."""
    return Path(tempfile.mkdtemp())


@settings(max_examples=100, deadline=None)
@given(drawn_cards(), st.tuples(drawn_wards("a"), drawn_wards("b"), drawn_wards("c")))
def test_drawn_cards(text: str, wards: tuple[WardInput, ...]) -> None:
    """Under any card and whatever stands in the reports, hiding or spoiling a figure never raises points or place."""
    card = card_from(folder(), text)
    figures = RoundFigures("2023-Q3", made_round("2023-Q3").due, wards)

    assert list(no_gain(figures, card)) == []
