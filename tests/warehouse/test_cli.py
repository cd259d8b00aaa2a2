"""`cchc export` and `cchc sql`, as typed."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from pipelines.cli import export, make_app, sql
from pipelines.cli.common import Exit
from tests.warehouse.made import finding, reading, take_in
from warehouse.connection import open_warehouse

QUESTION = "SELECT figure, value, page FROM mart_figure_long ORDER BY figure"


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home whose warehouse holds one report."""
    shutil.copy(sqlite_template, tmp_path / "warehouse.db")
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    monkeypatch.delenv("CCHC_WAREHOUSE_URL", raising=False)
    engine = open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}")
    take_in(engine, reading(), (finding(),))
    engine.dispose()
    return tmp_path


def run(*words: object, given: str | None = None) -> Result:
    """Return what a call printed and its exit code."""
    app = typer.Typer()
    for module in (export, sql):
        module.register(app)
    return CliRunner().invoke(app, [str(word) for word in words], input=given)


class TestSql:
    def test_table_for_people(self, home: Path) -> None:
        """The answer is a table with its columns; what is unknown is a dash."""
        result = run("sql", "SELECT ward_name, value, decided_value FROM mart_figure_long WHERE value = 90")

        assert result.exit_code == Exit.DONE
        assert "Phổ An" in result.stdout
        assert "90" in result.stdout
        assert "–" in result.stdout

    def test_csv_and_json_for_programs(self, home: Path) -> None:
        """The same answer can be read back from both forms."""
        as_csv = list(csv.DictReader(io.StringIO(run("sql", QUESTION, "--format", "csv").stdout)))
        as_json = [json.loads(line) for line in run("sql", QUESTION, "--format", "json").stdout.splitlines()]

        assert as_csv == [
            {"figure": "dossiers_received", "value": "100", "page": "1"},
            {"figure": "dossiers_resolved", "value": "90", "page": "1"},
        ]
        assert as_json == [
            {"figure": "dossiers_received", "value": 100, "page": 1},
            {"figure": "dossiers_resolved", "value": 90, "page": 1},
        ]

    def test_question_from_standard_input(self, home: Path) -> None:
        """A dash reads the question from standard input."""
        assert "dossiers_received" in run("sql", "-", "--format", "csv", given=QUESTION).stdout

    def test_says_when_there_is_more(self, home: Path) -> None:
        """Rows beyond the limit are told of on standard error; 0 asks for all."""
        cut = run("sql", "SELECT slug FROM ward", "--limit", 3, "--format", "csv")

        assert len(cut.stdout.splitlines()) == 4
        assert "--limit" in cut.stderr
        assert len(run("sql", "SELECT slug FROM ward", "--limit", 0, "--format", "csv").stdout.splitlines()) == 16

    def test_what_would_change_something_is_refused(self, home: Path) -> None:
        """A writing statement ends with the code of what was not done, in one line and without a traceback."""
        result = run("sql", "DELETE FROM report")

        assert result.exit_code == Exit.FAILED
        assert "SELECT" in result.stderr
        assert "Traceback" not in result.stderr


class TestReader:
    def test_init_makes_the_role(self, url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """`cchc init --reader` makes the role on PostgreSQL, and on SQLite says what to do instead."""
        monkeypatch.setenv("CCHC_HOME", str(tmp_path / "home"))
        monkeypatch.setenv("CCHC_WAREHOUSE_URL", url)

        result = CliRunner().invoke(make_app(("main",)), ["init", "--reader"])

        if url.startswith("sqlite"):
            assert (result.exit_code, "cchc sql" in result.stderr) == (Exit.CONFIGURATION, True)
        else:
            assert (result.exit_code, "cchc_reader" in result.stdout) == (Exit.DONE, True)


class TestExport:
    def test_writes_beside_the_outputs(self, home: Path) -> None:
        """Without a folder the export lies with the outputs, under round and format."""
        result = run("export", "--round", "2023-q3", "--format", "csv")

        assert result.exit_code == Exit.DONE
        folder = home / "outputs" / "export" / "2023-Q3" / "csv"
        assert (folder / "mart_figure_long.csv").is_file()
        assert "datapackage.json" in result.stdout

    def test_writes_where_it_is_told(self, home: Path) -> None:
        """A folder that is named is used; all rounds are the default."""
        assert run("export", "--format", "duckdb", "--out", home / "x").exit_code == Exit.DONE

        assert (home / "x" / "cchc.duckdb").is_file()

    def test_past_state_lies_apart_and_says_its_moment(self, home: Path) -> None:
        """An export as of a moment does not replace today's, holds what was there then, and says so."""
        run("export", "--round", "2023-Q3")
        result = run("export", "--round", "2023-Q3", "--as-of", "2023-09-10T07:00")

        assert result.exit_code == Exit.DONE
        folder = home / "outputs" / "export" / "2023-Q3"
        lines = {name: len((folder / name / "mart_figure_long.csv").read_text().splitlines())
                 for name in ("csv", "csv-20230910T0700")}  # fmt: skip
        assert lines == {"csv": 3, "csv-20230910T0700": 1}
        assert "10/09/2023 07:00" in (folder / "csv-20230910T0700" / "README.md").read_text()

    @pytest.mark.parametrize(
        ("words", "code"), [(("--format", "xls"), Exit.CONFIGURATION), (("--round", "Q3"), Exit.USAGE)]
    )
    def test_wrong_words_are_told(self, home: Path, words: tuple[str, ...], code: Exit) -> None:
        """An unknown format is a wrong setting, a mistyped round a wrong call, and nothing is written."""
        result = run("export", *words)

        assert result.exit_code == code
        assert not (home / "outputs").exists()
