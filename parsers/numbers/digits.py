"""What a run of printed digits says: 1.234, 1234,5, 189.26, and what 1.8835.779.000 may have been.

Belongs here: one run of digits, dots and commas to a decimal value, its printed precision, and, where the run is no
number as written or can be read two ways, the readings one slip away.
Stays out: finding runs in a text, scales, units and percent signs (`parsers.numbers`), number words.

The grammar is that of Vietnamese print: a dot parts thousands, a comma parts decimals. A stray dot before one or two
digits is a decimal mark all the same ("189.26 %"), as no thousands group has two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

LONGEST = 21
"""Digits beyond which a run is no number that a report can mean."""
MOST_PERCENT = 1000
"""The share beyond which another reading of a malformed percentage is likelier."""

_PLAIN = re.compile(r"[0-9]+")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+")
_GROUPED_DECIMAL = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})+,[0-9]+")
_COMMA_DECIMAL = re.compile(r"[0-9]+,[0-9]+")
_DOT_DECIMAL = re.compile(r"[0-9]+\.[0-9]{1,2}|0\.[0-9]+")
_ENGLISH = re.compile(r"[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?:\.[0-9]{1,2})?|[1-9][0-9]{0,2},[0-9]{3}\.[0-9]{1,2}")
_THREE_DECIMALS = re.compile(r"[1-9][0-9]{0,2}(?:\.[0-9]{3})*,[0-9]{3}")
_ONE_GROUP = re.compile(r"([1-9][0-9]{0,2})\.([0-9]{3})")


@dataclass(frozen=True)
class Digits:
    """One run of digits as read.

    `decimals` counts printed decimal places. `malformed` runs are no number as written. `candidates` lists what the
    run may mean, likeliest first and equal to `value`; it is empty where there is nothing to doubt.
    """

    value: Decimal
    decimals: int = 0
    grouped: bool = False
    malformed: bool = False
    candidates: tuple[Decimal, ...] = ()


def read_digits(run: str, *, percent: bool = False, scale: Decimal = Decimal(1)) -> Digits:
    """Return what a run of ASCII digits, dots and commas says.

    A percent sign behind it or a scale word ("tỷ") decides between readings that print alone leaves open.
    """
    if sum(c.isdigit() for c in run) > LONGEST:
        return Digits(Decimal(0), malformed=True)
    if _PLAIN.fullmatch(run):
        return Digits(Decimal(run))
    if _GROUPED.fullmatch(run):
        return _grouped(run, percent=percent, scale=scale)
    if _GROUPED_DECIMAL.fullmatch(run) or _COMMA_DECIMAL.fullmatch(run):
        return _comma(run, open_to_doubt=not percent and scale == 1)
    if _DOT_DECIMAL.fullmatch(run):
        return Digits(Decimal(run), decimals=len(run.partition(".")[2]))
    if _ENGLISH.fullmatch(run):
        return Digits(Decimal(run.replace(",", "")), decimals=len(run.partition(".")[2]), grouped=True)
    candidates = nearby_readings(run)
    if percent:
        candidates = tuple(sorted(candidates, key=lambda value: value > MOST_PERCENT))
    return Digits(candidates[0] if candidates else Decimal(0), malformed=True, candidates=candidates)


def _grouped(run: str, *, percent: bool, scale: Decimal) -> Digits:
    """Return a run of thousands groups; one group before % is a decimal, before "tỷ" it may be one."""
    value = Decimal(run.replace(".", ""))
    single = _ONE_GROUP.fullmatch(run)
    if single and percent:
        return Digits(Decimal(run), decimals=3, candidates=(Decimal(run), value))
    doubtful = (value, Decimal(run)) if single and scale >= 10**9 else ()
    return Digits(value, grouped=True, candidates=doubtful)


def _comma(run: str, *, open_to_doubt: bool) -> Digits:
    """Return a run with a decimal comma; three decimals of a bare number may be a thousands group."""
    whole, _, part = run.partition(",")
    value = Decimal(f"{whole.replace('.', '')}.{part}")
    if open_to_doubt and _THREE_DECIMALS.fullmatch(run):
        thousands = Decimal(whole.replace(".", "") + part)
        return Digits(value, decimals=3, grouped="." in whole, candidates=(value, thousands))
    return Digits(value, decimals=len(part), grouped="." in whole)


def nearby_readings(run: str) -> tuple[Decimal, ...]:
    """Return every well-formed number one slip of the hand away from `run`, likeliest first.

    A slip is a doubled or added digit, a dot put one place off, a wrong, missing or added mark, or a missing digit.
    """
    seen: dict[Decimal, None] = {}
    for edited in _one_slip_away(run):
        value = _well_formed(edited)
        if value is not None:
            seen.setdefault(value)
    return tuple(seen)


def _well_formed(run: str) -> Decimal | None:
    if _GROUPED.fullmatch(run) or _PLAIN.fullmatch(run):
        return Decimal(run.replace(".", ""))
    if _GROUPED_DECIMAL.fullmatch(run) or _COMMA_DECIMAL.fullmatch(run):
        return Decimal(run.replace(".", "").replace(",", "."))
    return Decimal(run) if _DOT_DECIMAL.fullmatch(run) else None


def _one_slip_away(run: str) -> Iterator[str]:
    """Yield every run one edit away, in order of how easily the slip happens."""
    places = range(len(run))
    doubled = [i for i in places if i and run[i] == run[i - 1]]
    digits = [i for i in places if run[i].isdigit() and i not in doubled]
    marks = [i for i in places if not run[i].isdigit()]
    yield from (run[:i] + run[i + 1 :] for i in doubled)
    yield from (run[:i] + run[i + 1 :] for i in digits)
    yield from (run[:i] + run[i + 1] + run[i] + run[i + 2 :] for i in places[:-1] if {i, i + 1} & set(marks))
    yield from (run[:i] + mark + run[i + 1 :] for i in marks for mark in ".," if mark != run[i])
    yield from (run[:i] + run[i + 1 :] for i in marks)
    yield from (run[:i] + "." + run[i:] for i in places)
    yield from (run[:i] + digit + run[i:] for i in (*places, len(run)) for digit in "0123456789")
