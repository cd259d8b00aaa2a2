"""A page's number that landed amid a sentence: left out, and the sentence made whole.

Belongs here: lone numbers between two halves of a sentence.
Stays out: numbers in the margins (`furniture`). A lone number that cuts no sentence stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cchc.messages import translator
from parsers.readers.common.draft import Draft, Line, joined
from parsers.readers.common.labels import label_of

_ = translator("readers")

_NUMBER = re.compile(r"[-–\s]*(\d{1,3})[-–\s]*")
_ENDED = re.compile(r"[.;:!?]\s*[”\"’)]?\s*$")


def without_strays(drafts: Sequence[Draft]) -> tuple[tuple[Draft, ...], list[str]]:
    """Return drafts without the page numbers that cut sentences, and a remark for each."""
    kept: list[Draft] = []
    notes: list[str] = []
    waiting = list(drafts)[::-1]
    while waiting:
        draft = waiting.pop()
        if kept and waiting and _is_stray(draft) and _are_halves(kept[-1], waiting[-1]):
            kept.append(_whole(kept.pop(), waiting.pop()))
            notes.append(_("The page number {number} stood in the text and was left out.").format(number=draft.page))
        else:
            kept.append(draft)
    return tuple(kept), notes


def _is_stray(draft: Draft) -> bool:
    """Return whether a paragraph holds nothing but the number of its own page."""
    found = _NUMBER.fullmatch(draft.text) if draft.is_paragraph else None
    return found is not None and int(found[1]) == draft.page


def _are_halves(one: Draft, other: Draft) -> bool:
    """Return whether a sentence that one paragraph begins ends in another: no full stop, and no capital or label."""
    if not (one.is_paragraph and other.is_paragraph) or _ENDED.search(one.text):
        return False
    first = other.text[:1]
    return (first.islower() or first.isdigit()) and label_of(other.text) is None and one.set_apart == other.set_apart


def _whole(one: Draft, other: Draft) -> Draft:
    """Return two halves of a paragraph as one."""
    text, words = joined([Line(one.text, one.words), Line(other.text, other.words)])
    return replace(one, text=text, words=words)
