"""`cchc papers`, `publish` and `revise`: exit codes, the question before publishing, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer
from click.testing import Result
from typer.testing import CliRunner

from pipelines.cli import publish as commands
from pipelines.cli.common import Exit
from publications import papers
from publications import publish as publishing
from tests.publications.house import send
from tests.publications.sample import ROUND, values
from warehouse.connection import open_warehouse


@pytest.fixture
def app(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    """Give the commands over a home with the filled round, making only the quick papers."""
    kept = tuple(maker for maker in papers._MAKERS if maker[0] in ("workbook", papers.SNAPSHOT))
    monkeypatch.setattr(papers, "_MAKERS", kept)
    monkeypatch.setattr(publishing, "make_data", lambda *_args: b"data")
    database = tmp_path / "warehouse.db"
    database.write_bytes(template.read_bytes())
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    monkeypatch.setenv("CCHC_WAREHOUSE_URL", f"sqlite:///{database}")
    made = typer.Typer()
    commands.register(made)
    return made


def call(app: typer.Typer, *words: str, answer: str | None = None) -> Result:
    """Return what a call leaves behind."""
    return CliRunner().invoke(app, list(words), input=answer)


def test_papers_writes_drafts_and_prints_where(app: typer.Typer, tmp_path: Path) -> None:
    """Every draft's path is printed, one a line."""
    result = call(app, "papers", ROUND)

    assert result.exit_code == Exit.DONE
    folder = tmp_path / "outputs" / ROUND
    assert sorted(result.stdout.split("\n")[:-1]) == sorted(str(path) for path in folder.iterdir())


def test_publish_asks_where_something_is_open_and_takes_no_for_an_answer(app: typer.Typer, tmp_path: Path) -> None:
    """What is open is told before the question; no means nothing was published."""
    result = call(app, "publish", ROUND, "--by", "A", answer="n\n")

    assert result.exit_code == Exit.NEEDS_PERSON
    assert "Chưa có báo cáo: xã Phổ Châu." in result.stderr
    assert "Lỗi chưa xử lý: 1." in result.stderr
    assert not (tmp_path / "outputs" / ROUND / "cong-bo").exists()


def test_publish_then_revise(app: typer.Typer, tmp_path: Path) -> None:
    """The first edition locks the round; a correction becomes revision one."""
    assert call(app, "publish", ROUND, "--by", "A", "--yes").exit_code == Exit.DONE
    again = call(app, "publish", ROUND, "--by", "A", "--yes")
    figures = values(1, ROUND) | {"communication_items": values(1, ROUND)["communication_items"] + 1}
    send(open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}"), "pho-an", figures, file=2)

    revised = call(app, "revise", ROUND, "--by", "B", "--why", "Phổ An đính chính", "--yes")

    assert again.exit_code == Exit.FAILED
    assert "cchc revise" in again.stderr
    assert revised.exit_code == Exit.DONE
    assert (tmp_path / "outputs" / ROUND / "sua-doi-1").is_dir()
    assert "Báo cáo: Xã Phổ An: bản thứ 1 → bản thứ 2" in revised.stderr
    assert "Số liệu: Xã Phổ An · " in revised.stderr


def test_papers_of_a_locked_round_say_what_a_revision_would_change(app: typer.Typer, tmp_path: Path) -> None:
    """Whoever looks at the drafts sees on the spot what differs from what was published."""
    call(app, "publish", ROUND, "--by", "A", "--yes")
    same = call(app, "papers", ROUND)
    figures = values(1, ROUND) | {"communication_items": values(1, ROUND)["communication_items"] + 1}
    send(open_warehouse(f"sqlite:///{tmp_path / 'warehouse.db'}"), "pho-an", figures, file=2)

    changed = call(app, "papers", ROUND)

    assert "Thay đổi" not in same.stderr
    assert "Báo cáo: Xã Phổ An" in changed.stderr


def test_revise_of_an_unpublished_round_is_refused(app: typer.Typer) -> None:
    """There is nothing to revise before the first edition."""
    result = call(app, "revise", ROUND, "--by", "A", "--why", "x")

    assert result.exit_code == Exit.FAILED
    assert "cchc publish" in result.stderr


@pytest.mark.parametrize("words", [("publish", ROUND), ("revise", ROUND, "--by", "A"), ("papers",)])
def test_missing_words_are_a_wrong_call(app: typer.Typer, words: tuple[str, ...]) -> None:
    """A name for publishing and a reason for revising are asked for."""
    assert call(app, *words).exit_code == Exit.USAGE


def test_wrong_round_is_named(app: typer.Typer) -> None:
    """A label that names no round is told as such."""
    result = call(app, "papers", "2023-Q9")

    assert result.exit_code == Exit.USAGE
    assert "2023-Q9" in result.stderr


def test_altered_paper_is_told(app: typer.Typer, tmp_path: Path) -> None:
    """Drafts are still written, and the altered file is named."""
    call(app, "publish", ROUND, "--by", "A", "--yes")
    paper = tmp_path / "outputs" / ROUND / "cong-bo" / f"bang-tinh-{ROUND}.xlsx"
    paper.chmod(0o644)
    paper.write_bytes(b"other")

    result = call(app, "papers", ROUND)

    assert result.exit_code == Exit.NEEDS_PERSON
    assert f"{ROUND}/cong-bo/bang-tinh-{ROUND}.xlsx" in result.stderr


def test_that_none_was_asked_is_said_in_a_word() -> None:
    """Units are named while some differ from the others; where it is all of them their number stands instead."""
    some, every = (
        commands.still_open(publishing.Remaining((), 0, 0, 0, unasked=("pho-an", "pho-chau"), expected=count))
        for count in (15, 2)
    )

    assert [line.partition(": ")[2] for line in some + every] == ["xã Phổ An, xã Phổ Châu.", "tất cả 2 đơn vị."]
