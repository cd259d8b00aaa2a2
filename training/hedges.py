"""Words of estimate before numbers, put into training material.

Belongs here: "hơn", "gần", "trên", "khoảng" before a few numbers of a marked text, figures and others alike.
Stays out: marks (`training.marked`), which material is trained on (`training.material`).

Published texts hedge one number in seven, marked material one in a hundred: its writers knew the digits. Trained on it
alone, the readers take a word of estimate for a sign that a number is no figure.
"""

from __future__ import annotations

import random
import re
from hashlib import sha256

SHARE = 0.07
"""How many of the numbers that may take a word of estimate get one: half of what published texts show, since most
reports that wards send print exact counts."""
WORDS = ("hơn", "hơn", "gần", "gần", "trên", "trên", "khoảng", "khoảng", "ước", "ước đạt", "xấp xỉ", "chừng")
_NOUNS = "hồ sơ|bộ|trường hợp|người|lượt|văn bản|phiếu|tin|cuộc|tỷ|triệu|công chức|cán bộ|thủ tục|nhiệm vụ"
_NUMBER = re.compile(
    r"(?<=[^\W\d] )(?:"  # behind a word and a space: never behind a sign, a bracket, a stroke
    r"\[\[[a-z_0-9]+\+?(?:=-?[\d.]+)?\|(?=\d{2}|\d,\d)[^\]]+\]\]"  # a marked number of two digits or more
    rf"|(?<!\[)\b\d[\d.,]*\d(?=\s*%| (?:{_NOUNS})\b))"  # another number of a share or of things counted
)
_BEFORE = re.compile(
    r"\b(?:hơn|gần|trên|khoảng|ước|đạt|xấp xỉ|chừng|số|năm|ngày|tháng|quý|hạng|thứ|mức|về) $", re.IGNORECASE
)
_NO_TEXT = ("|", "#", "@", "::", "---", "===")


def hedged(source: str) -> str:
    """Return a marked text with words of estimate before some of its numbers, the same for the same text."""
    chance = random.Random(sha256(source.encode()).digest())  # noqa: S311 - choice of numbers, no secret
    lines = source.split("\n")
    begin = _front_matter(lines)
    return "\n".join([*lines[:begin], *(_line(line, chance) for line in lines[begin:])])


def _front_matter(lines: list[str]) -> int:
    """Return how many lines the header of a whole report takes."""
    return lines.index("---", 1) + 1 if lines[0] == "---" and "---" in lines[1:] else 0


def _line(line: str, chance: random.Random) -> str:
    if line.lstrip().startswith(_NO_TEXT):
        return line

    def with_word(found: re.Match[str]) -> str:
        before = line[: found.start()]
        if chance.random() >= SHARE or _BEFORE.search(before) or before.count("[[") > before.count("]]"):
            return found[0]
        return f"{chance.choice(WORDS)} {found[0]}"

    return _NUMBER.sub(with_word, line)
