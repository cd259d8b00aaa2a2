"""Certifying: how many of the figures that are called sure are wrong, on writers that nothing was fitted on.

Belongs here: counting by class, the exact bound, and what a set is too small to say. Stays out: fitting
(`training.judging`), printing (`pipelines.cli.certify`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import yaml

from catalogue.source import shipped
from catalogue.trust import trust
from cchc.bounds import upper_bound
from parsers.document import Document
from parsers.figures import PARSER_VERSION
from parsers.judge import with_verdicts
from parsers.judge.model import judge_model
from parsers.judge.verdict import class_of_printing
from parsers.learned.reader import models
from parsers.reading import Printing, Reading
from training.judging import read_sample
from training.material import Sample, of_writer, split
from training.scores import right, value_of

LEAST_ACCEPTED = 598
"""Accepted figures without one error from which a bound of 0.5 % can be said at all: 1 - 0.05^(1/n)."""


@dataclass(frozen=True)
class Certificate:
    """One class over some sets: figures said, accepted without a look, wrong among those, and the upper bound."""

    text_class: str
    kind: str
    figures: int
    accepted: int
    wrong: int
    names: tuple[str, ...]

    @property
    def coverage(self) -> float:
        """Return the share of figures said that are accepted."""
        return self.accepted / self.figures if self.figures else 0.0

    @property
    def bound(self) -> float:
        """Return the exact one-sided upper bound of the share of wrong ones (Clopper and Pearson)."""
        return upper_bound(self.wrong, self.accepted)

    @property
    def certifiable(self) -> bool:
        """Return whether so many accepted figures can carry a bound at all."""
        return self.accepted >= LEAST_ACCEPTED


def versions() -> dict[str, str]:
    """Return the versions that a certificate speaks of."""
    learned, judge = models(), judge_model()
    return {
        "grammar": PARSER_VERSION,
        "learned": learned.version if learned else "none",
        "judge": judge.version if judge else "none",
    }


def certificates(writers: Iterable[str]) -> list[Certificate]:
    """Return what some writers' material says of each class, passages and reports apart."""
    return _counted((s, s.text.document, with_verdicts(s.text.document, read_sample(s))) for s in _samples(writers))


def scan_certificates(writers: Iterable[str]) -> list[Certificate]:
    """Return what the writers' material says once it was printed, worn, scanned and recognised, by class."""
    from training.scanned import scans

    return _counted(one for writer in writers for one in scans(writer))


def _samples(writers: Iterable[str]) -> Iterator[Sample]:
    return (sample for writer in writers for sample in of_writer(writer))


def _counted(read: Iterable[tuple[Sample, Document, Reading]]) -> list[Certificate]:
    found: dict[tuple[str, str], Counted] = {}
    for sample, document, reading in read:
        for printing in reading.primaries().values():
            key = class_of_printing(document, printing), sample.kind
            found.setdefault(key, Counted()).add(sample, printing)
    return [c.certificate(*key) for key, c in sorted(found.items())]


class Counted:
    """Figures counted over some samples of one class."""

    def __init__(self) -> None:
        self.figures, self.accepted = 0, 0
        self.wrong: list[str] = []

    def add(self, sample: Sample, printing: Printing) -> None:
        """Count what stands for one figure of one sample."""
        self.figures += 1
        if printing.sure:
            self.accepted += 1
            gold = [value_of(mark) for mark in sample.text.marks if mark.figure == printing.figure]
            self.wrong += [] if right(printing.value, gold) else [f"{sample.name} {printing.figure}"]

    def certificate(self, text_class: str, kind: str) -> Certificate:
        """Return what was counted."""
        return Certificate(text_class, kind, self.figures, self.accepted, len(self.wrong), tuple(self.wrong))


def together(parts: Sequence[Certificate], text_class: str) -> Certificate:
    """Return the certificates of one class as one."""
    mine = [c for c in parts if c.text_class == text_class]
    names = tuple(name for c in mine for name in c.names)
    sums = (sum(c.figures for c in mine), sum(c.accepted for c in mine), sum(c.wrong for c in mine))
    return Certificate(text_class, "all", *sums, names)


def certifying_sets() -> list[str]:
    """Return the writers that only prove."""
    return sorted(writer for writer, part in split().items() if part == "certify")


def keep_proof(whole: Sequence[Certificate], sets: Sequence[str]) -> None:
    """Write what was measured beside the thresholds in `trust.yaml`."""
    path = shipped("trust.yaml")
    text = path.read_text(encoding="utf-8")
    head = text[: text.index("classes:")]
    classes = {name: entry.model_dump(exclude_none=True, exclude={"proof"}) for name, entry in trust().items()}
    for one in whole:
        classes[one.text_class]["proof"] = {  # type: ignore[index]
            "sets": list(sets),
            "figures": one.figures,
            "accepted": one.accepted,
            "wrong": one.wrong,
            "coverage": round(one.coverage, 4),
            "bound": round(one.bound, 5),
            "versions": versions(),
        }
    body = yaml.safe_dump({"classes": classes}, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(head + body, encoding="utf-8")
