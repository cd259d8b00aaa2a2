"""Loading many reports at once: years of a province, or a warehouse filled anew.

Belongs here: one transaction over all of them; COPY on PostgreSQL, executemany on SQLite; the same rows and the same
meaning as recording and loading one after the other.
Stays out: what a row holds (`facts`), loading one report (`load`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import count, islice
from typing import Any

from sqlalchemy import JSON, Connection, Engine, func, select, text, update
from sqlalchemy.types import TypeEngine

from parsers.document import Document
from parsers.reading import Reading
from validation.finding import Finding
from warehouse import effective_values as standing
from warehouse import facts
from warehouse.codec import canonical, digest_of, to_plain
from warehouse.connection import writing
from warehouse.findings import sync_findings
from warehouse.reference import ensure_round
from warehouse.rows import NewSubmission
from warehouse.tables import Base, ReportTable, SubmissionTable

CHUNK = 250
"""Reports held in memory at a time."""

Key = tuple[str, str]
Row = dict[str, Any]


@dataclass(frozen=True)
class Arrived:
    """One report to load, placed with a ward and round, with everything known about it."""

    submission: NewSubmission
    reading: Reading
    document: Document | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def key(self) -> Key:
        """Return ward and round."""
        assert self.submission.ward is not None
        assert self.submission.round is not None
        return self.submission.ward, self.submission.round


def load_reports(engine: Engine, arrivals: Iterable[Arrived], moment: datetime) -> int:
    """Record and load reports in the order given, in one transaction; return how many were put in force.

    A file that came before for its ward and round is recorded as a duplicate and not loaded. Of several reports of
    a ward and round each is a version, the last one in force.
    """
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE submission, report IN SHARE ROW EXCLUSIVE MODE"))
        book = _Book.of(connection)
        stream = iter(arrivals)
        while chunk := list(islice(stream, CHUNK)):
            _load_chunk(connection, book, chunk, moment)
        for label in sorted(book.rounds):
            standing.refresh_round(connection, label)
        _set_counters(connection)
        return book.loaded


def copy_rows(connection: Connection, table: type[Base], rows: list[Row]) -> None:
    """Write rows of one shape by the quickest way of the engine, past the building of statements."""
    if not rows:
        return
    target: Any = table.__table__
    names = list(rows[0])
    columns = ", ".join(f'"{name}"' for name in names)
    cursor: Any = connection.connection.cursor()
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(names))
        binders = [(name, _binder(connection, target.c[name].type)) for name in names]
        values = ([bind(row[name]) if bind else row[name] for name, bind in binders] for row in rows)
        cursor.executemany(f"INSERT INTO {target.name} ({columns}) VALUES ({marks})", values)  # noqa: S608 (own names)
        return
    as_json = [(name, isinstance(target.c[name].type, JSON)) for name in names]
    with cursor.copy(f"COPY {target.name} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([_json(row[name]) if is_json else row[name] for name, is_json in as_json])


def _binder(connection: Connection, column_type: TypeEngine[Any]) -> Callable[[Any], Any] | None:
    """Return what makes a value of a column what the driver takes, None where it takes it as it is."""
    return column_type.dialect_impl(connection.dialect).bind_processor(connection.dialect)


@dataclass
class _Book:
    """Which versions, files and loads there are, so that each arrival is judged without asking the database."""

    versions: dict[Key, tuple[int, int]]
    files: dict[tuple[str, Key], int]
    in_force: dict[Key, int]
    submission_ids: Iterator[int]
    report_ids: Iterator[int]
    rounds: set[str] = field(default_factory=set)
    loaded: int = 0

    @classmethod
    def of(cls, connection: Connection) -> _Book:
        s, r = SubmissionTable, ReportTable
        placed = connection.execute(
            select(s.id, s.sha256, s.ward, s.round, s.version).where(s.version.is_not(None)).order_by(s.version)
        ).all()
        loads = connection.execute(select(r.ward, r.round, r.id).where(r.loaded_to.is_(None)))
        return cls(
            versions={(str(row.ward), str(row.round)): (row.version or 0, row.id) for row in placed},
            files={(row.sha256, (str(row.ward), str(row.round))): row.id for row in reversed(placed)},
            in_force={(row.ward, row.round): row.id for row in loads},
            submission_ids=count((connection.execute(select(func.max(s.id))).scalar() or 0) + 1),
            report_ids=count((connection.execute(select(func.max(r.id))).scalar() or 0) + 1),
        )

    def submission_row(self, arrived: Arrived) -> Row:
        """Return the row of an arrival and enter it in the book; the version before is current no more."""
        new, number = arrived.submission, next(self.submission_ids)
        row: Row = {**asdict(new), "identity": to_plain(new.identity), "id": number, "version": None}
        row |= {"is_current": False, "supersedes_id": None, "duplicate_of_id": None, "state": "duplicate"}
        same = self.files.get((new.sha256, arrived.key))
        if same is not None:
            return row | {"duplicate_of_id": same}
        version, before = self.versions.get(arrived.key, (0, None))
        self.versions[arrived.key] = (version + 1, number)
        self.files[new.sha256, arrived.key] = number
        return row | {"version": version + 1, "supersedes_id": before, "is_current": True, "state": "placed"}


def _load_chunk(connection: Connection, book: _Book, chunk: list[Arrived], moment: datetime) -> None:
    """Write the rows of some arrivals; what they replace is closed first, so that one a ward and round is in force."""
    submissions: list[Row] = []
    rows: dict[type[Base], list[Row]] = {ReportTable: []}
    with_findings: list[tuple[Arrived, int]] = []
    replaced: set[int] = set()
    for arrived in chunk:
        if arrived.submission.round not in book.rounds:
            ensure_round(connection, arrived.key[1])
            book.rounds.add(arrived.key[1])
        row = book.submission_row(arrived)
        submissions.append(row)
        if row["state"] != "placed":
            continue
        report_id = next(book.report_ids)
        former = book.in_force.get(arrived.key)
        replaced.update(() if former is None else (former,))
        book.in_force[arrived.key] = report_id
        book.loaded += 1
        _add_facts(rows, row, report_id, arrived, moment)
        if arrived.findings or former is not None:
            with_findings.append((arrived, report_id))
    _close_former(connection, submissions, rows[ReportTable], replaced, moment)
    copy_rows(connection, SubmissionTable, submissions)
    for table, values in rows.items():
        copy_rows(connection, table, values)
    for arrived, report_id in with_findings:
        sync_findings(connection, *arrived.key, arrived.findings, report_id, moment)


def _add_facts(rows: dict[type[Base], list[Row]], row: Row, report_id: int, arrived: Arrived, moment: datetime) -> None:
    """Add the rows of one load, its own first."""
    reading_text = canonical(arrived.reading)
    placed = facts.Placed(row["id"], *arrived.key, row["version"])
    head = facts.report_row(placed, arrived.reading, arrived.document, digest_of(reading_text))
    rows[ReportTable].append({"id": report_id, **head, "loaded_from": moment})
    for table, more in facts.rows_of(report_id, arrived.reading, reading_text, arrived.document).items():
        rows.setdefault(table, []).extend(more)


def _close_former(
    connection: Connection, submissions: list[Row], reports: list[Row], replaced: set[int], moment: datetime
) -> None:
    """Close what this chunk replaces, whether it stands in the database or earlier in the chunk."""
    followed = {row["supersedes_id"] for row in submissions}
    for row in submissions:
        row["is_current"] = row["is_current"] and row["id"] not in followed
    closing = {"loaded_to": moment, "closed_because": "replaced"}
    for row in reports:
        row.update(closing if row["id"] in replaced else {})
    numbers = [number for number in followed if number is not None]
    connection.execute(update(SubmissionTable).where(SubmissionTable.id.in_(numbers)).values(is_current=False))
    connection.execute(update(ReportTable).where(ReportTable.id.in_(replaced)).values(closing))


def _set_counters(connection: Connection) -> None:
    """Let PostgreSQL count on from the numbers given here; SQLite counts on by itself."""
    if connection.dialect.name == "postgresql":
        for table in ("submission", "report"):
            connection.execute(
                text(f"SELECT setval('{table}_id_seq', max(id)) FROM {table} HAVING max(id) IS NOT NULL")  # noqa: S608
            )


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False)
