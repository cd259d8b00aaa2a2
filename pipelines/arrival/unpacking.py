"""Archives, mails and portfolios among what arrived: their members become arrivals of their own.

Belongs here: having containers opened in the guarded child, one inside the other to a small depth, and naming what came
out of them. Whatever goes wrong with one is that arrival's outcome alone.
Stays out: opening them (`parsers.containers`), what a member is (`pipelines.arrival.intake`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from parsers.containers import Opened, open_container
from parsers.outcomes import Outcome
from parsers.pool import ReaderPool
from pipelines.arrival.arrivals import Arrival, Way

_ = translator("containers")

DEEPEST = 3
"""How many containers may stand one inside the other: a mail with an archive in which lies a portfolio."""

MOST_MEMBERS = 1000
"""How many files all containers inside one arrival may hold together."""

Found = tuple[Arrival, DocumentError | None]
"""An arrival, and the fault for which it could not be opened, None where it is to be read."""


def unpacked(arrivals: Iterable[Arrival], folder: Path) -> Iterator[Found]:
    """Yield arrivals with containers replaced by their members, written under `folder`.

    One that cannot be opened stays itself, with its fault. Names are those of the archive and of the member in it.
    """
    with ReaderPool(partial(open_container, folder=folder), workers=1) as pool:
        for arrival in arrivals:
            yield from _Opening(pool).of(arrival)


class _Opening:
    """The opening of one arrival and of what lies inside it."""

    def __init__(self, pool: ReaderPool[Opened | None]) -> None:
        self._pool = pool
        self._left = MOST_MEMBERS

    def of(self, arrival: Arrival, depth: int = 0) -> Iterator[Found]:
        """Yield what an arrival comes to."""
        try:
            opened = self._pool.run(arrival.path)
            if opened is not None:
                self._bound(opened, depth)
        except DocumentError as fault:
            yield arrival, fault
            return
        if opened is None:
            yield arrival, None
            return
        for member in opened.members:
            name = f"{arrival.name}/{member.name}"
            yield from self.of(replace(arrival, path=member.path, name=name, via=Way.ZIP), depth + 1)

    def _bound(self, opened: Opened, depth: int) -> None:
        """Count the members of a container; raises DocumentError too_large beyond what one arrival may hold."""
        self._left -= len(opened.members)
        if self._left < 0 or depth >= DEEPEST:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("archives stand inside archives deeper than {n} times, or hold too many files").format(n=DEEPEST),
            )
