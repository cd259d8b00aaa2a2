"""Who reads what: the one place that decides which words leave the office, and in which form.

Belongs here: what the office, a ward and the public are told of a finding, of a file that arrived, of who sent it.
Stays out: the messages themselves (`phrases` and the rules), the papers, mails, pages and exports they stand in.

The note that the machine may have misread is for the clerk, who sees the original first. It never leaves the office:
whatever goes to a ward or is published takes its words from here. So do exports, whose columns name their `Matter`.
"""

from __future__ import annotations

from typing import Literal, get_args

from cchc.messages import Bilingual, Language, language, spoken, translator
from validation.phrases import without_note

_ = translator("validation")

Reader = Literal["office", "ward", "public"]
READERS: tuple[Reader, ...] = get_args(Reader)

Matter = Literal["open", "finding", "arrival", "contact", "doubt"]
"""What a text is about: `open` to all; a finding's message; why a file found no place or was not read; an address; why
the machine may have misread."""

_SEEN_BY: dict[Matter, tuple[Reader, ...]] = {
    "open": READERS,
    "finding": READERS,
    "arrival": ("office", "ward"),
    "contact": ("office",),
    "doubt": ("office",),
}


def may_see(matter: Matter, reader: Reader) -> bool:
    """Return whether a reader may see a text on this matter at all; `told` gives the form of what may be seen."""
    return reader in _SEEN_BY[matter]


def told(message: str, reader: Reader, language: Language = "vi") -> str:
    """Return what a reader is told of a finding's message, written in `language`."""
    return message if reader == "office" else without_note(message, language)


def told_finding(row: Bilingual, reader: Reader) -> str:
    """Return what a reader is told of a finding, in the language of the moment."""
    return told(spoken(row), reader, language())


def told_arrival(row: Bilingual, reader: Reader) -> str:
    """Return what a reader is told of a file that was not taken in; the public hears that, not what to do about it."""
    return spoken(row) if may_see("arrival", reader) else _("a file arrived that could not be read")
