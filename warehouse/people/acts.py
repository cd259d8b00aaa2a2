"""The log of acts: who did what when; rows are only ever added.

Belongs here: adding and reading. Stays out: what kinds of acts there are, which is for those who act to say.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from warehouse.codec import to_plain
from warehouse.connection import reading, writing
from warehouse.people.accounts import Account
from warehouse.tables import ActTable


@dataclass(frozen=True)
class Act:
    """One thing that somebody did; `detail` is made of text and numbers."""

    kind: str
    name: str
    account_id: int | None = None
    round: str | None = None
    ward: str | None = None
    detail: Any = field(default_factory=dict)


@dataclass(frozen=True)
class ActRow:
    """An act as it is kept."""

    id: int
    done_at: datetime
    account_id: int | None
    name: str
    kind: str
    round: str | None
    ward: str | None
    detail: Any


def act_of(account: Account, kind: str, *, round: str | None = None, ward: str | None = None, **detail: Any) -> Act:
    """Return an act of a person."""
    return Act(kind, account.name, account.id, round, ward, detail)


def note(engine: Engine, act: Act, moment: datetime) -> None:
    """Write an act down."""
    with writing(engine) as connection:
        note_in(connection, act, moment)


def note_in(connection: Connection, act: Act, moment: datetime) -> None:
    """Write an act down in the caller's transaction: both are kept or neither."""
    connection.execute(
        insert(ActTable).values(
            done_at=moment,
            account_id=act.account_id,
            name=act.name,
            kind=act.kind,
            round=act.round,
            ward=act.ward,
            detail=to_plain(act.detail),
        )
    )


def acts(
    engine: Engine, *, round_label: str | None = None, name: str | None = None, most: int | None = None
) -> list[ActRow]:
    """Return acts, the latest first."""
    query = select(ActTable.__table__).order_by(ActTable.id.desc())
    if round_label is not None:
        query = query.where(ActTable.round == round_label)
    if name is not None:
        query = query.where(ActTable.name == name)
    if most is not None:
        query = query.limit(most)
    with reading(engine) as connection:
        return [ActRow(**row) for row in connection.execute(query).mappings()]
