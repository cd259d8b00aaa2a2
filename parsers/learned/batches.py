"""Examples as tensors: chunks of like length together, labels, signs, and what the grammar says.

Belongs here: from lines and views to padded arrays. Stays out: the network and its training.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from parsers.learned.chunks import Chunk, chunks_of
from parsers.learned.features import signs_of
from parsers.learned.pieces import Pieces
from parsers.learned.positions import Line
from parsers.learned.signs import Signs
from parsers.learned.stacking import grammar_signs
from parsers.learned.values import GrammarView

Ints = NDArray[np.int64]
MOST_SIGNS, MOST_SAID = 30, 18  # names kept of a number; by hand, they bound the tensors
BATCH_PIECES = 2400  # pieces a step; by hand, it bounds memory
NOT_HERE = -100
"""The label of padding."""


@dataclass(frozen=True)
class Item:
    """One chunk with everything the network is told of its spots, and their labels where they are known."""

    chunk: Chunk
    signs: list[list[int]]
    said: list[list[int]]
    labels: list[int]


@dataclass(frozen=True)
class Batch:
    """Padded arrays: pieces (items, length), spots and labels (items, spots), signs and said (items, spots, signs)."""

    pieces: Ints
    spots: Ints
    signs: Ints
    said: Ints
    labels: Ints


def items_of(
    lines: Sequence[Line],
    views: Sequence[Sequence[GrammarView]],
    labels: Sequence[Sequence[int]] | None,
    pieces: Pieces,
    signs: Signs,
    said: Signs,
) -> Iterator[Item]:
    """Yield the chunks of one report."""
    told = [[signs.of_names(names, MOST_SIGNS) for names in signs_of(line)] for line in lines]
    heard = [[said.of_names(names, MOST_SAID) for names in grammar_signs(v)] for v in views]
    for chunk in chunks_of(lines, pieces):
        yield Item(
            chunk,
            [told[line][spot] for _, line, spot in chunk.spots],
            [heard[line][spot] for _, line, spot in chunk.spots],
            [labels[line][spot] if labels is not None else NOT_HERE for _, line, spot in chunk.spots],
        )


def batches_of(items: Sequence[Item], chance: random.Random | None) -> Iterator[list[Item]]:
    """Yield the items in batches of like length, in random order where `chance` is given."""
    order = sorted(range(len(items)), key=lambda i: (len(items[i].chunk.pieces), i))
    groups: list[list[int]] = [[]]
    for i in order:
        longest = max(len(items[i].chunk.pieces), max((len(items[j].chunk.pieces) for j in groups[-1]), default=0))
        if groups[-1] and longest * (len(groups[-1]) + 1) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(i)
    if chance is not None:
        chance.shuffle(groups)
    for group in groups:
        yield [items[i] for i in group]


def padded(items: Sequence[Item]) -> Batch:
    """Return some items as arrays."""
    count, length = len(items), max(len(i.chunk.pieces) for i in items)
    spots = max(len(i.chunk.spots) for i in items)
    batch = Batch(
        np.zeros((count, length), np.int64),
        np.zeros((count, spots), np.int64),
        np.zeros((count, spots, MOST_SIGNS), np.int64),
        np.zeros((count, spots, MOST_SAID), np.int64),
        np.full((count, spots), NOT_HERE, np.int64),
    )
    for i, item in enumerate(items):
        batch.pieces[i, : len(item.chunk.pieces)] = item.chunk.pieces
        for j, (place, _, _) in enumerate(item.chunk.spots):
            batch.spots[i, j] = place
            batch.signs[i, j, : len(item.signs[j])] = item.signs[j]
            batch.said[i, j, : len(item.said[j])] = item.said[j]
            batch.labels[i, j] = item.labels[j]
    return batch
