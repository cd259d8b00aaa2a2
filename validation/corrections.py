"""Mending: what evidence settles about single numbers before anything else is judged.

Belongs here: the sheet as it reads once malformed digits that are proved, and slips of scale, are put right, so that
one fault raises nothing else. What is printed stays printed; only the spans that rules compare change.
Stays out: the findings on those numbers (`malformed`, `scale`).
"""

from __future__ import annotations

from validation.malformed import proved
from validation.report_values import Sheet
from validation.scale import Slip, mend_slips, slips


def mend(sheet: Sheet) -> tuple[Sheet, list[Slip]]:
    """Return the mended sheet, and the slips of scale that it mends."""
    readable = sheet.mended(proved(sheet))
    found = slips(readable)
    return mend_slips(readable, found), found
