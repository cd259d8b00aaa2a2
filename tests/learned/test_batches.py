"""From lines to padded arrays, and what the network answers about each of their spots."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from parsers.document import Block, Document
from parsers.learned.batches import BATCH_PIECES, MOST_SIGNS, NOT_HERE, Item, batches_of, items_of, padded
from parsers.learned.chunks import Chunk
from parsers.learned.network import KEPT, Network
from parsers.learned.pieces import NUMBER, SPECIAL, WORD_START, Pieces
from parsers.learned.positions import Line, lines_of
from parsers.learned.signs import Signs
from parsers.learned.values import GrammarView, Guess
from parsers.learned.vocabulary import Vocabulary

PIECES = Pieces.of((*SPECIAL, WORD_START, *"abcdefghiklmnopqrstuvxy"), (*[0.0] * 5, *[-5.0] * 24))
SIGNS, SAID = Signs.of(["N=pct", "N=cnt"]), Signs.of(["G=O", "G=dossiers_late"])
LATE, NONE = GrammarView("dossiers_late", "figure"), GrammarView(None, "unexplained")


def two_lines() -> list[Line]:
    """Return two lines under different headings, of two numbers and of one."""
    texts = (("heading", "Ho so"), ("paragraph", "nhan 12 don, 5%"), ("heading", "Thu"), ("paragraph", "thu 7 don"))
    blocks = tuple(Block(i, kind, text, level=1) for i, (kind, text) in enumerate(texts))
    return list(lines_of(Document(sha256="0" * 64, format="docx", blocks=blocks)))


def of_pieces(*lengths: int) -> list[Item]:
    """Return items of so many pieces, without spots."""
    return [Item(Chunk((1,) * length, ()), [], [], []) for length in lengths]


class TestItems:
    def test_every_spot_has_its_signs_and_its_label(self) -> None:
        """Print, what the grammar says, and label of each number stand with the chunk it is in."""
        first, second = items_of(two_lines(), [[LATE, NONE], [NONE]], [[3, 0], [1]], PIECES, SIGNS, SAID)

        assert (first.signs, second.signs) == ([[2], [1]], [[2]])
        assert (first.said, second.said) == ([[2], [1]], [[1]])
        assert (first.labels, second.labels) == ([3, 0], [1])

    def test_without_labels_none_counts(self) -> None:
        """A report that is only read has no labels."""
        first, _ = items_of(two_lines(), [[LATE, NONE], [NONE]], None, PIECES, SIGNS, SAID)

        assert first.labels == [NOT_HERE, NOT_HERE]


class TestBatches:
    def test_like_lengths_go_together(self) -> None:
        """Shorter ones first; the longest times the number of a batch stays within its pieces, one alone may exceed."""
        items = of_pieces(BATCH_PIECES + 1, 5, BATCH_PIECES // 2, 4, BATCH_PIECES // 2, BATCH_PIECES // 2)

        lengths = [[len(item.chunk.pieces) for item in batch] for batch in batches_of(items, None)]

        half = BATCH_PIECES // 2
        assert lengths == [[4, 5], [half, half], [half], [BATCH_PIECES + 1]]

    def test_chance_moves_batches_and_nothing_else(self) -> None:
        """In training the order of batches changes, not what stands in them."""
        items = of_pieces(*range(400, 800, 10))
        plain = [[id(i) for i in batch] for batch in batches_of(items, None)]

        mixed = [[id(i) for i in batch] for batch in batches_of(items, random.Random(7))]

        assert mixed != plain
        assert sorted(mixed) == sorted(plain)

    def test_arrays_are_padded(self) -> None:
        """Pieces, spots and signs with 0, labels with what training passes over; a place is that of the number."""
        items = list(items_of(two_lines(), [[LATE, NONE], [NONE]], [[3, 0], [1]], PIECES, SIGNS, SAID))

        batch = padded(items)

        length = max(len(item.chunk.pieces) for item in items)
        assert (batch.pieces.shape, batch.spots.shape, batch.signs.shape) == ((2, length), (2, 2), (2, 2, MOST_SIGNS))
        assert batch.pieces[1, len(items[1].chunk.pieces) :].tolist() == [0] * (length - len(items[1].chunk.pieces))
        assert [batch.pieces[i, batch.spots[i, j]] for i, j in ((0, 0), (0, 1), (1, 0))] == [NUMBER] * 3
        assert batch.labels.tolist() == [[3, 0], [1, NOT_HERE]]
        assert (batch.signs[0, 0, :2].tolist(), batch.said[0, 0, :2].tolist()) == ([2, 0], [2, 0])


@dataclass
class Answers:
    """A session that answers with scores of its own, by the number of spots it is given."""

    scores: list[float]
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def run(self, names: list[str], given: dict[str, Any]) -> tuple[Any, Any]:
        """Return the scores for every spot, turned round for the stacked head."""
        self.asked.append((*names, *given))
        shape = (*given["spots"].shape, len(self.scores))
        one = np.broadcast_to(np.array(self.scores, np.float32), shape)
        return one, one[..., ::-1]


class TestNetwork:
    FIGURES = (None, "dossiers_late", "dossiers_early", "staff_total", "staff_quota", "iso_documents")

    def test_opinions_of_both_heads_by_line_and_spot(self) -> None:
        """Scores become probabilities, the likeliest five are kept, likeliest first; a tie keeps the first figure."""
        session = Answers([np.log(8.0), np.log(4.0), np.log(2.0), 0.0, 0.0, -50.0])
        network = Network(session, Vocabulary(PIECES, SIGNS, SAID, self.FIGURES))  # type: ignore[arg-type]

        found = network.read(two_lines(), [[LATE, NONE], [NONE]])

        independent, stacked = found[0, 1]
        assert list(found) == [(0, 0), (0, 1), (1, 0)]
        assert independent.guesses == (
            Guess(None, 0.5), Guess("dossiers_late", 0.25), Guess("dossiers_early", 0.125),
            Guess("staff_total", 0.0625), Guess("staff_quota", 0.0625),
        )  # fmt: skip
        assert (stacked.figure, len(stacked.guesses)) == ("iso_documents", KEPT)
        assert session.asked == [("independent", "stacked", "pieces", "spots", "signs", "said")] * 2

    def test_scores_of_any_size(self) -> None:
        """Very large scores do not overflow."""
        network = Network(Answers([1e4, 0.0]), Vocabulary(PIECES, SIGNS, SAID, (None, "staff_total")))  # type: ignore[arg-type]

        assert network.read(two_lines(), [[LATE, NONE], [NONE]])[1, 0][0].p == pytest.approx(1.0)
