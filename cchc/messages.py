"""Message catalogues: what people read, in Vietnamese by default and in English on request.

Belongs here: finding the catalogue of a room and the language of the moment.
Stays out: the messages themselves; they stand in the code in English and in `locale/vi/LC_MESSAGES/ROOM.po`.

A room writes `_ = translator("validation")` and `_("{n} wards have sent nothing").format(n=3)`. The translation is
looked up when `_` is called, so a message is never fixed at import. Text kept for later (a finding is stored in both
languages) is made under `use_language`.
"""

from __future__ import annotations

import gettext
import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import cache
from importlib import resources
from typing import Literal, Protocol

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from cchc.errors import CchcError

Language = Literal["vi", "en"]

_language: ContextVar[Language] = ContextVar("language", default="vi")


def language() -> Language:
    """Return the language of the moment."""
    return _language.get()


def set_language(value: str) -> None:
    """Make `value` the language of this context from now on; an unknown one means Vietnamese."""
    _language.set("en" if value == "en" else "vi")


@contextmanager
def use_language(value: Language) -> Iterator[None]:
    """Speak `value` inside the block."""
    token = _language.set(value)
    try:
        yield
    finally:
        _language.reset(token)


class Bilingual(Protocol):
    """Something kept with its message in both languages: a finding, an arrival."""

    @property
    def message_vi(self) -> str:
        """Return the message in Vietnamese."""
        ...

    @property
    def message_en(self) -> str:
        """Return the message in English."""
        ...


def spoken(kept: Bilingual) -> str:
    """Return the message of something kept in both languages, in the language of the moment."""
    return kept.message_en if language() == "en" else kept.message_vi


TERMS: dict[str, str] = {"level": "địa bàn", "units": "xã, phường", "office": "cơ quan"}
"""What stands for the terms of a catalogue where no office has given its own."""

_terms: list[Callable[[], Mapping[str, str]]] = []
_TERM = re.compile("‹([A-Za-z]+)›")


def use_terms(provider: Callable[[], Mapping[str, str]]) -> None:
    """Let a provider fill the terms of message catalogues: ‹units› in a translation is the provider's "units".

    A capital first letter in the catalogue (‹Units›) is one in the message.
    """
    _terms[:] = [provider]


def _with_terms(message: str) -> str:
    return _TERM.sub(_term, message) if "‹" in message else message


def _term(match: re.Match[str]) -> str:
    known: Mapping[str, str] = TERMS
    with suppress(CchcError):
        known = {**TERMS, **(_terms[0]() if _terms else {})}
    word = known[match[1].lower()]
    return word[0].upper() + word[1:] if match[1][0].isupper() else word


def translator(room: str) -> Callable[[str], str]:
    """Return the `_` of a room: English message in, message in the language of the moment out."""

    def translate(message: str) -> str:
        return _with_terms(_translations(room, language()).gettext(message))

    return translate


@cache
def _translations(room: str, code: Language) -> gettext.NullTranslations:
    """Return the compiled catalogue of a room; English is the language of the code and needs none.

    The `.po` is compiled in memory, so that no binary file has to be kept current beside its source.
    """
    if code == "en":
        return gettext.NullTranslations()
    source = resources.files("cchc") / "locale" / code / "LC_MESSAGES" / f"{room}.po"
    if not source.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(source.read_bytes()), locale=code))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
