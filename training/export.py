"""A trained network as the file that the product opens: ONNX, weights of 8 bits, packed.

Belongs here: export and quantisation, and the check that the file says what the network says.
Stays out: training (`training.fit`).
"""

from __future__ import annotations

import gzip
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from parsers.learned.batches import Item, padded
from parsers.learned.vocabulary import NETWORK, VOCABULARY, Vocabulary
from training.network import Reader

_INPUTS, _OUTPUTS = ("pieces", "spots", "signs", "said"), ("independent", "stacked")
_OPSET = 17


def export(reader: Reader, known: Vocabulary, example: list[Item], folder: Path) -> None:
    """Leave a network and its vocabulary in a folder; `example` are some chunks that show the shapes."""
    folder.mkdir(parents=True, exist_ok=True)
    known.save(folder / VOCABULARY)
    batch = padded(example)
    given = tuple(torch.from_numpy(a) for a in (batch.pieces, batch.spots, batch.signs, batch.said))
    axes = {"pieces": {0: "items", 1: "length"}} | {
        name: {0: "items", 1: "count"} for name in (*_INPUTS[1:], *_OUTPUTS)
    }
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole"
        torch.onnx.export(
            reader.eval(),
            given,
            str(whole),
            input_names=list(_INPUTS),
            output_names=list(_OUTPUTS),
            dynamic_axes=axes,
            opset_version=_OPSET,
            dynamo=False,
        )
        small = Path(scratch) / "small"
        quantize_dynamic(whole, small, per_channel=True, weight_type=QuantType.QInt8)
        (folder / NETWORK).write_bytes(gzip.compress(small.read_bytes(), mtime=0))
