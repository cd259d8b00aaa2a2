"""What one document may cost.

Belongs here: the limits of reading one file, as one value that the readers and the pool both know.
Stays out: enforcing them. Readers count pages and unpacked bytes; the pool watches time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """Bounds of one document; seconds of processor time, bytes, pages, paragraphs.

    A report has 5–30 pages and under 20 MB. More seconds are allowed for every page that is recognised (`patience`).
    """

    seconds: float = 180.0
    memory_bytes: int = 1500 * _MEGABYTE
    file_bytes: int = 100 * _MEGABYTE
    unpacked_bytes: int = 200 * _MEGABYTE
    unpacked_ratio: int = 200
    pages: int = 300
    blocks: int = 20_000
    picture_pixels: int = 40_000_000


DEFAULT_LIMITS = Limits()
