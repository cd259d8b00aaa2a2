"""What the numbers of the network mean: pieces of words, signs, figures.

Belongs here: the lists that belong to one trained network, and their file.
Stays out: how texts become pieces and signs (`chunks`, `features`, `stacking`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from parsers.learned.pieces import Pieces
from parsers.learned.signs import Signs

NETWORK, VOCABULARY = "network.onnx.gz", "network.json"
"""The files of one trained network, beside the sequence models."""


@dataclass(frozen=True)
class Vocabulary:
    """Pieces, signs of a number, signs of what the grammar says, and figures (None, no figure, first)."""

    pieces: Pieces
    signs: Signs
    said: Signs
    figures: tuple[str | None, ...]

    def save(self, path: Path) -> None:
        """Write the lists to a file."""
        kept = {
            "pieces": self.pieces.pieces,
            "scores": [round(score, 4) for score in self.pieces.scores],
            "signs": self.signs.names,
            "said": self.said.names,
            "figures": self.figures,
        }
        path.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Vocabulary:
        """Return the lists of a file."""
        kept = json.loads(path.read_text(encoding="utf-8"))
        pieces = Pieces.of(tuple(kept["pieces"]), tuple(kept["scores"]))
        return cls(pieces, Signs.of(kept["signs"]), Signs.of(kept["said"]), tuple(kept["figures"]))
