"""A faultless year of one ward: four reports that follow from one another raise nothing, a broken link does."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from parsers.reading import Reading
from tests.validation.builders import printing, reading
from validation.check import check_reports

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
MONEY = ("ward_revenue", "ward_expenditure", "state_revenue")


@st.composite
def years(draw: st.DrawFn) -> list[Reading]:
    """Draw the four reports of a year: Q2 and Q4 cover the year so far, Q3 its quarter and, in money, nine months."""

    def quarters(most: int, least: int = 1) -> list[int]:
        return [draw(st.integers(least, most)) for _ in range(4)]

    new, surveys, trained = quarters(900, least=40), quarters(400), quarters(40)
    money = {flow: [draw(st.integers(10**8, 10**10)) for _ in range(4)] for flow in MONEY}
    pending = quarters(30)
    before = draw(st.integers(0, 40))
    return [
        report(number, new, surveys, trained, money, pending, before)
        for number in (1, 2, 3, 4)
        if draw(st.booleans()) or number == 3
    ]


def report(
    number: int,
    new: list[int],
    surveys: list[int],
    trained: list[int],
    money: dict[str, list[int]],
    pending: list[int],
    before: int,
) -> Reading:
    """Return the report of one round of the year."""
    first = 0 if number in (1, 2, 4) else 2
    carried = before if first == 0 else pending[1]
    received = carried + sum(new[first:number])
    figures: dict[str, Decimal | int | str] = {
        "plan_completion_pct": 20 * number,
        "satisfaction_pct": f"9{number}.{surveys[number - 1] % 10}",
        "dossiers_received": received,
        "dossiers_carried_over": carried,
        "dossiers_received_new": received - carried,
        "dossiers_resolved": received - pending[number - 1],
        "dossiers_pending": pending[number - 1],
        "satisfaction_surveys": sum(surveys[first:number]),
        "staff_trained": sum(trained[first:number]),
    }
    for flow, amounts in money.items():
        figures[flow] = sum(amounts[first:number])
        figures[f"{flow}_ytd"] = sum(amounts[:number])
    return reading(figures, round_label=f"2023-Q{number}")


def said(reports: list[Reading]) -> list[str]:
    """Return the rules that fire on a set, errors and warnings only."""
    return [f.rule for findings in check_reports(reports) for f in findings if f.severity != "info"]


@QUICK
@given(years())
def test_a_consistent_year_raises_nothing(reports: list[Reading]) -> None:
    """Whatever rounds of the year are known, honest reports are left alone; resolved never shrinks by accident."""
    resolved = [r.primaries()["dossiers_resolved"].value for r in reports if r.identity.round != "2023-Q3"]
    assume(resolved == sorted(resolved))

    assert said(reports) == []


@QUICK
@given(years(), st.sampled_from(MONEY), st.integers(10_000, 10**8), st.booleans())
def test_a_broken_sum_of_the_year_is_seen(reports: list[Reading], flow: str, off: int, up: bool) -> None:
    """Nine months that are not half a year and a quarter are told where the half year is known."""
    half = next((r for r in reports if r.identity.round == "2023-Q2"), None)
    last = next(r for r in reports if r.identity.round == "2023-Q3")
    assume(half is not None and half.primaries()[f"{flow}_ytd"].value > 2 * 10**8)
    old = last.primaries()[f"{flow}_ytd"]
    wrong = printing(old.figure, old.value + (off if up else -off))
    changed = replace(last, printings=tuple(wrong if p.figure == old.figure else p for p in last.printings))

    found = check_reports([changed], [half] if half else [])[0]

    assert [f.figures for f in found if f.rule == "cumulative_mismatch"] == [(f"{flow}_ytd", flow)]
