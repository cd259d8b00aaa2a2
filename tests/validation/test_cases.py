"""Every rule on the cases a clerk of the district office would think of: `cases/*.yaml`, a file a rule.

A case prints figures as wards write them ("87,3%", "gần 400", "1,7 tỷ"), besides the required ones, which count as
printed unless `alone`. Cases print fragments of reports: what one leaves out is told only in `dropped_figure.yaml`.
`prints` is one mapping, each figure in a sentence of its own, or a list of sentences; a figure printed twice has a
list. `named` gives the totals that sentences name for percentages, `round` the round, `before` the ward's earlier
reports, `versions` earlier versions of this one, `peers` what other wards print of a figure. `says` lists all findings,
each a rule and figures it must name; `proposes` all proposals.
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
from catalogue.wards import wards
from parsers.numbers import find_numbers
from parsers.reading import Printing, Reading
from tests.validation.builders import complete, printing, reading
from validation.check import check_reports

CASES = Path(__file__).parent / "cases"
QUICK = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SENTENCES = 100
"""Sentences that a mapping of figures may fill before those of a second printing begin."""


def cases() -> Iterator[Any]:
    """Return every case of every rule as a parameter, named by file and case."""
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=QUICK):
            yield pytest.param({"rule": path.stem, **case}, id=f"{path.stem}: {case['case']}")


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


def peers(values: Mapping[str, list[Any]], round_label: str) -> list[Reading]:
    """Return the reports of other wards, of which each prints one value of every figure."""
    names = [name for name in wards() if name != "pho-minh"]
    count = max((len(of_figure) for of_figure in values.values()), default=0)
    prints = [
        {figure: of_figure[i] for figure, of_figure in values.items() if i < len(of_figure)} for i in range(count)
    ]
    made = [report(own, round_label, {}, alone=False) for own in prints]
    return [replace(r, identity=replace(r.identity, ward=name)) for name, r in zip(names, made, strict=False)]


def _one_primary(made: list[Printing]) -> Iterator[Printing]:
    """Return the printings with the first well-formed one of each figure primary, as the engine chooses."""
    first = {p.figure: p for p in reversed([*(p for p in made if not p.malformed), *(p for p in made if p.malformed)])}
    return (replace(p, primary=p is first[p.figure]) for p in made)


@pytest.mark.parametrize("case", cases())
def test_a_case_says_what_a_clerk_would_say(case: dict[str, Any]) -> None:
    """All findings are those of the case, on its figures, and proposals are its proposals."""
    alone, named = case.get("alone", False), case.get("named", {})
    earlier = [report(prints, label, {}, alone) for label, prints in case.get("before", {}).items()]
    label = case.get("round", "2023-Q3")
    earlier += [report(prints, label, {}, alone) for prints in case.get("versions", [])]
    own = report(case.get("prints", {}), label, named, alone)

    found = [
        finding
        for finding in check_reports([own, *peers(case.get("peers", {}), label)], earlier)[0]
        if finding.rule != "dropped_figure" or case["rule"] == "dropped_figure"
    ]

    said = [[finding.rule, *finding.figures] for finding in found]
    expected = [words.split() for words in case.get("says", [])]
    assert sorted(words[0] for words in said) == sorted(words[0] for words in expected), said
    for words in expected:
        assert any(words[0] == other[0] and set(words) <= set(other) for other in said), said
    proposed = {p.figure: p.value for finding in found for p in finding.proposals}
    assert proposed == {figure: Decimal(str(value)) for figure, value in case.get("proposes", {}).items()}


def test_every_rule_has_its_cases() -> None:
    """No rule of the book is without the cases a clerk would think of; those on whole texts have tests of their own."""
    elsewhere = {"citation_conflict", "period_mismatch", "unseen_text", "unread_part"}

    assert {path.stem for path in CASES.glob("*.yaml")} | elsewhere == set(rule_book().rules)
