"""Every rule on the cases a clerk of the district office would think of: `cases/*.yaml`, a file a rule.

A case prints figures as wards write them ("87,3%", "gần 400", "1,7 tỷ"), besides the required ones, which count as
printed unless `alone`. `prints` is one mapping, each figure in a sentence of its own, or a list of sentences; a figure
printed twice has a list. `named` gives the totals that sentences name for percentages, `round` the round, `before` the
ward's earlier reports. `says` lists all findings, each a rule and figures it must name; `proposes` all proposals.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue.rules import rule_book
from parsers.numbers import find_numbers
from parsers.reading import Printing, Reading
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports

CASES = Path(__file__).parent / "cases"
SENTENCES = 100
"""Sentences that a mapping of figures may fill before those of a second printing begin."""


def cases() -> Iterator[Any]:
    """Return every case of every rule as a parameter, named by file and case."""
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}: {case['case']}")


def printed(figure: str, text: str, block: int, sentence: str, base: str | None) -> Printing:
    """Return the printing of a number written as in a report."""
    number = find_numbers(text)[0]
    return printing(
        figure,
        number.value,
        raw=number.raw,
        sentence=sentence,
        block=block,
        quantum=number.quantum,
        decimals=number.decimals,
        approximation=number.approximation,
        malformed=number.malformed,
        candidates=number.candidates,
        base=base,
        reading_confidence=0.9,
    )


def report(prints: Any, round_label: str, named: Mapping[str, str], alone: bool) -> Reading:
    """Return the reading of a report that prints these numbers."""
    sentences = prints if isinstance(prints, list) else [{figure: texts} for figure, texts in prints.items()]
    made = [
        printed(figure, str(text), index + SENTENCES * again, f"câu {again}: {sentence}", named.get(figure))
        for index, sentence in enumerate(sentences)
        for figure, texts in sentence.items()
        for again, text in enumerate(texts if isinstance(texts, list) else [texts])
    ]
    base = () if alone else complete().printings
    taken = {p.figure for p in made}
    return reading([*(p for p in base if p.figure not in taken), *_one_primary(made)], round_label=round_label)


def _one_primary(made: list[Printing]) -> Iterator[Printing]:
    """Return the printings with the first well-formed one of each figure primary, as the engine chooses."""
    first = {p.figure: p for p in reversed([*(p for p in made if not p.malformed), *(p for p in made if p.malformed)])}
    return (replace(p, primary=p is first[p.figure]) for p in made)


@pytest.mark.parametrize("case", cases())
def test_a_case_says_what_a_clerk_would_say(case: dict[str, Any]) -> None:
    """All findings are those of the case, on its figures, and proposals are its proposals."""
    alone, named = case.get("alone", False), case.get("named", {})
    earlier = [report(prints, label, {}, alone) for label, prints in case.get("before", {}).items()]
    own = report(case.get("prints", {}), case.get("round", "2023-Q3"), named, alone)

    found = check_reports([own], earlier)[0]

    said = [[finding.rule, *finding.figures] for finding in found]
    expected = [words.split() for words in case.get("says", [])]
    assert sorted(words[0] for words in said) == sorted(words[0] for words in expected), said
    for words in expected:
        assert any(words[0] == other[0] and set(words) <= set(other) for other in said), said
    proposed = {p.figure: p.value for finding in found for p in finding.proposals}
    assert proposed == {figure: Decimal(str(value)) for figure, value in case.get("proposes", {}).items()}


def test_every_rule_has_its_cases() -> None:
    """No rule of the book is without the cases a clerk would think of; those on whole texts have tests of their own."""
    elsewhere = {"citation_conflict", "period_mismatch"}

    assert {path.stem for path in CASES.glob("*.yaml")} | elsewhere == set(rule_book().rules)
