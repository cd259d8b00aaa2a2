"""What is read of single sentences and little documents: everything expected, and nothing else."""

from __future__ import annotations

import pytest

from catalogue.figures import figure_definitions
from parsers.figures import read_printings
from tests.figures.casebook import ROUND, Case, documents, sentence_cases, variant_cases
from tests.figures.marked import build


def _param(case: Case) -> object:
    marks = [pytest.mark.xfail(strict=True, reason="beyond the reader")] if case.beyond else []
    return pytest.param(case, id=f"{case.source}: {case.text[:70]}", marks=marks)


@pytest.mark.parametrize("case", [_param(c) for c in sentence_cases()])
def test_a_sentence_gives_its_figures_and_nothing_else(case: Case) -> None:
    """Every value that the table names is read; no other number of the sentence becomes a figure."""
    read = {(p.figure, p.value) for p in read_printings(case.document, ROUND)}

    assert read == set(case.reads.items())


@pytest.mark.parametrize("case", [_param(c) for c in variant_cases()])
def test_every_way_of_naming_a_figure_is_understood(case: Case) -> None:
    """However a clerk names a figure, that figure and no other is read."""
    read = {(p.figure, p.value) for p in read_printings(case.document, ROUND)}

    assert read == set(case.reads.items())


def test_every_figure_of_the_catalogue_has_variants() -> None:
    """No figure is left without ways of naming it."""
    assert {case.source for case in variant_cases()} == set(figure_definitions())


@pytest.mark.parametrize("name", documents())
def test_a_little_document_gives_its_marked_figures_and_nothing_else(name: str) -> None:
    """Every marked number of a table or list is read as what it is marked, at its place, with its value."""
    document, marked = build(documents()[name])

    printings = read_printings(document, ROUND)

    assert {(p.figure, p.place) for p in printings} == {(m.figure, m.place) for m in marked}
    values = {m.place: m.value for m in marked if m.value is not None}
    assert all(str(p.value.to_integral_value()) == values[p.place] for p in printings if p.place in values)


@pytest.mark.parametrize("case", [c for c in sentence_cases() if not c.reads], ids=lambda c: c.text[:70])
def test_nothing_is_read_where_there_is_nothing(case: Case) -> None:
    """A sentence of decoys gives no printing at any confidence."""
    assert read_printings(case.document, ROUND) == ()
