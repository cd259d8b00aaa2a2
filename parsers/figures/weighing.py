"""The confidence of every printing of a report, when all of them are known.

Belongs here: bringing together, for each printing, the doubts of its sentence, what printed arithmetic says of its
figure, and whether it is printed twice.
Stays out: the doubts (`doubts`), the arithmetic (`printed_arithmetic`), the numbers made of them (`confidence`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from catalogue.labels import Labels
from parsers.figures.confidence import supported_confidence
from parsers.figures.doubts import Doubt, Doubter
from parsers.figures.engine import Found
from parsers.figures.mentions import Mention
from parsers.figures.printed_arithmetic import Evidence, weigh_evidence
from parsers.reading import Printing


@dataclass(frozen=True)
class Draft:
    """A printing before its confidence is weighed: the figure, the mention, and the choice it came from."""

    figure: str
    mention: Mention
    found: Found
    score: float
    rule: str


class Weigher:
    """Weighs the printings of one document against each other."""

    def __init__(self, source: Labels, found: list[Found]) -> None:
        self._doubter = Doubter(source)
        self._sentences: dict[tuple[int, int | None, int | None, int], list[Found]] = defaultdict(list)
        for one in found:
            self._sentences[_sentence_of(one)].append(one)
        self._others = {
            f.choice.option.figure: f.choice.mention.value for f in reversed(found) if not f.choice.option.printed
        }

    def weighed(self, made: Sequence[tuple[Draft, Printing]]) -> list[Printing]:
        """Return the printings with the confidence that doubts and evidence leave them; nothing else is changed."""
        doubts = [self._doubts(draft) for draft, _ in made]
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
            if not draft.found.line.table
            else _weighed_cell(printing, d, evidence)
            for (draft, printing), d in zip(made, doubts, strict=True)
        ]

    def _doubts(self, draft: Draft) -> frozenset[Doubt]:
        return self._doubter.doubts(draft.found, self._sentences[_sentence_of(draft.found)])


def _sentence_of(found: Found) -> tuple[int, int | None, int | None, int]:
    return found.line.block, found.line.row, found.line.column, found.sentence[0]


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
