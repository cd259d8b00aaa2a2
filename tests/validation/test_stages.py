"""The stages between a reading and its findings, each alone: the sheet, what proves a value, root causes, context."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest

from catalogue.rounds import parse_round
from catalogue.rules import rule_book
from parsers.document import Place
from parsers.reading import Account, AccountKind, Printing
from tests.validation.builders import printing, reading
from validation.audience import READERS, Matter, may_see
from validation.context import gather
from validation.copied_reports import stale_copy
from validation.corrections import mend
from validation.dropped_figures import dropped_figures
from validation.malformed import proved
from validation.proof import held_ratio
from validation.ranges import possible, too_large
from validation.report_values import Sheet, lay_out
from validation.root_cause import Fault, faults, support
from validation.scale import Slip, slips
from validation.spans import Span


def sheet(figures: Mapping[str, str | int | Decimal] | list[Printing], **more: object) -> Sheet:
    """Return the sheet of some figures."""
    return lay_out(reading(figures, **more), rule_book())  # type: ignore[arg-type]


def unexplained(value: int, sentence: str = "", block: int = 9) -> Account:
    """Return a number of a report that nobody could explain."""
    return Account(
        AccountKind.UNEXPLAINED, str(value), Decimal(value), Place(block, 0, 5), 1, sentence, "nothing known"
    )


def bad(figure: str, raw: str, *candidates: int, **more: object) -> Printing:
    """Return a printing of digits that are no number, and may be any of some numbers."""
    values = tuple(map(Decimal, candidates))
    return printing(figure, candidates[0], raw=raw, malformed=True, candidates=values, **more)


class TestSheet:
    def test_values_of_a_figure(self) -> None:
        """Every value once, the primary printing first; a number hardly read counts only where it may excuse."""
        made = [
            printing("dossiers_received", 316, primary=False, block=1),
            printing("dossiers_received", 327, block=2),
            printing("dossiers_received", 316, primary=False, block=3),
            printing("dossiers_received", 900, primary=False, block=4, reading_confidence=0.1),
        ]
        one = sheet(made)

        assert one.value("dossiers_received") == 327
        assert [s.low for s in one.spans("dossiers_received")] == [327, 316]
        assert [s.low for s in one.charitable.spans("dossiers_received")] == [327, 316, 900]

    def test_digits_that_are_no_number_stand_for_a_stretch(self) -> None:
        """Alone they may be all between their candidates; beside a sound printing only that counts."""
        alone = bad("ward_expenditure", "1.8835.779", 1_835_779, 18_835_779)
        sound = printing("ward_expenditure", 1_835_779, primary=False)

        assert sheet([alone]).spans("ward_expenditure") == (Span(Decimal(1_835_779), Decimal(18_835_779)),)
        assert sheet([alone, sound]).spans("ward_expenditure") == (Span.exact(Decimal(1_835_779)),)

    def test_a_mend_stands_for_what_is_printed(self) -> None:
        """Sums and comparisons with other reports see the mended value, quotes the printed one."""
        one = sheet({"staff_cadres": 7, "staff_civil_servants": 11})
        mended = one.mended({"staff_cadres": (Span.exact(Decimal(9)),)})

        assert mended.sums(["staff_cadres", "staff_civil_servants"]) == (Span.exact(Decimal(20)),)
        assert (mended.counted("staff_cadres"), mended.value("staff_cadres")) == (9, 7)
        assert one.sums(["staff_cadres", "staff_total"]) == ()


class TestProof:
    def test_a_percentage_proves_the_value_that_gives_it(self) -> None:
        """300 of 500 are 60,0 %, 350 are not; without a total nothing is proved."""
        one = sheet({"dossiers_resolved": 500, "dossiers_early": 350, "dossiers_early_pct": "60.0"})
        bare = sheet({"dossiers_early": 350, "dossiers_early_pct": "60.0"})

        found = held_ratio(one, "dossiers_early", Decimal(300))

        assert found is not None and found.ratio.figure == "dossiers_early_pct"
        assert held_ratio(one, "dossiers_early", Decimal(350)) is None
        assert held_ratio(bare, "dossiers_early", Decimal(300)) is None

    def test_a_percentage_that_holds_without_the_figure_proves_nothing(self) -> None:
        """60 % of 500 received are printed as well: that it may also be of 500 resolved proves nothing of these."""
        over_two = {"dossiers_received": 500, "dossiers_resolved": 430, "dossiers_online": 300}
        one = sheet({**over_two, "dossiers_online_pct": "60.0"})

        assert held_ratio(one, "dossiers_received", Decimal(500)) is not None
        assert held_ratio(one, "dossiers_resolved", Decimal(500)) is None

    def test_a_malformed_number_is_proved_by_one_candidate_only(self) -> None:
        """What the percentage gives is meant; where two candidates give it, or none, nothing is proved."""
        rest: list[Printing] = [printing("dossiers_resolved", 500), printing("dossiers_early_pct", 60)]

        found = proved(sheet([bad("dossiers_early", "3.00", 300, 3), *rest]))

        assert found == {"dossiers_early": (Span.exact(Decimal(300)),)}
        assert proved(sheet([bad("dossiers_early", "3.00", 300, 301), *rest])) == {}
        assert proved(sheet([bad("dossiers_early", "3.00", 30, 3), *rest])) == {}

    def test_another_printing_proves_nothing_alone(self) -> None:
        """A malformed printing beside a sound one is not alone: the sound one counts anyway."""
        sound = printing("dossiers_early", 300)

        assert proved(sheet([sound, bad("dossiers_early", "3.00", 300, 3, primary=False)])) == {}


class TestScale:
    def test_of_two_printings_the_one_that_nothing_supports_slipped(self) -> None:
        """The printed percentage says which of 1.850.687 and 1.850.687.000 is meant."""
        made = [
            printing("ward_revenue_ytd", 1_850_687),
            printing("ward_revenue_ytd", 1_850_687_000, primary=False, block=1),
            printing("ward_revenue_budget", 2_000_000_000),
            printing("ward_revenue_budget_pct", "92.5"),
        ]

        (slip,) = slips(sheet(made))

        assert (slip.printing.value, slip.meant, slip.other, slip.clear) == (1_850_687, 1_850_687_000, made[1], True)

    def test_a_percentage_alone_tells_a_slip(self) -> None:
        """One side of it fits with three digits more; a percentage that holds tells none."""
        figures = {
            "ward_revenue_ytd": 1_850_687,
            "ward_revenue_budget": 2_000_000_000,
            "ward_revenue_budget_pct": "92.5",
        }
        told_by = slips(sheet(figures))

        assert [(s.printing.figure, s.meant) for s in told_by] == [("ward_revenue_ytd", 1_850_687_000)]
        assert slips(sheet({**figures, "ward_revenue_ytd": 1_850_687_000})) == []

    def test_a_number_that_nobody_read_may_be_the_slip(self) -> None:
        """An unexplained number that is the amount without its last digits slipped; a small one meets by chance."""
        amounts = {"ward_revenue_ytd": 1_850_687_000}

        found = slips(sheet(amounts, accounts=[unexplained(1_850_687)]))

        assert [(s.printing.raw, s.meant) for s in found] == [("1850687", 1_850_687_000)]
        assert slips(sheet({"ward_revenue_ytd": 5_000_000}, accounts=[unexplained(5_000)])) == []

    def test_a_slip_is_mended_before_anything_else_is_judged(self) -> None:
        """The mended sheet has the value meant, and no second slip."""
        figures = {
            "ward_revenue_ytd": 1_850_687,
            "ward_revenue_budget": 2_000_000_000,
            "ward_revenue_budget_pct": "92.5",
        }

        mended, found = mend(sheet(figures))

        assert (mended.counted("ward_revenue_ytd"), [type(s) for s in found]) == (1_850_687_000, [Slip])
        assert faults(mended) == []


class TestRootCause:
    WHOLE: Mapping[str, str | int | Decimal] = {
        "dossiers_received": 500, "dossiers_resolved": 480, "dossiers_pending": 20, "dossiers_early": 300,
        "dossiers_on_time": 150, "dossiers_late": 30, "dossiers_early_pct": "62.5",
    }  # fmt: skip

    @staticmethod
    def told(figures: Mapping[str, str | int | Decimal], **more: object) -> list[tuple[int, int, set[tuple[str, int]]]]:
        """Return of every fault how many sums and percentages it breaks, and what would mend it."""
        found: list[Fault] = faults(sheet(figures, **more))
        return [(len(f.breaches), len(f.judgements), {(c, int(v)) for c, v in f.solutions}) for f in found]

    def test_one_total_behind_several_broken_relations(self) -> None:
        """A wrong total breaks two sums and a percentage, and is asked about once, with the value that mends all."""
        assert self.told(self.WHOLE) == []
        assert self.told({**self.WHOLE, "dossiers_resolved": 430}) == [(2, 1, {("dossiers_resolved", 480)})]

    def test_one_broken_relation_names_nobody(self) -> None:
        """Where a single sum fails the report does not tell which number is wrong."""
        figures = {"dossiers_received": 500, "dossiers_resolved": 470, "dossiers_pending": 20}

        assert self.told(figures) == [(1, 0, set())]

    def test_an_unread_part_excuses_its_sum(self) -> None:
        """A number beside the parts that is just what the total lacks was not understood: nothing is broken."""
        made = [
            printing(figure, value, sentence="Nhận 500, giải quyết 470, đang giải quyết 20, rút 10.")
            for figure, value in (("dossiers_received", 500), ("dossiers_resolved", 470), ("dossiers_pending", 20))
        ]
        sentence = made[0].sentence

        assert faults(sheet(made, accounts=[unexplained(10, sentence)])) == []
        assert len(faults(sheet(made, accounts=[unexplained(10, "Họp 10 lần.")]))) == 1
        assert len(faults(sheet(made, accounts=[unexplained(11, sentence)]))) == 1

    def test_support_is_what_holds_less_what_fails(self) -> None:
        """The right total is supported by every relation, a wrong one by none of them."""
        one = sheet(self.WHOLE)

        right, wrong = (support(one, "dossiers_resolved", Span.exact(Decimal(value))) for value in (480, 430))

        assert right > 0 > wrong


class TestRanges:
    @pytest.mark.parametrize(
        ("figure", "value", "can_be"),
        [
            ("dossiers_late", "0", True),
            ("dossiers_late", "-1", False),
            ("dossiers_late", "1.5", False),
            ("dossiers_early_pct", "100", True),
            ("dossiers_early_pct", "100.1", False),
            ("ward_revenue_budget_pct", "189.3", True),
            ("ward_revenue", "1.5", True),
        ],
    )
    def test_what_a_figure_can_be(self, figure: str, value: str, can_be: bool) -> None:
        """No part of a dossier, nothing below zero, no share over all; of a plan more than all can be reached."""
        assert possible(figure, Decimal(value), rule_book()) is can_be

    def test_a_part_above_every_whole(self) -> None:
        """More online than received cannot be, whichever printing was meant; what is told already is not repeated."""
        figures: dict[str, str | int | Decimal] = {"dossiers_received": 300, "dossiers_online": 310}
        again = printing("dossiers_received", 320, primary=False, block=3)
        hardly = printing("dossiers_received", 320, primary=False, block=3, reading_confidence=0.1)

        (finding,) = too_large(sheet(figures), [])

        assert (finding.rule, finding.severity, set(finding.figures)) == ("out_of_range", "error", set(figures))
        assert list(too_large(sheet(figures), [set(figures)])) == []
        for other in (again, hardly):
            assert list(too_large(sheet([*reading(figures).printings, other]), [])) == []


class TestBesideOtherReports:
    LABEL, BEFORE = "2023-Q3", "2023-Q2"

    def test_one_report_a_ward_and_round(self) -> None:
        """Of a report in two formats the one read more surely; one of the set before any of the history."""
        sure = sheet({"dossiers_received": 300})
        unsure = sheet([printing("dossiers_received", 301, reading_confidence=0.5)])
        older = sheet({"dossiers_received": 290, "dossiers_late": 1})
        other = sheet({"dossiers_received": 50}, ward="pho-quang")
        before = sheet({"dossiers_received": 250}, round_label=self.BEFORE)

        context = gather([unsure, sure, other], [older, before])

        assert context.peers(sure) == [other]
        assert {r.label: s.value("dossiers_received") for r, s in context.earlier(sure).items()} == {self.BEFORE: 250}
        assert [s.value("dossiers_received") for s in context.versions(sure)] == [290]
        assert context.reports["pho-minh", parse_round(self.LABEL)].value("dossiers_received") == 300

    @pytest.mark.parametrize(("alike", "copied"), [(4, False), (5, True)])
    def test_five_large_flows_alike_are_a_copied_part(self, alike: int, copied: bool) -> None:
        """Flows of a hundred and more are seldom equal twice; stocks, shares and small counts say nothing."""
        flows = ["dossiers_received_new", "dossiers_resolved", "dossiers_online", "dossiers_direct", "dossiers_early"]
        small = {"dossiers_late": 3, "feedback_received": 99}
        now = {f: 200 + i for i, f in enumerate(flows)} | {"staff_total": 180, **small}
        then = {**now, **{f: 900 + i for i, f in enumerate(flows[alike:])}}
        when = parse_round("2023-Q1")

        finding = stale_copy(sheet(now), {when: sheet(then, round_label="2023-Q1")})  # type: ignore[arg-type]

        assert (finding is not None) is copied
        if finding is not None:
            assert (finding.figures, finding.printed) == ((*flows, "feedback_received"), "6/6 = 2023-Q1")

    def test_what_an_earlier_version_printed(self) -> None:
        """A figure that is gone is asked for, once; one whose old value stands unexplained was only overlooked."""
        now, then = {"dossiers_received": 300}, {"dossiers_received": 300, "dossiers_late": 37}
        lost = sheet(now)  # type: ignore[arg-type]
        overlooked = sheet(now, accounts=[unexplained(37)])  # type: ignore[arg-type]
        former = sheet(then)  # type: ignore[arg-type]

        (finding,) = dropped_figures(lost, [former, former], {})

        assert (finding.rule, finding.figures, finding.expected) == ("dropped_figure", ("dossiers_late",), "37")
        assert list(dropped_figures(overlooked, [former], {})) == []
        assert list(dropped_figures(lost, [], {parse_round("2022-Q4"): former})) == []

    def test_a_small_number_left_over_is_not_the_one_that_is_gone(self) -> None:
        """An unexplained 2 stands in any report; a 37 is likely the figure that was not read again."""
        former = sheet({"dossiers_late": 2, "dossiers_early": 300})
        now = sheet({"dossiers_early": 300}, accounts=[unexplained(2)])

        assert [f.figures for f in dropped_figures(now, [former], {})] == [("dossiers_late",)]

    def test_a_quarter_for_a_year_so_far_is_not_gone(self) -> None:
        """Against the round before, the amount of another span of time is enough; against a version it is not."""
        former = sheet({"ward_revenue_ytd": 900_000_000}, round_label=self.BEFORE)
        now = sheet({"ward_revenue": 400_000_000})

        assert list(dropped_figures(now, [], {parse_round(self.BEFORE): former})) == []
        assert [f.figures for f in dropped_figures(now, [former], {})] == [("ward_revenue_ytd",)]


def test_who_sees_what() -> None:
    """Whom a file came from stays inside, why it found no place goes to its ward; a finding may be read by all."""
    matters: tuple[Matter, ...] = ("open", "finding", "arrival", "contact", "doubt")

    seen = [[reader for reader in READERS if may_see(matter, reader)] for matter in matters]

    assert seen == [list(READERS), list(READERS), ["office", "ward"], ["office"], ["office"]]
