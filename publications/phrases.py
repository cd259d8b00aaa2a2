"""What several papers say of one line: of the ranking, of a criterion, of a finding, of a change.

Belongs here: texts in the language of the moment that workbook, page, ranking and command line share.
Stays out: names of single codes (`words`), layout.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from cchc import formats
from cchc.messages import language, spoken, translator
from publications import words
from publications.content import Change, ChangeKind, FindingRow, LedgerRow, RoundContent
from scoring.phrases import receipt_text
from scoring.values import CriterionScore, RankRow

_ = translator("publications")


def reason(content: RoundContent, row: RankRow) -> str:
    """Return why a ward has no place or, where it has one, which criterion moved it most; empty if none did."""
    if row.rank is None:
        return row.reason_en if language() == "en" else row.reason_vi
    if row.provisional:
        titles = {criterion.code: criterion.title for criterion in content.scorecard.criteria}
        waits = "; ".join(titles[code] for code in row.provisional)
        return _("provisional, waits for a person: {criteria}").format(criteria=waits)
    if not row.change or not row.moves:
        return ""
    move = row.moves[0]
    criterion = content.scorecard.criterion(move.criterion)
    line = _("{criterion}: {then} → {now} points")
    title = criterion.title if criterion else move.criterion
    return line.format(criterion=title, then=words.points(move.then), now=words.points(move.now))


def arrived(row: LedgerRow, shown: Callable[[datetime], str] = formats.moment) -> str:
    """Return how a report arrived, for readers outside the office too: a person by name, never by address.

    `shown` writes the moment.
    """
    if row.receipt is None:
        return ""
    person = "" if "@" in row.receipt.person else row.receipt.person
    return receipt_text(replace(row.receipt, person=person), shown)


def measured(content: RoundContent, score: CriterionScore) -> str:
    """Return what a criterion's rule was applied to, with its unit; a dash where there is a gap."""
    criterion = content.scorecard.criterion(score.criterion)
    if score.measured is None or criterion is None:
        return words.NO_VALUE
    if criterion.kind == "timeliness":
        if not score.measured:
            return _("on time")
        return _("{n} days late").format(n=words.amount(score.measured, "count"))
    way = criterion.measures[score.source or 0] if criterion.measures else None
    return words.amount(score.measured, "percent" if way and way.percent else "count")


def used_figures(content: RoundContent, score: CriterionScore) -> str:
    """Return the figures a criterion was measured by, with value and page."""
    parts = []
    for used in score.inputs:
        known = content.measure_by_code.get(used.figure)
        value = words.amount(used.value, known.unit if known else "count")
        page = _(" (page {n})").format(n=used.page) if used.page else ""
        parts.append(f"{content.title(used.figure)}: {value}{page}")
    return "; ".join(parts)


def ordered_findings(content: RoundContent) -> list[FindingRow]:
    """Return the findings, open before resolved, grave before slight, then by ward in catalogue order."""
    places = {ward.slug: place for place, ward in enumerate(content.wards)}
    gravity = {code: place for place, code in enumerate(words.SEVERITIES)}
    return sorted(
        content.findings,
        key=lambda r: (not r.is_open, gravity[r.finding.severity], places.get(r.finding.ward, 999), r.finding.key),
    )


def finding_message(row: FindingRow) -> str:
    """Return what a finding says, in the language of the moment."""
    return spoken(row.finding)


def change_cells(content: RoundContent, change: Change) -> tuple[str, str, str, str, str, str]:
    """Return a change as what it is of, ward, which, before, after and why; the district stands for no ward."""
    ward = words.capital(content.name(change.ward)) if change.ward else content.office.district
    which = content.title(change.code) if change.code else ""
    return words.change_kind(change.kind), ward, which, change.before, change.after, change.why


def change_lines(content: RoundContent) -> list[str]:
    """Return what a revision changes: a line each for causes and places, a count of what only follows from them."""
    lines, follows = [], Counter[ChangeKind]()
    for change in content.edition.changes:
        if change.kind in ("total", "points"):
            follows[change.kind] += 1
            continue
        kind, ward, which, before, after, why = change_cells(content, change)
        told = f"{kind}: {' · '.join(part for part in (ward, which.rstrip('.')) if part)}: {before} → {after}"
        lines.append(f"{told} ({why})" if why else told)
    return [*lines, *(f"{words.change_kind(kind)}: {count}" for kind, count in follows.items())]
