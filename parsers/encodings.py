"""Legacy Vietnamese encodings: TCVN3 (ABC) and VNI to Unicode NFC.

Belongs here: both code tables, recognising an encoding by font name or by letter statistics, restoring capitals.
Stays out: where fonts are named in a file (`readers`).

TCVN3 fonts (`.VnTime`) hold no toned capitals: they borrow the small ones ("PHæ" is PHỔ) or use a capital font
(`.VnTimeH`) that draws small codes large. VNI writes a base letter and a mark ("oä" is ộ). Tables: TCVN 5712:1993
(ABC), and VNI-Win as published by VNI Software.
"""

from __future__ import annotations

import re
from typing import Literal

from cchc.text import nfc
from parsers.syllables import shares

Encoding = Literal["unicode", "tcvn3", "vni"]

_TCVN3 = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_FROM_TCVN3 = {first + step: char for first, run in _TCVN3.items() for step, char in enumerate(run)}
_TONED = frozenset(c for run in list(_TCVN3.values())[1:] for c in run)

_VNI_MARKS = {
    "a": "ùøûõï" + "êéèúüë" + "âáàåãä",
    "e": "ùøûõï" + "âáàåãä",
    "o": "ùøûõï" + "âáàåãä",
    "ô": "ùøûõï",
    "u": "ùøûõï",
    "ö": "ùøûõï",
    "y": "ùøûõ",
}
_VNI_LETTERS = {
    "a": "áàảãạ" + "ăắằẳẵặ" + "âấầẩẫậ",
    "e": "éèẻẽẹ" + "êếềểễệ",
    "o": "óòỏõọ" + "ôốồổỗộ",
    "ô": "ớờởỡợ",
    "u": "úùủũụ",
    "ö": "ứừửữự",
    "y": "ýỳỷỹ",
}
_VNI_SINGLE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
_FROM_VNI = {base + mark: _VNI_LETTERS[base][i] for base, marks in _VNI_MARKS.items() for i, mark in enumerate(marks)}
_FROM_VNI |= _VNI_SINGLE
_FROM_VNI |= {
    cased: letter.upper()
    for code, letter in list(_FROM_VNI.items())
    for cased in {code.upper(), code[0].upper() + code[1:]}
}
_VNI_CODE = re.compile("|".join(sorted(map(re.escape, _FROM_VNI), key=len, reverse=True)))
_WORD = re.compile(r"[^\W\d_]+")
_BEYOND_LATIN = re.compile(
    "[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f\u01a0-\u01b0\u0300-\u036f\u1e00-\u1eff]"
)
# Characters: an encoding shows in the first page or two.
_SAMPLE = 6_000


def font_encoding(font: str) -> Encoding | None:
    """Return the encoding a font name stands for, None where the name does not tell."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "tcvn3"
    return "vni" if name.startswith("vni-") or name == "vni" else None


def is_capital_font(font: str) -> bool:
    """Return whether a TCVN3 font draws every letter as a capital (`.VnTimeH`, `.VnArialH`)."""
    return font_encoding(font) == "tcvn3" and font.strip().endswith("H")


def recognise(text: str) -> Encoding:
    """Return the encoding in which a text reads best as Vietnamese; needs some twelve words to leave "unicode"."""
    sample = text[:_SAMPLE]
    plain = shares(nfc(sample))
    if plain.is_vietnamese and _BEYOND_LATIN.search(nfc(sample)):
        return "unicode"
    tried: list[tuple[float, Encoding]] = []
    for encoding in ("tcvn3", "vni"):
        found = shares(decode(sample, encoding))
        if found.is_vietnamese and found.possible > plain.possible + 0.15:
            tried.append((found.possible, encoding))
    return max(tried)[1] if tried else "unicode"


def decode(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """Return `text` in Unicode NFC; text that already holds Vietnamese Unicode letters is left as it is.

    Bytes are expected as Latin-1 or cp1252 characters, the way every reader hands them over; symbol fonts shift them
    to U+F0xx, which is undone. `capitals` says that the font draws capitals only.
    """
    if encoding == "unicode" or _BEYOND_LATIN.search(text):
        return nfc(text)
    plain = "".join(chr(ord(c) - 0xF000) if 0xF020 <= ord(c) <= 0xF0FF else c for c in text)
    if encoding == "vni":
        return nfc(_VNI_CODE.sub(lambda found: _FROM_VNI[found[0]], plain))
    converted = plain.translate(_FROM_TCVN3)
    return nfc(converted.upper() if capitals else _with_capitals(converted))


def _with_capitals(text: str) -> str:
    """Return TCVN3 text with the small toned letters inside words in capitals made capitals.

    "PHổ" is surely PHỔ. One capital and then only toned letters ("Xã") may be either: it follows its neighbours.
    """
    words = list(_WORD.finditer(text))
    sure = [_is_capital(w[0]) for w in words]
    pieces: list[str] = []
    last = 0
    for place, word in enumerate(words):
        neighbours = [sure[n] for n in (place - 1, place + 1) if _are_neighbours(text, words, place, n)]
        loud = sure[place] or (_may_be_capital(word[0]) and bool(neighbours) and all(neighbours))
        pieces += [text[last : word.start()], word[0].upper() if loud else word[0]]
        last = word.end()
    return "".join([*pieces, text[last:]])


def _are_neighbours(text: str, words: list[re.Match[str]], place: int, other: int) -> bool:
    """Return whether only blanks stand between two words."""
    if not 0 <= other < len(words):
        return False
    first, second = sorted((words[place], words[other]), key=re.Match.start)
    return not text[first.end() : second.start()].strip()


def _is_capital(word: str) -> bool:
    """Return whether a word is in capitals but for the letters that TCVN3 has no capitals for.

    Two capitals tell, and so does one behind a small letter ("ủY").
    """
    if not _may_be_capital(word):
        return False
    return sum(c.isupper() for c in word) >= 2 or not word[0].isupper()


def _may_be_capital(word: str) -> bool:
    """Return whether every small letter of a word is one that TCVN3 has no capital for."""
    return all(c.isupper() or c in _TONED for c in word) and any(c.isupper() for c in word)
