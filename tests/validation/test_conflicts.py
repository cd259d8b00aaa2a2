"""When two printings of one figure contradict each other, and when the second is a number of something else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from parsers.numbers.slips import moved_point, one_slip, turned
from parsers.reading import MISWRITTEN, Printing
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports


def conflicts(*printings: Printing) -> list[tuple[str, ...]]:
    """Return the figures that a report with these printings contradicts itself about."""
    made = reading([*complete().printings, *printings])
    return [f.figures for f in check_reports([made])[0] if f.rule == "conflicting_values"]


def again(figure: str, value: int | str, sentence: str = "and again: {}", **more: Any) -> Printing:
    """Return a second printing, in another sentence unless given."""
    return printing(figure, value, primary=False, sentence=sentence.format(value), block=1, **more)


class TestRivals:
    @pytest.mark.parametrize(("first", "second"), [(1126, 1162), (846, 864), (523, 529), (20, 21), (3, 2), (0, 2)])
    def test_another_sentence_says_otherwise(self, first: int, second: int) -> None:
        """Swapped digits, one wrong digit, or a little more or less in another place."""
        assert conflicts(printing("staff_trained", first), again("staff_trained", second)) == [("staff_trained",)]

    def test_one_sentence_counts_several_things(self) -> None:
        """Two numbers of one sentence are a total and something of it."""
        sentence = "14 người, trong đó 11 người học trực tuyến"
        whole, part = (printing("staff_trained", n, sentence=sentence, primary=n == 14) for n in (14, 11))

        assert conflicts(whole, part) == []

    def test_what_its_own_sentence_lacks_is_part_of_another_total(self) -> None:
        """Of 10 pending 10 in time and 0 overdue: that 0 is no second number of those resolved late."""
        late = printing("dossiers_late", 2)
        pending = [
            printing("dossiers_pending", 10),
            printing("dossiers_pending_in_time", 10, sentence="trong hạn 10, 0"),
        ]
        overdue = again("dossiers_late", 0, "trong hạn 10, {}")

        assert conflicts(late, *pending, overdue) == []
        assert conflicts(late, *pending, again("dossiers_late", 1, "trong hạn 10, {}")) == [("dossiers_late",)]
        assert conflicts(late, overdue) == [("dossiers_late",)]

    def test_a_far_number_is_something_else(self) -> None:
        """171 procedures and 15 of them are not two totals."""
        assert conflicts(printing("procedures_total", 171), again("procedures_total", 15)) == []

    def test_the_number_of_another_figure_is_that_figure(self) -> None:
        """719 received is the 719 resolved, attached wrongly."""
        resolved = printing("satisfaction_surveys", 719)

        assert conflicts(printing("staff_trained", 742), again("staff_trained", 719), resolved) == []

    def test_an_unsure_reading_is_not_held_against_the_ward(self) -> None:
        """A second value that was read by a guess is no contradiction, unless it is one slip away."""
        unsure = {"reading_confidence": 0.65}

        assert conflicts(printing("staff_trained", 31), again("staff_trained", 28, **unsure)) == []
        assert conflicts(printing("staff_trained", 342), again("staff_trained", 324, **unsure)) == [("staff_trained",)]

    def test_the_same_digits_in_another_order_are_a_slip_where_the_values_are_near(self) -> None:
        """3.610 in the text and 3.061 in the table; 3.610 and 1.036 are two things."""
        unsure = {"reading_confidence": 0.65}

        near = conflicts(printing("digitised_results", 3610), again("digitised_results", 3061, **unsure))
        far = conflicts(printing("digitised_results", 3610), again("digitised_results", 1036, **unsure))

        assert (near, far) == ([("digitised_results",)], [])

    def test_a_slip_counts_whatever_it_was_taken_for(self) -> None:
        """2.760 and 2.670 in clear print are one number miswritten, though no reader that learned names the second."""
        unlikely = {"reading_confidence": 0.01}

        assert conflicts(printing("digitised_reused", 2760), again("digitised_reused", 2670, **unlikely)) == [
            ("digitised_reused",)
        ]
        assert conflicts(printing("digitised_reused", 2760), again("digitised_reused", 2519, **unlikely)) == []

    def test_two_digits_turned_count_where_both_numbers_are_named(self) -> None:
        """36 and 63 news items; where the reader doubts that the second is the figure at all, it is something else."""
        unlikely = {"reading_confidence": 0.6}

        assert conflicts(printing("communication_items", 36), again("communication_items", 63)) == [
            ("communication_items",)
        ]
        assert conflicts(printing("communication_items", 36), again("communication_items", 63, **unlikely)) == []

    def test_what_reading_called_miswritten_counts(self) -> None:
        """A second printing that is told for its digits alone contradicts the first, however few they are."""
        hardly = {"reading_confidence": 0.1, "rule": MISWRITTEN}

        assert conflicts(printing("digital_team_members", 53), again("digital_team_members", 35, **hardly)) == [
            ("digital_team_members",)
        ]

    def test_what_was_hardly_read_counts_for_nothing(self) -> None:
        """Under the least confidence a printing is held against nothing."""
        hardly = {"text_confidence": 0.6, "reading_confidence": 0.7}

        assert conflicts(printing("staff_trained", 342), again("staff_trained", 324, **hardly)) == []


@pytest.mark.parametrize(
    ("first", "second", "slip"), [("36", "63", True), ("05", "50", True), ("33", "33", False), ("126", "621", False)]
)
def test_two_digits_turned(first: str, second: str, slip: bool) -> None:
    """36 for 63; longer numbers are told by `one_slip`."""
    assert turned(first, second) is slip


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [("13420000", "134200000", True), ("98.67", "9867", True), ("12", "120", False), ("500", "5000", False)],
)
def test_a_point_that_moved(first: str, second: str, slip: bool) -> None:
    """The same three digits or more, ten or a hundred times apart."""
    assert moved_point(Decimal(first), Decimal(second)) is slip


@pytest.mark.parametrize(
    ("first", "second", "slip"),
    [
        ("1.126", "1.162", True),
        ("1126", "1.127", True),
        ("5.153.211.000", "5.135.211.000", True),
        ("1.126", "1.261", False),
        ("126", "621", False),
        ("12", "13", False),
        ("126", "1.126", False),
        ("98,67", "98,76", True),
    ],
)
def test_one_slip_of_the_pen(first: str, second: str, slip: bool) -> None:
    """One digit, or two neighbours that changed places, in numbers of three digits or more."""
    assert one_slip(first, second) is slip


class TestWordsAndDigits:
    @pytest.mark.parametrize(("digits", "told"), [(21, 1), (12, 0)])
    def test_digits_in_brackets_say_the_words_again(self, digits: int, told: int) -> None:
        """ "mười hai (21) tổ" contradicts itself, "mười hai (12) tổ" does not."""
        sentence = f"có mười hai ({digits}) tổ công nghệ số"
        words = printing("digital_teams", 12, raw="mười hai", sentence=sentence, in_words=True)
        again_ = printing("digital_teams", digits, sentence=sentence, primary=False)

        assert len(conflicts(words, again_)) == told

    def test_two_numbers_of_one_sentence_are_two_things_otherwise(self) -> None:
        """Words and digits that do not stand in each other's brackets count different things."""
        sentence = "có mười hai tổ ở 21 thôn"
        words = printing("digital_teams", 12, raw="mười hai", sentence=sentence, in_words=True)

        assert conflicts(words, printing("digital_teams", 21, sentence=sentence, primary=False)) == []
