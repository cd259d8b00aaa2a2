"""Recognised pages kept by content, so that no page is recognised twice.

Belongs here: the key of a picture, and lines to and from a JSON file.
Stays out: recognition itself (`ocr`). A file that cannot be read back counts as missing.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from parsers.document import Box
from parsers.readers.common.printed import PrintedLine, Token, line_of
from parsers.readers.ocr.ruled_lines import Picture
from parsers.readers.pdf.frame import Rule


class Recognised(NamedTuple):
    """What was read of a page: lines, ruled lines, and by how many quarters (against the clock) it was turned."""

    lines: list[PrintedLine]
    rules: list[Rule]
    quarters: int = 0


def key_of(picture: Picture, engine: str) -> str:
    """Return the key of a picture under an engine: its version and every parameter that changes what it reads."""
    content = hashlib.sha256(f"{engine} {picture.shape}".encode())
    content.update(picture.tobytes())
    return content.hexdigest()


class OcrCache:
    """A folder of recognised pages; None keeps nothing."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def get(self, key: str) -> Recognised | None:
        """Return what was recognised under a key, None where nothing usable is kept."""
        if self._folder is None:
            return None
        try:
            kept = json.loads(self._file(key).read_text(encoding="utf-8"))
            return _unpacked(kept)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, key: str, recognised: Recognised) -> None:
        """Keep what was recognised; a full disk or a foreign folder is no reason to fail."""
        if self._folder is None:
            return
        file = self._file(key)
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=file.parent, suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as part:
                json.dump(_packed(recognised), part, ensure_ascii=False)
            Path(name).replace(file)

    def _file(self, key: str) -> Path:
        if self._folder is None:
            raise ValueError(key)
        return self._folder / key[:2] / f"{key}.json"


def _packed(recognised: Recognised) -> dict[str, Any]:
    """Return lines and rules as plain JSON values."""
    lines = [[[t.text, *t.box, t.confidence, t.read] for t in line.tokens] for line in recognised.lines]
    return {"lines": lines, "rules": recognised.rules, "quarters": recognised.quarters}


def _unpacked(kept: dict[str, Any]) -> Recognised:
    """Return lines and rules from plain JSON values."""
    rows = [[Token(text, Box(*box), sure, read) for text, *box, sure, read in tokens] for tokens in kept["lines"]]
    return Recognised([line_of(row) for row in rows], [Rule(*rule) for rule in kept["rules"]], int(kept["quarters"]))
