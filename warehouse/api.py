"""The warehouse for analysts, as pandas frames.

Belongs here: one function a question, each a frame with named columns and fitting types, now or as of a moment.
Stays out: writing; a `House` only reads.

    >>> from warehouse.api import House                                       # doctest: +SKIP
    >>> house = House("sqlite:///var/warehouse.db")                           # doctest: +SKIP
    >>> house.figures("2023-Q3").groupby("figure")["value"].sum()             # doctest: +SKIP

Numbers are float64, whole numbers up to 2**53 and decimals up to 15 digits being what the report says; ids and counts
are Int64, moments carry the office's zone, what is not known is NA. A frame is small enough to hold: a round of the
country is 200,000 figures.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine

from warehouse import queries
from warehouse.connection import connect, reading
from warehouse.marts import View
from warehouse.marts.fetch import fetch, mart
from warehouse.marts.view import Kind

if TYPE_CHECKING:
    import pandas as pd

DTYPES: Mapping[Kind, str] = {
    "text": "str",
    "number": "float64",
    "integer": "Int64",
    "real": "float64",
    "date": "datetime64[us]",
    "moment": "datetime64[us, Asia/Ho_Chi_Minh]",
    "flag": "boolean",
}


class House:
    """A warehouse opened for reading."""

    def __init__(self, warehouse: str | Engine) -> None:
        self._engine = connect(warehouse) if isinstance(warehouse, str) else warehouse

    def mart(self, name: str, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return a mart, or its rows of one round, now or as of a moment.

        `docs/data-dictionary.md` says what its columns mean, `warehouse.marts.past` what a past state knows.

        Raises:
            WarehouseError: there is no such mart.
        """
        view = mart(name)
        with reading(self._engine) as connection:
            return to_frame(view, fetch(connection, view, round_label, as_of=as_of))

    def rounds(self) -> list[str]:
        """Return the labels of the rounds anything is known of, oldest first."""
        return queries.rounds(self._engine)

    def figures(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return figures, one row a ward and figure."""
        return self.mart("mart_figure_long", round_label, as_of=as_of)

    def wide(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return figures that count, one row a ward, one column a figure, indexed by round and ward."""
        return self.mart("mart_figure_wide", round_label, as_of=as_of).set_index(["round", "ward"])

    def indicators(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return indicators by ward: numerator, denominator, value in percent."""
        return self.mart("mart_indicator", round_label, as_of=as_of)

    def trend(self, measure: str, ward: str | None = None) -> pd.DataFrame:
        """Return a figure or indicator over rounds, with the quarter's own value."""
        found = self.mart("mart_trend")
        rows = found[found["measure"] == measure]
        return rows if ward is None else rows[rows["ward"] == ward]

    def ranking(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the places of the wards."""
        return self.mart("mart_ranking", round_label, as_of=as_of)

    def findings(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return open findings, one row a finding and figure."""
        return self.mart("mart_finding_open", round_label, as_of=as_of)

    def decisions(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return what people decided."""
        return self.mart("mart_decision", round_label, as_of=as_of)

    def ledger(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return the ledger, one row for every expected report."""
        return self.mart("mart_ledger", round_label, as_of=as_of)

    def successors(self, round_label: str | None = None, *, as_of: datetime | None = None) -> pd.DataFrame:
        """Return figures and indicators added up into the units of today."""
        return self.mart("mart_successor", round_label, as_of=as_of)

    def close(self) -> None:
        """Give back the connections."""
        self._engine.dispose()


def to_frame(view: View, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Return rows of a mart as a frame with the types of its columns."""
    import pandas as pd

    columns = {
        column.name: pd.Series([row[place] for row in rows], dtype="object")
        for place, column in enumerate(view.columns)
    }
    frame = pd.DataFrame(columns)
    return frame.assign(**{column.name: _typed(frame[column.name], column.kind) for column in view.columns})


def _typed(series: Any, kind: Kind) -> Any:
    import pandas as pd

    if kind == "moment":
        return pd.to_datetime(series, utc=True).dt.tz_convert("Asia/Ho_Chi_Minh").astype(DTYPES[kind])
    if kind == "date":
        return pd.to_datetime(series).astype(DTYPES[kind])
    return series.astype(DTYPES[kind])
