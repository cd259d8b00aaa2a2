"""Percentages and sums judged alone: what holds, over which total, what is broken and by how much."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from catalogue.relations import Identity, Ratio, Way
from catalogue.rules import rule_book
from parsers.document import Place
from parsers.reading import Account, AccountKind, Printing
from tests.validation.builders import printing, reading
from validation.percentages import Verdict, judge
from validation.relations import breach_of, holds_with, lacking
from validation.report_values import lay_out
from validation.spans import Span

COUNTS = {"dossiers_received": 500, "dossiers_resolved": 480, "dossiers_early": 300}


def ratio(figure: str) -> Ratio:
    """Return what a percentage is of."""
    return next(r for r in rule_book().ratios if r.figure == figure)


def share(value: str, base: str | None = None, **more: object) -> Printing:
    """Return a printed share of dossiers done early, of a total where its sentence names one."""
    return printing("dossiers_early_pct", value, base=base, **more)


def verdict(percentage: Printing, counts: dict[str, int] = COUNTS, **more: object) -> tuple[str, str, str]:
    """Return what is said of a percentage beside some counts: verdict, the total below, the total named."""
    made = [percentage, *(printing(figure, value, block=1) for figure, value in counts.items())]
    found = judge(ratio(percentage.figure), lay_out(reading(made, **more), rule_book()))  # type: ignore[arg-type]
    return found.verdict.value, found.below, found.named


class TestPercentage:
    @pytest.mark.parametrize(
        ("value", "base", "said"),
        [
            ("62.5", "dossiers_resolved", ("holds", "", "")),
            ("60", "dossiers_received", ("holds", "", "")),
            ("60", "dossiers_resolved", ("other_total", "dossiers_received", "dossiers_resolved")),
            ("61", "dossiers_resolved", ("broken", "dossiers_resolved", "")),
            ("61", "dossiers_online", ("silent", "", "")),
            ("62.5", None, ("holds", "", "")),
            ("60", None, ("holds", "", "")),
            ("61", None, ("broken", "dossiers_resolved", "")),
            ("100", None, ("silent", "", "")),
        ],
    )
    def test_over_the_total_it_names_or_any(self, value: str, base: str | None, said: tuple[str, str, str]) -> None:
        """What names its total is held against that, what names none against all; a bare 100 % says "all of them"."""
        assert verdict(share(value, base)) == said

    @pytest.mark.parametrize(
        ("value", "said"), [("62.5", "holds"), ("62.4", "broken"), ("62", "holds"), ("63", "holds"), ("64", "broken")]
    )
    def test_to_the_last_printed_digit(self, value: str, said: str) -> None:
        """300 of 480 are 62,5 %: rounded or cut off to the digits that are printed."""
        assert verdict(share(value, "dossiers_resolved"))[0] == said

    def test_without_both_sides_nothing_is_said(self) -> None:
        """A share whose count or total is not printed, or a count alone, is not judged."""
        assert verdict(share("61"), {"dossiers_received": 500})[0] == "silent"
        assert verdict(share("61"), {"dossiers_early": 300})[0] == "silent"
        assert verdict(share("61", "dossiers_received"), {"dossiers_received": 0, "dossiers_early": 0})[0] == "silent"
        assert verdict(share("61"), {"dossiers_resolved": 0, "dossiers_early": 5})[0] == "silent"
        nothing = judge(ratio("dossiers_early_pct"), lay_out(reading(COUNTS), rule_book()))
        assert (nothing.verdict, nothing.figures) == (Verdict.SILENT, ("dossiers_early_pct",))

    def test_a_number_of_its_sentence_makes_up_for_a_side(self) -> None:
        """What nobody took for a figure may be the count meant, if it stands in the percentage's own sentence."""
        sentence = "Trước hạn 288 hồ sơ, đạt 60%"
        one = share("60", "dossiers_resolved", sentence=sentence, raw="60")
        beside = Account(AccountKind.SUB_ITEM, "288", Decimal(288), Place(0, 10, 13), 1, sentence, "a part")
        counts = {"dossiers_resolved": 480, "dossiers_early": 300}

        assert verdict(one, counts)[0] == "broken"
        assert verdict(one, counts, accounts=[beside])[0] == "holds"
        assert verdict(one, counts, accounts=[replace(beside, sentence="Họp 288 lần.")])[0] == "broken"

    def test_what_broken_percentages_should_be(self) -> None:
        """The judgement names the sides and what they give."""
        made = [share("61", "dossiers_resolved"), *(printing(f, v, block=1) for f, v in COUNTS.items())]

        found = judge(ratio("dossiers_early_pct"), lay_out(reading(made), rule_book()))

        assert (found.above, found.below, found.computed) == (("dossiers_early",), "dossiers_resolved", Decimal("62.5"))
        assert found.figures == ("dossiers_early_pct", "dossiers_early", "dossiers_resolved")


CODES = {"whole": "dossiers_resolved", "a": "dossiers_early", "b": "dossiers_on_time", "c": "dossiers_late"}
A, B, C = (CODES[name] for name in "abc")


def identity(*parts: str, optional: tuple[str, ...] = ()) -> Identity:
    """Return that a total is the sum of its parts."""
    way = Way(total=(CODES["whole"],), parts=parts, optional=optional)
    return Identity(name="sum", ways=(way,), source="tests")


SUM = identity(A, B, optional=(C,))


def printed(**values: int | tuple[int, ...]) -> dict[str, tuple[Span, ...]]:
    """Return what figures may be: one value, or any of several."""
    return {
        CODES[f]: tuple(Span.exact(Decimal(v)) for v in (one if isinstance(one, tuple) else (one,)))
        for f, one in values.items()
    }


class TestSum:
    @pytest.mark.parametrize(
        ("values", "gap"),
        [
            ({"whole": 10, "a": 6, "b": 4}, None),
            ({"whole": 10, "a": 6, "b": 3}, 1),
            ({"whole": 10, "a": 6, "b": 3, "c": 1}, None),
            ({"whole": 10, "a": 6, "b": 4, "c": 1}, None),
            ({"whole": (10, 12), "a": (5, 8), "b": 4}, None),
            ({"whole": (10, 13), "a": (5, 8), "b": 4}, 1),
            ({"whole": 10, "a": 6}, None),
            ({"whole": 5, "a": 6}, None),
            ({"a": 6, "b": 4}, None),
        ],
    )
    def test_a_sum_is_broken_where_no_printed_values_save_it(self, values: dict[str, int], gap: int | None) -> None:
        """Every printing may be meant, a part that may be left out may be none of it; too little tells nothing."""
        spans = printed(**values)
        breach = breach_of(SUM, lambda figure: spans.get(figure, ()))

        assert (None if breach is None else int(breach.gap)) == gap

    def test_parts_alone_may_not_exceed_their_total(self) -> None:
        """Two of three parts stay under the total, unless a total is never held against some of its parts."""
        three = identity(A, B, C)
        spans, under = printed(whole=10, a=7, b=4), printed(whole=11, a=7, b=4)

        breach = breach_of(three, lambda figure: spans.get(figure, ()))

        assert breach is not None
        assert (breach.figures, int(breach.gap), breach.complete) == ((CODES["whole"], A, B), -1, False)
        assert breach_of(three, lambda figure: spans.get(figure, ()), "skip") is None
        assert breach_of(three, lambda figure: under.get(figure, ())) is None

    def test_parts_that_stay_under_a_total_excuse_no_broken_sum(self) -> None:
        """Of two ways to mean an identity, only one that is printed whole and holds saves it."""
        (two,), (three,) = identity(A, B).ways, identity(A, B, C).ways
        spans = printed(whole=12, a=7, b=4)

        breach = breach_of(Identity(name="sum", ways=(three, two), source="tests"), lambda f: spans.get(f, ()))

        assert breach is not None
        assert (breach.figures, int(breach.gap), breach.complete) == ((CODES["whole"], A, B), 1, True)

    def test_a_sum_of_nothing_but_one_number_bears_out_nobody(self) -> None:
        """10 = 10 + 0 holds and says nothing; a figure outside the sum is not borne out by it."""
        good, empty = printed(whole=10, a=6, b=4), printed(whole=0, a=0, b=0)

        assert holds_with(SUM, lambda figure: good.get(figure, ()), A)
        assert not holds_with(SUM, lambda figure: good.get(figure, ()), C)
        assert not holds_with(SUM, lambda figure: empty.get(figure, ()), A)

    @pytest.mark.parametrize(
        ("values", "missing"),
        [
            ({"whole": 10, "a": 6}, [("b", 4)]),
            ({"a": 6, "b": 4}, [("whole", 10)]),
            ({"whole": 10}, []),
            ({"whole": 10, "a": 6, "b": 4}, []),
        ],
    )
    def test_what_the_one_missing_figure_must_be(self, values: dict[str, int], missing: list[tuple[str, int]]) -> None:
        """A total is its parts, a part what the others leave; of two missing ones nothing follows."""
        spans = printed(**values)
        found = lacking(SUM, lambda figure: spans.get(figure, ()))

        wanted = [(CODES[name], value) for name, value in missing]
        assert [(figure, int(span.low)) for figure, _, span in found] == wanted
