"""What it does to a ward that a later version of its report no longer prints a figure.

Belongs here: which criteria, total, place and totals of the whole the dropped figures touch, and that in words.
Stays out: finding that a figure is gone (`validation.dropped_figures`), what a gap is worth (`judged`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators
from catalogue.scorecards import Scorecard
from cchc.formats import number
from cchc.messages import language, translator
from scoring.inputs import RoundFigures, WardInput
from scoring.parts import part_of, subjects
from scoring.rank import places_of
from scoring.score import score, score_ward
from scoring.values import Gap

_ = translator("scoring")

_MOST_NAMED = 8
"""Totals that the words name one by one."""


@dataclass(frozen=True)
class Standing:
    """A ward's total on the card's scale and its place; `place` is None where it has no total."""

    total: Decimal | None
    place: int | None


@dataclass(frozen=True)
class Effect:
    """What a ward's dropped figures touch.

    `criteria` have no points for it; `totals` are the sums and ratios of the whole that no longer cover the ward.
    `now` is where it stands, `then` where it would with the figures of the earlier version.
    """

    criteria: tuple[str, ...]
    totals: tuple[str, ...]
    now: Standing
    then: Standing


def effects(figures: RoundFigures, card: Scorecard) -> dict[str, Effect]:
    """Return the effect for each ward of a round whose report dropped a figure."""
    touched = [ward for ward in figures.wards if ward.reported and any(f.status == "dropped" for f in ward.figures)]
    if not touched:
        return {}
    totals = {s.ward: s.total for s in score(figures, card) if s.total is not None}
    return {ward.ward: _effect(ward, figures, card, totals) for ward in touched}


def effect_text(effect: Effect, card: Scorecard) -> str:
    """Return the effect in words: criteria, total and place, totals of the whole."""
    titles = [found.title for code in effect.criteria if (found := card.criterion(code))]
    parts = [
        _("no points for: {criteria}").format(criteria="; ".join(titles)) if titles else "",
        _moved(effect, card.decimals),
        _("the unit is in no total of: {totals}").format(totals=_listed(effect.totals)) if effect.totals else "",
    ]
    told = "; ".join(part for part in parts if part)
    return _("Because this version dropped figures: {effect}.").format(effect=told) if told else ""


def _effect(unit: WardInput, figures: RoundFigures, card: Scorecard, totals: dict[str, Decimal]) -> Effect:
    whole = replace(unit, figures=tuple(replace(f, status="entered") if f.status == "dropped" else f
                                        for f in unit.figures))  # fmt: skip
    now, then = score_ward(unit, figures, card), score_ward(whole, figures, card)
    covered, could = _covered(unit), _covered(whole)
    return Effect(
        criteria=tuple(c.criterion for c in now.criteria if c.gap is Gap.DROPPED),
        totals=tuple(code for code in could if code not in covered),
        now=_standing(unit.ward, now.total, totals),
        then=_standing(unit.ward, then.total, totals),
    )


def _covered(unit: WardInput) -> tuple[str, ...]:
    usable = {figure.figure: figure for figure in unit.figures if figure.usable}
    return tuple(subject.code for subject in subjects() if part_of(subject, usable) is not None)


def _standing(ward: str, total: Decimal | None, totals: dict[str, Decimal]) -> Standing:
    return Standing(total, None if total is None else places_of(totals | {ward: total})[ward])


def _moved(effect: Effect, decimals: int) -> str:
    now, then = effect.now, effect.then
    if now == then or now.total is None or then.total is None:
        return ""
    line = _("{now} points and place {place}; with the figures of the earlier version {then} points and place {before}")
    return line.format(now=number(now.total, decimals), place=now.place, then=number(then.total, decimals),
                       before=then.place)  # fmt: skip


def _listed(codes: tuple[str, ...]) -> str:
    named = [_title(code) for code in codes[:_MOST_NAMED]]
    return "; ".join([*named, *(["…"] if len(codes) > _MOST_NAMED else [])])


def _title(code: str) -> str:
    english = language() == "en"
    if code in indicators():
        return indicators()[code].meaning_en if english else indicators()[code].meaning_vi
    return code.replace("_", " ") if english else figure_definitions()[code].meaning_vi.split(" (")[0]
