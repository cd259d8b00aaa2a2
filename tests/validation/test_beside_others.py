"""A report held against the other wards' and against the ward's earlier ones, each comparison alone, at its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from catalogue.rounds import Round, parse_round
from catalogue.rules import rule_book
from parsers.document import Place
from parsers.reading import Account, AccountKind, Printing
from tests.validation.builders import printing, reading
from validation.copied_reports import stale_copy
from validation.cumulative import carried, cumulative, shrunk
from validation.cumulative_rows import rows
from validation.dropped_figures import dropped_figures
from validation.finding import Finding
from validation.outliers import check_peers
from validation.peer_scale import out_of_scale
from validation.report_values import Sheet, lay_out
from validation.rounds import check_rounds

Figures = Mapping[str, str | int | Decimal]


def sheet(figures: Figures | Sequence[Printing], round_label: str = "2023-Q3", **more: object) -> Sheet:
    """Return the sheet of some figures."""
    return lay_out(reading(figures, round_label=round_label, **more), rule_book())  # type: ignore[arg-type]


def peers(figure: str, *values: int | str) -> list[Sheet]:
    """Return sheets of other wards that print one figure each."""
    return [sheet({figure: value}, ward=f"ward-{i}") for i, value in enumerate(values)]


def hardly(figure: str, value: int | str, **more: object) -> Printing:
    """Return a printing that was read too unsurely to be held against anything."""
    return printing(figure, value, reading_confidence=0.1, **more)


class TestScaleOfPeers:
    @staticmethod
    def told(own: Figures | Sequence[Printing], others: list[Sheet], past: Sequence[Sheet] = ()) -> list[str]:
        """Return the figures of another size than everybody's."""
        return [finding.figures[0] for finding in out_of_scale(sheet(own), others, past)]

    @pytest.mark.parametrize(
        ("figure", "value", "other", "far"),
        [
            ("documents_incoming", 310, 31, True),
            ("documents_incoming", 309, 31, False),
            ("communication_sessions", 100, 4, True),
            ("communication_sessions", 99, 4, False),
            ("ward_expenditure", 10_000_000_000, 1_000_000_000, True),
            ("ward_expenditure", 9_999_999_999, 1_000_000_000, False),
            ("ward_expenditure", 10_000_000, 200_000, True),
            ("ward_expenditure", 9_999_999, 200_000, False),
            ("ward_expenditure", 2_000_000, 1_000_000_000, True),
            ("ward_expenditure", 2_000_001, 1_000_000_000, False),
            ("ward_expenditure", 1, 1_000_000_000, True),
            ("ward_expenditure", 0, 1_000_000_000, False),
            ("documents_incoming", 1, 5_000, False),
            ("satisfaction_pct", 90, 1, False),
        ],
    )
    def test_ten_times_the_median_or_a_five_hundredth(self, figure: str, value: int, other: int, far: bool) -> None:
        """Ten times the median, at least of the floor; an amount may be too small as well, nothing is not."""
        assert self.told({figure: value}, peers(figure, *[other] * 5)) == ([figure] if far else [])

    def test_who_does_not_print_the_figure_does_not_count(self) -> None:
        """Four medians and a ward that prints another figure are four."""
        four = peers("documents_incoming", 31, 31, 31, 31)

        assert self.told({"documents_incoming": 900}, [*four, *peers("documents_outgoing", 31)]) == []
        assert self.told({"documents_incoming": 900}, [*four, *peers("documents_incoming", 31)]) != []

    def test_what_was_hardly_read_is_not_judged(self) -> None:
        """A number that counts for nothing is not called too large, by others of its kind neither."""
        others = peers("documents_incoming", *[31] * 5)

        assert self.told([hardly("documents_incoming", 900)], others) == []
        assert self.told({"documents_incoming": 900}, [*others[:4], sheet([hardly("documents_incoming", 31)])]) == []

    @pytest.mark.parametrize(("past", "far"), [(900, False), (91, False), (90, True)])
    def test_the_wards_own_past_excuses(self, past: int, far: bool) -> None:
        """What the ward printed before at the same size is its size, whatever the others have."""
        others, before = peers("documents_incoming", *[31] * 5), [sheet({"documents_incoming": past}, "2023-Q2")]

        assert bool(self.told({"documents_incoming": 900}, others, before)) is far
        assert self.told({"documents_incoming": 900}, others, [sheet({"documents_outgoing": 900}, "2023-Q2")]) != []

    @pytest.mark.parametrize(
        ("pct", "signed", "far"), [("5", 450, False), ("4", 360, True), ("5", 900, True), ("0", 0, True)]
    )
    def test_a_percentage_that_holds_proves_the_size(self, pct: str, signed: int, far: bool) -> None:
        """Of five units of its last digit at least, or almost any total would give it."""
        own: Figures = {"documents_outgoing": 9_000, "documents_signed": signed, "documents_signed_pct": pct}

        assert self.told(own, peers("documents_outgoing", *[31] * 5)) == (["documents_outgoing"] if far else [])

    def test_a_percentage_of_other_figures_proves_nothing(self) -> None:
        """That the share of signed letters holds says nothing of the letters that came in."""
        own = {"documents_incoming": 9_000, "documents_outgoing": 40, "documents_signed": 20}
        others = peers("documents_incoming", *[31] * 5)

        assert self.told({**own, "documents_signed_pct": "50"}, others) == ["documents_incoming"]

    @pytest.mark.parametrize(
        ("year", "budget", "far"),
        [
            (20, 40, False),
            (90, 180, False),
            (91, 182, True),
            ("0.9", "1.8", False),
            ("0.8", "1.6", True),
            (20, 41, True),
        ],
    )
    def test_the_year_so_far_supports_its_period(self, year: str | int, budget: str | int, far: bool) -> None:
        """A proven year so far of no other size speaks for the period in it; one that is not proven does not."""
        billion = 1_000_000_000
        own: Figures = {
            "ward_revenue": 9 * billion,
            "ward_revenue_ytd": Decimal(year) * billion,
            "ward_revenue_budget": Decimal(budget) * billion,
            "ward_revenue_budget_pct": "50.0",
        }

        found = self.told(own, peers("ward_revenue", *[500_000_000] * 5))

        assert found == (["ward_revenue"] if far else [])

    def test_a_sum_that_holds_proves_the_size(self) -> None:
        """9.000 new and 100 carried over are 9.100 received; with 101 nothing is proved."""
        own = {"dossiers_received_new": 9_000, "dossiers_carried_over": 100, "dossiers_received": 9_100}
        others = peers("dossiers_received_new", *[31] * 5)

        assert self.told(own, others) == []
        assert self.told({**own, "dossiers_carried_over": 101}, others) == ["dossiers_received_new"]

    def test_the_finding_says_how_many_and_what_they_have(self) -> None:
        """The median and the number of other wards stand in the message, the value as printed beside it."""
        (found,) = out_of_scale(sheet({"documents_incoming": 900}), peers("documents_incoming", 1, 2, 31, 32, 33), [])

        assert (found.rule, found.severity, found.printed, found.expected) == ("peer_scale", "error", "900", "31")
        assert "the middle one of the 5 other wards has 31" in found.message_en


class TestOutliers:
    @staticmethod
    def told(own: Figures | Sequence[Printing], others: list[Sheet], past: Sequence[Sheet] = ()) -> list[Finding]:
        """Return what is far from the other wards'."""
        return list(check_peers(sheet(own), others, past))

    def test_eight_wards_are_enough(self) -> None:
        """The ward itself and seven others; with six others nothing is said."""
        for number, said in ((7, 1), (6, 0)):
            assert len(self.told({"satisfaction_pct": 50}, peers("satisfaction_pct", *[98] * number))) == said

    @pytest.mark.parametrize(("value", "far"), [(146, False), (148, True)])
    def test_the_score_is_over_three_and_a_half(self, value: int, far: bool) -> None:
        """With a spread of 9 about 100: 46 · 0.6745 / 9 is 3.45, 48 is 3.6."""
        spread = [91, 91, 91, 100, 100, 109, 109, 109]

        found = self.told({"procedures_total": value}, peers("procedures_total", *spread))

        assert bool(found) is far

    def test_half_the_floor_is_the_least_spread(self) -> None:
        """Of equal shares of 10 % the least spread is 5 points: 35 lies 3.37 off, 36 lies 3.51."""
        others = peers("dossiers_online_pct", *[10] * 9)

        assert self.told({"dossiers_online_pct": 35}, others) == []
        (found,) = self.told({"dossiers_online_pct": 37}, others)
        assert found.expected == "10%"
        assert "the middle one of 10 wards has 10% (modified z-score 3.6)" in found.message_en

    @pytest.mark.parametrize(("past", "far"), [(96, True), (95, False), (55, False), (54, True)])
    def test_the_wards_own_past_excuses_within_two_floors(self, past: int, far: bool) -> None:
        """A share of 75 % is usual for a ward that had 55 to 95."""
        before = [sheet({"staff_total": 9}, "2023-Q1"), sheet({"dossiers_online_pct": past}, "2023-Q2")]

        found = self.told({"dossiers_online_pct": 75}, peers("dossiers_online_pct", *[10] * 9), before)

        assert bool(found) is far

    def test_what_was_hardly_read_is_not_judged(self) -> None:
        """Neither of the ward itself, nor among the others."""
        others = peers("satisfaction_pct", *[98] * 6)

        assert self.told([hardly("satisfaction_pct", 50)], peers("satisfaction_pct", *[98] * 9)) == []
        assert self.told({"satisfaction_pct": 50}, [*others, sheet([hardly("satisfaction_pct", 98)])]) == []


NOW = parse_round("2023-Q3")


def before(label: str, figures: Figures | Sequence[Printing]) -> dict[Round, Sheet]:
    """Return one earlier report of the ward, by its round."""
    return {parse_round(label): sheet(figures, label)}


class TestCopies:
    @staticmethod
    def copied(now: Figures, *then: tuple[str, Figures]) -> Finding | None:
        """Return the finding that a report repeats one of the others."""
        return stale_copy(sheet(now), {parse_round(label): sheet(figures, label) for label, figures in then})

    @staticmethod
    def flows(equal: int, of: int, start: int = 13) -> tuple[Figures, Figures]:
        """Return the flows of two reports, `equal` of which are alike; all small, so that none tells by itself."""
        codes = [
            "dossiers_received_new", "dossiers_resolved", "dossiers_online", "dossiers_direct", "dossiers_early",
            "dossiers_late", "feedback_received", "staff_trained", "satisfaction_surveys", "online_payments",
        ]  # fmt: skip
        now: dict[str, int] = {code: start + i for i, code in enumerate(codes[:of])}
        return now, {code: value + (50 if i >= equal else 0) for i, (code, value) in enumerate(now.items())}

    @pytest.mark.parametrize(("equal", "of", "told"), [(6, 10, True), (5, 10, False), (9, 9, False)])
    def test_six_of_ten_alike(self, equal: int, of: int, told: bool) -> None:
        """Three in five of ten or more."""
        now, then = self.flows(equal, of)

        assert (self.copied(now, ("2023-Q2", then)) is not None) is told

    def test_small_counts_are_not_compared(self) -> None:
        """Counts under 13 repeat by chance: with one of ten at 12 only nine are left."""
        now, then = self.flows(10, 10, start=12)

        assert self.copied(now, ("2023-Q2", then)) is None

    def test_a_share_of_nothing_or_of_all_says_nothing(self) -> None:
        """Of ten figures alike two are shares of 0 % and 100 %: eight are compared. With 1 % and 2 % all ten are."""
        now, then = self.flows(8, 8)
        ends = {"dossiers_late_pct": 0, "dossiers_online_pct": 100}
        shares = {"dossiers_late_pct": 1, "dossiers_online_pct": 2}

        assert self.copied({**now, **ends}, ("2023-Q2", {**then, **ends})) is None
        assert self.copied({**now, **shares}, ("2023-Q2", {**then, **shares})) is not None

    def test_five_of_a_hundred_and_more_are_a_copied_part(self) -> None:
        """A hundred is large enough; a percentage is never."""
        part = dict.fromkeys(("dossiers_received_new", "dossiers_resolved", "dossiers_online", "dossiers_direct"), 100)

        assert self.copied({**part, "dossiers_early": 100}, ("2023-Q2", {**part, "dossiers_early": 100})) is not None
        assert self.copied({**part, "dossiers_early": 99}, ("2023-Q2", {**part, "dossiers_early": 99})) is None
        share = {"ward_revenue_budget_pct": "123.4"}
        assert self.copied({**part, **share}, ("2023-Q2", {**part, **share})) is None

    def test_of_several_the_one_most_alike_is_named(self) -> None:
        """Whatever the order of the rounds; the message has number, share and the first examples."""
        now, half = self.flows(7, 10)
        full = dict(now)

        found = [
            self.copied(now, *pair)
            for pair in ([("2023-Q1", half), ("2023-Q2", full)], [("2023-Q2", half), ("2023-Q1", full)])
        ]

        assert [f.printed for f in found if f] == ["10/10 = 2023-Q2", "10/10 = 2023-Q1"]

    @pytest.mark.parametrize(("equal", "share", "more"), [(6, "60%", False), (7, "70%", True)])
    def test_six_examples_are_named(self, equal: int, share: str, more: bool) -> None:
        """What is left out is said by three points."""
        now, then = self.flows(equal, 10)

        found = self.copied(now, ("2023-Q2", then))

        assert found is not None
        assert f"{equal} of 10 figures of the period ({share})" in found.message_en
        assert ("…" in found.message_en) is more


class TestDropped:
    @staticmethod
    def gone(now: Sheet, versions: Sequence[Sheet] = (), then: Mapping[Round, Sheet] = {}) -> list[Finding]:
        """Return what a report prints no more."""
        return list(dropped_figures(now, versions, then))

    def test_only_what_the_office_requires_is_asked_for_after_a_round(self) -> None:
        """Against the round before, other figures are a remark; against an earlier version all are missed."""
        bare = sheet({"staff_total": 20})
        then = {"staff_total": 20, "dossiers_late": 3}
        required = {**then, "satisfaction_pct": 98}

        weights = [f.severity for f in self.gone(bare, [sheet(then)])]
        after = [self.gone(bare, (), before("2023-Q2", figures))[0] for figures in (then, required)]

        rule = rule_book().rules["dropped_figure"].severity
        assert weights == [rule]
        assert [(f.severity, f.printed) for f in after] == [("info", "2023-Q2"), (rule, "2023-Q2")]

    def test_the_words_say_where_it_stood(self) -> None:
        """An earlier version, or the report of the round before; quotes carry that round."""
        bare, then = sheet({"staff_total": 20}), {"dossiers_late": 3}

        (version,), (earlier,) = self.gone(bare, [sheet(then)]), self.gone(bare, (), before("2023-Q2", then))

        assert (version.printed, [q.round for q in version.quotes]) == ("", [None])
        assert version.message_en.startswith(
            "An earlier version of this report prints what this one does not: dossiers late (3)."
        )
        assert [q.round for q in earlier.quotes] == ["2023-Q2"]
        assert earlier.message_en.startswith("The report of 2023-Q2 prints what this one does not: dossiers late (3).")
        assert "Báo cáo quý" not in version.message_vi and parse_round("2023-Q2").title_vi in earlier.message_vi

    @pytest.mark.parametrize(("number", "more"), [(12, False), (13, True)])
    def test_twelve_are_named(self, number: int, more: bool) -> None:
        """A longer list ends with three points."""
        codes = list(rule_book().required) + [c for c in rule_book().rounds.growing if c not in rule_book().required]
        then = dict.fromkeys(codes[:number], 20)
        assert len(then) == number

        (found,) = self.gone(sheet({"staff_total": 20}), [sheet(then)])

        assert (len(found.figures), "…" in found.message_en) == (number, more)

    def test_what_was_read_with_doubt_is_not_missed(self) -> None:
        """A figure of an earlier version that nobody was sure of may never have been there."""
        assert (
            self.gone(sheet({"staff_total": 20}), [sheet([printing("dossiers_late", 3, reading_confidence=0.7)])]) == []
        )

    @pytest.mark.parametrize(
        ("kind", "value", "sentence", "missed"),
        [
            (AccountKind.UNEXPLAINED, 37, "Có 37 việc.", False),
            (AccountKind.UNEXPLAINED, 41, "Hồ sơ trễ hạn là 41.", False),
            (AccountKind.UNEXPLAINED, 41, "Có 41 việc.", True),
            (AccountKind.DATE, 37, "Hồ sơ trễ hạn là 37.", True),
        ],
    )
    def test_an_unexplained_number_may_be_it(self, kind: AccountKind, value: int, sentence: str, missed: bool) -> None:
        """One of the old value, or one that stands by the old words, was overlooked; a date was not."""
        beside = Account(kind, str(value), Decimal(value), Place(9, 0, 2), 1, sentence, "test")
        now = sheet({"staff_total": 20}, accounts=[beside])
        old = printing("dossiers_late", 37, label="hồ sơ trễ hạn")

        assert bool(self.gone(now, [sheet([old])])) is missed

    def test_without_words_only_the_value_tells(self) -> None:
        """A figure that no phrase named is found in no sentence."""
        beside = Account(AccountKind.UNEXPLAINED, "41", Decimal(41), Place(9, 0, 2), 1, "Có 41 việc.", "test")
        now = sheet({"staff_total": 20}, accounts=[beside])

        assert len(self.gone(now, [sheet([printing("dossiers_late", 37, label="")])])) == 1

    def test_what_a_version_says_is_not_said_again_of_the_round_before(self) -> None:
        """The figure that both print is asked for once, of the version; the other one of the round."""
        now, version = sheet({"staff_total": 20}), sheet({"dossiers_late": 3})
        then = before("2023-Q2", {"dossiers_late": 5, "dossiers_online": 80})

        assert [f.figures for f in self.gone(now, [version], then)] == [("dossiers_late",), ("dossiers_online",)]

    def test_the_other_span_of_time_says_only_its_own_amount(self) -> None:
        """A quarter's revenue stands for the half year's, not for the expenditure or the dossiers."""
        then = {"ward_revenue_ytd": 900, "ward_expenditure_ytd": 800, "dossiers_late": 3}

        found = self.gone(sheet({"ward_revenue": 400}), (), before("2023-Q2", then))

        assert [f.figures for f in found] == [("ward_expenditure_ytd", "dossiers_late")]

    def test_a_report_of_no_round_is_held_against_its_versions_only(self) -> None:
        """Nobody knows what came before it."""
        nowhere = sheet({"staff_total": 20}, None)  # type: ignore[arg-type]

        assert self.gone(nowhere, (), before("2023-Q2", {"dossiers_late": 3})) == []
        assert len(self.gone(nowhere, [sheet({"dossiers_late": 3})])) == 1


class TestYearSoFar:
    BILLION = 1_000_000_000

    def told(
        self, now: Figures | Sequence[Printing], then: Mapping[Round, Sheet], label: str = "2023-Q3"
    ) -> list[Finding]:
        """Return the findings on the year so far."""
        return list(cumulative(sheet(now, label), parse_round(label), then))

    def amounts(self, period: str | int, ytd: str | int) -> Figures:
        """Return revenue of the period and of the year so far, in billions."""
        return {"ward_revenue": Decimal(period) * self.BILLION, "ward_revenue_ytd": Decimal(ytd) * self.BILLION}

    def test_the_period_of_a_half_year_is_its_year_so_far(self) -> None:
        """Of a report that covers the year, the period's amount does; of the quarter before, it does not."""
        half = {"ward_revenue": 3 * self.BILLION}

        assert self.told(self.amounts(2, 5), before("2023-Q2", half)) == []
        assert len(self.told(self.amounts(2, 6), before("2023-Q2", half))) == 1
        assert self.told(self.amounts(2, 9), before("2023-Q3", half), "2023-Q4") == []

    def test_the_year_so_far_of_the_report_before_comes_first(self) -> None:
        """Where it prints both, its year so far is added to this period."""
        third = {"ward_revenue": 2 * self.BILLION, "ward_revenue_ytd": 5 * self.BILLION}

        assert self.told(self.amounts(2, 7), before("2023-Q3", third), "2023-Q4") == []
        assert len(self.told(self.amounts(2, 4), before("2023-Q3", third), "2023-Q4")) == 1

    def test_a_report_over_the_year_may_print_it_as_its_period(self) -> None:
        """In Q4 the period may be the whole year; in Q3 it is the quarter."""
        half = {"ward_revenue_ytd": 5 * self.BILLION}

        assert self.told(self.amounts(7, 7), before("2023-Q3", half), "2023-Q4") == []
        assert len(self.told(self.amounts(7, 7), before("2023-Q2", half))) == 1

    def test_another_year_is_not_added(self) -> None:
        """The first quarter begins at nothing, whatever the year before came to."""
        assert self.told(self.amounts(2, 2), before("2022-Q4", self.amounts(1, 9)), "2023-Q1") == []
        assert len(self.told(self.amounts(2, 11), before("2022-Q4", self.amounts(1, 9)), "2023-Q1")) == 1

    def test_less_than_its_period_in_every_reading(self) -> None:
        """With nothing known of before, one printing of the year so far that contains the period is enough."""
        second = printing("ward_revenue_ytd", 9 * self.BILLION, primary=False, block=2)
        first = [printing(f, Decimal(v), block=i) for i, (f, v) in enumerate(self.amounts(3, 2).items())]

        assert len(self.told(first, {})) == 1
        assert self.told([*first, second], {}) == []

    def test_the_message_adds_up(self) -> None:
        """Both amounts, the round of the first, and their sum; without a round before only this period."""
        half = {"ward_revenue_ytd": 3 * self.BILLION}
        known, alone = self.told(self.amounts(2, 7), before("2023-Q2", half)), self.told(self.amounts(2, 1), {})

        assert "3.000.000.000 đồng" in known[0].message_vi and "5.000.000.000 đồng" in known[0].message_vi
        assert parse_round("2023-Q2").title_vi in known[0].message_vi and "2023-Q2" in known[0].message_en
        assert known[0].expected == "5.000.000.000 đồng"
        assert "but this period alone is" in alone[0].message_en
        assert alone[0].expected == "2.000.000.000 đồng"

    def test_the_sum_is_proposed_only_where_the_rate_speaks_against_the_printed_value(self) -> None:
        """A rate that holds with both supports neither."""
        half = before("2023-Q2", {"ward_revenue_ytd": 3 * self.BILLION})
        rate = {"ward_revenue_budget": 10 * self.BILLION, "ward_revenue_budget_pct": 50}
        both: Figures = {**rate, "ward_revenue_ytd": Decimal("5.02") * self.BILLION, "ward_revenue": 2 * self.BILLION}

        assert [len(f.proposals) for f in self.told({**self.amounts(2, 7), **rate}, half)] == [1]
        assert [len(f.proposals) for f in self.told(both, half)] == [0]
        assert [len(f.proposals) for f in self.told(self.amounts(2, 7), half)] == [0]


class TestCarriedOver:
    @staticmethod
    def told(label: str, over: int, then: Mapping[Round, Sheet]) -> list[str]:
        """Return what the number carried over should be."""
        own = parse_round(label)
        return [f.expected for f in carried(sheet({"dossiers_carried_over": over}, label), own, then)]

    def test_a_half_year_begins_with_what_the_last_year_left(self) -> None:
        """The year before closed with what is carried over, two years before with nothing that matters."""
        last = before("2022-Q4", {"dossiers_pending": 7})

        assert self.told("2023-Q2", 7, last) == []
        assert self.told("2023-Q2", 8, last) == ["7"]
        assert self.told("2023-Q2", 8, before("2021-Q4", {"dossiers_pending": 7})) == []

    def test_the_third_quarter_says_nothing_of_how_the_year_began(self) -> None:
        """A year's report is held against the half year's, not against the quarter's own."""
        third, half = before("2023-Q3", {"dossiers_carried_over": 7}), before("2023-Q2", {"dossiers_carried_over": 7})

        assert self.told("2023-Q4", 8, third) == []
        assert self.told("2023-Q4", 8, half) == ["7"]

    def test_what_was_hardly_read_is_not_judged(self) -> None:
        """A number that counts for nothing is carried nowhere."""
        one = sheet([hardly("dossiers_carried_over", 8)])

        assert list(carried(one, NOW, before("2023-Q2", {"dossiers_pending": 7}))) == []


class TestFallen:
    @staticmethod
    def told(then: Mapping[Round, Sheet], now: Figures | Sequence[Printing], label: str = "2023-Q2") -> list[Finding]:
        """Return the finding on flows that are smaller than before."""
        return list(shrunk(sheet(now, label), parse_round(label), then))

    def test_one_that_fell_is_said_otherwise_than_several(self) -> None:
        """Of one the number is doubted, of several the span of time."""
        first = before("2023-Q1", {"dossiers_online": 80, "staff_trained": 9})

        (one,) = self.told(first, {"dossiers_online": 70, "staff_trained": 9})
        (both,) = self.told(first, {"dossiers_online": 70, "staff_trained": 8})

        assert one.message_en.startswith("dossiers online 70 (report of 2023-Q1: 80): a number for the year so far")
        assert both.message_en.startswith("The report covers the year so far, but prints less")
        assert [(q.raw, q.round) for q in one.quotes] == [("70", None), ("80", "2023-Q1")]

    def test_every_reading_must_have_fallen(self) -> None:
        """A second printing that did not fall excuses the first."""
        first = before("2023-Q1", {"dossiers_online": 80})
        two = [printing("dossiers_online", 70), printing("dossiers_online", 90, primary=False, block=1)]

        assert (len(self.told(first, two[:1])), self.told(first, two)) == (1, [])

    def test_last_year_is_not_contained(self) -> None:
        """What was done last year is gone."""
        assert self.told(before("2022-Q4", {"dossiers_online": 80}), {"dossiers_online": 70}) == []


class TestRowsOfTheYear:
    ROW = "Thu ngân sách"

    def cell(self, figure: str, value: int, column: int, row: int = 1, **more: Any) -> Printing:
        """Return a printing in a cell of a table."""
        place = Place(0, 0, 5, row, column)
        return printing(figure, value, sentence=self.ROW, place=place, **more)

    def before(self, value: int | None, column: int, row: int | None = 1, **more: object) -> Account:
        """Return a number of another time in a cell."""
        kind, sentence = more.pop("kind", AccountKind.PRIOR_PERIOD), more.pop("sentence", self.ROW)
        of = None if value is None else Decimal(value)
        return Account(kind, str(value), of, Place(0, 0, 5, row, column), 1, sentence, "test", **more)  # type: ignore[arg-type]

    def told(self, ytd: int, now: int, *then: Account, **more: Any) -> list[str]:
        """Return what the year so far should be, of a row: before, this period, the year."""
        printings = [self.cell("ward_revenue", now, 2, **more), self.cell("ward_revenue_ytd", ytd, 3)]
        return [f.expected for f in rows(sheet(printings, accounts=then))]

    @pytest.mark.parametrize(
        ("ytd", "told"),
        [
            (4987, False),
            (4897, True),
            (4986, True),
            (4798, True),
            (3275, True),
            (6200, False),
        ],
    )
    def test_a_sum_missed_by_a_slip(self, ytd: int, told: bool) -> None:
        """3.275 before and 1.712 now are 4.987: one digit, two turned, other order, the first printed again."""
        assert self.told(ytd, 1712, self.before(3275, 1)) == (["4.987 đồng"] if told else [])

    def test_a_number_that_gives_the_sum_excuses_the_others(self) -> None:
        """Of two numbers before, one adds up: the other is of another year."""
        assert self.told(4987, 1712, self.before(3275, 1), self.before(3274, 0)) == []

    def test_nothing_in_the_period_adds_nothing(self) -> None:
        """The year so far is what it was."""
        assert self.told(3275, 0, self.before(3275, 1)) == []

    def test_only_numbers_of_the_row_before_the_period(self) -> None:
        """Not those of another row, nor behind the period, nor without a value, nor of another kind."""
        for other in (
            self.before(3275, 1, row=2),
            self.before(3275, 4),
            self.before(3275, 2),
            self.before(None, 1),
            self.before(3275, 1, kind=AccountKind.TARGET),
        ):
            assert self.told(4897, 1712, other) == []
        assert len(self.told(4897, 1712, self.before(3275, 1, kind=AccountKind.UNEXPLAINED))) == 1

    def test_both_figures_stand_in_one_row(self) -> None:
        """A year so far of the next row is of something else."""
        printings = [self.cell("ward_revenue", 1712, 2), self.cell("ward_revenue_ytd", 4897, 3, row=2)]

        assert list(rows(sheet(printings, accounts=[self.before(3275, 1)]))) == []

    def test_in_a_sentence_it_may_stand_behind(self) -> None:
        """Running text has no columns: before or behind, in the sentence of both."""
        text = "Thu trong quý 1712, lũy kế 4897, sáu tháng 3275."
        printings = [printing(f, v, sentence=text) for f, v in (("ward_revenue", 1712), ("ward_revenue_ytd", 4897))]

        def told(sentence: str) -> int:
            beside = Account(AccountKind.PRIOR_PERIOD, "3275", Decimal(3275), Place(0, 43, 47), 1, sentence, "test")
            return len(list(rows(sheet(printings, accounts=[beside]))))

        assert (told(text), told("Sáu tháng thu 3275.")) == (1, 0)

    def test_a_number_in_the_unit_of_its_column(self) -> None:
        """Under "triệu đồng" 3.275 stands for 3.275.000.000 as this period's 1.712 does; one in dong stays as it is."""
        million = 1_000_000
        table = {"quantum": Decimal(million)}

        small = self.told(4897 * million, 1712 * million, self.before(3275, 1), **table)
        whole = self.told(4897 * million, 1712 * million, self.before(3275 * million, 1), **table)

        part = self.told(4897 * million, 1712 * million, self.before(3275, 1), quantum=Decimal(100_000), decimals=1)

        assert small == whole == part == ["4.987.000.000 đồng"]
        assert self.told(million + 1712 * million + 1, 1712 * million, self.before(million, 1), **table) != []

    def test_the_message_adds_up(self) -> None:
        """Printed, before, now, and their sum."""
        printings = [self.cell("ward_revenue", 1712, 2), self.cell("ward_revenue_ytd", 4897, 3)]

        (found,) = rows(sheet(printings, accounts=[self.before(3275, 1)]))

        assert (found.rule, found.figures) == ("cumulative_mismatch", ("ward_revenue_ytd", "ward_revenue"))
        for amount in ("4.897 đồng", "3.275 đồng", "1.712 đồng", "4.987 đồng"):
            assert amount in found.message_vi


class TestRounds:
    @staticmethod
    def told(now: Figures, *then: tuple[str, Figures]) -> list[tuple[str, tuple[str, ...]]]:
        """Return rule and figures of what is wrong beside earlier reports."""
        known = {parse_round(label): sheet(figures, label) for label, figures in then}
        return [(f.rule, f.figures) for f in check_rounds(sheet(now), known)]

    @pytest.mark.parametrize(("now", "jumped"), [(80, True), (79, False), (5, True), (6, False)])
    def test_four_times_or_a_quarter(self, now: int, jumped: bool) -> None:
        """Four times as many as before, or a fourth of it."""
        found = self.told({"staff_total": now}, ("2023-Q2", {"staff_total": 20}))

        assert bool(found) is jumped

    @pytest.mark.parametrize(("now", "jumped"), [(20, True), (19, False)])
    def test_small_stocks_may_move(self, now: int, jumped: bool) -> None:
        """From twenty on."""
        assert bool(self.told({"staff_total": now}, ("2023-Q2", {"staff_total": 2}))) is jumped

    def test_the_last_report_that_prints_it_counts(self) -> None:
        """Not an older one, in whatever order they are known."""
        older, last = ("2022-Q4", {"staff_total": 20}), ("2023-Q1", {"staff_total": 90})
        silent: tuple[str, Figures] = ("2023-Q2", {})

        for known in ((older, last, silent), (last, silent, older), (silent, older, last)):
            assert self.told({"staff_total": 85}, *known) == []
        assert self.told({"staff_total": 85}, older, silent) == [("outlier", ("staff_total",))]

    @pytest.mark.parametrize(("now", "slight"), [(49_999_999, True), (50_000_000, False), (1, True), (0, False)])
    def test_under_a_hundredth_of_the_year(self, now: int, slight: bool) -> None:
        """Next to nothing, but not nothing."""
        found = self.told({"ward_revenue": now, "ward_revenue_ytd": 5_000_000_000})

        assert found == ([("outlier", ("ward_revenue",))] if slight else [])

    def test_what_a_copy_repeats_is_not_told_again_and_the_rest_is(self) -> None:
        """A jump of a stock stays beside the copy; a flow that fell is part of it."""
        flows = {f: 200 + i for i, f in enumerate(("dossiers_resolved", "dossiers_online", "dossiers_direct"))}
        flows |= {"dossiers_early": 150, "dossiers_carried_over": 140}
        then = {**flows, "dossiers_pending": 3, "staff_total": 20}

        found = self.told({**flows, "staff_total": 90}, ("2023-Q2", then))

        assert [rule for rule, _ in found] == ["stale_copy", "outlier"]
        assert "dossiers_carried_over" in found[0][1]

    def test_a_report_of_no_round_has_none_before_it(self) -> None:
        """Nothing is said."""
        nowhere = sheet({"staff_total": 90}, None)  # type: ignore[arg-type]

        assert check_rounds(nowhere, before("2023-Q2", {"staff_total": 20})) == []
