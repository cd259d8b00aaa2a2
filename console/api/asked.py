"""What a call asks of a mart: words behind the question mark to a wanted page.

Belongs here: the names of the parameters, their bounds, what is said of a wrong one.
Stays out: asking the warehouse (`warehouse.marts.page`), writing the answer (`written`).

    column=VALUE          the column is that, or one of several given
    column.min, .max      at least, at most
    column.empty=true     nothing stands there; false: something does
    _sort=-value,ward     by columns, a minus before one turns it
    _columns=round,ward   these columns only
    _page=2, _size=500    which part

No column begins with an underscore, so none is in the way of these words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException

from cchc.messages import translator
from validation.audience import Reader, may_see
from warehouse.marts.page import Condition, Test, Wanted, value_of
from warehouse.marts.view import Column, View

_ = translator("console")

DIMENSIONS = {"rounds": "mart_round", "figures": "mart_figure", "indicators": "mart_indicator_definition"}
"""Short addresses of the marts that are asked for first."""
PAGE_SIZE = 100
LARGEST_PAGE = 10_000
LAST_PAGE = 100_000
WORDS = ("_sort", "_columns", "_page", "_size")
TESTS: tuple[Test, ...] = ("min", "max", "empty")
_LONGEST_VALUE = 200
_MOST_VALUES = 200


@dataclass(frozen=True)
class Asked:
    """A wanted page with its number and size."""

    wanted: Wanted
    page: int
    page_size: int


def seen_by(view: View, reader: Reader) -> tuple[Column, ...]:
    """Return the columns of a mart that a reader may see."""
    return tuple(column for column in view.columns if may_see(column.matter, reader))


def asked(view: View, words: QueryParams, reader: Reader) -> Asked:
    """Return the page a call wants.

    Raises:
        HTTPException: a parameter names no column, or its value cannot be.
        WarehouseError: a value is none of its column.
    """
    known = {column.name: column for column in seen_by(view, reader)}
    number = _whole(words, "_page", 1, LAST_PAGE)
    size = _whole(words, "_size", PAGE_SIZE, LARGEST_PAGE)
    names = [name for name in dict.fromkeys(words) if name not in WORDS]
    wanted = Wanted(
        view,
        columns=_columns(known, words),
        conditions=tuple(_condition(known, name, words.getlist(name)) for name in names),
        order=_order(known, words),
        skip=(number - 1) * size,
        most=size,
    )
    return Asked(wanted, number, size)


def _whole(words: QueryParams, name: str, usual: int, most: int) -> int:
    given = words.get(name, str(usual))
    if not (given.isascii() and given.isdecimal()) or not 1 <= int(given[:9]) <= most or len(given) > len(str(most)):
        raise HTTPException(400, _("{name} is a whole number from 1 to {most}").format(name=name, most=most))
    return int(given)


def _columns(known: dict[str, Column], words: QueryParams) -> tuple[Column, ...]:
    listed = words.get("_columns", "")
    return tuple(_known(known, name) for name in dict.fromkeys(listed.split(","))) if listed else tuple(known.values())


def _order(known: dict[str, Column], words: QueryParams) -> tuple[tuple[str, bool], ...]:
    listed = [part for part in words.get("_sort", "").split(",") if part]
    return tuple((_known(known, part.removeprefix("-")).name, part.startswith("-")) for part in listed)


def _condition(known: dict[str, Column], name: str, given: Sequence[str]) -> Condition:
    stem, _dot, suffix = name.rpartition(".")
    test = next((test for test in TESTS if test == suffix and stem), None)
    column = _known(known, stem if test else name)
    if len(given) > (1 if test else _MOST_VALUES) or any(len(value) > _LONGEST_VALUE for value in given):
        raise HTTPException(400, _("too much is given for {name}").format(name=name))
    if test == "empty":
        if given[0] not in ("true", "false"):
            raise HTTPException(400, _("{name} is true or false").format(name=name))
        return Condition(column.name, test, (given[0] == "true",))
    return Condition(column.name, test or "is", tuple(value_of(column, value) for value in given))


def _known(known: dict[str, Column], name: str) -> Column:
    if name not in known:
        line = _("there is no column '{name}' here; there are {known}")
        raise HTTPException(400, line.format(name=name[:60], known=", ".join(known)))
    return known[name]
