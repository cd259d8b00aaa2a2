"""A report's figures held against what another system says of the unit.

Belongs here: the differences, as plain values. Stays out: reading the system's table, where the report's figures lie.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import figure_definitions

TOLERANCE_PERCENT = Decimal("0.01")
"""Points of a percentage by which two printings of one ratio may differ: both are rounded."""


@dataclass(frozen=True)
class SystemDifference:
    """One figure of which report and system say different things; `reported` None where the report has none."""

    ward: str
    figure: str
    reported: Decimal | None
    system: Decimal
    heading: str


def system_differences(
    ward: str, reported: Mapping[str, Decimal | None], system: Mapping[str, Decimal], headings: Mapping[str, str]
) -> list[SystemDifference]:
    """Return where a report and a system differ, in the order of the catalogue."""
    return [
        SystemDifference(ward, code, reported.get(code), system[code], headings.get(code, ""))
        for code in figure_definitions()
        if code in system and not _agree(code, reported.get(code), system[code])
    ]


def _agree(code: str, reported: Decimal | None, system: Decimal) -> bool:
    if reported is None:
        return False
    allowed = TOLERANCE_PERCENT if figure_definitions()[code].unit == "percent" else Decimal(0)
    return abs(reported - system) <= allowed
