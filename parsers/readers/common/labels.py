"""Printed numbers of headings and items: "I.", "2.1", "a)", "-", and how deep each stands.

Belongs here: recognising a label at the head of a paragraph, its style, and depth from the order in which styles occur.
Stays out: whether a labelled paragraph is a heading (`blocks`).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from catalogue.wordlists import either

_ORDINAL = rf"(?:[IVX]{{1,5}}|\d{{1,2}}|[A-Z]|(?i:{either('ordinals_of_parts')}))"
_NEXT_CAPITAL = r"(?=\s+[\"“(]?[A-ZĐÀ-Ỹ])"
_PATTERNS = (
    ("part", rf"(?i:{either('part_heads')})\s+(?:(?i:{either('ordinal_word')})\s+)?{_ORDINAL}\s*[.:)/–-]"),
    ("roman", r"[IVX]{1,6}\s*(?:[.)](?!\d)|[/–-](?=\s))"),
    ("decimal", rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,4}}(?:[.)](?!\d)|{_NEXT_CAPITAL})"),
    ("decimal", rf"\d{{1,2}}\s?(?:[.)](?!\d)|/(?=\s)|[–-]{_NEXT_CAPITAL})"),
    ("bracket", r"\((?:\d{1,2}|[a-zđ]|[ivx]{1,4})\)"),
    ("letter", r"[a-zđ]\d?\s?(?:[.)](?=\s|[A-ZĐÀ-Ỹ])|/(?=\s))"),
    ("capital", r"[A-HĐ]\s?[.)/](?=\s)"),
    ("bullet", r"[-–—−•●○▪■◦·➢➤✓✔*\uf0b7\uf02d]+(?!\d)|[-–—](?=\s*\d)"),
    ("plus", r"\+"),
)
_LABEL = re.compile("|".join(f"(?P<{name}{i}>{pattern})" for i, (name, pattern) in enumerate(_PATTERNS)))
_ITEMS = frozenset({"bullet", "plus"})


class Label(NamedTuple):
    """A printed number: its text, its style, and how many characters of the paragraph it takes."""

    text: str
    style: str
    length: int

    @property
    def is_item(self) -> bool:
        """Return whether this marks an item of a list, never a heading."""
        return self.style in _ITEMS


def label_of(text: str) -> Label | None:
    """Return the label at the head of a text, None where it has none.

    "1.234 hồ sơ" and "64 tin, bài" have none: a bare number is no label without a dot, bracket or capital after it.
    """
    stripped = text.lstrip()
    found = _LABEL.match(stripped)
    if found is None or found.lastgroup is None or not stripped[found.end() :].strip():
        return None
    style = found.lastgroup.rstrip("0123456789")
    shown = found[0].strip()
    if style == "decimal":
        style = f"decimal{shown.strip('.)/:–- ').count('.') + 1}"
    return Label(shown, style, len(text) - len(stripped) + found.end())


class Depths:
    """How deep each style of label stands, learned while walking down a report.

    A style seen before closes everything opened under it; a new style stands under what is open. So "1." under "I."
    is deeper in one report and may be the top in another.
    """

    def __init__(self) -> None:
        self._open: list[str] = []

    def enter(self, style: str) -> int:
        """Return the depth, from 1, of a heading with this style of label."""
        rank = _rank(style)
        if style in self._open:
            del self._open[self._open.index(style) :]
        elif rank:
            self._open = [s for s in self._open if not _rank(s) or _rank(s) < rank]
        self._open.append(style)
        return len(self._open)

    @property
    def below(self) -> int:
        """Return the depth of a heading without a label that stands here."""
        return len(self._open) + 1


def _rank(style: str) -> int:
    """Return a number by which styles that are always above one another compare; 0 where they are not."""
    ranks = {"part": 1, "capital": 2, "roman": 3}
    return ranks.get(style, 0)
