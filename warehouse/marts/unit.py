"""Today's units through time: what the trends of the wards that went into them add up to.

Belongs here: sums over the wards of a unit, across the change of units; whether a round can be compared with others.
Stays out: a ward's own quarters (`trend`), the sums of the district (`district`).

A unit that began with the reform has rounds before it: those of the wards that went whole into it, added up. Counts
add, ratios are computed anew. A ward that was split went into no unit whole: it stays a unit of its own.
"""

from __future__ import annotations

from warehouse.marts.district import of_ratio, summed, value_of
from warehouse.marts.view import Column, View

_BY = "unit_code, unit_valid_from, unit_kind, unit_name, "
_EXPECTED = """(SELECT count(*) FROM round_ward e JOIN ward_unit x ON x.ward = e.ward
     WHERE e.round = s.round AND x.unit_code = s.unit_code AND x.unit_valid_from = s.unit_valid_from)"""


def _joined(flows: str, where: str = "") -> str:
    return summed(f"{flows} f JOIN ward_unit u ON u.ward = f.ward", where, _BY)


TREND_UNIT = View(
    "mart_trend_unit",
    "Figures and indicators of today's units over rounds, those before the unit began added up from its wards",
    (
        Column("round", "Round", "s.round"),
        Column("year", "Year of the round", "s.year"),
        Column("number", "1 to 4 within the year", "s.number"),
        Column("round_kind", "quarter, nine_months or month; spans of two kinds must not be added up", "s.round_kind"),
        Column("unit_code", "Official code of the unit", "s.unit_code"),
        Column("unit_valid_from", "First day of the unit", "s.unit_valid_from"),
        Column("unit_kind", "Kind of the unit", "s.unit_kind"),
        Column("unit_name", "Name of the unit", "s.unit_name"),
        Column("measure_kind", "figure or indicator", "s.measure_kind"),
        Column("measure", "Code of the figure or indicator", "s.measure"),
        Column("unit", "count, percent or vnd", "s.unit"),
        Column("value", "Sum, or sum over sum in percent; in rounds 2 and 4 that of the longer span",
               value_of("above", "below")),
        Column("wards_counted", "Wards that are in it", "s.wards_counted"),
        Column("own_value", "The same of the quarter alone; NULL where no ward's quarter is known",
               value_of("own_above", "own_below")),
        Column("own_numerator", "Numerator of the quarter alone, for indicators", of_ratio("own_above")),
        Column("own_denominator", "Denominator of the quarter alone, for indicators", of_ratio("own_below")),
        Column("own_wards_counted", "Wards whose quarter is known, which own_value covers", "s.own_wards_counted"),
        Column("wards_expected", "Wards of the unit that should have reported", _EXPECTED),
        Column(
            "is_comparable",
            "1 where the quarter covers every ward of the unit, so that it may stand beside other rounds; else 0",
            f"CASE WHEN s.own_wards_counted = {_EXPECTED} THEN 1 ELSE 0 END",
        ),
    ),
    f"""
FROM ({_joined("flow_figure", "WHERE unit <> 'percent' AND is_summed(measure)")}
    UNION ALL{_joined("flow_indicator")}
) s
""",
)  # fmt: skip
