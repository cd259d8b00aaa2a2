"""Views of rates: figures held against people, households, area and officers.

Belongs here: what the office gave of its units, and the figures of a report per 1,000 people and per officer.
Stays out: ratios of two printed figures (`indicators`).

A denominator is the newest of its kind that is not of a later year than the round, and its year stands beside it. Where
the office gave none there is no rate: nothing is carried over from another unit or estimated.
"""

from __future__ import annotations

from catalogue.indicators import officers
from warehouse.marts.trend import CONTRADICTORY
from warehouse.marts.view import Column, View, ward_columns

DENOMINATOR = View(
    "mart_denominator",
    "People, households and area of the units by year, as the office gave them with their source",
    (
        *ward_columns("d.ward"),
        Column("year", "Year the value is of", "d.year"),
        Column("measure", "population, households or area_km2", "d.measure"),
        Column("value", "People, households, or square kilometres", "d.value"),
        Column("source", "Publication it was taken from", "d.source"),
        Column("source_date", "Day of the publication", "d.source_date"),
    ),
    "FROM denominator d LEFT JOIN ward w ON w.slug = d.ward",
)

_OWN = f"CASE WHEN {CONTRADICTORY} THEN NULL ELSE s.own_flow END"


def rate() -> View:
    """Return the view of figures that add up, each with what it may be held against."""
    return View(
        "mart_rate",
        "Counts and amounts in force per 1,000 people, per 1,000 households and per officer; empty without a source",
        (
            Column("round", "Round", "s.round"),
            Column("year", "Year of the round", "s.year"),
            Column("number", "1 to 4 within the year", "s.number"),
            *ward_columns("s.ward"),
            Column("figure", "Code of the figure", "s.measure"),
            Column("unit", "count, percent or vnd", "s.unit"),
            Column("value", "Value of the report; in rounds 2 and 4 that of the longer span", "s.value"),
            Column("own_value", "Value of the quarter alone; NULL where it is not known", _OWN),
            Column("population", "People of the unit, NULL where the office gave none", "p.value"),
            Column("population_year", "Year the number of people is of, that of the round or before", "p.year"),
            Column("population_source", "Publication the number of people was taken from", "p.source"),
            Column("per_1000_people", "Value per 1,000 people", _rate("s.value", "p.value", 1000)),
            Column("own_per_1000_people", "Value of the quarter alone per 1,000 people", _rate(_OWN, "p.value", 1000)),
            Column("households", "Households of the unit, NULL where the office gave none", "h.value"),
            Column("households_year", "Year the number of households is of, that of the round or before", "h.year"),
            Column("per_1000_households", "Value per 1,000 households", _rate("s.value", "h.value", 1000)),
            Column("area_km2", "Area of the unit in square kilometres, NULL where the office gave none", "a.value"),
            Column("area_year", "Year the area is of, that of the round or before", "a.year"),
            Column("officers", "Officers by the same report, NULL where they do not count", "s.officers"),
            Column("per_officer", "Value per officer", _rate("s.value", "s.officers")),
            Column("own_per_officer", "Value of the quarter alone per officer", _rate(_OWN, "s.officers")),
        ),
        f"""
FROM (SELECT f.*, {_officers()} AS officers FROM flow_figure f
    WHERE f.unit <> 'percent' AND is_summed(f.measure) AND f.value IS NOT NULL) s
LEFT JOIN ward w ON w.slug = s.ward
{_newest("p", "population")}
{_newest("h", "households")}
{_newest("a", "area_km2")}
""",
    )


def _rate(over: str, under: str, times: int = 1) -> str:
    return f"CASE WHEN {under} <> 0 THEN round(({over}) * {times}.0 / {under}, 4) END"


def _newest(name: str, measure: str) -> str:
    return (
        f"LEFT JOIN denominator {name} ON {name}.ward = s.ward AND {name}.measure = '{measure}' AND {name}.year = "
        f"(SELECT max(x.year) FROM denominator x WHERE x.ward = s.ward AND x.measure = '{measure}' "
        "AND x.year <= s.year)"
    )


def _officers() -> str:
    """Return the first way to count the officers of which every figure counts."""
    ways = (
        f"(SELECT CASE WHEN count(c.value) = {len(way)} THEN sum(c.value) END FROM figure_current c "
        f"WHERE c.round = f.round AND c.ward = f.ward AND c.figure IN ({', '.join(repr(code) for code in way)}))"
        for way in officers()
    )
    return f"coalesce({', '.join(ways)}, NULL)"
