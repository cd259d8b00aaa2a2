"""The rules across the rounds of one ward."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.reading import Reading
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports
from validation.finding import Finding


def last(*reports: Reading) -> list[Finding]:
    """Return the findings of the last report in the company of the others.

    Reports here print a handful of figures each; what one prints and the next does not is told elsewhere.
    """
    return [finding for finding in check_reports(reports)[-1] if finding.rule != "dropped_figure"]


def told(*reports: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """Return rule and figures of the findings of the last report."""
    return [(f.rule, f.figures) for f in last(*reports)]


def q(number: int, figures: dict[str, int | str] | None = None, **more: object) -> Reading:
    """Return a complete report of a quarter of 2023, its dossiers different in every quarter."""
    own = {"dossiers_received": 100 * number, "dossiers_resolved": 91 * number, "satisfaction_pct": f"9{number}.5"}
    return complete({**own, **(figures or {})}, round_label=f"2023-Q{number}", **more)


class TestCumulative:
    def test_the_year_so_far_follows_from_the_rounds(self) -> None:
        """Six months and the quarter give nine months."""
        half = q(2, {"ward_revenue_ytd": 3_274_618_000})
        good = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_987_068_000})
        bad = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})

        assert told(half, good) == []
        (finding,) = last(half, bad)
        assert (finding.rule, finding.figures) == ("cumulative_mismatch", ("ward_revenue_ytd", "ward_revenue"))
        assert finding.expected == "4.987.068.000 đồng"
        assert {quote.round for quote in finding.quotes} == {None, "2023-Q2"}

    def test_the_half_year_printed_as_its_period_counts(self) -> None:
        """A Q2 report covers six months, so its period amount is the year so far."""
        half = q(2, {"ward_revenue": 3_274_618_000})
        bad = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})

        assert [r for r, _ in told(half, bad)] == ["cumulative_mismatch"]

    def test_rounds_that_are_not_known_are_silence(self) -> None:
        """Without the report of the half year the nine months cannot be checked."""
        made = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})

        assert told(q(1, {"ward_revenue_ytd": 1_000_000_000}), made) == []
        assert told(made) == []

    def test_the_year_so_far_is_not_less_than_its_period(self) -> None:
        """Nine months cannot be less than the quarter alone."""
        made = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 1_412_450_000})

        assert told(made) == [("cumulative_mismatch", ("ward_revenue_ytd", "ward_revenue"))]

    def test_a_half_year_report_may_print_the_quarter_beside_it(self) -> None:
        """In Q2 both six months and the second quarter may stand as the period."""
        first = q(1, {"ward_revenue_ytd": 1_000_000_000})

        assert told(first, q(2, {"ward_revenue": 1_500_000_000, "ward_revenue_ytd": 1_500_000_000})) == []
        assert told(first, q(2, {"ward_revenue": 500_000_000, "ward_revenue_ytd": 1_500_000_000})) == []
        assert [r for r, _ in told(first, q(2, {"ward_revenue": 600_000_000, "ward_revenue_ytd": 1_500_000_000}))] == [
            "cumulative_mismatch"
        ]

    def test_one_number_for_both_is_no_sum(self) -> None:
        """Where one printed number stands for period and year so far, they are not compared."""
        half = q(2, {"ward_revenue_ytd": 3_000_000_000})
        both = [printing("ward_revenue", 4_000_000_000), printing("ward_revenue_ytd", 4_000_000_000)]
        both = [printing(p.figure, p.value, sentence="9 tháng: 4000000000") for p in both]
        made = reading([*q(3).printings, *both])

        assert told(half, made) == []

    def test_the_reports_own_rate_supports_the_sum(self) -> None:
        """Where the printed rate agrees with the sum, the sum is proposed."""
        half = q(2, {"ward_revenue_ytd": 3_274_618_000})
        figures = {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000}
        made = q(3, {**figures, "ward_revenue_budget": 6_482_000_000, "ward_revenue_budget_pct": "76.94"})

        (finding,) = [f for f in last(half, made) if f.rule == "cumulative_mismatch"]

        assert [(p.figure, p.value) for p in finding.proposals] == [("ward_revenue_ytd", Decimal(4_987_068_000))]


class TestCarried:
    def test_what_was_pending_is_carried_over(self) -> None:
        """Q3 begins with what Q2 left open."""
        half = q(2, {"dossiers_pending": 17})

        assert told(half, q(3, {"dossiers_carried_over": 17})) == []
        assert told(half, q(3, {"dossiers_carried_over": 71})) == [("cumulative_mismatch", ("dossiers_carried_over",))]

    def test_a_half_year_carries_what_the_year_began_with(self) -> None:
        """Q2 covers the year so far and carries over what Q1 did, or what Q1 left, as some wards read it."""
        first = q(1, {"dossiers_carried_over": 3, "dossiers_pending": 5})

        assert told(first, q(2, {"dossiers_carried_over": 3})) == []
        assert told(first, q(2, {"dossiers_carried_over": 5})) == []
        assert told(first, q(2, {"dossiers_carried_over": 9})) == [("cumulative_mismatch", ("dossiers_carried_over",))]

    def test_only_the_last_quarters_pending_proves_nothing_of_a_half_year(self) -> None:
        """What Q1 left open need not be what the half year began with."""
        assert told(q(1, {"dossiers_pending": 5}), q(2, {"dossiers_carried_over": 9})) == []


class TestShrunk:
    def test_the_half_year_contains_its_first_quarter(self) -> None:
        """Six months cannot hold fewer online dossiers than their first three."""
        first = q(1, {"dossiers_online": 80})

        assert told(first, q(2, {"dossiers_online": 90})) == []
        assert told(first, q(2, {"dossiers_online": 70})) == [("cumulative_mismatch", ("dossiers_online",))]

    def test_a_quarter_may_be_smaller_than_the_half_year(self) -> None:
        """Q3 covers three months only."""
        assert told(q(2, {"dossiers_online": 190}), q(3, {"dossiers_online": 70})) == []

    def test_tasks_done_in_the_year_never_shrink(self) -> None:
        """What was done by June is still done in September."""
        assert told(q(2, {"plan_tasks_completed": 19}), q(3, {"plan_tasks_completed": 11})) == [
            ("cumulative_mismatch", ("plan_tasks_completed",))
        ]

    def test_a_report_of_the_wrong_span_is_one_finding(self) -> None:
        """A half-year report with numbers of the quarter alone is told once."""
        first = q(1, {"dossiers_online": 80, "staff_trained": 9, "dossiers_late": 4})

        found = last(first, q(2, {"dossiers_online": 70, "staff_trained": 5, "dossiers_late": 1}))

        assert [set(f.figures) for f in found] == [{"dossiers_online", "staff_trained", "dossiers_late"}]


FLOWS = {
    "dossiers_received": 1372,
    "dossiers_resolved": 1341,
    "dossiers_pending": 31,
    "dossiers_direct": 611,
    "dossiers_postal": 55,
    "dossiers_online": 706,
    "satisfaction_surveys": 412,
    "online_payments": 388,
    "online_payment_amount": 21_465_000,
    "ward_revenue": 5_728_400_000,
    "ward_expenditure": 4_912_300_000,
}


class TestStaleCopy:
    def test_a_report_that_repeats_the_one_before(self) -> None:
        """Most flows equal to the last report are no coincidence, and their echoes are not told again."""
        half = q(2, {**FLOWS, "dossiers_carried_over": 34})
        copied = q(3, {**FLOWS, "dossiers_carried_over": 34, "plan_completion_pct": 76})

        found = last(half, copied)

        assert [f.rule for f in found] == ["stale_copy"]
        assert "6 tháng đầu năm 2023" in found[0].message_vi

    def test_stocks_may_stay_the_same(self) -> None:
        """Staff, procedures, plans and hundred percents repeat in honest reports."""
        stocks = {"procedures_total": 171, "staff_total": 18, "staff_cadres": 10, "staff_civil_servants": 8}
        plans = {"investment_plan": 2_000_000_000, "ward_revenue_budget": 5_172_100_000, "digital_teams": 5}
        same = {**stocks, **plans, "digital_team_members": 31, "staff_part_time": 9, "dossiers_late": 0}

        assert told(q(2, same), q(3, same)) == []

    def test_few_figures_prove_nothing(self) -> None:
        """Three equal flows are not a copy."""
        same = {"satisfaction_surveys": 125, "staff_trained": 8, "inspections_conducted": 2}

        assert told(q(2, same), q(3, same)) == []

    def test_the_same_report_in_another_format_is_not_its_copy(self) -> None:
        """One ward-round sent twice in one set is never held against itself."""
        assert told(q(3, FLOWS), q(3, FLOWS)) == []


class TestJump:
    @pytest.mark.parametrize(("before", "after", "seen"), [(171, 1710, True), (171, 168, False), (3, 12, False)])
    def test_stocks_do_not_jump(self, before: int, after: int, seen: bool) -> None:
        """Ten times as many procedures as last quarter are worth a look; small numbers may move."""
        found = told(q(2, {"procedures_total": before}), q(3, {"procedures_total": after}))

        assert found == ([("outlier", ("procedures_total",))] if seen else [])


class TestSlight:
    def test_a_period_that_is_next_to_nothing_of_its_year(self) -> None:
        """1.912.300 beside 5.480.100.000 has perhaps lost three digits; nothing proves it, so it is only shown."""
        lost = q(3, {"ward_revenue": 1_912_300, "ward_revenue_ytd": 5_480_100_000})
        small = q(3, {"ward_revenue": 91_912_300, "ward_revenue_ytd": 5_480_100_000})

        (finding,) = last(lost)
        assert (finding.rule, finding.severity, finding.figures) == ("outlier", "info", ("ward_revenue",))
        assert told(small) == []


class TestContext:
    def test_history_is_context_only(self) -> None:
        """Accepted reports of earlier rounds are seen and get no findings of their own."""
        staff = {"staff_total": 9, "staff_cadres": 1, "staff_civil_servants": 1}
        half = q(2, {"ward_revenue_ytd": 3_274_618_000, **staff})
        bad = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000, "staff_total": 9})

        found = check_reports([bad], [half])

        rules = [[f.rule for f in findings] for findings in found]
        assert rules == [["cumulative_mismatch", "dropped_figure"]]

    def test_another_ward_is_not_its_history(self) -> None:
        """Only the ward's own earlier reports are held against it."""
        half = q(2, {"ward_revenue_ytd": 3_274_618_000}, ward="pho-van")

        assert told(half, q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})) == []

    def test_of_two_formats_the_surer_reading_is_the_context(self) -> None:
        """A scan misread is not held against the next report where the digital file is there too."""
        digital = q(2, {"ward_revenue_ytd": 3_274_618_000})
        scan = reading(
            [printing(p.figure, p.value + 7, text_confidence=0.7) for p in digital.printings], round_label="2023-Q2"
        )
        good = q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_987_068_000})

        assert told(digital, scan, good) == []
        assert told(scan, digital, good) == []

    def test_a_slip_of_the_last_report_is_not_this_reports_fault(self) -> None:
        """An earlier amount that lost three digits is mended before this report is held against it."""
        half = q(
            2,
            {
                "ward_revenue_ytd": 3_274_618,
                "ward_revenue_budget": 6_482_000_000,
                "ward_revenue_budget_pct": "50.52",
            },
        )

        assert told(half, q(3, {"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_987_068_000})) == []
