"""A view as a value: its name, what it means, its columns and where they come from.

Belongs here: the value and the SQL it becomes.
Stays out: any one view.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from catalogue.indicators import unsummed
from validation.audience import Matter

Kind = Literal["text", "number", "integer", "real", "date", "moment", "flag"]
"""What a column holds; a number is exact, a real is not, a flag is true or false."""

_KINDS: dict[Kind, str] = {
    "number": "value printed_value decided_value printed numerator denominator coverage own_value own_numerator "
    "own_denominator rival_value points_low points_high total_low total_high kept_share lead_share "
    "weakest_pct own_flow own_base flow base total completeness on_time_rate ratio points max_points "
    "population households area_km2 officers per_1000_people own_per_1000_people per_1000_households per_officer "
    "own_per_officer previous_value last_year_value previous_now previous_change last_year_now last_year_change",
    "integer": "page version submission_id report_id id is_covered is_on_time wards_counted own_wards_counted "
    "wards_expected wards_received wards_on_time wards_loaded versions figures waiting blocked errors "
    "warnings infos size_bytes supersedes_id duplicate_of_id rank rank_in_kind rank_change position year "
    "number less tier best_rank worst_rank previous_rank open_findings marked_figures decided_figures gaps "
    "fallbacks measure_used wards_marked is_older_than_figures is_ratio is_cumulative is_part is_comparable "
    "previous_wards last_year_wards population_year households_year area_year",
    "real": "confidence probability certified_bound least_confidence",
    "date": "first_received_date first_readable_date received_date first_seen_date decided_date loaded_date "
    "calculated_date since_date doc_date due_date closing_date window_start window_end unit_valid_from source_date",
    "moment": "loaded_from loaded_to first_received_at first_readable_at received_at first_seen_at decided_at "
    "calculated_from confirmed_at",
    "flag": "is_current is_sure is_separated is_provisional",
}
_KIND_OF = {name: kind for kind, names in _KINDS.items() for name in names.split()}


_LOCAL_DAY = re.compile(r"local_day\(((?:min\()?[\w.]+\)?)\)")
_DAY_OF = {
    "sqlite": r"date(\1, '+7 hours')",
    "postgresql": r"CAST(\1 AT TIME ZONE 'Asia/Ho_Chi_Minh' AS date)",
}
"""The day of a moment in Viet Nam, seven hours ahead of UTC all the year round since 1975."""


_SUMMED = re.compile(r"is_summed\(([\w.]+)\)")


def on_engine(sql: str, engine: str) -> str:
    """Return SQL as an engine takes it.

    `local_day(moment)` stands for the day of a moment in the office's zone, `is_summed(figure)` for whether a figure's
    values may be added up over wards.
    """
    apart = ", ".join(f"'{code}'" for code in sorted(unsummed()))
    return _SUMMED.sub(rf"(\1 NOT IN ({apart}))", _LOCAL_DAY.sub(_DAY_OF[engine], sql))


@dataclass(frozen=True)
class Column:
    """One column of a view: name, meaning, the expression that makes it ("" for the name itself), what it holds.

    `matter` decides who sees it in an export and in which words (`validation.audience`).
    """

    name: str
    meaning: str
    expression: str = ""
    holds: Kind | None = None
    matter: Matter = "open"

    @property
    def kind(self) -> Kind:
        """Return what the column holds: the same name holds the same kind in every view."""
        return self.holds or _KIND_OF.get(self.name, "text")

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
    def select(self) -> str:
        """Return the question the view stands for."""
        select_list = ",\n    ".join(column.sql for column in self.columns)
        return f"SELECT\n    {select_list}\n{self.source.strip()}"

    @property
    def create(self) -> str:
        """Return the statement that makes the view."""
        return f"CREATE VIEW {self.name} AS {self.select}"

    @property
    def is_mart(self) -> bool:
        """Return whether analysts are meant to read it."""
        return self.name.startswith("mart_")


def ward_columns(ward: str) -> tuple[Column, ...]:
    """Return the ward as every mart names it; `ward` is the column with its slug, the source joins the table as `w`.

    The slug is not taken from `w`, so that the engine can leave the join out where nothing else of the ward is asked.
    """
    return (
        Column("ward", "Ward (ward.slug)", ward),
        Column("ward_code", "Official code of the ward", "w.code"),
        Column("ward_kind", "phường or xã", "w.kind"),
        Column("ward_name", "Vietnamese name of the ward", "w.name"),
        Column("ward_sort_key", "Key by which names sort as a Vietnamese reader expects", "w.sort_key"),
        Column("ward_search", "Kind and name in lower case without marks, for searching", "w.search"),
    )


ROUND_COLUMNS = (
    Column("round", "Round", "s.round"),
    Column("year", "Year of the round", "s.year"),
    Column("number", "1 to 4 within the year", "s.number"),
    Column("round_kind", "quarter, nine_months or month; spans of two kinds must not be added up", "s.round_kind"),
)
"""The round as every view through time names it, out of a source `s`."""

MEASURE_COLUMNS = (
    Column("measure_kind", "figure or indicator", "s.measure_kind"),
    Column("measure", "Code of the figure or indicator", "s.measure"),
    Column("unit", "count, percent or vnd", "s.unit"),
)
"""What is measured, as every view of figures and indicators together names it, out of a source `s`."""

UNIT_COLUMNS = (
    Column("unit_code", "Official code of the unit", "s.unit_code"),
    Column("unit_valid_from", "First day of the unit", "s.unit_valid_from"),
    Column("unit_kind", "Kind of the unit", "s.unit_kind"),
    Column("unit_name", "Name of the unit", "s.unit_name"),
)
"""A unit of today, as every view that adds wards up into units names it, out of a source `s`."""
