"""A report's figures held against what another system says of the unit.

Belongs here: the differences as findings. Stays out: reading the system's table (`parsers.exports`), where either
side is kept (`warehouse.system_values`).

A difference is a figure with two values (`conflicting_values`); which is right, a person decides. Where the report
prints nothing, the system's value is worth knowing and nobody is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rules import rule_book
from cchc.messages import translator
from validation.finding import Finding, Quote
from validation.phrases import amount, both, figure_name, proposal

_ = translator("validation")

RULE = "conflicting_values"
_CENT = Decimal("0.01")
_DECIMALS = re.compile(r",(\d+)")


@dataclass(frozen=True)
class SystemValue:
    """A figure of a unit in another system, with the file, cell and heading it stands in."""

    ward: str
    figure: str
    value: Decimal
    source: str
    cell: str
    heading: str


@dataclass(frozen=True)
class Reported:
    """What a report says of a figure: the value, as printed, its sentence and page, and whether a person decided it."""

    value: Decimal
    raw: str = ""
    sentence: str = ""
    page: int | None = None
    decided: bool = False


def system_findings(
    label: str, values: Iterable[SystemValue], reports: Mapping[str, Mapping[str, Reported]]
) -> list[Finding]:
    """Return where reports of a round and another system differ, unit by unit in the order of the values.

    `reports` maps the units whose report is read to their figures; of others nothing is said.
    """
    return [
        _finding(label, one, reports[one.ward].get(one.figure))
        for one in values
        if one.ward in reports and not _agree(one, reports[one.ward].get(one.figure))
    ]


def _agree(system: SystemValue, reported: Reported | None) -> bool:
    """Return whether both say the same; a percentage may be rounded or cut off at the digits the report prints."""
    if reported is None:
        return False
    if figure_definitions()[system.figure].unit != "percent":
        return reported.value == system.value
    decimals = _DECIMALS.search(reported.raw)
    step = Decimal(1).scaleb(-len(decimals[1])) if decimals and not reported.decided else _CENT
    over = system.value - reported.value
    return -step / 2 <= over < step or abs(over) <= _CENT


def _finding(label: str, system: SystemValue, reported: Reported | None) -> Finding:
    vietnamese, english = both(lambda: _text(system, reported))
    quotes = (
        (Quote(reported.sentence, reported.page, reported.raw, system.figure),) if reported and reported.raw else ()
    )
    return Finding(
        rule=RULE,
        severity=rule_book().rules[RULE].severity if reported else "info",
        ward=system.ward,
        round=label,
        figures=(system.figure,),
        printed=f"{_said(reported)} · {system.value:f}",
        expected=both(lambda: amount(system.figure, system.value))[0],
        message_vi=vietnamese,
        message_en=english,
        quotes=quotes,
        proposals=(proposal(system.figure, system.value, lambda: _place(system)),),
    )


def _said(reported: Reported | None) -> str:
    """Return what the report says, free of language: part of a finding's key."""
    if reported is None:
        return "–"
    return f"{reported.value:f}" if reported.decided or not reported.raw else reported.raw


def _text(system: SystemValue, reported: Reported | None) -> str:
    if reported is None:
        text = _("{figure}: the report says nothing, the system says {system} ({place}).")
    elif reported.decided:
        text = _("{figure}: decided as {reported}, the system says {system} ({place}). Please check which is right.")
    else:
        text = _(
            "{figure}: the report says {reported}, the system says {system} ({place}). Please check which is right."
        )
    return text.format(
        figure=figure_name(system.figure),
        reported=amount(system.figure, reported.value) if reported else "",
        system=amount(system.figure, system.value),
        place=_place(system),
    )


def _place(system: SystemValue) -> str:
    text = _("file {file}, cell {cell}, column “{heading}”")
    return text.format(file=system.source, cell=system.cell, heading=system.heading)
