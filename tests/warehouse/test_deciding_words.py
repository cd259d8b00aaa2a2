"""What people mean by what they say of findings and figures, and what is known of a round after it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine

from catalogue.figures import figure_definitions
from catalogue.scorecards import Scorecard
from cchc.errors import CallError, CatalogueError, DecisionError
from scoring.inputs import ManualMark, Waiver
from tests.scoring.cases import SMALL_CARD, card_from
from tests.validation.rows import row as as_row
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse.decided_figures import KnownFigure, known_figures
from warehouse.decisions import record_decision
from warehouse.figure_names import figure_named
from warehouse.judging import check_sense, find_one, on_finding, read_value, shown_value, standing_decisions
from warehouse.queries import decisions
from warehouse.rows import DecisionKind, DecisionRow, NewDecision
from warehouse.scores.marks import refuse_mark, restore, waive

ROUND, WARD = "2023-Q3", "pho-an"


class TestFindOne:
    ROWS = (
        as_row(finding("sum_mismatch"), key="ab12cd34ef"),
        as_row(finding("scale_slip"), key="ab99cd34ef"),
        as_row(finding("outlier"), key="cd00cd34ef", state="resolved", resolved_by="report"),
        as_row(finding("malformed_number"), key="ef00cd34ef", state="resolved", resolved_by="decision"),
    )

    @pytest.mark.parametrize(
        ("key", "rule"), [("ab1", "sum_mismatch"), ("ab9", "scale_slip"), ("ef", "malformed_number")]
    )
    def test_a_beginning_that_only_one_has(self, key: str, rule: str) -> None:
        """The key need not be written out; one that a decision settled may be decided anew."""
        assert find_one(list(self.ROWS), key).rule == rule

    @pytest.mark.parametrize(
        ("key", "why"),
        [("ab", "2 findings have a key"), ("", "4 findings"), ("b1", "0 findings"), ("cd", "is of an earlier report")],
    )
    def test_none_or_several_or_a_past_one(self, key: str, why: str) -> None:
        """A later report that no longer has a finding leaves nothing to decide on."""
        with pytest.raises(DecisionError, match=why):
            find_one(list(self.ROWS), key)


class TestOnFinding:
    def test_a_proposal_brings_its_figure_and_value(self) -> None:
        """Taking the only one needs no more words."""
        row = as_row(finding(proposal=150))

        made = on_finding(row, "propose", None, None, "Lan", "đã hỏi")

        assert made == NewDecision(
            row.ward, row.round, "propose", "Lan", "đã hỏi", row.key, "dossiers_received", Decimal(150)
        )

    def test_of_several_the_one_of_the_figure(self) -> None:
        """Without a figure nobody knows which; a finding that proposes nothing has none to take."""
        two = as_row(
            finding(), proposals=({"figure": "staff_total", "value": "20"}, {"figure": "staff_cadres", "value": "9"})
        )

        assert on_finding(two, "propose", "staff_cadres", None, "Lan", "x").value == 9
        for row, figure in ((two, None), (two, "dossiers_late"), (as_row(finding()), None)):
            with pytest.raises(DecisionError, match="no single proposal"):
                on_finding(row, "propose", figure, None, "Lan", "x")

    def test_any_other_decision_is_what_is_said(self) -> None:
        """Nothing of the proposals is taken into it."""
        made = on_finding(as_row(finding(proposal=150)), "enter", "staff_total", Decimal(7), "Lan", "x")

        assert (made.kind, made.figure, made.value) == ("enter", "staff_total", Decimal(7))


class TestValues:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1.835.779.000", "1835779000"),
            (" 85,44 ", "85.44"),
            ("85,44%", "85.44"),
            ("85,44 %", "85.44"),
            ("1,25 tỷ", "1250000000"),
            ("0", "0"),
        ],
    )
    def test_one_number_as_people_write_it(self, text: str, value: str) -> None:
        """Points between thousands, a comma before decimals, a sign or a unit behind."""
        assert read_value(text) == Decimal(value)

    @pytest.mark.parametrize("text", ["", "nhiều", "1 và 2", "chừng 5", "5 hồ sơ hỏng", "1.8835.779", "12.34.56"])
    def test_anything_else_is_refused_with_how_it_is_written(self, text: str) -> None:
        """Words beside it, two numbers, digits that are none."""
        with pytest.raises(DecisionError, match=r"is not one number; write it as 1\.835\.779\.000"):
            read_value(text)

    def test_shown_as_they_are_written(self) -> None:
        """A share with its sign, amounts and counts without."""
        shown = [shown_value(f, Decimal(v)) for f, v in (("satisfaction_pct", "98.5"), ("ward_revenue", "1250000"))]

        assert shown == ["98.5%", "1,250,000"]


def said(kind: DecisionKind, figure: str | None = None, value: str | None = None, key: str | None = "k") -> NewDecision:
    """Return a decision that somebody asks for."""
    return NewDecision(WARD, ROUND, kind, "Lan", "x", key, figure, None if value is None else Decimal(value))


def taken(number: int, kind: DecisionKind, figure: str | None = "dossiers_late", key: str | None = "k") -> DecisionRow:
    """Return a decision that was recorded."""
    return DecisionRow(number, key, WARD, ROUND, figure, kind, None, None, "Lan", moment(number), "x")


class TestSense:
    @pytest.mark.parametrize(
        ("new", "figures"),
        [
            (said("enter", "satisfaction_pct", "100.1"), ()),
            (said("enter", "dossiers_late", "-1"), ()),
            (said("enter", "dossiers_late", "1.5"), ()),
            (said("enter", None, "1.5"), ("dossiers_late",)),
        ],
    )
    def test_a_value_that_cannot_be_is_refused(self, new: NewDecision, figures: tuple[str, ...]) -> None:
        """More than all, less than nothing, a part of a dossier; of the figure named, or of the finding's only one."""
        with pytest.raises(DecisionError, match="cannot be"):
            check_sense(new, figures, ())

    @pytest.mark.parametrize(
        ("new", "figures"),
        [
            (said("enter", "satisfaction_pct", "100"), ()),
            (said("enter", "ward_revenue", "1.5"), ()),
            (said("enter", None, "1.5"), ("dossiers_late", "ward_revenue")),
            (said("enter", "no_such_figure", "-1"), ()),
            (said("accept", "dossiers_late", "-1"), ()),
            (said("enter", "dossiers_late"), ()),
        ],
    )
    def test_what_others_judge_passes(self, new: NewDecision, figures: tuple[str, ...]) -> None:
        """Whose value it is, whether there is such a figure, whether a value is needed: asked where it is recorded."""
        check_sense(new, figures, ())

    def test_only_what_stands_can_be_undone(self) -> None:
        """On the same finding or figure, and not undone already."""
        check_sense(said("reopen", "dossiers_late"), (), [taken(1, "accept")])
        for before in (
            [],
            [taken(1, "accept"), taken(2, "reopen")],
            [taken(1, "accept", key=None)],
            [taken(1, "accept", "staff_total")],
        ):
            with pytest.raises(DecisionError, match="nothing to undo"):
                check_sense(said("reopen", "dossiers_late"), (), before)

    def test_the_last_of_each_thread_stands(self) -> None:
        """Figure by figure; what was undone and decided again stands again."""
        made = [taken(1, "accept"), taken(2, "reject", "staff_total"), taken(3, "reopen"), taken(4, "enter")]

        assert {f: d.id for f, d in standing_decisions(made, "k", set()).items()} == {
            "dossiers_late": 4,
            "staff_total": 2,
        }
        assert list(standing_decisions(made, "k", {"staff_total"})) == ["staff_total"]
        assert standing_decisions(made[:3], "k", {"dossiers_late"}) == {}
        assert standing_decisions(made, None, set()) == {}


class TestKnown:
    """A report prints five figures; of each something else was said."""

    FIGURES = ("dossiers_late", "dossiers_received", "dossiers_resolved", "staff_total", "staff_cadres")

    def filled(self, engine: Engine) -> None:
        """Load the report, with a finding on one figure."""
        take_in(engine, reading(figures=dict.fromkeys(self.FIGURES, 10)), (finding(figures=("staff_total",)),))

    def say(
        self, engine: Engine, kind: DecisionKind, figure: str, value: str | None = None, key: str | None = None
    ) -> None:
        """Record a decision."""
        of = None if value is None else Decimal(value)
        record_decision(engine, NewDecision(WARD, ROUND, kind, "Lan", "x", key, figure, of), moment(5))

    def known(self, engine: Engine, ward: str | None = None) -> dict[str, tuple[str, Any]]:
        """Return word and value of every figure that is known."""
        return {one.figure: (one.word, one.value) for one in known_figures(engine, ROUND, ward)}

    def test_each_word(self, engine: Engine) -> None:
        """Accepted, entered as printed, corrected, kept out, added, and one that nobody had to say anything of."""
        self.filled(engine)
        self.say(engine, "accept", "dossiers_late")
        self.say(engine, "enter", "dossiers_received", "10")
        self.say(engine, "enter", "dossiers_resolved", "9")
        self.say(engine, "reject", "staff_cadres")
        self.say(engine, "enter", "feedback_received", "3")

        assert self.known(engine) == {
            "dossiers_late": ("confirmed", 10),
            "dossiers_received": ("confirmed", 10),
            "dossiers_resolved": ("corrected", 9),
            "staff_cadres": ("rejected", None),
            "staff_total": ("unasked", 10),
            "feedback_received": ("added", 3),
        }
        assert self.known(engine, "pho-van") == {}
        assert set(self.known(engine, WARD)) == set(self.known(engine))

    def test_a_word_on_the_figure_outweighs_the_acceptance_of_a_finding(self, engine: Engine) -> None:
        """Whichever came last; of two words the later one counts, and what was undone is silent."""
        self.filled(engine)
        decided = finding(figures=("staff_total",))

        self.say(engine, "enter", "staff_total", "12")
        self.say(engine, "accept", "staff_total", key=decided.key)
        assert self.known(engine)["staff_total"] == ("corrected", 12)

        self.say(engine, "enter", "staff_total", "13")
        assert self.known(engine)["staff_total"] == ("corrected", 13)

        self.say(engine, "reopen", "staff_total")
        assert self.known(engine)["staff_total"] == ("confirmed", 10)

        self.say(engine, "reopen", "staff_total", key=decided.key)
        assert self.known(engine)["staff_total"] == ("unasked", 10)
        assert len(decisions(engine, ROUND)) == 5

    def test_what_waits_is_not_known(self, engine: Engine) -> None:
        """A figure read with doubt is known once a person accepts it."""
        take_in(engine, reading(figures={"dossiers_late": 3}, confidence=0.1))
        assert self.known(engine) == {}

        self.say(engine, "accept", "dossiers_late")
        assert self.known(engine) == {"dossiers_late": ("confirmed", 3)}

    def test_a_decision_on_another_print_is_void(self, engine: Engine) -> None:
        """What was decided of 3 says nothing of the 5 of the next version."""
        take_in(engine, reading(figures={"dossiers_late": 3}))
        self.say(engine, "enter", "dossiers_late", "4")
        take_in(engine, reading(figures={"dossiers_late": 5}, file=2), at=moment(9))

        assert self.known(engine) == {"dossiers_late": ("unasked", 5)}

    def test_only_a_person_decides(self) -> None:
        """What counts unasked was decided by nobody."""
        words = [
            KnownFigure(WARD, "x", word, None) for word in ("confirmed", "corrected", "added", "rejected", "unasked")
        ]

        assert [one.is_decided for one in words] == [True, True, True, True, False]


class TestFigureNames:
    def test_by_code_and_by_meaning(self) -> None:
        """Every figure by its code and by its whole Vietnamese meaning, in letters of any size."""
        for code, figure in figure_definitions().items():
            assert figure_named(f" {code} ") == code
            assert figure_definitions()[figure_named(figure.meaning_vi.upper())].meaning_vi == figure.meaning_vi

    def test_a_part_that_only_one_has(self) -> None:
        """Without marks, from the middle; what stands in brackets may be left out."""
        assert figure_named("bien che hien co") == "staff_total"

    @pytest.mark.parametrize(
        ("text", "why"),
        [
            ("hồ sơ", "did you mean one of: "),
            ("biên chế hiện cóo", "did you mean one of: Biên chế hiện có"),
            ("§§§", "names no figure"),
            ("", "names no figure"),
        ],
    )
    def test_none_or_several(self, text: str, why: str) -> None:
        """Four at most that are alike are named; nothing like it, nothing."""
        with pytest.raises(CallError, match=why) as told:
            figure_named(text)

        assert str(told.value).partition(" of: ")[2].count(";") <= 3


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """Give a card of one criterion of ten points that people mark, and one that figures give."""
    made = yaml.safe_load(SMALL_CARD)
    manual = {"title": {"vi": "Sáng kiến", "en": "Initiatives"}, "points": 10, "kind": "manual"}
    made |= {"total": 70, "criteria": {"by_hand": manual, "on_time": made["criteria"]["on_time"]}}
    return card_from(tmp_path_factory.mktemp("card"), yaml.safe_dump(made, allow_unicode=True, sort_keys=False))


class TestMarks:
    @staticmethod
    def mark(**more: Any) -> ManualMark:
        """Return a mark that can be given, but for what is said otherwise."""
        fields: dict[str, Any] = {"ward": WARD, "criterion": "by_hand", "final": Decimal(10), "by": "Lan"}
        return ManualMark(**{**fields, **more})

    @pytest.mark.parametrize("points", [0, 5, 10])
    def test_points_from_nothing_to_all(self, card: Scorecard, points: int) -> None:
        """Of any of the three people who give them."""
        refuse_mark(card, self.mark(final=Decimal(points)))
        refuse_mark(card, self.mark(final=None, appraised=Decimal(points)))
        refuse_mark(card, self.mark(final=None, self_assessed=Decimal(points)))

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"ward": "nowhere"}, "'nowhere' is no ward"),
            ({"criterion": "nothing"}, "no criterion that people mark; those of 'small' are: by_hand"),
            ({"criterion": "on_time"}, "no criterion that people mark"),
            ({"by": " "}, "add --by"),
            ({"final": None}, "no points are given"),
            ({"final": Decimal("10.01")}, "do not fit 'Initiatives': it has 0 to 10"),
            ({"final": Decimal("-0.01")}, "do not fit"),
            ({"appraised": Decimal(11)}, "do not fit"),
            ({"self_assessed": Decimal(-1)}, "do not fit"),
        ],
    )
    def test_what_cannot_be_given_is_refused(self, card: Scorecard, more: dict[str, object], why: str) -> None:
        """An unknown ward or criterion, nobody's name, no points, or points outside of the criterion."""
        with pytest.raises(DecisionError, match=why):
            refuse_mark(card, self.mark(**more))

    @pytest.mark.parametrize(
        ("more", "why"),
        [
            ({"ward": "nowhere"}, "is no ward"),
            ({"criterion": "nothing"}, "its criteria are: by_hand, on_time"),
            ({"by": " "}, "a name and a reason"),
            ({"why": " "}, "a name and a reason"),
        ],
    )
    def test_a_criterion_is_left_out_with_name_and_reason(
        self, engine: Engine, card: Scorecard, more: dict[str, str], why: str
    ) -> None:
        """Of a ward and criterion there are; and it is put back in the same way."""
        wanted: dict[str, Any] = {"ward": WARD, "criterion": "on_time", "by": "Lan", "why": "không có"} | more

        for step in (waive, restore):
            with pytest.raises(DecisionError, match=why):
                step(engine, ROUND, card, Waiver(**wanted), moment())

    def test_the_round_must_be_one(self, engine: Engine, card: Scorecard) -> None:
        """A label that names none is refused."""
        with pytest.raises(CatalogueError):
            waive(engine, "2023-Q9", card, Waiver(WARD, "on_time", "Lan", "x"), moment())
