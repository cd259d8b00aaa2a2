"""What no finding may be raised on, and what every single corruption must raise."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalogue.rules import rule_book
from parsers.reading import Reading
from tests.validation.builders import printing
from tests.validation.strategies import RATIOS, REQUIRED, Draft, drafts
from validation.check import check_reports
from validation.finding import Finding

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ADDED_UP = sorted(
    {figure for identity in rule_book().identities for way in identity.ways for figure in way.total}
    - {"dossiers_received", "dossiers_received_new"}
)


def findings(reading: Reading) -> tuple[Finding, ...]:
    """Return the findings of a report checked alone."""
    return check_reports([reading])[0]


def rules(reading: Reading) -> set[str]:
    """Return the codes of the rules that a report checked alone breaks."""
    return {finding.rule for finding in findings(reading)}


def right_over_an_unprinted_total(draft: Draft, figure: str, wrong: Decimal) -> bool:
    """Return whether a percentage is by chance right over a sum or difference that a report may leave unprinted."""
    (ratio,) = [r for r in rule_book().ratios if r.figure == figure]
    signs = {"+": 1, "-": -1}
    totals = [draft.value(one) + signs[sign] * draft.value(other) for one, sign, other in ratio.derived]
    half = draft.printings[figure].quantum
    return any(total > 0 and abs(100 * draft.value(RATIOS[figure][0]) / total - wrong) <= half for total in totals)


@QUICK
@given(drafts())
def test_a_consistent_report_raises_nothing(draft: Draft) -> None:
    """A report whose numbers agree is never complained about, whatever it leaves out."""
    assert findings(draft.read()) == ()


@QUICK
@given(drafts(everything=True), st.sampled_from(sorted(RATIOS)), st.integers(2, 40))
def test_a_wrong_percentage_is_a_ratio_mismatch(draft: Draft, figure: str, off: int) -> None:
    """A percentage moved by points is called a mismatch, or right over another total that truly gives it."""
    above = RATIOS[figure][0]
    assume(figure in draft.printings and draft.value(above) > 0)
    wrong = draft.value(figure) + off
    # A share of exactly 100, with no total in its sentence, says "all of them" and is never held against other numbers.
    assume(figure not in rule_book().shares or wrong < 100)
    assume(not right_over_an_unprinted_total(draft, figure, wrong))

    found = [f for f in findings(draft.changed(figure, wrong).read()) if f.severity != "info"]

    others = [f for f in findings(draft.changed(figure, wrong).read()) if f.rule == "other_denominator"]
    assert [f.rule for f in found] == ([] if others else ["ratio_mismatch"])
    assert all(figure in f.figures for f in (*found, *others))


@QUICK
@given(drafts(everything=True), st.sampled_from(ADDED_UP), st.integers(1, 400), st.booleans())
def test_a_wrong_total_is_a_sum_mismatch(draft: Draft, figure: str, off: int, up: bool) -> None:
    """A total that its parts do not give is called one fault, about that total."""
    wrong = draft.value(figure) + (off if up else -off)
    assume(wrong >= 0)

    found = [f for f in findings(draft.changed(figure, wrong).read()) if f.rule == "sum_mismatch"]

    assert found and all(figure in f.figures for f in found)


@QUICK
@given(drafts(everything=True), st.integers(1, 400))
def test_a_total_that_breaks_several_sums_is_told_once_with_its_value(draft: Draft, off: int) -> None:
    """Where every relation of a total asks for one other value, that value is proposed and nothing else is said."""
    true = draft.value("dossiers_resolved")

    found = [f for f in findings(draft.changed("dossiers_resolved", true + off).read()) if f.severity != "info"]

    proposed = [f for f in found if f.proposals]
    assert [(p.figure, p.value) for f in proposed for p in f.proposals] == [("dossiers_resolved", true)]
    assert all("dossiers_resolved" in f.figures for f in found)


@QUICK
@given(drafts(everything=True), st.sampled_from(["ward_revenue_prior_year", "ward_revenue_budget"]), st.booleans())
def test_a_lost_group_of_digits_is_a_scale_slip(draft: Draft, figure: str, lost: bool) -> None:
    """An amount off by three digits is a slip that names the amount meant, and breaks nothing else."""
    true = draft.value(figure)
    wrong = true / 1000 if lost else true * 1000
    assume(wrong == wrong.to_integral_value())
    ratio = {"ward_revenue_prior_year": "ward_revenue_yoy_pct", "ward_revenue_budget": "ward_revenue_budget_pct"}
    # A percentage of a thousand or more may itself be the one that is a thousandfold off; then nothing is proposed.
    assume(1 <= draft.value(ratio[figure]) < 1000)

    found = [f for f in findings(draft.changed(figure, wrong).read()) if f.severity != "info"]

    assert [f.rule for f in found] == ["scale_slip"]
    assert len(found[0].proposals) == 1


@QUICK
@given(
    drafts(everything=True), st.sampled_from(["dossiers_late", "staff_total", "digitised_dossiers"]), st.integers(1, 3)
)
def test_a_second_value_is_a_conflict(draft: Draft, figure: str, off: int) -> None:
    """One figure printed a little differently in another sentence is called that, and both are quoted."""
    second = printing(figure, draft.value(figure) + off, primary=False, sentence=f"again {off}", block=1)
    assume(second.value not in {p.value for p in draft.printings.values()})

    found = [f for f in findings(draft.read(second)) if f.severity == "warning"]

    assert [f.rule for f in found] == ["conflicting_values"]
    assert len(found[0].quotes) == 2


@QUICK
@given(drafts(), st.sampled_from(sorted(REQUIRED)))
def test_a_required_figure_left_out_is_missing(draft: Draft, figure: str) -> None:
    """What the office requires and the report does not print is asked for."""
    found = [f for f in findings(draft.read(without=frozenset({figure}))) if f.rule == "missing_figure"]

    assert [f.figures for f in found] == [(figure,)]


@QUICK
@given(drafts(), st.integers(1, 900))
def test_a_share_over_a_hundred_cannot_be(draft: Draft, over: int) -> None:
    """A share above 100% is an error and nothing is derived from it."""
    wrong = draft.changed("satisfaction_pct", 100 + Decimal(over) / 10)

    assert rules(wrong.read()) == {"out_of_range"}


@QUICK
@given(drafts(everything=True), st.sampled_from(["ward_revenue", "ward_revenue_prior_year"]))
def test_digits_that_are_no_number_are_malformed(draft: Draft, figure: str) -> None:
    """A malformed printing is an error, and the candidate that the printed percentage proves is proposed."""
    true = draft.value(figure)
    old = draft.printings[figure]
    bad = printing(figure, true, raw="1.8835.779.000", malformed=True, candidates=(true, true * 7, true * 13))
    assume(draft.value("ward_revenue_yoy_pct") >= 1)

    # the year so far over another candidate may give the rate by chance, and then nothing is proposed
    found = findings(Draft({**draft.printings, figure: bad}).read(without=frozenset({"ward_revenue_ytd"})))

    assert old.value == true
    assert [f.rule for f in found if f.severity == "error"] == ["malformed_number"]
    assert [p.value for p in found[0].proposals] == [true]
