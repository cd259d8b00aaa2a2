"""Possible Vietnamese syllables, and how Vietnamese a text is.

Belongs here: the closed set of onsets and rhymes of written Vietnamese (about 160 rhymes), and the two shares by which
readers tell good text from a useless text layer or a legacy encoding.
Stays out: what to do about it (`encodings`, `readers.pdf.textlayer`).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TONES = str.maketrans("", "", "\u0300\u0301\u0303\u0309\u0323")
_ONSETS = "ngh ng nh gh gi kh ph qu th tr ch b c d đ g h k l m n p r s t v x"
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êng êp êt êu
i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong op ot
ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uâng uân uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên uyêt uynh uyt uyu
ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ych ynh yt
"""
_SYLLABLE = re.compile(f"(?:{'|'.join(_ONSETS.split())})?(?:{'|'.join(_RHYMES.split())})")
_LETTERS = re.compile(r"[^\W\d_]+")
# Words below which shares say nothing, and the share that a Vietnamese text keeps when some words are foreign.
_ENOUGH = 12
_NEARLY_ALL = 0.8


class Shares(NamedTuple):
    """Of the words of a text: how many were looked at, the share with Vietnamese marks, the share that can exist."""

    words: int
    marked: float
    possible: float

    @property
    def is_vietnamese(self) -> bool:
        """Return whether the text reads as Vietnamese with its marks; False when there is too little to tell."""
        return self.words >= _ENOUGH and self.marked >= 0.3 and self.possible >= 0.7

    @property
    def is_damaged(self) -> bool:
        """Return whether there is enough text to tell and it is no marked Vietnamese."""
        return self.words >= _ENOUGH and not self.is_vietnamese


@lru_cache(maxsize=8192)
def is_syllable(word: str) -> bool:
    """Return whether a word, in any case and with any tone, can be one written Vietnamese syllable."""
    plain = unicodedata.normalize("NFC", unicodedata.normalize("NFD", word.lower()).translate(_TONES))
    return _SYLLABLE.fullmatch(plain) is not None


@lru_cache(maxsize=8192)
def _is_marked(word: str) -> bool:
    """Return whether a word carries a Vietnamese vowel or tone mark, or đ."""
    lowered = word.lower()
    return "đ" in lowered or not unicodedata.normalize("NFD", lowered).isascii()


def is_possible(text: str) -> bool:
    """Return whether nearly all different words of a text can be Vietnamese syllables: a quick look at a whole page."""
    words = set(_LETTERS.findall(text))
    return sum(map(is_syllable, words)) >= _NEARLY_ALL * len(words)


def shares(text: str) -> Shares:
    """Return how Vietnamese a text (NFC) is; words in capitals without a vowel (UBND, TTHC) are not counted."""
    words = [w for w in _LETTERS.findall(text) if not (w.isupper() and w.isascii() and not is_syllable(w))]
    if not words:
        return Shares(0, 0.0, 0.0)
    marked = sum(map(_is_marked, words))
    possible = sum(map(is_syllable, words))
    return Shares(len(words), marked / len(words), possible / len(words))
