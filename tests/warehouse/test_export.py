"""Exports: the marts come back from every format as they are in the warehouse, and no cell is a command."""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape

import duckdb
import openpyxl
import pyarrow.parquet as parquet
import pytest
from datasette.app import Datasette
from sqlalchemy import Engine

from cchc.errors import ConfigurationError, WarehouseError
from cchc.messages import translator, use_language
from tests.warehouse.made import finding, moment, printing, reading, take_in
from warehouse import dictionary, marts
from warehouse.connection import reading as reading_from
from warehouse.decisions import record_decision
from warehouse.export import FORMATS, datasette, export, workbook
from warehouse.export.table import inert, sheets
from warehouse.rows import NewDecision

_ODF = "{urn:oasis:names:tc:opendocument:xmlns:"
ATTACK = '=HYPERLINK("http://x")'


@pytest.fixture
def house(engine: Engine) -> Engine:
    """Give a warehouse whose report holds a hostile sentence, long digits, and text with marks."""
    hostile = replace(printing("staff_total", 20), sentence=ATTACK, raw="-20")
    long = printing("ward_revenue", "1536246000000.25")
    take_in(engine, replace(reading(), printings=(hostile, long)), (finding(figures=("staff_total",)),))
    take_in(engine, reading("pho-van", "2023-Q2"))
    return engine


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file as a program reads it."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


class TestExport:
    def test_every_table_says_what_it_is_in_vietnamese(self) -> None:
        """No mart's meaning is left in English in a Vietnamese README."""
        translate = translator("warehouse")

        with use_language("vi"):
            left = [v.name for v in marts.views() if v.is_mart and translate(v.meaning) == v.meaning]

        assert left == []

    @pytest.mark.parametrize("file_format", FORMATS)
    def test_rows_are_those_of_the_marts(self, house: Engine, tmp_path: Path, file_format: str) -> None:
        """Every mart is in the export with all its rows and columns, and the value keeps its digits."""
        done = export(house, tmp_path / "out", file_format, moment(), round_label="2023-Q3")
        with reading_from(house) as connection:
            expected = {s.name: len(s.rows) for s in sheets(connection, "2023-Q3")}

        tables = _READERS[file_format](done.folder)

        assert done.rows == expected
        assert {name: len(rows) for name, rows in tables.items()} == expected
        assert set(expected) == {v.name for v in marts.views() if v.is_mart} | {"dictionary"}
        [value] = [row["value"] for row in tables["mart_figure_long"] if row["figure"] == "ward_revenue"]
        assert Decimal(str(value)) == Decimal("1536246000000.25")
        assert {row["ward_name"] for row in tables["mart_figure_long"]} == {"Phổ An"}

    @pytest.mark.parametrize("file_format", FORMATS)
    def test_package_names_every_file_with_its_hash(self, house: Engine, tmp_path: Path, file_format: str) -> None:
        """The datapackage lists exactly the data files, and their hashes are right."""
        done = export(house, tmp_path / "out", file_format, moment())
        package = json.loads((done.folder / "datapackage.json").read_text(encoding="utf-8"))

        listed = {r["path"]: r["hash"] for r in package["resources"]}

        assert listed == {
            p.name: "sha256:" + hashlib.sha256(p.read_bytes()).hexdigest()
            for p in done.files
            if p.name not in ("datapackage.json", "README.md", "metadata.json")
        }

    def test_csv_opens_in_excel_and_its_cells_are_inert(self, house: Engine, tmp_path: Path) -> None:
        """The file begins with a BOM; text that looks like a formula has an apostrophe, numbers have none."""
        folder = export(house, tmp_path / "out", "csv", moment()).folder

        assert (folder / "mart_figure_long.csv").read_bytes().startswith(b"\xef\xbb\xbf")
        [row] = [row for row in read_csv(folder / "mart_figure_long.csv") if row["figure"] == "staff_total"]
        assert (row["sentence"], row["raw"], row["value"]) == ("'" + ATTACK, "'-20", "20")

    def test_csv_schema_is_that_of_its_columns(self, house: Engine, tmp_path: Path) -> None:
        """Each CSV resource declares its columns in their order, each with type and meaning."""
        folder = export(house, tmp_path / "out", "csv", moment()).folder
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))

        for resource in package["resources"]:
            fields = resource["schema"]["fields"]
            with (folder / resource["path"]).open(encoding="utf-8-sig", newline="") as stream:
                assert next(csv.reader(stream)) == [field["name"] for field in fields]
            assert all(field["description"] for field in fields)

    def test_workbook_has_text_where_excel_would_see_a_command_or_lose_digits(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        """No cell is a formula, and a number of more digits than a spreadsheet keeps is text."""
        hostile = replace(printing("staff_total", 20), sentence=ATTACK)
        long = printing("ward_revenue", "123456789012345678")
        take_in(engine, replace(reading(), printings=(hostile, long)))

        folder = export(engine, tmp_path / "out", "xlsx", moment()).folder

        book = openpyxl.load_workbook(folder / "cchc.xlsx")
        cells = [cell for page in book for row in page.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
        assert any(cell.value == ATTACK for cell in cells)
        assert any(cell.value == "123456789012345678" for cell in cells)

    def test_ods_keeps_types_blanks_and_what_looks_like_a_command(self, house: Engine, tmp_path: Path) -> None:
        """Numbers, days and texts are cells of their type, none is a formula; equal content gives an equal file."""
        spaced = replace(printing("staff_quota", 7), sentence="a  b\n<c> \x07")
        take_in(house, replace(reading("pho-hoa"), printings=(spaced,)))
        folder = export(house, tmp_path / "out", "ods", moment()).folder
        with zipfile.ZipFile(folder / "cchc.ods") as archive:
            names, content = archive.namelist(), archive.read("content.xml").decode()

        assert names[0] == "mimetype"
        assert "table:formula" not in content
        assert f"<text:p>{escape(ATTACK)}</text:p>" in content
        assert 'office:value-type="float" office:value="1536246000000.25"' in content
        assert 'office:value-type="date" office:date-value="2023-09-08"><text:p>08/09/2023</text:p>' in content
        assert '<text:p>a<text:s text:c="2"/>b</text:p><text:p>&lt;c&gt;<text:s text:c="1"/></text:p>' in content

    def test_datasette_shows_labels_and_questions(self, house: Engine, tmp_path: Path) -> None:
        """Beside the SQLite file lies what datasette shows of it: meanings, and every question with a form."""
        folder = export(house, tmp_path / "out", "sqlite", moment()).folder
        metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
        served = Datasette([str(folder / "cchc.sqlite")], metadata=metadata)

        async def asked(path: str) -> Any:
            return await served.client.get(path)

        page = asyncio.run(asked("/cchc/mart_ledger")).text
        told = asyncio.run(asked("/cchc/question_6.json?_shape=arrays")).json()["rows"]
        other = asyncio.run(asked("/cchc/question_6.json?_shape=arrays&round=2023-Q2")).json()["rows"]

        shown = metadata["databases"]["cchc"]["tables"]["mart_ledger"]
        assert shown["description"] == dictionary.comments()["mart_ledger"][""]
        assert shown["columns"]["ward_code"] in page
        assert sorted(row[0] for row in told) == ["staff_total"]
        assert sorted(row[0] for row in other) == ["dossiers_received", "dossiers_resolved"]
        for number in range(1, len(datasette.questions()) + 1):
            assert asyncio.run(asked(f"/cchc/question_{number}")).status_code == 200, number

    def test_shipped_questions_are_those_of_the_page(self) -> None:
        """The copy of the cookbook in the package is the page's; `python -m warehouse.export.datasette` writes it."""
        page = (Path(__file__).parents[2] / "docs" / "cookbook.md").read_text(encoding="utf-8")

        assert list(datasette.questions()) == datasette.of_page(page)

    def test_csv_for_machines_has_nothing_added(self, house: Engine, tmp_path: Path) -> None:
        """Neither BOM nor apostrophe: the texts are those of the warehouse."""
        folder = export(house, tmp_path / "out", "csv-machine", moment()).folder

        assert (folder / "mart_figure_long.csv").read_bytes().startswith(b"round,")
        [row] = [row for row in read_csv(folder / "mart_figure_long.csv") if row["figure"] == "staff_total"]
        assert (row["sentence"], row["raw"]) == (ATTACK, "-20")

    def test_package_is_valid_with_its_keys(self, engine: Engine, tmp_path: Path) -> None:
        """Types, primary keys and foreign keys of the package hold over its data, by the judgement of frictionless."""
        import frictionless

        take_in(engine, reading(), (finding(),))
        take_in(engine, reading("pho-van", "2023-Q2"))
        folder = export(engine, tmp_path / "out", "csv-machine", moment()).folder

        report = frictionless.Package(str(folder / "datapackage.json")).validate()

        assert report.flatten(["name", "type", "note"]) == []
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        schemas = {r["name"]: r["schema"] for r in package["resources"]}
        assert schemas["mart-figure-long"]["primaryKey"] == ["round", "ward", "figure"]
        assert {r["name"]: r["rows"] for r in package["resources"]}["mart-figure-long"] == 4

    def test_unchanged_files_are_left_untouched(self, engine: Engine, tmp_path: Path) -> None:
        """A second export writes what changed and leaves the other files as they stand, time and all."""
        take_in(engine, reading())
        first = export(engine, tmp_path / "out", "csv-machine", moment())
        stood = {path.name: path.stat().st_mtime_ns for path in first.files}
        record_decision(
            engine, NewDecision("pho-an", "2023-Q3", "accept", "Lan", "rõ", figure="dossiers_received"), moment(5)
        )

        second = export(engine, tmp_path / "out", "csv-machine", moment(9))

        assert "mart_decision.csv" in second.changed
        assert "mart_unit.csv" not in second.changed
        still = {p.name for p in second.files if p.stat().st_mtime_ns == stood[p.name]}
        assert still >= {name for name in stood if name.endswith(".csv")} - set(second.changed)

    def test_readme_tells_how_complete_the_round_is(self, house: Engine, tmp_path: Path) -> None:
        """The README says in Vietnamese how many wards are in which state, and what each table holds."""
        with use_language("vi"):
            folder = export(house, tmp_path / "out", "csv", moment(), round_label="2023-Q3").folder

        text = (folder / "README.md").read_text(encoding="utf-8")

        assert "Dữ liệu kỳ 2023-Q3" in text
        assert "15 xã, phường phải gửi; đã nạp: 1, chưa gửi: 14" in text
        assert "`mart_figure_long` (2 dòng): Số liệu hiện hành" in text

    def test_readme_speaks_english_on_request(self, house: Engine, tmp_path: Path) -> None:
        """In English the same page is English."""
        folder = export(house, tmp_path / "out", "csv", moment(), round_label="2023-Q3").folder

        assert "15 wards expected; loaded: 1, missing: 14" in (folder / "README.md").read_text(encoding="utf-8")

    def test_same_content_gives_the_same_files(self, house: Engine, tmp_path: Path) -> None:
        """A second export of an unchanged warehouse is the same, byte for byte."""
        first = export(house, tmp_path / "a", "csv", moment()).files
        second = export(house, tmp_path / "b", "csv", moment()).files

        assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]

    def test_earlier_export_is_replaced_and_nothing_else(self, house: Engine, tmp_path: Path) -> None:
        """An export goes in the place of the one before; a folder with anything else is left alone."""
        export(house, tmp_path / "out", "parquet", moment())
        export(house, tmp_path / "out", "csv", moment())
        assert not list((tmp_path / "out").glob("*.parquet"))
        (tmp_path / "mine").mkdir()
        (tmp_path / "mine" / "letter.txt").write_text("keep")

        with pytest.raises(ConfigurationError, match="mine"):
            export(house, tmp_path / "mine", "csv", moment())

        assert (tmp_path / "mine" / "letter.txt").read_text() == "keep"
        assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["mine", "out"]

    def test_unknown_format_is_refused(self, house: Engine, tmp_path: Path) -> None:
        """A format there is not is answered with those there are."""
        with pytest.raises(ConfigurationError, match="parquet"):
            export(house, tmp_path / "out", "pdf", moment())

    def test_more_rows_than_a_sheet_holds_are_refused(
        self, house: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A workbook never leaves rows out silently; nothing is left behind."""
        monkeypatch.setattr(workbook, "MOST_ROWS", 1)

        with pytest.raises(WarehouseError, match="duckdb"):
            export(house, tmp_path / "out", "xlsx", moment())

        assert [p for p in tmp_path.iterdir() if p.name.startswith(("out", ".out"))] == []


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "\t=1", "  =1", "\r=1", "\n+1"])
def test_what_begins_like_a_command_is_made_inert(text: str) -> None:
    """Every way a spreadsheet takes a cell for a command is stopped by an apostrophe."""
    assert inert(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Phổ An", "1.234", "a=b", "12-3"])
def test_ordinary_text_stays(text: str) -> None:
    """Text that is no command is written as it is."""
    assert inert(text) == text


def _csv_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.stem: read_csv(path) for path in folder.glob("*.csv")}


def _parquet_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    return {path.stem: parquet.read_table(path).to_pylist() for path in folder.glob("*.parquet")}


def _xlsx_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    tables = {}
    for page in openpyxl.load_workbook(folder / "cchc.xlsx"):
        head, *rows = page.iter_rows(values_only=True)
        tables[page.title] = [dict(zip(head, row, strict=True)) for row in rows]
    return tables


def _ods_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with zipfile.ZipFile(folder / "cchc.ods") as archive:
        sheets_of = ElementTree.fromstring(archive.read("content.xml")).iter(f"{_ODF}table:1.0}}table")
        tables = {}
        for sheet in sheets_of:
            head, *rows = [
                ["\n".join("".join(p.itertext()) for p in cell) or None for cell in row]
                for row in sheet.iter(f"{_ODF}table:1.0}}table-row")
            ]
            name = sheet.get(f"{_ODF}table:1.0}}name") or ""
            tables[name] = [dict(zip(map(str, head), row, strict=True)) for row in rows]
        return tables


def _sqlite_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(folder / "cchc.sqlite")) as database:
        database.row_factory = sqlite3.Row
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: [dict(row) for row in database.execute(f'SELECT * FROM "{name}"')] for name in names}


def _duckdb_tables(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(duckdb.connect(str(folder / "cchc.duckdb"), read_only=True)) as database:
        names = [row[0] for row in database.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        return {name: database.sql(f'SELECT * FROM "{name}"').to_arrow_table().to_pylist() for name in names}


_READERS = {
    "csv": _csv_tables,
    "csv-machine": _csv_tables,
    "parquet": _parquet_tables,
    "xlsx": _xlsx_tables,
    "ods": _ods_tables,
    "sqlite": _sqlite_tables,
    "duckdb": _duckdb_tables,
}
