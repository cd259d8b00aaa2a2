"""What is run again follows from the ledger; a ward that is well and was not asked for is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.errors import CallError
from pipelines.ledger.entries import Facts, LastRun, Ledger, Loaded, State, Version, make_ledger
from pipelines.ledger.rerun import AT_FAULT, Choice, choose

from .desk import at

LABEL = "2023-Q3"
NOW = at(2023, 9, 14)


def version(outcome: str = "read") -> Version:
    """Return a first version."""
    return Version(1, at(2023, 9, 12), "inbox", "ab" * 32, "bc.docx", outcome, is_current=True)


def loaded(parser: str = "2") -> Loaded:
    """Return a load by a version of the parser."""
    return Loaded(1, at(2023, 9, 12, 10), parser, figures=40)


BROKEN = LastRun("load", "WarehouseBusyError", "busy", at(2023, 9, 13), good=False)
FACTS = {
    "pho-minh": Facts((version(),), loaded()),
    "pho-an": Facts((version(),), loaded("1")),
    "pho-van": Facts((version(),), None, BROKEN),
    "pho-vinh": Facts((version(),)),
    "pho-hoa": Facts((version("damaged"),)),
    "pho-ninh": Facts((version("ocr_missing"),)),
}


def ledger(label: str = LABEL) -> Ledger:
    """Return a round in which wards are in different states."""
    return make_ledger(parse_round(label), NOW, FACTS)


def names(choice: Choice) -> list[str]:
    """Return the wards chosen from one round."""
    return [chosen.ward for chosen in choose([ledger()], choice)]


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (Choice(failed=True), ["pho-van", "pho-vinh"]),
        (Choice(wards=("pho-minh",)), ["pho-minh"]),
        (Choice(wards=("pho-minh",), failed=True), []),
        (Choice(wards=("pho-hoa", "pho-chau")), []),
        (Choice(states=(State.CHECKED,)), ["pho-an", "pho-minh"]),
        (Choice(states=(State.UNREADABLE,)), ["pho-ninh"]),
        (Choice(parser_other_than="2"), ["pho-an"]),
        (Choice(parser_other_than="1", wards=("pho-minh", "pho-van")), ["pho-minh"]),
        (Choice(rounds=("2023-Q2",), failed=True), []),
    ],
)
def test_choices(choice: Choice, expected: list[str]) -> None:
    """Each condition chooses its wards, conditions narrow one another, and what cannot be read is never chosen."""
    assert names(choice) == expected


def test_every_choice_says_why() -> None:
    """The reason names the state or the two parser versions, in words."""
    failed = choose([ledger()], Choice(failed=True))[0]
    older = choose([ledger()], Choice(parser_other_than="2"))[0]

    assert failed.why.startswith("xử lý lỗi: ") and "busy" in failed.why
    assert older.why == "đọc bằng bộ đọc phiên bản 1, nay là 2"


def test_over_rounds() -> None:
    """A choice without rounds looks through all that are given."""
    found = choose([ledger(), ledger("2023-Q2")], Choice(failed=True))

    assert [(c.round, c.ward) for c in found] == [
        ("2023-Q3", "pho-van"),
        ("2023-Q3", "pho-vinh"),
        ("2023-Q2", "pho-van"),
        ("2023-Q2", "pho-vinh"),
    ]


@pytest.mark.parametrize("choice", [Choice(), Choice(rounds=(LABEL,)), Choice(wards=("pho-khong",))])
def test_empty_or_impossible_choice(choice: Choice) -> None:
    """A choice of nothing is refused, for it would mean everything; so is a ward that does not exist."""
    with pytest.raises(CallError):
        choose([ledger()], choice)


@given(st.lists(st.sampled_from(sorted(wards())), unique=True), st.booleans(), st.sets(st.sampled_from(list(State))))
def test_good_wards_are_never_touched(asked: list[str], failed: bool, states: set[State]) -> None:
    """Whoever is chosen was named, or is in a state that was named, or at fault; and has something readable."""
    if not (asked or failed or states):
        return

    for chosen in choose([ledger()], Choice(wards=tuple(asked), failed=failed, states=tuple(states))):
        assert not asked or chosen.ward in asked
        assert not states or chosen.state in states
        assert not failed or chosen.state in AT_FAULT
        assert chosen.ward in FACTS and chosen.ward != "pho-hoa"
