"""The trained network at work: opinions of both its heads on every number of a report.

Belongs here: the model file under onnxruntime, on one thread, chunk by chunk.
Stays out: how it was trained (`training.network`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from parsers.learned.batches import Batch, Item, items_of, padded
from parsers.learned.packed import unpacked
from parsers.learned.positions import Line
from parsers.learned.values import GrammarView, Guess, Opinion, Pair
from parsers.learned.vocabulary import NETWORK, VOCABULARY, Vocabulary

KEPT = 5  # as in `mixing`

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Network:
    """An opened network with its vocabulary."""

    session: onnxruntime.InferenceSession
    known: Vocabulary

    @classmethod
    def open(cls, folder: Path) -> Network:
        """Return the network of a folder."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(unpacked(folder / NETWORK), options, providers=["CPUExecutionProvider"])
        return cls(session, Vocabulary.load(folder / VOCABULARY))

    def read(self, lines: Sequence[Line], views: Sequence[Sequence[GrammarView]]) -> dict[tuple[int, int], Pair]:
        """Return the independent and the stacked opinion by line and spot."""
        items = items_of(lines, views, None, self.known.pieces, self.known.signs, self.known.said)
        return dict(pair for item in items for pair in self._of_chunk(item))

    def _of_chunk(self, item: Item) -> Iterator[tuple[tuple[int, int], Pair]]:
        """Yield the opinions of one chunk; one by one they are faster on one core than in padded batches."""
        independent, stacked = self._run(padded([item]))
        for j, (_, line, spot) in enumerate(item.chunk.spots):
            yield (line, spot), (self._opinion(independent[0, j]), self._opinion(stacked[0, j]))

    def _run(self, batch: Batch) -> tuple[Floats, Floats]:
        given = {"pieces": batch.pieces, "spots": batch.spots, "signs": batch.signs, "said": batch.said}
        independent, stacked = self.session.run(["independent", "stacked"], given)
        return independent, stacked

    def _opinion(self, scores: Floats) -> Opinion:
        weights = np.exp(scores - scores.max())
        weights /= weights.sum()
        best = np.argsort(-weights, kind="stable")[:KEPT]
        return Opinion(tuple(Guess(self.known.figures[k], round(float(weights[k]), 6)) for k in best))
