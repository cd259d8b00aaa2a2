"""What makes a scorecard wrong although every field can be read.

Belongs here: weights, bands, targets, grades and figure codes that do not fit together.
Stays out: fields that cannot be read or have no place (`file`).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from catalogue.figures import figure_definitions
from catalogue.scorecards.model import Band, Bands, Criterion, Linear, Measure, Scorecard
from catalogue.scorecards.problems import Place, Problems
from cchc.messages import translator

_ = translator("scoring")


def check_card(card: Scorecard, problems: Problems) -> None:
    """Note what is wrong with a card as a whole."""
    points = sum((c.points for c in card.criteria), Decimal(0))
    if points != card.total:
        problems.add(
            _("the criteria add up to {points} points but 'total' says {total}; change one of them").format(
                points=points, total=card.total
            ),
            "total",
        )
    if card.valid_to is not None and card.valid_to < card.valid_from:
        problems.add(_("'valid_to' lies before 'valid_from'; exchange them"), "valid_to")
    _check_grades(card, problems)


def check_criterion(criterion: Criterion, entry: Place, decimals: int) -> None:
    """Note what is wrong with one criterion of a card that shows `decimals` decimals."""
    if -int(criterion.points.normalize().as_tuple().exponent) > decimals:
        entry.wrong(_("'points' has more decimals than the card shows; round it or raise 'decimals'"), "points")
    for index, measure in enumerate(criterion.measures):
        _check_measure(measure, entry, str(index))
    if criterion.measures and {r for m in criterion.measures for r in m.rounds} != {1, 2, 3, 4}:
        entry.wrong(_("no measure is left in some round; give one without 'rounds'"), "measure")
    if isinstance(criterion.rule, Linear):
        _check_linear(criterion, criterion.rule, entry)
    if isinstance(criterion.rule, Bands):
        _check_bands(criterion, criterion.rule.bands, entry)


def _check_grades(card: Scorecard, problems: Problems) -> None:
    bounds = [grade.from_total for grade in card.grades]
    if any(upper <= lower for upper, lower in pairwise(bounds)):
        problems.add(_("grades must go from the highest 'from' down, each once; put them in order"), "grades")
    if bounds and bounds[-1] != 0:
        problems.add(_("the lowest grade must begin at 0, or low totals have no grade; add it"), "grades")
    if bounds and bounds[0] > 100:
        problems.add(_("no total reaches a grade from {bound}; totals end at 100").format(bound=bounds[0]), "grades")


def _check_measure(measure: Measure, entry: Place, index: str) -> None:
    known = figure_definitions()
    for code in measure.figures:
        if code not in known:
            entry.wrong(
                _("figure '{code}' is not in the catalogue of figures; see figures.yaml").format(code=code),
                "measure",
                index,
            )
    units = {known[code].unit for code in measure.figures if code in known}
    if measure.printed and units - {"percent"}:
        entry.wrong(_("'printed' takes percentages only; use 'value' for counts and amounts"), "measure", index)
    if not measure.printed and "percent" in units:
        entry.wrong(_("a percentage can be neither added nor divided; use 'printed' for it"), "measure", index)
    if len(units) > 1:
        entry.wrong(_("counts and amounts of money cannot be mixed in one measure; split it"), "measure", index)


def _check_linear(criterion: Criterion, rule: Linear, entry: Place) -> None:
    rising = criterion.kind == "proportional"
    for zero, full in zip(rule.zero_at, rule.full_at, strict=True):
        if rising and zero >= full:
            entry.wrong(_("'target' must lie above 'floor' ({floor})").format(floor=zero), "target")
        if not rising and zero <= full:
            entry.wrong(
                _("'zero_at' must lie above 'full_at' ({full}): less is better here").format(full=full), "zero_at"
            )
        if criterion.share and not (0 <= zero <= 100 and 0 <= full <= 100):
            entry.wrong(_("a share lies between 0 and 100 percent, and so must its bounds"))


def _check_bands(criterion: Criterion, bands: tuple[Band, ...], entry: Place) -> None:
    """Note gaps, overlaps and points that go up and down; `bands` stand from the lowest up."""
    if bands[0].low is not None or bands[-1].high is not None:
        entry.wrong(_("the lowest band needs no lower bound and the highest no upper one; leave them open"), "bands")
    for lower, upper in pairwise(bands):
        _check_seam(lower, upper, entry)
    points = [band.points for band in bands]
    if points not in (sorted(points), sorted(points, reverse=True)):
        entry.wrong(_("points must only rise or only fall from band to band; put them in order"), "bands")
    if criterion.kind == "timeliness" and points[0] < points[-1]:
        entry.wrong(_("points for lateness must fall as the days grow; exchange the bands' points"), "bands")
    if max(points) != criterion.points or min(points) < 0:
        entry.wrong(
            _("the best band must give the {points} points of the criterion and none less than 0").format(
                points=criterion.points
            ),
            "bands",
        )


def _check_seam(lower: Band, upper: Band, entry: Place) -> None:
    """Note a gap or an overlap between two neighbouring bands."""
    if lower.high is None or upper.low is None or lower.high > upper.low:
        entry.wrong(
            _("two bands overlap at {bound}; let one end where the next begins").format(bound=upper.low), "bands"
        )
    elif lower.high < upper.low:
        entry.wrong(
            _("no band holds the values from {low} to {high}; close the gap").format(low=lower.high, high=upper.low),
            "bands",
        )
    elif lower.high_in and upper.low_in:
        entry.wrong(
            _("two bands overlap at {bound}; let one end where the next begins").format(bound=upper.low), "bands"
        )
    elif not lower.high_in and not upper.low_in:
        entry.wrong(
            _("no band holds the value {bound}; use 'from' or 'up_to' on one side").format(bound=upper.low), "bands"
        )
    elif lower.low is not None and lower.high <= lower.low:
        entry.wrong(_("a band ends where it begins ({bound}); widen it").format(bound=lower.high), "bands")
