"""A third office, of another province, before the reform, made by docs/offices.md alone."""

from __future__ import annotations

import re
import shlex
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalogue.gazetteer import known_units
from catalogue.office import office
from catalogue.standing import standing
from catalogue.terms import units_word
from catalogue.wards import wards
from parsers.identity import SURE, identify
from pipelines.arrival.placement import place
from pipelines.cli import make_app
from tests.identity.letters import Letter

DOCS = Path(__file__).resolve().parents[2] / "docs" / "offices.md"
LINES = 30
"""How many lines of data an office may need besides its units."""


def documented_calls() -> list[list[str]]:
    """Return the calls of `cchc office` that the page gives, with the names of another province put in."""
    block = re.findall(r"```\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)[0]
    calls = [line.split("#")[0].strip() for line in block.splitlines() if line.startswith("cchc office")]
    other = [c.replace("Quảng Ngãi", "Bình Thuận").replace("Ba Tơ", "Tuy Phong") for c in calls]
    return [shlex.split(call)[1:] for call in other]


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Follow the page in a fresh home."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("CCHC_OFFICE", raising=False)
    app = make_app(("office",))
    for call in documented_calls():
        done = CliRunner().invoke(app, call)
        assert done.exit_code == 0, done.output
    return tmp_path / "home" / "office"


def test_the_page_makes_an_office(made: Path) -> None:
    """Its units are a district's xã and thị trấn; the rest is a page of data."""
    kinds = {unit.kind for unit in wards().values()}
    lines = (made / "office.yaml").read_text(encoding="utf-8").splitlines()

    assert kinds == {"xã", "thị trấn"}
    assert office().full_name == "Phòng Nội vụ huyện Tuy Phong"
    assert units_word() == "xã, thị trấn"
    assert len(lines) <= LINES
    assert sorted(path.name for path in made.iterdir()) == ["office.yaml", "units.csv"]


def test_its_reports_are_placed(made: Path) -> None:
    """A report of each of its units is placed, under a letterhead with and without the district above."""
    for unit in wards().values():
        for agency in (
            f"ỦY BAN NHÂN DÂN\n{unit.full_name.upper()}",
            f"UBND HUYỆN TUY PHONG\nUBND {unit.full_name.upper()}",
        ):
            letter = Letter(
                agency=agency,
                place=f"{unit.name}, ngày 08 tháng 9 năm 2023",
                opening=f"UBND {unit.full_name} báo cáo kết quả cải cách hành chính quý III năm 2023:",
                closing="Kính gửi Phòng Nội vụ huyện, UBND huyện tổng hợp./.",
            )
            found = identify(letter.document())

            assert (found.ward, found.other_town, found.confidence >= SURE) == (unit.slug, None, True), agency
            assert place(found, date(2023, 9, 9)).placed


def test_it_stands_beside_the_shipped_ones(made: Path) -> None:
    """Its own units come first, those of the shipped offices are known beside them."""
    offices = list(dict.fromkeys(known.office for known in known_units()))

    assert offices[1:] == ["duc-pho", "quang-ngai"]
    assert len(standing(date(2023, 9, 9)).units) == len(wards())
