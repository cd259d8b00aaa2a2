"""Every proposal is the truth: reports whose numbers agree, spoilt in one place, and what is proposed for it.

A person who takes a proposal without looking must not make the report worse. Where the report's other numbers do not
tell the value, nothing is proposed.
"""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from catalogue.figures import figure_definitions
from parsers.numbers import find_numbers
from parsers.reading import Printing, Reading
from tests.validation.builders import complete, printing, reading
from tests.validation.strategies import Draft, drafts
from validation.check import check_reports

QUICK = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
SLIPS = ("scale", "swapped", "digit", "malformed")


@st.composite
def thinned(draw: st.DrawFn) -> Draft:
    """Draw a report whose numbers agree, with any of its figures left out."""
    draft = draw(drafts(everything=True))
    dropped = draw(st.sets(st.sampled_from(sorted(draft.printings)), max_size=25))
    return Draft({figure: p for figure, p in draft.printings.items() if figure not in dropped})


@st.composite
def spoilt(draw: st.DrawFn) -> tuple[Draft, Printing]:
    """Draw such a report, and one of its figures as a careless hand would print it."""
    draft = draw(thinned())
    figure = draw(st.sampled_from(sorted(draft.printings)))
    kind = draw(st.sampled_from(SLIPS))
    made = _malformed(draw, draft, figure) if kind == "malformed" else _other_value(draw, draft, figure, kind)
    return draft, made


def _other_value(draw: st.DrawFn, draft: Draft, figure: str, kind: str) -> Printing:
    old = draft.printings[figure]
    true = old.value
    if kind == "scale":
        assume(figure_definitions()[figure].unit == "vnd")
        wrong = true * draw(st.sampled_from([Decimal(1000), Decimal("0.001")]))
        assume(wrong == wrong.to_integral_value())
    else:
        digits = list(str(int(true.scaleb(old.decimals))))
        assume(len(digits) > 1)
        at = draw(st.integers(0, len(digits) - 2))
        if kind == "swapped":
            digits[at], digits[at + 1] = digits[at + 1], digits[at]
        else:
            digits[at] = str((int(digits[at]) + draw(st.integers(1, 9))) % 10)
        wrong = Decimal("".join(digits)).scaleb(-old.decimals)
    assume(wrong != true)
    return draft.changed(figure, wrong).printings[figure]


def _malformed(draw: st.DrawFn, draft: Draft, figure: str) -> Printing:
    """Draw an amount with a digit doubled, a digit left out or a dot left out, read as the engine reads it."""
    assume(figure_definitions()[figure].unit == "vnd")
    groups = f"{int(draft.value(figure)):,}".split(",")
    at = draw(st.integers(1, len(groups) - 1))
    digit = draw(st.integers(0, 2))
    group = groups[at]
    how = draw(st.sampled_from(["doubled", "left out", "no dot"]))
    if how == "doubled":
        groups[at] = group[: digit + 1] + group[digit:]
    elif how == "left out":
        groups[at] = group[:digit] + group[digit + 1 :]
    else:
        groups[at - 1 : at + 1] = [groups[at - 1] + group]
    (number,) = find_numbers(".".join(groups))
    assume(number.malformed)
    return printing(figure, number.value, raw=number.raw, malformed=True, candidates=number.candidates)


def proposed(made: Reading, *earlier: Reading) -> dict[str, Decimal]:
    """Return what is proposed for the figures of a report."""
    found = check_reports([made], earlier)[0]
    return {p.figure: p.value for finding in found for p in finding.proposals}


@QUICK
@given(spoilt())
def test_what_is_proposed_for_a_slip_is_what_was_meant(case: tuple[Draft, Printing]) -> None:
    """One slip, whatever its kind and whatever else the report leaves out: each proposal is the true value."""
    draft, slip = case

    values = proposed(Draft({**draft.printings, slip.figure: slip}).read())

    assert values == {figure: draft.value(figure) for figure in values}


@QUICK
@given(spoilt(), st.booleans())
def test_what_is_proposed_between_two_printings_is_what_was_meant(case: tuple[Draft, Printing], first: bool) -> None:
    """A figure printed rightly in one place and wrongly in another: each proposal is the true value."""
    draft, slip = case
    again = {"sentence": f"again {slip.raw}", "block": 1, "primary": False}
    right = draft.printings[slip.figure]
    wrong = printing(
        slip.figure, slip.value, raw=slip.raw, malformed=slip.malformed, candidates=slip.candidates, **again
    )
    assume(not (first and slip.malformed))
    if first:
        wrong, right = printing(slip.figure, slip.value, raw=slip.raw), printing(right.figure, right.value, **again)
    others = [p for p in draft.printings.values() if p.figure != slip.figure]

    values = proposed(reading([*others, *((wrong, right) if first else (right, wrong))]))

    assert values == {figure: draft.value(figure) for figure in values}


class TestAmbiguous:
    def test_two_numbers_may_be_the_wrong_one(self) -> None:
        """Total and part mend the same relations: nothing is proposed."""
        early = {"dossiers_early_or_on_time": 400, "dossiers_early": 390, "dossiers_on_time": 30, "dossiers_late": 0}

        assert proposed(complete({"dossiers_received": 420, "dossiers_resolved": 400, **early})) == {}

    def test_a_sum_alone_names_no_culprit(self) -> None:
        """20 is not 10 and 9, but any of the three may be wrong."""
        assert proposed(complete({"staff_total": 20, "staff_cadres": 10, "staff_civil_servants": 9})) == {}

    @pytest.mark.parametrize("amount", [31_622_776, 40_000_000])
    def test_two_printings_a_thousand_apart_of_no_telling_size(self, amount: int) -> None:
        """Of 31 million and 31 billion, beside nothing else, either may be meant."""
        twice = [printing("ward_revenue", amount), printing("ward_revenue", amount * 1000, sentence="again", block=1)]

        assert proposed(reading([*complete().printings, *twice])) == {}

    def test_the_sum_of_the_rounds_alone_proves_nothing(self) -> None:
        """Half a year and a quarter are not the nine months printed: any of the three may be wrong."""
        half = complete({"ward_revenue_ytd": 3_274_618_000}, round_label="2023-Q2")
        nine = complete({"ward_revenue": 1_712_450_000, "ward_revenue_ytd": 4_897_068_000})

        assert proposed(nine, half) == {}

    def test_a_year_so_far_less_than_its_quarter_is_no_proposal(self) -> None:
        """That nine months cannot be less than the quarter does not make them equal to it."""
        assert proposed(complete({"ward_revenue": 947_047_417_000, "ward_revenue_ytd": 1_916_302_417})) == {}
