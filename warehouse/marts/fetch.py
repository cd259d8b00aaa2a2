"""Rows of a mart as typed values, the same on both engines.

Belongs here: asking a view for its rows, or those of a round, now or as of a moment.
Stays out: frames (`api`) and files (`export`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Float, Integer, Text, text
from sqlalchemy.types import TypeEngine

from cchc.errors import WarehouseError
from cchc.messages import translator
from warehouse import effective_values as standing
from warehouse.marts import View, views
from warehouse.marts.past import past_sql
from warehouse.marts.view import Kind, on_engine
from warehouse.types import Exact, Moment

_ = translator("warehouse")

TYPES: dict[Kind, type[TypeEngine[Any]] | TypeEngine[Any]] = {
    "text": Text(),
    "number": Exact(),
    "integer": Integer(),
    "real": Float(),
    "date": Date(),
    "moment": Moment(),
    "flag": Boolean(),
}


def mart(name: str) -> View:
    """Return the mart of that name, with or without `mart_` before it.

    Raises:
        WarehouseError: there is none; the message lists those there are.
    """
    known = {view.name: view for view in views() if view.is_mart}
    found = known.get(name) or known.get(f"mart_{name}")
    if found is None:
        raise WarehouseError(
            _("there is no mart '{name}'; there are {known}").format(name=name, known=", ".join(known))
        )
    return found


def has_round(view: View) -> bool:
    """Return whether the rows of a mart are of rounds."""
    return any(column.name == "round" for column in view.columns)


def fetch(
    connection: Connection, view: View, round_label: str | None = None, *, as_of: datetime | None = None
) -> list[tuple[Any, ...]]:
    """Return the rows of a mart in its own order: numbers as Decimals, moments with their zone.

    `round_label` keeps those of one round, where rows are of rounds; `as_of` asks for the mart as it was at a moment.
    """
    names = [column.name for column in view.columns]
    narrow = round_label is not None and has_round(view)
    parameters: dict[str, Any] = {"round": round_label} if narrow else {}
    clause, name = "", view.name
    if as_of is not None:
        clause, name = past_sql(view, views(), narrow)
        clause = on_engine(clause, connection.dialect.name)
        parameters |= standing.past_parameters(connection, as_of)
    where = " WHERE round = :round" if narrow else ""
    order = ", ".join(column for column in _ORDER if column in names)
    query = text(f"{clause} SELECT {', '.join(names)} FROM {name}{where}{' ORDER BY ' + order if order else ''}")
    typed = query.columns(**{column.name: TYPES[column.kind] for column in view.columns})
    return [tuple(row) for row in connection.execute(typed, parameters)]


_ORDER = (
    "round",
    "scorecard",
    "ward_sort_key",
    "ward",
    "unit_code",
    "scope",
    "measure_kind",
    "measure",
    "position",
    "figure",
    "indicator",
    "year",
    "finding_key",
    "report_id",
    "id",
)
"""Columns by which rows stand, so that equal content gives equal files."""
