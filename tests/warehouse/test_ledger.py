"""The ledger: one row for every report a round expects, its state computed from what is held."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.wards import wards, wards_on
from tests.warehouse.made import arrival, finding, moment, reading, take_in
from warehouse import queries
from warehouse.submissions import record_submission


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
