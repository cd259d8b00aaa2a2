"""The worked example of docs/scoring.md, and that the page speaks of every policy, kind and command there is."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import get_args

from catalogue.scorecards import load_scorecard
from catalogue.scorecards.fields import keys_of
from catalogue.scorecards.file import KINDS
from catalogue.scorecards.model import Kind, ZeroPolicy
from scoring.score import score

from .cases import round_of, ward

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "scoring.md").read_text("utf-8")


def test_the_table_is_true() -> None:
    """Each number of the example is what the code gives."""
    card = load_scorecard()
    unit = ward(
        "a", dossiers_received=100, dossiers_online=60, dossiers_resolved=90, dossiers_early_or_on_time=88,
        dossiers_late=2, satisfaction_pct=97, plan_completion_pct=80)  # fmt: skip

    result = score(round_of(unit), card)[0]

    assert {c.criterion: c.points for c in result.criteria if c.points} == {
        "timeliness": 10, "plan_completion": 15, "on_time": Decimal("17.78"), "satisfaction": 10,
        "online": Decimal("11.25")}  # fmt: skip
    assert (result.points, result.possible, result.total) == (Decimal("64.03"), 100, Decimal("64.03"))
    assert (result.completeness, card.grade(result.total)) == (Decimal("0.7"), "Trung bình")
    for shown in ("17,78", "11,25", "64,03 of 100", "**64,03**", "class Trung bình", "70 ÷ 100"):
        assert shown in PAGE


def test_the_page_is_complete() -> None:
    """Every kind, every key of a kind and every choice for a denominator of 0 is written about."""
    words = {*get_args(Kind), *get_args(ZeroPolicy), *(key for model in KINDS.values() for key in keys_of(model))}

    assert [word for word in sorted(words) if f"`{word}`" not in PAGE and f"`{word}:" not in PAGE] == []
