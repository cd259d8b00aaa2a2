"""Training of the network: vocabulary, batches, epochs.

Belongs here: everything between examples and a trained network, the same for the same seed.
Stays out: which material is used (`training.__main__`), the network (`training.network`).
"""

from __future__ import annotations

import copy
import math
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from parsers.learned.batches import NOT_HERE, Item, batches_of, items_of, padded
from parsers.learned.chunks import words_of
from parsers.learned.features import signs_of
from parsers.learned.pieces import NUMBER, SPECIAL, UNKNOWN, WORD_START, Pieces
from parsers.learned.signs import Signs
from parsers.learned.stacking import grammar_signs
from parsers.learned.vocabulary import Vocabulary
from training.encoder import Pretrained, load
from training.export import export
from training.network import Reader, pretrained
from training.prepared import Prepared
from training.rounding import round_all, rounded

LAYERS, EPOCHS = 12, 6
CHECKPOINT = "network.pt"
SEED = 20231
LEAST_SIGN = 8
ENCODER_RATE, HEAD_RATE, DECAY, WARM = 1e-4, 8e-4, 0.01, 0.08
SMOOTHING = 0.03
BLOTTED = 0.06
"""How many words are blotted out in training, so that unknown ones do not surprise."""
AGAIN, CLOSING = 4, 0.25
"""The last epoch: how often it shows the material that is shown again, and the share of the rates that it begins at."""


def vocabulary_of(
    material: Sequence[Prepared], source: Pretrained, figures: Sequence[str]
) -> tuple[Vocabulary, list[int | None]]:
    """Return the vocabulary of some material, and the row of every piece in the pretrained embeddings."""
    everything = {p: i for i, p in enumerate(source.pieces)}
    whole = Pieces(source.pieces, tuple(map(float, source.scores)), everything)
    used: Counter[int] = Counter()
    for one in material:
        for line in one.lines:
            for word, glued in words_of(line):
                used.update(whole.of_word(word, glued))
    singles = [i for p, i in everything.items() if len(p) == 1 and (p.isascii() or p in _LETTERS)]
    singles += [everything[WORD_START + c] for c in _LETTERS if WORD_START + c in everything]
    kept = sorted({*(i for i, n in used.items() if n >= 2 and i > 3), *singles, everything[WORD_START]})
    pieces = Pieces.of(
        (*SPECIAL, *(source.pieces[i] for i in kept)), (*[0.0] * len(SPECIAL), *(float(source.scores[i]) for i in kept))
    )
    rows: list[int | None] = [1, 3, 0, 2, None, *kept]
    signs = Signs.frequent(chain.from_iterable(signs_of(line) for one in material for line in one.lines), LEAST_SIGN)
    said = Signs.frequent(chain.from_iterable(grammar_signs(v) for one in material for v in one.views), LEAST_SIGN)
    return Vocabulary(pieces, signs, said, (None, *figures)), rows


_LETTERS = "aáàảãạăắằẳẵặâấầẩẫậbcdđeéèẻẽẹêếềểễệghiíìỉĩịklmnoóòỏõọôốồổỗộơớờởỡợpqrstuúùủũụưứừửữựvxyýỳỷỹỵfjzw0123456789"


def fit_and_export(
    material: Sequence[Prepared],
    figures: Sequence[str],
    folder: Path,
    seconds: float,
    report: Callable[[str], None],
    again: Sequence[Prepared] = (),
) -> None:
    """Train a network and leave it in a folder; every epoch is kept beside it until it is done.

    A training that was broken off goes on behind the last epoch that it kept, if the material is the same. A last
    epoch shows everything once more and `again`, a part of it, `AGAIN` times.
    """
    last = folder / CHECKPOINT

    def keep(reader: Reader, train: torch.optim.AdamW, epoch: int) -> None:
        torch.save({"done": epoch + 1, "reader": reader.state_dict(), "train": train.state_dict()}, last)
        report(f"epoch {epoch + 1} kept")

    folder.mkdir(parents=True, exist_ok=True)
    kept = torch.load(last, weights_only=True) if last.exists() else None
    reader, known = fit(material, figures, EPOCHS, seconds, report, keep, kept)
    if again:
        reshow(reader, items_for(material, known), items_for(again, known), report)
    round_all(reader)
    export(reader, known, items_for(material[:4], known), folder)
    last.unlink()


def items_for(material: Sequence[Prepared], known: Vocabulary) -> list[Item]:
    """Return the chunks of some material with their labels."""
    places = {figure: i for i, figure in enumerate(known.figures)}
    found: list[Item] = []
    for one in material:
        labels = [[places[f] for f in line] for line in one.figures]
        found += items_of(one.lines, one.views, labels, known.pieces, known.signs, known.said)
    return found


def fit(
    material: Sequence[Prepared],
    figures: Sequence[str],
    epochs: int,
    seconds: float,
    report: Callable[[str], None],
    after: Callable[[Reader, torch.optim.AdamW, int], None] | None = None,
    kept: Mapping[str, Any] | None = None,
) -> tuple[Reader, Vocabulary]:
    """Return a network trained on some material for so many epochs, or fewer where `seconds` run out.

    `kept` is what an earlier training of the same material left: how many epochs were "done", the weights of its
    "reader", the state of "train" (of the optimiser).
    """
    torch.manual_seed(SEED)
    chance = random.Random(SEED)  # noqa: S311 - order of batches, no secret
    source = load(LAYERS)
    known, rows = vocabulary_of(material, source, figures)
    reader = Reader(
        len(rows), len(known.signs.names), len(known.said.names), len(known.figures),
        LAYERS, source.width, source.heads, source.inner,
    )  # fmt: skip
    pretrained(reader, source, rows)
    items = items_for(material, known)
    report(f"{len(items)} chunks, {sum(len(i.chunk.pieces) for i in items)} pieces, vocabulary {len(rows)}")
    steps = epochs * len(list(batches_of(items, None)))
    train, fast = _optimiser(reader), copy.deepcopy(reader).bfloat16()
    step, began, done = 0, time.monotonic(), _go_on(reader, train, kept)
    for epoch in range(epochs):
        if epoch < done:
            step += len(list(batches_of(items, chance)))
            continue
        fast.train()
        total = 0.0
        for batch in batches_of(items, chance):
            _rates(train, step / steps)
            total += _step(reader, fast, train, batch)
            step += 1
        report(f"epoch {epoch + 1}: loss {total * epochs / steps:.4f}, {time.monotonic() - began:.0f} s")
        if after is not None:
            after(reader, train, epoch)
        if (time.monotonic() - began) * (epoch - done + 2) / (epoch - done + 1) > seconds:
            break
    return reader.eval(), known


def reshow(reader: Reader, items: Sequence[Item], again: Sequence[Item], report: Callable[[str], None]) -> None:
    """Train one epoch more at falling rates, on all chunks and on some of them several times."""
    chance = random.Random(SEED)  # noqa: S311 - order of batches, no secret
    batches = list(batches_of([*items, *(item for item in again for _ in range(AGAIN - 1))], chance))
    train, fast, began = _optimiser(reader), copy.deepcopy(reader).bfloat16(), time.monotonic()
    fast.train()
    total = 0.0
    for step, batch in enumerate(batches):
        for group in train.param_groups:
            group["lr"] = group["most"] * CLOSING * min(1.0, step / len(batches) / WARM) * (1 - step / len(batches))
        total += _step(reader, fast, train, batch)
    report(f"last epoch: loss {total / len(batches):.4f}, {time.monotonic() - began:.0f} s")
    reader.eval()


def _go_on(reader: Reader, train: torch.optim.AdamW, kept: Mapping[str, Any] | None) -> int:
    """Put back what was kept of a training, and return how many epochs it had done."""
    if kept is None:
        return 0
    reader.load_state_dict(kept["reader"])
    if kept["train"]:
        train.load_state_dict(kept["train"])
    return int(kept["done"])


def _optimiser(reader: Reader) -> torch.optim.AdamW:
    encoder = [p for name, p in reader.named_parameters() if name.startswith(("layers", "words", "positions", "norm"))]
    heads = [
        p for name, p in reader.named_parameters() if not name.startswith(("layers", "words", "positions", "norm"))
    ]
    groups = [{"params": encoder, "lr": 0.0, "most": ENCODER_RATE}, {"params": heads, "lr": 0.0, "most": HEAD_RATE}]
    return torch.optim.AdamW(groups, weight_decay=DECAY)


def _rates(train: torch.optim.AdamW, done: float) -> None:
    """Set the learning rates: up while warming, then down by a cosine."""
    share = done / WARM if done < WARM else 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (done - WARM) / (1 - WARM)))
    for group in train.param_groups:
        group["lr"] = share * group["most"]


def _step(reader: Reader, fast: Reader, train: torch.optim.AdamW, items: list[Item]) -> float:
    """Take one step: forward and back in 16 bits and rounded weights in `fast`, the weights themselves kept in 32."""
    with torch.no_grad():
        for (name, own), other in zip(reader.named_parameters(), fast.parameters(), strict=True):
            other.copy_(rounded(name, own))
            other.grad = None
    independent, stacked, labels = run(fast, items, blot=True)
    loss = _loss(independent, labels) + _loss(stacked, labels)
    loss.backward()  # type: ignore[no-untyped-call]
    for own, other in zip(reader.parameters(), fast.parameters(), strict=True):
        own.grad = other.grad.float() if other.grad is not None else None
    nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
    train.step()
    return float(loss.detach())


def _loss(scores: Tensor, labels: Tensor) -> Tensor:
    return nn.functional.cross_entropy(
        scores.float().flatten(0, 1), labels.flatten(), ignore_index=NOT_HERE, label_smoothing=SMOOTHING
    )


def run(reader: Reader, items: Sequence[Item], blot: bool = False) -> tuple[Tensor, Tensor, Tensor]:
    """Return the scores of both heads and the labels for some chunks; `blot` blots out words, as in training."""
    batch = padded(items)
    pieces = torch.from_numpy(batch.pieces)
    if blot:
        blotted = (torch.rand(pieces.shape) < BLOTTED) & (pieces > NUMBER)
        pieces = pieces.masked_fill(blotted, UNKNOWN)
    independent, stacked = reader(pieces, *(torch.from_numpy(a) for a in (batch.spots, batch.signs, batch.said)))
    return independent, stacked, torch.from_numpy(batch.labels)
