"""What each step of the grammar earns: the same material read with one step left out after the other.

Belongs here: the steps that can be left out, each by a neutral stand-in, and the table of what is read without it.
Stays out: the steps themselves (`parsers.figures`).

The material are all texts of the writers that calibrate (`training/split.yaml`), whom the grammar was not made on. A
step whose absence changes nothing there earns nothing there; it may still have its cases in `tests/figures`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import Any
from unittest.mock import patch

from parsers.figures import read_figures
from parsers.figures.printed_arithmetic import Evidence
from parsers.reading import Identity, Reading
from training.material import Sample, samples
from training.scores import Score

SURE = 0.8
IN = "parsers.figures."
Step = Mapping[str, Any]


def _nothing(*_: object, **__: object) -> None:
    return None


def _gives(value: object) -> Callable[..., object]:
    return lambda *_, **__: value


STEPS: dict[str, Step] = {
    "phrases object to what they do not name": {IN + "conflicts.Objector.against": _gives(())},
    "whole phrases name a figure": {IN + "propose.WayBook._add_whole": _nothing},
    "figures are at home in their sections": {IN + "propose.WayBook._at_home": _gives(1.0)},
    "marks weaken a name": {IN + "clauses.CROSSING": {}},
    "distance weakens a name": {IN + "clauses.PER_CHARACTER": 0.0},
    "one order of name and number is kept": {IN + "best_assignment.ORDER_CHANGES": 1.0},
    "one figure has one value": {IN + "best_assignment.SAME_TWICE": 1.0},
    "numbers follow the number before": {IN + "dependent_numbers.Followers.add": _nothing},
    "sums have subject and role": {IN + "money.Ledger.candidates": _gives([])},
    "shares follow their sum": {IN + "money.Ledger.followers": _gives([])},
    "names are dealt out": {IN + "engine.deal_out": _nothing},
    "brackets prove a total": {IN + "bracket_totals.Wholes.topics": _gives({})},
    "parts are no whole": {IN + "choose.Assigner._drop_parts": _nothing},
    "a share is lifted from its bracket": {IN + "choose.Assigner._lift": _nothing},
    "parts prove a nameless total": {IN + "choose.add_totals": _nothing},
    "the writer corrects": {IN + "choose.correct": _nothing},
    "one number is two figures": {IN + "choose.add_twins": lambda choices, _: choices},
    "a sentence continues a part": {IN + "engine.continues": _gives(False)},
    "the ward beside the town": {IN + "engine.says_the_same_of_ward": _gives(False)},
    "doubts": {IN + "doubts.Doubter.doubts": _gives(frozenset())},
    "printed arithmetic": {IN + "weighing.weigh_evidence": _gives(Evidence())},
}
"""What is left out, each with what stands in its place."""


def measured(texts: list[Sample], step: Step) -> Score:
    """Return how well texts are read with a step's stand-ins."""
    score = Score()
    with ExitStack() as stack:
        for target, instead in step.items():
            stack.enter_context(patch(target, instead))
        for sample in texts:
            reading = _read(sample)
            sure = [code for code, p in reading.primaries().items() if p.confidence >= SURE]
            score.add(sample.name, sample.text, reading, sure)
    return score


def _read(sample: Sample) -> Reading:
    identity = Identity(ward=None, round=sample.text.round, doc_no=None, doc_date=None, confidence=1.0)
    return read_figures(sample.text.document, identity)


def main() -> None:
    """Print what is read with every step, and without each."""
    texts = list(samples("calibrate"))
    whole = measured(texts, {})
    sure, wrong = whole.counts["sure"], whole.counts["sure_wrong"]
    print(f"{len(texts)} texts; F1 {whole.f1:.4f}, sure {sure}, of them wrong {wrong}")
    print("\n| without | F1 | difference | sure | wrong |\n|---|---|---|---|---|")
    for name, step in STEPS.items():
        score = measured(texts, step)
        sure, wrong = score.counts["sure"], score.counts["sure_wrong"]
        print(f"| {name} | {score.f1:.4f} | {score.f1 - whole.f1:+.4f} | {sure} | {wrong} |", flush=True)


if __name__ == "__main__":
    main()
