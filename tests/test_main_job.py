"""The main job from end to end: the sample inbox becomes a ranked round, and a second run changes nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from typer.testing import CliRunner

from pipelines.cli import make_app
from pipelines.keeping.archive import Archive
from pipelines.settings import Settings, load_settings
from tests.server import database, run
from tests.warehouse import first_minutes
from tests.warehouse.made import moment
from tests.warehouse.reckoned import plain
from tests.warehouse.test_cookbook import assert_reckoned, recipes, ways_into
from warehouse.connection import open_warehouse
from warehouse.export import export
from warehouse.queries import figures_long, rank_rows, reports, submissions
from warehouse.sql import query
from warehouse.transfer import copy_warehouse

SAMPLE = Path(__file__).resolve().parents[1] / "sample"
ROUND = "2024-Q3"

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Done:
    """A home after the main job, and what the two runs printed."""

    settings: Settings
    first: str
    second: str


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Done]:
    """Run what `make run` runs, twice, in a home of its own."""
    home = tmp_path_factory.mktemp("home")
    env = {"CCHC_HOME": str(home), "COLUMNS": "200", "CCHC_LANG": "vi"}
    call = ["demo", "--inbox", str(SAMPLE / "inbox"), "--round", ROUND, "--received-at", "2024-09-13"]
    call += ["--by", "Dữ liệu mẫu", "--why", "bộ báo cáo mẫu"]
    with pytest.MonkeyPatch.context() as patch:
        for name, value in env.items():
            patch.setenv(name, value)
        results = [CliRunner().invoke(make_app(("main",)), call, catch_exceptions=False) for _ in range(2)]
        yield Done(load_settings(), results[0].output, results[1].output)


def test_every_file_of_the_inbox_is_kept_and_accounted_for(done: Done) -> None:
    """Each file is in the archive byte for byte and has a row, placed or laid aside with a reason in Vietnamese."""
    rows = {row.file_name: row for row in submissions(open_warehouse(done.settings.warehouse_url))}
    archive = Archive(done.settings.archive_url)

    assert set(rows) == {path.name for path in (SAMPLE / "inbox").iterdir()}
    for name, row in rows.items():
        content = (SAMPLE / "inbox" / name).read_bytes()
        assert row.sha256 == hashlib.sha256(content).hexdigest()
        with archive.original(row.sha256) as original:
            assert original.read_bytes() == content
        assert row.state == "placed" or row.message_vi


def test_what_is_no_report_waits_with_its_named_outcome(done: Done) -> None:
    """The invitation and the cut file are laid aside under their names; nothing else of digital text is."""
    rows = submissions(open_warehouse(done.settings.warehouse_url), state="quarantined")
    digital = {row.file_name: row.outcome for row in rows if "Hoa" not in row.file_name and "Nhon" not in row.file_name}

    assert digital == {"Giay moi hop giao ban.docx": "not_a_report", "bao cao gui lai (loi).pdf": "damaged"}


def test_a_corrected_resend_is_the_next_version(done: Done) -> None:
    """Phổ Văn sent twice: the correction is in force, the first stays readable in the archive."""
    engine = open_warehouse(done.settings.warehouse_url)
    versions = {row.version: row for row in submissions(engine, ROUND, "pho-van")}

    assert versions[2].is_current
    assert "dinh chinh" in versions[2].file_name
    (report,) = reports(engine, ROUND, "pho-van")
    assert report.version == 2
    with Archive(done.settings.archive_url).original(versions[1].sha256) as original:
        assert original.read_bytes().startswith(b"%PDF")


def test_figures_are_those_of_the_key(done: Done) -> None:
    """What counts without anybody looking is what the writer of the report meant, in the digital reports."""
    key = json.loads((SAMPLE / "key.json").read_text(encoding="utf-8"))
    truth = {(k["ward"], code): value for k in key.values() for code, value in k["figures"].items()}
    rows = [r for r in figures_long(open_warehouse(done.settings.warehouse_url), ROUND) if r.value is not None]

    wrong = [(r.ward, r.figure, r.value) for r in rows if float(r.value or 0) != truth.get((r.ward, r.figure))]
    assert len(rows) > 300
    assert len(wrong) / len(rows) <= 0.003, wrong


def test_the_ranking_names_every_ward(done: Done) -> None:
    """Fifteen rows, places from 1 without a hole but for ties, those without a place with the reason."""
    rows = rank_rows(open_warehouse(done.settings.warehouse_url), ROUND, done.settings.scorecard)
    placed = sorted(row.rank for row in rows if row.rank is not None)

    assert len(rows) == 15
    assert placed[0] == 1
    assert all(place == sum(other < place for other in placed) + 1 for place in placed)
    assert all(row.reason_unranked for row in rows if row.rank is None)


def test_the_papers_are_there(done: Done) -> None:
    """Workbook, district report, ranking and page lie in the outputs of the round."""
    suffixes = {path.suffix for path in (done.settings.outputs / ROUND).iterdir()}

    assert {".xlsx", ".docx", ".pdf", ".html"} <= suffixes


def test_a_second_run_changes_nothing_and_says_so(done: Done) -> None:
    """The second run knows every file, computes nothing anew, and says in Vietnamese that nothing has changed."""
    assert "Không có gì thay đổi" in done.second
    assert "Không có gì thay đổi" not in done.first
    assert "Traceback" not in done.first + done.second


@dataclass(frozen=True)
class Ways:
    """The folder of the sample's exports, one below it a format, and every way to ask them in SQL."""

    folder: Path
    asked: dict[str, Callable[[str], list[tuple[Any, ...]]]]


@pytest.fixture(scope="module")
def ways(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Ways:
    """Export the sample once."""
    folder = tmp_path_factory.mktemp("ways")
    return Ways(folder, ways_into(open_warehouse(done.settings.warehouse_url), folder))


def test_an_analysts_first_minutes(done: Done, ways: Ways) -> None:
    """From the sample's warehouse to an answer, each way in gives the same one: SQL, files, pages, notebook."""
    engine = open_warehouse(done.settings.warehouse_url)
    question = recipes()[first_minutes.QUESTION]
    expected = query(engine, question).rows
    package = export(engine, ways.folder / "csv", "csv-machine", moment(), round_label=ROUND).folder

    names, shown = first_minutes.run_notebook(done.settings.warehouse_url)
    with first_minutes.program(done.settings, engine) as (client, secret):
        by_api = first_minutes.by_api(client, secret, ROUND)
        by_recipes = first_minutes.by_recipes(client, secret)
    answers = {name: ask(question) for name, ask in ways.asked.items()} | {
        "csv": first_minutes.by_csv(package, ROUND),
        "api": by_api,
        "datasette": first_minutes.by_canned_query(ways.folder / "sqlite"),
        "notebook": first_minutes.by_notebook(names, "on_time"),
        "notebook, in SQL": first_minutes.by_notebook(names, "by_sql"),
    }

    assert expected
    assert len(by_recipes) == 2
    assert all(by_recipes.values())
    assert {name: plain(rows) for name, rows in answers.items()} == dict.fromkeys(answers, plain(expected))
    assert [number for number, what in enumerate(shown) if not len(what)] == []


def test_every_question_of_the_cookbook_is_answered(done: Done, ways: Ways) -> None:
    """As printed, each finds something about the sample round, is what pandas works out, and the same by every way."""
    engine = open_warehouse(done.settings.warehouse_url)
    answers = {number: query(engine, sql).rows for number, sql in recipes().items()}

    assert [number for number, rows in answers.items() if not rows] == []
    assert_reckoned(engine, {})
    for number, sql in recipes().items():
        for name, ask in ways.asked.items():
            assert plain(ask(sql)) == plain(answers[number]), f"question {number} by {name}"


@pytest.mark.postgres
def test_the_cookbook_answers_the_same_on_postgresql(done: Done, postgres: str) -> None:
    """The sample's warehouse moved to PostgreSQL answers every question as printed, also through pandas."""
    run(postgres, "CREATE DATABASE sample")
    house, server = open_warehouse(done.settings.warehouse_url), open_warehouse(database(postgres, "sample"))
    copy_warehouse(house, server)

    for number, sql in recipes().items():
        expected = plain(query(house, sql).rows)
        by_pandas = pd.read_sql(sql, server).astype("object").itertuples(index=False, name=None)
        assert plain(query(server, sql).rows) == expected, f"question {number}"
        assert plain(by_pandas) == expected, f"question {number} by pandas"
    assert_reckoned(server, {})
    server.dispose()
