"""Questions about the reports a round expects.

Belongs here: the ledger's rows, and when each ward's first readable report came.
Stays out: what a row says, which is the mart's; states in words (`pipelines.ledger.entries`).
"""

from __future__ import annotations

import dataclasses
from datetime import datetime

from sqlalchemy import Engine, text

from warehouse.connection import reading, writing
from warehouse.marts.fetch import fetch, mart
from warehouse.queries.arrivals import rounds
from warehouse.reference import ensure_round
from warehouse.rows import LedgerRow
from warehouse.types import Moment

_COLUMNS = {"code": "ward_code", "kind": "ward_kind", "name": "ward_name", "on_time": "is_on_time"}
"""Fields of `LedgerRow` that the mart names otherwise."""


def ledger(engine: Engine, round_label: str, *, as_of: datetime | None = None) -> list[LedgerRow]:
    """Return one row for every report the round expects, in Vietnamese order of names, now or as of a moment."""
    if round_label not in rounds(engine):
        with writing(engine) as connection:
            ensure_round(connection, round_label)
    view = mart("mart_ledger")
    with reading(engine) as connection:
        rows = fetch(connection, view, round_label, as_of=as_of)
    names = [column.name for column in view.columns]
    return [_ledger_row(dict(zip(names, row, strict=True))) for row in rows]


def first_readable(engine: Engine, round_label: str) -> dict[str, datetime]:
    """Return, by ward, when the first report of the round that could be read arrived; on time and late go by it."""
    query = text("SELECT ward, first_readable_at FROM mart_ledger WHERE round = :round")
    typed = query.columns(first_readable_at=Moment)
    with reading(engine) as connection:
        rows = connection.execute(typed, {"round": round_label})
        return {row.ward: row.first_readable_at for row in rows if row.first_readable_at is not None}


def _ledger_row(row: dict[str, object]) -> LedgerRow:
    names = [field.name for field in dataclasses.fields(LedgerRow)]
    values = {name: row[_COLUMNS.get(name, name)] for name in names}
    on_time = values.pop("on_time")
    return LedgerRow(**values, on_time=None if on_time is None else bool(on_time))  # type: ignore[arg-type]
