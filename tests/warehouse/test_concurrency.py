"""Sixteen writers on different wards, two on the same, a reader all along: nothing lost, nothing half seen."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine, text

from catalogue.figures import figure_definitions
from catalogue.wards import wards
from tests.warehouse.made import arrival, document, finding, moment, reading, take_in
from warehouse import queries
from warehouse.connection import open_warehouse
from warehouse.connection import reading as reading_from
from warehouse.load import load_report
from warehouse.publishing import record_event
from warehouse.rows import EventRow
from warehouse.submissions import record_submission

TWENTY = [code for code, figure in figure_definitions().items() if figure.unit == "count"][:20]


class TestConcurrency:
    def test_sixteen_writers_two_on_one_ward_and_a_reader(self, url: str) -> None:
        """Every writer's report is there, the same ward has versions 1 and 2, and each read saw whole reports only."""
        engine = open_warehouse(url)
        slugs = list(wards())
        jobs = [(slug, label) for slug in slugs for label in ("2023-Q2", "2023-Q3")][:14] + [
            ("pho-chau", "2024-Q1")
        ] * 2
        half_seen: list[object] = []
        done = threading.Event()
        watcher = threading.Thread(target=_watch, args=(engine, done, half_seen))
        watcher.start()

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda n: _write(engine, *jobs[n], n), range(len(jobs))))
        done.set()
        watcher.join()

        assert half_seen == []
        assert {(r.ward, r.round) for r in queries.reports(engine)} == set(jobs)
        versions = [s.version for s in queries.submissions(engine, "2024-Q1", "pho-chau")]
        assert versions == [1, 2]
        current = queries.current_submission(engine, "pho-chau", "2024-Q1")
        in_force = queries.report_of(engine, "pho-chau", "2024-Q1")
        assert current is not None
        assert in_force is not None
        assert (current.version, in_force.version) == (2, 2)
        engine.dispose()

    def test_same_bytes_at_once_are_one_version(self, engine: Engine) -> None:
        """Eight arrivals of the same file at once give one version and seven duplicates of it."""
        with ThreadPoolExecutor(8) as pool:
            rows = list(pool.map(lambda _: record_submission(engine, arrival(reading())), range(8)))

        placed = [row for row in rows if row.state == "placed"]
        assert len(placed) == 1
        assert {row.duplicate_of_id for row in rows if row.state == "duplicate"} == {placed[0].id}
        assert len(queries.submissions(engine)) == 8

    def test_event_happens_once(self, engine: Engine) -> None:
        """Of many that record the same event at once, one is told that it did."""
        new = EventRow("remind:2023-Q3:pho-an", "remind", moment(), "2023-Q3", "pho-an")

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(lambda _: record_event(engine, new), range(8)))

        assert sorted(told) == [False] * 7 + [True]

    def test_two_openings_at_once_make_one_warehouse(self, empty_url: str) -> None:
        """Processes that open an empty database at the same time wait for the one that makes it."""
        with ThreadPoolExecutor(4) as pool:
            engines = list(pool.map(lambda _: open_warehouse(empty_url), range(4)))

        take_in(engines[3], reading())
        assert queries.figures_wide(engines[0], "2023-Q3") == queries.figures_wide(engines[3], "2023-Q3")
        for engine in engines:
            engine.dispose()


def _write(engine: Engine, ward: str, label: str, number: int) -> None:
    """Send and load a report of twenty figures that all say the writer's number."""
    new = reading(ward, label, dict.fromkeys(TWENTY, number + 1), file=number)
    row = record_submission(engine, arrival(new))
    load_report(engine, row.id, new, document(new), (finding(ward=ward, round_label=label),), moment(number))


def _watch(engine: Engine, done: threading.Event, half_seen: list[object]) -> None:
    """Read all along; a report seen with figures of two loads, or not all of them, is half seen."""
    query = text("SELECT ward, round, count(*), count(DISTINCT printed) FROM figure_current GROUP BY ward, round")
    while not done.is_set():
        with reading_from(engine) as connection:
            half_seen += [tuple(row) for row in connection.execute(query) if (row[2], row[3]) != (20, 1)]
