"""Passages made to speak of another level, so that the network learns whose number a number is.

Belongs here: from a marked passage of running text, one in which the same is said of the district or the province and
nothing is the ward's, and one in which that stands before or behind the ward's own. They are for training only; nothing
is measured on them, as nobody wrote them.
Stays out: reading marked text (`training.marked`).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from training.marked import MARK

_OPENINGS = (
    ("Toàn huyện", "huyện"), ("Toàn tỉnh", "tỉnh"), ("Toàn thị xã", "thị xã"), ("Toàn thành phố", "thành phố"),
    ("UBND huyện", "huyện"), ("UBND tỉnh", "tỉnh"), ("Cả huyện", "huyện"), ("Huyện", "huyện"), ("Tỉnh", "tỉnh"),
    ("Kết quả chung của tỉnh:", "tỉnh"), ("Theo Sở Nội vụ, toàn tỉnh", "tỉnh"), ("Số của huyện:", "huyện"),
    ("Các xã, phường trong tỉnh", "tỉnh"), ("Quận", "quận"), ("Khối các phường của thành phố", "thành phố"),
    ("Phòng Nội vụ thông báo toàn huyện", "huyện"),
)  # fmt: skip
_OWN_OPENINGS = ("Riêng xã", "Ở xã:", "Xã", "Phần của xã:", "Còn xã ta", "Tại đơn vị,", "")
_OWN = re.compile(
    r"(?<!\w)(?:UBND |Ủy ban nhân dân )?(?:các )?(?:xã|phường|đặc khu)(?: ta| mình| nhà| tôi)?(?!\w)", re.IGNORECASE
)
_ONE_IN = 4
_SHIFT = str.maketrans("0123456789", "0475829361")


def of_other_levels(source: str) -> Iterator[str]:
    """Yield passages in the form of `training.marked`, made of some of a file's passages of running text."""
    for part in re.split(r"^===\s*$", source, flags=re.MULTILINE):
        first, headings, *body = part.strip("\n").split("\n") if part.strip() else ("", "", "")
        text = " ".join(body).strip()
        chance = zlib.crc32(part.encode())
        if "|" not in MARK.sub("", text) and MARK.search(text) and len(body) <= 2 and chance % _ONE_IN == 0:
            other = _said_of_another(text, *_OPENINGS[chance // _ONE_IN % len(_OPENINGS)])
            own = _OWN_OPENINGS[chance // 64 % len(_OWN_OPENINGS)]
            yield "\n".join((first, headings, other))
            both = [other, _joined(own, text)]
            yield "\n".join((first, headings, " ".join(both if chance // 512 % 3 else both[::-1])))


def _said_of_another(text: str, opening: str, level: str) -> str:
    """Return a passage's text as said of another level: without marks, with other numbers."""
    plain = MARK.sub(lambda m: m[4].translate(_SHIFT), text)
    return _joined(opening, _OWN.sub(level, plain))


def _joined(opening: str, text: str) -> str:
    """Return a text behind an opening, its first letter small."""
    text = text.lstrip("-+•* ")
    return f"{opening} {text[:1].lower()}{text[1:]}" if opening else text
