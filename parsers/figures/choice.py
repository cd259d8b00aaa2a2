"""A number with the figure it was given, as a value.

Belongs here: the plain value that choosing hands on.
Stays out: how it is chosen (`choose`, `afterwards`, `earlier_sentences`).
"""

from __future__ import annotations

from dataclasses import dataclass

from parsers.figures.clauses import Group
from parsers.figures.mentions import Mention
from parsers.figures.options import Option


@dataclass(frozen=True)
class Choice:
    """A number and the figure it was given, with the score, and that of the best other figure it might have been."""

    mention: Mention
    option: Option
    score: float
    rival: float
    group: Group
    index: int
