"""What of a report's file nobody sees, and what of it nobody read.

Belongs here: the findings on text that differs from what is seen, and on parts that were not read.
Stays out: telling what is seen (`parsers.readers`); how little a figure there is trusted (its confidence says so).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cchc.messages import translator
from parsers.document import Unread, Unseen
from validation.finding import Finding, Quote
from validation.phrases import make
from validation.report_values import Sheet

_ = translator("validation")

# What a finding can name and quote and still be read in a letter.
_MOST_NAMED = 5
_LONGEST = 80


def unread_parts(sheet: Sheet) -> Iterator[Finding]:
    """Yield one finding that names every part of the report that was not read."""
    parts = sheet.reading.unread
    if parts:
        yield make(sheet, "unread_part", [], lambda: _unread_text(parts), printed=" · ".join(map(_key, parts)))


def unseen_text(sheet: Sheet) -> Iterator[Finding]:
    """Yield one finding with the text of the file that nobody sees on the page."""
    texts = sheet.reading.unseen
    if texts:
        quotes = [Quote(_cut(t.text), t.page, _cut(t.text)) for t in texts[:_MOST_NAMED]]
        printed = " · ".join(dict.fromkeys(_cut(t.text) for t in texts))
        yield make(sheet, "unseen_text", [], lambda: _unseen_says(texts), printed=printed, quotes=quotes)


def _unread_text(parts: Sequence[Unread]) -> str:
    text = _("Not read: {parts}. Figures that stand only there are missing; read them from the original.")
    return text.format(parts=_list([_called(part) for part in parts]))


def _unseen_says(texts: Sequence[Unseen]) -> str:
    text = _("The file holds text that nobody sees on the page: {texts}. Figures beside it are not taken as sure.")
    return text.format(texts=_list([f"„{_cut(t.text)}“{_on_page(t.page)}" for t in texts]))


def _called(part: Unread) -> str:
    """Return a part in the language of the moment."""
    names = {
        "picture": _("a picture"),
        "sheet": _("an embedded sheet"),
        "object": _("an embedded object"),
        "attachment": _("an attached file"),
        "page": _("a page"),
    }
    name = f" {part.name}" if part.name else ""
    return f"{names[part.what]}{name}{_on_page(part.page)}"


def _on_page(page: int | None) -> str:
    return "" if page is None else " " + _("(page {number})").format(number=page)


def _list(texts: Sequence[str]) -> str:
    """Return texts as one, the first few by name."""
    named = list(dict.fromkeys(texts))
    more = len(named) - _MOST_NAMED
    return ", ".join(named[:_MOST_NAMED]) + (_(" and {n} more").format(n=more) if more > 0 else "")


def _key(part: Unread) -> str:
    return f"{part.what}:{part.name}:{part.page or ''}"


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[: _LONGEST - 1]}…"
