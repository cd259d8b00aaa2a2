"""Rounds as the office runs them: their state, events that happen once, runs, and what was published.

Belongs here: small records beside the facts.
Stays out: making papers (`publications`), sending mail and scheduling (`pipelines`).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Literal, TypeVar

from sqlalchemy import ColumnElement, Connection, Engine, FromClause, func, insert, select

from cchc.errors import PublicationError
from cchc.messages import translator
from warehouse.codec import to_plain
from warehouse.connection import lock, reading, writing
from warehouse.reference import ensure_round, set_round
from warehouse.rows import EventRow, PublicationRow, RunRow
from warehouse.tables import EventTable, PublicationTable, RoundTable, RunTable

_ = translator("warehouse")

RoundState = Literal["open", "closed", "published"]
Row = TypeVar("Row", PublicationRow, EventRow, RunRow)


@dataclasses.dataclass(frozen=True)
class Paper:
    """One file of a publication: kind, path relative to the folder of publications, hash."""

    kind: str
    path: str
    sha256: str


def round_state(engine: Engine, round_label: str) -> RoundState:
    """Return the state of a round; one nobody has spoken of is open."""
    with reading(engine) as connection:
        found = connection.execute(select(RoundTable.state).where(RoundTable.label == round_label)).scalar()
    return found or "open"  # type: ignore[return-value]


def set_round_state(engine: Engine, round_label: str, state: RoundState) -> None:
    """Set the state of a round that is not published.

    Raises:
        PublicationError: the round is published; it stays so, later changes make a revision.
    """
    with writing(engine) as connection:
        lock(connection, "round", round_label)
        found = connection.execute(select(RoundTable.state).where(RoundTable.label == round_label)).scalar()
        if found == "published" and state != "published":
            raise PublicationError(
                _("{round} is published and stays so; publish a revision instead").format(round=round_label)
            )
        set_round(connection, round_label, state=state)


def record_publication(
    engine: Engine,
    round_label: str,
    papers: Sequence[Paper],
    published_by: str,
    moment: datetime,
    note: str = "",
    *,
    expected: int | None = None,
) -> int:
    """Record papers as the next revision of a round, lock the round, and return the revision: 0 is the first.

    `expected` is the revision the papers say they are: where another was published meanwhile nothing is recorded.
    None takes whatever number is next.

    Raises:
        PublicationError: nobody is named, there is no paper, a revision comes without a note of what changed, or the
            next revision is not the expected one.
    """
    if not published_by.strip() or not papers:
        raise PublicationError(_("a publication needs a name and at least one paper; say who publishes what"))
    with writing(engine) as connection:
        ensure_round(connection, round_label)
        lock(connection, "round", round_label)
        revision = _next_revision(connection, round_label, expected)
        if revision and not note.strip():
            raise PublicationError(
                _("{round} is published; a revision needs a note of what changed and why").format(round=round_label)
            )
        rows = [
            PublicationRow(round_label, revision, p.kind, p.path, p.sha256, published_by.strip(), moment, note)
            for p in papers
        ]
        connection.execute(insert(PublicationTable), [dataclasses.asdict(row) for row in rows])
        set_round(connection, round_label, state="published")
        return revision


def next_revision(engine: Engine, round_label: str, expected: int | None = None) -> int:
    """Return the number the next publication of a round gets, 0 before the first.

    Raises:
        PublicationError: it is not the expected one; the message says who published meanwhile.
    """
    with reading(engine) as connection:
        return _next_revision(connection, round_label, expected)


def publications(engine: Engine, round_label: str) -> list[PublicationRow]:
    """Return every paper of a round, oldest revision first."""
    table = PublicationTable.__table__
    return _rows(engine, PublicationRow, table, (table.c.revision, table.c.id), round=round_label)


def record_event(engine: Engine, event: EventRow) -> bool:
    """Record something that happens once; return False where it had happened already."""
    with writing(engine) as connection:
        lock(connection, "event", event.key)
        if connection.execute(select(EventTable.key).where(EventTable.key == event.key)).first():
            return False
        if event.round is not None:
            ensure_round(connection, event.round)
        connection.execute(insert(EventTable).values({**dataclasses.asdict(event), "detail": to_plain(event.detail)}))
        return True


def events(engine: Engine, round_label: str | None = None, kind: str | None = None) -> list[EventRow]:
    """Return events in the order in which they happened."""
    table = EventTable.__table__
    return _rows(engine, EventRow, table, (table.c.happened_at, table.c.key), round=round_label, kind=kind)


def record_run(engine: Engine, run: RunRow) -> int:
    """Record a try at processing a report and return its number."""
    with writing(engine) as connection:
        if run.round is not None:
            ensure_round(connection, run.round)
        statement = insert(RunTable).values(dataclasses.asdict(run)).returning(RunTable.id)
        return int(connection.execute(statement).scalar_one())


def runs(engine: Engine, round_label: str | None = None, ward: str | None = None) -> list[RunRow]:
    """Return tries in the order in which they were recorded."""
    table = RunTable.__table__
    return _rows(engine, RunRow, table, (table.c.id,), round=round_label, ward=ward)


def prune_runs(engine: Engine, before: datetime) -> int:
    """Forget tries older than `before` and return how many; facts and decisions are never pruned."""
    with writing(engine) as connection:
        return int(connection.execute(RunTable.__table__.delete().where(RunTable.started_at < before)).rowcount)  # type: ignore[attr-defined]


def _next_revision(connection: Connection, round_label: str, expected: int | None) -> int:
    last = connection.execute(
        select(func.max(PublicationTable.revision)).where(PublicationTable.round == round_label)
    ).scalar()
    revision = 0 if last is None else int(last) + 1
    if expected not in (None, revision):
        raise PublicationError(_overtaken(connection, round_label))
    return revision


def _overtaken(connection: Connection, round_label: str) -> str:
    """Return what to tell who publishes a revision that somebody else has published meanwhile."""
    last = connection.execute(
        select(PublicationTable.revision, PublicationTable.published_by)
        .where(PublicationTable.round == round_label)
        .order_by(PublicationTable.id.desc())
        .limit(1)
    ).first()
    if last is None:
        return _("{round} is not published yet; publish it before it is revised").format(round=round_label)
    line = _(
        "{round} was published by {by} meanwhile (revision {n}), nothing of yours was; "
        "look at that edition, and use cchc revise if anything still has to change"
    )
    return line.format(round=round_label, by=last.published_by, n=last.revision)


def _rows(
    engine: Engine, value_of: type[Row], table: FromClause, order: Sequence[ColumnElement[Any]], **wanted: str | None
) -> list[Row]:
    """Return the records of a table as values, those with the wanted values where any are named."""
    names = [field.name for field in dataclasses.fields(value_of)]
    query = select(*(table.c[name] for name in names)).order_by(*order)
    for column, value in wanted.items():
        if value is not None:
            query = query.where(table.c[column] == value)
    with reading(engine) as connection:
        return [value_of(*row) for row in connection.execute(query)]
