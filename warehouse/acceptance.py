"""Acceptance without a look, by class of text: how it is borne out by blind checks, and its switch.

Belongs here: the running bound of each class, when an error switches a class off, and persons switching it.
Stays out: drawing and checking (`warehouse.blind_sample`), what waits because of it (`warehouse.effective_values`).

The limit of a class is the bound it was certified with (`trust.yaml`), or `UNPROVEN` where nothing proves it. Few
checks give a wide bound without any error, which says nothing against the class; so it switches itself off when an
error was found and the bound of all its checks lies over the limit. Once a person has switched it on again, only
errors found since then can switch it off.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, insert, select

from catalogue.trust import TextClass, trust
from cchc.bounds import checks_needed, upper_bound
from cchc.errors import DecisionError
from cchc.formats import day, number, percent
from cchc.messages import translator
from warehouse import effective_values as standing
from warehouse.connection import lock, reading, writing
from warehouse.people.acts import Act, note_in
from warehouse.tables import BlindCheckTable, BlindSampleTable, TrustSwitchTable

_ = translator("sampling")

CLASSES: tuple[TextClass, ...] = ("digital", "scan", "poor_scan")
UNPROVEN = 0.005
"""Limit of a class that no marked set proves: the share of wrong ones that the house aims at."""


@dataclass(frozen=True)
class Switch:
    """The last switching of a class; `by` is empty where a blind check did it."""

    is_on: bool
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class Acceptance:
    """A class of text: how many were drawn, checked and found wrong (since the last switching too), and its switch.

    `limit` is a share, 0–1. `is_used` is False where the class is never sure by its threshold.
    """

    text_class: TextClass
    drawn: int
    checked: int
    wrong: int
    wrong_since: int
    limit: float
    is_used: bool
    switch: Switch | None

    @property
    def bound(self) -> float:
        """Return the exact 95 % upper bound of the share of wrong ones among the figures that count unseen."""
        return upper_bound(self.wrong, self.checked)

    @property
    def is_on(self) -> bool:
        """Return whether sure figures of the class count without a look."""
        return self.switch is None or self.switch.is_on

    @property
    def is_crossed(self) -> bool:
        """Return whether the checks since the last switching speak against the class."""
        return self.wrong_since > 0 and self.bound > self.limit


def acceptances(engine: Engine) -> list[Acceptance]:
    """Return every class as it stands."""
    with reading(engine) as connection:
        return list(acceptances_in(connection))


def acceptances_in(connection: Connection) -> Iterator[Acceptance]:
    """Yield every class as it stands, in the caller's transaction."""
    drawn, checks, switches = _drawn(connection), _checks(connection), _switches(connection)
    for name in CLASSES:
        mine = [row for row in checks if row.text_class == name]
        wrong = [row for row in mine if not row.is_right]
        last = switches.get(name)
        since = [row for row in wrong if last is None or row.checked_at > last.at]
        proof = trust()[name].proof
        limit = proof.bound if proof else UNPROVEN
        is_used = trust()[name].threshold is not None
        yield Acceptance(name, drawn[name], len(mine), len(wrong), len(since), limit, is_used, last)


def switch(
    engine: Engine,
    text_class: str,
    is_on: bool,
    by: str,
    reason: str,
    moment: datetime,
    *,
    act: Act | None = None,
) -> None:
    """Switch acceptance without a look on or off for a class, in the name of a person, and judge every figure anew.

    Raises:
        DecisionError: nobody is named, no reason is given, there is no such class, or it stands so already.
    """
    if not by.strip() or not reason.strip():
        raise DecisionError(_("switching a class needs a name and a reason; say who switches it and why"))
    with writing(engine) as connection:
        lock(connection, "trust")
        found = next((one for one in acceptances_in(connection) if one.text_class == text_class), None)
        if found is None:
            raise DecisionError(
                _("there is no class '{name}'; name one of {names}").format(name=text_class, names=", ".join(CLASSES))
            )
        if found.is_on == is_on:
            raise DecisionError(_("'{name}' stands so already; nothing was changed").format(name=text_class))
        switch_in(connection, text_class, Switch(is_on, by.strip(), moment, reason.strip()))
        if act is not None:
            note_in(connection, act, moment)


def switch_in(connection: Connection, text_class: str, new: Switch) -> None:
    """Add a switching in the caller's transaction and judge every figure anew."""
    values = {"is_on": new.is_on, "switched_by": new.by, "switched_at": new.at, "reason": new.reason}
    connection.execute(insert(TrustSwitchTable).values(text_class=text_class, **values))
    standing.refresh_all(connection)


def told(found: Acceptance) -> str:
    """Return how a class stands in one sentence, in the language of the moment."""
    name = class_name(found.text_class)
    if found.switch is not None and not found.is_on:
        line = _("{name}: switched off on {day} ({reason}); every figure of it waits for a person")
        return line.format(name=name, day=day(found.switch.at), reason=found.switch.reason)
    if not found.is_used:
        return _("{name}: no figure counts without a look").format(name=name)
    if not found.checked:
        line = _("{name}: nothing checked blindly yet; certified limit {limit}")
        return line.format(name=name, limit=percent(found.limit * 100, 2))
    line = _("{name}: {wrong} wrong of {checked} checked blindly, at most {bound} wrong (95 %); limit {limit}")
    shown = {"bound": percent(found.bound * 100, 2), "limit": percent(found.limit * 100, 2)}
    counts = {"wrong": number(found.wrong), "checked": number(found.checked)}
    needed = checks_needed(found.limit)
    more = "" if found.wrong or found.checked >= needed else _("; {n} checks without error would prove it")
    return line.format(name=name, **counts, **shown) + more.format(n=number(needed))


def class_name(text_class: str) -> str:
    """Return what people call a class of text."""
    return {"digital": _("digital text"), "scan": _("good scans"), "poor_scan": _("poor scans")}[text_class]


def _drawn(connection: Connection) -> Counter[str]:
    return Counter(connection.execute(select(BlindSampleTable.text_class)).scalars())


def _checks(connection: Connection) -> list[Any]:
    check, drawn = BlindCheckTable, BlindSampleTable
    query = select(drawn.text_class, check.is_right, check.checked_at).join(drawn, drawn.id == check.sample_id)
    return list(connection.execute(query))


def _switches(connection: Connection) -> dict[str, Switch]:
    """Return the last switching of each class that was ever switched."""
    table = TrustSwitchTable
    query = select(table.text_class, table.is_on, table.switched_by, table.switched_at, table.reason)
    rows = connection.execute(query.order_by(table.id))
    return {row.text_class: Switch(row.is_on, row.switched_by, row.switched_at, row.reason) for row in rows}
