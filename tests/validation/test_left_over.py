"""Numbers that no figure took and that betray a figure's slip: malformed ones, earlier months in a table row."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.document import Place
from parsers.reading import Account, AccountKind
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports
from validation.finding import Finding


def number(kind: AccountKind, raw: str, value: str, place: Place) -> Account:
    """Return the account of a number."""
    return Account(kind, raw, Decimal(value), place, None, raw, "")


def found(rule: str, *more: object, accounts: tuple[Account, ...]) -> list[Finding]:
    """Return a rule's findings on a report with some printings and accounts."""
    (all_found,) = check_reports([reading([*complete().printings, *more], accounts=accounts)])  # type: ignore[list-item]
    return [f for f in all_found if f.rule == rule]


@pytest.mark.parametrize(
    ("raw", "value", "told"),
    [("787.5000.000", "787500000", 1), ("787.500.000", "787500000", 0), ("787.6000.000", "787600000", 0)],
)
def test_a_malformed_number_that_nobody_read(raw: str, value: str, told: int) -> None:
    """Digits that are no number and can only be a figure's amount are told of that figure, with the amount."""
    other = number(AccountKind.UNEXPLAINED, raw, value, Place(9, 0, len(raw), 7, 3))
    spent = printing("investment_disbursed", 787500000)

    findings = found("malformed_number", spent, accounts=(other,))

    assert [f.figures for f in findings] == [("investment_disbursed",)] * told
    assert [[p.value for p in f.proposals] for f in findings] == [[Decimal(787500000)]] * told


@pytest.mark.parametrize(
    ("before", "kind", "told"),
    [
        ("1207.3", AccountKind.PRIOR_PERIOD, 1),
        ("1891.7", AccountKind.PRIOR_PERIOD, 1),
        ("1279.3", AccountKind.PRIOR_PERIOD, 0),
        ("1733.0", AccountKind.PRIOR_PERIOD, 0),
        ("1207.3", AccountKind.DOCUMENT_NUMBER, 0),
    ],
)
def test_a_row_of_earlier_months_this_period_and_both(before: str, kind: AccountKind, told: int) -> None:
    """1.207,3 and 612,4 are 1.819,7, not 1.891,7; a row that adds up, and one of another year, are not told."""
    ytd = printing(
        "state_revenue_ytd",
        1891700000,
        place=Place(9, 0, 7, 1, 4),
        quantum=Decimal(100000),
        decimals=1,
    )
    now = printing("state_revenue", 612400000, place=Place(9, 0, 5, 1, 3), quantum=Decimal(100000), decimals=1)
    then = number(kind, before.replace(".", ","), before, Place(9, 0, 7, 1, 2))

    findings = found("cumulative_mismatch", ytd, now, accounts=(then,))

    assert [f.figures for f in findings] == [("state_revenue_ytd", "state_revenue")] * told
    assert [f.expected for f in findings] == [
        "1.819.700.000 đồng" if before == "1207.3" else "2.504.100.000 đồng"
    ] * told
