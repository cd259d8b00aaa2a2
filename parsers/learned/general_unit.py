"""The unit of money that a report states once for all: "Tiền: triệu đồng trừ khi ghi khác", a note under a table.

Belongs here: finding the one unit that all such statements of a report agree on.
Stays out: units around a number itself (`parsers.figures.units`, `worth`), and whether such a number is sure: never.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from catalogue.wordlists import either
from parsers.document import Document
from parsers.figures.units import announced_unit, unit_in
from parsers.text.spelling import level

GENERAL_UNIT = "general_unit"
"""The rule of a printing whose value rests on such a statement."""
_ROOM = 16
"""Characters in which the unit stands right behind its announcement; further on it is another thing's."""
_STATED = re.compile(
    rf"(?:{either('sums_told', ' ')})[^.;:\d]{{0,40}}?(?::|{either('told_in', ' ')}|,)\s*(?P<unit>[^\d;:,]{{2,14}})"
)


def general_unit(document: Document) -> Decimal | None:
    """Return the factor of the one unit of money that a report states, None where it states none or several."""
    factors = set(_stated(document))
    return factors.pop() if len(factors) == 1 else None


def _stated(document: Document) -> Iterator[Decimal]:
    for text in map(level, _texts(document)):
        said = [announced_unit(text), *(match["unit"] for match in _STATED.finditer(text))]
        units = [unit_in(part[:_ROOM]) for part in said if part]
        yield from (unit.factor for unit in units if unit is not None and unit.unit == "vnd" and unit.factor > 1)


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.text
        yield from (cell.text for cell in block.cells)
