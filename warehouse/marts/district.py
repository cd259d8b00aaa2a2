"""The district through time: what its wards' trends add up to.

Belongs here: sums over wards of figures and of both sides of indicators, with the wards they cover.
Stays out: a ward's own quarters, which are taken apart before they are summed (`trend`).

A difference of two sums would mix the wards of two rounds; so each ward's quarter is taken by itself, and only those
whose quarter is known are summed. Printed percentages have no sum and are left out.
"""

from __future__ import annotations

from warehouse.marts.trend import CONTRADICTORY, UNKNOWN
from warehouse.marts.view import MEASURE_COLUMNS, ROUND_COLUMNS, Column, View

_KNOWN = "flow IS NOT NULL AND (is_ratio = 0 OR base IS NOT NULL)"
_OWN = f"CASE WHEN {UNKNOWN} THEN 0 WHEN {CONTRADICTORY} THEN 0 ELSE 1 END = 1"


def of_ratio(side: str) -> str:
    """Return a side of a sum where it is a ratio's, NULL for figures."""
    return f"CASE WHEN s.is_ratio = 1 THEN s.{side} END"


def value_of(above: str, below: str) -> str:
    """Return the value of a sum: itself for figures, above over below in percent for ratios."""
    return (
        f"CASE WHEN s.is_ratio = 0 THEN s.{above} WHEN s.{below} <> 0 THEN round(s.{above} * 100.0 / s.{below}, 4) END"
    )


def summed(flows: str, where: str = "", by: str = "") -> str:
    """Return the sums of one of the two kinds; each is summed by itself, so that a question of one measure is quick.

    `by` names further columns of `flows` to group by, each with a comma behind it.
    """
    return f"""
    SELECT {by}round, year, number, round_kind, measure_kind, measure, unit, max(is_ratio) AS is_ratio,
           max(is_cumulative) AS is_cumulative, max(less) AS less,
           sum(CASE WHEN {_KNOWN} THEN flow END) AS above, sum(CASE WHEN {_KNOWN} THEN base END) AS below,
           count(CASE WHEN {_KNOWN} THEN 1 END) AS wards_counted,
           sum(CASE WHEN {_OWN} THEN own_flow END) AS own_above, sum(CASE WHEN {_OWN} THEN own_base END) AS own_below,
           count(CASE WHEN {_OWN} THEN 1 END) AS own_wards_counted
    FROM {flows} {where}
    GROUP BY {by}round, year, number, round_kind, measure_kind, measure, unit"""


SUM_COLUMN = Column(
    "value",
    "Sum, or sum over sum in percent; in rounds 2 and 4 that of the longer span",
    value_of("above", "below"),
)
OWN_COLUMNS = (
    Column(
        "own_value",
        "The same of the quarter alone; NULL where no ward's quarter is known",
        value_of("own_above", "own_below"),
    ),
    Column("own_numerator", "Numerator of the quarter alone, for indicators", of_ratio("own_above")),
    Column("own_denominator", "Denominator of the quarter alone, for indicators", of_ratio("own_below")),
    Column("own_wards_counted", "Wards whose quarter is known, which own_value covers", "s.own_wards_counted"),
)
"""What is known of the quarter alone where wards are added up."""

TREND_DISTRICT = View(
    "mart_trend_district",
    "Figures and indicators of the district over rounds: sums, and sum over sum, of the wards that are known",
    (
        *ROUND_COLUMNS,
        *MEASURE_COLUMNS,
        SUM_COLUMN,
        Column("numerator", "Sum of numerators, for indicators", of_ratio("above")),
        Column("denominator", "Sum of denominators, for indicators", of_ratio("below")),
        Column("wards_counted", "Wards that are in it", "s.wards_counted"),
        *OWN_COLUMNS,
        Column(
            "wards_expected",
            "Wards that should have reported",
            "(SELECT count(*) FROM round_ward e WHERE e.round = s.round)",
        ),
        Column(
            "how",
            "How the quarter came about: printed, derived (by subtraction), cumulative (cannot be taken apart, the "
            "longer span stands) or unknown (no ward's quarter is known)",
            "CASE WHEN s.own_wards_counted = 0 THEN 'unknown' WHEN s.is_cumulative = 1 THEN 'cumulative' "
            "WHEN s.less > 0 THEN 'derived' ELSE 'printed' END",
        ),
    ),
    f"""
FROM ({summed("flow_figure", "WHERE unit <> 'percent' AND is_summed(measure)")}
    UNION ALL{summed("flow_indicator")}
) s
""",
)
