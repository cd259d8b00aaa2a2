"""The value Number: one number of a text with everything printed around it.

Belongs here: the plain frozen value only.
Stays out: how it is found.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from parsers.reading import Approximation

Part = Literal["", "numerator", "denominator"]
RangePart = Literal["", "low", "high"]


class Number(NamedTuple):
    """One number of a text.

    `start`–`end` and `raw` cover the digits or words and their scale word ("1,718 tỷ"), not the percent sign or the
    counting word; those end at `unit_end`. `value` has the scale multiplied in; `quantum` is the worth of one unit of
    the last printed digit, in the same measure. `candidates` lists every value the print may mean, likeliest first,
    where there is more than one; `malformed` says that the print is no number as written (`value` is then the first
    candidate, 0 without any). `mended` says that a blank or a letter printed inside the digits was read over.
    `glued` marks digits that hang on letters ("A3", "4G"). `partner` is the place in the list of the other half of a
    fraction or range.
    """

    start: int
    end: int
    raw: str
    value: Decimal
    quantum: Decimal = Decimal(1)
    decimals: int = 0
    scale: Decimal = Decimal(1)
    grouped: bool = False
    percent: bool = False
    unit: str = ""
    unit_class: str = ""
    unit_end: int = 0
    approximation: Approximation = Approximation.NONE
    in_words: bool = False
    malformed: bool = False
    mended: bool = False
    glued: bool = False
    candidates: tuple[Decimal, ...] = ()
    part: Part = ""
    range_part: RangePart = ""
    partner: int | None = None

    @property
    def plain(self) -> bool:
        """Return whether this is a bare whole number: no scale, percent, decimals, group dots or words."""
        return self.scale == 1 and not (self.percent or self.decimals or self.grouped or self.in_words)
