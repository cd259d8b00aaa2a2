"""Model files as they lie beside the readers: compressed, unpacked once for all workers.

Belongs here: the bytes of a model, and unpacking those of all models before workers are forked.
Stays out: what the bytes mean (`crf`, `network`).
"""

from __future__ import annotations

import gzip
import lzma
from collections.abc import Iterable
from pathlib import Path

_AHEAD: dict[Path, bytes] = {}
"""What was unpacked ahead; a fork shares it."""


def unpack_ahead(paths: Iterable[Path]) -> None:
    """Unpack files before anybody opens them; each is opened once in a process."""
    _AHEAD.update((path, _unpacked(path)) for path in paths)


def unpacked(path: Path) -> bytes:
    """Return what a compressed file holds, from what was unpacked ahead where it is there; that is let go."""
    ahead = _AHEAD.pop(path, None)
    return _unpacked(path) if ahead is None else ahead


def _unpacked(path: Path) -> bytes:
    return {".gz": gzip.decompress, ".xz": lzma.decompress}[path.suffix](path.read_bytes())
