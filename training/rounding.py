"""Weights of the encoder rounded to few steps while it is trained, so that its file stays small.

Belongs here: the rounding, the same in training and in the exported file. Stays out: the network, the export.

Each row of a matrix (one output) has `2 * STEPS + 1` evenly spaced values. The file holds 8 bits a weight as the
runtime wants them; that only few different ones occur is what compression makes use of: about 4 bits are left.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

STEPS = 15
"""Steps on either side of zero: as few as keep the repository's limit of 20 MB for all models."""
_ROUNDED = "layers."


def rounded(name: str, weight: Tensor) -> Tensor:
    """Return a parameter as the file will hold it: matrices of the encoder's layers rounded, all else unchanged."""
    if not name.startswith(_ROUNDED) or weight.ndim != 2:
        return weight
    step = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-8) / STEPS
    return (weight / step).round() * step


def round_all(network: nn.Module) -> None:
    """Round the parameters of a trained network in place."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            parameter.copy_(rounded(name, parameter))
