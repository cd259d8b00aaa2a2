"""What a network is told of a number beside the words: its print, its neighbours' arithmetic, opinions of others.

Belongs here: named signs turned into places of a fixed list. Stays out: how they are found (`features`, `stacking`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Signs:
    """A fixed list of signs; 0 is kept for padding."""

    names: tuple[str, ...]
    places: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Iterable[str]) -> Signs:
        """Return the list of some names, in order."""
        kept = tuple(names)
        return cls(kept, {name: i for i, name in enumerate(kept, 1)})

    @classmethod
    def frequent(cls, seen: Iterable[Sequence[str]], least: int) -> Signs:
        """Return the signs that stand at `least` spots or more."""
        count = Counter(name for names in seen for name in dict.fromkeys(names))
        return cls.of(sorted(name for name, times in count.items() if times >= least))

    def of_names(self, names: Iterable[str], most: int) -> list[int]:
        """Return the places of the known among some signs, the first `most`."""
        return [self.places[n] for n in dict.fromkeys(names) if n in self.places][:most]
