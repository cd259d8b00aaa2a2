"""What the reports of a round do not print and the scorecard requires, in words for the ward.

Belongs here: for each ward the criteria without figures, with one set of figures that would do, and what figures that
a later version dropped touch.
Stays out: what a gap is worth (`scoring.judged`), sending the words (pipelines).
"""

from __future__ import annotations

from sqlalchemy import Engine

from catalogue.figures import figure_definitions
from catalogue.rounds import parse_round
from catalogue.scorecards import DEFAULT, Scorecard, scorecard_for
from cchc.messages import translator, use_language
from scoring.dropped import effect_text, effects
from scoring.inputs import RoundFigures
from scoring.score import score
from scoring.values import CriterionScore, Gap
from warehouse import queries
from warehouse.scores.fetch import round_figures

_ = translator("scoring")

_UNPRINTED = (Gap.NOT_PRINTED, Gap.NOT_ASKED, Gap.DROPPED)


def lacking(engine: Engine, round_label: str) -> dict[str, tuple[str, ...]]:
    """Return, by ward, a line in Vietnamese for each criterion whose figures its report does not print.

    Where a later version dropped figures, a last line says what that touches.
    """
    figures, card = figures_and_card(engine, round_label)
    scores = score(figures, card)
    with use_language("vi"):
        lines = {s.ward: tuple(_line(card, c) for c in s.criteria if c.gap in _UNPRINTED) for s in scores if s.reported}
        dropped = {ward: effect_text(effect, card) for ward, effect in effects(figures, card).items()}
    told = {ward: (*own, *filter(None, [dropped.get(ward)])) for ward, own in lines.items()}
    return {ward: own for ward, own in told.items() if own}


def dropped_effects(engine: Engine, round_label: str) -> dict[str, str]:
    """Return, by ward, what the figures that a later version of its report dropped touch, in words."""
    figures, card = figures_and_card(engine, round_label)
    return {ward: effect_text(effect, card) for ward, effect in effects(figures, card).items()}


def figures_and_card(engine: Engine, round_label: str) -> tuple[RoundFigures, Scorecard]:
    """Return a round's figures and the scorecard in use for it."""
    found = parse_round(round_label)
    card = scorecard_for(found, queries.card_in_use(engine, found.label) or DEFAULT)
    return round_figures(engine, found.label, card), card


def _line(card: Scorecard, gap: CriterionScore) -> str:
    criterion = card.criterion(gap.criterion)
    known = figure_definitions()
    names = "; ".join(known[code].meaning_vi.split(" (")[0] for code in gap.missing)
    title = criterion.title if criterion else gap.criterion
    return _("The report does not print: {figures} (criterion “{title}”). Print 0 where nothing came up.").format(
        figures=names, title=title
    )
