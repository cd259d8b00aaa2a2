"""Numbers that a line end cuts in two: "1.835." over "779.000", "27," over "3%", "0" over "6".

Belongs here: telling from both sides of a line end whether one number goes on over it, and how surely.
Stays out: what a number means (`parsers.numbers`), where lines are put together (`printed`, `flow`).

A word processor does not cut a number, but a narrow cell, a form, or a converter does. What could as well be the end of
one sentence and a number of the next is joined and called unsure.
"""

from __future__ import annotations

import re

from catalogue.wordlists import either

UNSURE = 0.75
"""How far a number is believed of which it is not certain that a line end cut it."""

_GROUPED = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:\.\d{3})+\.$")
_TORN = re.compile(r"(?:^|[^\d.,])\d{1,3}(?:\.\d{3})*\.(\d{1,2})$")
_OPEN = re.compile(r"(?:^|[^\d.,])\d{1,3}\.$")
_COMMA = re.compile(r"(?:^|[^\d.,])\d+(?:\.\d{3})*,$")
_HEAD = re.compile(r"(?:^|[^\d.,])\d+(?:\.\d{3})*$")
_ZERO = re.compile(r"(?:^|[(\s])0$")
_GROUP = re.compile(r"\d{3}(?!\d)")
_REST = re.compile(r"(\d{1,2})(?:(?=\.\d{3}(?!\d))|(?![\d.,]*\d))")
_DECIMALS = re.compile(rf"\d{{1,3}}\s?(?:{either('behind_decimals')})")
_TAIL = re.compile(r"(?:\.\d{3}(?!\d)|,\d{1,3}\s?%)")
_DIGIT = re.compile(r"[1-9](?![\d.,]*\d)(?!\s?[.)/]\s)")
_NAMED = re.compile(rf"(?:{either('ended_numbers')})\s*\d+\.$", re.IGNORECASE)


def cut_between(before: str, after: str) -> float:
    """Return how surely one number runs from the end of a line over into the next: 0.0 where none does."""
    if not before or not after or not (after[0].isdigit() or after[0] in ".,"):
        return 0.0
    if _GROUPED.search(before) and _GROUP.match(after):
        return 1.0
    torn = _TORN.search(before)
    if torn and (rest := _REST.match(after)) and len(torn[1]) + len(rest[1]) == 3:
        return 1.0 if before.count(".") > 1 or after[rest.end() : rest.end() + 1] == "." else UNSURE
    if _HEAD.search(before) and _TAIL.match(after):
        return 1.0
    if _COMMA.search(before) and _DECIMALS.match(after):
        return UNSURE
    if _ZERO.search(before) and _DIGIT.match(after):
        return UNSURE
    if _OPEN.search(before) and not _NAMED.search(before) and not _is_label(before):
        return UNSURE if _GROUP.match(after) or re.match(r"\d{1,2}\s?%", after) else 0.0
    return 0.0


def cut_in_cell(before: str, after: str) -> float:
    """Return the same for two lines of a cell: there an open comma is enough, and a dot as well."""
    found = cut_between(before, after)
    if found:
        return found
    return UNSURE if _COMMA.search(before) and re.fullmatch(r"\d{1,3}\s?%?", after) else 0.0


def _is_label(text: str) -> bool:
    """Return whether a text is nothing but the number of a heading."""
    return re.fullmatch(r"\s*\d{1,2}\.", text) is not None
