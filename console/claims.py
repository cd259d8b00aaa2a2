"""Who looks at what just now, so that two people are not given the same thing.

Belongs here: claims of a minute or two, in this server's memory. Stays out: refusing a second decision, which the
warehouse does whatever is claimed here.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta

from warehouse.review import Item

LASTS = timedelta(minutes=2)


class Claims:
    """Items by who looks at them."""

    def __init__(self) -> None:
        self._claims: dict[str, tuple[int, datetime]] = {}
        self._lock = threading.Lock()

    def next_for(self, items: Sequence[Item], person: int, moment: datetime) -> Item | None:
        """Return the first item nobody else looks at, the first of all where others look at every one; claim it."""
        with self._lock:
            free = (item for item in items if self._is_free(item, person, moment))
            chosen = next(free, items[0] if items else None)
            if chosen is not None:
                self._claims[_key(chosen)] = (person, moment + LASTS)
            return chosen

    def free(self, items: Sequence[Item], person: int, moment: datetime) -> list[Item]:
        """Return the items that nobody else looks at."""
        with self._lock:
            return [item for item in items if self._is_free(item, person, moment)]

    def claim(self, item: Item, person: int, moment: datetime) -> None:
        """Note that a person looks at an item, unless somebody else does already."""
        with self._lock:
            if self._is_free(item, person, moment):
                self._claims[_key(item)] = (person, moment + LASTS)

    def _is_free(self, item: Item, person: int, moment: datetime) -> bool:
        holder, until = self._claims.get(_key(item), (person, moment))
        return holder == person or until <= moment


def _key(item: Item) -> str:
    return f"{item.round}/{item.key}"
