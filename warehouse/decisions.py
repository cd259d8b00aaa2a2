"""Recording what a named person decides.

Belongs here: checking that a decision can be recorded as asked, adding its rows, and letting it take effect at once.
Stays out: changing or deleting decisions: rows are only ever added, which the database itself holds to.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from sqlalchemy import Connection, Engine, insert, select

from catalogue.figures import figure_definitions
from cchc.errors import DecisionError
from cchc.messages import translator
from warehouse import effective_values as standing
from warehouse.connection import lock, writing
from warehouse.findings import settle
from warehouse.reference import ensure_round
from warehouse.rows import DecisionRow, NewDecision
from warehouse.tables import DecisionTable, FigureValueTable, FindingFigureTable, FindingTable, ReportTable

_ = translator("warehouse")


def record_decision(engine: Engine, new: NewDecision, moment: datetime) -> tuple[DecisionRow, ...]:
    """Record a decision and return its rows, one a figure it concerns.

    Raises:
        DecisionError: nobody is named, no reason is given, the finding is unknown or of another report, a value is
            missing, or a proposal is taken that the finding does not make.
    """
    _check_words(new)
    with writing(engine) as connection:
        ensure_round(connection, new.round)
        lock(connection, "version", new.ward, new.round)
        figures = _figures_of(connection, new)
        rows = tuple(_add(connection, new, figure, moment) for figure in figures)
        if new.finding_key is not None:
            settle(connection, new.finding_key, new.ward, new.round, moment)
        standing.refresh(connection, new.ward, new.round)
        return rows


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
