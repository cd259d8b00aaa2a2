"""Loading many at once gives the rows that loading one after the other gives."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.warehouse.dump import dump
from tests.warehouse.made import arrival, document, finding, moment, reading, take_in
from warehouse import bulk, queries
from warehouse.bulk import Arrived, load_reports
from warehouse.load import load_report
from warehouse.submissions import record_submission

ARRIVED = [
    Arrived(arrival(reading("pho-an")), reading("pho-an"), document(reading("pho-an")), (finding(),)),
    Arrived(arrival(reading("pho-van", "2023-Q2")), reading("pho-van", "2023-Q2")),
    Arrived(arrival(reading("pho-an", file=2)), reading("pho-an", file=2), None, ()),
    Arrived(arrival(reading("pho-an", file=2)), reading("pho-an", file=2), None, ()),
    Arrived(arrival(reading("pho-an", file=3)), reading("pho-an", file=3), None, (finding("outlier", "info"),)),
]


class TestLoadReports:
    def test_rows_are_those_of_one_after_the_other(self, engine: Engine, other_engine: Engine) -> None:
        """Every table holds the same rows, whichever way the reports came in."""
        for each in ARRIVED:
            row = record_submission(engine, each.submission)
            if row.state == "placed":
                load_report(engine, row.id, each.reading, each.document, each.findings, moment(9))
        one_by_one = dump(engine)

        loaded = load_reports(other_engine, ARRIVED, moment(9))

        assert loaded == 4
        assert dump(other_engine) == one_by_one

    def test_small_chunks_change_nothing(
        self, engine: Engine, other_engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A report replaced in a later chunk is closed as one replaced in the same chunk."""
        load_reports(engine, ARRIVED, moment(9))
        together = dump(engine)
        monkeypatch.setattr(bulk, "CHUNK", 1)

        load_reports(other_engine, ARRIVED, moment(9))

        assert dump(other_engine) == together

    def test_joins_what_is_there(self, engine: Engine) -> None:
        """Versions, numbers and loads go on from those in the warehouse, and single loads go on after it."""
        take_in(engine, reading("pho-an", file=0))

        load_reports(engine, ARRIVED, moment(9))
        row, _ = take_in(engine, reading("pho-an", file=9), at=moment(20))

        assert (row.version, row.supersedes_id) == (5, 6)
        assert [r.loaded_to is None for r in queries.reports(engine, "2023-Q3", current_only=False)] == [
            False,
            False,
            False,
            False,
            True,
        ]
