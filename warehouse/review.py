"""The review: one queue of everything in a round that waits for a person, the worst first.

Belongs here: which figures and findings wait, in which order, which of them one look settles together, what was put
off. Stays out: recording what is decided (`decisions`), showing it (`console`, `pipelines.cli`).

Order: open errors, then figures read with doubt (the least sure first), then remarks; what was put off comes last.
A figure that a finding names is looked at with that finding, so that nobody looks at it twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Engine, func, insert, select

from warehouse.connection import reading, writing
from warehouse.decisions import Seen
from warehouse.queries.figures import figures_to_see
from warehouse.queries.judgements import findings
from warehouse.reference import ensure_round
from warehouse.rows import FigureRow, FindingRow
from warehouse.tables import DecisionTable, DeferralTable, FigureValueTable, ReportTable

Weight = Literal["error", "waiting", "remark"]
_WEIGHTS: tuple[Weight, ...] = ("error", "waiting", "remark")


@dataclass(frozen=True)
class Item:
    """One thing to look at: a finding with its figures, or a figure by itself.

    `name` is the finding's key or the figure's code, one of a kind within ward and round. `rows` are its figures
    as they count now. `seen` is what a decision on it has to have seen. `group` is shared by figures that one look
    settles (a row of numbers in one table, the numbers of one sentence), "" where there is nothing to share.
    """

    round: str
    ward: str
    name: str
    weight: Weight
    figures: tuple[str, ...]
    finding: FindingRow | None
    rows: tuple[FigureRow, ...]
    seen: Seen
    group: str = ""
    deferred_at: datetime | None = None
    deferred_by: str = ""

    @property
    def key(self) -> str:
        """Return what names the item within its round."""
        return f"{self.ward}/{self.name}"

    @property
    def row(self) -> FigureRow | None:
        """Return the figure looked at first, None where there is none."""
        return self.rows[0] if self.rows else None

    @property
    def confidence(self) -> float:
        """Return how sure the reading of the figure is, 1.0 where there is no figure."""
        return 1.0 if self.row is None or self.row.confidence is None else self.row.confidence


def queue(engine: Engine, round_label: str, ward: str | None = None) -> list[Item]:
    """Return everything in a round that waits for a person, in the order in which it should be looked at."""
    noted = [f for f in findings(engine, round_label, ward) if f.severity != "info"]
    bound = {(f.ward, code) for f in noted for code in f.figures}
    rows = figures_to_see(engine, round_label, ward, bound)
    with reading(engine) as connection:
        book = _Book.of(connection, round_label, {row.figure for row in rows if row.status == "waiting"})
    by_figure = {(row.ward, row.figure): row for row in rows}
    items = [_of_finding(f, by_figure, book) for f in noted]
    items += [_of_figure(row, book) for row in rows if row.status == "waiting" and (row.ward, row.figure) not in bound]
    return sorted(_grouped(items), key=_order)


def item_named(engine: Engine, round_label: str, ward: str, name: str) -> Item | None:
    """Return one thing that waits, None where it waits no longer."""
    return next((item for item in queue(engine, round_label, ward) if item.name == name), None)


def together(items: Iterable[Item], item: Item) -> list[Item]:
    """Return the items that one look settles together with `item`, itself among them."""
    return [other for other in items if item.group and (other.ward, other.group) == (item.ward, item.group)] or [item]


def defer(engine: Engine, round_label: str, ward: str, name: str, by: str, moment: datetime) -> None:
    """Put something off, so that it comes last; nothing is settled by it."""
    with writing(engine) as connection:
        ensure_round(connection, round_label)
        connection.execute(
            insert(DeferralTable).values(round=round_label, ward=ward, item=name, name=by, deferred_at=moment)
        )


@dataclass(frozen=True)
class _Book:
    """What stands beside figures and findings: loads in force, last decisions, deferrals, places of printings."""

    loads: dict[str, int]
    by_figure: dict[tuple[str, str], int]
    by_finding: dict[str, int]
    deferred: dict[tuple[str, str], tuple[datetime, str]]
    places: dict[tuple[str, str], Any]

    @classmethod
    def of(cls, connection: Connection, round_label: str, waiting: Collection[str]) -> _Book:
        """Read what stands beside the figures of a round; places are read of those that may be waiting."""
        report, value, taken, put_off = ReportTable, FigureValueTable, DecisionTable, DeferralTable
        in_force = (report.round == round_label, report.loaded_to.is_(None))
        last = func.max(taken.id).label("last")
        of_round = taken.round == round_label
        figures = select(taken.ward, taken.figure, last).where(of_round, taken.figure.is_not(None))
        keys = select(taken.finding_key, last).where(of_round, taken.finding_key.is_not(None))
        places = (
            select(report.ward, value.figure, value.place)
            .join(report, report.id == value.report_id)
            .where(*in_force, value.is_primary, value.figure.in_(waiting))
        )
        deferrals = select(put_off.ward, put_off.item, put_off.deferred_at, put_off.name)
        return cls(
            {r.ward: r.id for r in connection.execute(select(report.ward, report.id).where(*in_force))},
            {(r.ward, r.figure): r.last for r in connection.execute(figures.group_by(taken.ward, taken.figure))},
            {str(r.finding_key): r.last for r in connection.execute(keys.group_by(taken.finding_key))},
            {
                (r.ward, r.item): (r.deferred_at, r.name)
                for r in connection.execute(deferrals.where(put_off.round == round_label).order_by(put_off.id))
            },
            {(r.ward, r.figure): r.place for r in connection.execute(places)},
        )

    def seen(self, ward: str, figures: Iterable[str], key: str | None) -> Seen:
        """Return what is to be seen of some figures and a finding."""
        numbers = [self.by_figure.get((ward, code), 0) for code in figures]
        return Seen(self.loads.get(ward), max([*numbers, self.by_finding.get(key or "", 0)]))


def _of_finding(found: FindingRow, rows: dict[tuple[str, str], FigureRow], book: _Book) -> Item:
    own = [row for code in found.figures if (row := rows.get((found.ward, code)))]
    waits = any(row.status == "waiting" for row in own)
    weight: Weight = "error" if found.severity == "error" else "waiting" if waits else "remark"
    return _item(found.round, found.ward, found.key, weight, found.figures, found, own, book)


def _of_figure(row: FigureRow, book: _Book) -> Item:
    item = _item(row.round, row.ward, row.figure, "waiting", (row.figure,), None, [row], book)
    return replace(item, group=_group(book.places.get((row.ward, row.figure))))


def _item(
    round_label: str,
    ward: str,
    name: str,
    weight: Weight,
    figures: tuple[str, ...],
    found: FindingRow | None,
    rows: list[FigureRow],
    book: _Book,
) -> Item:
    at, by = book.deferred.get((ward, name), (None, ""))
    seen = book.seen(ward, figures, found.key if found else None)
    return Item(round_label, ward, name, weight, figures, found, tuple(rows), seen, "", at, by)


def _group(place: list[int | None] | None) -> str:
    """Return what the numbers of one table share, or those of one paragraph."""
    if not place:
        return ""
    block, _start, _end, row, _column = place
    return f"b{block}" if row is None else f"t{block}"


def _grouped(items: list[Item]) -> list[Item]:
    """Take the group away from items that share it with no other."""
    sizes: dict[tuple[str, str], int] = defaultdict(int)
    for item in items:
        sizes[item.ward, item.group] += 1
    return [replace(item, group="") if sizes[item.ward, item.group] == 1 else item for item in items]


def _order(item: Item) -> tuple[Any, ...]:
    late = item.deferred_at.timestamp() if item.deferred_at else 0.0
    return late, _WEIGHTS.index(item.weight), item.confidence, item.ward, item.name
