"""The chapters of the district's report that are counted from ledger, ranking and findings.

Belongs here: which reports came, how the ranking came out, what is missing, what is asked of whom.
Stays out: totals (`drafting`), layout (`publications.wordfile`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from catalogue.paper import Counted, Wording
from cchc.formats import number, paper_day
from publications import words
from publications.content import FindingRow, LedgerRow, RoundContent
from publications.district.appraisal import appraisal_paragraphs
from publications.district.drafting import standing_words
from publications.district.tasks import causes, tasks, weakest
from publications.phrases import arrived
from scoring.values import RankRow, RollupRow


def counted_paragraphs(content: RoundContent, wording: Wording, chapter: Counted) -> list[str]:
    """Return the paragraphs of a counted chapter."""
    maker = {
        "submissions": _submissions,
        "ranking": _ranking,
        "appraisal": appraisal_paragraphs,
        "shortcomings": _shortcomings,
        "requests": _requests,
    }[chapter]
    return maker(content, wording)


def to_confirm(content: RoundContent) -> list[FindingRow]:
    """Return the open errors and warnings, ward by ward in catalogue order, errors first."""
    places = {ward.slug: place for place, ward in enumerate(content.wards)}
    found = [row for row in content.findings if row.is_open and row.finding.severity != "info"]
    return sorted(found, key=lambda r: (places.get(r.finding.ward, 999), r.finding.severity, r.finding.key))


def _submissions(content: RoundContent, wording: Wording) -> list[str]:
    say = wording.phrases
    arrivals = Counter(row.arrival for row in content.ledger)
    head = say["received" if arrivals["late"] else "received_none_late"].format(
        day=paper_day(content.moment),
        received=arrivals["on_time"] + arrivals["late"] + arrivals["unread"],
        expected=len(content.ledger),
        on_time=arrivals["on_time"],
        late=arrivals["late"],
        due=paper_day(content.round.due),
        **standing_words(content),
    )
    late = [
        say["days"].format(ward=content.name(row.ward), days=row.days_late, receipt=_arrived(row))
        for row in content.ledger
        if row.arrival == "late"
    ]
    lines = [
        head,
        _naming(say["late"], late, "; "),
        *_backdated(content, wording),
        _naming(say["missing"], _names(content, "missing")),
        _naming(say["unread"], _names(content, "unread")),
        _waiting(content, wording),
    ]
    return [line for line in lines if line]


def _arrived(row: LedgerRow) -> str:
    """Return how a late report arrived; who dated it back is told once for all its wards."""
    if row.receipt is None:
        return ""
    told = arrived(replace(row, receipt=replace(row.receipt, backdated_by="")), _paper_moment)
    return f"; {told}"


def _paper_moment(at: datetime) -> str:
    return f"{at:%H:%M} ngày {paper_day(at)}"


def _backdated(content: RoundContent, wording: Wording) -> list[str]:
    """Return who gave a time of arrival by hand and why, with the wards it was given for."""
    given: dict[tuple[str, str], list[str]] = {}
    for row in content.ledger:
        if row.receipt and row.receipt.backdated_by:
            key = row.receipt.backdated_by, row.receipt.backdated_why.rstrip(".")
            given.setdefault(key, []).append(content.name(row.ward))
    say = wording.phrases["backdated"]
    return [
        say.format(wards=_everyone_or(content, wording, wards), name=by, reason=why)
        for (by, why), wards in given.items()
    ]


def _everyone_or(content: RoundContent, wording: Wording, names: list[str]) -> str:
    """Return the names of wards, or in one word that they are all."""
    everyone = len(names) == len(content.wards) > 1
    return wording.phrases["everyone"].format(count=len(names)) if everyone else ", ".join(names)


def _waiting(content: RoundContent, wording: Wording) -> str:
    waiting = sum(cell.value is None and not cell.decided_by for cell in content.figures)
    if not waiting:
        return ""
    return wording.phrases["waiting"].format(figures=number(len(content.figures)), waiting=number(waiting))


def _ranking(content: RoundContent, wording: Wording) -> list[str]:
    say = wording.phrases
    ranked = [row for row in content.ranking if row.rank is not None]
    card = content.scorecard
    graded = Counter(row.grade for row in ranked)
    grades = [say["grade"].format(count=graded[g.name], grade=g.name) for g in card.grades if graded[g.name]]
    first = [content.name(row.ward) for row in ranked if row.rank == 1]
    reasons: dict[str, list[str]] = {}
    for row in content.ranking:
        if row.rank is None:
            reasons.setdefault(row.reason_vi, []).append(content.name(row.ward))
    unranked = [say["because"].format(ward=", ".join(names), reason=reason) for reason, names in reasons.items()]
    lines = [
        say["scored_by"].format(scorecard=card.title_vi, version=card.version),
        say["grades"].format(grades="; ".join(grades)) if grades else "",
        say["first"].format(wards=", ".join(first), points=words.points(ranked[0].total)) if first else "",
        _tiers(content, wording, ranked),
        _provisional(content, wording, ranked),
        _naming(say["unranked"], unranked, "; "),
        _close_pairs(content, wording, ranked),
    ]
    return [line for line in lines if line]


def _tiers(content: RoundContent, wording: Wording, ranked: list[RankRow]) -> str:
    """Return which wards can be told apart: tiers, or that there is only one."""
    say = wording.phrases
    members: dict[int, list[str]] = {}
    for row in ranked:
        if row.robustness:
            members.setdefault(row.robustness.tier, []).append(content.name(row.ward))
    if len(members) < 2:
        return say["one_tier"] if members else ""
    listed = [say["tier"].format(number=tier, wards=", ".join(names)) for tier, names in members.items()]
    return say["tiers"].format(tiers="; ".join(listed))


def _provisional(content: RoundContent, wording: Wording, ranked: list[RankRow]) -> str:
    waits = [content.name(row.ward) for row in ranked if row.provisional]
    return _naming(wording.phrases["provisional"], [_everyone_or(content, wording, waits)] if waits else [])


def _close_pairs(content: RoundContent, wording: Wording, ranked: list[RankRow]) -> str:
    say = wording.phrases
    if len({row.robustness.tier for row in ranked if row.robustness}) < 2:
        return ""
    pairs = [
        say["pair"].format(first=content.name(above.ward), second=content.name(below.ward))
        for above, below in pairwise(ranked)
        if above.robustness and not above.robustness.separated and above.total != below.total
    ]
    return say["close"].format(pairs="; ".join(pairs)) if pairs else ""


def _shortcomings(content: RoundContent, wording: Wording) -> list[str]:
    say = wording.phrases
    lines = []
    late = content.total("dossiers_late")
    if late is not None and late.value:
        where = "" if late.covered == late.expected else _coverage(wording, late)
        lines.append(
            say["overdue"].format(count=number(late.value), **standing_words(content)).rstrip(".") + where + "."
        )
    weak = [
        say["weak_item"].format(criterion=title, share=words.share(share)) for _code, title, share in weakest(content)
    ]
    if weak:
        lines.append(say["weak"].format(criteria="; ".join(weak)))
    confirm = [row.finding for row in to_confirm(content)]
    if not confirm:
        return [*lines, say["no_findings"].format(**standing_words(content))]
    severities = Counter(finding.severity for finding in confirm)
    wards = len({finding.ward for finding in confirm})
    counts = {"errors": severities["error"], "warnings": severities["warning"], "wards": wards}
    return [
        *lines,
        say[_what_was_found(counts["errors"], counts["warnings"])].format(**counts),
        *causes(content, wording),
    ]


def _what_was_found(errors: int, warnings: int) -> str:
    """Return the phrase that counts what was found: errors, points to confirm, or both."""
    if errors and warnings:
        return "findings"
    return "findings_errors" if errors else "findings_warnings"


def _coverage(wording: Wording, row: RollupRow) -> str:
    return " " + wording.phrases["coverage"].format(covered=row.covered, expected=row.expected)


def _requests(content: RoundContent, wording: Wording) -> list[str]:
    say = wording.phrases
    confirm = list(dict.fromkeys(content.name(row.finding.ward) for row in to_confirm(content)))
    lines = [
        _naming(say["ask_missing"], [*_names(content, "missing"), *_names(content, "unread")]),
        _naming(say["ask_confirm"], confirm),
        _naming(say["ask_late"], _names(content, "late")),
        *tasks(content, wording),
    ]
    return [line for line in lines if line]


def _names(content: RoundContent, arrival: str) -> list[str]:
    return [content.name(row.ward) for row in content.ledger if row.arrival == arrival]


def _naming(phrase: str, names: Iterable[str], between: str = ", ") -> str:
    """Return a phrase with its wards, nothing where there are none."""
    listed = between.join(names)
    return phrase.format(wards=words.capital(listed)) if listed else ""
