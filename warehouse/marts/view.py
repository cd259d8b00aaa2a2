"""A view as a value: its name, what it means, its columns and where they come from.

Belongs here: the value and the SQL it becomes.
Stays out: any one view.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Column:
    """One column of a view: name, meaning, and the expression that makes it ("" for the name itself)."""

    name: str
    meaning: str
    expression: str = ""

    @property
    def sql(self) -> str:
        """Return the column as it stands in the select list."""
        return f"{self.expression or self.name} AS {self.name}"


@dataclass(frozen=True)
class View:
    """One view; `source` is everything from FROM on. Views whose name begins with mart_ are for analysts."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    source: str

    @property
    def create(self) -> str:
        """Return the statement that makes the view."""
        select_list = ",\n    ".join(column.sql for column in self.columns)
        return f"CREATE VIEW {self.name} AS SELECT\n    {select_list}\n{self.source.strip()}"

    @property
    def is_mart(self) -> bool:
        """Tell whether analysts are meant to read it."""
        return self.name.startswith("mart_")


WARD_COLUMNS = (
    Column("ward", "Ward (ward.slug)", "w.slug"),
    Column("ward_code", "Official code of the ward", "w.code"),
    Column("ward_kind", "phường or xã", "w.kind"),
    Column("ward_name", "Vietnamese name of the ward", "w.name"),
    Column("ward_sort_key", "Key by which names sort as a Vietnamese reader expects", "w.sort_key"),
    Column("ward_search", "Kind and name in lower case without marks, for searching", "w.search"),
)
"""The ward as every mart names it; the view's source calls the table `w`."""
