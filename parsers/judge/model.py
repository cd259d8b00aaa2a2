"""The judge's weights: a fitted logistic model, kept as plain numbers.

Belongs here: opening the file that `make train` left, and the sum of weighted terms. Stays out: fitting
(`training.judging`), the terms.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cchc.errors import CatalogueError
from parsers.judge.terms import NAMES

FILE = Path(__file__).resolve().parent / "model.json"


@dataclass(frozen=True)
class JudgeModel:
    """One weight a term, the constant, and the version: the beginning of the hash of the file."""

    weights: tuple[float, ...]
    constant: float
    version: str

    def probability(self, terms: Sequence[float]) -> float:
        """Return the probability (0-1) that a printing with these terms is right."""
        total = self.constant + sum(w * t for w, t in zip(self.weights, terms, strict=True))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))

    def shares(self, terms: Sequence[float]) -> dict[str, float]:
        """Return what each term adds to the sum, by name, the weightiest first."""
        parts = {name: w * t for name, w, t in zip(NAMES, self.weights, terms, strict=True)}
        return dict(sorted(parts.items(), key=lambda part: -abs(part[1])))


@cache
def judge_model(path: Path = FILE) -> JudgeModel | None:
    """Return the model of a file, None where `make train` has not made one.

    Raises:
        CatalogueError: the file weighs other terms than this version knows.
    """
    if not path.is_file():
        return None
    text = path.read_text(encoding="utf-8")
    kept = json.loads(text)
    if tuple(kept["weights"]) != NAMES:
        raise CatalogueError(f"{path.name}: weighs other terms than this version; run `make train`")
    version = hashlib.sha256(text.encode()).hexdigest()[:12]
    return JudgeModel(tuple(kept["weights"].values()), kept["constant"], version)
