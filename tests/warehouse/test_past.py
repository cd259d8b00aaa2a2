"""Past states: every mart as it was at a moment, however much has happened since."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from tests.warehouse.made import arrival, finding, moment, reading, take_in
from warehouse import marts, queries
from warehouse.api import House
from warehouse.connection import reading as reading_from
from warehouse.decisions import record_decision
from warehouse.marts.fetch import fetch
from warehouse.results import save_ranking, save_rollup, save_scores
from warehouse.rows import NewDecision, RankRow, RollupRow, ScoreRow
from warehouse.scores.receipts import record_backdating
from warehouse.submissions import record_submission, withdraw_report

ROUND = "2023-Q3"
TIMELESS = {
    "mart_figure_history",
    "mart_round",
    "mart_unit",
    "mart_figure",
    "mart_indicator_definition",
    "mart_criterion",
}
"""Marts that are history themselves, or say what the calendar, the catalogue and the office say today."""

Rows = dict[str, list[tuple[Any, ...]]]


def every_mart(engine: Engine, *, at: float | None = None) -> Rows:
    """Return the rows of every mart, now or at a minute of the test's world."""
    as_of = None if at is None else moment(at)
    with reading_from(engine) as connection:
        return {
            view.name: fetch(connection, view, as_of=as_of)
            for view in marts.views()
            if view.is_mart and view.name not in TIMELESS
        }


def first_day(engine: Engine) -> None:
    """Three wards report; one has an error, one an unsure figure; somebody decides; results are computed."""
    take_in(engine, reading("pho-an", "2023-Q2"), at=moment(0))
    take_in(engine, reading("pho-an"), (finding("sum_mismatch", "error"), finding("outlier", "info")), at=moment(1))
    take_in(engine, reading("pho-van", confidence=0.5), (finding(ward="pho-van"),), at=moment(2))
    take_in(engine, reading("pho-hoa"), at=moment(3))
    record_decision(engine, NewDecision("pho-van", ROUND, "accept", "Lan", "rõ", figure="dossiers_received"), moment(4))
    compute(engine, 80, 5)


def later_days(engine: Engine) -> None:
    """A correction, another ward, a withdrawal, a finding settled and reopened, new results."""
    take_in(engine, reading("pho-an", figures={"dossiers_received": 7}, file=2), (finding("x"),), at=moment(11))
    take_in(engine, reading("pho-chau", figures={"dossiers_received": 50, "dossiers_resolved": 5}), at=moment(12))
    [loaded] = queries.submissions(engine, ROUND, "pho-hoa")
    withdraw_report(engine, loaded.id, moment(13))
    record_decision(
        engine, NewDecision("pho-van", ROUND, "reject", "Hoa", "sai", finding(ward="pho-van").key), moment(14)
    )
    record_submission(engine, arrival(reading("pho-van", file=2), at=moment(15)))
    compute(engine, 90, 16)


def compute(engine: Engine, points: int, minute: float) -> None:
    """Save results that say `points`."""
    value = Decimal(points)
    save_rollup(
        engine, ROUND, [RollupRow("all", "figure", "dossiers_received", "count", value, None, None, 1, 15)],
        moment(minute),
    )  # fmt: skip
    save_scores(
        engine, ROUND, "card", [ScoreRow("pho-an", "c", 0, "1", {}, None, value, Decimal(99), "scored")],
        moment(minute),
    )  # fmt: skip
    save_ranking(
        engine, ROUND, "card", [RankRow("pho-an", "1", value, 1, 1, "A", Decimal(100))], moment(minute)
    )  # fmt: skip


class TestMarts:
    def test_what_happens_later_changes_no_past_state(self, engine: Engine) -> None:
        """Every mart asked for as of a moment is, row for row, what it was then."""
        first_day(engine)
        then = every_mart(engine)
        later_days(engine)

        assert every_mart(engine, at=9) == then
        changed = {name for name, rows in every_mart(engine).items() if rows != then[name]}
        assert changed >= {"mart_ledger", "mart_finding_open", "mart_decision", "mart_figure_long", "mart_ranking",
                           "mart_submission", "mart_indicator_district", "mart_trend", "mart_rollup"}  # fmt: skip

    def test_as_of_now_is_now(self, engine: Engine) -> None:
        """At a moment after everything the past is the present, in every mart."""
        first_day(engine)
        later_days(engine)

        assert every_mart(engine, at=99) == every_mart(engine)

    def test_before_the_first_report_everybody_is_missing(self, engine: Engine) -> None:
        """The ledger of a moment before any arrival lists every expected ward as missing, and no mart has a figure."""
        first_day(engine)

        before = every_mart(engine, at=-1)

        states = {row[7] for row in before["mart_ledger"]}
        assert states == {"missing"}
        assert [name for name, rows in before.items() if rows and name != "mart_ledger"] == []

    def test_arrival_dated_back_is_known_from_when_it_was_recorded(self, engine: Engine) -> None:
        """A time of arrival that a person gave changes no state before it was given; from then on it counts."""
        row, _ = take_in(engine, reading(), at=moment(0))
        late = record_submission(engine, arrival(reading("pho-van"), at=moment(1)))
        record_backdating(engine, late, "Lan", "gửi bản giấy", moment(30))

        assert _received(engine, 20) == [row.id]
        assert _received(engine, 40) == [row.id, late.id]
        [known] = [line for line in queries.ledger(engine, ROUND, as_of=moment(40)) if line.ward == "pho-van"]
        assert (known.state, known.first_received_at) == ("received", moment(1))
        [unknown] = [line for line in queries.ledger(engine, ROUND, as_of=moment(20)) if line.ward == "pho-van"]
        assert (unknown.state, unknown.first_received_at) == ("missing", None)

    def test_day_of_a_moment_is_that_of_viet_nam(self, engine: Engine) -> None:
        """What came at 18:00 UTC came the next day, in the present and in past states alike."""
        evening = datetime(2023, 9, 10, 18, tzinfo=UTC)
        take_in(engine, reading(), at=evening)

        for as_of in (None, datetime(2023, 9, 11, tzinfo=UTC)):
            [line] = House(engine).ledger(ROUND, as_of=as_of).query("ward == 'pho-an'").itertuples()
            assert str(line.received_date)[:10] == "2023-09-11"
            assert str(line.first_readable_date)[:10] == "2023-09-11"

    def test_round_narrows_a_past_state(self, engine: Engine) -> None:
        """A past state of one round holds that round only."""
        first_day(engine)
        with reading_from(engine) as connection:
            for view in marts.views():
                if view.is_mart and view.name not in TIMELESS:
                    rows = fetch(connection, view, "2023-Q2", as_of=moment(9))
                    every = fetch(connection, view, as_of=moment(9))
                    names = [column.name for column in view.columns]
                    assert rows == [row for row in every if row[names.index("round")] == "2023-Q2"]


def _received(engine: Engine, minute: float) -> list[int]:
    frame = House(engine).mart("submission", as_of=moment(minute))
    return [int(number) for number in frame["id"]]


class TestQueries:
    def test_findings_as_they_were(self, engine: Engine) -> None:
        """A finding that is settled since was open then; one found since was not there."""
        first_day(engine)
        open_then = queries.findings(engine, ROUND)
        all_then = queries.findings(engine, ROUND, open_only=False)
        later_days(engine)

        assert queries.findings(engine, ROUND, as_of=moment(9)) == open_then
        assert queries.findings(engine, ROUND, open_only=False, as_of=moment(9)) == all_then
        assert queries.findings(engine, ROUND) != open_then

    def test_resolution_as_it_was(self, engine: Engine) -> None:
        """A finding resolved at the moment says by what, though it was opened again since; open ones say nothing."""
        take_in(engine, reading(), (finding(),))
        key = finding().key
        record_decision(engine, NewDecision("pho-an", ROUND, "accept", "Lan", "đúng", key), moment(2))
        resolved = queries.findings(engine, ROUND, open_only=False)
        record_decision(engine, NewDecision("pho-an", ROUND, "reopen", "Lan", "nhầm", key), moment(4))

        [then] = queries.findings(engine, ROUND, open_only=False, as_of=moment(3))

        assert (then.state, then.resolved_at) == ("resolved", moment(2))
        assert [then.key] == [row.key for row in resolved]
        assert queries.findings(engine, ROUND, as_of=moment(3)) == []
        assert [row.state for row in queries.findings(engine, ROUND, as_of=moment(5))] == ["open"]

    def test_decisions_as_they_held(self, engine: Engine) -> None:
        """A decision that the resend laid to rest held before it; one made since was not there."""
        first_day(engine)
        own = NewDecision("pho-an", ROUND, "accept", "Lan", "rõ", figure="dossiers_received")
        record_decision(engine, own, moment(6))
        then = queries.decisions(engine, ROUND)
        later_days(engine)

        assert queries.decisions(engine, ROUND, as_of=moment(9)) == then
        assert [row.holds for row in then] == [True, True]
        assert [row.holds for row in queries.decisions(engine, ROUND)][:2] == [True, False]

    def test_ledger_as_it_was(self, engine: Engine) -> None:
        """The ledger's rows are those of the moment, the withdrawn report's among them."""
        first_day(engine)
        then = queries.ledger(engine, ROUND)
        later_days(engine)

        assert queries.ledger(engine, ROUND, as_of=moment(9)) == then

    def test_frames_as_they_were(self, engine: Engine) -> None:
        """The API gives past frames with the columns and types of today's."""
        first_day(engine)
        house = House(engine)
        then = {name: getattr(house, name)(ROUND) for name in ("figures", "findings", "ledger", "ranking", "decisions")}
        later_days(engine)

        for name, frame in then.items():
            past = getattr(house, name)(ROUND, as_of=moment(9))
            assert past.equals(frame), name
            assert list(past.dtypes) == list(frame.dtypes)

    def test_moment_needs_a_zone(self, engine: Engine) -> None:
        """A moment that could mean two is refused."""
        with pytest.raises(ValueError, match="zone"):
            queries.ledger(engine, ROUND, as_of=(moment() + timedelta(1)).replace(tzinfo=None))
