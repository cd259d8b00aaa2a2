"""A report and its annexes, read from several files, as one document.

Belongs here: one file's drafts behind another's, their pages counted on. Stays out: which files belong together
(`pipelines.arrival.together`), reading each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from parsers.document import Cell, Page, Unread, Unseen, Word
from parsers.readers.common.draft import Draft, Drafted, Line


def with_annexes(parts: Sequence[Drafted]) -> Drafted:
    """Return a report with its annexes behind it; pages of an annex follow those of the report."""
    first = parts[0]
    drafts, pages = list(first.drafts), list(first.pages)
    unseen: list[Unseen] = []
    unread: list[Unread] = []
    notes: list[str] = []
    for place, part in enumerate(parts):
        moved = len(pages) if place else 0
        if place:
            drafts += [_on(draft, moved) for draft in part.drafts]
            pages += [replace(page, number=page.number + moved) for page in part.pages]
        unseen += [replace(one, page=_later(one.page, moved)) for one in part.unseen]
        unread += [replace(one, page=_later(one.page, moved)) for one in part.unread]
        notes += part.notes
    numbered: tuple[Page, ...] = tuple(pages)
    return replace(
        first, drafts=tuple(drafts), pages=numbered, notes=tuple(notes), unseen=tuple(unseen), unread=tuple(unread)
    )


def _on(draft: Draft, by: int) -> Draft:
    """Return a draft whose pages are `by` further on."""
    return replace(
        draft,
        page=_later(draft.page, by),
        words=_words(draft.words, by),
        cells=tuple(_cell(cell, by) for cell in draft.cells),
        columns=tuple(tuple(Line(x.text, _words(x.words, by)) for x in column) for column in draft.columns),
    )


def _cell(cell: Cell, by: int) -> Cell:
    return replace(cell, page=_later(cell.page, by), words=_words(cell.words, by))


def _words(words: Sequence[Word], by: int) -> tuple[Word, ...]:
    return tuple(word._replace(page=word.page + by) for word in words)


def _later(page: int | None, by: int) -> int | None:
    return None if page is None else page + by
