"""What an edition said, kept beside its papers, and how the next one differs.

Belongs here: the values of an edition as one frozen record, its file, and the list of changes between two.
Stays out: recording publications (`publish`), showing changes (the papers).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from cchc.messages import translator
from publications import words
from publications.content import Change, ChangeKind, RoundContent
from publications.phrases import finding_message
from scoring.values import State
from warehouse.codec import canonical, from_plain

_ = translator("publications")

FORMAT = 2
"""2 added the open findings; an edition of format 1 is compared without them."""


@dataclass(frozen=True)
class Snapshot:
    """The values of an edition. Keys of mappings are "ward|code", "scope|code", a ward, or the key of a finding.

    Amounts are as they count. A figure that did not count is "" and a ward without a place has the place "". Of the
    findings the open ones are kept, with their severity; None where the edition did not keep them.
    """

    format: int
    round: str
    scorecard: str
    version: str
    figures: dict[str, str]
    totals: dict[str, str]
    points: dict[str, str]
    places: dict[str, str]
    reports: dict[str, str]
    findings: dict[str, str] | None = None


def snapshot_of(content: RoundContent) -> Snapshot:
    """Return the values of the content."""
    return Snapshot(
        format=FORMAT,
        round=content.round.label,
        scorecard=content.scorecard.name,
        version=content.scorecard.version,
        figures={f"{cell.ward}|{cell.figure}": _plain(cell.value) for cell in content.figures},
        totals={f"{row.scope}|{row.code}": _plain(row.value) for row in content.result.rollup if row.wards},
        points={
            f"{score.ward}|{part.criterion}": _plain(part.points)
            for score in content.result.scores
            for part in score.criteria
            if part.state is not State.EXCLUDED
        },
        places={row.ward: str(row.rank) if row.rank is not None else "" for row in content.ranking},
        reports={row.ward: str(row.version or "") for row in content.ledger},
        findings={row.finding.key: row.finding.severity for row in content.findings if row.is_open},
    )


def snapshot_bytes(snapshot: Snapshot) -> bytes:
    """Return a snapshot as a JSON file."""
    return canonical(snapshot).encode()


def read_snapshot(text: bytes) -> Snapshot:
    """Return the snapshot of a JSON file."""
    return from_plain(Snapshot, json.loads(text))


def changes_between(before: Snapshot, content: RoundContent, later: Snapshot | None = None) -> tuple[Change, ...]:
    """Return what the content says otherwise than the edition before, causes first: reports, figures, what follows.

    Between two editions, `later` is the second one; the content then only names what they hold, and tells no reasons,
    since those it knows are today's.
    """
    now = later or snapshot_of(content)
    unit = _units(content)
    opened = {} if before.findings is None else now.findings or {}
    found = [
        *_differences("report", before.reports, now.reports, _version, lambda _k: ""),
        *_differences(
            "figure", before.figures, now.figures, _amount(unit), lambda key: "" if later else _why(content, key)
        ),
        *_differences("finding", before.findings or {}, opened, _open, lambda _k: ""),
        *_differences("total", before.totals, now.totals, _amount(unit), lambda _k: ""),
        *_differences("points", before.points, now.points, _points, lambda _k: ""),
        *_differences("place", before.places, now.places, lambda _k, value: value, lambda _k: ""),
    ]
    return tuple(_named(content, change) for change in found)


def _differences(
    kind: ChangeKind,
    before: Mapping[str, str],
    now: Mapping[str, str],
    show: Callable[[str, str], str],
    why: Callable[[str], str],
) -> Iterator[Change]:
    for key in [*now, *(key for key in before if key not in now)]:
        old, new = before.get(key, ""), now.get(key, "")
        if old != new:
            first, _bar, second = key.partition("|")
            was, becomes = (show(key, value) if value else words.NO_VALUE for value in (old, new))
            yield Change(kind, first, second, was, becomes, why(key))


def _named(content: RoundContent, change: Change) -> Change:
    """Return a change with the words of what changed in place of its key."""
    if change.kind == "finding":
        return _of_finding(content, change)
    if change.kind == "points":
        criterion = content.scorecard.criterion(change.code)
        return Change(change.kind, change.ward, criterion.title if criterion else change.code, *_rest(change))
    if change.kind == "total":
        title = content.title(change.code)
        named = title if change.ward == "all" else f"{title} ({change.ward})"
        return Change(change.kind, "", named, *_rest(change))
    return change


def _of_finding(content: RoundContent, change: Change) -> Change:
    """Return the change of a finding, whose key stands where others have the ward."""
    row = next((row for row in content.findings if row.finding.key == change.ward), None)
    if row is None:
        return Change(change.kind, "", change.ward, *_rest(change))
    is_resolved = change.after == words.NO_VALUE
    after = _("resolved") if is_resolved else change.after
    why = row.resolution if is_resolved else ""
    return Change(change.kind, row.finding.ward, finding_message(row), change.before, after, why)


def _rest(change: Change) -> tuple[str, str, str]:
    return change.before, change.after, change.why


def _why(content: RoundContent, key: str) -> str:
    ward, _bar, figure = key.partition("|")
    cell = content.cells.get((ward, figure))
    if cell is not None and cell.decided_by:
        return _("Decided by {by}: {reason}").format(by=cell.decided_by, reason=cell.reason)
    row = content.ledger_by_ward.get(ward)
    return _("Version {n} of the report").format(n=row.version) if row and row.version else ""


def _units(content: RoundContent) -> dict[str, str]:
    return {measure.code: measure.unit for measure in content.measures}


def _amount(units: Mapping[str, str]) -> Callable[[str, str], str]:
    def show(key: str, value: str) -> str:
        percent = units.get(key.partition("|")[2]) == "percent"
        return words.amount(Decimal(value), "percent" if percent else "count")

    return show


def _points(_key: str, value: str) -> str:
    return words.points(Decimal(value))


def _open(_key: str, value: str) -> str:
    return _("open ({severity})").format(severity=words.severity(value).lower())


def _version(_key: str, value: str) -> str:
    return _("version {n}").format(n=value)


def _plain(value: Decimal | None) -> str:
    """Return equal values as equal text: 5, 5.0 and 5.00 are one."""
    return "" if value is None else f"{value.normalize():f}"
