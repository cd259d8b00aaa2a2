"""The plain values of the learned readers: positions, opinions, and the views of one position side by side.

Belongs here: frozen values only, which the figures, the judge and the trace read.
Stays out: how they are made.

A figure code of None is the opinion that a number is no figure of the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from parsers.document import Place

OTHER = None
"""The code of a number that is no figure."""


class Guess(NamedTuple):
    """One thing that a number may be: a figure code, or None for no figure; `p` is its probability (0–1)."""

    figure: str | None
    p: float


@dataclass(frozen=True)
class Opinion:
    """What one learned reader says of one number: its guesses, likeliest first, never empty.

    The probabilities of all guesses that a reader could make add up to 1; only the likeliest few are kept.
    """

    guesses: tuple[Guess, ...]

    @property
    def figure(self) -> str | None:
        """Return the likeliest figure, None for no figure."""
        return self.guesses[0].figure

    @property
    def p(self) -> float:
        """Return the probability of the likeliest guess."""
        return self.guesses[0].p

    @property
    def margin(self) -> float:
        """Return by how much the likeliest guess leads the next (0–1)."""
        return self.p - (self.guesses[1].p if len(self.guesses) > 1 else 0.0)

    def p_of(self, figure: str | None) -> float:
        """Return the probability given to one figure, 0 where it is not among the guesses kept."""
        return next((g.p for g in self.guesses if g.figure == figure), 0.0)


Pair = tuple[Opinion, Opinion]
"""The independent and the stacked opinion on one number."""


Said = tuple[Opinion, Opinion, tuple[Opinion, ...]]
"""An independent and a stacked opinion, and the opinions they were mixed from."""


@dataclass(frozen=True)
class GrammarView:
    """What the grammar says of one number.

    `figure` is None where it says no figure; `kind` is then the account it gives of the number ("other_level",
    "unexplained" …). `confidence` is its own (0–1), `label` the phrase that named the figure, `rule` the step that
    joined the two.
    """

    figure: str | None
    kind: str
    confidence: float = 0.0
    label: str = ""
    rule: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Views:
    """One number of a report and what each reader says of it.

    `place` covers the digits or words of the number. `independent` knows nothing of the grammar, `stacked` has the
    grammar's view among its features and decides the figure. `voices` are the opinions that those are made of:
    independent of sequence model and network, then stacked of both; empty where there is no network.
    """

    place: Place
    raw: str
    grammar: GrammarView
    independent: Opinion
    stacked: Opinion
    voices: tuple[Opinion, ...] = ()

    @property
    def figure(self) -> str | None:
        """Return the figure that the number is taken for, None for no figure."""
        return self.stacked.figure

    @property
    def agreed(self) -> bool:
        """Return whether grammar and every learned reader name the same figure, or all name none."""
        return self.learned_agree and self.grammar.figure == self.figure

    @property
    def learned_agree(self) -> bool:
        """Return whether every learned reader names the same figure, or all name none."""
        said = (self.independent.figure, *(voice.figure for voice in self.voices))
        return all(figure == self.figure for figure in said)
