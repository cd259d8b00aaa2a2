"""`cchc show` and `cchc extract`: each figure with its sentence, to people and to programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assets.partitions import WardRound
from pipelines.cli import make_app
from pipelines.orchestration.process import run_wards
from pipelines.settings import load_settings
from tests.assets.world import ROUND, report, world
from tests.homes import new_home


def test_show_prints_each_figure_with_its_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Value in Vietnamese format, state, sentence, and the share of numbers that have an account."""
    with world(tmp_path) as made:
        made.send(report(tmp_path, "pho-minh", 3), "pho-minh")
        run_wards(made.house, made.instance, [WardRound("pho-minh", ROUND)])
    monkeypatch.setenv("CCHC_HOME", str(made.settings.home))
    monkeypatch.setenv("COLUMNS", "220")

    shown = CliRunner().invoke(make_app(("show",)), ["show", "pho-minh", "2024-q3"], catch_exceptions=False)

    assert shown.exit_code == 0
    assert "Tổng số hồ sơ tiếp nhận trong quý III là" in shown.output
    assert "dossiers_received" in shown.output
    assert "đã được giải thích" in shown.output


def test_show_of_nothing_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ward that sent nothing is no error of the program: it waits for a person."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    new_home(load_settings({"CCHC_HOME": str(tmp_path)}))

    assert CliRunner().invoke(make_app(("show",)), ["show", "pho-minh", ROUND]).exit_code == 1


def test_a_round_that_is_none_is_a_wrong_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says how a round is written."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))

    result = CliRunner().invoke(make_app(("show",)), ["show", "pho-minh", "quý 3"])

    assert result.exit_code == 2
    assert "2023-Q3" in result.output


def test_extract_prints_the_scoring_contract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One JSON object a file, in the order given; a file that cannot be read is a line with its outcome and exit 1."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    good, bad = report(tmp_path, "pho-minh", 3), tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7 and no more")

    result = CliRunner().invoke(make_app(("extract",)), ["extract", str(bad), str(good)], catch_exceptions=False)
    first, second = (json.loads(line) for line in result.output.splitlines() if line.startswith("{"))

    assert result.exit_code == 1
    assert (first["file"], first["error"], first["figures"]) == (str(bad), "damaged", [])
    assert (second["ward"], second["round"], second["doc_no"]) == ("pho-minh", ROUND, "3/BC-UBND")
    assert second["doc_date"] == "2024-09-12"
    figure = next(f for f in second["figures"] if f["figure"] == "dossiers_received")
    assert figure["raw"] in figure["sentence"]
    assert set(figure) >= {"figure", "value", "confidence", "page", "sentence", "box", "span", "label", "rule"}
