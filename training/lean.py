"""A sequence model in fewer bytes: weights with the digits that count.

Belongs here: rounding the weights inside a file of CRFsuite, so that it packs to two thirds.
Stays out: training (`training.sequences`), reading the model (`parsers.learned.crf`).

The file (format 100) begins with a header that says where its features stand; each is kind, source and target as 32-bit
numbers and its weight as a 64-bit one.
"""

from __future__ import annotations

import struct

import numpy as np

KEPT_BITS = 16
"""Of the 52 bits behind a weight's first one: it moves by less than one part in 100,000."""
_HEADER = struct.Struct("<4sI4sIIIIIIIII")
_FEATURES_AT = 7
_CHUNK = struct.Struct("<4sII")
_FEATURE = np.dtype([("kind", "<u4"), ("source", "<u4"), ("target", "<u4"), ("weight", "<f8")])


def lean(model: bytes) -> bytes:
    """Return a model of CRFsuite with rounded weights, otherwise byte for byte the same.

    Raises:
        ValueError: the bytes are no such model.
    """
    header = _HEADER.unpack_from(model)
    if header[0] != b"lCRF":
        raise ValueError("no model of CRFsuite: it does not begin with lCRF")
    at = header[_FEATURES_AT]
    mark, _, count = _CHUNK.unpack_from(model, at)
    if mark != b"FEAT":
        raise ValueError("a model of CRFsuite without features where its header says")
    begin = at + _CHUNK.size
    features = np.frombuffer(model, _FEATURE, count, begin).copy()
    features["weight"] = _rounded(features["weight"])
    return model[:begin] + features.tobytes() + model[begin + features.nbytes :]


def _rounded(weights: np.ndarray) -> np.ndarray:
    """Return weights with all but the first bits behind the point cleared, rounded half up."""
    lost = np.uint64(52 - KEPT_BITS)
    bits = weights.copy().view("<u8") + (np.uint64(1) << (lost - np.uint64(1)))
    return ((bits >> lost) << lost).view("<f8")
