"""How firm a place is: weights varied, open findings taken either way, and no narrow lead sold as a difference."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.scorecards import Scorecard
from scoring import bounds as bounding
from scoring.bounds import options, wilson
from scoring.inputs import WardInput
from scoring.rank import rank
from scoring.robustness import robustness, weightings
from scoring.score import score, score_ward
from scoring.values import Robustness

from .cases import SMALL_CARD, card_from, figure, round_of, shares, ward


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """Return the small card: 60 points on time (50–100%), 40 online (0–80%)."""
    return card_from(Path(tmp_path_factory.mktemp("card")))


def firmness(card: Scorecard, *wards: WardInput, variations: int = 200) -> dict[str, Robustness]:
    """Return how firm each place is."""
    figures = round_of(*wards)
    return robustness(figures, card, rank(score(figures, card), card), variations)


class TestWeightings:
    """The weights that are tried."""

    def test_bounds_and_spread(self) -> None:
        """Every weight lies within ±20%, both ends are nearly reached, and the mean is the card's own weight."""
        weights = weightings(12, 1000)

        assert weights.shape == (12, 1000)
        assert weights.min() >= 8000 and weights.max() <= 12000
        assert (weights.min(axis=1) < 8050).all() and (weights.max(axis=1) > 11950).all()
        assert np.abs(weights.mean(axis=1) - 10000).max() < 25

    def test_criteria_vary_apart(self) -> None:
        """No two criteria's weights move together."""
        together = np.corrcoef(weightings(12, 1000)) - np.eye(12)

        assert np.abs(together).max() < 0.1

    def test_fixed(self) -> None:
        """The sequence is part of the result: these are its first weights, on every machine."""
        assert weightings(2, 3).tolist() == [[9657, 11314, 8970], [10928, 9856, 8784]]


class TestWeights:
    """Places when weights vary."""

    def test_better_in_everything_keeps_its_place(self, card: Scorecard) -> None:
        """A ward that leads in every criterion leads under all weights; that lead is a difference."""
        firm = firmness(card, shares("a", 95, 70), shares("b", 80, 50), shares("c", 60, 20))

        assert [(r.kept_share, r.best, r.worst, r.separated) for r in firm.values()] == [
            (1, 1, 1, True), (1, 2, 2, True), (1, 3, 3, False)]  # fmt: skip
        assert [r.lead_share for r in firm.values()] == [1, 1, None]

    def test_two_points_are_no_difference(self, card: Scorecard) -> None:
        """A lead of two points from opposite strengths falls with the weights, and is not sold as a difference."""
        firm = firmness(card, shares("a", 95, 40), shares("b", 80, 72), variations=1000)

        assert (firm["a"].best, firm["a"].worst, firm["b"].best, firm["b"].worst) == (1, 2, 1, 2)
        assert 0.5 < firm["a"].kept_share < 0.95
        assert abs(firm["a"].kept_share - firm["b"].kept_share) < Decimal("0.01")
        assert not firm["a"].separated

    def test_tied_wards_are_not_separated(self, card: Scorecard) -> None:
        """Equal wards stay equal and neither is ahead."""
        firm = firmness(card, shares("a", 80, 40), shares("b", 80, 40))

        assert [(r.kept_share, r.best, r.worst) for r in firm.values()] == [(1, 1, 1), (1, 1, 1)]
        assert (firm["a"].lead_share, firm["a"].separated) == (0, False)

    @settings(max_examples=25)
    @given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100)), min_size=1, max_size=6))
    def test_as_by_hand(self, card: Scorecard, values: list[tuple[int, int]]) -> None:
        """Whole-number totals give the places that exact fractions give."""
        wards = [shares(f"w{i}", on_time, online) for i, (on_time, online) in enumerate(values)]
        figures = round_of(*wards)
        points = [[Fraction(c.points) for c in s.criteria] for s in score(figures, card)]
        ranks = {r.ward: r.rank for r in rank(score(figures, card), card).rows}
        kept = dict.fromkeys(ranks, 0)
        for w0, w1 in weightings(2, 50).T.tolist():
            exact = [100 * (w0 * a + w1 * b) / Fraction(60 * w0 + 40 * w1) for a, b in points]
            shown = [int(100 * total + Fraction(1, 2)) for total in exact]
            for i, own in enumerate(shown):
                kept[f"w{i}"] += 1 + sum(other > own for other in shown) == ranks[f"w{i}"]

        firm = firmness(card, *wards, variations=50)

        assert {w: r.kept_share for w, r in firm.items()} == {w: Decimal(n) / 50 for w, n in kept.items()}

    @settings(max_examples=25)
    @given(st.permutations(range(4)))
    def test_equal_input_equal_output(self, card: Scorecard, order: list[int]) -> None:
        """The order of wards changes nothing about any of them."""
        wards = [shares(f"w{i}", 60 + 10 * i, 80 - 15 * i) for i in range(4)]

        assert firmness(card, *(wards[i] for i in order)) == firmness(card, *wards)

    def test_greatest_card(self, tmp_path: Path) -> None:
        """The greatest total and the finest decimals a card may have stay exact."""
        text = SMALL_CARD.replace("total: 100", "total: 10000").replace("decimals: 2", "decimals: 4")
        text = text.replace("points: 60", "points: 6000").replace("points: 40", "points: 4000")

        firm = firmness(card_from(tmp_path, text), shares("a", 100, 80), shares("b", "99.9999", 80))

        assert [(r.total_high, r.kept_share) for r in firm.values()] == [(100, 1), (Decimal("99.9999"), 1)]

    def test_nobody_ranked(self, card: Scorecard) -> None:
        """Without ranked wards there is nothing to be firm."""
        assert firmness(card, ward("a", reported=False, received=None)) == {}

    def test_a_gap_may_be_anything(self, card: Scorecard) -> None:
        """A figure that nobody asked for yet may be worth nothing or all; asked for and not printed, it is worth 0."""
        printed = {"dossiers_early_or_on_time": 750, "dossiers_resolved": 1000}

        firm = firmness(card, ward("a", **printed, asked=False), shares("b", 90, 40))
        settled = firmness(card, ward("a", **printed), shares("b", 90, 40))

        assert (firm["a"].total_low, firm["a"].total_high) == (30, 70)
        assert (firm["a"].best, firm["a"].worst, firm["a"].kept_share) == (1, 2, 1)
        assert [firm[w].tier for w in "ab"] == [1, 1]
        assert (settled["a"].total_low, settled["a"].total_high) == (30, 30)
        assert [settled[w].tier for w in "ba"] == [1, 2]

    def test_tiers(self, card: Scorecard) -> None:
        """Wards whose ranges overlap stand in one tier; the next begins below all of them."""
        firm = firmness(card, shares("a", 100, 80), shares("b", 99, 80), shares("c", 99, 76), shares("d", 60, 8))

        assert {w: firm[w].tier for w in "abcd"} == {"a": 1, "b": 2, "c": 3, "d": 4}
        gap = ward("g", asked=False, dossiers_early_or_on_time=990, dossiers_resolved=1000)
        wide = firmness(card, shares("a", 100, 80), shares("b", 99, 76), gap, shares("d", 51, 1))
        assert {w: wide[w].tier for w in "abgd"} == {"a": 1, "b": 2, "g": 2, "d": 3}


class TestOpenFindings:
    """Places when open findings are decided one way or the other."""

    def test_both_ways_widen_the_place(self, card: Scorecard) -> None:
        """A proposal that would lift a ward over its neighbour shows in totals and places of both."""
        unsure = figure("dossiers_online", 40, status="marked", proposals=(Decimal(64),), findings=("f",))
        plain = [f for f in shares("a", 80, 0).figures if f.figure != "dossiers_online"]

        firm = firmness(card, ward("a", unsure, *plain), shares("b", 80, 48))

        assert (firm["a"].total_low, firm["a"].total_high) == (56, 68)
        assert (firm["a"].best, firm["a"].worst, firm["b"].best, firm["b"].worst) == (1, 2, 1, 2)
        assert firm["b"].kept_share == 1
        assert (firm["b"].lead_share, firm["b"].separated) == (0, False)

    def test_options_of_a_figure(self) -> None:
        """A figure may come out as it counts, as printed, or as proposed; a decided one as it is."""
        values = [Decimal(1), Decimal(2)]

        def outcomes(status: str, *proposals: Decimal) -> list[tuple[object, str]]:
            return [
                (f.value, f.status) for f in options(figure("dossiers_late", 1, status=status, proposals=proposals))
            ]

        assert outcomes("entered") == [(1, "entered")]
        assert outcomes("marked", *values) == [(1, "entered"), (2, "entered")]
        assert outcomes("blocked", values[1]) == [(1, "blocked"), (1, "entered"), (2, "entered")]
        assert outcomes("waiting") == [(1, "waiting"), (1, "entered")]

    @pytest.mark.parametrize("status", ["entered", "marked", "blocked"])
    def test_decided_is_decided(self, status: str) -> None:
        """What a person decided does not come out otherwise, a rejection no less than a value."""
        decided = figure("dossiers_late", 1, status=status, decided_by="Lê Thị A", proposals=(Decimal(2),))

        assert options(decided) == (decided,)

    def test_bounds_of_one_criterion(self, card: Scorecard) -> None:
        """An open warning's proposals bound the points; a figure kept out may be worth anything."""
        warned = figure("dossiers_online", 40, status="marked", proposals=(Decimal(40), Decimal(60)))
        blocked = figure("dossiers_online", 40, status="blocked", proposals=(Decimal(60),))

        def bounds_of(unit: WardInput) -> tuple[Decimal, Decimal]:
            found = score_ward(unit, round_of(unit), card).criterion("online")
            return found.low, found.high

        assert bounds_of(ward("a", warned, dossiers_received=100)) == (20, 30)
        assert bounds_of(ward("a", blocked, dossiers_received=100)) == (0, 40)

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.lists(st.integers(0, 300), max_size=4), min_size=2, max_size=2), st.integers(0, 100))
    def test_corners_hold_every_way(self, card: Scorecard, proposed: list[list[int]], on_time: int) -> None:
        """With too many ways to try all, the corners give the same bounds as all of them."""
        parts = ("dossiers_online", "dossiers_received")
        opens = [
            figure(f, 100 * i + on_time, status="marked", proposals=tuple(map(Decimal, p)))
            for i, (f, p) in enumerate(zip(parts, proposed, strict=True))
        ]
        unit = ward("a", *opens)

        with pytest.MonkeyPatch.context() as patch:
            whole = score_ward(unit, round_of(unit), card).criterion("online")
            patch.setattr(bounding, "MOST_WAYS", 0)
            corners = score_ward(unit, round_of(unit), card).criterion("online")

        assert whole.low <= corners.low and corners.high <= whole.high
        assert whole.low <= whole.points <= whole.high

    @pytest.mark.parametrize(
        ("part", "whole", "low", "high"), [(10, 10, "72.2", "100.0"), (0, 10, "0.0", "27.8"), (81, 263, "25.5", "36.6")]
    )
    def test_wilson(self, part: int, whole: int, low: str, high: str) -> None:
        """Wilson's interval is that of the statistics books (the last: Newcombe 1998, table I)."""
        found = wilson(Decimal(part), Decimal(whole))

        assert [f"{end:.1f}" for end in found] == [low, high]

    def test_small_counts_widen(self, card: Scorecard) -> None:
        """A share of few dossiers is worth a range of points, one of many is not."""
        few = ward("a", dossiers_online=4, dossiers_received=10)
        many = ward("a", dossiers_online=400, dossiers_received=1000)

        few_score = score_ward(few, round_of(few), card).criterion("online")
        many_score = score_ward(many, round_of(many), card).criterion("online")

        assert (few_score.low, few_score.points, few_score.high) == (Decimal("8.41"), 20, Decimal("34.37"))
        assert (many_score.low, many_score.points, many_score.high) == (20, 20, 20)
