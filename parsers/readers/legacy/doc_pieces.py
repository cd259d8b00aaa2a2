"""The text of a Word 97–2003 DOC by its piece table: the spare reader for machines and files that antiword fails on.

Belongs here: the OLE compound file, the piece table, and Word's control characters as plain text.
Stays out: formatting, styles, automatic numbers. Source of the layouts: [MS-CFB], [MS-DOC] 2.4.1 and 2.9.38.
"""

from __future__ import annotations

import re
import struct

_FREE = 0xFFFFFFFA  # MS-CFB 2.1: sector numbers from here on are marks
_NO_PIECES = "no piece table"
_FIELD_CODE = re.compile(r"\x13[^\x13\x14\x15]*(?:\x14([^\x13\x14\x15]*))?\x15")
_SIGNS = str.maketrans({"\x0b": " ", "\x0c": "\r", "\x1e": "-", "\x1f": None, "\xa0": " ", "\x01": None, "\x08": None})
_MOST_FIELDS = 100  # fields of one text; by hand, it only ends a circle


def doc_text(data: bytes) -> str:
    """Return the text of a DOC, a paragraph a line, table rows between bars; raises ValueError where it is torn."""
    try:
        streams = _Compound(data)
        word = streams.read("WordDocument")
        (flags,) = struct.unpack_from("<H", word, 0x0A)
        (length,) = struct.unpack_from("<I", word, 0x4C)
        start, size = struct.unpack_from("<II", word, 0x1A2)
        table = streams.read("1Table" if flags & 0x0200 else "0Table")
        text = _joined(word, table[start : start + size])[:length]
    except (struct.error, IndexError, KeyError) as error:
        raise ValueError(str(error)) from error
    return _plain(text)


def _joined(word: bytes, pieces: bytes) -> str:
    """Return the text that a piece table puts together from the main stream."""
    place = 0
    while pieces[place] == 1:
        place += 3 + struct.unpack_from("<H", pieces, place + 1)[0]
    if pieces[place] != 2:
        raise ValueError(_NO_PIECES)
    (size,) = struct.unpack_from("<I", pieces, place + 1)
    count = (size - 4) // 12
    places = struct.unpack_from(f"<{count + 1}I", pieces, place + 5)
    found: list[str] = []
    for number in range(count):
        (where,) = struct.unpack_from("<I", pieces, place + 5 + 4 * (count + 1) + 8 * number + 2)
        length = places[number + 1] - places[number]
        if not 0 <= length <= len(word):
            raise ValueError(_NO_PIECES)
        if where & 0x40000000:
            start = (where & 0x3FFFFFFF) // 2
            found.append(word[start : start + length].decode("cp1252", "replace"))
        else:
            found.append(word[where : where + 2 * length].decode("utf-16-le", "replace"))
    return "".join(found)


def _plain(text: str) -> str:
    """Return Word's text as lines: fields by their results, signs as characters, table rows between bars."""
    for _field in range(_MOST_FIELDS):
        settled = _FIELD_CODE.sub(lambda found: found[1] or "", text)
        if settled == text:
            break
        text = settled
    lines: list[str] = []
    row: list[str] = []
    *ended, rest = re.sub("[\x13-\x15]", "", text).translate(_SIGNS).split("\x07")
    for part in ended:
        if not part and row:
            lines.append("|" + "|".join(row) + "|")
            row = []
            continue
        *before, cell = part.split("\r")
        if row:
            cell = " ".join([*before, cell])
        else:
            lines += before
        row.append(cell)
    return "\n".join([*lines, *row, *rest.split("\r")])


class _Compound:
    """The streams of an OLE compound file by name."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        shift, small_shift = struct.unpack_from("<HH", data, 30)
        self._sector, self._small = 1 << shift, 1 << small_shift
        directory, _transaction, self._cutoff, small_fat, _count = struct.unpack_from("<5I", data, 48)
        if not 9 <= shift <= 12 or not 4 <= small_shift <= 9:
            raise ValueError("no compound file")
        heads = [s for s in struct.unpack_from("<109I", data, 76) if s < _FREE]
        self._fat = [n for head in heads for n in self._numbers(self._at(head))]
        self._small_fat = self._numbers(self._chained(small_fat, self._fat)) if small_fat < _FREE else []
        self._entries = self._directory(self._chained(directory, self._fat))
        self._root = self._chained(self._entries[""][0], self._fat) if self._entries[""][0] < _FREE else b""

    def read(self, name: str) -> bytes:
        """Return a stream."""
        start, size = self._entries[name]
        if size >= self._cutoff:
            return self._chained(start, self._fat)[:size]
        found: list[bytes] = []
        while start < _FREE and len(found) <= len(self._small_fat):
            found.append(self._root[start * self._small : (start + 1) * self._small])
            start = self._small_fat[start]
        return b"".join(found)[:size]

    def _at(self, sector: int) -> bytes:
        start = (sector + 1) * self._sector
        return self._data[start : start + self._sector]

    def _chained(self, sector: int, fat: list[int]) -> bytes:
        """Return the sectors of a chain; one that runs in a circle ends when it is longer than the file."""
        found: list[bytes] = []
        while sector < _FREE and len(found) <= len(fat):
            found.append(self._at(sector))
            sector = fat[sector]
        return b"".join(found)

    @staticmethod
    def _numbers(data: bytes) -> list[int]:
        return list(struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4]))

    @staticmethod
    def _directory(data: bytes) -> dict[str, tuple[int, int]]:
        """Return (first sector, size) of every stream by name; the root stands under the empty name."""
        entries: dict[str, tuple[int, int]] = {}
        for place in range(0, len(data) - 127, 128):
            (length,) = struct.unpack_from("<H", data, place + 64)
            name = data[place : place + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", data, place + 116)
            entries["" if data[place + 66] == 5 else name] = (start, size)
        return entries
