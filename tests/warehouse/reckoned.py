"""Answers to the cookbook worked out apart from the marts: pandas over the tables of facts.

Belongs here: one function a question, from the tables and what the question asks about to rows.
Stays out: views and any SQL but the reading of whole tables; what figures count, which other tests recompute.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd
from sqlalchemy import Engine, text

from catalogue.indicators import indicators
from catalogue.rules import holding_rules
from warehouse.connection import reading

Asked = Mapping[str, str]
Rows = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Tables:
    """The tables of a warehouse as frames, each read once."""

    engine: Engine

    def __call__(self, name: str) -> pd.DataFrame:
        with reading(self.engine) as connection:
            found = connection.execute(text(f'SELECT * FROM "{name}"'))
            return pd.DataFrame(found.all(), columns=list(found.keys()), dtype="object")

    @cached_property
    def wards(self) -> pd.DataFrame:
        return self("ward").sort_values("sort_key").set_index("slug")

    @cached_property
    def rounds(self) -> pd.DataFrame:
        return self("round").set_index("label")

    @cached_property
    def figures(self) -> pd.DataFrame:
        """Return the figures in force with unit, sorted as wards sort."""
        joined = self("figure_current").merge(self("figure")[["code", "unit"]], left_on="figure", right_on="code")
        joined["sort_key"] = joined.ward.map(self.wards.sort_key)
        joined["name"] = joined.ward.map(self.wards.name)
        return joined.sort_values(["round", "sort_key", "figure"])

    @cached_property
    def values(self) -> dict[tuple[str, str, str], float]:
        """Return what counts by round, ward and figure."""
        counting = self.figures[self.figures.value.notna()]
        keys = zip(counting["round"], counting.ward, counting.figure, strict=True)
        return dict(zip(keys, map(float, counting.value), strict=True))

    def side(self, label: str, ward: str, ways: tuple[tuple[str, ...], ...]) -> float | None:
        """Return the sum of the first way of which every figure counts."""
        for way in ways:
            found = [self.values.get((label, ward, figure)) for figure in way]
            if None not in found:
                return sum(value for value in found if value is not None)
        return None

    def ratio(self, label: str, ward: str, code: str) -> tuple[float, float] | None:
        """Return both sides of an indicator, None where one is not known."""
        sides = [
            self.side(label, ward, ways) for ways in (indicators()[code].numerator, indicators()[code].denominator)
        ]
        return None if sides[0] is None or sides[1] is None else (sides[0], sides[1])

    def expected(self, label: str) -> list[str]:
        """Return the wards that exist on the last day of a round's window, in the order of their names."""
        day = str(self.rounds.window_end[label])
        wards = self.wards
        there = (wards.valid_from.map(str) <= day) & (wards.valid_to.isna() | (wards.valid_to.map(str) >= day))
        return list(wards.index[there])

    def in_time(self, label: str, ward: str) -> int | None:
        """Return 1 or 0 by the first readable arrival, None where there is none."""
        rows = self("submission")
        rows = rows[
            (rows.ward == ward) & (rows["round"] == label) & (rows.state == "placed") & (rows.outcome == "read")
        ]
        if rows.empty:
            return None
        arrived = pd.to_datetime(rows.received_at, utc=True).dt.tz_convert("Asia/Ho_Chi_Minh").min()
        return int(arrived.date() <= pd.Timestamp(self.rounds.due_date[label]).date())

    def own(self, label: str, value: Callable[[str], float | None]) -> float | None:
        """Return the quarter alone of something additive; `value` gives it for a round as printed."""
        year, number = label.split("-Q")
        parts = {"1": "1", "2": "21", "3": "3", "4": "432"}[number]
        if number == "4":
            parts = "423"
        found = [value(f"{year}-Q{part}") for part in parts]
        if any(part is None for part in found):
            return None
        known = [part for part in found if part is not None]
        return known[0] - sum(known[1:])


def _who(t: Tables, a: Asked) -> Rows:
    rows = []
    open_figures = t.figures[(t.figures["round"] == a["round"]) & t.figures.status.isin(["waiting", "blocked"])]
    findings = t("finding")
    findings = findings[(findings["round"] == a["round"]) & (findings.state == "open")]
    holding = findings[(findings.severity == "error") | findings.rule.isin(list(holding_rules()))]
    for ward in t.expected(a["round"]):
        in_time = t.in_time(a["round"], ward)
        waits = ward in set(open_figures.ward) | set(holding.ward)
        state = "missing" if in_time is None else "review" if waits else "loaded"
        rows.append((t.wards.kind[ward], t.wards.name[ward], state, in_time))
    return sorted(rows, key=lambda row: row[2] != "missing")


def _worst(t: Tables, a: Asked) -> Rows:
    rows = [(t.wards.name[w], *sides) for w in t.wards.index if (sides := t.ratio(a["round"], w, a["indicator"]))]
    return sorted(((n, p, q, p * 100 / q) for n, p, q in rows if q), key=lambda row: row[3])[:10]


def _district(t: Tables, a: Asked) -> Rows:
    expected, rows = t.expected(a["round"]), []
    for code in sorted(indicators()):
        known = [sides for ward in t.wards.index if (sides := t.ratio(a["round"], ward, code))]
        if known:
            over, under = (sum(side) for side in zip(*known, strict=True))
            rows.append((code, over, under, over * 100 / under if under else None, len(known), len(expected)))
    return rows


def _source(t: Tables, a: Asked) -> Rows:
    mine = t.figures[(t.figures["round"] == a["round"]) & (t.figures.ward == a["ward"])]
    printed = mine.merge(t("figure_value"), on=["report_id", "figure", "seq"], suffixes=("", "_v"))
    joined = printed.merge(t("report")[["id", "doc_no"]], left_on="report_id", right_on="id").sort_values("figure")
    return _tuples(joined[["figure", "printed", "raw", "sentence", "page", "doc_no"]])


def _open(t: Tables, a: Asked) -> Rows:
    rows = t.figures[(t.figures["round"] == a["round"]) & t.figures.status.isin(["waiting", "blocked"])]
    bound = t("finding_figure").merge(t("finding"), left_on="finding_key", right_on="key", suffixes=("", "_f"))
    bound = bound[(bound.state == "open") & (bound.severity == "error")]
    bound = bound[["round", "ward", "figure", "rule", "expected"]]
    joined = rows.merge(bound, how="left", on=["round", "ward", "figure"])
    return _tuples(joined[["name", "figure", "status", "printed", "rule", "expected"]])[:100]


def _printings(t: Tables, a: Asked) -> Rows:
    rows = t.figures[(t.figures["round"] == a["round"]) & (t.figures.unit == a["unit"])]
    return [
        (code, len(g), int(g.value.notna().sum()), sum(map(float, g.value.dropna())) if g.value.notna().any() else None)
        for code, g in rows.groupby("figure")
    ]


def _quarters(t: Tables, a: Asked) -> Rows:
    mine = t.figures[(t.figures.ward == a["ward"]) & (t.figures.figure == a["measure"])]
    rows = []
    for label, value in zip(mine["round"], mine.value, strict=True):
        own = t.own(label, lambda r: t.values.get((r, a["ward"], a["measure"])))
        how = "unknown" if own is None else "derived" if label[-1] in "24" else "printed"
        rows.append((label, value, own, how))
    return rows


def _against_before(t: Tables, a: Asked) -> Rows:
    def own(label: str, ward: str) -> float | None:
        sides = [t.own(label, lambda r, i=i: (t.ratio(r, ward, a["measure"]) or (None, None))[i]) for i in (0, 1)]  # type: ignore[misc]
        return sides[0] * 100 / sides[1] if sides[0] is not None and sides[1] else None

    rows = []
    for ward in t.wards.index:
        before, now = own(a["round_before"], ward), own(a["round"], ward)
        if now is not None:
            rows.append((t.wards.name[ward], before, now, None if before is None else now - before))
    return rows


def _differing(t: Tables, a: Asked) -> Rows:
    printed = t.figures[(t.figures["round"] == a["round"]) & (t.figures.figure == a["figure"])]
    rows = []
    for ward, value in zip(printed.ward, printed.printed, strict=True):
        sides = t.ratio(a["round"], ward, a["indicator"])
        if sides and sides[1]:
            computed = sides[0] * 100 / sides[1]
            rows.append((t.wards.name[ward], value, *sides, computed, abs(float(value) - computed)))
    return rows


def _rules(t: Tables, a: Asked) -> Rows:
    rows = t("finding")
    rows = rows[(rows["round"] == a["round"]) & (rows.state == "open")]
    return [(*key, g.key.nunique(), g.ward.nunique()) for key, g in rows.groupby(["rule", "severity"])]


def _criteria(t: Tables, a: Asked) -> Rows:
    runs = t("calculation")
    runs = runs[(runs["round"] == a["round"]) & (runs.scorecard == a["scorecard"]) & runs.calculated_to.isna()]
    of = dict(zip(runs.kind, runs.id, strict=True))
    scores, places = t("score"), t("rank")
    place = places[(places.calculation_id == of["ranking"]) & (places.ward == a["ward"])].iloc[0]
    mine = scores[(scores.calculation_id == of["score"]) & (scores.ward == a["ward"])].sort_values("position")
    return [
        (place["rank"], place.total, s.criterion, s.ratio, s.points, s.max_points, s.state) for s in mine.itertuples()
    ]


def _today(t: Tables, a: Asked) -> Rows:
    rows = t.figures[(t.figures["round"] == a["round"]) & (t.figures.figure == a["measure"]) & t.figures.value.notna()]
    units = {w: (t.wards.successor_kind[w], t.wards.successor_name[w]) for w in t.wards.index}
    values = dict(zip(rows.ward, map(float, rows.value), strict=True))
    found = []
    for unit in dict.fromkeys(units[ward] for ward in values):
        members = [ward for ward in t.expected(a["round"]) if units[ward] == unit]
        known = [values[ward] for ward in members if ward in values]
        found.append((*unit, a["round"], sum(known), len(known), len(members)))
    return found


def _decided(t: Tables, a: Asked) -> Rows:
    made = t("decision")
    made = made[made["round"] == a["round"]][["kind", "ward", "figure", "printed", "value", "decided_by", "reason"]]
    rows = t.figures[(t.figures["round"] == a["round"]) & t.figures.status.isin(["waiting", "blocked"])]
    waits = [
        ("open", status, None, figure, None, None, None, None, len(g))
        for (status, figure), g in rows.groupby(["status", "figure"])
    ]
    return [("decided", *row, 1) for row in _tuples(made)] + waits


def _late(t: Tables, a: Asked) -> Rows:
    rows: dict[str, list[int | None]] = {}
    for label in t.rounds.index:
        if a["first_round"] <= label <= a["last_round"]:
            for ward in t.expected(label):
                rows.setdefault(ward, []).append(t.in_time(label, ward))
    return [(t.wards.name[w], seen.count(0), seen.count(None), len(seen)) for w, seen in rows.items()]


def _district_quarters(t: Tables, a: Asked) -> Rows:
    rows = []
    for label in sorted({key[0] for key in t.values if key[2] == a["measure"]}):
        owns = [t.own(label, lambda r, w=w: t.values.get((r, w, a["measure"]))) for w in t.wards.index]  # type: ignore[misc]
        known = [own for own in owns if own is not None]
        rows.append((label, sum(known) if known else None, len(known), len(t.expected(label))))
    return rows


def _citing(t: Tables, a: Asked) -> Rows:
    loads = t("report")
    loads = loads[(loads["round"] == a["round"]) & loads.loaded_to.isna()]
    rows = t("citation").merge(loads[["id", "ward"]], left_on="report_id", right_on="id")
    rows = rows[[a["subject"] in subject for subject in rows.subject]]
    return [
        (
            t.wards.name[c.ward],
            c.kind,
            c.number,
            str(c.day),
            c.number.split("-")[-1],
            int(c.number != a["number_in_force"]),
        )
        for c in rows.itertuples()
    ]


def _per_head(t: Tables, a: Asked) -> Rows:
    given = t("denominator")
    rows = []
    for ward in t.wards.index:
        value = t.values.get((a["round"], ward, a["figure"]))
        if value is None:
            continue
        staff = t.side(a["round"], ward, (("staff_total",), ("staff_cadres", "staff_civil_servants")))
        people = given[(given.ward == ward) & (given.measure == "population") & (given.year <= int(a["round"][:4]))]
        newest = None if people.empty else people.sort_values("year").iloc[-1]
        held = (None, None, None)
        if newest is not None:
            held = (newest.value, newest.year, value * 1000 / float(newest.value))
        rows.append((t.wards.name[ward], value, staff, value / staff if staff else None, *held))
    return rows


def _tuples(frame: pd.DataFrame) -> Rows:
    return [tuple(None if pd.isna(cell) else cell for cell in row) for row in frame.itertuples(index=False)]


ANSWERS: dict[int, Callable[[Tables, Asked], Rows]] = {
    1: _who,
    2: _worst,
    3: _district,
    4: _source,
    5: _open,
    6: _printings,
    7: _quarters,
    8: _against_before,
    9: _differing,
    10: _rules,
    11: _criteria,
    12: _today,
    13: _decided,
    14: _district_quarters,
    15: _late,
    16: _citing,
    17: _per_head,
}
"""By number of the question. Question 14 is worked out without the printed totals and without `how`."""


def plain(rows: Rows) -> Rows:
    """Return rows with numbers of every engine alike, to two decimals, in an order of their own."""
    return sorted((tuple(map(_plain, row)) for row in rows), key=repr)


def _plain(cell: Any) -> Any:
    if cell is None or isinstance(cell, str):
        return cell
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return None if pd.isna(cell) else round(float(cell), 2) + 0.0
