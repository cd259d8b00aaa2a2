"""Words for how a criterion was scored.

Belongs here: one sentence each for states, gaps, rules, measured values and the standing of a figure.
Stays out: the tree they stand in (`explain`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial

from catalogue.figures import figure_definitions
from catalogue.rounds import parse_round
from catalogue.scorecards import Band, Bands, Criterion, Linear, Threshold
from cchc.formats import moment, number, percent
from cchc.messages import language, translator
from scoring.card_phrases import bounds_text
from scoring.inputs import FigureInput, Receipt
from scoring.values import CriterionScore, Gap, State

_ = translator("scoring")


def state_text(state: State) -> str:
    """Return how the points came about."""
    return {
        State.SCORED: _("scored"),
        State.FULL: _("full points by the scorecard's choice"),
        State.ZERO: _("no points"),
        State.EXCLUDED: _("left out, the rest rescaled"),
        State.HELD: _("provisional, waits for a person"),
    }[state]


def gap_text(score: CriterionScore) -> str:
    """Return why a criterion could not be measured, with the figures that were missing."""
    missing = ", ".join(figure_name(code) for code in score.missing)
    return {
        Gap.NONE: "",
        Gap.NO_REPORT: _("no report was received"),
        Gap.NOT_PRINTED: _("the report does not print: {figures}"),
        Gap.NOT_ASKED: _("the report does not print, and the ward was not asked yet for: {figures}"),
        Gap.DROPPED: _("an earlier version of the report printed and this one dropped: {figures}"),
        Gap.NOT_APPLICABLE: _("does not apply, decided by {name}: {why}"),
        Gap.WAITING: _("read too unsurely, waiting for a person: {figures}"),
        Gap.BLOCKED: _("kept out by an open error or a decision: {figures}"),
        Gap.ZERO_DENOMINATOR: _("nothing to do in the round: the denominator is 0"),
        Gap.CONTRADICTORY: _("the figures contradict one another: {formula}"),
        Gap.NO_ARRIVAL: _("the day of arrival is not known"),
        Gap.NO_MARK: _("no final mark has been given"),
    }[score.gap].format(
        figures=missing,
        formula=formula_text(score.formula),
        name=score.waiver.by if score.waiver else "",
        why=score.waiver.why if score.waiver else "",
    )


def measured_text(criterion: Criterion, score: CriterionScore) -> str:
    """Return the measured value with what it was computed from."""
    if score.measured is None:
        return "–"
    if criterion.kind == "timeliness":
        by = _("by the day it arrived") if score.formula == "arrival" else _("by the date the report bears")
        text = _("{days} days late, {by}").format(days=number(score.measured), by=by)
        return text + (f"; {receipt_text(score.receipt)}" if score.receipt else "")
    if score.mark:
        return _("mark: self-assessed {own}, appraised {appraised}, final {final}; {evidence}").format(
            own=number(score.mark.self_assessed),
            appraised=number(score.mark.appraised),
            final=number(score.mark.final),
            evidence=score.mark.evidence or _("no evidence noted"),
        )
    way = criterion.measures[score.source or 0]
    text = f"{formula_text(score.formula)} = {_measured(criterion, score.measured)}"
    if way.printed and score.source:
        return text + " " + _("(percentage as printed, in place of numbers the report does not give)")
    return text + (" " + _("(percentage as printed)") if way.printed else "")


def receipt_text(receipt: Receipt, shown: Callable[[datetime], str] = moment) -> str:
    """Return how a report arrived: when, in which way, from whom, as which file, and who dated it back and why.

    `shown` writes the moment; papers have a form of their own.
    """
    way = {"mail": _("by mail"), "submit": _("handed in"), "inbox": _("in the inbox")}.get(receipt.via, receipt.via)
    text = _("received {moment} {way}{person}, file {file}").format(
        moment=shown(receipt.at),
        way=way,
        person=f" ({receipt.person})" if receipt.person else "",
        file=receipt.file_name,
    )
    if receipt.backdated_by:
        dated = _("; the time of arrival was given by {name}: {why}")
        text += dated.format(name=receipt.backdated_by, why=receipt.backdated_why)
    return text


def rule_text(criterion: Criterion, round_label: str) -> str:
    """Return the rule that turned the value into points."""
    rule, index = criterion.rule, parse_round(round_label).quarter - 1
    if isinstance(rule, Linear):
        return _("no points at {zero}, full points at {full}").format(
            zero=_measured(criterion, rule.zero_at[index]), full=_measured(criterion, rule.full_at[index])
        )
    if isinstance(rule, Bands):
        return "; ".join(_band_text(criterion, band) for band in reversed(rule.bands))
    if isinstance(rule, Threshold):
        template = _("full points from {bound} up") if rule.at_least else _("full points up to {bound}")
        return template.format(bound=_measured(criterion, rule.bound))
    return _("points given by people")


def status_text(figure: FigureInput) -> str:
    """Return what a reader must know about a figure, empty where it simply counts."""
    if figure.status == "dropped":
        return _("printed in an earlier version only")
    if figure.status == "waiting":
        return _("not counted: waits for a person")
    if figure.status == "blocked":
        rejected = _("not counted: rejected by {name}").format(name=figure.decided_by)
        return rejected if figure.decided_by else _("not counted: an open error")
    if figure.decided_by:
        return _("decided by {name}").format(name=figure.decided_by)
    return _("counted, with an open warning") if figure.status == "marked" else ""


def figure_name(code: str) -> str:
    """Return what a figure is called in the language of the moment."""
    return code if language() == "en" else figure_definitions()[code].meaning_vi


def formula_text(formula: str) -> str:
    """Return a formula with the names of its figures in place of their codes."""
    known = figure_definitions()
    words = formula.replace("(", "( ").replace(")", " )").split()
    return (
        " ".join(figure_name(word) if word in known else word for word in words).replace("( ", "(").replace(" )", ")")
    )


def _band_text(criterion: Criterion, band: Band) -> str:
    bounds = bounds_text(band, partial(_measured, criterion))
    return _("{bounds}: {points} points").format(bounds=bounds, points=number(band.points))


def _measured(criterion: Criterion, value: Decimal) -> str:
    if criterion.kind == "timeliness":
        return _("{days} days late").format(days=number(value))
    if criterion.measures[0].percent:
        return percent(value, 0 if value == value.to_integral_value() else 2)
    return number(value)
