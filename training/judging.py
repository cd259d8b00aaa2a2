"""Fitting the judge: weights on the calibrating writers, the threshold by leaving each of them out in turn.

Belongs here: verdicts gathered with whether they were right, the fit, the threshold. Stays out: proof
(`training.certifying`), terms and thresholds in use (`parsers.judge`, `catalogue.trust`).

No writer that a reader was trained on is ever asked: a reader is surer of its own material than of anybody's.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from parsers.document import Document
from parsers.judge.choice import candidates
from parsers.judge.terms import NAMES, Surroundings, terms_of
from parsers.judge.verdict import Agreement, agreement_on
from parsers.learned.decide import with_learned
from parsers.reading import Printing, Reading
from training.material import Sample, of_writer
from training.prepared import WORKERS, grammar_reading
from training.scores import right, value_of

RIDGE = 1.0
"""Strength of the ridge that keeps the weights of rare terms small; the constant is left free."""
STEPS = 60
"""Newton steps; the fit is convex and settles in fewer than twenty."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Verdict:
    """One printing that may stand for a figure of a sample: its terms, whether it is right, and who names it."""

    writer: str
    sample: str
    figure: str
    terms: tuple[float, ...]
    right: bool
    agreement: Agreement = "all"


def read_sample(sample: Sample) -> Reading:
    """Return what both readers together make of a sample, before any verdict."""
    return with_learned(sample.text.document, grammar_reading(sample.text))


def verdicts(writers: Iterable[str]) -> list[Verdict]:
    """Return every printing that may stand for a figure, writer by writer."""
    with ProcessPoolExecutor(WORKERS) as pool:
        return [verdict for found in pool.map(_of_writer, list(writers)) for verdict in found]


def _of_writer(writer: str) -> list[Verdict]:
    return [verdict for sample in of_writer(writer) for verdict in _of_sample(sample)]


def _of_sample(sample: Sample) -> Iterator[Verdict]:
    gold: dict[str, list[Decimal]] = {}
    for mark in sample.text.marks:
        gold.setdefault(mark.figure, []).append(value_of(mark))
    for printing, around in _candidates(read_sample(sample).printings, sample.text.document):
        good = right(printing.value, gold.get(printing.figure, []))
        terms, agreement = terms_of(printing, around), agreement_on(printing)
        yield Verdict(sample.writer, sample.name, printing.figure, terms, good, agreement)


def _candidates(printings: tuple[Printing, ...], document: Document) -> Iterator[tuple[Printing, Surroundings]]:
    """Yield every printing that may stand for its figure, with the report in which it does."""
    whole = Surroundings(printings, document)
    for primary in (p for p in printings if p.primary and p.views is not None):
        tried = [(p, Surroundings(report, document)) for p, report in candidates(printings, primary.figure)]
        yield from tried or [(primary, whole)]


def likeliest(seen: Sequence[Verdict], probabilities: Floats) -> list[int]:
    """Return the places of the verdicts that stand for their figures: the likeliest of each figure of a sample."""
    best: dict[tuple[str, str], int] = {}
    for i, verdict in enumerate(seen):
        key = verdict.sample, verdict.figure
        if key not in best or probabilities[i] > probabilities[best[key]]:
            best[key] = i
    return list(best.values())


def fitted(seen: Sequence[Verdict]) -> tuple[Floats, float]:
    """Return the weights of a ridge logistic regression over verdicts, and its constant (Newton's method)."""
    terms = np.array([v.terms for v in seen], dtype=float)
    wanted = np.array([v.right for v in seen], dtype=float)
    design = np.column_stack([terms, np.ones(len(seen))])
    ridge = np.diag([RIDGE] * terms.shape[1] + [1e-6])
    weights = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        slope = design.T @ (wanted - p) - ridge @ weights
        curve = (design * (p * (1 - p))[:, None]).T @ design + ridge
        step = np.linalg.solve(curve, slope)
        weights = weights + step
        if float(np.abs(step).max()) < 1e-9:
            break
    return weights[:-1], float(weights[-1])


def left_out_probabilities(seen: Sequence[Verdict]) -> Floats:
    """Return the probability of every verdict by a fit that never saw its writer."""
    found = np.zeros(len(seen))
    for writer in sorted({v.writer for v in seen}):
        weights, constant = fitted([v for v in seen if v.writer != writer])
        for i, verdict in enumerate(seen):
            if verdict.writer == writer:
                total = float(np.dot(weights, verdict.terms)) + constant
                found[i] = 1 / (1 + np.exp(-np.clip(total, -30, 30)))
    return found


def threshold_for(probabilities: Floats, rights: Sequence[bool], most_wrong: float) -> float | None:
    """Return the least probability above which at most a share is wrong, None where there is none.

    The share is taken over all accepted at once, and the threshold lies in the middle of the gap it falls into.
    """
    order = np.argsort(-probabilities, kind="stable")
    wrong = np.cumsum([not rights[i] for i in order])
    good = [k for k in range(len(order)) if wrong[k] <= most_wrong * (k + 1)]
    if not good:
        return None
    last = good[-1]
    after = probabilities[order[last + 1]] if last + 1 < len(order) else 0.0
    return round(float((probabilities[order[last]] + after) / 2), 6)


def save(weights: Floats, constant: float, path: Path) -> None:
    """Write the judge's weights to a file."""
    by_name = {name: round(float(w), 6) for name, w in zip(NAMES, weights, strict=True)}
    kept = {"constant": round(constant, 6), "weights": by_name}
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
