"""Points follow from what a ward supplied, by the card and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.scorecards import Bands, Linear, Scorecard, Threshold, load_scorecard
from catalogue.scorecards.model import Band
from scoring.inputs import ManualMark, Waiver, WardInput
from scoring.points import points_for
from scoring.score import score, score_ward
from scoring.values import CriterionScore, Gap, State, WardScore

from .cases import DUE, card_from, figure, one_criterion, round_of, shares, ward

RATIO: dict[str, Any] = {
    "kind": "proportional",
    "target": 80,
    "share": True,
    "measure": [{"sum": ["dossiers_online"], "over": ["dossiers_received"]}],
    "when_zero": "ask",
}


def scored(card: Scorecard, unit: WardInput, label: str = "2023-Q3") -> WardScore:
    """Return the score of one ward alone in its round."""
    return score_ward(unit, round_of(unit, label=label), card)


def one(card: Scorecard, unit: WardInput, label: str = "2023-Q3") -> CriterionScore:
    """Return the only criterion's score."""
    return scored(card, unit, label).criteria[0]


class TestRules:
    """Each kind of criterion turns a value into points."""

    @pytest.mark.parametrize(
        ("online", "points"), [(0, "0"), (40, "5"), (63, "7.88"), (80, "10"), (100, "10"), (1, "0.13")]
    )
    def test_proportional(self, tmp_path: Path, online: int, points: str) -> None:
        """Points grow in proportion up to the target, half a hundredth rounded up, and no further."""
        card = one_criterion(tmp_path, **RATIO)

        result = one(card, ward("a", dossiers_online=online, dossiers_received=100))

        assert (result.points, result.state) == (Decimal(points), State.SCORED)

    @pytest.mark.parametrize(("late", "points"), [(0, "10"), (1, "8"), (5, "0"), (50, "0")])
    def test_inverse(self, tmp_path: Path, late: int, points: str) -> None:
        """Less is better: full points at `full_at`, none from `zero_at` on."""
        measure = [{"sum": ["dossiers_late"], "over": ["dossiers_resolved"]}]
        card = one_criterion(tmp_path, kind="inverse", full_at=0, zero_at=5, measure=measure, when_zero="full")

        assert one(card, ward("a", dossiers_late=late, dossiers_resolved=100)).points == Decimal(points)

    @pytest.mark.parametrize(("count", "points"), [(0, 0), (1, 0), (2, 10), (3, 10)])
    def test_yes_no(self, tmp_path: Path, count: int, points: int) -> None:
        """A count that reaches the bound gets all points, any other none."""
        card = one_criterion(tmp_path, kind="yes_no", at_least=2, measure=[{"value": "inspections_conducted"}])

        assert one(card, ward("a", inspections_conducted=count)).points == points

    @pytest.mark.parametrize(("count", "points"), [(0, 10), (1, 0)])
    def test_no_more_than(self, tmp_path: Path, count: int, points: int) -> None:
        """A bound may also be one not to exceed."""
        card = one_criterion(tmp_path, kind="yes_no", at_most=0, measure=[{"value": ["staff_disciplined"]}])

        assert one(card, ward("a", staff_disciplined=count)).points == points

    @pytest.mark.parametrize(("printed", "points"), [("90.01", 10), ("90", 5), ("70", 5), ("69.99", 0)])
    def test_bands(self, tmp_path: Path, printed: str, points: int) -> None:
        """A value on a bound lies in the band that claims it."""
        bands = [{"over": 90, "points": 10}, {"from": 70, "up_to": 90, "points": 5}, {"below": 70, "points": 0}]
        card = one_criterion(tmp_path, kind="bands", bands=bands, measure=[{"printed": "satisfaction_pct"}])

        assert one(card, ward("a", satisfaction_pct=printed)).points == points

    def test_target_of_the_round(self, tmp_path: Path) -> None:
        """The same share of a year's plan is worth more early in the year."""
        card = one_criterion(tmp_path, **RATIO | {"target": {1: 25, 2: 50, 3: 75, 4: 100}})
        half = ward("a", dossiers_online=50, dossiers_received=100)

        points = [one(card, half, f"2023-Q{n}").points for n in (1, 2, 3, 4)]

        assert points == [Decimal("10"), Decimal("10"), Decimal("6.67"), Decimal("5")]


class TestTimeliness:
    """Points for sending the report on time."""

    LATE: ClassVar[dict[str, Any]] = {"kind": "timeliness", "full_at": 0, "zero_at": 10, "trusted_days": 60}

    @pytest.mark.parametrize(("days", "points"), [(-20, 10), (0, 10), (1, 9), (10, 0), (60, 0)])
    def test_by_arrival(self, tmp_path: Path, days: int, points: int) -> None:
        """Each day after the due day costs its part; being early gains nothing."""
        card = one_criterion(tmp_path, **self.LATE)

        result = one(card, ward("a", received=DUE + timedelta(days)))

        assert (result.points, result.measured, result.formula) == (points, max(days, 0), "arrival")

    def test_old_file_brought_in_later(self, tmp_path: Path) -> None:
        """An arrival long after the round is the day of the import; the report's own date counts, and it is said."""
        card = one_criterion(tmp_path, **self.LATE)
        unit = ward("a", received=DUE + timedelta(61), report_date=DUE + timedelta(2))

        assert (one(card, unit).points, one(card, unit).formula) == (8, "report_date")

    def test_by_report_date(self, tmp_path: Path) -> None:
        """A card may count from the date the report bears."""
        card = one_criterion(tmp_path, **self.LATE, counted_from="report_date")

        assert one(card, ward("a", received=DUE + timedelta(9), report_date=DUE)).points == 10

    def test_unknown_day(self, tmp_path: Path) -> None:
        """A day that nobody knows is ours to find out: no points yet, and the place is provisional."""
        card = one_criterion(tmp_path, **self.LATE)

        result = one(card, ward("a", received=None))

        assert (result.state, result.gap, result.points) == (State.HELD, Gap.NO_ARRIVAL, 0)


class TestManual:
    """Marks that people give."""

    def test_only_the_final_mark_counts(self, tmp_path: Path) -> None:
        """Self-assessed and appraised marks stand beside the final one, which alone gives points."""
        card = one_criterion(tmp_path, kind="manual")
        mark = ManualMark("a", "one", Decimal(9), Decimal(7), Decimal("6.5"), "biên bản", "Người thẩm định")

        result = one(card, ward("a", marks=(mark,)))

        assert (result.points, result.state, result.mark) == (Decimal("6.5"), State.SCORED, mark)

    def test_no_final_mark(self, tmp_path: Path) -> None:
        """Until there is a final mark the criterion waits, by its policy."""
        card = one_criterion(tmp_path, kind="manual")
        mark = ManualMark("a", "one", self_assessed=Decimal(10))

        assert one(card, ward("a", marks=(mark,))).gap is Gap.NO_MARK
        assert one(card, ward("a")).state is State.HELD

    def test_never_beyond_the_criterion(self, tmp_path: Path) -> None:
        """A mark above the criterion's points gives those points and no more."""
        card = one_criterion(tmp_path, kind="manual")

        assert one(card, ward("a", marks=(ManualMark("a", "one", final=Decimal(12)),))).points == 10


class TestWhoseGap:
    """Whose gap it is decides what is missing."""

    def test_not_printed_after_asking(self, tmp_path: Path) -> None:
        """A figure the ward does not print costs the points once it was asked; before, the place is provisional."""
        card = one_criterion(tmp_path, **RATIO)

        asked, unasked = (
            one(card, ward("a", dossiers_received=10)),
            one(card, ward("a", dossiers_received=10, asked=False)),
        )

        assert (asked.state, asked.gap, asked.points, asked.possible) == (State.ZERO, Gap.NOT_PRINTED, 0, 10)
        assert (unasked.state, unasked.gap, unasked.points, unasked.possible) == (State.HELD, Gap.NOT_ASKED, 0, 10)
        assert asked.missing == unasked.missing == ("dossiers_online",)
        assert [(one.low, one.high) for one in (asked, unasked)] == [(0, 0), (0, 10)]

    def test_contradictory(self, tmp_path: Path) -> None:
        """A figure kept out by an error, and a part greater than its whole, are worth nothing until corrected."""
        card = one_criterion(tmp_path, **RATIO)

        blocked = one(card, ward("a", figure("dossiers_online", 5, status="blocked"), dossiers_received=10))
        beyond = one(card, ward("a", dossiers_online=12, dossiers_received=10))

        assert (blocked.state, blocked.gap, blocked.points) == (State.ZERO, Gap.BLOCKED, 0)
        assert (beyond.state, beyond.gap, beyond.points) == (State.ZERO, Gap.CONTRADICTORY, 0)
        assert (blocked.possible, beyond.possible) == (10, 10)

    def test_ours(self, tmp_path: Path) -> None:
        """A figure we could not read surely gives its points as read, and holds the place as provisional."""
        card = one_criterion(tmp_path, **RATIO)

        result = one(card, ward("a", figure("dossiers_online", 4, status="waiting"), dossiers_received=10))

        assert (result.state, result.gap, result.points) == (State.HELD, Gap.WAITING, 5)
        assert (result.low, result.high, result.missing) == (0, 10, ("dossiers_online",))

    def test_contradictory_and_unsure(self, tmp_path: Path) -> None:
        """A contradiction that may be our misreading gives nothing, and holds the place as provisional."""
        card = one_criterion(tmp_path, **RATIO)
        doubted = figure("dossiers_online", 5, status="blocked", doubted=True)

        assert one(card, ward("a", doubted, dossiers_received=10)).state is State.HELD
        assert one(card, ward("a", doubted, dossiers_received=10)).points == 0

    def test_dropped(self, tmp_path: Path) -> None:
        """A figure that an earlier version printed and this one does not costs the points, whatever else is printed."""
        card = one_criterion(tmp_path, **RATIO | {"measure": [*RATIO["measure"], {"printed": "dossiers_online_pct"}]})
        gone = figure("dossiers_online", 4, status="dropped")

        result = one(card, ward("a", gone, dossiers_received=10, dossiers_online_pct=99))

        assert (result.state, result.gap, result.missing) == (State.ZERO, Gap.DROPPED, ("dossiers_online",))

    def test_not_applicable(self, tmp_path: Path) -> None:
        """Only a named person's decision takes a criterion out; the rest is rescaled."""
        card = card_from(tmp_path)
        waiver = Waiver("a", "online", "Lê Thị A", "xã không có thủ tục trực tuyến")

        result = scored(card, shares("a", 90, 60, waivers=(waiver,)))

        assert [(c.state, c.gap) for c in result.criteria] == [
            (State.SCORED, Gap.NONE), (State.EXCLUDED, Gap.NOT_APPLICABLE)]  # fmt: skip
        assert (result.points, result.possible, result.total) == (48, 60, 80)

    @pytest.mark.parametrize(
        ("policy", "state", "points"), [("full", State.FULL, 10), ("zero", State.ZERO, 0), ("ask", State.HELD, 0)]
    )
    def test_nothing_to_do(self, tmp_path: Path, policy: str, state: State, points: int) -> None:
        """What a printed 0 of 0 is worth is the card's choice; what is not printed is not 0."""
        card = one_criterion(tmp_path, **RATIO | {"when_zero": policy})

        result = one(card, ward("a", dossiers_online=0, dossiers_received=0))

        assert (result.state, result.points, result.possible) == (state, points, 10)
        assert result.gap is Gap.ZERO_DENOMINATOR
        assert one(card, ward("a", dossiers_received=0)).gap is Gap.NOT_PRINTED

    def test_marked_figures_count(self, tmp_path: Path) -> None:
        """A figure with an open warning counts."""
        card = one_criterion(tmp_path, **RATIO)

        assert one(card, ward("a", figure("dossiers_online", 4, status="marked"), dossiers_received=10)).points == 5

    def test_no_report_has_no_points(self, tmp_path: Path) -> None:
        """A ward that sent nothing gets nothing."""
        card = one_criterion(tmp_path, **RATIO | {"when_zero": "full"})

        result = scored(card, ward("a", reported=False, received=None))

        assert (result.total, result.points, result.completeness) == (None, 0, 0)
        assert result.criteria[0].gap is Gap.NO_REPORT


class TestMeasures:
    """Of the ways to measure the best counts."""

    FALLBACK: ClassVar[dict[str, Any]] = RATIO | {"measure": [*RATIO["measure"], {"printed": "dossiers_online_pct"}]}

    def test_best_of_several(self, tmp_path: Path) -> None:
        """Of several measures the best counts, so that leaving one out can never help; of equal ones the first."""
        card = one_criterion(tmp_path, **self.FALLBACK)

        better = one(card, ward("a", dossiers_online=40, dossiers_received=100, dossiers_online_pct=45))
        equal = one(card, ward("a", dossiers_online=40, dossiers_received=100, dossiers_online_pct=40))

        assert (better.measured, better.source, better.formula) == (45, 1, "dossiers_online_pct")
        assert (equal.measured, equal.source) == (40, 0)
        assert (better.low, better.high) == (5, Decimal("5.63"))

    def test_printed_percentage_as_fallback(self, tmp_path: Path) -> None:
        """Where a part is not printed the printed percentage is used, and the source says so."""
        card = one_criterion(tmp_path, **self.FALLBACK)

        result = one(card, ward("a", dossiers_online=40, dossiers_online_pct=41))

        assert (result.measured, result.source, result.formula) == (41, 1, "dossiers_online_pct")

    def test_only_in_its_rounds(self, tmp_path: Path) -> None:
        """A measure that holds in some rounds only is passed over in the others."""
        limited = [{"sum": ["state_revenue"], "over": ["state_revenue_target_town"], "rounds": [1, 2, 4]},
                   {"printed": "state_revenue_vs_town_pct"}]  # fmt: skip
        card = one_criterion(tmp_path, **RATIO | {"measure": limited})
        unit = ward("a", state_revenue=90, state_revenue_target_town=100, state_revenue_vs_town_pct=75)

        assert [one(card, unit, f"2023-Q{n}").measured for n in (1, 2, 3, 4)] == [90, 90, 75, 90]

    def test_difference(self, tmp_path: Path) -> None:
        """A figure may be taken off another."""
        card = one_criterion(
            tmp_path,
            **RATIO | {"measure": [{"sum": ["dossiers_resolved", "-dossiers_late"], "over": ["dossiers_resolved"]}]},
        )

        assert one(card, ward("a", dossiers_resolved=200, dossiers_late=1)).measured == Decimal("99.5")

    @pytest.mark.parametrize(("online", "received"), [(12, 10), (3, 0), (-3, 10)])
    def test_contradiction_is_worth_nothing(self, tmp_path: Path, online: int, received: int) -> None:
        """A share over 100%, a part of nothing and a negative share give no points."""
        card = one_criterion(tmp_path, **RATIO)

        result = one(card, ward("a", dossiers_online=online, dossiers_received=received))

        assert (result.state, result.gap, result.measured) == (State.ZERO, Gap.CONTRADICTORY, None)

    def test_a_revenue_may_exceed_its_target(self, tmp_path: Path) -> None:
        """What is no share of a whole may go beyond 100%."""
        ratio = [{"sum": ["state_revenue_ytd"], "over": ["state_revenue_target_town"]}]
        card = one_criterion(tmp_path, kind="proportional", target=100, measure=ratio, when_zero="ask")

        assert one(card, ward("a", state_revenue_ytd=150, state_revenue_target_town=100)).measured == 150

    def test_a_blocked_part_is_named_before_a_silence(self, tmp_path: Path) -> None:
        """Of several measures that fail, the one that waits for a person is the one to tell about."""
        measures = [{"printed": "dossiers_online_pct"}, *RATIO["measure"]]
        card = one_criterion(tmp_path, **RATIO | {"measure": measures})

        result = one(card, ward("a", figure("dossiers_online", 4, status="blocked"), dossiers_received=10))

        assert (result.gap, result.missing) == (Gap.BLOCKED, ("dossiers_online",))


class TestTotals:
    """Points become a total on 100."""

    def test_whole_row(self, tmp_path: Path) -> None:
        """A ward's points, what was possible, its total and completeness, in full."""
        card = card_from(tmp_path)

        result = scored(card, shares("a", 90, 60))

        assert [(c.points, c.max_points) for c in result.criteria] == [(48, 60), (30, 40)]
        assert (result.points, result.possible, result.total, result.completeness) == (78, 100, 78, 1)

    def test_a_gap_stays_in_the_denominator(self, tmp_path: Path) -> None:
        """What a ward does not print is not taken out of what it could have had."""
        card = card_from(tmp_path)

        result = scored(card, ward("a", dossiers_online=60, dossiers_received=100))

        assert (result.points, result.possible, result.total) == (30, 100, 30)
        assert result.completeness == Decimal("0.4")

    def test_zero_denominator_is_complete(self, tmp_path: Path) -> None:
        """A ward with nothing to do has supplied what there is."""
        card = card_from(tmp_path)

        result = scored(card, ward("a", dossiers_early_or_on_time=0, dossiers_resolved=0))

        assert result.criterion("on_time").state is State.FULL
        assert result.completeness == Decimal("0.6")

    def test_contributions_add_up_to_the_total(self, tmp_path: Path) -> None:
        """After rescaling the criteria's contributions add up to the total, to its last decimal."""
        result = scored(card_from(tmp_path), shares("a", 71, 13))

        assert round(sum(result.contribution(c.criterion) for c in result.criteria), 2) == result.total

    def test_independent_of_the_callers_arithmetic(self, tmp_path: Path) -> None:
        """Another decimal context around the call changes no digit."""
        card, units = card_from(tmp_path), round_of(shares("a", "66.6667", 33))
        expected = score(units, card)

        with localcontext() as context:
            context.prec = 3
            assert score(units, card) == expected


VALUES = st.decimals(0, 100, places=2)
DEFAULT = load_scorecard()


class TestMonotony:
    """A better figure never lowers the points."""

    @given(VALUES, VALUES, st.sampled_from(["rising", "falling"]), st.sampled_from([Decimal("20.5"), Decimal(70)]))
    def test_linear(self, one_value: Decimal, other: Decimal, way: str, far: Decimal) -> None:
        """Between two values the better one has at least the other's points, in 0 to the most."""
        ends = (Decimal(20), far) if way == "rising" else (far, Decimal(20))
        rule = Linear((ends[0],) * 4, (ends[1],) * 4)
        low, high = sorted((one_value, other), reverse=way == "falling")

        assert 0 <= points_for(rule, low, Decimal(7), 1) <= points_for(rule, high, Decimal(7), 1) <= 7
        assert [points_for(rule, end, Decimal(7), 1) for end in ends] == [0, 7]

    @given(VALUES, VALUES)
    def test_bands_and_threshold(self, one_value: Decimal, other: Decimal) -> None:
        """The same holds for rising bands and thresholds."""
        bands = Bands((Band(Decimal(0), None, Decimal(30)), Band(Decimal(4), Decimal(30), Decimal(60)),
                       Band(Decimal(7), Decimal(60), None)))  # fmt: skip
        low, high = sorted((one_value, other))

        for rule in (bands, Threshold(Decimal(50))):
            assert points_for(rule, low, Decimal(7), 1) <= points_for(rule, high, Decimal(7), 1)

    @given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 9))
    def test_default_card(self, online: int, more: int, scale: int) -> None:
        """Under the default card more dossiers online never cost a point, and scale makes no difference."""
        card = DEFAULT
        few, many = sorted((online, more))

        low, high, wide = (
            scored(card, ward("a", dossiers_online=n * k, dossiers_received=100 * k)).criterion("online").points
            for n, k in ((few, 1), (many, 1), (many, scale))
        )

        assert low <= high == wide


class TestCompleteness:
    """A gap never passes for a figure."""

    @given(st.sets(st.sampled_from(DEFAULT.figures)))
    def test_every_gap_is_told(self, printed: set[str]) -> None:
        """Whatever a ward prints, each criterion is scored from usable figures or says why not."""
        unit = WardInput("a", "phường", "A", tuple(figure(code, 50) for code in sorted(printed)), received=DUE)

        for result in scored(DEFAULT, unit).criteria:
            if result.state is State.SCORED:
                assert result.gap is Gap.NONE and result.measured is not None
                assert all(f.usable for f in result.inputs)
            else:
                assert result.gap is not Gap.NONE and result.measured is None

    @given(st.sampled_from(DEFAULT.figures), st.sampled_from(["blocked", "dropped"]), st.decimals(0, 10**12, places=2))
    def test_undecided_values_have_no_effect(self, code: str, status: Any, value: Decimal) -> None:
        """Whatever a figure says that is kept out, points and total are the same."""
        figures = {c: figure(c, 50) for c in DEFAULT.figures}

        one_way, other = (
            scored(DEFAULT, WardInput("a", "xã", "A", tuple({**figures, code: undecided}.values()), received=DUE))
            for undecided in (figure(code, 7, status=status), figure(code, value, status=status))
        )

        assert [(c.points, c.possible) for c in one_way.criteria] == [(c.points, c.possible) for c in other.criteria]
        assert one_way.total == other.total
