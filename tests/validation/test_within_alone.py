"""The rules within one report, each stage alone and at its limits: rivals, weights, citations, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue.rules import rule_book
from parsers.document import Place, Unread, Unseen
from parsers.learned.values import GrammarView, Guess, Opinion, Views
from parsers.reading import MISWRITTEN, Account, AccountKind, Citation, Printing
from tests.validation.builders import printing, reading
from validation.arithmetic import fault_findings
from validation.citations import citation_conflicts
from validation.conflicts import conflicts, disagreements
from validation.credible import is_credible, is_likely, is_rival, weight
from validation.finding import Finding
from validation.malformed import malformed
from validation.ranges import impossible, too_large
from validation.report_values import Sheet, lay_out
from validation.root_cause import faults
from validation.seen import unread_parts, unseen_text
from validation.wholereport import missing, two_rounds

Figures = Mapping[str, str | int | Decimal]
TRAINED = "staff_trained"


def sheet(figures: Figures | Sequence[Printing], **more: Any) -> Sheet:
    """Return the sheet of some figures."""
    return lay_out(reading(figures, **more), rule_book())


def read(figure: str, value: int | str, named: float = 0.95, **more: Any) -> Printing:
    """Return a printing that the readers gave an opinion of; `said` is what the grammar calls it otherwise."""
    kind = more.pop("said", None)
    grammar = GrammarView(None, kind) if kind else GrammarView(figure, "")
    told = Opinion((Guess(figure, named),))
    fields = {"probability": 0.9, "doubt": "weak"} | more
    return printing(figure, value, views=Views(Place(0, 0, 1), "1", grammar, told, told), **fields)


def again(figure: str, value: int | str, named: float = 0.95, **more: Any) -> Printing:
    """Return a second printing in another sentence."""
    fields = {"primary": False, "block": 1, "sentence": f"và nơi khác: {value}"} | more
    return read(figure, value, named, **fields)


def number(value: int | None, sentence: str, kind: AccountKind = AccountKind.UNEXPLAINED, raw: str = "") -> Account:
    """Return a number of a sentence that is no figure."""
    of = None if value is None else Decimal(value)
    return Account(kind, raw or str(value), of, Place(9, 0, 2), 1, sentence, "test")


class TestRivals:
    @staticmethod
    def told(*printings: Printing, settled: frozenset[str] = frozenset()) -> bool:
        """Return whether a report contradicts itself."""
        return bool(list(conflicts(sheet(printings), settled)))

    @pytest.mark.parametrize(
        ("figure", "first", "second", "rivals"),
        [
            (TRAINED, 650, 520, True),
            (TRAINED, 651, 520, False),
            (TRAINED, 10, 7, True),
            (TRAINED, 10, 6, False),
            ("satisfaction_pct", 90, 87, True),
            ("satisfaction_pct", 90, "86.9", False),
        ],
    )
    def test_a_fifth_or_three(self, figure: str, first: int, second: int | str, rivals: bool) -> None:
        """Counts a fifth of the larger or three apart, shares three points: more is something else."""
        assert self.told(printing(figure, first), again(figure, second)) is rivals

    @pytest.mark.parametrize(
        ("first", "second", "rivals"),
        [
            ({"named": 0.7}, {"named": 0.7}, True),
            ({"named": 0.69}, {}, False),
            ({}, {"named": 0.69}, False),
            ({"probability": 0.7}, {"probability": 0.7}, True),
            ({"probability": 0.69}, {}, False),
            ({}, {"probability": 0.69}, False),
        ],
    )
    def test_both_must_be_the_figure(self, first: dict[str, float], second: dict[str, float], rivals: bool) -> None:
        """By name and by what the judge says, the first as well as the second."""
        assert self.told(read(TRAINED, 650, **first), again(TRAINED, 612, **second)) is rivals

    @pytest.mark.parametrize(
        ("first", "second", "more", "rivals"),
        [
            (3610, 3061, {"probability": 0.6, "named": 0.5}, True),
            (523, 532, {"probability": 0.2, "named": 0.8, "said": "unexplained"}, True),
            (523, 532, {"probability": 0.2, "named": 0.79, "said": "unexplained"}, False),
            (523, 532, {"probability": 0.2, "named": 0.71}, True),
            (523, 532, {"probability": 0.2, "named": 0.7}, False),
            (523, 532, {"probability": 0.5, "named": 0.1}, True),
            (36, 63, {"named": 0.9, "said": "unexplained"}, True),
            (36, 63, {"named": 0.89, "said": "unexplained"}, False),
            (36, 63, {"named": 0.71}, True),
            (36, 63, {"named": 0.7}, False),
        ],
    )
    def test_what_looks_like_a_slip(self, first: int, second: int, more: dict[str, Any], rivals: bool) -> None:
        """Digits in another order, one slip, two turned: the shorter, the surer must the readers be.

        Less is asked of the reader of the whole report where the grammar names the second number as well.
        """
        assert self.told(read(TRAINED, first), again(TRAINED, second, **more)) is rivals

    @pytest.mark.parametrize(
        ("second", "text", "rule", "rivals"),
        [
            (2670, 0.9, "test", True),
            (2670, 0.89, "test", False),
            (2519, 0.9, "test", False),
            (2519, 0.9, MISWRITTEN, True),
        ],
    )
    def test_what_hardly_is_the_figure_counts_as_a_clear_slip(
        self, second: int, text: float, rule: str, rivals: bool
    ) -> None:
        """2.670 in clear print for 2.760, or what the reading called miswritten."""
        other = again(TRAINED, second, reading_confidence=0.01, text_confidence=text, rule=rule)

        assert self.told(read(TRAINED, 2760), other) is rivals

    def test_beside_any_printing_of_the_value(self) -> None:
        """Where the value is printed twice, what stands beside the second is something of it."""
        sentence = "Trong 140 người có 120 nữ"
        twice = printing(TRAINED, 140, primary=False, block=2, sentence=sentence)
        beside = again(TRAINED, 120, block=2, sentence=sentence)

        assert self.told(printing(TRAINED, 140), twice, beside) is False
        assert self.told(printing(TRAINED, 140), twice, again(TRAINED, 120)) is True

    @pytest.mark.parametrize(
        ("kind", "sure", "rivals"),
        [
            ("target", False, False),
            ("prior_period", False, False),
            ("other_level", False, False),
            ("sub_item", False, True),
            ("other_level", True, True),
            (None, False, True),
        ],
    )
    def test_what_the_grammar_calls_another_thing(self, kind: str | None, sure: bool, rivals: bool) -> None:
        """A task ahead, another period or level; not where the judge is sure that it is the figure."""
        assert self.told(read(TRAINED, 650), again(TRAINED, 612, said=kind, sure=sure)) is rivals

    @pytest.mark.parametrize(
        ("other", "value", "second", "rivals"),
        [
            ("satisfaction_surveys", 13, 13, False),
            ("satisfaction_surveys", 12, 12, True),
            ("satisfaction_pct", 13, 13, True),
            ("satisfaction_surveys", 14, 13, True),
        ],
    )
    def test_the_number_of_another_figure(self, other: str, value: int, second: int, rivals: bool) -> None:
        """Of the same unit, of the same value, over twelve: smaller numbers are alike by chance."""
        more = printing(other, value, block=3)

        assert self.told(printing(TRAINED, 15), again(TRAINED, second), more) is rivals

    def test_what_its_sentence_lacks(self) -> None:
        """Of 40 pending 25 in time: a 15 beside them is the rest, whatever it was taken for; elsewhere it is not."""
        sentence = "Còn 40, trong hạn 25, 15"
        late = printing("dossiers_late", 17)
        pending = [printing("dossiers_pending", 40, block=2), printing("dossiers_pending_in_time", 25, block=2)]
        beside = [replace(p, sentence=sentence) for p in pending]
        elsewhere = printing("dossiers_pending_in_time", 25, block=4, primary=False)

        rest = again("dossiers_late", 15, sentence=sentence, block=2)
        assert self.told(late, *beside, rest) is False
        assert self.told(late, *beside, elsewhere, rest) is False
        assert self.told(late, *beside, again("dossiers_late", 14, sentence=sentence, block=2)) is True
        assert self.told(late, *pending, rest) is True

    def test_what_is_settled_is_not_told_again(self) -> None:
        """A figure that another rule has told of."""
        two = printing(TRAINED, 650), again(TRAINED, 612)

        assert self.told(*two) and not self.told(*two, settled=frozenset({TRAINED}))

    def test_the_words_name_both_with_their_pages(self) -> None:
        """A page where it is known."""
        (found,) = conflicts(sheet([printing(TRAINED, 650), again(TRAINED, 612, page=None)]), frozenset())

        assert "650 (page 1); 612." in found.message_en and found.printed == "650 · 612"


class TestEquated:
    WORDS = "Tổng số hồ sơ tiếp nhận"

    def base(self, value: int, sentence: str, **more: Any) -> Printing:
        """Return the base of digitisation as a sentence prints it."""
        return printing("digitised_base", value, sentence=sentence, block=1, **more)

    def told(self, base: Printing, **others: int) -> list[tuple[str, ...]]:
        """Return which figures disagree."""
        made = sheet([*(printing(f, v) for f, v in others.items()), base])
        return [f.figures for f in disagreements(made, rule_book().agreements)]

    def test_one_of_the_others_is_enough(self) -> None:
        """316 of 327 received, 316 of them new: the base is the new ones. Where none agrees the first is named."""
        base = self.base(316, f"{self.WORDS} 316")

        assert self.told(base, dossiers_received=327, dossiers_received_new=316) == []
        assert self.told(base, dossiers_received=327, dossiers_received_new=300) == [
            ("dossiers_received", "digitised_base")
        ]
        assert self.told(base, dossiers_received_new=300) == [("dossiers_received_new", "digitised_base")]
        assert self.told(base, dossiers_resolved=300) == []

    @pytest.mark.parametrize(
        ("sentence", "label", "equated"),
        [
            ("{words} 316", "", True),
            ("Đã làm 316", "{words}", True),
            ("Đã làm 316, {words} 327", "", False),
            ("{words}, phải làm 316", "", False),
            ("{words} phải số hóa 316", "", False),
            ("{words} thuộc diện số hóa 316", "", False),
            ("Trong kỳ; {words} 316", "", True),
        ],
    )
    def test_the_words_of_its_clause_before_it(self, sentence: str, label: str, equated: bool) -> None:
        """Or those that named it; not what stands behind, in another clause, or what says that it is another base."""
        text, named = (part.format(words=self.WORDS) for part in (sentence, label))

        assert bool(self.told(self.base(316, text, label=named), dossiers_received=327)) is equated

    def test_a_sentence_in_the_middle_of_a_paragraph(self) -> None:
        """Words before the number are counted from the sentence, not from the paragraph."""
        text = f"{self.WORDS} 316, đã làm nhiều việc khác nữa trong kỳ"
        start = text.index("316")
        base = self.base(
            316, text, label="", place=Place(1, 100 + start, 103 + start), sentence_place=Place(1, 100, 160)
        )
        behind = replace(base, sentence=text.replace(f"{self.WORDS} 316", f"Có 316 là {self.WORDS}"))
        behind = replace(behind, place=Place(1, 103, 106))

        assert len(self.told(base, dossiers_received=327)) == 1
        assert self.told(behind, dossiers_received=327) == []


class TestWeights:
    @pytest.mark.parametrize(
        ("probability", "likely", "rival"),
        [(0.7, True, True), (0.69, True, False), (0.5, True, False), (0.49, False, False)],
    )
    def test_as_likely_as_not(self, probability: float, likely: bool, rival: bool) -> None:
        """What nobody judged, what is sure and what was called miswritten count whatever their probability."""
        one = read(TRAINED, 5, probability=probability)

        assert (is_likely(one), is_rival(one)) == (likely, rival)
        for always in (replace(one, views=None), replace(one, sure=True)):
            assert is_likely(always) and is_rival(always)
        assert is_rival(replace(one, rule=MISWRITTEN)) and is_likely(replace(one, rule=MISWRITTEN)) is likely

    @pytest.mark.parametrize(
        ("more", "credible"),
        [
            ({"readers": ("grammar", "independent", "stacked"), "probability": 0.97}, True),
            ({"readers": ("grammar", "independent", "stacked"), "probability": 0.969}, False),
            ({"readers": ("independent", "stacked"), "probability": 0.985}, True),
            ({"readers": ("independent", "stacked"), "probability": 0.984}, False),
            ({"readers": ("grammar", "stacked"), "probability": 0.999}, False),
            ({"readers": ("grammar", "stacked"), "probability": 1.0}, True),
            ({"rule": MISWRITTEN, "probability": 0.1}, True),
            ({"sure": True, "probability": 0.1}, True),
            ({"views": None, "probability": 0.1}, True),
            ({"doubt": "two_values", "probability": 0.1, "named": 0.9}, True),
            ({"doubt": "two_values", "probability": 0.1, "named": 0.89}, False),
            ({"doubt": "weak", "probability": 0.1, "named": 0.99}, False),
            ({"doubt": "arithmetic", "probability": 0.5}, True),
            ({"doubt": "arithmetic", "probability": 0.49}, False),
            ({"doubt": "poor_text", "probability": 0.5}, True),
            ({"doubt": "maybe_none", "probability": 0.9}, False),
        ],
    )
    def test_who_may_accuse(self, more: dict[str, Any], credible: bool) -> None:
        """What all readers name, what is doubted for the fault alone, what nobody doubted."""
        views = {"views": more.pop("views")} if "views" in more else {}

        assert is_credible(replace(read(TRAINED, 5, **more), **views)) is credible

    def test_numbers_of_one_sentence_bear_each_other_out(self) -> None:
        """There it is enough that each is likely; alone, or of two sentences, each must be credible."""
        doubted = [read(f, v, probability=0.6, sentence="5 trên 9") for f, v in ((TRAINED, 5), ("staff_total", 9))]
        apart = [doubted[0], replace(doubted[1], sentence_place=Place(1, 0, 8))]
        unlikely = [doubted[0], replace(doubted[1], probability=0.4)]

        assert [weight(found) for found in (doubted, apart, doubted[:1], unlikely)] == [None, "info", "info", "info"]


class TestSums:
    @staticmethod
    def told(**figures: int | str) -> list[Finding]:
        """Return the findings on the sums and percentages of a report."""
        made = sheet(dict[str, str | int | Decimal](figures))
        return [found for fault in faults(made) for found in fault_findings(made, fault)]

    @pytest.mark.parametrize(("late", "severity"), [(50, "warning"), (51, "error"), (10, "warning")])
    def test_off_by_more_than_half_of_the_larger_side(self, late: int, severity: str) -> None:
        """150 and 50 beside a total of 100 are off by a hundred of two hundred: half is no more than half."""
        (found,) = self.told(dossiers_resolved=100, dossiers_early_or_on_time=150, dossiers_late=late)

        assert (found.rule, found.severity, found.expected) == ("sum_mismatch", severity, str(150 + late))
        assert f"come to {150 + late}" in found.message_en and "alone" not in found.message_en

    def test_a_total_far_above_its_parts(self) -> None:
        """The larger side is the total: 201 above 100 is more than half of it, 200 is not."""
        severities = [
            self.told(dossiers_resolved=n, dossiers_early_or_on_time=60, dossiers_late=40)[0].severity
            for n in (201, 200)
        ]

        assert severities == ["error", "warning"]

    def test_parts_alone(self) -> None:
        """Where a part is not printed, those that are may not come to more."""
        (found,) = self.told(dossiers_resolved=100, dossiers_early=90, dossiers_on_time=20)

        assert "parts of it alone (dossiers early 90; dossiers on time 20) already come to 110" in found.message_en

    def test_a_percentage_is_reckoned_to_two_decimals_at_least(self) -> None:
        """85,4 % of 276 in 316 should be 87,34 %, one of three decimals 87,342 %."""
        counts = {"digitised_base": 316, "digitised_dossiers": 276}

        for printed, expected in (("85.4", "87,34%"), ("85", "87,34%"), ("85.443", "87,342%")):
            (found,) = self.told(**counts, digitised_dossiers_pct=printed)
            assert found.expected == expected
        assert "but 276/316 (digitised base) gives" in found.message_en

    def test_one_cause_of_three(self) -> None:
        """Two sums and a percentage are counted together, and the value that mends all is proposed."""
        (found,) = self.told(
            dossiers_received=500, dossiers_resolved=430, dossiers_pending=20, dossiers_early=300, dossiers_on_time=150,
            dossiers_late=30, dossiers_early_pct="62.5",
        )  # fmt: skip

        assert found.rule == "sum_mismatch"
        assert "With dossiers resolved of 480 instead, 3 sums or percentages" in found.message_en
        assert [(p.figure, p.value, p.evidence_en) for p in found.proposals] == [
            ("dossiers_resolved", Decimal(480), "3 sums or percentages of the report hold with this value")
        ]

    def test_one_cause_of_percentages_alone(self) -> None:
        """Two percentages that another total would mend are no broken sum."""
        (found,) = self.told(
            dossiers_resolved=430,
            dossiers_early=300,
            dossiers_early_pct="62.5",
            dossiers_late=30,
            dossiers_late_pct="6.25",
        )

        assert (found.rule, [p.value for p in found.proposals]) == ("ratio_mismatch", [Decimal(480)])


DAY = date(2024, 3, 4)
PLAN = "đẩy mạnh cải cách hành chính năm 2024"
OTHER = "phòng cháy chữa cháy rừng mùa khô"


def cited(symbol: str, subject: str, day: date | None = DAY, kind: str = "Kế hoạch") -> Citation:
    """Return a citation with a sentence of its own."""
    return Citation(kind, symbol, day, subject, Place(0, 0, 1), f"{kind} số {symbol} {subject}")


class TestCitations:
    @staticmethod
    def told(*citations: Citation) -> list[Finding]:
        """Return the finding on contradicting citations."""
        return list(citation_conflicts(sheet({}, citations=citations)))

    @pytest.mark.parametrize(
        ("first", "second", "told"),
        [
            (cited("14/KH-UBND", "bốn chữ này đủ"), cited("15/KH-UBND", "bốn chữ này đủ"), True),
            (cited("14/KH-UBND", "ba chữ này"), cited("15/KH-UBND", "ba chữ này"), False),
            (cited("14/KH-UBND", PLAN), cited("15/KH-HĐND", PLAN), False),
            (cited("14/KH-UBND", PLAN), cited("15/KH-UBND", PLAN, None), True),
            (cited("14/KH-UBND", PLAN), cited("14/KH-UBND", PLAN, None), False),
            (cited("14/KH-UBND", PLAN, None), cited("14/KH-UBND", OTHER, None), False),
            (cited("14/KH-UBND", PLAN), cited("14/KH-UBND", OTHER, date(2024, 3, 5)), False),
            (cited("14/KH-UBND", PLAN), cited("14/KH-UBND", OTHER, kind="Quyết định"), False),
            (cited("14/KH-UBND", PLAN), cited("15/KH-UBND", OTHER), False),
            (cited("14/KH-UBND", PLAN), cited("14/KH-UBND", "ba chữ này"), False),
            (cited("14/KH-UBND", "ba chữ này"), cited("14/KH-UBND", PLAN), False),
            (cited("14/KH-UBND", PLAN), cited("14/KH-UBND", "bốn chữ này đủ"), True),
        ],
    )
    def test_one_document_or_two(self, first: Citation, second: Citation, told: bool) -> None:
        """Of four telling words at least, of one kind, one symbol, one year; a day that is not known proves nothing."""
        assert bool(self.told(first, second)) is told
        assert bool(self.told(second, first)) is told

    @pytest.mark.parametrize(
        ("first", "second", "told"),
        [
            ("14/KH-UBND", "41/KH-UBND", True),
            ("41/KH-UBND", "14/KH-UBND", True),
            ("014/KH-UBND", "41/KH-UBND", False),
            ("15/KH-UBND", "41/KH-UBND", False),
        ],
    )
    def test_turned_digits_where_the_subject_goes_on(self, first: str, second: str, told: bool) -> None:
        """The same digits in two orders, whichever comes first."""
        longer = f"{PLAN} và phân công các ngành, đoàn thể, khu dân cư cùng thực hiện trong toàn xã"

        assert bool(self.told(cited(first, PLAN), cited(second, longer))) is told

    def test_turned_digits_need_one_beginning_of_four_words_and_one_year(self) -> None:
        """Another beginning, another year or too few words are other plans."""
        tail = "và phân công các ngành, đoàn thể, khu dân cư cùng thực hiện trong toàn xã"
        for other in (f"tổ chức {PLAN} {tail}", f"{PLAN.replace('2024', '2023')} {tail}"):
            assert self.told(cited("14/KH-UBND", PLAN), cited("41/KH-UBND", other)) == []
        assert self.told(cited("14/KH-UBND", "ba chữ này"), cited("41/KH-UBND", f"ba chữ này {tail}")) == []

    def test_every_contradiction_is_told(self) -> None:
        """Three numbers of one plan are three pairs; a day that is not known is left out of what is printed."""
        (found,) = self.told(cited("14/KH-UBND", PLAN), cited("15/KH-UBND", PLAN), cited("16/KH-UBND", PLAN, None))

        assert found.printed == "14/KH-UBND (2024-03-04) · 15/KH-UBND (2024-03-04) · 16/KH-UBND ()"
        assert found.message_en.count("stands under") == 3

    def test_the_words_say_which_contradiction(self) -> None:
        """One subject under two numbers, or under two days; one number for two subjects."""
        numbers, days, subjects = (
            self.told(cited("14/KH-UBND", PLAN), other)[0].message_en
            for other in (
                cited("15/KH-UBND", PLAN),
                cited("14/KH-UBND", PLAN, date(2024, 4, 5)),
                cited("14/KH-UBND", OTHER),
            )
        )

        assert f"“{PLAN}” stands under 14/KH-UBND of " in numbers and "15/KH-UBND of " in numbers
        assert f"“{PLAN}” stands under 14/KH-UBND of " in days
        assert "14/KH-UBND of " in subjects and f"stands for both “{PLAN}” and “{OTHER}”" in subjects


class TestMissing:
    REQUIRED: Figures = {
        "plan_completion_pct": 80, "dossiers_received": 100, "dossiers_resolved": 90, "satisfaction_pct": 98
    }  # fmt: skip

    def told(self, without: str, *numbers: Account, **more: int) -> list[tuple[str, tuple[str, ...]]]:
        """Return severity and figures of what is missing where one required figure is not printed."""
        kept = {code: value for code, value in {**self.REQUIRED, **more}.items() if code != without}
        return [(f.severity, f.figures) for f in missing(sheet(kept, accounts=numbers))]

    @pytest.mark.parametrize(
        ("resolved", "pending", "value", "severity"),
        [(90, 10, 100, "info"), (90, 10, 101, "warning"), (10, 3, 13, "info"), (10, 2, 12, "warning")],
    )
    def test_a_count_that_its_parts_ask_for(self, resolved: int, pending: int, value: int, severity: str) -> None:
        """An unnamed number over twelve that is resolved and pending together may be what was received."""
        beside = number(value, "Có một số nữa.", AccountKind.OTHER_LEVEL)

        assert self.told("dossiers_received", beside, dossiers_resolved=resolved, dossiers_pending=pending) == [
            (severity, ("dossiers_received",))
        ]

    def test_a_number_without_value_is_none(self) -> None:
        """Nor does a sum of others ask for the figure."""
        assert (
            self.told("dossiers_received", number(None, "Có … nữa.", raw="…"), dossiers_pending=10)[0][0] == "warning"
        )
        assert (
            self.told("dossiers_resolved", number(33, "Có 33."), staff_cadres=13, staff_civil_servants=20)[0][0]
            == "warning"
        )

    @pytest.mark.parametrize(
        ("kind", "sentence", "severity"),
        [
            (AccountKind.UNEXPLAINED, "Tính ra 98%.", "info"),
            (AccountKind.UNEXPLAINED, "Tính ra 98.", "warning"),
            (AccountKind.SUB_ITEM, "Tính ra 98%.", "warning"),
        ],
    )
    def test_a_percentage_read_as_nothing(self, kind: AccountKind, sentence: str, severity: str) -> None:
        """Only one that nobody could explain."""
        assert self.told("satisfaction_pct", number(98, sentence, kind)) == [(severity, ("satisfaction_pct",))]

    @pytest.mark.parametrize(
        ("figure", "value", "sentence", "kind", "missed"),
        [
            ("dossiers_resolved", 90, "Đã trả 90 hồ sơ.", AccountKind.UNEXPLAINED, False),
            ("dossiers_resolved", 90, "Đã giải quyết 90 hồ sơ.", AccountKind.UNEXPLAINED, False),
            ("dossiers_resolved", 90, "Đã giải quyết 90 hồ sơ.", AccountKind.SUB_ITEM, True),
            ("dossiers_resolved", 90, "Đã giải quyết 90%.", AccountKind.UNEXPLAINED, True),
            ("satisfaction_pct", 98, "Hài lòng 98%.", AccountKind.SUB_ITEM, False),
            ("satisfaction_pct", 98, "Hài lòng 98%.", AccountKind.MEASURE, False),
            ("satisfaction_pct", 98, "Hài lòng 98 người.", AccountKind.UNEXPLAINED, True),
            ("satisfaction_pct", 98, "Hài lòng 98%.", AccountKind.DATE, True),
        ],
    )
    def test_what_the_machine_overlooked(
        self, figure: str, value: int, sentence: str, kind: AccountKind, missed: bool
    ) -> None:
        """A number of the figure's unit in a sentence with any of its words."""
        assert bool(self.told(figure, number(value, sentence, kind))) is missed

    def test_surely_and_perhaps_are_two_findings(self) -> None:
        """Each with its own words and weight."""
        one = number(97, "Tính ra 97%.")
        kept = {"dossiers_received": 100}

        sure, perhaps = missing(sheet(kept, accounts=[one]))

        assert (sure.severity, sure.figures) == ("warning", ("dossiers_resolved",))
        assert (perhaps.severity, perhaps.figures) == ("info", ("plan_completion_pct", "satisfaction_pct"))
        assert sure.message_en.startswith("The report does not print: dossiers resolved.")
        assert perhaps.message_en.startswith("Not found in the report: plan completion (%); satisfaction (%).")

    @pytest.mark.parametrize(("label", "name"), [("2023-Q3", "of 2023-Q3, but"), (None, "of –, but")])
    def test_the_round_taken(self, label: str | None, name: str) -> None:
        """It is named as people name it, by a stroke where there is none."""
        (found,) = two_rounds(sheet({}, round_label=label, conflicts=("tiêu đề: quý II",)))

        assert (found.printed, found.expected) == ("tiêu đề: quý II", label or "")
        assert name in found.message_en and "tiêu đề: quý II" in found.message_en


class TestSeen:
    @pytest.mark.parametrize("count", [1, 5, 6, 8])
    def test_five_parts_are_named(self, count: int) -> None:
        """The rest is counted, and all are in what makes the finding the same when it is found again."""
        parts = tuple(Unread("picture", str(i)) for i in range(count))
        made = replace(reading({}), unread=parts)

        (found,) = unread_parts(lay_out(made, rule_book()))

        assert found.printed.count("picture:") == count
        assert ("more" in found.message_en) is (count > 5)
        assert f"a picture {min(count, 5) - 1}" in found.message_en and "a picture 5" not in found.message_en
        if count > 5:
            assert f"and {count - 5} more" in found.message_en

    @pytest.mark.parametrize(("length", "shown"), [(80, 80), (81, 80)])
    def test_long_text_is_cut(self, length: int, shown: int) -> None:
        """At eighty letters, the last of them three points where more followed."""
        made = replace(reading({}), unseen=(Unseen("x" * length, "white"),))

        (found,) = unseen_text(lay_out(made, rule_book()))

        assert len(found.printed) == shown
        assert found.printed.endswith("…") is (length > 80)
        assert "(page" not in found.message_en


class TestRanges:
    @pytest.mark.parametrize(
        ("figure", "value", "expected", "words"),
        [
            ("satisfaction_pct", "100.1", "0–100%", "a share lies between"),
            ("satisfaction_pct", "-1", "0–100%", "a share lies between"),
            ("dossiers_late", "1.5", "≥ 0", "has to be a whole number"),
            ("dossiers_late", "-1", "≥ 0", "cannot be less than 0"),
            ("dossiers_late", "-1.5", "≥ 0", "cannot be less than 0"),
        ],
    )
    def test_what_it_should_be_and_why(self, figure: str, value: str, expected: str, words: str) -> None:
        """The limit of its kind, and which of them is broken."""
        (found,) = impossible(sheet({figure: value}))

        assert (found.expected, words in found.message_en) == (expected, True)

    def test_malformed_digits_are_told_elsewhere(self) -> None:
        """Whatever number they may be."""
        bad = printing("dossiers_late", "1.5", raw="1.5.2", malformed=True, candidates=(Decimal("1.5"),))

        assert list(impossible(sheet([bad]))) == []

    def test_what_was_hardly_read_exceeds_nothing(self) -> None:
        """A part of which nobody is sure accuses no whole."""
        whole = printing("dossiers_received", 300)

        for confidence, told in ((1.0, 1), (0.1, 0)):
            part = printing("dossiers_online", 310, reading_confidence=confidence)
            assert len(list(too_large(sheet([whole, part]), []))) == told


class TestMalformed:
    def test_blanks_between_groups_are_no_fault_in_what_nobody_read(self) -> None:
        """ "1 835 779" beside 1.835.779 is the same; "1.8357.79" is no number."""
        revenue = printing("ward_revenue", 1_835_779)

        for raw, told in (("1 835 779", 0), ("1.8357.79", 1)):
            left = number(1_835_779, f"Thu {raw} đồng.", raw=raw)
            assert len(list(malformed(sheet([revenue], accounts=[left])))) == told

    def test_small_numbers_meet_by_chance(self) -> None:
        """Under ten thousand an odd number elsewhere is not the figure's."""
        left = number(1879, "Có 18.79.", raw="1.87.9")

        assert list(malformed(sheet([printing("ward_revenue", 1879)], accounts=[left]))) == []
