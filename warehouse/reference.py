"""The catalogue in the database: wards, figures, indicators, and rounds as they are first spoken of.

Belongs here: bringing the reference tables in line with the catalogue; what left the catalogue stays as long as
facts refer to it.
Stays out: the catalogue's own loaders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from functools import lru_cache
from operator import is_
from typing import Any

from sqlalchemy import Connection, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite

from catalogue.denominators import denominators
from catalogue.figures import figure_definitions
from catalogue.indicators import Indicator, additive, indicators, stocks
from catalogue.roundfile import calendar
from catalogue.rounds import known_rounds, parse_round
from catalogue.sources import sources
from catalogue.trust import trust
from catalogue.wards import Ward, wards
from cchc.clock import ZONE
from cchc.messages import Language, use_language
from cchc.text import fold, nfc, sort_key
from parsers.judge.doubts import CODES, template
from warehouse.codec import digest
from warehouse.tables import (
    DenominatorTable,
    DoubtTable,
    FigureTable,
    IndicatorPartTable,
    IndicatorTable,
    RoundTable,
    TrustTable,
    WardTable,
)

Row = dict[str, Any]


@dataclass(frozen=True, eq=False)
class _Loaded:
    """What the catalogue's loaders returned; equal as long as they return the very same objects."""

    parts: tuple[object, ...]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Loaded) and all(map(is_, self.parts, other.parts))

    def __hash__(self) -> int:
        return hash(tuple(map(id, self.parts)))


def catalogue_digest() -> str:
    """Return a hash of everything `sync_catalogue` writes; reckoned anew where a part of the catalogue is read anew."""
    reference = (figure_definitions(), indicators(), stocks(), sources(), trust())
    return _digest_of(_Loaded((calendar(), wards(), denominators(), *reference)))


@lru_cache(maxsize=16)
def _digest_of(_loaded: _Loaded) -> str:
    rounds = [round_row(found.label) for found in known_rounds()]
    units = list(map(ward_row, wards().values()))
    return digest(units, rounds, _figures(), _indicators(), _parts(), _doubts(), _trust(), _denominators())


def sync_catalogue(connection: Connection) -> None:
    """Make the reference tables say what the catalogue says; only recipes and denominators are deleted."""
    upsert(connection, WardTable.__table__, map(ward_row, wards().values()))
    _sync_rounds(connection)
    upsert(connection, FigureTable.__table__, _figures())
    upsert(connection, IndicatorTable.__table__, _indicators())
    connection.execute(delete(IndicatorPartTable))
    upsert(connection, IndicatorPartTable.__table__, _parts())
    connection.execute(delete(DenominatorTable))
    upsert(connection, DenominatorTable.__table__, _denominators())
    upsert(connection, DoubtTable.__table__, _doubts())
    upsert(connection, TrustTable.__table__, _trust())


def ensure_round(connection: Connection, label: str) -> None:
    """Add the round to its table unless it is there.

    Raises:
        CatalogueError: `label` names no round.
    """
    if connection.execute(select(RoundTable.label).where(RoundTable.label == label)).first() is None:
        connection.execute(_insert(connection)(RoundTable).values(round_row(label)).on_conflict_do_nothing())


def _sync_rounds(connection: Connection) -> None:
    """Let the rounds there are have the calendar's days; their state is not the calendar's."""
    for label in connection.execute(select(RoundTable.label)).scalars().all():
        days = {name: value for name, value in round_row(label).items() if name != "state"}
        connection.execute(update(RoundTable).where(RoundTable.label == label).values(days))


def set_round(connection: Connection, label: str, **values: Any) -> None:
    """Set columns of a round, adding it where it is new."""
    ensure_round(connection, label)
    connection.execute(update(RoundTable).where(RoundTable.label == label).values(values))


def round_row(label: str) -> Row:
    """Return the row of a round by the windows of the catalogue."""
    found = parse_round(label)
    days = found.days
    return {
        "label": found.label,
        "year": found.year,
        "number": found.quarter,
        "kind": found.kind,
        "is_cumulative": found.cumulative,
        "window_start": days.window_start,
        "window_end": days.window_end,
        "due_date": days.due,
        "closing_date": days.closes,
        "state": "open",
        "late_from": datetime.combine(days.due + timedelta(days=1), time(), ZONE),
    }


def ward_row(ward: Ward) -> Row:
    """Return the row of a ward, with what searching and sorting need."""
    return {
        "code": ward.code,
        "valid_from": ward.valid_from,
        "slug": ward.slug,
        "kind": nfc(ward.kind),
        "name": nfc(ward.name),
        "search": fold(ward.full_name),
        "sort_key": sort_key(ward.name),
        "valid_to": ward.valid_to,
        "successor_code": ward.successor_code or None,
        "successor_kind": nfc(ward.successor_kind) or None,
        "successor_name": nfc(ward.successor_name) or None,
        "successor_valid_from": ward.valid_to + timedelta(days=1) if ward.valid_to and ward.successor_code else None,
    }


def upsert(connection: Connection, table: Any, rows: Iterable[Row]) -> None:
    """Insert rows, or bring those with the same primary key up to date."""
    values = list(rows)
    if not values:
        return
    assert isinstance(table, Table)
    keys = [c.name for c in table.primary_key]
    statement = _insert(connection)(table)
    changed = {name: statement.excluded[name] for name in values[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), values)


def _insert(connection: Connection) -> Callable[..., Any]:
    return sqlite.insert if connection.dialect.name == "sqlite" else postgresql.insert


def _figures() -> list[Row]:
    return [
        {
            "code": figure.code,
            "position": position,
            "figure_group": figure.group,
            "unit": figure.unit,
            "basis": figure.basis,
            "is_additive": additive(figure.code),
            "label_vi": nfc(figure.label_vi),
            "meaning_vi": nfc(figure.meaning_vi),
            "meaning_en": figure.meaning_en,
            "source_form_vi": nfc(sources()[figure.code].vi),
            "source_form_en": sources()[figure.code].en,
            "since_date": sources()[figure.code].since,
            "search": fold(f"{figure.meaning_vi} {figure.meaning_en}"),
        }
        for position, figure in enumerate(figure_definitions().values())
    ]


def _indicators() -> list[Row]:
    return [
        {
            "code": indicator.code,
            "position": position,
            "is_additive": indicator.additive,
            "meaning_vi": nfc(indicator.meaning_vi),
            "meaning_en": indicator.meaning_en,
        }
        for position, indicator in enumerate(indicators().values())
    ]


def _doubts() -> list[Row]:
    return [{"code": code, "words_vi": _words(code, "vi"), "words_en": _words(code, "en")} for code in CODES]


def _words(code: str, language: Language) -> str:
    with use_language(language):
        return nfc(template(code))


def _trust() -> list[Row]:
    return [
        {
            "text_class": name,
            "threshold": found.threshold,
            "bound": found.proof and found.proof.bound,
            "accepted": found.proof and found.proof.accepted,
            "wrong": found.proof and found.proof.wrong,
        }
        for name, found in trust().items()
    ]


def _denominators() -> list[Row]:
    return [asdict(found) for found in denominators()]


def _parts() -> list[Row]:
    return [row for indicator in indicators().values() for row in _parts_of(indicator)]


def _parts_of(indicator: Indicator) -> Iterable[Row]:
    for side, ways in (("numerator", indicator.numerator), ("denominator", indicator.denominator)):
        for alternative, way in enumerate(ways):
            for figure in way:
                yield {
                    "indicator": indicator.code,
                    "side": side,
                    "alternative": alternative,
                    "figure": figure,
                    "parts": len(way),
                }
