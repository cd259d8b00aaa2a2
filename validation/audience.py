"""Who reads what of a finding: the one place that decides it.

Belongs here: what the office, a ward and the public are told of a finding's message.
Stays out: the messages themselves (`phrases` and the rules), the papers and letters they stand in.

The note that the machine may have misread is for the clerk, who sees the original first. It never leaves the office:
whatever goes to a ward or is published takes its words from here.
"""

from __future__ import annotations

from typing import Literal

from cchc.messages import Language
from validation.phrases import without_note

Reader = Literal["office", "ward", "public"]


def told(message: str, reader: Reader, language: Language = "vi") -> str:
    """Return what a reader is told of a finding's message, written in `language`."""
    return message if reader == "office" else without_note(message, language)
