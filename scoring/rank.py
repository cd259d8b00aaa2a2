"""Places of the wards.

Belongs here: who is ranked and why not, ties (1, 2, 2, 4), places within a kind, classes, marks on the data, and what
moved a ward since the previous round.
Stays out: points (`score`), how firm a place is (`robustness`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from catalogue.scorecards import Criterion, Scorecard
from cchc.messages import Language, translator, use_language
from scoring.exact import exactly, product_over, rounded, total
from scoring.values import (
    CriterionScore,
    Gap,
    Move,
    QualityMarks,
    Ranking,
    RankRow,
    Robustness,
    State,
    Unranked,
    WardScore,
)

_ = translator("scoring")

COMPARABLE_SHARE = Decimal("0.8")
"""Share of wards that two rankings must have in common for a change of place to mean anything."""


@exactly
def rank(
    scores: Sequence[WardScore],
    card: Scorecard,
    previous: Sequence[WardScore] = (),
    robustness: Mapping[str, Robustness] | None = None,
) -> Ranking:
    """Return the ranking of the scores of one round.

    `previous` are the scores of the previous round under the same card; `robustness` maps wards to how firm their
    place is. Ranked wards stand first, by place and then in the order given; unranked ones follow.
    """
    places, in_kind = _places(scores), _places_in_kind(scores)
    places_before = _comparable(_places(previous), places)
    moves = _moves(scores, previous, card, places, places_before)
    rows = [
        replace(
            _row(score, card),
            rank=places.get(score.ward),
            rank_in_kind=in_kind.get(score.ward),
            previous_rank=places_before.get(score.ward),
            change=_change(places.get(score.ward), places_before.get(score.ward)),
            moves=moves.get(score.ward, ()),
            robustness=(robustness or {}).get(score.ward),
        )
        for score in scores
    ]
    rows.sort(key=lambda row: (row.rank is None, row.rank or 0))
    return Ranking(scores[0].round if scores else "", card.name, card.version, tuple(rows))


def unranked_reason(score: WardScore) -> Unranked:
    """Return why a ward gets no place, NONE where it gets one.

    Every ward that sent a report has one: no place would be better than the last, and a reason to leave figures out.
    """
    if not score.reported:
        return Unranked.NO_REPORT
    return Unranked.NOTHING_SCORED if score.total is None else Unranked.NONE


def places_of(totals: Mapping[str, Decimal]) -> dict[str, int]:
    """Return the place of each key: 1 for the highest total, equal totals share a place, the next is skipped."""
    first: dict[Decimal, int] = {}
    for place, value in enumerate(sorted(totals.values(), reverse=True), start=1):
        first.setdefault(value, place)
    return {key: first[value] for key, value in totals.items()}


def _places(scores: Sequence[WardScore]) -> dict[str, int]:
    return places_of({s.ward: s.total for s in scores if s.total is not None and not unranked_reason(s)})


def _places_in_kind(scores: Sequence[WardScore]) -> dict[str, int]:
    places: dict[str, int] = {}
    for kind in dict.fromkeys(score.kind for score in scores):
        places |= _places([score for score in scores if score.kind == kind])
    return places


def _comparable(before: dict[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """Return the former places, none where the two rankings share too few wards: third of three is not third of 15."""
    common = len(before.keys() & now.keys())
    return before if common >= COMPARABLE_SHARE * max(len(before), len(now)) else {}


def _change(now: int | None, before: int | None) -> int | None:
    return None if now is None or before is None else before - now


def _row(score: WardScore, card: Scorecard) -> RankRow:
    why = unranked_reason(score)
    weakest = _weakest_group(score, card)
    total_shown = score.total if why is Unranked.NONE else None
    return RankRow(
        round=score.round,
        ward=score.ward,
        kind=score.kind,
        name=score.name,
        scorecard=card.name,
        version=card.version,
        total=total_shown,
        rank=None,
        rank_in_kind=None,
        grade=None if total_shown is None else card.grade(total_shown, weakest),
        completeness=score.completeness,
        marks=_marks(score, card),
        unranked=why,
        provisional=score.waits if total_shown is not None else (),
        weakest=weakest if total_shown is not None else None,
        reason_vi=_reason(why, "vi"),
        reason_en=_reason(why, "en"),
    )


def _reason(why: Unranked, tongue: Language) -> str:
    with use_language(tongue):
        if why is Unranked.NO_REPORT:
            return _("has sent no report for the round")
        if why is Unranked.NOTHING_SCORED:
            return _("no criterion of the scorecard applies to the ward")
    return ""


def _weakest_group(score: WardScore, card: Scorecard) -> Decimal:
    """Return the share (percent) of its points that the ward's weakest group of criteria reaches."""
    had: dict[str, Decimal] = {}
    possible: dict[str, Decimal] = {}
    for criterion in card.criteria:
        found = score.criterion(criterion.code)
        had[criterion.group] = had.get(criterion.group, Decimal(0)) + found.points
        possible[criterion.group] = possible.get(criterion.group, Decimal(0)) + found.possible
    shares = [product_over(had[group], Decimal(100), possible[group]) for group in had if possible[group]]
    return rounded(min(shares, default=Decimal(100)), card.decimals)


def _marks(score: WardScore, card: Scorecard) -> QualityMarks:
    """Return what the reader should know about the figures a total rests on, each figure counted once."""
    used = {f.figure: f for c in score.criteria if c.state in (State.SCORED, State.HELD) for f in c.inputs}
    seen = {f.figure: f for c in score.criteria for f in c.inputs}
    return QualityMarks(
        open_findings=len({key for f in seen.values() for key in f.findings}),
        marked_figures=sum(f.status == "marked" for f in used.values()),
        gaps=sum(c.gap not in (Gap.NONE, Gap.ZERO_DENOMINATOR) for c in score.criteria),
        fallbacks=sum(_is_fallback(criterion, score.criterion(criterion.code)) for criterion in card.criteria),
        decided_figures=sum(f.decided_by is not None for f in used.values()),
        least_confidence=min((f.confidence for f in used.values()), default=1.0),
    )


def _is_fallback(criterion: Criterion, score: CriterionScore) -> bool:
    """Return whether a printed percentage had to stand in for numbers the card would rather have."""
    return score.state is State.SCORED and bool(score.source) and criterion.measures[score.source or 0].printed


def _moves(
    scores: Sequence[WardScore],
    previous: Sequence[WardScore],
    card: Scorecard,
    places: Mapping[str, int],
    places_before: Mapping[str, int],
) -> dict[str, tuple[Move, ...]]:
    """Return, for each ward whose place changed, the criteria by how much they moved it.

    A ward that stands still while others gain falls back; so each gain is taken relative to the mean gain of all
    wards that were ranked in both rounds. The criteria that pushed in the direction of the change come first.
    """
    before = {score.ward: score for score in previous}
    both = [(before[s.ward], s) for s in scores if s.ward in places and s.ward in places_before]
    moves: dict[str, list[Move]] = {now.ward: [] for _then, now in both}
    for criterion in card.criteria:
        pairs = [(then.contribution(criterion.code), now.contribution(criterion.code)) for then, now in both]
        mean = product_over(total(now - then for then, now in pairs), Decimal(1), Decimal(len(pairs) or 1))
        for (_then, score), (then, now) in zip(both, pairs, strict=True):
            moves[score.ward].append(_move(criterion.code, then, now, mean, card.decimals))
    return {
        ward: _strongest_first(found, places_before[ward] - places[ward])
        for ward, found in moves.items()
        if places_before[ward] != places[ward]
    }


def _move(criterion: str, then: Decimal, now: Decimal, mean: Decimal, decimals: int) -> Move:
    return Move(criterion, rounded(then, decimals), rounded(now, decimals), rounded(now - then - mean, decimals))


def _strongest_first(moves: list[Move], change: int) -> tuple[Move, ...]:
    upward = 1 if change > 0 else -1
    return tuple(sorted((m for m in moves if m.relative), key=lambda m: -m.relative * upward))
