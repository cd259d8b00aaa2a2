"""A second recogniser of another kind, for numbers: what it reads at the place of a number that the first is sure of.

Belongs here: the network (AsterOCR's weights, MIT, by onnxruntime; none of its package's code runs), pictures of words
made ready for it, and its letters.
Stays out: what follows where the two differ (`recheck`).
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import cv2
import numpy as np

from parsers.readers.ocr.ruled_lines import Picture

_HEIGHT, _WIDEST = 32, 1024  # pixels: what the network takes; wider is squeezed
_STEP = 4  # pixels; a smaller part is not read
_AIR = 0.12  # of the height, around a number; by hand
_loading = Lock()


class _Network(NamedTuple):
    """A session of onnxruntime, the name of its input, and the letters of its answer; the first is none."""

    session: Any
    input: str
    letters: list[str]


def second_available() -> bool:
    """Return whether the second recogniser is installed."""
    return _weights() is not None and find_spec("onnxruntime") is not None


def second_text(part: Picture) -> str | None:
    """Return what the second recogniser reads in a grey picture of one word, None where it is not installed."""
    network = _network()
    if network is None or min(part.shape, default=0) < _STEP:
        return None
    (answer, *_more) = network.session.run(None, {network.input: _ready(part)})
    best = np.asarray(answer).reshape(-1, len(network.letters)).argmax(axis=-1)
    kept = best[np.insert(best[1:] != best[:-1], 0, True)]
    return "".join(network.letters[index] for index in kept if index)


def _ready(part: Picture) -> Any:
    """Return a picture as the network takes it: 32 rows, some air around, three equal colours from -1 to 1."""
    air = max(round(_AIR * part.shape[0]), 2)
    framed = cv2.copyMakeBorder(part, air, air, 2 * air, 2 * air, cv2.BORDER_CONSTANT, value=float(part.max()))
    width = min(max(round(framed.shape[1] * _HEIGHT / framed.shape[0]), _HEIGHT), _WIDEST)
    width = -(-width // _STEP) * _STEP
    small = cv2.resize(framed, (width, _HEIGHT), interpolation=cv2.INTER_AREA).astype(np.float32)
    return np.repeat(((small / 255.0 - 0.5) / 0.5)[None, None], 3, axis=1)


def _weights() -> Path | None:
    """Return the folder of the weights, found without running the package that brings them."""
    found = find_spec("asterocr")
    folder = Path(found.origin).parent / "assets" if found is not None and found.origin else None
    return folder if folder is not None and (folder / "asternet.onnx").is_file() else None


def _network() -> _Network | None:
    with _loading:
        return _loaded()


@cache
def _loaded() -> _Network | None:
    folder = _weights()
    if folder is None or find_spec("onnxruntime") is None:
        return None
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 4
    session = onnxruntime.InferenceSession(str(folder / "asternet.onnx"), options, providers=["CPUExecutionProvider"])
    letters = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))["chars"]
    return _Network(session, session.get_inputs()[0].name, letters)
