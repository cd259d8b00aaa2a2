"""Marks that people give for what reports cannot show.

Belongs here: whether a mark can be given as asked, and recording it.
Stays out: what a mark is worth (`scoring.score`); only its final points count.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard
from catalogue.wards import wards
from cchc.errors import DecisionError
from cchc.formats import number
from cchc.messages import translator
from scoring.inputs import ManualMark, Waiver
from warehouse.results import record_mark
from warehouse.rows import MarkRow

_ = translator("scoring")


def give_mark(engine: Engine, round_label: str, card: Scorecard, mark: ManualMark, moment: datetime) -> None:
    """Record a mark; an earlier one for the same ward and criterion stays on record and no longer counts.

    Raises:
        DecisionError: the ward or criterion is unknown, the criterion is not given by people, the points lie outside
            it, or nobody's name stands by it.
        CatalogueError: the label names no round.
    """
    label = parse_round(round_label).label
    refuse_mark(card, mark)
    record_mark(
        engine,
        MarkRow(
            round=label,
            ward=mark.ward,
            scorecard=card.name,
            criterion=mark.criterion,
            self_assessed=mark.self_assessed,
            appraised=mark.appraised,
            final=mark.final,
            evidence=mark.evidence,
            marked_by=mark.by,
            marked_at=moment,
        ),
    )


def waive(engine: Engine, round_label: str, card: Scorecard, waiver: Waiver, moment: datetime) -> None:
    """Record that a criterion does not apply to a ward in a round; a later mark of `restore` takes it back.

    Raises:
        DecisionError: the ward or criterion is unknown, or name or reason are missing.
        CatalogueError: the label names no round.
    """
    _record_waiver(engine, parse_round(round_label).label, card, waiver, moment, not_applicable=True)


def restore(engine: Engine, round_label: str, card: Scorecard, waiver: Waiver, moment: datetime) -> None:
    """Record that a criterion applies to a ward again; raises as `waive`."""
    _record_waiver(engine, parse_round(round_label).label, card, waiver, moment, not_applicable=False)


def _record_waiver(
    engine: Engine, label: str, card: Scorecard, waiver: Waiver, moment: datetime, *, not_applicable: bool
) -> None:
    if waiver.ward not in wards():
        raise DecisionError(_("'{ward}' is no ward; see cchc status for their short names").format(ward=waiver.ward))
    if card.criterion(waiver.criterion) is None:
        known = ", ".join(criterion.code for criterion in card.criteria)
        message = _("'{criterion}' is no criterion of '{card}'; its criteria are: {known}")
        raise DecisionError(message.format(criterion=waiver.criterion, card=card.name, known=known))
    if not waiver.by.strip() or not waiver.why.strip():
        raise DecisionError(_("a decision needs a name and a reason; say who decides and why"))
    row = MarkRow(
        label, waiver.ward, card.name, waiver.criterion, None, None, None, waiver.why.strip(), waiver.by.strip(),
        moment, not_applicable,
    )  # fmt: skip
    record_mark(engine, row)


def refuse_mark(card: Scorecard, mark: ManualMark) -> None:
    """Raise a DecisionError where a mark cannot be given under a card; `give_mark` names the reasons."""
    criterion = card.criterion(mark.criterion)
    manual = ", ".join(c.code for c in card.criteria if c.kind == "manual") or "–"
    if mark.ward not in wards():
        raise DecisionError(_("'{ward}' is no ward; see cchc status for their short names").format(ward=mark.ward))
    if criterion is None or criterion.kind != "manual":
        message = _("'{criterion}' is no criterion that people mark; those of '{card}' are: {manual}")
        raise DecisionError(message.format(criterion=mark.criterion, card=card.name, manual=manual))
    if not mark.by.strip():
        raise DecisionError(_("a mark needs the name of the person who gives it; add --by"))
    given = [points for points in (mark.self_assessed, mark.appraised, mark.final) if points is not None]
    if not given:
        raise DecisionError(_("no points are given; add --final, --appraised or --self-assessed"))
    for points in given:
        if not Decimal(0) <= points <= criterion.points:
            message = _("{points} points do not fit '{title}': it has 0 to {most}")
            raise DecisionError(
                message.format(points=number(points), title=criterion.title, most=number(criterion.points))
            )
