"""Two offices in one installation: nothing of one is seen in the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import text

from catalogue.office import office
from catalogue.wards import wards
from parsers.identity import identify
from parsers.outcomes import Outcome
from parsers.reading import Identity
from pipelines.arrival.placement import Placement, expected_wards, place
from pipelines.settings import Settings, load_settings
from tests.identity.letters import Letter
from warehouse.connection import open_warehouse

OFFICES = ("duc-pho", "quang-ngai")


def report_of(office_name: str) -> Identity:
    """Return a report of a unit of one of the two offices, as it reads itself."""
    if office_name == "duc-pho":
        return identify(Letter().document())
    made = Letter(
        agency="ỦY BAN NHÂN DÂN\nXÃ BA TƠ",
        place="Ba Tơ, ngày 11 tháng 9 năm 2026",
        title="Kết quả công tác cải cách hành chính quý III năm 2026",
        opening="UBND xã Ba Tơ báo cáo kết quả cải cách hành chính quý III năm 2026 như sau:",
        closing="",
    )
    return identify(made.document())


@pytest.fixture(params=OFFICES)
def at(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> tuple[str, Settings]:
    """Work for one of the two offices, each in a home of its own in one installation."""
    monkeypatch.setenv("CCHC_OFFICE", request.param)
    monkeypatch.setenv("CCHC_HOME", str(tmp_path / request.param))
    return request.param, load_settings()


def test_each_takes_its_own_and_names_the_others(at: tuple[str, Settings]) -> None:
    """A report of the other office's unit is refused with the unit's full name, one's own is placed."""
    name, _settings = at
    received = date(2026, 9, 14)
    placed: dict[str, Placement] = {other: place(report_of(other), received) for other in OFFICES}

    assert placed.pop(name).placed
    (refused,) = placed.values()
    assert (refused.outcome, refused.placed) == (Outcome.OTHER_TOWN, False)
    assert refused.detail in {"xã Ba Tơ, tỉnh Quảng Ngãi", "phường Phổ Minh, thị xã Đức Phổ"}


def test_a_slug_of_the_other_office_places_nothing(at: tuple[str, Settings]) -> None:
    """Even under a slug that both offices had, a unit of the other office is another unit."""
    name, _settings = at
    other = next(one for one in OFFICES if one != name)
    borrowed = replace(report_of(other), ward=next(iter(wards())))

    assert not place(borrowed, date(2026, 9, 14)).placed


def test_each_warehouse_knows_its_own_units_only(at: tuple[str, Settings]) -> None:
    """The warehouse of an office holds its units and expects reports of no other."""
    name, settings = at
    settings.home.mkdir(parents=True)
    engine = open_warehouse(settings.warehouse_url)
    with engine.connect() as connection:
        slugs = {row[0] for row in connection.execute(text("SELECT slug FROM ward"))}
    engine.dispose()

    assert slugs == set(wards())
    assert len(slugs) == {"duc-pho": 15, "quang-ngai": 96}[name]
    assert office().above[0].name == {"duc-pho": "Đức Phổ", "quang-ngai": "Quảng Ngãi"}[name]


def test_homes_share_no_place(tmp_path: Path) -> None:
    """Warehouse, archive, inbox, papers, quarantine and Dagster's folder of two homes lie apart."""
    both = [load_settings({"CCHC_HOME": str(tmp_path / name)}) for name in OFFICES]
    places = [
        {s.warehouse_url, s.archive_url, str(s.inbox), str(s.outputs), str(s.quarantine), str(s.dagster_home)}
        for s in both
    ]

    assert places[0].isdisjoint(places[1])
    assert all("duc-pho" in place for place in places[0])


def test_rounds_expect_the_units_of_their_day(at: tuple[str, Settings]) -> None:
    """After the reform the one expects nobody and the other all; before it is the other way round."""
    from catalogue.rounds import parse_round

    name, _settings = at
    counts = [len(expected_wards(parse_round(label))) for label in ("2025-Q2", "2025-Q3")]

    assert counts == {"duc-pho": [15, 0], "quang-ngai": [0, 96]}[name]
