"""Findings and decisions: their life in the database.

Belongs here: bringing the findings of a ward and round in line with the last check, recording decisions, and what
that resolves or opens again.
Stays out: finding faults (`validation`), what a figure then counts as (`effective_values`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from validation.finding import Finding
from warehouse.codec import to_plain
from warehouse.connection import lock, writing
from warehouse.tables import DecisionTable, FindingFigureTable, FindingSpellTable, FindingTable


def save_findings(
    engine: Engine, ward: str, round_label: str, findings: Sequence[Finding], moment: datetime
) -> tuple[int, int]:
    """Make these the findings of a ward and round; return how many were opened and how many resolved.

    For checks that look at a round again without reading a report again. A finding that is no longer found is
    resolved by the report; one that comes back is opened again unless a decision on it stands.
    """
    from warehouse import effective_values as standing

    with writing(engine) as connection:
        lock(connection, "version", ward, round_label)
        report_id = _report_in_force(connection, ward, round_label)
        counts = sync_findings(connection, ward, round_label, findings, report_id, moment)
        if counts != (0, 0):
            standing.refresh(connection, ward, round_label)
        return counts


def amend_findings(
    engine: Engine,
    ward: str,
    round_label: str,
    findings: Sequence[Finding],
    among: Collection[str],
    moment: datetime,
) -> tuple[int, int]:
    """Add findings to those of a ward and round, and resolve what of the keys `among` is no longer found.

    For a check of one kind; the other findings stay as they are. Returns what `save_findings` does.
    """
    from warehouse import effective_values as standing

    with writing(engine) as connection:
        lock(connection, "version", ward, round_label)
        report_id = _report_in_force(connection, ward, round_label)
        counts = sync_findings(connection, ward, round_label, findings, report_id, moment, among)
        if counts != (0, 0):
            standing.refresh(connection, ward, round_label)
        return counts


def sync_findings(
    connection: Connection,
    ward: str,
    round_label: str,
    findings: Iterable[Finding],
    report_id: int | None,
    moment: datetime,
    among: Collection[str] | None = None,
) -> tuple[int, int]:
    """Do what `save_findings` does, inside the caller's transaction and without refreshing figures.

    Only findings of the keys `among` are resolved where they are no longer found; None stands for all.
    """
    found = merged(findings)
    before = _known(connection, ward, round_label)
    decided = decided_findings(connection, ward, round_label)
    opened = 0
    for key, finding in found.items():
        state = before.get(key)
        if state is None:
            _insert(connection, finding, report_id, moment)
        else:
            _seen_again(connection, finding, report_id, moment)
        wanted = "resolved" if key in decided else "open"
        if wanted == "open" and state != "open":
            _open(connection, key, moment)
            opened += 1
        elif wanted == "resolved" and state != "resolved":
            _resolve(connection, key, "decision", decided[key], moment)
    gone = [
        key for key, state in before.items() if state == "open" and key not in found and (among is None or key in among)
    ]
    for key in gone:
        _resolve(connection, key, "report", report_id, moment)
    return opened, len(gone)


def merged(findings: Iterable[Finding]) -> dict[str, Finding]:
    """Return findings by key; those that share one are made one, so that nothing found is lost."""
    found: dict[str, Finding] = {}
    for finding in findings:
        same = found.get(finding.key)
        found[finding.key] = finding if same is None or same == finding else _joined(same, finding)
    return found


def close_all_findings(
    connection: Connection, ward: str, round_label: str, by: str, by_id: int | None, moment: datetime
) -> None:
    """Resolve every open finding of a ward and round."""
    for key, state in _known(connection, ward, round_label).items():
        if state == "open":
            _resolve(connection, key, by, by_id, moment)


def decided_findings(connection: Connection, ward: str, round_label: str) -> dict[str, int]:
    """Return the findings on which a decision stands, with its number: the last word of each that is no `reopen`."""
    of_ward = (DecisionTable.ward == ward, DecisionTable.round == round_label, DecisionTable.finding_key.is_not(None))
    words = connection.execute(
        select(DecisionTable.finding_key, DecisionTable.id, DecisionTable.kind)
        .where(*of_ward)
        .order_by(DecisionTable.id)
    )
    last = {str(key): (number, kind) for key, number, kind in words}
    return {key: number for key, (number, kind) in last.items() if kind != "reopen"}


def settle(connection: Connection, key: str, ward: str, round_label: str, moment: datetime) -> None:
    """Open or resolve a finding as its last decision says."""
    state = connection.execute(select(FindingTable.state).where(FindingTable.key == key)).scalar()
    decided = decided_findings(connection, ward, round_label).get(key)
    if decided is not None and state == "open":
        _resolve(connection, key, "decision", decided, moment)
    elif decided is None and state == "resolved" and _resolved_by(connection, key) == "decision":
        _open(connection, key, moment)


def _joined(first: Finding, second: Finding) -> Finding:
    return replace(
        first,
        expected=f"{first.expected}; {second.expected}",
        message_vi=f"{first.message_vi} {second.message_vi}",
        message_en=f"{first.message_en} {second.message_en}",
        quotes=first.quotes + tuple(q for q in second.quotes if q not in first.quotes),
        proposals=first.proposals + tuple(p for p in second.proposals if p not in first.proposals),
    )


def _report_in_force(connection: Connection, ward: str, round_label: str) -> int | None:
    from warehouse.tables import ReportTable

    return connection.execute(
        select(ReportTable.id).where(
            ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None)
        )
    ).scalar()


def _known(connection: Connection, ward: str, round_label: str) -> dict[str, str]:
    rows = connection.execute(
        select(FindingTable.key, FindingTable.state).where(FindingTable.ward == ward, FindingTable.round == round_label)
    )
    return {row.key: row.state for row in rows}


def _resolved_by(connection: Connection, key: str) -> str | None:
    return connection.execute(select(FindingTable.resolved_by).where(FindingTable.key == key)).scalar()


def _content(finding: Finding, report_id: int | None, moment: datetime) -> dict[str, Any]:
    return {
        "severity": finding.severity,
        "expected": finding.expected,
        "message_vi": finding.message_vi,
        "message_en": finding.message_en,
        "quotes": to_plain(finding.quotes),
        "proposals": to_plain(finding.proposals),
        "last_seen_at": moment,
        "last_report_id": report_id,
    }


def _insert(connection: Connection, finding: Finding, report_id: int | None, moment: datetime) -> None:
    connection.execute(
        insert(FindingTable).values(
            key=finding.key,
            ward=finding.ward,
            round=finding.round,
            rule=finding.rule,
            printed=finding.printed,
            state="resolved",
            first_seen_at=moment,
            first_report_id=report_id,
            **_content(finding, report_id, moment),
        )
    )
    figures = list(dict.fromkeys(finding.figures))
    if figures:
        connection.execute(
            insert(FindingFigureTable),
            [
                {"finding_key": finding.key, "figure": figure, "position": position}
                for position, figure in enumerate(figures)
            ],
        )


def _seen_again(connection: Connection, finding: Finding, report_id: int | None, moment: datetime) -> None:
    connection.execute(
        update(FindingTable).where(FindingTable.key == finding.key).values(_content(finding, report_id, moment))
    )


def _open(connection: Connection, key: str, moment: datetime) -> None:
    seq = connection.execute(
        select(func.count()).select_from(FindingSpellTable).where(FindingSpellTable.finding_key == key)
    ).scalar_one()
    connection.execute(insert(FindingSpellTable).values(finding_key=key, seq=seq, open_from=moment, open_to=None))
    connection.execute(
        update(FindingTable)
        .where(FindingTable.key == key)
        .values(state="open", resolved_by=None, resolved_id=None, resolved_at=None)
    )


def _resolve(connection: Connection, key: str, by: str, by_id: int | None, moment: datetime) -> None:
    connection.execute(
        update(FindingSpellTable)
        .where(FindingSpellTable.finding_key == key, FindingSpellTable.open_to.is_(None))
        .values(open_to=moment)
    )
    connection.execute(
        update(FindingTable)
        .where(FindingTable.key == key)
        .values(state="resolved", resolved_by=by, resolved_id=by_id, resolved_at=moment)
    )
