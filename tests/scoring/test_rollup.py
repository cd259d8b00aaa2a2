"""District totals: counts summed, ratios as sum over sum, coverage beside every number."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators, unsummed
from catalogue.rounds import parse_round
from catalogue.wards import KINDS
from scoring.compare import rounds_needed
from scoring.inputs import RoundFigures, WardInput
from scoring.rollup import rollup
from scoring.values import Comparison, RollupRow

from .cases import figure, round_of, ward


def row(figures: RoundFigures, code: str, scope: str = "all", *history: RoundFigures) -> RollupRow:
    """Return one row of the rollup."""
    rows = rollup(figures, {h.round: h for h in history})
    return next(r for r in rows if (r.code, r.scope) == (code, scope))


class TestTotals:
    """What is added up, and over which wards."""

    def test_counts_are_summed_by_scope(self) -> None:
        """Phường and xã stand apart and together, each with its own coverage."""
        figures = round_of(ward("a", dossiers_late=1), ward("b", dossiers_late=2),
                           ward("c", kind="xã", dossiers_late=4), ward("d", kind="xã"))  # fmt: skip

        rows = [row(figures, "dossiers_late", scope) for scope in ("all", "phường", "xã")]

        assert [(r.value, r.covered, r.expected, r.wards) for r in rows] == [
            (7, 3, 4, ("a", "b", "c")), (3, 2, 2, ("a", "b")), (4, 1, 2, ("c",))]  # fmt: skip

    def test_each_kind_of_unit_has_its_scope(self) -> None:
        """Scopes are the kinds that the round's units are of: a đặc khu has one, thị trấn none."""
        figures = round_of(ward("a", kind="xã", dossiers_late=1), ward("b", kind="đặc khu", dossiers_late=5))

        found = {r.scope: (r.value, r.wards) for r in rollup(figures) if r.code == "dossiers_late"}

        assert list(found.items()) == [("all", (6, ("a", "b"))), ("xã", (1, ("a",))), ("đặc khu", (5, ("b",)))]

    def test_ratio_is_sum_over_sum(self) -> None:
        """A small ward weighs little: 1/2 and 99/100 make 98,04%, not the mean 74,5%."""
        figures = round_of(ward("a", dossiers_late=1, dossiers_resolved=2),
                           ward("b", dossiers_late=99, dossiers_resolved=100))  # fmt: skip

        late = row(figures, "late_share")

        assert (late.value, late.numerator, late.denominator) == (Decimal("98.039216"), 100, 102)

    def test_ratio_covers_only_wards_with_both_sides(self) -> None:
        """A ward that prints one side adds to neither."""
        figures = round_of(ward("a", dossiers_late=1, dossiers_resolved=10), ward("b", dossiers_resolved=1000))

        late = row(figures, "late_share")

        assert (late.value, late.wards, late.expected) == (10, ("a",), 2)

    def test_undecided_figures_stay_out(self) -> None:
        """What waits for a person or is blocked is in no total; what is marked is in, and told."""
        figures = round_of(
            ward("a", figure("dossiers_late", 1, status="blocked")),
            ward("b", figure("dossiers_late", 2, status="waiting")),
            ward("c", figure("dossiers_late", 4, status="marked")),
            ward("d", dossiers_late=8),
            ward("e", dossiers_late=16),
        )

        late = row(figures, "dossiers_late")

        assert (late.value, late.wards, late.marked, late.expected) == (28, ("c", "d", "e"), 1, 5)

    def test_a_mark_on_either_side_marks_the_ratio(self) -> None:
        """A ratio carries the mark of its numerator as of its denominator."""
        figures = round_of(
            ward("a", figure("dossiers_late", 1, status="marked"), dossiers_resolved=10),
            ward("b", figure("dossiers_resolved", 10, status="marked"), dossiers_late=1),
            ward("c", dossiers_late=1, dossiers_resolved=10),
        )

        assert (row(figures, "late_share").covered, row(figures, "late_share").marked) == (3, 2)

    def test_nothing_supplied_is_no_zero(self) -> None:
        """Absent is not zero: no ward, no value; and nothing over nothing is no ratio."""
        figures = round_of(ward("a", dossiers_late=0, dossiers_resolved=0))

        assert (row(figures, "dossiers_received").value, row(figures, "dossiers_received").covered) == (None, 0)
        assert row(figures, "dossiers_late").value == 0
        assert (row(figures, "late_share").value, row(figures, "late_share").covered) == (None, 1)

    def test_printed_percentages_are_never_added(self) -> None:
        """Every count, amount and indicator has its row in every scope; no printed percentage has one."""
        summed = [f.code for f in figure_definitions().values() if f.unit != "percent" and f.code not in unsummed()]

        codes = [r.code for r in rollup(round_of()) if r.scope == "all"]

        assert codes == [*summed, *indicators()]

    @given(st.lists(st.tuples(st.integers(0, 50), st.integers(1, 500), st.sampled_from(KINDS)), min_size=1))
    def test_scopes_add_up(self, wards: list[tuple[int, int, str]]) -> None:
        """All is every kind together, and a ratio lies between the least and the greatest of its wards."""
        figures = round_of(*(ward(f"w{i}", kind=kind, dossiers_late=late, dossiers_resolved=late + rest)
                             for i, (late, rest, kind) in enumerate(wards)))  # fmt: skip

        parts = [row(figures, "dossiers_late", scope).value or 0 for scope in {kind for _late, _rest, kind in wards}]
        ratio = row(figures, "late_share").value
        each = [Decimal(100 * late) / (late + rest) for late, rest, _kind in wards]

        assert sum(parts) == row(figures, "dossiers_late").value
        assert ratio is not None and min(each) - Decimal("1e-6") <= ratio <= max(each) + Decimal("1e-6")


class TestComparison:
    """Totals against other rounds, like with like."""

    def test_only_wards_of_both_rounds(self) -> None:
        """A ward's silence is no fall: the comparison covers wards that have the figure in both rounds."""
        now = round_of(ward("a", staff_total=20), ward("b", staff_total=30))
        then = round_of(ward("a", staff_total=22), ward("c", staff_total=99), label="2023-Q2")

        assert row(now, "staff_total", "all", then).previous == Comparison(
            "2023-Q2", Decimal(20), Decimal(22), Decimal(-2), Decimal("-9.090909"), 1
        )

    def test_same_round_last_year(self) -> None:
        """The same round covers the same months, so flows compare as they stand."""
        now = round_of(ward("a", dossiers_resolved=150))
        then = round_of(ward("a", dossiers_resolved=100), label="2022-Q3")

        assert row(now, "dossiers_resolved", "all", then).last_year == Comparison(
            "2022-Q3", Decimal(150), Decimal(100), Decimal(50), Decimal(50), 1
        )

    def test_cumulative_reports_are_taken_apart(self) -> None:
        """The 6-month report contains Q1: Q3 is set against the second quarter's own flow."""
        now = round_of(ward("a", dossiers_resolved=120))
        half, first = (round_of(ward("a", dossiers_resolved=v), label=f"2023-Q{n}") for v, n in ((180, 2), (80, 1)))

        assert row(now, "dossiers_resolved", "all", half, first).previous == Comparison(
            "2023-Q2", Decimal(120), Decimal(100), Decimal(20), Decimal(20), 1, "quarter_flow"
        )

    def test_year_contains_half_and_third_quarter(self) -> None:
        """The annual report less 6 months and Q3 is the fourth quarter."""
        year, third, half = (
            round_of(ward("a", dossiers_resolved=v), label=f"2023-Q{n}") for v, n in ((400, 4), (120, 3), (180, 2))
        )

        found = row(year, "dossiers_resolved", "all", third, half).previous

        assert found is not None and (found.now, found.then, found.note) == (100, 120, "quarter_flow")

    def test_quarters_of_a_ratio(self) -> None:
        """An additive indicator is taken apart on both sides before it is divided."""
        now = round_of(ward("a", dossiers_late=1, dossiers_resolved=10), label="2023-Q3")
        half = round_of(ward("a", dossiers_late=10, dossiers_resolved=60), label="2023-Q2")
        first = round_of(ward("a", dossiers_late=8, dossiers_resolved=20), label="2023-Q1")

        found = row(now, "late_share", "all", half, first).previous

        assert found == Comparison("2023-Q2", Decimal(10), Decimal(5), Decimal(5), None, 1, "quarter_flow")

    def test_unlike_spans_are_told(self) -> None:
        """Without Q1 a quarter cannot be set against six months: both are shown and no change is claimed."""
        now = round_of(ward("a", dossiers_resolved=120))
        half = round_of(ward("a", dossiers_resolved=180), label="2023-Q2")

        assert row(now, "dossiers_resolved", "all", half).previous == Comparison(
            "2023-Q2", Decimal(120), Decimal(180), None, None, 1, "spans_differ"
        )

    def test_falling_cumulative_count_is_left_out(self) -> None:
        """A ward whose 6 months hold less than its Q1 has a fault, not a negative flow."""
        now = round_of(ward("a", dossiers_resolved=10), ward("b", dossiers_resolved=10))
        half = round_of(ward("a", dossiers_resolved=5), ward("b", dossiers_resolved=50), label="2023-Q2")
        first = round_of(ward("a", dossiers_resolved=9), ward("b", dossiers_resolved=30), label="2023-Q1")

        found = row(now, "dossiers_resolved", "all", half, first).previous

        assert found is not None and (found.covered, found.then) == (1, 20)

    def test_quarter_whose_part_exceeds_its_whole_is_left_out(self) -> None:
        """A ward whose reports leave more late dossiers than dossiers for the quarter is in no comparison."""
        now = round_of(
            ward("a", dossiers_late=1, dossiers_resolved=10), ward("b", dossiers_late=1, dossiers_resolved=9)
        )
        half = round_of(
            ward("a", dossiers_late=9, dossiers_resolved=60),
            ward("b", dossiers_late=9, dossiers_resolved=24),
            label="2023-Q2",
        )
        first = round_of(
            ward("a", dossiers_late=5, dossiers_resolved=20),
            ward("b", dossiers_late=1, dossiers_resolved=20),
            label="2023-Q1",
        )

        found = row(now, "late_share", "all", half, first).previous

        assert found is not None and (found.covered, found.then, found.now) == (1, 10, 10)

    def test_year_to_date_within_the_year_only(self) -> None:
        """What grows through the year compares within it, and not across the new year."""
        third, half = (round_of(ward("a", ward_revenue_ytd=v), label=f"2023-Q{n}") for v, n in ((75, 3), (50, 2)))
        first = round_of(ward("a", ward_revenue_ytd=25), label="2024-Q1")
        year = round_of(ward("a", ward_revenue_ytd=100), label="2023-Q4")

        within = row(third, "ward_revenue_ytd", "all", half).previous
        across = row(first, "ward_revenue_ytd", "all", year).previous

        assert within is not None and (within.change, within.note) == (25, "")
        assert across is not None and (across.change, across.note) == (None, "spans_differ")

    @pytest.mark.parametrize(("then", "change_pct"), [(0, None), (1, 400)])
    def test_growth_from_nothing_has_no_percentage(self, then: int, change_pct: int | None) -> None:
        """Five after none is five more, and no percentage of nothing."""
        now, before = round_of(ward("a", staff_total=5)), round_of(ward("a", staff_total=then), label="2023-Q2")

        found = row(now, "staff_total", "all", before).previous

        assert found is not None and (found.change, found.change_pct) == (5 - then, change_pct)

    def test_ratios_of_amounts_for_the_year_compare_as_they_stand(self) -> None:
        """Tasks done so far over tasks of the year: the same year's rounds are alike whatever they span."""
        now = round_of(ward("a", plan_tasks_completed=30, plan_tasks_total=40))
        half = round_of(ward("a", plan_tasks_completed=20, plan_tasks_total=40), label="2023-Q2")

        found = row(now, "plan_task_share", "all", half).previous

        assert found == Comparison("2023-Q2", Decimal(75), Decimal(50), Decimal(25), None, 1, "")

    def test_ratios_over_unlike_spans_are_noted(self) -> None:
        """A share of a quarter has no change on one of six months: rates are never cumulative against quarterly."""
        now = round_of(ward("a", dossiers_online=60, dossiers_received=100))
        half = round_of(ward("a", dossiers_online=100, dossiers_received=200), label="2023-Q2")

        found = row(now, "online_share", "all", half).previous

        assert found == Comparison("2023-Q2", Decimal(60), Decimal(50), None, None, 1, "spans_differ")

    def test_unknown_round(self) -> None:
        """Where nothing is known of a round there is no comparison with it."""
        late = row(round_of(ward("a", dossiers_late=1)), "dossiers_late")

        assert (late.previous, late.last_year) == (None, None)

    def test_rounds_needed(self) -> None:
        """The rounds worth fetching: the previous, last year's, and those a cumulative report contains."""
        assert {label: rounds_needed(parse_round(label)) for label in ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")} == {
            "2023-Q1": ("2022-Q4", "2022-Q3", "2022-Q2", "2022-Q1"),
            "2023-Q2": ("2023-Q1", "2022-Q2"),
            "2023-Q3": ("2023-Q2", "2023-Q1", "2022-Q3"),
            "2023-Q4": ("2023-Q3", "2023-Q2", "2022-Q4"),
        }


class TestEqualInput:
    """Equal input gives equal output."""

    @given(st.permutations(["a", "b", "c", "d"]))
    def test_order_of_wards_changes_no_total(self, order: list[str]) -> None:
        """Whatever order wards stand in, each total is the same."""
        made = {slug: ward(slug, dossiers_late=i, dossiers_resolved=7 + i) for i, slug in enumerate("abcd")}

        def totals(wards: list[WardInput]) -> list[tuple[str, Decimal | None]]:
            return [(r.code, r.value) for r in rollup(round_of(*wards))]

        assert totals([made[slug] for slug in order]) == totals(list(made.values()))
