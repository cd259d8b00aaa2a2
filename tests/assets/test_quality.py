"""A look at a round as a whole: what stops the rollup, and what a person has settled."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from assets import quality
from assets.house import House
from cchc.clock import ZONE
from tests.homes import new_warehouse
from tests.warehouse.made import moment, reading, take_in
from validation.expectations.quality import RoundQuality
from warehouse import queries
from warehouse.decisions import record_decision
from warehouse.rows import NewDecision

LABEL, WARD = "2023-Q3", "pho-an"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """A house with a report that resolves more than it received; Great Expectations has a test of its own."""
    monkeypatch.setattr(quality, "check_round", lambda *_a, **_k: RoundQuality(claims=0, expectations=0, failed=0))
    engine = new_warehouse(tmp_path)
    take_in(engine, reading(figures={"dossiers_received": 100, "dossiers_resolved": 120}))
    return House(
        engine=engine,
        original=lambda _sha256: 1 / 0,  # type: ignore[arg-type,return-value]
        outputs=tmp_path,
        ocr_cache=tmp_path,
        workers=1,
        scorecard="",
        now=lambda: datetime(2023, 9, 12, tzinfo=ZONE),
    )


def test_an_error_that_a_person_accepted_stops_no_build(house: House) -> None:
    """Before, a round with one error accepted as printed could never be built again."""
    quality.examine(house, LABEL)
    errors = [f for f in queries.findings(house.engine, LABEL) if f.severity == "error"]
    for error in errors:
        new = NewDecision(WARD, LABEL, "accept", "Lan", "đúng như in", error.key)
        record_decision(house.engine, new, moment(9))

    again = quality.examine(house, LABEL)

    assert {code for error in errors for code in error.figures} == {"dossiers_received", "dossiers_resolved"}
    assert [r.value for r in queries.figures_long(house.engine, LABEL)] == [100, 120]
    assert again.entered_in_error == ()


def test_a_figure_that_counts_against_an_open_error_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Were findings not kept, their figures would count, and the look says so."""
    monkeypatch.setattr(quality, "save_findings", lambda *_given: (0, 0))

    found = quality.examine(house, LABEL)

    assert found.entered_in_error == ("pho-an: dossiers_received = 100", "pho-an: dossiers_resolved = 120")
