"""Another calendar from a form: drafted, checked by the catalogue's own rules, shown with its effect, taken over.

Belongs here: from days to the file of the calendar, in the office's own folder, and whose reports would be late.
Stays out: what makes a calendar right (`catalogue.roundfile`), the form (`pages.calendar`).

Nothing is written over: the file before is kept beside the new one, and a rule for all rounds holds from its round on;
earlier rounds of which something has arrived keep the days they had.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from catalogue.offices import office_file
from catalogue.rounddays import Calendar, RoundDays
from catalogue.roundfile import load_calendar
from catalogue.rounds import Round
from catalogue.source import load_yaml
from cchc.files import write_whole
from console.cards import own_folder
from pipelines.ledger.entries import Ledger, office_day

FILE = "rounds.yaml"
FORMER = "former"
"""Folder in the office's own in which calendars that hold no more are kept."""
DATES = ("window_start", "window_end", "due")
COUNTS = ("opens_days", "grace_days")
LISTS = ("remind_days", "chase_days")
HEAD = "# The calendar of rounds, written by the office's page. What each key means: docs/offices.md.\n"

Value = date | int | list[int]


@dataclass(frozen=True)
class Draft:
    """A calendar that is not kept yet: its file's text, and what the text says."""

    text: str
    calendar: Calendar


@dataclass(frozen=True)
class Effect:
    """What a draft changes for a round: its days, and the wards that are late, before and after."""

    before: RoundDays
    after: RoundDays
    late_before: tuple[str, ...]
    late_after: tuple[str, ...]

    @property
    def changes(self) -> bool:
        """Return whether anything of the round differs."""
        return values_of(self.before) != values_of(self.after)


def values_of(days: RoundDays) -> dict[str, Value]:
    """Return what a form may change of a round's days."""
    return {
        **{key: getattr(days, key) for key in DATES},
        **{key: days.number_of(key) for key in COUNTS},
        **{key: days.numbers_of(key) for key in LISTS},
    }


def draft(found: Round, wanted: Mapping[str, Value], *, alone: bool, earlier: Iterable[Round]) -> Draft:
    """Return the calendar with other days for a round alone, or for that round and those like it from then on.

    `wanted` is complete (`values_of`); `earlier` are rounds in use before, which keep the days they have.

    Raises:
        CatalogueError: the calendar would be wrong; the message says where.
    """
    entry = dict(load_yaml(office_file(FILE)))
    overrides = {str(label): dict(own) for label, own in (entry.get("overrides") or {}).items()}
    now = values_of(found.days)
    changed = {key: value for key, value in wanted.items() if value != now[key]}
    if alone:
        overrides[found.label] = overrides.get(found.label, {}) | changed
    else:
        for one in earlier:
            kept = values_of(one.days)
            overrides[one.label] = overrides.get(one.label, {}) | {key: kept[key] for key in changed}
        own = overrides.get(found.label, {})
        overrides[found.label] = {key: value for key, value in own.items() if key not in changed}
        _for_all(entry, found, changed)
    entry["overrides"] = {label: own for label, own in sorted(overrides.items()) if own}
    text = HEAD + yaml.safe_dump(entry, allow_unicode=True, sort_keys=False, width=120, default_flow_style=None)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / FILE
        path.write_text(text, encoding="utf-8")
        return Draft(text, load_calendar(path))


def effects(made: Draft, ledgers: Iterable[Ledger]) -> list[Effect]:
    """Return what a draft changes for the rounds of some ledgers, one after the other."""
    return [_effect(made, ledger) for ledger in ledgers]


def take_over(made: Draft, home: Path) -> Path:
    """Keep a draft as the office's calendar, the one before beside it, and return its file.

    Raises:
        ConfigurationError: the office has no folder of its own.
    """
    folder = own_folder(home)
    former = folder / FORMER
    former.mkdir(exist_ok=True)
    number = sum(1 for _path in former.glob("rounds-*.yaml")) + 1
    write_whole(former / f"rounds-{number}.yaml", office_file(FILE).read_text(encoding="utf-8"))
    write_whole(folder / FILE, made.text)
    return folder / FILE


def _for_all(entry: dict[str, Any], found: Round, changed: Mapping[str, Value]) -> None:
    rounds = {number: dict(own) for number, own in entry["rounds"].items()}
    for key, value in changed.items():
        if isinstance(value, date):
            rounds[found.number][key] = [value.year - found.year, value.month, value.day]
        else:
            entry[key] = value
    entry["rounds"] = rounds


def _effect(made: Draft, ledger: Ledger) -> Effect:
    before = ledger.round.days
    after = RoundDays(made.calendar, before.year, before.number)
    return Effect(before, after, _late(ledger, before.due), _late(ledger, after.due))


def _late(ledger: Ledger, due: date) -> tuple[str, ...]:
    """Return the wards whose first readable report came after a day."""
    return tuple(e.ward for e in ledger.entries if e.received_at is not None and office_day(e.received_at) > due)
