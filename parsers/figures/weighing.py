"""The confidence of every printing of a report, when all of them are known.

Belongs here: bringing together, for each printing, the doubts of its sentence, what printed arithmetic says of its
figure, and whether it is printed twice.
Stays out: the doubts (`doubts`), the arithmetic (`printed_arithmetic`), the numbers made of them (`confidence`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from catalogue.labels import Labels
from parsers.figures.choice import Choice, Sentence
from parsers.figures.confidence import supported_confidence
from parsers.figures.doubts import Doubt, Doubter
from parsers.figures.printed_arithmetic import Evidence, weigh_evidence
from parsers.reading import Printing


class Weigher:
    """Weighs the printings of one document against each other."""

    def __init__(self, source: Labels, choices: Sequence[Choice]) -> None:
        self._doubter = Doubter(source)
        self._sentences: dict[tuple[int, int | None, int | None, int], list[Choice]] = defaultdict(list)
        for one in choices:
            self._sentences[_place_of(one.sentence)].append(one)
        self._others = {f.figure: f.mention.value for f in reversed(choices) if not f.candidate.printed}

    def weighed(self, made: Sequence[tuple[Choice, Printing]]) -> list[Printing]:
        """Return the printings with the confidence that doubts and evidence leave them; nothing else is changed."""
        doubts = [self._doubts(choice) for choice, _ in made]
        printings = [printing for _, printing in made]
        primaries = {p.figure: p for p in printings if p.primary}
        sureness = {
            p.figure: p.reading_confidence - 0.2 * len(d) for p, d in zip(printings, doubts, strict=True) if p.primary
        }
        evidence = weigh_evidence(primaries, sureness, self._others)
        values: dict[str, list[Printing]] = defaultdict(list)
        for printing in printings:
            values[printing.figure].append(printing)
        return [
            _weighed(printing, d, evidence, primaries[printing.figure].value, values[printing.figure])
            if not choice.sentence.line.table
            else _weighed_cell(printing, d, evidence)
            for (choice, printing), d in zip(made, doubts, strict=True)
        ]

    def _doubts(self, choice: Choice) -> frozenset[Doubt]:
        """Return the doubts of what the sentence itself says of the number, or of the one it was derived from."""
        return self._doubter.doubts(choice.origin, self._sentences[_place_of(choice.sentence)])


def _place_of(sentence: Sentence) -> tuple[int, int | None, int | None, int]:
    return sentence.line.block, sentence.line.row, sentence.line.column, sentence.start


def _weighed(
    printing: Printing, doubts: frozenset[Doubt], evidence: Evidence, primary: Decimal, same: list[Printing]
) -> Printing:
    """Return a printing with its confidence; evidence is of the value of the primary printing only."""
    figure, held = printing.figure, printing.value == primary
    elsewhere = [p for p in same if p.sentence_place != printing.sentence_place]
    twice = bool(printing.value) and any(p.value == printing.value for p in elsewhere)
    differs = any(p.value != printing.value and not p.malformed for p in same)
    confidence = supported_confidence(
        printing.reading_confidence,
        doubts,
        supported=held and figure in evidence.supported,
        whole=held and figure in evidence.wholes,
        twice=twice,
        against=figure in evidence.against or (differs and not twice and figure not in evidence.supported),
    )
    return replace(printing, reading_confidence=round(confidence, 4))


def _weighed_cell(printing: Printing, doubts: frozenset[Doubt], evidence: Evidence) -> Printing:
    """Return a printing of a table with its confidence; its heads name it, so that nothing raises it."""
    against = printing.primary and printing.figure in evidence.against
    if not against and not doubts:
        return printing
    confidence = supported_confidence(
        printing.reading_confidence, doubts, supported=False, whole=False, twice=False, against=against
    )
    return replace(printing, reading_confidence=round(confidence, 4))
