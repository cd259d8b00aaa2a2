"""Pieces of the arithmetic of a round, each alone: comparisons, bounds, places, words, weak spots of a card."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue.rounds import Round, parse_round
from catalogue.scorecards import Scorecard
from cchc.messages import use_language
from scoring.audit import Audit, audit
from scoring.bounds import options, wilson
from scoring.compare import compare, rounds_needed
from scoring.dropped import Effect, Standing, effect_text
from scoring.explain import explain
from scoring.inputs import Waiver
from scoring.parts import Part, Subject, part_of, subjects, total_of
from scoring.rank import places_of, rank
from scoring.score import score, score_ward
from scoring.values import Comparison, CriterionScore, Gap, Move, Ranking, State, Unranked
from scoring.widths import widths

from .cases import DUE, card_from, figure, one_criterion, round_of, shares, ward


def parts(**values: int | tuple[int, int]) -> dict[str, Part]:
    """Return what wards add: a number, or both sides of a ratio."""
    sides = {name: one if isinstance(one, tuple) else (one, None) for name, one in values.items()}
    return {name: Part(Decimal(a), None if b is None else Decimal(b)) for name, (a, b) in sides.items()}


def these(*values: object) -> tuple[object, ...]:
    """Return values to be compared with plain numbers."""
    return values


FLOW = Subject("x", "sum", "count", additive=True, spans_matter=True)
YEAR = Subject("x", "sum", "vnd", additive=False, spans_matter=False, year_to_date=True)
STOCK = Subject("x", "sum", "count", additive=False, spans_matter=False)
SHARE = Subject("x", "ratio", "percent", additive=True, spans_matter=True, part=True)
PER_HEAD = replace(SHARE, part=False)


class TestComparison:
    @staticmethod
    def told(subject: Subject, now: str, then: str, history: Mapping[str, Mapping[str, Part]]) -> Comparison | None:
        """Return a total of the wards a and b set against another round's."""
        known = {label: {"x": found} for label, found in history.items()}
        return compare(subject, parse_round(now), parse_round(then), known, ["a", "b"])

    def test_over_the_wards_that_have_it_in_both(self) -> None:
        """Who is silent in one of them is left out of both, and who is not asked for is never counted."""
        history = {"2023-Q1": parts(a=10, b=5), "2024-Q1": parts(a=14, c=9)}

        found = self.told(FLOW, "2024-Q1", "2023-Q1", history)

        assert found == Comparison("2023-Q1", Decimal(14), Decimal(10), Decimal(4), Decimal(40), 1)

    def test_a_round_nobody_knows_and_one_in_which_nobody_has_it(self) -> None:
        """The first compares nothing; the second says over how many: none."""
        history = {"2024-Q1": parts(a=14), "2023-Q1": parts(c=1)}

        assert self.told(FLOW, "2024-Q1", "2022-Q1", history) is None
        assert self.told(FLOW, "2024-Q1", "2023-Q1", history) == Comparison("2023-Q1", None, None, None, None, 0)

    def test_no_share_of_nothing_and_none_of_a_ratio(self) -> None:
        """From 0 there is a change and no percentage of it; a ratio changes in points."""
        sums = self.told(FLOW, "2024-Q1", "2023-Q1", {"2024-Q1": parts(a=4), "2023-Q1": parts(a=0)})
        ratio = self.told(SHARE, "2024-Q1", "2023-Q1", {"2024-Q1": parts(a=(3, 4)), "2023-Q1": parts(a=(1, 2))})
        bare = self.told(SHARE, "2024-Q1", "2023-Q1", {"2024-Q1": parts(a=(3, 4)), "2023-Q1": parts(a=(0, 0))})

        assert sums is not None and these(sums.change, sums.change_pct) == (4, None)
        assert ratio is not None and these(ratio.now, ratio.change, ratio.change_pct) == (75, 25, None)
        assert bare is not None and these(bare.now, bare.then, bare.change) == (75, None, None)

    def test_a_half_year_is_taken_apart_for_a_quarter(self) -> None:
        """Q3 against what Q2 adds to Q1; where Q1 is not known only both are shown."""
        history = {"2023-Q1": parts(a=10), "2023-Q2": parts(a=25), "2023-Q3": parts(a=18)}

        apart = self.told(FLOW, "2023-Q3", "2023-Q2", history)
        unlike = self.told(FLOW, "2023-Q3", "2023-Q2", {k: v for k, v in history.items() if k != "2023-Q1"})

        assert apart is not None and these(apart.now, apart.then, apart.change, apart.note) == (
            18,
            15,
            3,
            "quarter_flow",
        )
        assert unlike == Comparison("2023-Q2", Decimal(18), Decimal(25), None, None, 1, "spans_differ")
        assert unlike.comparable is None and apart.comparable == 15

    @pytest.mark.parametrize(
        ("first", "half", "subject", "covered"),
        [
            ((5, 8), (9, 15), SHARE, 1),
            ((5, 8), (5, 8), SHARE, 1),
            ((5, 8), (4, 15), SHARE, 0),
            ((5, 8), (9, 7), SHARE, 0),
            ((1, 8), (9, 15), SHARE, 0),
            ((1, 8), (9, 15), PER_HEAD, 1),
            ((5, 8), (9, 7), PER_HEAD, 0),
            ((1, 8), (8, 15), SHARE, 1),
        ],
    )
    def test_what_cannot_be_a_flow_is_left_out(
        self, first: tuple[int, int], half: tuple[int, int], subject: Subject, covered: int
    ) -> None:
        """Less than it contains on either side, or a part over its whole, is a fault; over another base it is none."""
        history = {"2023-Q1": parts(a=first), "2023-Q2": parts(a=half), "2023-Q3": parts(a=(1, 2))}

        found = self.told(subject, "2023-Q3", "2023-Q2", history)

        assert found is not None and (found.note, found.covered) == ("quarter_flow", covered)

    def test_a_ward_silent_in_a_contained_round_is_left_out(self) -> None:
        """Its half year would be taken for a quarter."""
        history = {"2023-Q1": parts(a=10), "2023-Q2": parts(a=25, b=99), "2023-Q3": parts(a=18, b=40)}

        found = self.told(FLOW, "2023-Q3", "2023-Q2", history)

        assert found is not None and these(found.covered, found.then) == (1, 15)

    def test_the_year_is_without_both_quarters_or_without_nine_months(self) -> None:
        """Where the third quarter came as nine months only, those alone are taken away; of both, the quarters."""
        quarters = {"2023-Q1": parts(a=1), "2023-Q2": parts(a=10), "2023-Q3": parts(a=7)}
        history = {**quarters, "2023-Q4": parts(a=30), "2024-Q1": parts(a=20)}
        nine = {"2023-9M": parts(a=18)}
        only_nine = {k: v for k, v in {**history, **nine}.items() if k != "2023-Q3"}

        found = [self.told(FLOW, "2024-Q1", "2023-Q4", known) for known in (history, {**history, **nine}, only_nine)]

        assert [these(f.then, f.note) for f in found if f] == [
            (13, "quarter_flow"),
            (13, "quarter_flow"),
            (12, "quarter_flow"),
        ]

    def test_amounts_of_the_year_so_far(self) -> None:
        """They are set side by side within the year and with the same round of another; else they are not."""
        history = {"2023-Q3": parts(a=30), "2023-Q2": parts(a=20), "2022-Q4": parts(a=44), "2022-Q3": parts(a=25)}

        told = [self.told(YEAR, "2023-Q3", then, history) for then in ("2023-Q2", "2022-Q3", "2022-Q4")]

        assert [(f.change, f.note) for f in told if f] == [(10, ""), (5, ""), (None, "spans_differ")]

    def test_stocks_and_months_are_compared_as_they_are(self) -> None:
        """Whatever the spans; and a month with the month before."""
        stock = self.told(STOCK, "2023-Q3", "2023-Q2", {"2023-Q3": parts(a=9), "2023-Q2": parts(a=8)})
        month = self.told(FLOW, "2026-M08", "2026-M07", {"2026-M08": parts(a=9), "2026-M07": parts(a=8)})
        mixed = self.told(SHARE, "2026-Q3", "2026-M08", {"2026-Q3": parts(a=(9, 9)), "2026-M08": parts(a=(8, 9))})

        assert stock is not None and these(stock.change, stock.note) == (1, "")
        assert month is not None and these(month.change, month.note) == (1, "")
        assert mixed is not None and mixed.note != ""

    def test_which_rounds_are_needed(self) -> None:
        """The one before, that of last year, and what both contain; the latest first, never the round itself."""
        assert rounds_needed(Round(2023, 3)) == ("2023-Q2", "2023-Q1", "2022-Q3")
        assert rounds_needed(Round(2023, 4)) == ("2023-Q3", "2023-Q2", "2022-Q4")


class TestParts:
    def test_what_is_totalled(self) -> None:
        """Counts and amounts that may be added, and indicators; flows, stocks, amounts of the year so far by kind."""
        found = {s.code: s for s in subjects()}

        assert "satisfaction_pct" not in found
        flow, stock, year = found["dossiers_late"], found["staff_total"], found["ward_revenue_ytd"]
        assert (flow.spans_matter, flow.year_to_date) == (True, False)
        assert (stock.spans_matter, stock.year_to_date) == (False, False)
        assert (year.spans_matter, year.year_to_date) == (False, True)
        assert found["ward_revenue_prior_year"].spans_matter
        assert (found["online_share"].measure, found["online_share"].spans_matter) == ("ratio", True)

    def test_a_mark_on_one_of_several_marks_the_part(self) -> None:
        """Of a side's figures one is enough, and of the sides either."""
        ratio = next(s for s in subjects() if s.code == "online_share")
        online, received = figure("dossiers_online", 60), figure("dossiers_received", 100)

        def marked(**status: Any) -> bool:
            usable = {f.figure: replace(f, status=status.get(f.figure, "entered")) for f in (online, received)}
            found = part_of(ratio, usable)
            assert found is not None and these(found.numerator, found.denominator) == (60, 100)
            return found.marked

        assert not marked()
        assert marked(dossiers_online="marked") and marked(dossiers_received="marked")
        assert part_of(ratio, {"dossiers_online": online}) is None

    def test_totals(self) -> None:
        """None of nothing; sum over sum, not the mean of shares; none over nought."""
        assert total_of([], "sum") == total_of([], "ratio") == (None, None, None)
        assert these(*total_of(parts(a=0).values(), "sum")) == (0, None, None)
        assert these(*total_of(parts(a=(1, 2), b=(1, 8)).values(), "ratio")) == (20, 2, 10)
        assert these(*total_of(parts(a=(0, 0)).values(), "ratio")) == (None, 0, 0)


class TestBounds:
    def test_what_a_figure_may_come_out_as(self) -> None:
        """As it counts, as printed and as proposed; once decided, as decided."""
        plain, waiting = figure("dossiers_late", 5), figure("dossiers_late", 5, status="waiting")
        doubted = figure("dossiers_late", 5, status="marked", proposals=(Decimal(50), Decimal(5)))
        decided = replace(doubted, decided_by="Lan")

        assert options(plain) == (plain,)
        assert options(decided) == (decided,)
        assert [these(f.status, f.value) for f in options(waiting)] == [("waiting", 5), ("entered", 5)]
        assert [these(f.status, f.value, f.proposals) for f in options(doubted)] == [
            ("entered", 5, ()),
            ("entered", 50, ()),
        ]

    def test_wilson_is_that_of_the_literature(self) -> None:
        """10 of 50: 11,24 to 33,04 %; at the ends the interval stays within 0 and 100."""
        low, high = wilson(Decimal(10), Decimal(50))

        assert (round(low, 2), round(high, 2)) == (Decimal("11.24"), Decimal("33.04"))
        assert wilson(Decimal(0), Decimal(50))[0] == 0 and wilson(Decimal(50), Decimal(50))[1] == 100

    @staticmethod
    def range_of(folder: Path, *figures: Any, keys: Mapping[str, Any] = {}, **values: Any) -> tuple[Any, Any]:
        """Return least and most points of a criterion of ten over the share of dossiers online."""
        share = {"kind": "proportional", "target": 100, "share": True, "when_zero": "full"}
        measure = [{"sum": ["dossiers_online"], "over": ["dossiers_received"]}]
        card = one_criterion(folder, **{**share, "measure": measure, **keys})
        found = score_ward(ward("a", *figures, **values), round_of(), card).criterion("one")
        return found.low, found.high

    def test_few_cases_are_shown_with_their_interval(self, tmp_path: Path) -> None:
        """Under a hundred; a hundred stand for themselves, and so do amounts and what is no share."""
        assert self.range_of(tmp_path, dossiers_online=50, dossiers_received=100) == (5, 5)
        low, high = self.range_of(tmp_path, dossiers_online=49, dossiers_received=98)
        assert low < Decimal("4.1") and high > Decimal("5.9")
        money = {"measure": [{"sum": ["ward_revenue"], "over": ["ward_revenue_budget"]}]}
        assert self.range_of(tmp_path, keys=money, ward_revenue=5, ward_revenue_budget=10) == (5, 5)
        count = {"measure": [{"value": "staff_trained"}], "share": False}
        assert self.range_of(tmp_path, keys=count, staff_trained=50) == (5, 5)
        single: dict[str, Any] = {"dossiers_online": 1, "dossiers_received": 1}
        assert self.range_of(tmp_path, **single)[1] == 10 and self.range_of(tmp_path, **single)[0] < 5

    def test_a_proposal_that_cannot_be_is_worth_nothing(self, tmp_path: Path) -> None:
        """A share over all, where the finding were right, would be a contradiction."""
        odd = figure("dossiers_online", 500, status="marked", proposals=(Decimal(5000),))

        assert self.range_of(tmp_path, odd, dossiers_received=1000) == (0, 5)

    def test_many_ways_are_tried_at_their_corners(self, tmp_path: Path) -> None:
        """Seventy values of each of two figures are more than are tried one by one; the extremes are the same."""
        values = tuple(Decimal(n) for n in range(400, 470))
        online = figure("dossiers_online", 430, status="marked", proposals=values)
        received = figure("dossiers_received", 1000, proposals=tuple(1000 + v for v in values))

        whole = [Decimal(10) * a / b for a in (*values, Decimal(430)) for b in (Decimal(1000), *received.proposals)]

        low, high = self.range_of(tmp_path, online, received)
        assert abs(low - min(whole)) <= Decimal("0.01") and abs(high - max(whole)) <= Decimal("0.01")

    def test_what_does_not_apply_has_no_width(self, tmp_path: Path) -> None:
        """Of a ward without a report and of figures asked for in vain; one that nobody asked could have all."""
        assert self.range_of(tmp_path, reported=False) == (0, 0)
        assert self.range_of(tmp_path) == (0, 0)
        assert self.range_of(tmp_path, asked=False) == (0, 10)
        assert self.range_of(tmp_path, dossiers_online=0, dossiers_received=0) == (10, 10)


class TestArrival:
    @pytest.mark.parametrize(
        ("received", "dated", "counted", "found"),
        [
            (3, 1, "arrival", (3, "arrival")),
            (60, 1, "arrival", (60, "arrival")),
            (61, 1, "arrival", (1, "report_date")),
            (61, None, "arrival", (61, "arrival")),
            (None, 1, "arrival", (None, "arrival")),
            (3, 1, "report_date", (1, "report_date")),
            (3, None, "report_date", (None, "report_date")),
            (-4, 1, "arrival", (0, "arrival")),
        ],
    )
    def test_the_day_that_counts(
        self, received: int | None, dated: int | None, counted: str, found: tuple[int | None, str], tmp_path: Path
    ) -> None:
        """The arrival, up to sixty days after the due day; later ones are old files with a date of their own."""
        card = one_criterion(tmp_path, kind="timeliness", full_at=0, zero_at=100, trusted_days=60, counted_from=counted)
        days = {"received": received, "report_date": dated}
        dates: dict[str, Any] = {k: None if v is None else DUE + timedelta(v) for k, v in days.items()}

        one = score_ward(ward("a", **dates), round_of(), card).criterion("one")

        assert (one.measured, one.formula) == found


class TestPlaces:
    def test_ties_share_a_place_and_the_next_is_skipped(self) -> None:
        """1, 2, 2, 4."""
        totals = {name: Decimal(n) for name, n in (("a", 7), ("b", 9), ("c", 7), ("d", 1))}

        assert places_of(totals) == {"b": 1, "a": 2, "c": 2, "d": 4}
        assert places_of({}) == {}

    def test_no_ward_at_all(self, tmp_path: Path) -> None:
        """An empty round has an empty ranking of no name."""
        assert rank((), card_from(tmp_path)) == Ranking("", "small", "1", ())

    def test_who_has_no_place_has_nothing_else(self, tmp_path: Path) -> None:
        """Neither total nor class nor what waits; the reason in both languages, and last in the list."""
        card = card_from(tmp_path)
        nothing = tuple(Waiver("nothing", c.code, "Lan", "x") for c in card.criteria)
        wards = (
            ward("silent", reported=False),
            ward("nothing", waivers=nothing, dossiers_received=1),
            shares("a", 90, 80),
        )

        first, *others = rank(score(round_of(*wards), card), card).rows

        assert (first.ward, first.rank) == ("a", 1)
        assert [(r.ward, r.rank, r.rank_in_kind, r.total, r.grade, r.provisional, r.weakest) for r in others] == [
            (name, None, None, None, None, (), None) for name in ("silent", "nothing")
        ]
        assert [r.unranked for r in others] == [Unranked.NO_REPORT, Unranked.NOTHING_SCORED]
        assert [r.reason_en for r in others] == [
            "has sent no report for the round",
            "no criterion of the scorecard applies to the ward",
        ]
        assert all(r.reason_vi and r.reason_vi != r.reason_en for r in others)
        assert (first.reason_vi, first.reason_en) == ("", "")

    def test_what_moved_a_ward_comes_strongest_first(self, tmp_path: Path) -> None:
        """Of a ward that rose the greatest gain, of one that fell the greatest loss; who stayed has no moves."""
        card = card_from(tmp_path)
        before = score(round_of(shares("a", 50, 80), shares("b", 90, 40), shares("c", 10, 1), label="2023-Q2"), card)
        now = score(round_of(shares("a", 100, 60), shares("b", 80, 60), shares("c", 10, 1)), card)

        rows = {row.ward: row for row in rank(now, card, before).rows}

        assert {name: (row.previous_rank, row.change) for name, row in rows.items()} == {
            "a": (2, 1), "b": (1, -1), "c": (3, 0)
        }  # fmt: skip
        assert [m.criterion for m in rows["a"].moves] == ["on_time", "online"]
        assert [m.criterion for m in rows["b"].moves] == ["on_time", "online"]
        assert rows["a"].moves[0].relative > 0 > rows["b"].moves[0].relative
        assert rows["c"].moves == ()

    @pytest.mark.parametrize(("known", "compared"), [(4, True), (3, False)])
    def test_four_fifths_of_the_wards_must_be_the_same(self, known: int, compared: bool, tmp_path: Path) -> None:
        """Third of three is not third of five."""
        card = card_from(tmp_path)
        now = score(round_of(*(shares(f"w{i}", 90 - i, 80) for i in range(5))), card)
        before = score(round_of(*(shares(f"w{i}", 50 + i, 80) for i in range(known))), card)

        assert any(row.change is not None for row in rank(now, card, before).rows) is compared

    def test_a_printed_percentage_that_stands_in_is_counted(self, tmp_path: Path) -> None:
        """Only where it was the measure that counted."""
        card = card_from(tmp_path)
        printed = ward("p", dossiers_early_or_on_time_pct=90, dossiers_online=40, dossiers_received=100)

        rows = {r.ward: r.marks for r in rank(score(round_of(printed, shares("a", 90, 40)), card), card).rows}

        assert {name: marks.fallbacks for name, marks in rows.items()} == {"p": 1, "a": 0}

    def test_marks_are_of_figures_that_count_and_findings_of_all(self, tmp_path: Path) -> None:
        """A blocked figure has a finding and is in no sum of marks; each figure counts once, each finding once."""
        card = card_from(tmp_path)
        kept_out = figure(
            "dossiers_online", 4, status="blocked", findings=("k1", "k2"), confidence=0.2, decided_by="Lan"
        )
        marked = figure("dossiers_early_or_on_time", 9, status="marked", findings=("k1",), confidence=0.9)
        done = figure("dossiers_resolved", 10, decided_by="Lan")

        (row,) = rank(score(round_of(ward("a", kept_out, marked, done, dossiers_received=10)), card), card).rows

        assert (row.marks.open_findings, row.marks.marked_figures, row.marks.decided_figures) == (2, 1, 1)
        assert (row.marks.gaps, row.marks.least_confidence) == (1, 0.9)


class TestExplanation:
    @staticmethod
    def change_of(card: Scorecard, **more: Any) -> list[str]:
        """Return what is said of a change of place."""
        scores = score(round_of(shares("a", 90, 80), shares("b", 50, 40)), card)
        ranking = rank(scores, card)
        row = replace(ranking.rows[0], **more)
        with use_language("en"):
            node = explain(row, scores[0], ranking, card)
        return [line.strip() for child in node.children if child.kind == "change" for line in child.lines()]

    def test_up_down_or_the_same(self, tmp_path: Path) -> None:
        """With the criteria that moved it, three at most, each with its sign."""
        card = card_from(tmp_path)
        moves = (
            Move("on_time", Decimal(5), Decimal(9), Decimal(3)), Move("gone", Decimal(9), Decimal(5), Decimal("-2.5")),
            Move("online", Decimal(1), Decimal(1), Decimal(1)), Move("fourth", Decimal(1), Decimal(1), Decimal(1)),
        )  # fmt: skip

        up = self.change_of(card, change=2, previous_rank=3, moves=moves)
        down = self.change_of(card, change=-1, previous_rank=1)

        assert up[0] == "Up 2 from place 3" and down == ["Down 1 from place 1"]
        assert (
            up[1].startswith("On time: from 5.00 to 9.00 points; +3")
            and up[2].startswith("gone: ")
            and "; -2.5" in up[2]
        )
        assert len(up) == 4
        assert self.change_of(card, change=0, previous_rank=1) == ["Same place as in the previous round"]
        assert self.change_of(card, change=None) == []

    def test_a_ward_without_a_place_says_why(self, tmp_path: Path) -> None:
        """In the language of the moment; a place counts the wards that have one, of its kind too."""
        card = card_from(tmp_path)
        wards = shares("a", 90, 80), shares("b", 50, 40), shares("c", 1, 1, kind="xã"), ward("d", reported=False)
        scores = score(round_of(*wards), card)
        ranking = rank(scores, card)

        def title(name: str, language: Any) -> str:
            row = ranking.row(name)
            assert row is not None
            with use_language(language):
                return explain(row, next(s for s in scores if s.ward == name), ranking, card).text

        assert title("d", "en").endswith("no place – has sent no report for the round")
        assert "has sent" not in title("d", "vi")
        assert "place 2 of 3 (2 of 2 phường)" in title("b", "en")
        assert "place 3 of 3 (1 of 1 xã)" in title("c", "en")


class TestDroppedWords:
    @pytest.mark.parametrize(
        ("effect", "parts"),
        [
            (Effect((), (), Standing(Decimal(5), 1), Standing(Decimal(5), 1)), []),
            (
                Effect(("on_time", "gone"), (), Standing(None, None), Standing(Decimal(5), 1)),
                ["no points for: On time"],
            ),
            (Effect((), (), Standing(Decimal(5), 2), Standing(None, None)), []),
            (
                Effect((), ("dossiers_late", "online_share"), Standing(Decimal(5), 2), Standing(Decimal(6), 1)),
                [
                    "5.00 points and place 2; with the figures of the earlier version 6.00 points and place 1",
                    "the unit is in no total of: dossiers late; ",
                ],
            ),
        ],
    )
    def test_only_what_is_touched_is_told(self, effect: Effect, parts: list[str], tmp_path: Path) -> None:
        """Criteria, total and place, totals; nothing where nothing is."""
        with use_language("en"):
            text = effect_text(effect, card_from(tmp_path))

        assert all(part in text for part in parts)
        assert bool(text) is bool(parts)
        assert "; ;" not in text and ": ;" not in text

    @pytest.mark.parametrize(("number", "more"), [(8, False), (9, True)])
    def test_eight_totals_are_named(self, number: int, more: bool, tmp_path: Path) -> None:
        """A longer list ends with three points."""
        same = Standing(Decimal(5), 1)
        codes = tuple(s.code for s in subjects()[:number])

        with use_language("en"):
            assert ("…" in effect_text(Effect((), codes, same, same), card_from(tmp_path))) is more


class TestWidths:
    def test_each_under_its_cause_the_widest_first(self, tmp_path: Path) -> None:
        """Means over the wards that have a total; a criterion without width and a ward without total add nothing."""
        card = card_from(tmp_path)

        def made(code: str, gap: Gap, low: int, high: int, state: State = State.ZERO) -> CriterionScore:
            most = Decimal(60 if code == "on_time" else 40)
            return CriterionScore("x", code, state, Decimal(low), most, gap=gap, low=Decimal(low), high=Decimal(high))

        whole = score(round_of(shares("a", 90, 80), shares("b", 50, 40), ward("silent", reported=False)), card)
        cases = [
            (made("on_time", Gap.NOT_ASKED, 0, 60), made("online", Gap.NONE, 10, 14, State.HELD)),
            (made("on_time", Gap.NONE, 50, 52, State.SCORED), made("online", Gap.BLOCKED, 5, 5)),
        ]
        scores = [*(replace(s, criteria=c) for s, c in zip(whole, cases, strict=False)), whole[2]]

        found = [
            these(w.source.value, w.points, w.wards) for w in widths(scores, card, 4) if w.source.value != "weights"
        ]

        assert found == [("not_printed", 30, 1), ("unsure", 2, 1), ("figures", 1, 1)]
        assert widths([whole[2]], card, 4) == ()


class TestAudit:
    @staticmethod
    def of(folder: Path, *wards: Any) -> Audit:
        """Return what is weak about the small card over some wards."""
        return audit(round_of(*wards), card_from(folder))

    def test_shares_of_each_criterion(self, tmp_path: Path) -> None:
        """Scored of those that reported, full of those scored, and the range of their points."""
        silent = ward("f", dossiers_early_or_on_time=100, dossiers_resolved=100)
        wards = shares("a", 100, 80), shares("b", 100, 40), shares("c", 75, 0), silent, ward("g", reported=False)

        found = self.of(tmp_path, *wards)

        assert found.wards == 4
        on_time, online = found.criteria
        assert these(on_time.criterion, on_time.points, on_time.scored, on_time.ceiling, on_time.spread) == (
            "on_time",
            60,
            1,
            Decimal("0.75"),
            30,
        )
        assert these(online.scored, online.ceiling, online.spread) == (Decimal("0.75"), Decimal("0.3333"), 40)
        assert found.without_data == 0

    def test_points_that_nothing_decides(self, tmp_path: Path) -> None:
        """A criterion of which no ward prints anything; one criterion is never told as another."""
        found = self.of(tmp_path, *(ward(f"w{i}", dossiers_online=10 * i, dossiers_received=100) for i in range(6)))

        assert found.without_data == 60
        empty = found.criteria[0]
        assert these(empty.criterion, empty.scored, empty.ceiling, empty.spread) == ("on_time", 0, 0, 0)
        assert found.correlated == ()

    @pytest.mark.parametrize(("wards", "told"), [(5, True), (4, False)])
    def test_two_that_measure_the_same(self, wards: int, told: bool, tmp_path: Path) -> None:
        """From five wards on; their points together are named."""
        found = self.of(tmp_path, *(shares(f"w{i}", 60 + 5 * i, 30 + 5 * i) for i in range(wards)))

        assert [these(c.first, c.second, c.correlation, c.points) for c in found.correlated] == (
            [("on_time", "online", 1, 100)] if told else []
        )

    def test_opposites_go_together_too_and_what_does_not_vary_never(self, tmp_path: Path) -> None:
        """A correlation of minus one is told; with a criterion that all have in full there is none."""
        against = self.of(tmp_path, *(shares(f"w{i}", 60 + 5 * i, 70 - 5 * i) for i in range(6)))
        level = self.of(tmp_path, *(shares(f"w{i}", 60 + 5 * i, 90) for i in range(6)))
        apart = self.of(tmp_path, *(shares(f"w{i}", 60 + 5 * i, 30 + 20 * (i % 2)) for i in range(6)))

        assert [c.correlation for c in against.correlated] == [-1]
        assert (level.correlated, apart.correlated) == ((), ())

    def test_nobody_reported(self, tmp_path: Path) -> None:
        """Nothing is found and nothing divided by nothing."""
        found = self.of(tmp_path, ward("a", reported=False))

        assert these(found.wards, found.gains, found.correlated, found.widths, found.without_data) == (
            0,
            (),
            (),
            (),
            100,
        )
