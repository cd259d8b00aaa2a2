"""The network of the learned reader: a pretrained encoder, and heads over the numbers of a chunk.

Belongs here: layers in PyTorch, with the encoder's first weights out of `training.encoder`.
Stays out: batches and training (`training.fit`), and what runs in the product (`parsers.learned.network`).

The independent head sees words, layout and the print of numbers only. The stacked head sees, besides, what the grammar
says of every number; nothing of it flows into what the independent head sees.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from training.encoder import Pretrained

SIDE = 192
"""The width of the stacked head and of the grammar's signs."""
FORGET = 0.3
"""How often in training the stacked head must do without the words, so that it learns what the grammar is worth."""


class Layer(nn.Module):
    """One layer of the encoder, as BERT has it."""

    def __init__(self, width: int, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return the layer's output; `mask` (batch, 1, 1, length) is added to the attention's scores."""
        batch, length, width = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = parts[0], parts[1], parts[2]
        weights = torch.softmax(q @ k.transpose(-1, -2) / (width // self.heads) ** 0.5 + mask, dim=-1)
        seen = (weights @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm(x + self.out(seen))
        return self.norm2(x + self.down(nn.functional.gelu(self.up(x))))


class Reader(nn.Module):
    """Encoder and both heads."""

    apart: Tensor

    def __init__(
        self, vocabulary: int, signs: int, grammar: int, labels: int, layers: int, width: int, heads: int, inner: int
    ) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(512, width)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.signs = nn.Embedding(signs + 1, width, padding_idx=0)
        self.layers = nn.ModuleList(Layer(width, heads, inner) for _ in range(layers))
        self.between = Layer(width, heads, 2 * width)
        self.independent = nn.Linear(width, labels)
        self.grammar = nn.Embedding(grammar + 1, SIDE, padding_idx=0)
        self.side = nn.Linear(width, SIDE)
        self.side_norm = nn.LayerNorm(2 * SIDE)
        self.beside = Layer(2 * SIDE, 8, 3 * SIDE)
        self.stacked = nn.Linear(2 * SIDE, labels)
        self.dropout = nn.Dropout(0.2)
        self.register_buffer("apart", torch.tensor(-1e4), persistent=False)

    def forward(self, pieces: Tensor, spots: Tensor, signs: Tensor, grammar: Tensor) -> tuple[Tensor, Tensor]:
        """Return the scores of both heads, each (batch, spots, labels).

        `pieces` is (batch, length) with 0 for padding; `spots` (batch, spots) the place of every spot's piece, 0 for
        padding (the first piece is never a spot); `signs` and `grammar` (batch, spots, signs) with 0 for padding.
        """
        batch, length = pieces.shape
        count = spots.shape[1]
        told = self.signs(signs).sum(2) * (spots > 0).unsqueeze(-1)
        x = self.words(pieces) + self.positions.weight[:length]
        x = x.scatter_add(1, spots.unsqueeze(-1).expand(-1, -1, x.shape[-1]), told)
        x = self.norm(x)
        mask = (pieces == 0)[:, None, None, :] * self.apart
        for layer in self.layers:
            x = layer(x, mask)
        here = x.gather(1, spots.unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        empty = (spots == 0)[:, None, None, :] * self.apart
        here = self.between(here, empty)
        independent = self.independent(self.dropout(here))
        side = self.side(here)
        if self.training:
            side = side * (torch.rand(batch, count, 1) >= FORGET).to(side.dtype)
        said = self.grammar(grammar).sum(2)
        both = self.beside(self.side_norm(torch.cat([side, said], dim=-1)), empty)
        return independent, self.stacked(self.dropout(both))


def pretrained(reader: Reader, source: Pretrained, rows: list[int | None]) -> None:
    """Put the weights of a pretrained encoder into a reader; `rows` gives each piece's row there, None for the mean."""
    tensors = {name: torch.from_numpy(array) for name, array in source.tensors.items()}
    words = tensors["emb.word"]
    with torch.no_grad():
        mean = words[[r for r in rows if r is not None]].mean(0)
        reader.words.weight.copy_(torch.stack([mean if r is None else words[r] for r in rows]))
        reader.positions.weight.copy_(tensors["emb.pos"] + tensors["emb.type"][0])
        reader.norm.weight.copy_(tensors["emb.ln.w"])
        reader.norm.bias.copy_(tensors["emb.ln.b"])
        reader.signs.weight.mul_(0.02)
        for i, layer in enumerate(reader.layers):
            _layer(layer, {name.split(".", 1)[1]: t for name, t in tensors.items() if name.startswith(f"l{i}.")})


def _layer(layer: nn.Module, tensors: dict[str, Tensor]) -> None:
    assert isinstance(layer, Layer)
    layer.qkv.weight.copy_(torch.cat([tensors["q.w"], tensors["k.w"], tensors["v.w"]]))
    layer.qkv.bias.copy_(torch.cat([tensors["q.b"], tensors["k.b"], tensors["v.b"]]))
    pairs = ((layer.out, "ao"), (layer.norm, "aln"), (layer.up, "fi"), (layer.down, "fo"), (layer.norm2, "oln"))
    for module, name in pairs:
        module.weight.copy_(tensors[f"{name}.w"])
        module.bias.copy_(tensors[f"{name}.b"])
