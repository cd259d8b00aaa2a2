"""A sheet of the workbook as a value: what stands in it, not how XlsxWriter is told.

Belongs here: columns, cells and sheets, and keeping text from outside inert.
Stays out: what the sheets of a round say (`results`), writing (`writer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

Form = Literal["text", "aside", "long", "place", "count", "percent", "points", "amount", "day", "moment", "share"]
Tone = Literal["plain", "marked", "waiting", "blocked", "missing"]
Value = str | int | Decimal | date | datetime | None

_RISKY = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767


@dataclass(frozen=True)
class Cell:
    """A value that needs more than its column says: a note, a tone, or a link inside the workbook."""

    value: Value
    note: str = ""
    tone: Tone = "plain"
    link: str = ""
    form: Form | None = None


@dataclass(frozen=True)
class Column:
    """A column: head (unique in its sheet), width in characters, form of its values, and whether it shows bars.

    Columns at the end may be for the screen only; they are not printed.
    """

    head: str
    width: float
    form: Form = "text"
    bars: bool = False
    screen_only: bool = False


@dataclass(frozen=True)
class Chart:
    """A bar chart of one column over another, of the first `rows` rows."""

    title: str
    labels: int
    values: int
    rows: int
    description: str


@dataclass(frozen=True)
class Lines:
    """A line chart: a line for each of some rows, labelled by their first column, over columns `first` to `last`."""

    title: str
    rows: tuple[int, ...]
    first: int
    last: int
    description: str


@dataclass(frozen=True)
class Sheet:
    """One sheet: a title, a lead under it, and one table. The first `frozen` columns stay in sight."""

    name: str
    title: str
    lead: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | Cell, ...], ...]
    frozen: int = 1
    portrait: bool = False
    chart: Chart | Lines | None = None


def inert(text: str) -> tuple[str, bool]:
    """Return text that a cell can hold, and whether the cell must be told to take it as text even when edited."""
    kept = "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff"))
    if len(kept) > CELL_LIMIT:
        kept = kept[: CELL_LIMIT - 1] + "…"
    return kept, kept.startswith(_RISKY)
