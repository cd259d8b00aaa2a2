"""Today's units through time: what the trends of the wards that went into them add up to.

Belongs here: sums over the wards of a unit, across the change of units; whether a round can be compared with others.
Stays out: a ward's own quarters (`trend`), the sums of the district (`district`).

A unit that began with the reform has rounds before it: those of the wards that went whole into it, added up. Counts
add, ratios are computed anew. A ward that was split went into no unit whole: it stays a unit of its own.
"""

from __future__ import annotations

from warehouse.marts.district import OWN_COLUMNS, SUM_COLUMN, summed
from warehouse.marts.trend import EXPECTED
from warehouse.marts.view import MEASURE_COLUMNS, ROUND_COLUMNS, UNIT_COLUMNS, Column, View

_BY = "unit_code, unit_valid_from, unit_kind, unit_name, "


def _joined(flows: str, where: str = "") -> str:
    return summed(f"{flows} f JOIN ward_unit u ON u.ward = f.ward", where, _BY)


TREND_UNIT = View(
    "mart_trend_unit",
    "Figures and indicators of today's units over rounds, those before the unit began added up from its wards",
    (
        *ROUND_COLUMNS,
        *UNIT_COLUMNS,
        *MEASURE_COLUMNS,
        SUM_COLUMN,
        Column("wards_counted", "Wards that are in it", "s.wards_counted"),
        *OWN_COLUMNS,
        Column("wards_expected", "Wards of the unit that should have reported", EXPECTED),
        Column(
            "is_comparable",
            "1 where the quarter covers every ward of the unit, so that it may stand beside other rounds; else 0",
            f"CASE WHEN s.own_wards_counted = {EXPECTED} THEN 1 ELSE 0 END",
        ),
    ),
    f"""
FROM ({_joined("flow_figure", "WHERE unit <> 'percent' AND is_summed(measure)")}
    UNION ALL{_joined("flow_indicator")}
) s
""",
)
