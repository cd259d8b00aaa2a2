"""Decisions: what a named person says about a finding or a figure.

Belongs here: the kinds of decisions, who may record which when, the state they leave a finding in, the value of a
figure they make effective, and which of them still apply to a resent report. Pure functions over plain values.
Stays out: storing them (warehouse) and asking for them (command line).

Decisions are only ever added. The printed value stays beside the decided one, and the last decision counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from catalogue.figures import figure_definitions
from cchc.errors import DecisionError
from cchc.messages import translator
from validation.finding import Finding

_ = translator("validation")


class Kind(StrEnum):
    """What a person may decide."""

    ACCEPT = "accept"
    PROPOSE = "propose"
    ENTER = "enter"
    REJECT = "reject"
    REOPEN = "reopen"


@dataclass(frozen=True)
class Decision:
    """One decision: on a finding (`finding`, its key), on one figure of a report, or on both.

    ACCEPT takes the figures as printed; PROPOSE takes the proposal of the finding; ENTER takes `value`; REJECT keeps
    the figure out; REOPEN undoes what was decided before. `printed` is the value that stood in the report when the
    person decided, by which a resent report shows whether the decision still applies.
    """

    ward: str
    round: str
    kind: Kind
    by: str
    at: datetime
    why: str
    finding: str | None = None
    figure: str | None = None
    value: Decimal | None = None
    printed: Decimal | None = None


@dataclass(frozen=True)
class Effective:
    """The value of a figure that counts: the printed one or a decided one, None where it is kept out.

    `source` is "printed", or the kind of the decision that made it; `decision` is that decision.
    """

    value: Decimal | None
    source: str
    decision: Decision | None = None


def decide(
    kind: Kind,
    *,
    by: str,
    at: datetime,
    why: str,
    finding: Finding | None = None,
    ward: str = "",
    round_label: str = "",
    figure: str | None = None,
    value: Decimal | None = None,
    printed: Decimal | None = None,
) -> Decision:
    """Return the decision as asked, on a finding or, without one, on a figure of a report.

    Raises:
        DecisionError: nobody signs it, no reason is given, the proposal does not exist, or the value is unfit.
    """
    if not by.strip():
        raise DecisionError(_("A decision needs the name of the person who takes it; give --by."))
    if not why.strip():
        raise DecisionError(_("A decision needs a reason; give --why."))
    concerned = _figure_of(finding, figure, kind)
    decided = _proposed(finding, concerned) if kind is Kind.PROPOSE else value
    _check_value(kind, concerned, decided)
    return Decision(
        ward=finding.ward if finding else ward,
        round=finding.round if finding else round_label,
        kind=kind,
        by=by.strip(),
        at=at,
        why=why.strip(),
        finding=finding.key if finding else None,
        figure=concerned,
        value=decided,
        printed=printed,
    )


def effective(printed: Decimal | None, decisions: Sequence[Decision]) -> Effective:
    """Return the value of one figure under the decisions on it, given in the order in which they were taken."""
    last = _last(decisions)
    if last is None or last.kind is Kind.ACCEPT:
        return Effective(printed, "printed" if last is None else Kind.ACCEPT.value, last)
    if last.kind is Kind.REJECT:
        return Effective(None, Kind.REJECT.value, last)
    return Effective(last.value, last.kind.value, last)


def settles(finding: Finding, decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision that settles a finding, None where it is open: the last one on it, unless it reopened."""
    concerned = [
        d for d in decisions if d.finding == finding.key or (d.finding is None and d.figure in finding.figures)
    ]
    return _last(concerned)


def still_applies(decision: Decision, printed: Decimal | None) -> bool:
    """Tell whether a decision applies to a report sent again, which prints `printed` for its figure.

    It applies while the ward prints what it printed when the person decided. A figure that changed, or came or went,
    has to be looked at anew; a decision that names no figure applies as long as its finding is found again.
    """
    return decision.figure is None or decision.printed == printed


def carried(
    decisions: Iterable[Decision], printed: dict[str, Decimal]
) -> tuple[tuple[Decision, ...], tuple[Decision, ...]]:
    """Return the decisions that still apply to a resent report printing these values, and those that do not."""
    kept: list[Decision] = []
    lapsed: list[Decision] = []
    for decision in decisions:
        applies = still_applies(decision, printed.get(decision.figure or ""))
        (kept if applies else lapsed).append(decision)
    return tuple(kept), tuple(lapsed)


def _last(decisions: Sequence[Decision]) -> Decision | None:
    """Return the decision in force: the last by moment, None where that reopens the matter."""
    if not decisions:
        return None
    last = max(enumerate(decisions), key=lambda pair: (pair[1].at, pair[0]))[1]
    return None if last.kind is Kind.REOPEN else last


def _figure_of(finding: Finding | None, figure: str | None, kind: Kind) -> str | None:
    """Return the figure concerned: the one named, else the only one for which the finding proposes or speaks."""
    if figure is not None:
        if figure not in figure_definitions():
            raise DecisionError(_("No figure is called {figure}; see figures.yaml.").format(figure=figure))
        return figure
    if finding is None:
        raise DecisionError(_("Name a finding or a figure to decide on."))
    candidates = {p.figure for p in finding.proposals} if kind is Kind.PROPOSE else set(finding.figures)
    if len(candidates) == 1:
        return candidates.pop()
    if kind is Kind.ENTER:
        text = _("The finding concerns several figures ({figures}); name one with --figure.")
        raise DecisionError(text.format(figures=", ".join(finding.figures)))
    return None


def _proposed(finding: Finding | None, figure: str | None) -> Decimal:
    proposals = [p for p in finding.proposals if figure in (None, p.figure)] if finding else []
    if len(proposals) != 1:
        raise DecisionError(_("There is no single proposal to take; enter the value instead."))
    return proposals[0].value


def _check_value(kind: Kind, figure: str | None, value: Decimal | None) -> None:
    if kind not in (Kind.ENTER, Kind.PROPOSE):
        if value is not None:
            raise DecisionError(_("Only a value entered or proposed may be given; leave --value out."))
        return
    if value is None or figure is None:
        raise DecisionError(_("Give the value to enter with --value, and the figure with --figure."))
    whole = figure_definitions()[figure].unit != "count" or value == value.to_integral_value()
    if not value.is_finite() or value < 0 or not whole:
        text = _("{value} is no value of {figure}; give a number from 0, without decimals for a count.")
        raise DecisionError(text.format(value=value, figure=figure))
