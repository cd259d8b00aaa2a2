"""What another card would change."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.scorecards import Scorecard, load_scorecard, scorecards
from scoring.card_phrases import value_text
from scoring.inputs import Waiver
from scoring.simulate import CardChange, diff, simulate

from .cases import SMALL_CARD, card_from, round_of, shares, ward

HEAVIER = (
    SMALL_CARD.replace("points: 60", "points: 20")
    .replace("points: 40", "points: 80")
    .replace('version: "1"', 'version: "2"')
)


def test_same_card_no_change(tmp_path: Path) -> None:
    """A card against itself differs in nothing and moves nobody."""
    card = card_from(tmp_path)
    moves = simulate(round_of(shares("a", 90, 40)), card, card)

    assert diff(card, card) == ()
    assert [(m.rank_before, m.rank_after, m.gained) for m in moves] == [(1, 1, ())]


def test_diff_names_every_field(tmp_path: Path) -> None:
    """Weights, rules, dates and criteria that come and go are each told once."""
    before = card_from(tmp_path)
    after = card_from(
        tmp_path,
        HEAVIER.replace("2023-01-01", "2024-01-01")
        .replace("  online:\n", "  share:\n")
        .replace("floor: 50", "floor: 60"),
    )

    changes = diff(before, after)

    assert [(c.kind, c.criterion, c.field) for c in changes] == [
        ("changed", None, "version"),
        ("changed", None, "valid_from"),
        ("changed", "on_time", "points"),
        ("changed", "on_time", "rule"),
        ("removed", "online", "points"),
        ("added", "share", "points"),
    ]
    assert changes[1] == CardChange("changed", None, "valid_from", date(2023, 1, 1), date(2024, 1, 1))
    assert (changes[2].before, changes[2].after, changes[-1].after) == (60, 20, 80)


@pytest.mark.parametrize("card", scorecards(), ids=lambda card: card.name)
def test_every_value_has_words(card: Scorecard) -> None:
    """Whatever a card holds is told in words: no Python shows through."""
    told = [value_text(getattr(c, f.name)) for c in (card, *card.criteria) for f in fields(c) if f.name != "criteria"]

    assert not [text for text in told if "Decimal" in text or "None" in text or "=" in text]


def test_words_of_rules() -> None:
    """Rules, classes and measures read as they are meant."""
    card = load_scorecard()
    plan, satisfaction = card.criterion("plan_completion"), card.criterion("satisfaction")
    assert plan is not None and satisfaction is not None

    assert value_text(plan.rule) == "0…25; 0…50; 0…75; 0…100"
    assert value_text(satisfaction.rule) == "≥ 95: 10; ≥ 90, < 95: 8; ≥ 80, < 90: 5; < 80: 0"
    assert value_text(plan.measures) == "plan_tasks_completed / plan_tasks_total; plan_completion_pct"
    assert value_text(card.grades).startswith("Xuất sắc ≥ 90; Tốt ≥ 80")
    assert value_text(card.valid_to) == "–"


def test_simulate_whole_rows(tmp_path: Path) -> None:
    """Each ward under both cards, and the criteria that carry the difference."""
    before, after = card_from(tmp_path), card_from(tmp_path, HEAVIER)
    figures = round_of(shares("a", 100, 20), shares("b", 75, 80), ward("c", reported=False, received=None))

    moves = simulate(figures, before, after)

    assert [(m.ward, m.total_before, m.total_after, m.rank_before, m.rank_after) for m in moves] == [
        ("b", 70, 90, 1, 1),
        ("a", 70, 40, 1, 2),
        ("c", None, None, None, None),
    ]
    assert dict(moves[0].gained) == {"online": Decimal(40), "on_time": Decimal(-20)}


def test_no_place_no_total(tmp_path: Path) -> None:
    """A ward that one card gives no place has no total there to compare."""
    before = card_from(tmp_path)
    only = before.criteria[0]
    after = replace(before, criteria=(replace(only, code="timely", points=Decimal(100)),), total=Decimal(100))
    unit = shares(
        "a", 100, 80, waivers=(Waiver("a", "on_time", "Lê Thị A", "–"), Waiver("a", "online", "Lê Thị A", "–"))
    )

    (move,) = simulate(round_of(unit), before, after)

    assert (move.rank_before, move.total_before, move.grade_before) == (None, None, None)
    assert (move.rank_after, move.total_after, move.grade_after) == (1, 100, "Tốt")


def test_criteria_of_one_card_only(tmp_path: Path) -> None:
    """A criterion that one card lacks adds nothing under that card."""
    before = card_from(tmp_path)
    after = card_from(tmp_path, SMALL_CARD.replace("  online:\n", "  share:\n"))

    (move,) = simulate(round_of(shares("a", 100, 80)), before, after)

    assert sorted(move.gained) == [("online", Decimal(-40)), ("share", Decimal(40))]
    assert (move.total_before, move.total_after) == (100, 100)
