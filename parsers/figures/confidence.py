"""How surely a number was given its figure.

Belongs here: the step from the score of a choice, its best rival and its rule to a confidence between 0 and 1.
Stays out: how well the characters were recognised (`Document.text_confidence`); the two are multiplied later.

The score is made of few factors and is no probability; `bench/calibration.py` holds it against the corpus and prints
the reliability table of docs/reading.md.
"""

from __future__ import annotations

from parsers.figures.mentions import Mention

CLEAR_LEAD = 0.25
TIED = 0.7
MALFORMED = 0.75
RULES = {"fraction": 0.97, "share": 0.99, "subject and role": 0.98}


def reading_confidence(score: float, rival: float, rule: str, mention: Mention) -> float:
    """Return the confidence that a number is the figure it was given."""
    lead = max(0.0, min(1.0, (score - rival) / CLEAR_LEAD))
    value = min(score, 1.0) * (TIED + (1.0 - TIED) * lead) * RULES.get(rule, 1.0)
    if mention.number is not None and mention.number.malformed:
        value *= MALFORMED
    return round(max(0.0, min(0.99, value)), 4)
