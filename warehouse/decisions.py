"""Recording what a named person decides.

Belongs here: checking that a decision can be recorded as asked, adding its rows, and letting it take effect at once.
Stays out: changing or deleting decisions: rows are only ever added, which the database itself holds to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, Engine, func, insert, or_, select

from catalogue.figures import figure_definitions
from cchc.errors import DecisionError, OvertakenError
from cchc.messages import translator
from warehouse import effective_values as standing
from warehouse.connection import lock, writing
from warehouse.findings import settle
from warehouse.people.acts import Act, note_in
from warehouse.reference import ensure_round
from warehouse.rows import DecisionRow, NewDecision
from warehouse.tables import DecisionTable, FigureValueTable, FindingFigureTable, FindingTable, ReportTable

_ = translator("warehouse")


@dataclass(frozen=True)
class Seen:
    """What somebody looked at before deciding: the report in force, and the last decision on the same things.

    `decision_id` is 0 where nothing was decided.
    """

    report_id: int | None
    decision_id: int


@dataclass(frozen=True)
class Wish:
    """A decision that is asked for, what was seen before it (None: whatever there is), and the act it is part of."""

    new: NewDecision
    seen: Seen | None = None
    act: Act | None = None


def record_decision(
    engine: Engine, new: NewDecision, moment: datetime, *, seen: Seen | None = None, act: Act | None = None
) -> tuple[DecisionRow, ...]:
    """Record a decision and return its rows, one a figure it concerns.

    Raises:
        OvertakenError: somebody decided, or another report came, since the state that was `seen`.
        DecisionError: nobody is named, no reason is given, the finding is unknown or of another report, a value is
            missing, or a proposal is taken that the finding does not make.
    """
    [result] = record_decisions(engine, [Wish(new, seen, act)], moment)
    if isinstance(result, DecisionError):
        raise result
    return result


def record_decisions(
    engine: Engine, wishes: Sequence[Wish], moment: datetime
) -> list[tuple[DecisionRow, ...] | DecisionError]:
    """Record decisions in one transaction and return, for each, its rows or why it was not recorded."""
    results: list[tuple[DecisionRow, ...] | DecisionError] = []
    with writing(engine) as connection:
        for ward, label in sorted({(wish.new.ward, wish.new.round) for wish in wishes}):
            ensure_round(connection, label)
            lock(connection, "version", ward, label)
        for wish in wishes:
            try:
                results.append(_record(connection, wish, moment))
            except DecisionError as error:
                results.append(error)
        recorded = {(rows[0].ward, rows[0].round) for rows in results if isinstance(rows, tuple)}
        for ward, label in sorted(recorded):
            standing.refresh(connection, ward, label)
    return results


def seen_now(
    connection: Connection, ward: str, round_label: str, figures: Sequence[str | None], finding_key: str | None
) -> Seen:
    """Return what a decision on these figures or this finding has to have seen to be up to date."""
    report_id = connection.execute(
        select(ReportTable.id).where(
            ReportTable.ward == ward, ReportTable.round == round_label, ReportTable.loaded_to.is_(None)
        )
    ).scalar()
    same: list[ColumnElement[bool]] = [DecisionTable.figure.in_([f for f in figures if f is not None])]
    if finding_key is not None:
        same.append(DecisionTable.finding_key == finding_key)
    last = select(func.max(DecisionTable.id)).where(
        DecisionTable.ward == ward, DecisionTable.round == round_label, or_(*same)
    )
    return Seen(report_id, connection.execute(last).scalar() or 0)


def _record(connection: Connection, wish: Wish, moment: datetime) -> tuple[DecisionRow, ...]:
    """Add the rows of one decision; nothing is written before everything about it is checked."""
    new = wish.new
    _check_words(new)
    figures = _figures_of(connection, new)
    if wish.seen is not None:
        _check_seen(connection, wish, figures)
    rows = tuple(_add(connection, new, figure, moment) for figure in figures)
    if new.finding_key is not None:
        settle(connection, new.finding_key, new.ward, new.round, moment)
    if wish.act is not None:
        note_in(connection, wish.act, moment)
    return rows


def _check_seen(connection: Connection, wish: Wish, figures: Sequence[str | None]) -> None:
    new, seen = wish.new, wish.seen
    assert seen is not None
    now = seen_now(connection, new.ward, new.round, _whole(connection, new, figures), new.finding_key)
    if now.report_id != seen.report_id:
        raise OvertakenError(
            _("another version of the report was read since you looked at it; nothing was recorded, look at it again")
        )
    if now.decision_id != seen.decision_id:
        last = connection.execute(select(DecisionTable.__table__).where(DecisionTable.id == now.decision_id)).one()
        raise OvertakenError(
            _("{by} has decided this meanwhile ({why}); nothing of yours was recorded").format(
                by=last.decided_by, why=last.reason
            )
        )


def _whole(connection: Connection, new: NewDecision, figures: Sequence[str | None]) -> Sequence[str | None]:
    """Return every figure of the finding, so that what is seen is the same whichever of them is decided."""
    if new.finding_key is None:
        return figures
    bound = select(FindingFigureTable.figure).where(FindingFigureTable.finding_key == new.finding_key)
    return list(connection.execute(bound).scalars())


def _check_words(new: NewDecision) -> None:
    if not new.decided_by.strip() or not new.reason.strip():
        raise DecisionError(_("a decision needs a name and a reason; say who decides and why"))
    if new.kind in ("propose", "enter") and new.value is None:
        raise DecisionError(_("'{kind}' needs the value to take over; give it").format(kind=new.kind))
    if new.kind not in ("propose", "enter") and new.value is not None:
        raise DecisionError(_("'{kind}' takes no value; leave it out, or use 'enter'").format(kind=new.kind))
    if new.figure is not None and new.figure not in figure_definitions():
        raise DecisionError(_("'{figure}' is no figure of the catalogue; mend its code").format(figure=new.figure))
    if new.finding_key is None and new.figure is None:
        raise DecisionError(_("a decision is on a finding or on a figure; name one"))
    if new.kind == "propose" and new.finding_key is None:
        raise DecisionError(_("a proposal belongs to a finding; name it, or use 'enter'"))


def _figures_of(connection: Connection, new: NewDecision) -> list[str | None]:
    """Return the figures a decision concerns, checked against its finding."""
    if new.finding_key is None:
        return [new.figure]
    finding = connection.execute(select(FindingTable.__table__).where(FindingTable.key == new.finding_key)).first()
    if finding is None or (finding.ward, finding.round) != (new.ward, new.round):
        raise DecisionError(
            _("{ward} has no finding {key} in {round}; list its findings first").format(
                ward=new.ward, key=new.finding_key, round=new.round
            )
        )
    bound = list(
        connection.execute(
            select(FindingFigureTable.figure)
            .where(FindingFigureTable.finding_key == new.finding_key)
            .order_by(FindingFigureTable.position)
        ).scalars()
    )
    if new.figure is not None and new.figure not in bound:
        raise DecisionError(
            _("finding {key} does not concern '{figure}' but {figures}").format(
                key=new.finding_key, figure=new.figure, figures=", ".join(bound)
            )
        )
    if new.value is not None and new.figure is None and len(bound) != 1:
        raise DecisionError(
            _("the finding concerns {figures}; say which takes the value").format(figures=", ".join(bound) or "–")
        )
    if new.kind == "propose":
        _check_proposal(new, finding.proposals, new.figure or bound[0])
    return [new.figure] if new.figure is not None else [*bound] or [None]


def _check_proposal(new: NewDecision, proposals: list[dict[str, str]], figure: str) -> None:
    if (figure, new.value) not in {(p["figure"], Decimal(p["value"])) for p in proposals}:
        raise DecisionError(
            _("the finding does not propose {value} for '{figure}'; use 'enter' for a value of your own").format(
                value=new.value, figure=figure
            )
        )


def _add(connection: Connection, new: NewDecision, figure: str | None, moment: datetime) -> DecisionRow:
    printed = None if figure is None else printed_value(connection, new.ward, new.round, figure)
    values = {
        "finding_key": new.finding_key,
        "ward": new.ward,
        "round": new.round,
        "figure": figure,
        "kind": new.kind,
        "value": new.value,
        "printed": printed,
        "decided_by": new.decided_by.strip(),
        "decided_at": moment,
        "reason": new.reason.strip(),
    }
    number = connection.execute(insert(DecisionTable).values(values).returning(DecisionTable.id)).scalar_one()
    return DecisionRow(id=number, **values)  # type: ignore[arg-type]


def printed_value(connection: Connection, ward: str, round_label: str, figure: str) -> Decimal | None:
    """Return what the report in force prints for a figure, None where it prints nothing."""
    return connection.execute(
        select(FigureValueTable.value)
        .join(ReportTable, ReportTable.id == FigureValueTable.report_id)
        .where(
            ReportTable.ward == ward,
            ReportTable.round == round_label,
            ReportTable.loaded_to.is_(None),
            FigureValueTable.figure == figure,
            FigureValueTable.is_primary,
        )
    ).scalar()
