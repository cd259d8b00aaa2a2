"""The ledger: one row for every report a round expects, its state computed from what is held."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from catalogue.roundfile import calendar
from catalogue.rounds import parse_round
from catalogue.wards import wards, wards_on
from tests.warehouse.made import arrival, finding, moment, reading, take_in
from warehouse import queries, sql
from warehouse.connection import open_warehouse
from warehouse.publishing import set_round_state
from warehouse.results import save_ranking
from warehouse.rows import LedgerRow, RankRow
from warehouse.submissions import record_submission, withdraw_report


class TestLedger:
    def test_every_expected_ward_has_one_row(self, engine: Engine) -> None:
        """A round nobody reported in lists each ward that exists at its end, in Vietnamese order, as missing."""
        rows = queries.ledger(engine, "2023-Q3")

        assert {row.ward for row in rows} == {w.slug for w in wards_on(parse_round("2023-Q3").window_end)}
        assert {row.state for row in rows} == {"missing"}
        assert [row.name for row in rows][:4] == ["Nguyễn Nghiêm", "Phổ An", "Phổ Châu", "Phổ Cường"]

    def test_state_follows_what_is_held(self, engine: Engine) -> None:
        """Received, loaded and in review are told apart, and an error, an unsure figure each call for review."""
        record_submission(engine, arrival(reading("pho-van")))
        take_in(engine, reading("pho-an"))
        take_in(engine, reading("pho-chau"), (finding(severity="error", ward="pho-chau"),))
        take_in(engine, reading("pho-hoa", confidence=0.5))

        states = {row.ward: row.state for row in queries.ledger(engine, "2023-Q3") if row.state != "missing"}

        assert states == {"pho-van": "received", "pho-an": "loaded", "pho-chau": "review", "pho-hoa": "review"}

    def test_resend_not_yet_loaded_is_received(self, engine: Engine) -> None:
        """A newer version that waits to be loaded shows, although the former one is in force."""
        take_in(engine, reading())
        record_submission(engine, arrival(reading(file=2), at=moment(9)))

        [row] = [r for r in queries.ledger(engine, "2023-Q3") if r.ward == "pho-an"]

        assert (row.state, row.versions, row.first_received_at, row.received_at) == (
            "received",
            2,
            moment(),
            moment(9),
        )

    def test_on_time_is_the_day_of_the_first_version_here(self, engine: Engine) -> None:
        """The last minute of the due day in Vietnam is on time, the next is late; a resend changes neither."""
        due = parse_round("2023-Q3").due
        midnight = datetime(due.year, due.month, due.day, 17, tzinfo=UTC)
        take_in(engine, reading("pho-an"), at=midnight - timedelta(minutes=1))
        take_in(engine, reading("pho-an", file=2), at=midnight + timedelta(days=9))
        take_in(engine, reading("pho-van"), at=midnight)

        on_time = {row.ward: row.on_time for row in queries.ledger(engine, "2023-Q3")}

        assert (on_time["pho-an"], on_time["pho-van"], on_time["pho-hoa"]) == (True, False, None)

    def test_only_a_readable_report_that_stays_is_punctual(self, engine: Engine) -> None:
        """A file nobody can read, or one taken out of the round again, does not make a later report one in time."""
        due = parse_round("2023-Q3").due
        early, late = (datetime(due.year, due.month, day, 2, tzinfo=UTC) for day in (due.day - 2, due.day + 2))
        record_submission(engine, arrival(reading("pho-an"), at=early, outcome="damaged"))
        take_in(engine, reading("pho-an", file=2), at=late)
        misplaced, _load = take_in(engine, reading("pho-van"), at=early)
        withdraw_report(engine, misplaced.id, early + timedelta(hours=1))
        take_in(engine, reading("pho-van", file=2), at=late)
        record_submission(engine, arrival(reading("pho-hoa"), at=early, outcome="damaged"))

        rows = {row.ward: row for row in queries.ledger(engine, "2023-Q3")}

        assert (rows["pho-an"].first_received_at, rows["pho-an"].first_readable_at) == (early, late)
        assert [rows[ward].on_time for ward in ("pho-an", "pho-van", "pho-hoa")] == [False, False, None]
        assert queries.first_readable(engine, "2023-Q3") == {"pho-an": late, "pho-van": late}

    def test_mart_says_on_time_and_the_round_its_rates(self, engine: Engine) -> None:
        """One ward of fifteen in time, one late, one silent in the mart; both rates are of all expected reports."""
        due = parse_round("2023-Q3").due
        noon = datetime(due.year, due.month, due.day, 5, tzinfo=UTC)
        take_in(engine, reading("pho-an"), at=noon)
        take_in(engine, reading("pho-van"), at=noon + timedelta(days=1))
        record_submission(engine, arrival(reading("pho-hoa"), at=noon + timedelta(days=1)))

        ledger = sql.query(engine, "SELECT ward, is_on_time FROM mart_ledger WHERE round = '2023-Q3'").rows
        round_row = sql.query(
            engine,
            "SELECT wards_expected, wards_received, wards_on_time, wards_loaded, completeness, on_time_rate "
            "FROM mart_round WHERE round = '2023-Q3'",
        ).rows

        assert {ward: flag for ward, flag in ledger if flag is not None} == {"pho-an": 1, "pho-van": 0, "pho-hoa": 0}
        assert [tuple(map(float, row)) for row in round_row] == [(15, 3, 1, 2, 13.33, 6.67)]

    def test_a_due_date_the_office_moves_is_the_one_that_holds(self, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Rounds follow the calendar each time the warehouse is opened; their state stays."""
        engine = open_warehouse(url)
        due = parse_round("2023-Q3").due
        take_in(engine, reading(), at=datetime(due.year, due.month, due.day, 20, tzinfo=UTC))
        set_round_state(engine, "2023-Q3", "closed")
        save_ranking(engine, "2023-Q3", "mac-dinh", [RankRow("pho-an", "1", None, None, None, None, None)], moment())
        assert _entry(engine).on_time is False

        own = {"2023-Q3": {"due": due + timedelta(days=3)}}
        moved = dataclasses.replace(calendar(), overrides=own)
        for reads_it in ("catalogue.rounds", "warehouse.reference"):
            monkeypatch.setattr(f"{reads_it}.calendar", lambda: moved)
        again = open_warehouse(url)

        assert _entry(again).on_time is True
        [row] = sql.query(again, "SELECT due_date, closing_date, state, scorecard FROM mart_round").rows
        grace = timedelta(days=calendar().setting("2023-Q3", "grace_days"))
        moved_due = due + timedelta(days=3)
        assert [str(told) for told in row] == [str(moved_due), str(moved_due + grace), "closed", "mac-dinh"]
        again.dispose()
        engine.dispose()

    def test_counts_are_those_of_the_findings(self, engine: Engine) -> None:
        """Findings are counted by severity and figures by status."""
        found = (finding(severity="error"), finding("outlier", "info"), finding("stale_copy", figures=()))
        take_in(engine, reading(), found)

        [row] = [r for r in queries.ledger(engine, "2023-Q3") if r.ward == "pho-an"]

        assert (row.errors, row.warnings, row.infos) == (1, 1, 1)
        assert (row.figures, row.blocked, row.waiting) == (2, 1, 0)

    def test_wards_of_the_old_map_are_expected_only_while_they_exist(self, engine: Engine) -> None:
        """After the units were merged the old ones are expected no more."""
        rows = queries.ledger(engine, "2025-Q4")

        assert {row.ward for row in rows}.isdisjoint(s for s, w in wards().items() if w.valid_to is not None)


def _entry(engine: Engine) -> LedgerRow:
    return next(row for row in queries.ledger(engine, "2023-Q3") if row.ward == "pho-an")
