"""Deriving: totals that brackets prove, sums that close a list, parts that are joined."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from parsers.document import Place
from parsers.figures.bracket_totals import adds_up, closing_sum, of_a_kind
from parsers.figures.candidate import Candidate
from parsers.figures.choice import Choice, Sentence
from parsers.figures.lines import Line
from parsers.figures.sums import joined_parts
from parsers.reading import Printing
from tests.figures.stages.setting import grouped


def test_a_bracket_whose_numbers_add_up_is_a_bracket_of_parts() -> None:
    """ "24 (11 và 13)" splits the 24 up, "24 (11 và 12)" does not."""
    for text, splits in (("24 người (11 nam và 13 nữ)", True), ("24 người (11 nam và 12 nữ)", False)):
        _, (outer, inner) = grouped(text)
        assert adds_up(inner, outer.mentions[0]) is splits


def test_the_sum_that_closes_a_list_names_the_list() -> None:
    """ "A 11, B 3, cộng 14": the last number is the sum of the two before it, if it is."""
    _, (group,) = grouped("Địa chính 11 hồ sơ, Văn hóa 03 hồ sơ, tổng cộng 14 hồ sơ.")
    assert closing_sum(group, 2) == range(2)

    _, (group,) = grouped("Địa chính 11 hồ sơ, Văn hóa 03 hồ sơ, tổng cộng 15 hồ sơ.")
    assert closing_sum(group, 2) is None


def part(value: int, block: int) -> Printing:
    """Return the printing of one part of a figure that stands in a block."""
    place = Place(block, 0, 3)
    return Printing(
        "investment_disbursed", Decimal(value), str(value), place, None, None, "", place, "", "label", 0.9, 0.8, False
    )


def test_parts_that_stand_together_are_joined() -> None:
    """Three works in two neighbouring blocks are one sum with its parts, less sure than any of them."""
    first, second, third = part(350, 1), part(150, 1), part(100, 2)

    (joined,) = joined_parts([first, second, third], frozenset({"investment_disbursed"}))

    assert (joined.value, joined.raw, joined.components) == (600, "350 + 150 + 100", (350, 150, 100))
    assert (joined.rule, joined.reading_confidence, joined.place) == ("sum of parts", 0.64, first.place)


def test_a_total_among_them_or_a_far_block_joins_nothing() -> None:
    """A number that is the sum of the others is no part, and neither is one that stands elsewhere."""
    total = [part(500, 1), part(350, 1), part(150, 1)]
    apart = [part(350, 1), part(150, 9)]

    assert joined_parts(total, frozenset({"investment_disbursed"})) == total
    assert joined_parts(apart, frozenset({"investment_disbursed"})) == apart


def test_a_value_that_gives_the_printed_share_is_no_part() -> None:
    """Of a plan of 1.000, 350 is 35 %: the 150 beside it are of other works, and 350 stands for the figure."""
    found = [part(350, 1), part(150, 1)]
    plan, share = (
        replace(part(value, 1), figure=figure)
        for figure, value in (("investment_plan", 1000), ("investment_disbursed_pct", 35))
    )

    assert joined_parts([*found, plan, share], frozenset({"investment_disbursed"})) == [*found, plan, share]
    (joined, *_) = joined_parts([*found, plan], frozenset({"investment_disbursed"}))
    assert joined.value == 500


def test_a_total_and_its_part_are_of_one_group() -> None:
    """Dossiers and their services belong together, staff and dossiers do not."""
    assert of_a_kind("dossiers_received", "dossiers_online")
    assert not of_a_kind("dossiers_received", "staff_total")


class TestChoice:
    """What the report makes of a sentence's choice is a choice again, and remembers what the sentence said."""

    @staticmethod
    def choice() -> Choice:
        """Return the choice of the 18 in a sentence of a block's cell, taken by the phrase before it."""
        text = "Đã giải quyết: 18/20 hồ sơ."
        line, (group,) = grouped(text)
        taken = Candidate("dossiers_resolved", 0.9, "L", frozenset({0}), "đã giải quyết", settled=0.8, rival=0.3)
        sentence = Sentence(Line(line, 7, row=2, column=1), 0, len(text))
        return Choice(group.mentions[0], taken, group, 0, sentence)

    def test_it_knows_its_place_in_the_document(self) -> None:
        """Block, row and column are the line's, the characters the number's."""
        assert self.choice().place == Place(7, 15, 17, 2, 1)

    def test_the_lower_half_of_a_fraction_is_derived_from_the_upper(self) -> None:
        """Figure, score, rule and number are new; label, rival and sentence stay, and the source is the upper half."""
        upper = self.choice()

        lower = upper.derived("dossiers_received", 0.7, "fraction", upper.mention.out_of)

        told = (lower.figure, lower.candidate.settled, lower.candidate.rule, lower.candidate.rival, lower.mention.value)
        assert told == ("dossiers_received", 0.7, "fraction", 0.3, 20)
        assert (lower.place, lower.origin) == (Place(7, 18, 20, 2, 1), upper)

    def test_what_is_derived_twice_comes_from_the_sentence(self) -> None:
        """However often a number is named anew, doubts are asked of what the sentence itself says."""
        first = self.choice()

        again = first.derived("a", 0.7, "fraction").derived("b", 0.6, "new by the sum")

        assert (again.figure, again.mention, again.origin) == ("b", first.mention, first)
        assert first.origin is first
