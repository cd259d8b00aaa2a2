"""A finding that rests on what the reader doubted hints at a fault and accuses nobody."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from parsers.document import Place
from parsers.learned.values import GrammarView, Guess, Opinion, Views
from parsers.reading import Account, AccountKind, Printing
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports


def read(figure: str, value: int, named: float = 0.9, **more: Any) -> Printing:
    """Return a printing that readers gave an opinion of, the figure `named` so surely."""
    said = Opinion((Guess(figure, named),))
    return printing(figure, value, views=Views(Place(0, 0, 1), "1", GrammarView(figure, ""), said, said), **more)


def severities(rule: str, *printings: Printing, accounts: tuple[Account, ...] = ()) -> list[str]:
    """Return the severities of a rule's findings on a report with these printings beside the required ones."""
    plain = {p.figure for p in printings}
    rest = [p for p in complete().printings if p.figure not in plain]
    (found,) = check_reports([reading([*rest, *printings], accounts=accounts)])
    return [f.severity for f in found if f.rule == rule]


@pytest.mark.parametrize(
    ("doubt", "probability", "severity"),
    [("arithmetic", 0.9, "warning"), ("arithmetic", 0.2, "info"), ("maybe_none", 0.97, "info"), ("weak", 0.99, "info")],
)
def test_a_sum_over_a_doubted_number_only_hints(doubt: str, probability: float, severity: str) -> None:
    """A number that may be no figure at all breaks no sum; one that is doubted for the sum alone does."""
    late = read("dossiers_late", 7, doubt=doubt, probability=probability)
    sure = [read(f, n, sure=True) for f, n in (("dossiers_resolved", 100), ("dossiers_early_or_on_time", 95))]

    assert severities("sum_mismatch", *sure, late) == [severity]


@pytest.mark.parametrize(
    ("second", "probability", "named", "told"),
    [
        (529, 0.9, 0.8, 1),
        (540, 0.9, 0.8, 1),
        (540, 0.2, 0.95, 0),
        (532, 0.2, 0.95, 1),
        (532, 0.2, 0.85, 1),
        (532, 0.2, 0.7, 0),
        (5230, 0.2, 0.95, 1),
    ],
)
def test_an_unlikely_second_value_is_a_rival_only_as_a_slip(
    second: int, probability: float, named: float, told: int
) -> None:
    """523 and an unlikely 540 are two things; 532 and 5.230 are it with a slip, where a reader names it surely."""
    again = read(
        "staff_trained",
        second,
        named,
        primary=False,
        sentence=f"và nơi khác: {second}",
        block=1,
        doubt="two_values",
        probability=probability,
    )

    assert len(severities("conflicting_values", read("staff_trained", 523, sure=True), again)) == told


@pytest.mark.parametrize(("grammar", "named", "told"), [(True, 0.74, 1), (False, 0.74, 0), (True, 0.6, 0)])
def test_two_digits_turned_count_where_both_readers_name_them(grammar: bool, named: float, told: int) -> None:
    """26 and 62 dossiers: the grammar and the reader of the whole report bear each other out."""

    def said(value: int, p: float, **more: Any) -> Printing:
        read_ = read("dossiers_cross_boundary", value, p, doubt="two_values", **more)
        assert read_.views is not None
        view = GrammarView("dossiers_cross_boundary" if grammar else None, "")
        return replace(read_, views=replace(read_.views, grammar=view))

    second = said(26, named, primary=False, sentence="và nơi khác: 26", block=1, probability=0.2)

    assert len(severities("conflicting_values", said(62, 0.8, probability=0.95), second)) == told


@pytest.mark.parametrize(("probability", "severity"), [(0.9, "error"), (0.2, "info")])
def test_a_share_that_cannot_be_accuses_only_where_it_is_likely(probability: float, severity: str) -> None:
    """Three rounded shares that add up to 100,01% are a remark of the ward's, taken for a figure by a guess."""
    share = read("dossiers_on_time_pct", 101, doubt="maybe_none", probability=probability)

    assert severities("out_of_range", share) == [severity]


@pytest.mark.parametrize(("probability", "severity"), [(0.9, "error"), (0.2, "info")])
def test_a_number_that_is_rather_no_figure_is_no_broken_total(probability: float, severity: str) -> None:
    """141 beside 1.866 received anew is another level's total, unless 141 is most likely no total at all."""
    total = read("dossiers_received", 141, doubt="arithmetic", probability=probability)
    sure = [read(f, n, sure=True) for f, n in (("dossiers_received_new", 1866), ("dossiers_carried_over", 38))]

    assert severities("sum_mismatch", *sure, total) == [severity]


@pytest.mark.parametrize(("probability", "severity"), [(0.9, "error"), (0.2, "info")])
def test_a_number_that_is_rather_no_figure_is_no_small_whole(probability: float, severity: str) -> None:
    """More feedback answered than received cannot be, unless the whole is most likely none."""
    whole = read("feedback_received", 3, doubt="arithmetic", probability=probability)

    assert severities("out_of_range", read("feedback_resolved", 9, sure=True), whole) == [severity]


@pytest.mark.parametrize(
    ("readers", "probability", "severity"),
    [
        (("grammar", "independent", "stacked"), 0.975, "warning"),
        (("independent", "stacked"), 0.99, "warning"),
        (("independent", "stacked"), 0.975, "info"),
        (("stacked",), 0.99, "info"),
    ],
)
def test_what_all_readers_name_and_the_judge_finds_likely_accuses(
    readers: tuple[str, ...], probability: float, severity: str
) -> None:
    """A number that is weakly placed for one reader alone hints; where all agree, or both learned ones and the judge is
    surer, the sum is the ward's."""
    late = read("dossiers_late", 7, doubt="weak", probability=probability, readers=readers)
    sure = [read(f, n, sure=True) for f, n in (("dossiers_resolved", 100), ("dossiers_early_or_on_time", 95))]

    assert severities("sum_mismatch", *sure, late) == [severity]


@pytest.mark.parametrize(("raw", "told"), [("2 184", 0), ("2\u00a0184", 0), ("2 1845", 1), ("1.8835.779", 1)])
def test_blanks_between_groups_of_three_are_a_habit(raw: str, told: int) -> None:
    """ "2 184" is a number as written elsewhere, and waits for a look; "2 1845" is none."""
    odd = printing("dossiers_received", 2184, raw=raw, malformed=True)

    assert len(severities("malformed_number", odd)) == told


def test_a_percentage_that_nobody_named_may_be_the_missing_one() -> None:
    """A required percentage is not called missing while the report has one that was read as nothing."""
    unnamed = Account(
        AccountKind.UNEXPLAINED,
        "98,48",
        None,
        Place(3, 10, 15),
        1,
        "Tính ra 98,48% bằng lòng với cách phục vụ.",
        "none",
    )
    without = [p for p in complete().printings if p.figure != "satisfaction_pct"]

    def told(*accounts: Account) -> list[str]:
        (found,) = check_reports([reading(without, accounts=accounts)])
        return [f.severity for f in found if f.rule == "missing_figure"]

    assert (told(), told(unnamed)) == (["warning"], ["info"])


@pytest.mark.parametrize(
    ("raw", "sentence", "severity"),
    [
        ("98", "Có 98% bằng lòng.", "info"),
        ("98", "Có 98 % bằng lòng.", "info"),
        ("98 %", "Có 98 % bằng lòng.", "info"),
        ("98", "Số phiếu:98%.", "info"),
        ("8", "Họp 8 lần, 98% bằng lòng.", "warning"),
        ("48", "Thửa 48, 98,48% bằng lòng.", "warning"),
        ("98", "Phát 98 phiếu, đạt 100%.", "warning"),
    ],
)
def test_a_count_that_ends_a_percentage_is_none(raw: str, sentence: str, severity: str) -> None:
    """The 8 of "98%" is not the 8 meetings of the same sentence."""
    number = Account(AccountKind.UNEXPLAINED, raw, Decimal(raw.rstrip(" %")), Place(3, 0, 1), 1, sentence, "none")
    without = [p for p in complete().printings if p.figure != "satisfaction_pct"]

    (found,) = check_reports([reading(without, accounts=[number])])

    assert [f.severity for f in found if f.rule == "missing_figure"] == [severity]
