"""Whether another reader may take over: held against what people decided, and against what was certified before.

Belongs here: which decided figures a new reading of the same file would let count wrongly, which certified classes are
proven less well than when this office last took a reader over. Stays out: reading again (`pipelines.keeping.reread`),
measuring (`training.certifying`).

A decision holds while the report is read as it was read then. A reader that reads another value there makes it void; so
a value that would count without a look, and is not what a person decided, is refused while the former reading stands.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Engine, text

from catalogue.figures import figure_definitions
from catalogue.trust import trust
from catalogue.wards import wards
from cchc import formats
from cchc.errors import UpgradeError
from cchc.messages import translator
from parsers.reading import Printing, Reading
from warehouse import effective_values as standing
from warehouse.connection import reading as snapshot
from warehouse.connection import writing
from warehouse.decided_figures import KnownFigure, known_figures
from warehouse.queries import reading_of
from warehouse.reference import upsert
from warehouse.tables import WarehouseStateTable

_ = translator("decisions")

KEY = "trust"
"""Where `warehouse_state` keeps the bounds of the classes as they were when a reader was last taken over."""
_TOLD = 5


@dataclass(frozen=True)
class Spoilt:
    """A decided figure that would count with another value; `decided` is None where a person keeps it out."""

    figure: str
    decided: Decimal | None
    would_be: Decimal


@dataclass(frozen=True)
class Worse:
    """A class of text whose certified bound (a share, 0–1) is worse than before, None where nothing proves it now."""

    text_class: str
    before: float
    now: float | None


def spoilt(old: Reading, new: Reading, known: Iterable[KnownFigure], threshold: float) -> list[Spoilt]:
    """Return which decided figures `new` would let count with another value, and `old` does not.

    `threshold` is the confidence from which a figure counts without a look. A person who entered what the report prints
    nowhere corrected the report: reading its print is no fault of the reader.
    """
    before, after = old.primaries(), new.primaries()
    found = []
    for one in known:
        now, was = after.get(one.figure), before.get(one.figure)
        if not one.is_decided or now is None or not _counts(now, threshold) or now.value == one.value:
            continue
        if was is not None and was.value == now.value and (_counts(was, threshold) or not _is_printed(new, one.value)):
            continue
        found.append(Spoilt(one.figure, one.value, now.value))
    return found


def _counts(printing: Printing, threshold: float) -> bool:
    return printing.confidence >= threshold and not printing.malformed


def _is_printed(reading: Reading, value: Decimal | None) -> bool:
    """Return whether a report prints a value at all; a rejected figure (None) is none, wherever it stands."""
    return value is None or any(a.value == value for a in reading.accounts)


def spoilt_by(engine: Engine, new: Reading, ward: str, round_label: str) -> list[Spoilt]:
    """Return what a new reading would spoil of a report in force; nothing where that is another file or none."""
    old = reading_of(engine, ward, round_label)
    if old is None or old.sha256 != new.sha256:
        return []
    with snapshot(engine) as connection:
        threshold = standing.threshold(connection)
    return spoilt(old, new, known_figures(engine, round_label, ward), threshold)


def refuse_spoiling(engine: Engine, new: Reading, ward: str, round_label: str) -> None:
    """Do nothing where a new reading may take the place of the one in force.

    Raises:
        UpgradeError: a decided figure would count with another value; names them, and what to do.
    """
    found = spoilt_by(engine, new, ward, round_label)
    if found:
        raise UpgradeError(told(ward, round_label, found))


def told(ward: str, round_label: str, found: Sequence[Spoilt]) -> str:
    """Return in words what would be spoilt, and what to do."""
    each = "; ".join(
        _("{figure}: decided {decided}, would count as {value}").format(
            figure=figure_definitions()[one.figure].meaning_vi,
            decided="–" if one.decided is None else formats.number(one.decided),
            value=formats.number(one.would_be),
        )
        for one in found[:_TOLD]
    )
    return _(
        "{ward}, {round}: this reader would let {n} decided figures count with another value ({each}); the former "
        "reading stays in force. Look at them with cchc reread --round {round} --diff; decide anew where the decision "
        "was wrong, else keep the former release and report this"
    ).format(ward=wards()[ward].full_name, round=round_label, n=len(found), each=each)


def worse_classes(engine: Engine) -> list[Worse]:
    """Return the classes that are proven less well than when a reader was last taken over.

    A class that is never sure any more cannot be wrong without a look, and is not among them.
    """
    with snapshot(engine) as connection:
        before = _kept(connection)
    found = []
    for name, entry in trust().items():
        bound = entry.proof.bound if entry.proof is not None else None
        if name in before and entry.threshold is not None and (bound is None or bound > before[name]):
            found.append(Worse(name, before[name], bound))
    return found


def refuse_worse(engine: Engine) -> None:
    """Do nothing where every certified class is proven at least as well as before.

    Raises:
        UpgradeError: one is not; says which, by how much, and what to do.
    """
    found = worse_classes(engine)
    if found:
        each = "; ".join(
            _("{name}: at most {before} wrong before, now {now}").format(
                name=one.text_class,
                before=formats.percent(one.before * 100, 2),
                now=_("not proven") if one.now is None else formats.percent(one.now * 100, 2),
            )
            for one in found
        )
        raise UpgradeError(
            _(
                "this release reads a certified class less surely ({each}); no reading was replaced. Keep the former "
                "release, or let cchc certify prove this one on more marked sets"
            ).format(each=each)
        )


def keep_first_certificates(connection: Connection) -> None:
    """Keep the bounds this office works with where none are kept yet; called before the catalogue takes their place."""
    if not _kept(connection):
        rows = connection.execute(text("SELECT text_class, bound FROM trust WHERE bound IS NOT NULL"))
        _keep(connection, {row.text_class: row.bound for row in rows} or _of_catalogue())


def take_over(engine: Engine) -> None:
    """Keep that this office has taken over the readers of today with their certificates."""
    with writing(engine) as connection:
        _keep(connection, _of_catalogue())


def _of_catalogue() -> dict[str, float]:
    return {name: entry.proof.bound for name, entry in trust().items() if entry.proof is not None}


def _keep(connection: Connection, bounds: dict[str, float]) -> None:
    row: dict[str, Any] = {"key": KEY, "value": json.dumps(bounds, sort_keys=True)}
    upsert(connection, WarehouseStateTable.__table__, [row])


def _kept(connection: Connection) -> dict[str, float]:
    query = text("SELECT value FROM warehouse_state WHERE key = :key")
    found = connection.execute(query, {"key": KEY}).scalar()
    return {} if found is None else {name: float(bound) for name, bound in json.loads(found).items()}
