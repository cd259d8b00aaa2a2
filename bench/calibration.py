"""What a confidence is worth: printings of the corpus by confidence, and how many of each class are right.

Reads the marked texts beside the project, ward by ward, so that one ward's habits cannot hide in the sum: the last
column is the worst ward of a class that has ten printings of it or more. Nothing is learned from these reports; the
scores are products of a few stated factors.
"""

from __future__ import annotations

import importlib
import json
from collections import defaultdict
from itertools import pairwise
from typing import Any

from parsers.figures import read_printings

CLASSES = (0.0, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
FEW = 10


def main() -> None:
    """Print the reliability table."""
    marked: Any = importlib.import_module("tests.figures.marked")
    folder = marked.corpus()
    if not folder.is_dir():
        print("the reports with answer keys are not beside the project")
        return
    tally: dict[float, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for path in sorted((folder / "marked").glob("*.txt")):
        key = json.loads((folder / f"{path.stem}.gold.json").read_text(encoding="utf-8"))
        document, marks = marked.build(path.read_text(encoding="utf-8"))
        places = {(m.figure, m.place) for m in marks}
        for printing in read_printings(document, key["quarter"]):
            low = max(c for c in CLASSES[:-1] if c <= printing.confidence)
            counts = tally[low][key["ward"]]
            counts[0] += 1
            counts[1] += (printing.figure, printing.place) in places
    _print(tally)


def _print(tally: dict[float, dict[str, list[int]]]) -> None:
    print("| confidence | printings | right | share right | worst ward |\n|---|---|---|---|---|")
    for low, high in pairwise(CLASSES):
        wards = tally.get(low, {})
        total, right = sum(c[0] for c in wards.values()), sum(c[1] for c in wards.values())
        shares = [c[1] / c[0] for c in wards.values() if c[0] >= FEW]
        worst = f"{min(shares):.3f}" if shares else "–"
        share = f"{right / total:.3f}" if total else "–"
        print(f"| {low:.2f} – {high:.2f} | {total} | {right} | {share} | {worst} |")
