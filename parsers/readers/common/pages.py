"""Printed pages to drafts, whatever they were printed from.

Belongs here: the order of the steps from pages to paragraphs. Stays out: the steps, one module each.
"""

from __future__ import annotations

from collections.abc import Sequence

from parsers.readers.common.draft import Drafted
from parsers.readers.common.flow import drafts_of
from parsers.readers.common.footnotes import without_footnotes
from parsers.readers.common.furniture import without_furniture
from parsers.readers.common.printed import PrintedPage
from parsers.readers.common.strays import without_strays


def drafted_pages(pages: list[PrintedPage], notes: Sequence[str], reader: str, encoding: str = "unicode") -> Drafted:
    """Return the drafts of pages: page numbers, running heads and stamps taken out, footnotes behind the text."""
    told = [*notes, *without_furniture(pages)]
    footnotes = without_footnotes(pages)
    drafts, strays = without_strays(drafts_of(pages))
    return Drafted(drafts + footnotes, tuple(p.page for p in pages), reader, encoding, (*told, *strays))
