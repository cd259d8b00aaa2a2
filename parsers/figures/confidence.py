"""How surely a number was given its figure.

Belongs here: the step from the score of a choice, its best rival and its rule to a confidence between 0 and 1, and
from there, with doubts and printed evidence, to the confidence that a person may rely on.
Stays out: how well the characters were recognised (`Document.text_confidence`); the two are multiplied later.

The score is made of few factors and is no probability; `bench/calibration.py` holds it against the corpus and prints
the reliability table of docs/reading.md.
"""

from __future__ import annotations

from parsers.figures.doubts import STUBBORN, Doubt
from parsers.figures.mentions import Mention

# Confidences by hand on the marked reports (docs/reading.md); what they are worth the judge has learned.
CLEAR_LEAD = 0.25
TIED = 0.7
MALFORMED = 0.75
DIRECT = 0.88
"""What a naming that nothing else supports must reach to be relied on."""
# What doubts and arithmetic leave at most, what support needs and gives at least, what a rule leaves; by hand as well.
DOUBTED, CONTRADICTED = 0.78, 0.72
PLAUSIBLE, PROVEN = 0.6, 0.85
RULES = {"fraction": 0.97, "share": 0.99, "subject and role": 0.98}


def reading_confidence(score: float, rival: float, rule: str, mention: Mention) -> float:
    """Return the confidence that a number is the figure it was given."""
    lead = max(0.0, min(1.0, (score - rival) / CLEAR_LEAD))
    value = min(score, 1.0) * (TIED + (1.0 - TIED) * lead) * RULES.get(rule, 1.0)
    if mention.number is not None and mention.number.malformed:
        value *= MALFORMED
    return round(max(0.0, min(0.99, value)), 4)


def supported_confidence(
    reading: float, doubts: frozenset[Doubt], *, supported: bool, whole: bool, twice: bool, against: bool
) -> float:
    """Return a reading confidence after what speaks for it and against it.

    `supported` is a value that an identity or a printed percentage reproduces, `whole` one that is the total of an
    identity that holds, `twice` one printed alike in another sentence, `against` the weakest member of arithmetic that
    does not come out.
    """
    if against:
        return min(reading, CONTRADICTED)
    stubborn = doubts & STUBBORN
    if stubborn and not (whole or (twice and Doubt.PERIOD not in doubts)):
        return min(reading, DOUBTED)
    if supported or twice:
        return max(reading, PROVEN) if reading >= PLAUSIBLE else reading
    if doubts or reading < DIRECT:
        return min(reading, DOUBTED)
    return reading
