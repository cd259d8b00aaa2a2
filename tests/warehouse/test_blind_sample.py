"""Blind checks: what is drawn, what is kept, and what an error does to its class."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine

from cchc.errors import DecisionError, SecondLookError
from tests.warehouse.made import moment, reading, take_in
from warehouse import queries
from warehouse.acceptance import Acceptance, acceptances, switch, told
from warehouse.blind_sample import draw, record_check, to_check
from warehouse.decisions import record_decision
from warehouse.rows import NewDecision

FIGURES = {"dossiers_received": 100, "dossiers_resolved": 90, "dossiers_online": 50}


def digital(engine: Engine) -> Acceptance:
    """Return how digital text stands."""
    return next(one for one in acceptances(engine) if one.text_class == "digital")


def statuses(engine: Engine) -> dict[str, str]:
    """Return the status of every figure of the ward."""
    return {row.figure: row.status for row in queries.figures_long(engine, "2023-Q3", "pho-an")}


class TestBlindSample:
    def test_only_figures_nobody_looked_at_are_drawn_and_always_the_same(self, engine: Engine) -> None:
        """Waiting and decided figures are not drawn; a second draw adds nothing; a larger one keeps the first."""
        take_in(engine, reading(figures=FIGURES))
        take_in(engine, reading("pho-minh", confidence=0.5))
        record_decision(
            engine, NewDecision("pho-an", "2023-Q3", "accept", "Lan", "đúng", figure="dossiers_online"), moment(1)
        )

        added = [draw(engine, "2023-Q3", moment(2), size) for size in (1, 1, 9)]

        assert added == [1, 0, 1]
        assert {(one.ward, one.figure) for one in to_check(engine)} == {
            ("pho-an", "dossiers_received"),
            ("pho-an", "dossiers_resolved"),
        }

    def test_the_same_value_however_it_is_typed_is_right_and_kept_once(self, engine: Engine) -> None:
        """A check that agrees is kept at once, and nobody checks the figure a second time."""
        take_in(engine, reading(figures={"dossiers_received": 1236}))
        draw(engine, "2023-Q3", moment(1))
        [one] = to_check(engine)

        done = record_check(engine, one.id, "1.236", "Lan", moment(2))

        assert (done.is_right, done.switched_off, to_check(engine)) == (True, False, [])
        assert told(digital(engine)).startswith("digital text: 0 wrong of 1 checked blindly, at most 95")
        with pytest.raises(DecisionError, match="Lan has checked"):
            record_check(engine, one.id, "1.237", "Minh", moment(3), again=True)

    def test_an_error_is_said_twice_switches_the_class_off_and_a_person_switches_it_on(self, engine: Engine) -> None:
        """Figures wait while the class is off, decided ones keep counting, and an old error does not switch again."""
        take_in(engine, reading(figures=FIGURES))
        draw(engine, "2023-Q3", moment(1))
        wrong, right, _third = to_check(engine)
        record_decision(
            engine, NewDecision("pho-an", "2023-Q3", "enter", "Lan", "xem lại", figure=right.figure, value=Decimal(7)),
            moment(2),
        )  # fmt: skip

        with pytest.raises(SecondLookError):
            record_check(engine, wrong.id, "", "Lan", moment(3))
        done = record_check(engine, wrong.id, "", "Lan", moment(4), again=True)
        off = statuses(engine)
        with pytest.raises(DecisionError, match="name and a reason"):
            switch(engine, "digital", True, "Hoa", " ", moment(5))
        switch(engine, "digital", True, "Hoa", "lỗi một bản in, đã sửa", moment(6))
        record_check(engine, right.id, str(FIGURES[right.figure]), "Lan", moment(7))

        assert (done.is_right, done.switched_off, done.acceptance.is_on) == (False, True, False)
        assert off == {code: "entered" if code == right.figure else "waiting" for code in FIGURES}
        assert set(statuses(engine).values()) == {"entered"}
        now = digital(engine)
        assert (now.is_on, now.drawn, now.checked, now.wrong, now.wrong_since) == (True, 3, 2, 1, 0)
