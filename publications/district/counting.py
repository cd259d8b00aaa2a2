"""The chapters of the district's report that are counted from ledger, ranking and findings.

Belongs here: which reports came, how the ranking came out, what is wanting, what is asked of whom.
Stays out: totals (`drafting`), layout (`paper`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from catalogue.paper import Counted, Wording
from cchc.formats import day, number
from publications import words
from publications.content import FindingRow, RoundContent
from publications.district.drafting import standing_words
from scoring.values import RankRow, State

_WEAKEST = 3


def counted_paragraphs(content: RoundContent, wording: Wording, chapter: Counted) -> list[str]:
    """Return the paragraphs of a counted chapter."""
    maker = {
        "submissions": _submissions,
        "ranking": _ranking,
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
    head = say["received"].format(
        day=day(content.moment),
        received=arrivals["on_time"] + arrivals["late"] + arrivals["unread"],
        expected=len(content.ledger),
        on_time=arrivals["on_time"],
        late=arrivals["late"],
        due=day(content.round.due),
        **standing_words(content),
    )
    late = [
        say["days"].format(ward=content.name(row.ward), days=row.days_late)
        for row in content.ledger
        if row.arrival == "late"
    ]
    lines = [
        head,
        _naming(say["late"], late),
        _naming(say["missing"], _names(content, "missing")),
        _naming(say["unread"], _names(content, "unread")),
        _waiting(content, wording),
    ]
    return [line for line in lines if line]


def _waiting(content: RoundContent, wording: Wording) -> str:
    waiting = sum(cell.value is None for cell in content.figures)
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
    unranked = [
        say["because"].format(ward=content.name(row.ward), reason=row.reason_vi)
        for row in content.ranking
        if row.rank is None
    ]
    lines = [
        say["scored_by"].format(scorecard=card.title_vi, version=card.version),
        say["grades"].format(grades="; ".join(grades)) if grades else "",
        say["first"].format(wards=", ".join(first), points=words.points(ranked[0].total)) if first else "",
        _naming(say["unranked"], unranked),
        _close_pairs(content, wording, ranked),
    ]
    return [line for line in lines if line]


def _close_pairs(content: RoundContent, wording: Wording, ranked: list[RankRow]) -> str:
    say = wording.phrases
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
        lines.append(say["overdue"].format(count=number(late.value), **standing_words(content)))
    weak = [say["weak_item"].format(criterion=title, share=words.share(share)) for title, share in _weakest(content)]
    if weak:
        lines.append(say["weak"].format(criteria="; ".join(weak)))
    confirm = [row.finding for row in to_confirm(content)]
    if not confirm:
        return [*lines, say["no_findings"].format(**standing_words(content))]
    severities = Counter(finding.severity for finding in confirm)
    wards = len({finding.ward for finding in confirm})
    counts = {"errors": severities["error"], "warnings": severities["warning"], "wards": wards}
    return [*lines, say["findings"].format(**counts)]


def _weakest(content: RoundContent) -> list[tuple[str, Decimal]]:
    """Return the criteria for which the ranked wards had the least share of the points, with that share."""
    shares = []
    for criterion in content.scorecard.criteria:
        parts = [
            score.criterion(criterion.code)
            for score in content.result.scores
            if score.reported and score.criterion(criterion.code).state is State.SCORED
        ]
        possible = sum((part.possible for part in parts), Decimal(0))
        if possible:
            shares.append((criterion.title_vi, sum((part.points for part in parts), Decimal(0)) / possible))
    below = [(title, share) for title, share in shares if share < 1]
    return sorted(below, key=lambda pair: pair[1])[:_WEAKEST]


def _requests(content: RoundContent, wording: Wording) -> list[str]:
    say = wording.phrases
    confirm = list(dict.fromkeys(content.name(row.finding.ward) for row in to_confirm(content)))
    lines = [
        _naming(say["ask_missing"], [*_names(content, "missing"), *_names(content, "unread")]),
        _naming(say["ask_confirm"], confirm),
        _naming(say["ask_late"], _names(content, "late")),
    ]
    return [line for line in lines if line]


def _names(content: RoundContent, arrival: str) -> list[str]:
    return [content.name(row.ward) for row in content.ledger if row.arrival == arrival]


def _naming(phrase: str, names: Iterable[str]) -> str:
    """Return a phrase with its wards, nothing where there are none."""
    listed = ", ".join(names)
    return phrase.format(wards=words.capital(listed)) if listed else ""
