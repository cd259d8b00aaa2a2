"""What figures, indicators and columns mean, found by words.

Belongs here: the page. Stays out: meanings and searching (`warehouse.dictionary`), the same for programs
(`console.api`).
"""

from __future__ import annotations

from starlette.responses import Response

from console.call import Call
from warehouse.dictionary import search

_LONGEST_QUESTION = 200


def show(call: Call) -> Response:
    """Show what has every word asked for, in the language of the page; without words every figure."""
    words = call.query("q").strip()[:_LONGEST_QUESTION]
    found = search(words, call.language)
    shown = found if words else [line for line in found if line.source]
    return call.page("dictionary", words=words, found=shown)
