"""Segmenting: brackets, separators, and what stands left and right of each number."""

from __future__ import annotations

import pytest

from parsers.figures.clauses import CROSSING, INTO_BRACKET, Group
from parsers.figures.events import events_of
from parsers.figures.mentions import Scale, find_mentions
from parsers.figures.respectively import deal_out
from tests.figures.stages.setting import analysed, grouped


def named(group: Group, index: int) -> tuple[list[str], list[str]]:
    """Return the phrases left of a number, nearest first, and right of it."""
    return [s.hit.text for s in group.left(index)], [s.hit.text for s in group.right(index)]


def test_events_stand_in_order() -> None:
    """Phrases, numbers and marks come as printed; a comma inside a number is no mark."""
    line = analysed("Quá hạn 4 hồ sơ, đạt 1,25%.")
    events = events_of(line, 0, len(line.text), find_mentions(line, Scale()))

    assert [(e.kind, line.text[e.start : e.end]) for e in events] == [
        ("hit", "Quá hạn"), ("mention", "4"), ("hit", "hồ sơ"), ("sep", ","), ("hit", "đạt"), ("mention", "1,25"),
        ("sep", "."),
    ]  # fmt: skip


def test_a_number_sees_back_to_the_number_before_it() -> None:
    """Between two numbers a phrase is left of one and right of the other, fainter behind a mark."""
    _, (group,) = grouped("Tiếp nhận 320 hồ sơ, giải quyết đúng hạn 300 hồ sơ.")

    assert named(group, 0) == (["tiếp nhận"], ["hồ sơ"])
    assert named(group, 1) == (["giải quyết đúng hạn", "hồ sơ"], ["hồ sơ"])
    nearest, farther = group.left(1)
    assert (nearest.weight, nearest.strict) == (1.0, True)
    assert farther.weight < CROSSING[","] and not farther.strict


def test_a_bracket_is_a_group_that_hangs_on_the_number_before_it() -> None:
    """The percentage in brackets is of the count before them and sees no phrase of its own."""
    _, (outer, inner) = grouped("Đúng hạn 300 hồ sơ (93,75%).")

    assert inner.parent is outer.mentions[0]
    assert inner.outer is outer
    assert named(inner, 0) == ([], [])


def test_a_bracket_behind_a_name_is_named_by_it() -> None:
    """ "Trước hạn (80%)" names the number in the bracket, a little fainter than outside."""
    _, (_, inner, _) = grouped("Trước hạn (80%), đúng hạn (20%).")

    assert [(s.hit.text, s.weight <= INTO_BRACKET) for s in inner.left(0)] == [("trước hạn", True)]


def test_a_bracket_without_numbers_is_read_through() -> None:
    """What stands aside makes no group and speaks in a low voice."""
    _, groups = grouped("Hồ sơ tiếp nhận (trực tuyến): 20 hồ sơ.")

    assert len(groups) == 1
    loud = {s.hit.text: s.weight for s in groups[0].left(0)}
    assert loud["trực tuyến"] < loud["tiếp nhận"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Trước hạn, đúng hạn, quá hạn lần lượt là 540, 85 và 02 hồ sơ.", [["trước hạn"], ["đúng hạn"], ["quá hạn"]]),
        ("Đúng hạn và quá hạn lần lượt là 85 và 02 hồ sơ.", [["đúng hạn"], ["quá hạn"]]),
        ("Trước hạn, quá hạn lần lượt là 540, 85 và 02 hồ sơ.", [[], [], []]),
    ],
)
def test_names_are_dealt_out_one_by_one(text: str, names: list[list[str]]) -> None:
    """A list before "lần lượt" gives each number its name; where the two do not come out even, none."""
    line, (group,) = grouped(text)

    deal_out(group, line)

    assert [[s.hit.text for s in group.dealt[i]] for i in range(len(group.mentions))] == names
