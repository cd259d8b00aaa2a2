"""Drafts, the first publication, the lock, and revisions that say what changed and why."""

from __future__ import annotations

import csv
import io
import json
import stat
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from threading import Barrier
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from catalogue.office import office
from catalogue.paper import wording
from catalogue.scorecards import load_scorecard
from cchc.errors import PublicationError
from publications import publish as publishing_module
from publications import publish_round, words
from publications.content import Change, Edition
from publications.freshness import Drafts, card_of, drafts_of, note_drafts
from publications.gather import gather
from publications.publish import altered_papers, changes_of, changes_told, is_locked, publish, remaining, write_drafts
from publications.snapshot import changes_between, read_snapshot, snapshot_bytes, snapshot_of
from publications.unfilled import unfilled
from scoring.inputs import Waiver
from tests.light import light_papers
from tests.publications import sample
from tests.publications.house import send
from tests.publications.sample import BLOCKED, MOMENT, ROUND, SILENT, values
from warehouse.decisions import record_decision
from warehouse.paper_texts import write_text
from warehouse.publishing import publications
from warehouse.queries import findings
from warehouse.rows import NewDecision
from warehouse.scores.asked import record_asked
from warehouse.scores.basis import basis
from warehouse.scores.marks import waive

BY = "Nguyễn Thị A"

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


@pytest.fixture
def quick() -> Iterator[None]:
    """Make the papers lightly."""
    with light_papers():
        yield


def correct(engine: Engine, file: int = 2) -> None:
    """Let Phổ An send a correction: one late dossier more, so one fewer in time."""
    figures = values(1, ROUND)
    figures["dossiers_late"] += 1
    figures["dossiers_early_or_on_time"] -= 1
    send(engine, "pho-an", figures, file=file)


def entered(engine: Engine) -> None:
    """Let a person enter a value for a figure."""
    record_decision(engine, NewDecision("pho-an", ROUND, "enter", BY, "sổ", None, "staff_total", Decimal(19)), MOMENT)


def waived(engine: Engine) -> None:
    """Let a person find that a criterion does not apply."""
    waive(engine, ROUND, load_scorecard(), Waiver("pho-an", "online", BY, "không có"), MOMENT)


def asked(engine: Engine) -> None:
    """Let a person ask a ward for what its report does not print."""
    record_asked(engine, ROUND, "pho-an", BY, "điện thoại", MOMENT)


def written(engine: Engine) -> None:
    """Let a person add a text to the report."""
    write_text(engine, ROUND, "Việc mới.", BY, MOMENT)


def found_open(engine: Engine) -> str:
    """Return the key of the round's open error."""
    return next(row.key for row in findings(engine, ROUND) if row.severity == "error")


class TestOldDrafts:
    def test_drafts_are_old_whatever_way_something_changed(self, engine: Engine) -> None:
        """A report, a decision, a mark, a ward that was asked, a text: after each the drafts noted before are old."""
        for minutes, change in enumerate((correct, entered, waived, asked, written)):
            made_at = MOMENT + timedelta(minutes=minutes)
            note_drafts(engine, ROUND, basis(engine, ROUND, card_of(engine, ROUND, None)), made_at)
            assert drafts_of(engine, ROUND) == Drafts(made_at, is_old=False)

            change(engine)

            assert drafts_of(engine, ROUND) == Drafts(made_at, is_old=True), change

    @pytest.mark.usefixtures("quick")
    def test_old_drafts_are_not_published_over(self, engine: Engine, folder: Path) -> None:
        """What somebody looked at is what is published: old drafts are refused with what to do, new ones are not."""
        publish_round(engine, ROUND, folder, MOMENT)
        entered(engine)

        with pytest.raises(PublicationError, match=r"cũ hơn số liệu .*cchc papers 2023-Q3"):
            publish(engine, ROUND, folder, MOMENT, by=BY)

        assert publications(engine, ROUND) == []
        publish_round(engine, ROUND, folder, MOMENT + timedelta(minutes=5))
        assert not drafts_of(engine, ROUND).is_old

    def test_first_page_says_from_which_figures(self) -> None:
        """A printed draft names the moment and the code of its figures; what is published does not."""
        said = words.draft_note(Edition(basis="1a2b3c4d"), MOMENT)

        assert said.startswith("Bản thảo lập lúc 20/09/2023 08:30 theo số liệu mã 1a2b3c4d.")
        assert "bản thảo cũ hơn số liệu" in said
        assert words.draft_note(Edition(draft=False, basis="1a2b3c4d"), MOMENT) == ""


class TestDrafts:
    def test_drafts_are_all_papers_and_lock_nothing(self, shared: Engine, drafts: list[Path]) -> None:
        """A draft is a whole set of papers; the round stays open."""
        assert [path.name for path in drafts] == [
            "bang-tinh-2023-Q3.xlsx",
            "bao-cao-2023-Q3.docx",
            "bao-cao-2023-Q3-trinh-ky.docx",
            "xep-hang-2023-Q3.pdf",
            "trang-2023-Q3.html",
            "gia-tri-2023-Q3.json",
            "du-lieu-2023-Q3.zip",
        ]
        assert all(path.parent == drafts[0].parent and path.stat().st_size > 500 for path in drafts)
        assert not is_locked(shared, ROUND)
        assert publications(shared, ROUND) == []
        with zipfile.ZipFile(drafts[-1]) as archive:
            names = archive.namelist()
            ranking = csv.DictReader(io.StringIO(archive.read("csv/mart_ranking.csv").decode("utf-8-sig")))
            points = {row["ward"]: Decimal(row["total"]) for row in ranking if row["total"]}
        assert {"csv/mart_figure_long.csv", "parquet/mart_figure_long.parquet", "csv/datapackage.json"} <= set(names)
        content = gather(shared, ROUND, MOMENT, Edition())
        assert points == {row.ward: row.total for row in content.ranking if row.total is not None}

    @pytest.mark.usefixtures("quick")
    def test_drafts_replace_drafts(self, engine: Engine, folder: Path) -> None:
        """The folder holds the latest drafts and nothing else."""
        first = write_drafts(engine, ROUND, folder, MOMENT)
        before = first[0].read_bytes()
        correct(engine)

        second = write_drafts(engine, ROUND, folder, MOMENT)

        assert second == first
        assert second[0].read_bytes() != before
        assert sorted(folder.iterdir()) == sorted(first)


@pytest.mark.usefixtures("quick")
class TestPublishing:
    def test_publication_needs_a_name(self, engine: Engine, folder: Path) -> None:
        """Nobody publishes nothing."""
        with pytest.raises(PublicationError, match="người công bố"):
            publish(engine, ROUND, folder, MOMENT, by="  ")

        assert not is_locked(engine, ROUND)

    def test_a_place_to_be_filled_in_is_not_published(self, engine: Engine, folder: Path) -> None:
        """A gap that somebody left in the round's text stops the publication, named with where it stands."""
        write_text(engine, ROUND, "Việc mới.\nThực hiện Kế hoạch số …/KH-UBND.", BY, MOMENT)

        with pytest.raises(PublicationError, match="phần văn bản của kỳ: “Thực hiện Kế hoạch số …/KH"):
            publish(engine, ROUND, folder, MOMENT, by=BY)

        assert not is_locked(engine, ROUND)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Giao [tên đơn vị] chủ trì.", True),
            ("Giao phường … chủ trì.", True),
            ("Giao <tên> chủ trì.", True),
            ("Hoàn thành trước ngày ..../..../2026.", True),
            ("Kính gửi: {addressee}", True),
            ("TODO: nêu nguyên nhân", True),
            ("Về hộ tịch, chứng thực, đất đai, ...", False),
            ("Theo tinh thần Đại hội XX, giảm 30% (10/15 đơn vị) [3].", False),
        ],
    )
    def test_what_is_a_place_to_be_filled_in(self, text: str, found: bool) -> None:
        """Dots, brackets and braces that wait for words are; ends of lists, numerals, marks of sources are not."""
        assert unfilled(office(), wording(), (text,)) == ([("phần văn bản của kỳ", text)] if found else [])

    def test_first_publication_is_recorded_locked_and_read_only(self, engine: Engine, folder: Path) -> None:
        """Every file is on record by hash, under the name of the person."""
        paths = publish(engine, ROUND, folder, MOMENT, by=BY)

        rows = publications(engine, ROUND)
        assert [(r.revision, r.published_by, r.path) for r in rows] == [
            (0, BY, f"{ROUND}/cong-bo/{path.name}") for path in paths
        ]
        assert is_locked(engine, ROUND)
        assert altered_papers(engine, ROUND, folder) == []
        assert all(stat.S_IMODE(path.stat().st_mode) == 0o444 for path in paths)

    def test_revision_needs_a_reason(self, engine: Engine, folder: Path) -> None:
        """A locked round is not changed without a why."""
        publish(engine, ROUND, folder, MOMENT, by=BY)
        correct(engine)

        with pytest.raises(PublicationError, match="lý do"):
            publish(engine, ROUND, folder, MOMENT, by=BY)

    def test_revision_that_changes_nothing_is_refused(self, engine: Engine, folder: Path) -> None:
        """Two editions never say the same."""
        publish(engine, ROUND, folder, MOMENT, by=BY)

        with pytest.raises(PublicationError, match="không có gì"):
            publish(engine, ROUND, folder, MOMENT, by=BY, why="thử")

        assert not (folder / "sua-doi-1").exists()

    def test_revision_lists_what_changed_and_leaves_the_superseded_files(self, engine: Engine, folder: Path) -> None:
        """The former edition stays as it was; the new one says what differs, cause first."""
        former = publish(engine, ROUND, folder, MOMENT, by=BY)
        kept = [path.read_bytes() for path in former]
        correct(engine)

        revised = publish(engine, ROUND, folder, MOMENT, by=BY, why="Phổ An đính chính")

        assert [path.read_bytes() for path in former] == kept
        sheet = openpyxl.load_workbook(revised[0])["Thay đổi"]
        lines = [tuple(c.value for c in row) for row in sheet.iter_rows(min_row=5)]
        late = values(1, ROUND)["dossiers_late"]
        assert lines[0][:2] == ("Báo cáo", "Xã Phổ An")
        assert ("Số liệu", "Xã Phổ An", "Hồ sơ giải quyết quá hạn/trễ hạn", str(late), str(late + 1)) in [
            line[:5] for line in lines
        ]
        assert {r.revision for r in publications(engine, ROUND)} == {0, 1}
        assert publications(engine, ROUND)[-1].note.startswith("Phổ An đính chính (")
        told = changes_of(engine, ROUND, folder, 1, MOMENT)
        assert f"Số liệu: Xã Phổ An · Hồ sơ giải quyết quá hạn/trễ hạn: {late} → {late + 1}" in told

    def test_decision_on_a_finding_alone_makes_a_revision(self, engine: Engine, folder: Path) -> None:
        """A finding settled without any value moving is told in the papers and to who is about to revise."""
        open_error = found_open(engine)
        publish(engine, ROUND, folder, MOMENT, by=BY)
        assert changes_told(engine, ROUND, folder, MOMENT) == []
        record_decision(engine, NewDecision(BLOCKED[0], ROUND, "reject", "Trần B", "đã gọi hỏi", open_error), MOMENT)

        told = changes_told(engine, ROUND, folder, MOMENT)
        revised = publish(engine, ROUND, folder, MOMENT, by=BY, why="đã xác minh")

        [line] = [line for line in told if line.startswith("Phát hiện")]
        assert "→ đã xử lý (Trần B quyết định ngày" in line
        assert "đã gọi hỏi" in line
        sheet = openpyxl.load_workbook(revised[0])["Thay đổi"]
        [row] = [[c.value for c in row] for row in sheet.iter_rows(min_row=5) if row[0].value == "Phát hiện"]
        assert row[3:5] == ["chưa xử lý (lỗi)", "đã xử lý"]

    def test_draft_after_publication_shows_what_would_change(self, engine: Engine, folder: Path) -> None:
        """Who is about to revise sees the changes first."""
        publish(engine, ROUND, folder, MOMENT, by=BY)
        correct(engine)

        drafts = write_drafts(engine, ROUND, folder, MOMENT)

        book = openpyxl.load_workbook(drafts[0])
        assert "Thay đổi" in book.sheetnames
        assert str(book["Mục lục"]["A2"].value).startswith("DỰ THẢO")

    def test_altered_edition_is_told_and_stops_the_next(self, engine: Engine, folder: Path) -> None:
        """A published file that is no longer what was published is never built upon."""
        paths = publish(engine, ROUND, folder, MOMENT, by=BY)
        snapshot = next(path for path in paths if path.suffix == ".json")
        snapshot.chmod(0o644)
        snapshot.write_bytes(snapshot.read_bytes() + b" ")
        correct(engine)

        assert altered_papers(engine, ROUND, folder) == [f"{ROUND}/cong-bo/{snapshot.name}"]
        with pytest.raises(PublicationError, match="sao lưu"):
            publish(engine, ROUND, folder, MOMENT, by=BY, why="đính chính")

    def test_failed_record_leaves_no_folder(
        self, engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Files and record come together or not at all."""

        def refuse(*_args: object, **_named: object) -> int:
            raise PublicationError("refused")

        monkeypatch.setattr(publishing_module.publishing, "record_publication", refuse)
        with pytest.raises(PublicationError, match="refused"):
            publish(engine, ROUND, folder, MOMENT, by=BY)

        assert not (folder / "cong-bo").exists()
        assert not is_locked(engine, ROUND)

    def test_full_disk_leaves_no_folder_and_no_record(
        self, engine: Engine, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where a file cannot be written nothing was published, and the message says what to do."""
        from publications import papers

        def fail(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(papers.os, "fsync", fail)
        with pytest.raises(PublicationError, match="No space left"):
            publish(engine, ROUND, folder, MOMENT, by=BY)

        assert not (folder / "cong-bo").exists()
        assert publications(engine, ROUND) == []

    def test_round_without_any_report_is_not_published(self, engine: Engine, folder: Path) -> None:
        """There is nothing to put a name under."""
        with pytest.raises(PublicationError, match="không có gì để công bố"):
            publish(engine, "2024-Q1", folder, MOMENT, by=BY)

    def test_leftovers_of_a_broken_off_try_are_replaced(self, engine: Engine, folder: Path) -> None:
        """A folder that no record knows was never published."""
        (folder / "cong-bo").mkdir(parents=True)
        (folder / "cong-bo" / "half.xlsx").write_bytes(b"half")

        paths = publish(engine, ROUND, folder, MOMENT, by=BY)

        assert sorted(p.name for p in (folder / "cong-bo").iterdir()) == sorted(p.name for p in paths)


class TestRemaining:
    def test_what_is_open_is_counted(self, shared: Engine) -> None:
        """Missing wards, waiting figures, errors and warnings are told before anything is published."""
        still = remaining(shared, ROUND)

        assert (still.missing, still.errors, still.warnings, still.waiting) == ((SILENT,), 1, 0, 0)
        assert still


class TestSnapshot:
    def test_snapshot_comes_back_as_it_went(self) -> None:
        """What is written is what is read."""
        snapshot = snapshot_of(sample.content())

        assert read_snapshot(snapshot_bytes(snapshot)) == snapshot

    def test_same_content_has_no_changes(self) -> None:
        """Nothing differs from itself."""
        assert changes_between(snapshot_of(sample.content()), sample.content()) == ()

    def test_value_that_ceased_to_count_is_a_change(self) -> None:
        """From a number to nothing is shown as a dash, with its unit's form before."""
        before = snapshot_of(sample.content())
        key = "|".join(BLOCKED)

        changed = type(before)(**{**vars(before), "figures": {**before.figures, key: "1234.5"}})

        assert changes_between(changed, sample.content()) == (
            Change("figure", *BLOCKED, "1.234,5", "–", "Báo cáo bản thứ 1"),
        )

    def test_findings_opened_and_resolved_are_changes(self) -> None:
        """Each finding whose state differs is listed with its words, what it was, what it is, and what resolved it."""
        now = sample.content()
        error, _warning, settled = now.findings
        before = replace(snapshot_of(now), findings={settled.finding.key: "warning"})

        changed = changes_between(before, now)

        assert changed[0] == Change("finding", BLOCKED[0], error.finding.message_vi, "–", "chưa xử lý (lỗi)")
        assert changed[2:] == (
            Change(
                "finding",
                "pho-an",
                settled.finding.message_vi,
                "chưa xử lý (cần xác nhận)",
                "đã xử lý",
                settled.resolution,
            ),
        )

    def test_finding_that_became_graver_is_a_change(self) -> None:
        """A warning that is an error by now keeps the figure out, which the list says."""
        now = sample.content()
        key = now.findings[0].finding.key
        kept = snapshot_of(now)
        assert kept.findings is not None

        (change,) = changes_between(replace(kept, findings={**kept.findings, key: "warning"}), now)

        assert (change.before, change.after) == ("chưa xử lý (cần xác nhận)", "chưa xử lý (lỗi)")

    def test_edition_that_kept_no_findings_is_compared_without_them(self) -> None:
        """The values of an edition made before findings were kept can still be read; none of today's is called new."""
        old = json.loads(snapshot_bytes(snapshot_of(sample.content())))
        del old["findings"]

        before = read_snapshot(json.dumps(old).encode())

        assert before.findings is None
        assert changes_between(before, sample.content()) == ()

    def test_equal_values_written_otherwise_are_no_change(self, engine: Engine) -> None:
        """5 and 5.00 are one value, whichever engine wrote it."""
        content = gather(engine, ROUND, MOMENT, Edition())
        before = snapshot_of(content)

        assert before.figures["pho-an|satisfaction_pct"] == f"{Decimal('91.50').normalize():f}"


@pytest.mark.usefixtures("quick")
class TestTogether:
    def test_two_people_publishing_at_once_make_one_edition(self, engine: Engine, folder: Path) -> None:
        """One of them publishes; the other is told that the round is published by now."""

        def try_it(name: str) -> str:
            try:
                publish(engine, ROUND, folder, MOMENT, by=name)
            except PublicationError as error:
                return str(error)
            return "published"

        with ThreadPoolExecutor(2) as pool:
            told = sorted(pool.map(try_it, ("A", "B")))

        assert told[1] == "published"
        assert "hãy nêu lý do sửa đổi" in told[0]
        assert {row.revision for row in publications(engine, ROUND)} == {0}
        assert altered_papers(engine, ROUND, folder) == []

    def test_two_machines_on_one_warehouse_make_one_edition(
        self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """With a folder each no lock parts them: both make their papers, one is recorded, the other keeps no folder."""
        both_are_made = Barrier(2)
        record = publishing_module.publishing.record_publication

        def after_both(*args: Any, **named: Any) -> int:
            both_are_made.wait(timeout=60)
            return record(*args, **named)

        monkeypatch.setattr(publishing_module.publishing, "record_publication", after_both)

        def try_it(name: str) -> str:
            try:
                publish(engine, ROUND, tmp_path / name / ROUND, MOMENT, by=name, why="sửa")
            except PublicationError as error:
                return str(error)
            return "published"

        with ThreadPoolExecutor(2) as pool:
            told = dict(zip("AB", pool.map(try_it, "AB"), strict=True))

        winner = next(name for name, line in told.items() if line == "published")
        loser = "B" if winner == "A" else "A"
        assert f"vừa được {winner} công bố" in told[loser]
        assert "cchc revise" in told[loser]
        assert {(row.revision, row.published_by) for row in publications(engine, ROUND)} == {(0, winner)}
        assert altered_papers(engine, ROUND, tmp_path / winner / ROUND) == []
        assert not (tmp_path / loser / ROUND / "cong-bo").exists()

    def test_publication_that_came_too_late_touches_no_file(self, engine: Engine, folder: Path) -> None:
        """Who meant the first edition gets no revision, and the edition that stands is left as it is."""
        publish(engine, ROUND, folder, MOMENT, by="A", expected=0)
        correct(engine)

        with pytest.raises(PublicationError, match="vừa được A công bố"):
            publish(engine, ROUND, folder, MOMENT, by="B", why="ghi chú", expected=0)

        assert altered_papers(engine, ROUND, folder) == []
        assert {row.revision for row in publications(engine, ROUND)} == {0}
