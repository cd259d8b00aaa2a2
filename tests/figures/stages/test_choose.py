"""Choosing: the assignment of candidates to neighbouring numbers that is worth most together."""

from __future__ import annotations

from parsers.figures.best_assignment import ENOUGH, best_path
from parsers.figures.candidate import Candidate, Objection
from parsers.figures.clauses import Group
from tests.figures.stages.setting import grouped


def candidate(figure: str, score: float, claims: int, *objections: Objection, side: str = "L") -> Candidate:
    """Return a candidate that claims the phrase at a place."""
    return Candidate(figure, score, side, frozenset({claims}), figure, objections)


def two_numbers() -> Group:
    """Return a group of two bare numbers, at the places 2 and 6."""
    return grouped("A 3 B 5")[1][0]


def picked(lists: list[list[Candidate]]) -> list[tuple[str, float, float] | None]:
    """Return the figure, score and best rival of each number."""
    path = best_path(two_numbers(), lists)
    return [None if one is None else (one.figure, round(one.settled, 3), round(one.rival, 3)) for one in path]


def test_one_phrase_names_one_number() -> None:
    """The surer number takes the phrase, the other one what is left; the rival is remembered."""
    assert picked([[candidate("x", 0.9, 0)], [candidate("x", 0.8, 0), candidate("z", 0.7, 4)]]) == [
        ("x", 0.9, 0.0),
        ("z", 0.7, 0.8),
    ]


def test_all_numbers_together_are_worth_more_than_the_best_one() -> None:
    """A number gives its best figure up where both then have one."""
    assert picked([[candidate("x", 0.9, 0), candidate("y", 0.85, 1)], [candidate("z", 0.9, 0)]]) == [
        ("y", 0.85, 0.9),
        ("z", 0.9, 0.0),
    ]


def test_an_objection_falls_away_where_the_neighbour_claims_the_phrase() -> None:
    """The phrase at place 4 speaks against the first number only as long as the second does not bear it."""
    objecting = candidate("x", 0.9, 0, Objection(4, 0.1))

    assert picked([[objecting], []]) == [None, None]
    assert picked([[objecting], [candidate("z", 0.9, 4)]]) == [("x", 0.9, 0.0), ("z", 0.9, 0.0)]


def test_what_is_too_weak_names_nothing() -> None:
    """Below the threshold a number stays without a figure, at it it has one."""
    assert picked([[candidate("x", ENOUGH - 0.01, 0)], []]) == [None, None]
    assert picked([[candidate("x", ENOUGH + 0.01, 0)], []]) == [("x", round(ENOUGH + 0.01, 3), 0.0), None]


def test_one_figure_is_not_two_numbers() -> None:
    """Of two numbers with one figure and different values the second is something else where it can be."""
    assert picked([[candidate("x", 0.9, 0)], [candidate("x", 0.8, 4), candidate("z", 0.7, 4)]]) == [
        ("x", 0.9, 0.0),
        ("z", 0.7, 0.8),
    ]
