"""The rules within one report, each on the smallest report that shows it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from parsers.document import Place
from parsers.reading import Account, AccountKind, Approximation, Printing, Reading
from tests.validation.builders import complete, printing, reading, with_base
from validation.check import check_reports
from validation.finding import Finding


def found(made: Reading) -> list[Finding]:
    """Return the findings of a report checked alone."""
    return list(check_reports([made])[0])


def told(made: Reading) -> list[tuple[str, tuple[str, ...]]]:
    """Return rule and figures of every finding of a report checked alone."""
    return [(f.rule, f.figures) for f in found(made)]


def report(*printings: Printing, **more: object) -> Reading:
    """Return a report that prints the required figures besides these."""
    base = complete().printings
    taken = {p.figure for p in printings}
    return reading([*(p for p in base if p.figure not in taken), *printings], **more)  # type: ignore[arg-type]


def account(value: int, sentence: str, kind: AccountKind = AccountKind.UNEXPLAINED) -> Account:
    """Return a number of `sentence` that is no figure."""
    return Account(kind, str(value), Decimal(value), Place(0, 0, 1), 1, sentence, "test")


class TestPercentages:
    def test_the_percentage_its_numbers_do_not_give(self) -> None:
        """276 of 316 is 87,34% and not 85,44%."""
        made = complete({"digitised_base": 316, "digitised_dossiers": 276, "digitised_dossiers_pct": "85.44"})

        (finding,) = found(made)

        assert (finding.rule, finding.expected) == ("ratio_mismatch", "87,34%")
        assert finding.figures == ("digitised_dossiers_pct", "digitised_dossiers", "digitised_base")
        assert "85,44%" in finding.message_vi and "87,34%" in finding.message_vi
        assert "85.44%" in finding.message_en and "87.34%" in finding.message_en

    def test_a_percentage_right_over_another_total_than_named(self) -> None:
        """218 of 321 resolved is not 68,99%; of the 316 of another total it is."""
        pct = printing("digitised_results_pct", "68.99", base="dossiers_resolved")
        made = report(
            printing("dossiers_received", 327),
            printing("dossiers_resolved", 321),
            printing("digitised_base", 316),
            printing("digitised_results", 218),
            pct,
        )

        assert told(made) == [("other_denominator", ("digitised_results_pct",))]

    def test_the_total_that_stands_behind_a_percentage_is_named(self) -> None:
        """ "so với tổng số 1138 hồ sơ đã giải quyết" names the total, of which 1096 is not 95,64%; of 1146 it is."""
        text = "1096 hồ sơ, đạt 95,64% so với tổng số 1138 hồ sơ đã giải quyết"
        made = report(
            printing("dossiers_received", 1187, block=1),
            printing("dossiers_received_new", 1146, block=1),
            printing("dossiers_resolved", 1138, sentence=text),
            printing("digitised_results", 1096, sentence=text),
            printing("digitised_results_pct", "95.64", sentence=text),
        )

        assert told(made) == [("other_denominator", ("digitised_results_pct",))]

    def test_a_total_behind_a_comma_is_not_named(self) -> None:
        """What follows in another clause is another number."""
        text = "1096 hồ sơ, đạt 95,64%, trong quý giải quyết 1138 hồ sơ"
        made = report(
            printing("dossiers_received", 1187, block=1),
            printing("dossiers_received_new", 1146, block=1),
            printing("dossiers_resolved", 1138, sentence=text),
            printing("digitised_results", 1096, sentence=text),
            printing("digitised_results_pct", "95.64", sentence=text),
        )

        assert told(made) == []

    def test_a_rate_beside_its_own_base_has_no_other(self) -> None:
        """1126 of 1253 with a fee is not 98,86%, whatever totals such rates have elsewhere."""
        text = "Có phí là 1253; thanh toán trực tuyến 1126, đạt 98,86%"
        sides = [
            printing("online_payments", 1126, sentence=text),
            printing("online_payment_pct", "98.86", sentence=text),
        ]

        assert told(report(printing("online_payment_base", 1253, sentence=text), *sides))[0][0] == "ratio_mismatch"
        assert told(report(printing("online_payment_base", 1253, block=1), *sides)) == []

    @pytest.mark.parametrize(("row", "block", "rules"), [(1, 4, ["ratio_mismatch"]), (2, 4, []), (1, 5, [])])
    def test_a_rate_beside_its_own_base_in_a_table(self, row: int, block: int, rules: list[str]) -> None:
        """486 of the 612 above is not 79,14%: count and rate share a row, the base stands in the same table."""

        def cell(figure: str, value: str, at: tuple[int, int, int]) -> Printing:
            return replace(printing(figure, value, sentence=value), place=Place(at[0], 0, len(value), at[1], at[2]))

        base = cell("online_payment_base", "612", (block, 0, 1))
        paid, rate = cell("online_payments", "486", (4, row, 1)), cell("online_payment_pct", "79.14", (4, 1, 2))

        assert [rule for rule, _ in told(report(base, paid, rate))] == rules

    def test_a_named_total_that_was_hardly_read(self) -> None:
        """1106 is not 83,92% of a doubtful 1249, but of 1318 it is; of a doubtful 1318 nothing can be said."""
        share = printing("dossiers_online_pct", "83.92", base="dossiers_received_new")
        sides = printing("dossiers_received", 1318), printing("dossiers_online", 1106)

        def doubted(value: int) -> Printing:
            return printing("dossiers_received_new", value, reading_confidence=0.4)

        assert told(report(*sides, doubted(1249), share)) == [("other_denominator", ("dossiers_online_pct",))]
        assert told(report(*sides, doubted(1318), share)) == []

    def test_an_unnamed_total_may_be_any_that_fits(self) -> None:
        """Where the sentence names no total, every printed total that makes sense is tried."""
        made = complete({"digitised_base": 80, "digitised_results": 45, "digitised_results_pct": "50"})

        assert told(made) == []

    def test_a_named_total_that_is_not_printed_is_silence(self) -> None:
        """Nothing is said of a share of a total that stands nowhere."""
        pct = printing("dossiers_online_pct", "61.6", base="dossiers_received_new")

        assert told(report(printing("dossiers_online", 40), pct)) == []

    def test_a_bare_hundred_percent_means_all_of_them(self) -> None:
        """A 100% with no total in its sentence is no share of a total elsewhere."""
        assert told(complete({"dossiers_online": 40, "dossiers_online_pct": "100"})) == []

    def test_a_hundred_percent_may_name_its_total_by_the_way(self) -> None:
        """Received 105 dossiers online, rate 100%: received is not the total where that stands elsewhere."""
        pct = printing("dossiers_online_pct", "100", base="dossiers_received")

        assert told(report(printing("dossiers_received", 327), printing("dossiers_online", 105), pct)) == []

    def test_a_hundred_percent_beside_its_total_is_a_share(self) -> None:
        """A 100% in the sentence of its total has to be right."""
        sentence = "received 100, digitised 60, rate 100,0"
        parts = {"dossiers_received": "100", "digitised_dossiers": "60", "digitised_dossiers_pct": "100.0"}
        made = report(*(printing(f, v, sentence=sentence) for f, v in parts.items()))

        assert [f.rule for f in found(made)] == ["ratio_mismatch"]

    def test_a_number_of_the_same_sentence_may_be_the_total(self) -> None:
        """742/905 dossiers with a fee, 81,99%: the total is no figure, yet it stands there."""
        sentence = "online payments 742/905, rate 81,99"
        paid = printing("online_payments", 742, sentence=sentence)
        pct = printing("online_payment_pct", "81.99", sentence=sentence)
        made = report(
            printing("dossiers_received", 1312),
            printing("dossiers_online", 871),
            paid,
            pct,
            accounts=[account(905, sentence)],
        )

        assert told(made) == []
        named = with_base(made, {"online_payment_pct": "dossiers_online"})
        assert told(named) == []
        assert [r for r, _ in told(replace(named, accounts=()))] == ["ratio_mismatch"]

    def test_a_rate_whose_total_is_no_figure_needs_a_name(self) -> None:
        """Dossiers with a fee are in no catalogue, so a bare rate of payments is not held against other totals."""
        made = complete({"dossiers_online": 87, "online_payments": 74, "online_payment_pct": "81.99"})

        assert told(made) == []

    def test_count_stroke_total_names_the_total(self) -> None:
        """ "6.183 hồ sơ / 9.764; tỷ lệ: 65,32%" is wrong by its own sentence, whatever such a rate is usually of."""
        sentence = "6183 hồ sơ / 9764; tỷ lệ: 65,32%"
        parts = {"digitised_reused": 6183, "digitised_base": 9764, "digitised_reused_pct": "65.32"}
        wrong = [printing(figure, value, sentence=sentence) for figure, value in parts.items()]
        apart = [wrong[0], printing("digitised_base", 9764), wrong[2]]

        assert told(report(*wrong)) == [
            ("ratio_mismatch", tuple(sorted(parts, key=lambda f: ("pct" not in f, f == "digitised_base"))))
        ]
        assert told(report(*apart)) == []

    def test_a_total_left_unread_is_no_fault_of_the_ward(self) -> None:
        """Away from every total, a rate that an unexplained number gives is not held against the others."""
        figures = {"dossiers_received": 1946, "dossiers_resolved": 1913, "dossiers_online": 1402}
        made = complete({**figures, "dossiers_online_pct": "73.02"})

        assert [r for r, _ in told(made)] == ["ratio_mismatch"]
        assert told(replace(made, accounts=(account(1920, "total row"),))) == []

    def test_without_its_usual_total_a_bare_rate_is_let_be(self) -> None:
        """A rate of digitisation is held against what was received only where its sentence says so."""
        made = complete({"digitised_dossiers": 60, "digitised_dossiers_pct": "85.00"})

        assert told(made) == []

    def test_the_towns_number_is_no_total_of_the_ward(self) -> None:
        """A number of another level in the sentence cannot excuse a percentage."""
        sentence = "online payments 742, rate 81,99, the town 905"
        paid = printing("online_payments", 742, sentence=sentence)
        pct = printing("online_payment_pct", "81.99", sentence=sentence, base="dossiers_online")
        town = account(905, sentence, AccountKind.OTHER_LEVEL)

        made = report(printing("dossiers_received", 1312), printing("dossiers_online", 871), paid, pct, accounts=[town])

        assert [r for r, _ in told(made)] == ["ratio_mismatch"]

    def test_a_year_plan_may_be_met_by_the_year_so_far(self) -> None:
        """In Q3 a rate above the quarter's own share may be that of the year so far, which is not printed."""
        figures = {"investment_plan": 2_350_000_000, "investment_disbursed": 815_300_000}

        assert told(complete({**figures, "investment_disbursed_pct": "82.37"})) == []
        assert [r for r, _ in told(complete({**figures, "investment_disbursed_pct": "22.37"}))] == ["ratio_mismatch"]

    def test_in_a_cumulative_round_the_year_so_far_is_the_period(self) -> None:
        """In Q2 the period is the year so far, and a wrong rate has no excuse."""
        figures = {"investment_plan": 2_350_000_000, "investment_disbursed": 815_300_000}
        made = complete({**figures, "investment_disbursed_pct": "82.37"}, round_label="2023-Q2")

        assert [r for r, _ in told(made)] == ["ratio_mismatch"]

    def test_an_approximate_number_widens_the_rate(self) -> None:
        """Khoảng 210 of 400 may be 50%; 210 of 400 is not."""
        pct = printing("dossiers_online_pct", "50.0")
        about = printing("dossiers_online", 210, approximation=Approximation.ABOUT)
        made = report(printing("dossiers_received", 400), about, pct)

        assert told(made) == []
        plain = printing("dossiers_online", 210)
        assert [r for r, _ in told(report(printing("dossiers_received", 400), plain, pct))] == ["ratio_mismatch"]

    def test_a_part_that_was_not_read_explains_the_rate(self) -> None:
        """Two works are one disbursement: where one was read, unsurely, and not the other, the ward is right."""
        sentence = "đường bê tông (235), nhà văn hóa (400); giải ngân 26,12"
        plan, pct = printing("investment_plan", 2431), printing("investment_disbursed_pct", "26.12", sentence=sentence)
        part = printing("investment_disbursed", 235, sentence=sentence, reading_confidence=0.6)
        made = report(plan, part, pct, accounts=[account(400, sentence)], round_label="2023-Q2")

        assert told(made) == []
        assert [r for r, _ in told(replace(made, accounts=()))] == ["ratio_mismatch"]
        sure = report(plan, replace(part, reading_confidence=1.0), pct, accounts=made.accounts, round_label="2023-Q2")
        assert [r for r, _ in told(sure)] == ["ratio_mismatch"], "what counts without a look is never excused"

    def test_a_doubtful_reading_is_called_that(self) -> None:
        """Where the machine may have misread, the message says so before the ward is blamed."""
        pct = printing("digitised_dossiers_pct", "85.44", text_confidence=0.6)
        made = report(printing("digitised_base", 316), printing("digitised_dossiers", 276), pct)

        (finding,) = found(made)

        assert finding.rule == "ratio_mismatch"
        assert "“85,44” có thể do máy đọc hoặc hiểu chưa đúng" in finding.message_vi


class TestSums:
    def test_staff_that_does_not_add_up(self) -> None:
        """10 cadres and 9 civil servants are not 20."""
        made = complete({"staff_total": 20, "staff_cadres": 10, "staff_civil_servants": 9})

        (finding,) = found(made)

        assert (finding.rule, finding.expected) == ("sum_mismatch", "19")
        assert finding.figures == ("staff_total", "staff_cadres", "staff_civil_servants")

    @pytest.mark.parametrize(
        "figures",
        [
            {"dossiers_pending": 10},
            {"dossiers_pending": 8, "dossiers_withdrawn": 2},
            {"dossiers_pending": 10, "dossiers_withdrawn": 2},
            {"dossiers_pending": 7, "dossiers_withdrawn": 2, "dossiers_returned": 1},
            {"dossiers_carried_over": 3, "dossiers_received_new": 97},
            {"dossiers_received_new": 90, "dossiers_online": 50, "dossiers_direct": 40, "dossiers_postal": 3},
            {"dossiers_carried_over": 5, "dossiers_online": 50, "dossiers_direct": 45},
            {"dossiers_early": 80, "dossiers_late": 2},
            {"dossiers_early_or_on_time": 88, "dossiers_late": 2},
            {"dossiers_pending_in_time": 4},
            {"dossiers_carried_over": 7, "dossiers_pending": 17},
            {"dossiers_pending": 5, "dossiers_returned": 5, "dossiers_resolved_pct": "94.7"},
        ],
    )
    def test_every_admissible_reading_is_tried(self, figures: dict[str, int]) -> None:
        """With and without withdrawn, returned and postal, pending inside or outside, parts left unprinted."""
        assert told(complete(figures)) == []

    def test_parts_alone_may_not_exceed_their_total(self) -> None:
        """Early and late dossiers together are more than those resolved, though on-time ones are not printed."""
        made = complete({"dossiers_early": 80, "dossiers_late": 20})

        (finding,) = found(made)

        assert (finding.rule, finding.figures) == (
            "sum_mismatch",
            ("dossiers_resolved", "dossiers_early", "dossiers_late"),
        )

    def test_new_dossiers_alone_are_no_total_of_what_was_resolved(self) -> None:
        """Where received is not printed, new dossiers need not cover what was carried over."""
        figures = {"dossiers_received_new": 274, "dossiers_resolved": 271, "dossiers_pending": 9}
        base = {"plan_completion_pct": 80, "satisfaction_pct": "98.5", "dossiers_returned": 2}

        assert told(reading({**base, **figures})) == [("missing_figure", ("dossiers_received",))]
        wrong = reading({**base, **figures, "dossiers_carried_over": 80})
        assert [r for r, _ in told(wrong)] == ["sum_mismatch", "missing_figure"]

    def test_a_part_that_could_not_be_explained(self) -> None:
        """A number of the same sentence that is just what the total lacks is a part the reading missed."""
        sentence = "tiếp nhận 100, giải quyết 90, đang giải quyết 8, rút 2"
        parts = {"dossiers_received": 100, "dossiers_resolved": 90, "dossiers_pending": 8}
        made = report(*(printing(f, v, sentence=sentence) for f, v in parts.items()))

        assert [r for r, _ in told(made)] == ["sum_mismatch"]
        assert told(replace(made, accounts=(account(2, sentence),))) == []
        assert [r for r, _ in told(replace(made, accounts=(account(3, sentence),)))] == ["sum_mismatch"]

    def test_what_was_hardly_read_excuses_and_never_accuses(self) -> None:
        """Channels that make up the new dossiers, read with doubt, are no wrong sum of all received."""
        channels = [printing("dossiers_online", 27), printing("dossiers_direct", 181), printing("dossiers_postal", 0)]
        received, online = printing("dossiers_received", 214), printing("dossiers_online_pct", "12.98")
        new = printing("dossiers_received_new", 208, reading_confidence=0.4)
        wrong = printing("dossiers_received_new", 209, reading_confidence=0.4)

        assert told(report(received, *channels, online, new)) == []
        assert [rule for rule, _ in told(report(received, *channels, online, wrong))] == ["sum_mismatch"]

    def test_one_wrong_total_is_one_finding(self) -> None:
        """A total that two sums and a percentage contradict alike is told once, with the value they ask for."""
        figures = {
            "dossiers_resolved": 486,
            "dossiers_received": 500,
            "dossiers_early": 460,
            "dossiers_on_time": 8,
            "dossiers_late": 0,
            "dossiers_pending": 32,
            "dossiers_resolved_pct": "93.6",
        }

        (finding,) = found(complete(figures))

        assert finding.rule == "sum_mismatch"
        assert [(p.figure, p.value) for p in finding.proposals] == [("dossiers_resolved", Decimal(468))]

    def test_a_part_that_also_stands_behind_a_rate(self) -> None:
        """What is carried over breaks a sum and the rate over new dossiers; it is told once."""
        figures = {
            "dossiers_received": 1318,
            "dossiers_resolved": 1294,
            "dossiers_pending": 24,
            "dossiers_online": 967,
            "dossiers_direct": 325,
            "dossiers_postal": 5,
            "dossiers_carried_over": 23,
            "dossiers_online_pct": "74.56",
        }

        (finding,) = found(complete(figures))

        assert [(p.figure, p.value) for p in finding.proposals] == [("dossiers_carried_over", Decimal(21))]

    def test_where_two_numbers_may_be_wrong_both_are_named_and_none_proposed(self) -> None:
        """Nothing tells whether the total or what was carried over is wrong: the ward has to say."""
        figures = {"dossiers_received": 1318, "dossiers_resolved": 1294, "dossiers_carried_over": 23}
        channels = {
            "dossiers_online": 967,
            "dossiers_direct": 325,
            "dossiers_postal": 5,
            "dossiers_online_pct": "74.56",
        }

        (finding,) = found(complete({**figures, **channels}))

        assert "Hồ sơ kỳ trước chuyển sang là 21 hoặc Tổng số hồ sơ tiếp nhận là 1.320" in finding.message_vi
        assert finding.proposals == ()


class TestPrinted:
    def test_one_figure_two_values(self) -> None:
        """1.126 in one place and 1.162 in another; the sum that holds is the evidence."""
        sums = {"dossiers_received": 1312, "dossiers_resolved": 1281, "dossiers_on_time": 155, "dossiers_late": 0}
        twice = [
            printing("dossiers_early", 1126, raw="1.126"),
            printing("dossiers_early", 1162, raw="1.162", primary=False, sentence="total row 1.162"),
        ]

        (finding,) = found(report(*(printing(f, v) for f, v in sums.items()), *twice))

        assert (finding.rule, finding.figures, finding.printed) == (
            "conflicting_values",
            ("dossiers_early",),
            "1.126 · 1.162",
        )
        assert [p.value for p in finding.proposals] == [Decimal(1126)]

    def test_a_coarser_printing_is_no_conflict(self) -> None:
        """4,6 tỷ and 4.599.700.000 may be one amount; 98,6% and 98,63% are one rate."""
        made = report(
            printing("investment_plan", 4_599_700_000),
            printing("investment_plan", 4_600_000_000, quantum=Decimal(100_000_000), primary=False, sentence="again 4"),
            printing("satisfaction_pct", "98.6"),
            printing("satisfaction_pct", "98.63", primary=False, sentence="again 98,63"),
        )

        assert told(made) == []

    def test_a_lost_group_against_another_printing(self) -> None:
        """1.850.687 for 1.850.687.000, the other printing being proved by the percentage."""
        made = report(
            printing("ward_expenditure", 1_850_687_000),
            printing("ward_expenditure", 1_850_687, primary=False, sentence="(1850687 so với)"),
            printing("ward_expenditure_prior_year", 2_180_911_975),
            printing("ward_expenditure_yoy_pct", "84.86"),
        )

        (finding,) = found(made)

        assert (finding.rule, finding.printed) == ("scale_slip", "1850687")
        assert [(p.figure, p.value) for p in finding.proposals] == [("ward_expenditure", Decimal(1_850_687_000))]

    def test_a_lost_group_in_a_number_that_was_not_read(self) -> None:
        """A number left unexplained that is an amount of the report without its last three digits."""
        made = report(printing("ward_expenditure", 1_850_687_000, raw="1.850.687.000"))
        made = replace(made, accounts=(account(1_850_687, "bằng 84,86% (1850687đ) so với cùng kỳ"),))

        (finding,) = found(made)

        assert (finding.rule, finding.figures, finding.printed) == ("scale_slip", ("ward_expenditure",), "1850687")
        assert [quote.raw for quote in finding.quotes] == ["1850687", "1.850.687.000"]

    def test_a_lost_group_in_what_passed_for_a_part(self) -> None:
        """ "2.862.000.000/5.400.000 đồng" beside a plan of 5.400 triệu: the number behind the stroke is that plan."""
        made = report(printing("investment_plan", 5_400_000_000, raw="5.400 triệu"))
        part = account(5_400_000, "2862000000/5400000 đồng", AccountKind.SUB_ITEM)

        (finding,) = found(replace(made, accounts=(part,)))

        assert (finding.rule, finding.figures, finding.printed) == ("scale_slip", ("investment_plan",), "5400000")

    def test_a_lost_group_in_a_number_hardly_read(self) -> None:
        """An unclear printing that is the surely read amount without three digits is no smudge by chance."""
        unclear = printing("ward_expenditure", 1_850_687, primary=False, sentence="(1850687)", text_confidence=0.4)
        made = report(printing("ward_expenditure", 1_850_687_000), unclear)

        assert told(made) == [("scale_slip", ("ward_expenditure",))]
        assert told(report(made.printings[-2], replace(unclear, value=Decimal(1_850_000)))) == []

    def test_a_lost_group_against_its_own_ratio(self) -> None:
        """1.782.200 for 1.782.200.000: the rate of 91,37% proves it, and the other side is left alone."""
        made = report(
            printing("ward_expenditure", 1_628_400_000),
            printing("ward_expenditure_ytd", 4_417_900_000),
            printing("ward_expenditure_budget", 6_720_000_000),
            printing("ward_expenditure_budget_pct", "65.74"),
            printing("ward_expenditure_prior_year", 1_782_200),
            printing("ward_expenditure_yoy_pct", "91.37"),
        )

        (finding,) = found(made)

        assert (finding.rule, finding.figures) == ("scale_slip", ("ward_expenditure_prior_year",))
        assert [p.value for p in finding.proposals] == [Decimal(1_782_200_000)]

    def test_digits_that_are_no_number(self) -> None:
        """1.8835.779.000 is no number; the same amount stands well-formed elsewhere."""
        bad = printing(
            "ward_revenue",
            18_835_779_000,
            raw="1.8835.779.000",
            malformed=True,
            primary=False,
            candidates=(Decimal(18_835_779_000), Decimal(1_835_779_000)),
            sentence="(1.8835.779.000đ)",
        )

        (finding,) = found(report(printing("ward_revenue", 1_835_779_000), bad))

        assert (finding.rule, finding.severity, finding.printed) == ("malformed_number", "error", "1.8835.779.000")
        assert [p.value for p in finding.proposals] == [Decimal(1_835_779_000)]

    def test_malformed_digits_clearly_seen_are_not_called_a_misreading(self) -> None:
        """What they stand for is uncertain, what stands there is not; only an unclear picture is."""
        bad = printing("ward_revenue", 1, raw="1.23.4", malformed=True, reading_confidence=0.5)

        (finding,) = found(report(bad))
        assert "máy đọc" not in finding.message_vi
        (finding,) = found(report(replace(bad, reading_confidence=1.0, text_confidence=0.7)))
        assert "máy đọc" in finding.message_vi

    def test_a_smudge_is_not_the_wards_fault(self) -> None:
        """Digits that the recogniser could hardly make out wait for a person and accuse nobody."""
        smudged = printing("ward_revenue", 74, raw="74", malformed=True, text_confidence=0.5, reading_confidence=0.7)

        assert told(report(smudged)) == []

    def test_without_evidence_nothing_is_proposed(self) -> None:
        """A malformed number that nothing else proves gets no proposal."""
        bad = printing("ward_revenue", 1, raw="1.23.4", malformed=True, candidates=(Decimal(1234), Decimal(12340)))

        (finding,) = found(report(bad))

        assert finding.proposals == ()

    def test_two_figures_that_the_words_equate(self) -> None:
        """ "Tổng số hồ sơ tiếp nhận 316" as base of digitisation is not 327 received."""
        sentence = "Kết quả: Tổng số hồ sơ tiếp nhận 316, số hóa 276"
        made = report(
            printing("dossiers_received", 327),
            printing("dossiers_resolved", 321),
            printing("digitised_base", 316, sentence=sentence, label="Tổng số hồ sơ tiếp nhận"),
        )

        assert told(made) == [("conflicting_values", ("dossiers_received", "digitised_base"))]

    def test_another_base_for_digitisation_is_the_wards_right(self) -> None:
        """ "Hồ sơ phải số hóa 405" need not be what was received."""
        sentence = "Trong tổng số hồ sơ tiếp nhận, hồ sơ phải số hóa 405"
        made = report(printing("dossiers_received", 438), printing("digitised_base", 405, sentence=sentence))

        assert told(made) == []


class TestRanges:
    def test_a_share_over_a_hundred(self) -> None:
        """104% of people cannot be satisfied."""
        (finding,) = found(complete({"satisfaction_pct": "104"}))

        assert (finding.rule, finding.severity) == ("out_of_range", "error")

    def test_revenue_may_pass_its_target(self) -> None:
        """182,70% of a revenue target is good news."""
        figures = {"state_revenue": 864_151_000, "state_revenue_target_town": 473_000_000}

        assert told(complete({**figures, "state_revenue_vs_town_pct": "182.70"})) == []

    def test_a_part_of_a_person(self) -> None:
        """A count is a whole number."""
        assert told(complete({"staff_total": "18.5"})) == [("out_of_range", ("staff_total",))]

    def test_more_resolved_than_received(self) -> None:
        """A part is not more than its whole."""
        made = complete({"feedback_received": 2, "feedback_resolved": 3})

        assert told(made) == [("out_of_range", ("feedback_resolved", "feedback_received"))]

    def test_a_part_larger_than_its_whole_is_told_without_its_rate(self) -> None:
        """42 of 31 tasks cannot be, and that their rate is not 73,8% follows."""
        made = complete({"plan_tasks_completed": 42, "plan_tasks_total": 31, "plan_completion_pct": "73.8"})

        assert told(made) == [("out_of_range", ("plan_tasks_completed", "plan_tasks_total"))]


class TestReport:
    def test_required_figures_are_asked_for_together(self) -> None:
        """One finding lists what is missing."""
        made = reading({"dossiers_received": 5, "plan_completion_pct": 70})

        assert told(made) == [("missing_figure", ("dossiers_resolved", "satisfaction_pct"))]

    def test_what_the_machine_overlooked_is_not_missing(self) -> None:
        """An unexplained percentage in a sentence on satisfaction is the machine's miss, not the ward's."""
        silent = replace(complete(), printings=tuple(p for p in complete().printings if p.figure != "satisfaction_pct"))
        rated = account(98, "183 phiếu hài lòng, chiếm 98%")
        counted = account(183, "183 phiếu hài lòng")

        assert [r for r, _ in told(silent)] == ["missing_figure"]
        assert told(replace(silent, accounts=(rated,))) == []
        assert [r for r, _ in told(replace(silent, accounts=(counted,)))] == ["missing_figure"]

    def test_a_total_in_words_not_known_is_not_missing(self) -> None:
        """An unexplained number beside new dossiers and those carried over that is their sum was printed."""
        sentence = "đầu vào: tổng 968 hồ sơ, gồm 951 phát sinh và 17 tồn"
        silent = reading(
            [
                *(p for p in complete().printings if p.figure != "dossiers_received"),
                printing("dossiers_received_new", 951, sentence=sentence),
                printing("dossiers_carried_over", 17, sentence=sentence),
            ]
        )

        assert told(silent) == [("missing_figure", ("dossiers_received",))]
        assert told(replace(silent, accounts=(account(968, sentence),))) == []
        assert told(replace(silent, accounts=(account(967, sentence),))) != []
        assert told(replace(silent, accounts=(account(968, "elsewhere 968"),))) != []

    def test_a_percentage_taken_for_that_of_a_sub_item_is_not_missing(self) -> None:
        """A rate in the sentence on satisfaction is asked about by nobody; a count of a sub-item excuses nothing."""
        silent = reading({"plan_completion_pct": 80, "dossiers_resolved": 90})
        rated = account(98, "107 người hài lòng, tức 98%", AccountKind.SUB_ITEM)
        counted = account(40, "tiếp nhận hộ tịch 40 hồ sơ", AccountKind.SUB_ITEM)

        assert told(replace(silent, accounts=(rated, counted))) == [("missing_figure", ("dossiers_received",))]

    def test_a_printed_zero_is_not_missing(self) -> None:
        """0% satisfied is printed, however sad."""
        assert told(complete({"satisfaction_pct": 0})) == []

    def test_title_and_body_of_two_rounds(self) -> None:
        """What the identity found against its round becomes one finding."""
        made = complete(conflicts=("title names 2023-Q3, body names 2023-Q2",))

        (finding,) = found(made)

        assert (finding.rule, finding.figures, finding.expected) == ("period_mismatch", (), "2023-Q3")
        assert "body names 2023-Q2" in finding.message_en

    def test_a_report_without_round_or_ward_is_checked_by_its_own_numbers(self) -> None:
        """What could not be placed is still read for its own faults."""
        made = complete({"satisfaction_pct": "104"}, ward=None, round_label=None)

        assert told(made) == [("out_of_range", ("satisfaction_pct",))]

    def test_an_invitation_is_not_asked_for_figures(self) -> None:
        """What is no report has no findings."""
        letter = reading()

        assert told(replace(letter, identity=replace(letter.identity, is_report=False))) == []

    def test_keys_are_stable_and_differ(self) -> None:
        """The same fault has the same key again, two faults have two."""
        made = complete({"satisfaction_pct": "104", "staff_total": 20, "staff_cadres": 10, "staff_civil_servants": 9})

        first, second = found(made), found(made)

        assert [f.key for f in first] == [f.key for f in second]
        assert len({f.key for f in first}) == 2
