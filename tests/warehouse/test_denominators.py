"""People, households and area: typed with their source, checked by line, taken into the warehouse, never guessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from sqlalchemy import text
from typer.testing import CliRunner

from catalogue.denominators import COLUMNS, Denominator, load_denominators
from catalogue.offices import shipped_folders
from cchc.errors import CatalogueError
from cchc.messages import use_language
from pipelines.cli import office
from pipelines.cli.common import Exit
from tests.warehouse.made import reading, take_in
from warehouse.connection import open_warehouse
from warehouse.connection import reading as reading_from

HEAD = ",".join(COLUMNS)
GOOD = "pho-an,2023,population,10250,Niên giám thống kê,2024-06-30"


@pytest.fixture
def own(tmp_path: Path) -> Callable[..., Path]:
    """Give what makes an office's folder with these lines of denominators."""

    def make(*lines: str, head: str = HEAD) -> Path:
        folder = tmp_path / "office"
        folder.mkdir(exist_ok=True)
        for file in shipped_folders()["duc-pho"].iterdir():
            (folder / file.name).write_bytes(file.read_bytes())
        (folder / "denominators.csv").write_text("\n".join([head, *lines, ""]), encoding="utf-8-sig")
        load_denominators.cache_clear()
        return folder

    return make


class TestFile:
    def test_values_are_what_the_lines_say(self, own: Callable[..., Path]) -> None:
        """A line is a value with its source; a file written by a spreadsheet, with its mark, is read alike."""
        folder = own(GOOD, "pho-an,2023,area_km2,18.64,Niên giám thống kê,2024-06-30")

        assert load_denominators(folder / "denominators.csv", folder / "units.csv") == (
            Denominator("pho-an", 2023, "population", Decimal(10250), "Niên giám thống kê", date(2024, 6, 30)),
            Denominator("pho-an", 2023, "area_km2", Decimal("18.64"), "Niên giám thống kê", date(2024, 6, 30)),
        )

    @pytest.mark.parametrize(
        ("line", "said"),
        [
            ("pho-an,2023,people,10250,x,2024-06-30", "'people' is no measure; use one of population"),
            ("pho-minn,2023,population,10250,x,2024-06-30", "'pho-minn' is not in units.csv"),
            ("pho-an,23,population,10250,x,2024-06-30", "'23' is no year"),
            ("pho-an,2026,population,10250,x,2024-06-30", "xã Phổ An does not exist in 2026"),
            ("pho-an,2022,population,10.250,x,2024-06-30", "'10.250' cannot be a population"),
            ("pho-an,2022,population,-3,x,2024-06-30", "'-3' cannot be a population"),
            ("pho-an,2022,area_km2,nan,x,2024-06-30", "'nan' cannot be a area_km2"),
            ("pho-an,2022,population,10250,,2024-06-30", "source is empty"),
            ("pho-an,2022,population,10250,x,30/06/2024", "'30/06/2024' is no day"),
            (GOOD, "population of 'pho-an' in 2023 stands twice"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, own: Callable[..., Path], line: str, said: str) -> None:
        """Whatever is missing, unknown, unlikely or double is said with file and line, and no value is taken."""
        folder = own(GOOD, line)

        with pytest.raises(CatalogueError) as error:
            load_denominators(folder / "denominators.csv", folder / "units.csv")

        assert str(error.value).startswith("denominators.csv:3: ") and said in str(error.value)

    def test_check_of_an_office_tells(self, own: Callable[..., Path]) -> None:
        """`cchc office check` counts the values, and ends at the line of a mistake."""
        app = typer.Typer()
        office.register(app)

        good = CliRunner().invoke(app, ["office", "check", "--folder", str(own(GOOD))])
        bad = CliRunner().invoke(app, ["office", "check", "--folder", str(own(GOOD, GOOD))])

        assert "denominators.csv: 1 values of 1 units" in good.output
        assert (good.exit_code, bad.exit_code) == (Exit.DONE, Exit.CONFIGURATION)
        assert "denominators.csv:3:" in " ".join(bad.output.split())

    def test_other_columns_are_refused(self, own: Callable[..., Path]) -> None:
        """A file parted by semicolons, as a spreadsheet may write it, is refused at its first line."""
        folder = own(head=HEAD.replace(",", ";"))

        with pytest.raises(CatalogueError, match=r"denominators.csv:1: the columns are ward,year"):
            load_denominators(folder / "denominators.csv", folder / "units.csv")

    @pytest.mark.parametrize("name", shipped_folders())
    def test_shipped_offices_give_none(self, name: str) -> None:
        """No number of people is shipped, for none was given with a source."""
        folder = shipped_folders()[name]

        assert load_denominators(folder / "denominators.csv", folder / "units.csv") == ()


def test_an_office_gives_its_rates(
    own: Callable[..., Path], sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the folder says is in the marts once the warehouse is opened, what it no longer says is gone."""
    (tmp_path / "house.db").write_bytes(sqlite_template.read_bytes())
    url = f"sqlite:///{tmp_path / 'house.db'}"
    rates = text("SELECT per_1000_people, population_year, population_source FROM mart_rate WHERE figure = :figure")

    def told() -> list[tuple[object, ...]]:
        with use_language("en"), reading_from(open_warehouse(url)) as connection:
            return [tuple(row) for row in connection.execute(rates, {"figure": "dossiers_resolved"})]

    monkeypatch.setenv("CCHC_OFFICE", str(own(GOOD)))
    take_in(open_warehouse(url), reading("pho-an", figures={"dossiers_resolved": 410}))
    assert told() == [(40, 2023, "Niên giám thống kê")]

    own()
    assert told() == [(None, None, None)]
