"""A trained network as the file that the product opens: ONNX, weights of 8 bits.

Belongs here: export and quantisation, and the check that the file says what the network says.
Stays out: training (`training.fit`).
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from parsers.learned.batches import Item, padded
from parsers.learned.vocabulary import NETWORK, VOCABULARY, Vocabulary
from training.network import Reader

_INPUTS, _OUTPUTS = ("pieces", "spots", "signs", "said"), ("independent", "stacked")
_OPSET = 17


def weights_of(folder: Path) -> dict[str, torch.Tensor]:
    """Return the weights of the network of a folder by name, so that training can go on from them."""
    graph = onnx.load(str(folder / NETWORK)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    weights = {name: torch.from_numpy(array.copy()) for name, array in held.items() if "." in name and "/" not in name}
    found = {n: w for n, w in weights.items() if not n.endswith(("_quantized", "_scale", "_zero_point"))}
    for name in [n.removesuffix("_quantized") for n in weights if n.endswith("weight_quantized")]:
        found[name] = torch.from_numpy(_whole(held, name))
    for node in graph.node:
        if node.op_type == "MatMulInteger":
            module = node.name.strip("/").rsplit("/", 1)[0].replace("/", ".")
            found[f"{module}.weight"] = torch.from_numpy(
                _whole(held, node.input[1].removesuffix("_quantized")).T.copy()
            )
    return found


def _whole(held: dict[str, NDArray[np.generic]], name: str) -> NDArray[np.float32]:
    """Return the numbers of a tensor kept in 8 bits."""
    kept, zero = held[f"{name}_quantized"].astype(np.float32), held[f"{name}_zero_point"].astype(np.float32)
    return (kept - zero) * held[f"{name}_scale"].astype(np.float32)


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
        whole = Path(scratch) / NETWORK
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
        quantize_dynamic(whole, folder / NETWORK, per_channel=True, weight_type=QuantType.QInt8)
