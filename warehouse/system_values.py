"""Values of other systems: taken in, asked for, and held against the reports of a round.

Belongs here: adding values, the last of each figure, the findings that follow from them.
Stays out: reading tables (`parsers.exports`), what a difference is (`validation.systems`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine, func, insert, select

from validation.finding import Finding
from validation.systems import Reported, SystemValue, system_findings
from warehouse.connection import reading, writing
from warehouse.findings import amend_findings
from warehouse.queries import figures_long, reports
from warehouse.reference import ensure_round
from warehouse.tables import SystemValueTable


def system_values(engine: Engine, round_label: str) -> list[SystemValue]:
    """Return the last value of each ward and figure of a round, by ward in the order they were taken in."""
    table = SystemValueTable
    last = select(func.max(table.id)).where(table.round == round_label).group_by(table.ward, table.figure)
    query = select(table.ward, table.figure, table.value, table.source, table.cell, table.heading)
    with reading(engine) as connection:
        rows = connection.execute(query.where(table.id.in_(last)).order_by(table.ward, table.id))
        return [SystemValue(*row) for row in rows]


def differences(engine: Engine, round_label: str) -> list[Finding]:
    """Return where the reports in force of a round differ from other systems, as findings."""
    values = system_values(engine, round_label)
    return system_findings(round_label, values, _reported(engine, round_label)) if values else []


def take_values(
    engine: Engine, round_label: str, values: Iterable[SystemValue], sha256: str, by: str, moment: datetime
) -> list[Finding]:
    """Keep values of a table and bring the findings of the round in line with them; return all that differ now.

    What only an older table's value made different is resolved; no figure is changed.
    """
    before = {finding.key for finding in differences(engine, round_label)}
    rows = [
        {
            "round": round_label, "ward": v.ward, "figure": v.figure, "value": v.value, "source": v.source,
            "sha256": sha256, "cell": v.cell, "heading": v.heading, "taken_by": by, "taken_at": moment,
        }
        for v in values
    ]  # fmt: skip
    with writing(engine) as connection:
        ensure_round(connection, round_label)
        connection.execute(insert(SystemValueTable), rows)
    found = differences(engine, round_label)
    for row in reports(engine, round_label):
        own = [finding for finding in found if finding.ward == row.ward]
        amend_findings(engine, row.ward, round_label, own, before, moment)
    return found


def _reported(engine: Engine, round_label: str) -> dict[str, dict[str, Reported]]:
    found: dict[str, dict[str, Reported]] = {row.ward: {} for row in reports(engine, round_label)}
    for row in figures_long(engine, round_label):
        value = row.printed if row.decided is None else row.decided
        if value is not None and row.ward in found:
            decided = row.decided is not None
            found[row.ward][row.figure] = Reported(value, row.raw or "", row.sentence or "", row.page, decided)
    return found
