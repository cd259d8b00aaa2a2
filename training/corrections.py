"""The decisions of an office as marked passages, a file a round, and the folder of them that training takes in.

Belongs here: from a warehouse to files, and where training finds them. Stays out: which number a decision speaks of
(`training.decided`), the form (`training.writing`).

The name of who decided, the reason and the day stay in the warehouse: a passage holds the text of the report alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.wards import wards
from training.decided import Truth, numbers_of
from training.writing import Written, written
from warehouse.decided_figures import KnownFigure, known_figures
from warehouse.queries import document_of, reading_of, rounds

SEPARATOR = "\n===\n"


@dataclass(frozen=True)
class Exported:
    """One round's file: its path, its passages, the decided figures it carries and those that no passage can carry.

    `left` counts decisions whose value the report prints nowhere or in several places, or whose sentence holds another
    number that nobody has decided yet; of rounds over a month or nine months, for which passages have no name, all.
    `path` is None where the round has nothing to write.
    """

    round: str
    path: Path | None
    passages: int
    carried: int
    left: int
    words: Counter[str]


def export(engine: Engine, folder: Path, round_label: str | None = None) -> Iterator[Exported]:
    """Write the decisions of every round with any (or of one) into a folder; equal decisions give equal bytes."""
    labels = [round_label] if round_label else rounds(engine)
    for label in labels:
        known = known_figures(engine, label)
        if any(k.is_decided for k in known) or round_label:
            yield _written_round(engine, folder, label, known)


def _written_round(engine: Engine, folder: Path, label: str, known: list[KnownFigure]) -> Exported:
    texts: list[str] = []
    decided = [k for k in known if k.is_decided]
    carried = left = 0
    for ward in sorted({k.ward for k in decided}):
        own = [k for k in known if k.ward == ward]
        made, told = _of_report(engine, ward, label, own)
        texts += made.passages
        carried += told
        left += sum(k.is_decided for k in own) - told
    path = folder / f"{label}.txt"
    if texts:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(SEPARATOR.join(texts) + "\n", encoding="utf-8")
    words: Counter[str] = Counter(k.word for k in decided)
    return Exported(label, path if texts else None, len(texts), carried, left, words)


def _of_report(engine: Engine, ward: str, label: str, known: list[KnownFigure]) -> tuple[Written, int]:
    """Return the passages of one report, and how many of its decided figures they carry."""
    document, reading = document_of(engine, ward, label), reading_of(engine, ward, label)
    if document is None or reading is None or parse_round(label).kind != "quarter":
        return Written((), frozenset()), 0
    numbers = numbers_of(document, reading, {k.figure: Truth(k.value, k.is_decided) for k in known})
    made = written(document, numbers, wards()[ward].kind, label)
    return made, sum(k.is_decided and k.figure in made.carried for k in known)
