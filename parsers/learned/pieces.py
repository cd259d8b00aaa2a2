"""Words cut into the pieces that the encoder was trained with: a unigram tokeniser over a cut vocabulary.

Belongs here: the vocabulary with its scores, and the best cut of a word.
Stays out: which texts are cut (`chunks`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

WORD_START = "▁"
PAD, UNKNOWN, START, APART, NUMBER = range(5)
SPECIAL = ("<pad>", "<unk>", "<s>", "</s>", "<number>")
_LONGEST_WORD = 40  # characters; a longer one is no word, and cutting costs its square
_UNKNOWN_SCORE = -30.0  # log-probability, less than any piece has


@dataclass(frozen=True)
class Pieces:
    """The pieces kept, special ones first, with the score of each; words once cut are remembered."""

    pieces: tuple[str, ...]
    scores: tuple[float, ...]
    ids: dict[str, int] = field(default_factory=dict)
    known: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, pieces: tuple[str, ...], scores: tuple[float, ...]) -> Pieces:
        """Return a vocabulary; `pieces` begin with the special ones."""
        return cls(pieces, scores, {p: i for i, p in enumerate(pieces)})

    def of_word(self, word: str, glued: bool = False) -> tuple[int, ...]:
        """Return the pieces of a word; `glued` says that no blank stands before it."""
        text = word if glued else WORD_START + word
        found = self.known.get(text)
        if found is None:
            found = self.known[text] = self._cut(text[:_LONGEST_WORD])
        return found

    def _cut(self, text: str) -> tuple[int, ...]:
        """Return the cut of the highest score, by dynamic programming over its ends."""
        best: list[tuple[float, tuple[int, ...]]] = [(0.0, ())]
        for end in range(1, len(text) + 1):
            options = [(best[end - 1][0] + _UNKNOWN_SCORE, (*best[end - 1][1], UNKNOWN))]
            for start in range(max(0, end - 16), end):
                piece = self.ids.get(text[start:end])
                if piece is not None:
                    options.append((best[start][0] + self.scores[piece], (*best[start][1], piece)))
            best.append(max(options))
        return best[-1][1]
