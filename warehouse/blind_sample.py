"""The blind sample: figures that counted without a look, drawn at random and read off the page by a person.

Belongs here: drawing, what is still to be checked, and keeping what a person read. Stays out: bounds and switches
(`warehouse.acceptance`), showing the sentence or page (`pipelines.cli.sample`, `console`).

Drawing is random but can be repeated: every figure of a round has a ticket, the hash of round, ward and figure, and
the smallest tickets of a class are drawn. A figure that was drawn stays drawn, with the load it was drawn from.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, text

from catalogue.rounds import Round
from catalogue.wards import wards_on
from cchc.errors import DecisionError, SecondLookError
from cchc.messages import translator
from warehouse.acceptance import Acceptance, Switch, acceptances_in, switch_in
from warehouse.connection import lock, reading, writing
from warehouse.judging import read_value
from warehouse.people.acts import Act, note_in
from warehouse.queries import reports
from warehouse.tables import BlindCheckTable, BlindSampleTable, FigureValueTable, ReportTable
from warehouse.types import plain

_ = translator("sampling")

SIZE = 30
"""Figures of a class that are drawn in a round."""

_UNSEEN = """
SELECT c.ward, c.figure, c.report_id, c.seq, coalesce(v.text_class, 'digital') AS text_class
FROM figure_current c
JOIN figure_value v ON v.report_id = c.report_id AND v.figure = c.figure AND v.seq = c.seq
WHERE c.round = :round AND c.status IN ('entered', 'marked') AND c.decision_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM decision d
      WHERE d.round = c.round AND d.ward = c.ward AND d.figure = c.figure AND d.kind <> 'reopen')
"""


@dataclass(frozen=True)
class Drawn:
    """A figure to be read off its page: where it stands, and nothing of what the reader made of it."""

    id: int
    round: str
    ward: str
    figure: str
    text_class: str
    page: int | None
    sentence: str
    sha256: str
    report_id: int
    seq: int


@dataclass(frozen=True)
class Checked:
    """What became of a check: whether the reader had read the same, its class now, and whether that went off by it."""

    is_right: bool
    acceptance: Acceptance
    switched_off: bool


def draw(engine: Engine, round_label: str, moment: datetime, size: int = SIZE) -> int:
    """Draw figures of a round until each class has `size` or no more, and return how many were added."""
    with writing(engine) as connection:
        lock(connection, "blind_sample", round_label)
        known = connection.execute(select(BlindSampleTable.__table__).where(BlindSampleTable.round == round_label))
        rows = _wanted(_tickets(connection, round_label), list(known), size)
        if rows:
            connection.execute(
                insert(BlindSampleTable), [{**row, "round": round_label, "drawn_at": moment} for row in rows]
            )
        return len(rows)


def draw_once(engine: Engine, found: Round, moment: datetime, *, is_over: bool = False) -> int:
    """Draw the first sample of a round once all its reports are in force, and return how many were drawn.

    Before, the wards that send early would be drawn more often than the others. `is_over` says that nothing more is
    waited for. Where something was drawn, nothing is added.
    """
    with reading(engine) as connection:
        known = connection.execute(select(BlindSampleTable.id).where(BlindSampleTable.round == found.label)).first()
    loaded = {row.ward for row in reports(engine, found.label)}
    is_whole = {ward.slug for ward in wards_on(found.window_end)} <= loaded
    if known is not None or not loaded or not (is_whole or is_over):
        return 0
    return draw(engine, found.label, moment)


def to_check(engine: Engine, round_label: str | None = None) -> list[Drawn]:
    """Return the drawn figures that nobody has checked yet, in the order of their tickets."""
    drawn, value, report = BlindSampleTable, FigureValueTable, ReportTable
    done = select(BlindCheckTable.sample_id)
    query = (
        select(
            drawn.id,
            drawn.round,
            drawn.ward,
            drawn.figure,
            drawn.text_class,
            value.page,
            value.sentence,
            report.sha256,
            drawn.report_id,
            drawn.seq,
        )
        .join(report, report.id == drawn.report_id)
        .join(value, _is_printing())
        .where(drawn.id.not_in(done))
        .order_by(drawn.round.desc(), drawn.ticket)
    )
    if round_label is not None:
        query = query.where(drawn.round == round_label)
    with reading(engine) as connection:
        return [Drawn(**row) for row in connection.execute(query).mappings()]


def record_check(
    engine: Engine, number: int, typed: str, by: str, moment: datetime, *, again: bool = False, act: Act | None = None
) -> Checked:
    """Keep what a person read for a drawn figure; `typed` is empty where the page does not print the figure there.

    What differs from the reader's value is kept only when it is said a second time (`again`), so that a slip of the
    finger is no error of the reader. An error that crosses the limit of the class switches it off.

    Raises:
        SecondLookError: it differs, and was said once; nothing was kept.
        DecisionError: nobody is named, no such figure was drawn, it was checked before, or `typed` is no number.
    """
    if not by.strip():
        raise DecisionError(_("a blind check needs a name; say who read the page"))
    value = read_value(typed) if typed.strip() else None
    with writing(engine) as connection:
        lock(connection, "trust")
        text_class, read = _open_one(connection, number)
        is_right = value is not None and plain(value) == plain(read)
        if not is_right and not again:
            raise SecondLookError(
                _("this is not what was read by machine; nothing was kept: look at the page again, then say it again")
            )
        row = {"sample_id": number, "typed": typed.strip(), "value": value, "is_right": is_right}
        connection.execute(insert(BlindCheckTable).values(**row, checked_by=by.strip(), checked_at=moment))
        if act is not None:
            note_in(connection, act, moment)
        return _judged(connection, text_class, is_right, moment)


def _judged(connection: Connection, text_class: str, is_right: bool, moment: datetime) -> Checked:
    """Return the class after a check, switched off where the check crossed its limit."""
    found = _class(connection, text_class)
    goes_off = not is_right and found.is_on and found.is_crossed
    if goes_off:
        reason = _("a blind check found an error: {wrong} wrong of {n} checked")
        switch_in(connection, text_class, Switch(False, "", moment, reason.format(wrong=found.wrong, n=found.checked)))
        found = _class(connection, text_class)
    return Checked(is_right, found, goes_off)


def _class(connection: Connection, text_class: str) -> Acceptance:
    return next(one for one in acceptances_in(connection) if one.text_class == text_class)


def _open_one(connection: Connection, number: int) -> tuple[str, Decimal]:
    """Return the class of a drawn figure that is still to be checked, and the value the reader read."""
    drawn, check = BlindSampleTable, BlindCheckTable
    query = select(drawn.text_class, FigureValueTable.value).join(FigureValueTable, _is_printing())
    found = connection.execute(query.where(drawn.id == number)).first()
    if found is None:
        raise DecisionError(_("no figure {number} was drawn; cchc sample list names those to check").format(
            number=number))  # fmt: skip
    before = connection.execute(select(check.checked_by).where(check.sample_id == number)).scalar()
    if before is not None:
        raise DecisionError(_("{by} has checked this one already; take another").format(by=before))
    return found.text_class, found.value


def _is_printing() -> Any:
    drawn, value = BlindSampleTable, FigureValueTable
    return (value.report_id == drawn.report_id) & (value.figure == drawn.figure) & (value.seq == drawn.seq)


def _tickets(connection: Connection, round_label: str) -> list[dict[str, Any]]:
    """Return every figure of a round that counts unseen, with its ticket, the smallest first."""
    rows = connection.execute(text(_UNSEEN), {"round": round_label}).mappings()
    return sorted(({**row, "ticket": _ticket(round_label, row)} for row in rows), key=lambda row: row["ticket"])


def _ticket(round_label: str, row: Any) -> str:
    return hashlib.sha256(f"{round_label}/{row['ward']}/{row['figure']}".encode()).hexdigest()


def _wanted(tickets: Iterable[dict[str, Any]], known: list[Any], size: int) -> list[dict[str, Any]]:
    """Return the figures to add so that each class has `size`."""
    drawn = {(row.ward, row.figure) for row in known}
    count = Counter(row.text_class for row in known)
    added = []
    for row in tickets:
        if (row["ward"], row["figure"]) not in drawn and count[row["text_class"]] < size:
            count[row["text_class"]] += 1
            added.append(row)
    return added
