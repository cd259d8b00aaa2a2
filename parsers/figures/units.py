"""Units that a head, a caption or a heading gives for the bare numbers under it: "ĐVT: nghìn đồng", "(1.000 đ)", "%".

Belongs here: finding such a unit in a levelled text and turning it into a `Scale`.
Stays out: units behind a number itself (`parsers.numbers`), and whose numbers they are (`table_lines`, `lines`).
"""

from __future__ import annotations

import re
from decimal import Decimal

from catalogue.wordlists import either, numbers_of
from parsers.figures.mentions import Scale

_FACTORS = {**numbers_of("scales"), **numbers_of("short_scales")}
_UNIT = re.compile(
    rf"(?<![\w.])(?P<scale>{'|'.join(_FACTORS)}|1\.?000\.?000|1\.?000)?\s*\.?\s*"
    rf"(?P<money>{either('money_suffix')})(?![\w-])|(?P<percent>%|{either('percent_words', ' ')})"
)
_ANNOUNCED = re.compile(
    rf"(?:{either('unit_announced', ' ')})\s*:?|\((?=[^()\d]*(?:1\.?000\.?000|1\.?000)?[^()\d]*\)\s*:?\s*$)"
)
"""Where a text says its unit: behind "ĐVT", or in a bracket at its end."""


def unit_in(levelled: str) -> Scale | None:
    """Return the first unit of money or share in a text, None where there is none."""
    match = _UNIT.search(levelled)
    if match is None:
        return None
    if match["percent"]:
        return Scale(Decimal(1), "percent")
    scale = (match["scale"] or "1").replace(".", "")
    return Scale(Decimal(_FACTORS.get(scale) or int(scale)), "vnd")


def announced_unit(levelled: str) -> str:
    """Return a caption from where it announces its unit, empty where it announces none."""
    found = [levelled[m.end() :] for m in _ANNOUNCED.finditer(levelled) if unit_in(levelled[m.end() :])]
    return found[0] if found else ""
