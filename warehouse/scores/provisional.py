"""Whose place in a round is provisional, and why, in words for the unit.

Belongs here: a line for each unit whose place waits for somebody, with the criteria by reason.
Stays out: what waits (`scoring.judged`), what a report does not print (`lacking`), the letter (`publications.letters`).
"""

from __future__ import annotations

from sqlalchemy import Engine

from catalogue.scorecards import Scorecard
from cchc.formats import number
from cchc.messages import translator, use_language
from scoring.rank import rank
from scoring.score import score
from scoring.values import CriterionScore, Gap, RankRow, State, WardScore
from warehouse.scores.lacking import figures_and_card

_ = translator("scoring")


def provisional_places(engine: Engine, round_label: str) -> dict[str, str]:
    """Return, by ward, a sentence in Vietnamese on its provisional place and the reasons; firm places are not there."""
    figures, card = figures_and_card(engine, round_label)
    scores = {found.ward: found for found in score(figures, card)}
    with use_language("vi"):
        rows = rank(tuple(scores.values()), card).rows
        return {row.ward: _sentence(row, scores[row.ward], card) for row in rows if row.rank and row.provisional}


def _sentence(row: RankRow, scored: WardScore, card: Scorecard) -> str:
    by_reason: dict[str, list[str]] = {}
    for one in scored.criteria:
        if why := _why(one):
            criterion = card.criterion(one.criterion)
            by_reason.setdefault(why, []).append(f"“{criterion.title if criterion else one.criterion}”")
    line = _("The unit's place as computed today ({place}, with {points} points) is provisional: {reasons}.")
    reasons = "; ".join(f"{why}: {', '.join(titles)}" for why, titles in by_reason.items())
    return line.format(place=row.rank, points=number(row.total, card.decimals), reasons=reasons)


def _why(one: CriterionScore) -> str:
    """Return why a criterion may still change the place, empty where it stands."""
    if one.gap is Gap.DROPPED:
        return _("this version no longer prints what the earlier one did; no points until it is added")
    if one.state is not State.HELD:
        return ""
    return {
        Gap.NOT_ASKED: _("the report does not print the figures yet; without an answer there are no points"),
        Gap.ZERO_DENOMINATOR: _("the denominator is 0, so that it is to be found out whether the criterion applies"),
        Gap.NO_MARK: _("the final mark has not been given yet"),
        Gap.NO_ARRIVAL: _("the day of arrival is not known yet"),
    }.get(one.gap, _("figures that ‹office› is still comparing with the report"))
