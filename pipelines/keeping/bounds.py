"""What may grow no further than the office lets it: caches, and the copies that lie in quarantine.

Belongs here: how large these folders are, and taking the oldest files out of one that is over its limit.
Stays out: what is kept for ever (originals, facts, papers), runs (`pruning`), when this happens
(`pipelines.orchestration.schedules`, `cchc prune`).

Nothing is lost by it. A page is recognised or drawn again when it is asked for; the original of a copy in quarantine
lies in the archive under the hash that the reason beside the copy names, and that reason stays.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipelines.keeping.stores import Entry, Store
from pipelines.settings import Settings

MEGABYTE = 1024 * 1024
_REASON = ".json"


@dataclass(frozen=True)
class Bound:
    """A folder that is kept below a limit: how many files it may lose, their bytes, and the bytes it may hold."""

    folder: Store
    files: int
    size: int
    limit: int

    @property
    def is_over(self) -> bool:
        """Return whether the folder holds more than it may."""
        return self.size > self.limit


@dataclass(frozen=True)
class Shed:
    """What was taken out: files and bytes."""

    files: int = 0
    size: int = 0

    def __add__(self, other: Shed) -> Shed:
        return Shed(self.files + other.files, self.size + other.size)


def bounds(settings: Settings) -> tuple[Bound, ...]:
    """Return how each bounded folder stands: pages recognised, pictures of pages, the quarantine."""
    keep = settings.keep
    limits = (
        (str(settings.ocr_cache), keep.cache_mb),
        (str(settings.pictures), keep.cache_mb),
        (settings.quarantine_url, keep.quarantine_mb),
    )
    return tuple(_bound(Store(url), megabytes * MEGABYTE) for url, megabytes in limits)


def shed(settings: Settings) -> Shed:
    """Take the oldest files out of every folder that is over its limit, until it is not, and return what went."""
    return sum((_shed(bound) for bound in bounds(settings) if bound.is_over), Shed())


def _bound(folder: Store, limit: int) -> Bound:
    files = _files(folder)
    return Bound(folder, len(files), sum(file.size for file in files), limit)


def _shed(bound: Bound) -> Shed:
    gone, left = Shed(), bound.size
    for file in sorted(_files(bound.folder), key=lambda file: file.written):
        if left <= bound.limit:
            break
        bound.folder.remove(file.name)
        gone, left = gone + Shed(1, file.size), left - file.size
    return gone


def _files(folder: Store) -> list[Entry]:
    """Return what may be taken out of a folder."""
    return [entry for entry in folder.entries() if not _is_reason(entry, folder)]


def _is_reason(entry: Entry, folder: Store) -> bool:
    """Return whether a file tells why another one lies in quarantine."""
    return folder.url.endswith("quarantine") and entry.name.endswith(_REASON)
