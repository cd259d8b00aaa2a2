"""Vietnamese text as strings: one normal form, one folding, one sort key.

Belongs here: what any room needs to compare, search and sort Vietnamese text.
Stays out: legacy encodings and OCR (parsers), message catalogues (`cchc.messages`).
"""

from __future__ import annotations

import re
import unicodedata

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}
_SPACES = re.compile(r"\s+")


def nfc(text: str) -> str:
    """Return `text` in Unicode normal form C, the only form the house keeps."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return `text` in NFC with every run of white space made one blank."""
    return _SPACES.sub(" ", nfc(text)).strip()


def fold(text: str) -> str:
    """Return `text` for searching: lower case, no tone or vowel marks, đ as d, white space squeezed."""
    lowered = squeeze(text).lower().replace("đ", "d")
    marked = unicodedata.normalize("NFD", lowered)
    return "".join(c for c in marked if not unicodedata.combining(c))


def places_alone(text: str, part: str) -> list[int]:
    """Return where a number or word stands by itself in a text, no piece of a longer one ("6" in "276", "1,6")."""
    if not part:
        return []
    return [m.start() for m in re.finditer(rf"(?<!\w)(?<!\d[.,]){re.escape(part)}(?!\w|[.,]\d)", text)]


def sort_key(text: str) -> str:
    """Return a plain ASCII key under which byte order is the order of a Vietnamese dictionary.

    Letters rank a ă â b c d đ e ê … as in TCVN 5712; tones (ngang huyền hỏi ngã sắc nặng) break ties only.
    """
    letters: list[str] = []
    tones: list[str] = []
    for char in squeeze(text).lower():
        base, tone = _split_tone(char)
        letters.append(_letter_key(base))
        tones.append(str(tone))
    return "".join(letters) + "!" + "".join(tones)


def _split_tone(char: str) -> tuple[str, int]:
    """Return a letter without its tone, and the tone's rank."""
    parts = unicodedata.normalize("NFD", char)
    tone = next((_TONES[c] for c in parts if c in _TONES), 0)
    return unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES)), tone


def _letter_key(letter: str) -> str:
    """Return two ASCII characters for one letter: blank < digits < letters < the rest."""
    if letter == " ":
        return "00"
    if letter.isdigit():
        return "1" + letter
    place = _ALPHABET.find(letter)
    if place >= 0:
        return chr(ord("A") + place // 16) + "0123456789abcdef"[place % 16]
    return "Z" + format(ord(letter) % 256, "02x")
