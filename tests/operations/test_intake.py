"""Every arrival is kept, judged once, recorded once, and ends as a version, a duplicate or a task for a person."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cchc.errors import DocumentError, PlacementError
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.intake import Kind, Receipt, take_in
from pipelines.arrival.placement import PersonsWord
from pipelines.arrival.retry_quarantine import look_again, waiting_rows
from pipelines.messages.round_ledger import waiting_files
from pipelines.orchestration.collect import left_over
from tests.containers.builders import eml_bytes, zip_bytes
from warehouse.queries import current_submission, submissions
from warehouse.rows import SubmissionRow
from warehouse.scores.receipts import receipts_of

from . import desk as made_up
from .desk import TestDesk, at, test_desk

SEPT12, SEPT14 = at(2023, 9, 12), at(2023, 9, 14)
MINH = "pho-minh|2023-Q3|2023-09-08|first"
MINH2 = "pho-minh|2023-Q3|2023-09-13|corrected"
FILES = ((MINH, "first.docx"), (MINH2, "corrected.docx"))
WORD = PersonsWord("pho-an", "2023-Q3", "Lê Thị Hoa")


@pytest.fixture
def desk(tmp_path: Path) -> TestDesk:
    """An empty desk."""
    return test_desk(tmp_path)


def _no_ocr(path: Path, confidence: float) -> DocumentError:
    return DocumentError("ocr_missing", "no text recognition")


def kinds(receipts: list[Receipt]) -> list[str]:
    """Return what became of each file, in order."""
    return [r.kind.value for r in receipts]


def quarantined(desk: TestDesk) -> list[str]:
    """Return the reason codes in the quarantine folder."""
    return sorted(
        json.loads(path.read_text(encoding="utf-8"))["code"] for path in (desk.folder / "quarantine").glob("*.json")
    )


class TestPlaced:
    def test_first_report(self, desk: TestDesk) -> None:
        """A readable report becomes version 1, its original is archived, and its reading is handed on."""
        receipts = list(take_in(desk.desk, [desk.arrival(MINH, "báo cáo.docx", SEPT12)]))

        row = receipts[0].submission
        assert kinds(receipts) == ["placed"]
        assert (row.ward, row.round, row.version, row.is_current) == ("pho-minh", "2023-Q3", 1, True)
        assert (row.file_name, row.received_at, row.received_via) == ("báo cáo.docx", SEPT12, "inbox")
        assert desk.archive.hashes() == [row.sha256]
        assert receipts[0].reading is not None

    def test_later_report_is_a_version(self, desk: TestDesk) -> None:
        """Another report of the ward and round is version 2 and current; version 1 stays, with its original."""
        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT12)]))
        list(take_in(desk.desk, [desk.arrival(MINH2, "a.docx", SEPT14)]))

        rows = submissions(desk.engine, "2023-Q3", "pho-minh")
        assert [(r.version, r.is_current, r.state) for r in rows] == [(1, False, "placed"), (2, True, "placed")]
        assert len(desk.archive.hashes()) == 2

    def test_order_within_a_batch(self, desk: TestDesk) -> None:
        """In one batch the later written file is the later version; of the same minute, the later dated."""
        batch = [
            desk.arrival(MINH2, "a.docx", SEPT14),
            desk.arrival(MINH, "z.docx", SEPT14),
            desk.arrival("pho-an|2023-Q3|2023-09-13|", "a.pdf", SEPT14, sent_order=1),
            desk.arrival("pho-an|2023-Q3|2023-09-08|", "b.pdf", SEPT14, sent_order=2),
        ]

        list(take_in(desk.desk, batch))

        minh, an = (current_submission(desk.engine, ward, "2023-Q3") for ward in ("pho-minh", "pho-an"))
        assert minh is not None and an is not None
        assert (minh.file_name, an.file_name) == ("a.docx", "b.pdf")


class TestAgain:
    def test_second_look_changes_nothing(self, desk: TestDesk) -> None:
        """The same inbox taken in again records nothing and reads nothing, whatever its files became."""
        batch = [
            desk.arrival(MINH, "a.docx", SEPT12),
            desk.arrival("!damaged", "b.pdf", SEPT12),
            desk.arrival("|2023-Q3|2023-09-08|", "c.pdf", SEPT12),
            desk.arrival("!empty", "d.pdf", SEPT12),
        ]
        first = list(take_in(desk.desk, batch))
        read, rows = len(desk.read), submissions(desk.engine)

        second = list(take_in(desk.desk, batch))

        assert Kind.KNOWN not in {r.kind for r in first}
        assert kinds(second) == ["known"] * 4
        assert (len(desk.read), submissions(desk.engine)) == (read, rows)

    def test_identical_resend(self, desk: TestDesk) -> None:
        """The same bytes by another way or under another name are an arrival, but no version and not read again."""
        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT12)]))
        again = [
            desk.arrival(MINH, "copy.docx", SEPT14),
            desk.arrival(MINH, "a.docx", SEPT14, via=Way.MAIL, sender="x@example.org"),
        ]

        receipts = list(take_in(desk.desk, again))

        rows = submissions(desk.engine)
        assert kinds(receipts) == ["resent", "resent"]
        assert [(r.state, r.duplicate_of_id) for r in rows[1:]] == [("duplicate", rows[0].id)] * 2
        assert len(desk.read) == 1

    def test_twice_in_one_batch(self, desk: TestDesk) -> None:
        """Two equal files of one batch are one version and one duplicate."""
        batch = [desk.arrival(MINH, "a.docx", SEPT12), desk.arrival(MINH, "b.docx", SEPT12)]

        assert kinds(list(take_in(desk.desk, batch))) == ["placed", "resent"]

    def test_old_version_again(self, desk: TestDesk) -> None:
        """Resending version 1 after version 2 does not bring version 1 back."""
        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT12)]))
        list(take_in(desk.desk, [desk.arrival(MINH2, "b.docx", SEPT14)]))

        receipts = list(take_in(desk.desk, [desk.arrival(MINH, "c.docx", SEPT14)]))

        current = current_submission(desk.engine, "pho-minh", "2023-Q3")
        assert kinds(receipts) == ["resent"]
        assert current is not None and current.version == 2

    def test_each_letter_is_an_arrival(self, desk: TestDesk) -> None:
        """The same attachment in two letters is two arrivals; the same letter read again is none."""
        mail = {"via": Way.MAIL, "sender": "x@example.org"}
        letters = [desk.arrival(MINH, "a.docx", SEPT12, **mail), desk.arrival(MINH, "a.docx", SEPT14, **mail)]

        assert kinds(list(take_in(desk.desk, letters))) == ["placed", "resent"]
        assert kinds(list(take_in(desk.desk, letters))) == ["known", "known"]


class TestQuarantine:
    @pytest.mark.parametrize(
        ("text", "outcome", "code"),
        [
            ("!damaged", "damaged", "damaged"),
            ("!encrypted", "encrypted", "encrypted"),
            ("!unsupported", "unsupported", "unsupported"),
            ("|2023-Q3|2023-09-08|", "unknown_ward", "unknown_ward"),
            ("pho-minh||2023-09-08|", "no_round", "no_round"),
            ("pho-minh|2024-Q2|2023-09-08|", "unsure", "round_not_begun"),
        ],
    )
    def test_waits_with_its_reason(self, text: str, outcome: str, code: str, desk: TestDesk) -> None:
        """What cannot be placed is archived, recorded under its outcome, and laid aside with a Vietnamese reason."""
        receipts = list(take_in(desk.desk, [desk.arrival(text, "../x.pdf", SEPT12)]))

        row = receipts[0].submission
        assert kinds(receipts) == ["quarantined"]
        assert (row.state, row.outcome, row.ward, row.version) == ("quarantined", outcome, None, None)
        assert row.message_vi and row.message_vi != row.message_en
        assert quarantined(desk) == [code]
        assert desk.archive.hashes() == [row.sha256]

    def test_machine_at_fault_is_tried_again(self, desk: TestDesk) -> None:
        """A file that only lacked text recognition is read again when it is sent again; a damaged one is not."""
        for text in ("!ocr_missing", "!damaged"):
            list(take_in(desk.desk, [desk.arrival(text, "a.pdf", SEPT12)]))
        read = len(desk.read)

        list(take_in(desk.desk, [desk.arrival(text, "b.pdf", SEPT14) for text in ("!ocr_missing", "!damaged")]))

        assert len(desk.read) == read + 1

    def test_sender_of_another_ward(self, desk: TestDesk) -> None:
        """A report that comes from another ward's address waits for a person."""
        arrival = desk.arrival(MINH, "a.docx", SEPT12, via=Way.MAIL, sender="an@example.org", sender_ward="pho-an")

        list(take_in(desk.desk, [arrival]))

        assert quarantined(desk) == ["sender_conflict"]


class TestWord:
    def test_places_what_waited(self, desk: TestDesk) -> None:
        """A person's word places a waiting file, empties its place in quarantine, and keeps the day it came."""
        unsure = "|2023-Q3|2023-09-08|"
        list(take_in(desk.desk, [desk.arrival(unsure, "a.pdf", SEPT12)]))

        submit = desk.arrival(unsure, "a.pdf", at(2023, 9, 20), via=Way.SUBMIT, sender="Lê Thị Hoa")
        receipts = list(take_in(desk.desk, [submit], word=WORD))

        row = receipts[0].submission
        assert (row.ward, row.round, row.version, row.placed_by) == ("pho-an", "2023-Q3", 1, "Lê Thị Hoa")
        assert (row.received_at, row.received_via) == (SEPT12, "submit")
        assert quarantined(desk) == []

    def test_moves_what_was_placed_wrong(self, desk: TestDesk) -> None:
        """A word that contradicts the letterhead takes the file out of where it stood."""
        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT12)]))

        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT14, via=Way.SUBMIT)], word=WORD))

        assert current_submission(desk.engine, "pho-minh", "2023-Q3") is None
        moved = current_submission(desk.engine, "pho-an", "2023-Q3")
        assert moved is not None and moved.placed_by == "Lê Thị Hoa"
        assert [r.state for r in submissions(desk.engine)] == ["withdrawn", "placed"]

    def test_of_an_unreadable_file(self, desk: TestDesk) -> None:
        """A broken file that a person places is the ward's version, under the outcome that says it cannot be read."""
        receipts = list(take_in(desk.desk, [desk.arrival("!damaged", "a.pdf", SEPT12, via=Way.SUBMIT)], word=WORD))

        row = receipts[0].submission
        assert kinds(receipts) == ["unreadable"]
        assert (row.ward, row.outcome, row.version, row.state) == ("pho-an", "damaged", 1, "placed")

    def test_again_after_the_machine_was_mended(self, desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file placed unread is read when it is submitted again, and becomes the version that counts."""
        scan = desk.arrival(MINH, "a.pdf", SEPT12, via=Way.SUBMIT)
        monkeypatch.setattr(made_up, "read_made_up", _no_ocr)
        first = list(take_in(desk.desk, [scan], word=WORD))
        monkeypatch.undo()

        second = list(take_in(desk.desk, [scan], word=WORD))

        current = current_submission(desk.engine, "pho-an", "2023-Q3")
        assert kinds(first) + kinds(second) == ["unreadable", "placed"]
        assert current is not None and (current.version, current.outcome) == (2, "read")

    def test_impossible_word_takes_nothing_in(self, desk: TestDesk) -> None:
        """A word that cannot be leaves archive and warehouse as they were."""
        arrival = desk.arrival(MINH, "a.docx", SEPT12, via=Way.SUBMIT)

        with pytest.raises(PlacementError):
            list(take_in(desk.desk, [arrival], word=PersonsWord("pho-x", "2023-Q3", "Hoa")))

        assert (desk.archive.hashes(), submissions(desk.engine)) == ([], [])


class TestSecondLook:
    def test_mended_machine_finds_the_place(self, desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A scan that waited for text recognition is placed by a second look, as of the day it came."""
        monkeypatch.setattr(made_up, "read_made_up", _no_ocr)
        list(take_in(desk.desk, [desk.arrival(MINH, "a.pdf", SEPT12)]))
        monkeypatch.undo()

        looks = list(look_again(desk.desk, waiting_rows(desk.desk, retryable_only=True), {}))

        placed = looks[0].placed
        assert placed is not None and (placed.ward, placed.received_at) == ("pho-minh", SEPT12)
        assert (quarantined(desk), waiting_rows(desk.desk, retryable_only=False)) == ([], [])

    def test_bad_file_keeps_waiting(self, desk: TestDesk) -> None:
        """A file that is bad itself is not retried, and looking at it once more changes nothing."""
        list(take_in(desk.desk, [desk.arrival("!damaged", "a.pdf", SEPT12)]))
        rows = submissions(desk.engine)

        looks = list(look_again(desk.desk, waiting_rows(desk.desk, retryable_only=False), {}))

        assert [look.placed for look in looks] == [None]
        assert waiting_rows(desk.desk, retryable_only=True) == []
        assert (submissions(desk.engine), quarantined(desk)) == (rows, ["damaged"])

    def test_sender_still_counts(self, desk: TestDesk) -> None:
        """A second look knows as much against a file as the first did."""
        mail = {"via": Way.MAIL, "sender": "an@example.org", "sender_ward": "pho-an"}
        list(take_in(desk.desk, [desk.arrival(MINH, "a.docx", SEPT12, **mail)]))
        waiting = waiting_rows(desk.desk, retryable_only=False)

        refused = list(look_again(desk.desk, waiting, {"an@example.org": "pho-an"}))
        accepted = list(look_again(desk.desk, waiting, {"an@example.org": "office"}))

        assert (refused[0].placed, accepted[0].placed is not None) == (None, True)


class TestZip:
    def _zip(self, desk: TestDesk, members: dict[str, str]) -> Arrival:
        path = desk.folder / "round.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, text in members.items():
                archive.writestr(name, text)
        return Arrival(path, "round.zip", Way.INBOX, SEPT12)

    def test_members_are_taken_in(self, desk: TestDesk) -> None:
        """Each member is an arrival with its own fate, and taking the archive in again changes nothing."""
        arrival = self._zip(desk, {"Phổ Minh/a.docx": MINH, "b.pdf": "!damaged"})

        first, second = list(take_in(desk.desk, [arrival])), list(take_in(desk.desk, [arrival]))

        assert {r.submission.file_name: r.kind.value for r in first} == {
            "round.zip/Phổ Minh/a.docx": "placed",
            "round.zip/b.pdf": "quarantined",
        }
        assert kinds(second) == ["known", "known"]
        assert {r.received_via for r in submissions(desk.engine)} == {"zip"}

    def test_bomb_is_laid_aside_unopened(self, desk: TestDesk) -> None:
        """An archive beyond the limits is itself the arrival, in quarantine, and nothing of it is read."""
        receipts = list(take_in(desk.desk, [self._zip(desk, {"bomb": "\0" * 30_000_000})]))

        assert kinds(receipts) == ["quarantined"]
        assert (receipts[0].submission.outcome, receipts[0].submission.file_name) == ("too_large", "round.zip")
        assert desk.read == []

    def test_broken_archive_stops_nobody(self, desk: TestDesk) -> None:
        """An archive that breaks while it is unpacked is laid aside alone; the others of the batch are taken in."""
        broken = self._zip(desk, {"a.docx": MINH * 99})
        content = bytearray(broken.path.read_bytes())
        content[40:60] = b"\xff" * 20
        broken.path.write_bytes(bytes(content))

        receipts = list(take_in(desk.desk, [broken, desk.arrival(MINH, "minh.docx", SEPT12)]))

        assert {r.submission.file_name: r.submission.outcome for r in receipts} == {
            "round.zip": "damaged",
            "minh.docx": "read",
        }

    def test_mail_with_an_archive(self, desk: TestDesk) -> None:
        """An archive attached to a mail that lies in the inbox is opened too; names tell the way in."""
        inner = zip_bytes({"minh.docx": MINH.encode()})
        path = desk.folder / "thu.eml"
        path.write_bytes(eml_bytes({"bc.zip": inner}))

        (receipt,) = take_in(desk.desk, [Arrival(path, "thu.eml", Way.INBOX, SEPT12)])

        assert (receipt.submission.file_name, receipt.kind.value) == ("thu.eml/bc.zip/minh.docx", "placed")

    def test_archives_without_end(self, desk: TestDesk) -> None:
        """Archives inside one another are opened to a small depth; what lies deeper is laid aside by name."""
        content = zip_bytes({"minh.docx": MINH.encode()})
        for _level in range(4):
            content = zip_bytes({"in.zip": content})
        path = desk.folder / "out.zip"
        path.write_bytes(content)

        (receipt,) = take_in(desk.desk, [Arrival(path, "out.zip", Way.INBOX, SEPT12)])

        assert (receipt.submission.file_name, receipt.submission.outcome) == (
            "out.zip/in.zip/in.zip/in.zip",
            "too_large",
        )


class TestStream:
    def test_each_is_recorded_as_it_is_read(self, desk: TestDesk) -> None:
        """The first receipt is there, and in the warehouse, before the second file is read."""
        batch = [desk.arrival(f"{ward}|2023-Q3|2023-09-08|", f"{ward}.docx", SEPT12) for ward in ("pho-an", "pho-van")]

        receipts = take_in(desk.desk, batch)
        first = next(receipts)

        assert len(desk.read) == 1
        assert [r.file_name for r in submissions(desk.engine)] == [first.submission.file_name]

    def test_versions_keep_the_order_received(self, desk: TestDesk) -> None:
        """Three versions read backwards are 1, 2 and 3 as they were received, each following the one before."""
        batch = [desk.arrival(f"{MINH}{n}", f"{n}.docx", at(2023, 9, n)) for n in (10, 11, 12)]

        read = [r.submission.file_name for r in take_in(desk.desk, batch)]

        rows = sorted(submissions(desk.engine), key=lambda row: row.version or 0)
        assert read == ["12.docx", "11.docx", "10.docx"]
        assert [(r.file_name, r.version, r.is_current) for r in rows] == [
            ("10.docx", 1, False),
            ("11.docx", 2, False),
            ("12.docx", 3, True),
        ]
        assert [r.supersedes_id for r in rows] == [None, rows[0].id, rows[1].id]


class TestCrash:
    def test_broken_off_batch_is_finished_later(self, desk: TestDesk) -> None:
        """An intake that breaks off after some files leaves the others to the next one; nothing is doubled or lost."""
        batch = [desk.arrival(f"{ward}|2023-Q3|2023-09-08|", f"{ward}.docx", SEPT12) for ward in ("pho-an", "pho-van")]
        broken = take_in(desk.desk, batch)
        next(broken)
        broken.close()

        receipts = list(take_in(desk.desk, batch))

        assert sorted(kinds(receipts)) == ["known", "placed"]
        assert [(r.state, r.version) for r in submissions(desk.engine)] == [("placed", 1)] * 2

    def test_versions_keep_the_order_past_a_break(self, desk: TestDesk) -> None:
        """What an intake had recorded before it broke off and what the next one finds are of one look, in its order."""
        day = [SEPT12 + timedelta(minutes=n) for n in (0, 5)]
        looks = [
            [replace(desk.arrival(text, name, look), there_since=SEPT12 - timedelta(hours=1)) for text, name in FILES]
            for look in day
        ]
        broken = take_in(desk.desk, looks[0])
        first = next(broken)
        broken.close()

        list(take_in(desk.desk, looks[1]))

        rows = sorted(submissions(desk.engine), key=lambda row: row.version or 0)
        assert first.submission.file_name == "corrected.docx"
        assert [(r.file_name, r.version, r.is_current, r.received_at) for r in rows] == [
            ("first.docx", 1, False, day[0]),
            ("corrected.docx", 2, True, day[0]),
        ]
        ward, label = str(rows[0].ward), str(rows[0].round)
        assert receipts_of(desk.engine, label, {ward: day[0]})[ward].file_name == "first.docx"

    def test_what_came_after_a_look_is_of_the_next(self, desk: TestDesk) -> None:
        """A file that was put into the inbox after the first look counts as received at the second."""
        list(take_in(desk.desk, [replace(desk.arrival(MINH2, "a.docx", SEPT12), there_since=SEPT12)]))
        late = replace(desk.arrival(MINH, "b.docx", SEPT14), there_since=SEPT12 + timedelta(minutes=1))

        receipts = list(take_in(desk.desk, [late]))

        assert [(r.submission.version, r.submission.received_at) for r in receipts] == [(2, SEPT14)]

    def test_copy_is_laid_aside_before_the_row(self, desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """A power cut between the copy and the row leaves no recorded file that nobody finds in the quarantine."""
        arrival = desk.arrival("!damaged", "x.pdf", SEPT12)
        with monkeypatch.context() as cut:
            cut.setattr("pipelines.arrival.intake.record_submission", _power_cut)
            with pytest.raises(KeyboardInterrupt):
                list(take_in(desk.desk, [arrival]))
        before = quarantined(desk)

        receipts = list(take_in(desk.desk, [arrival]))

        assert (before, kinds(receipts), quarantined(desk)) == (["damaged"], ["quarantined"], ["damaged"])

    def test_a_torn_file_that_comes_whole_leaves_nothing_to_do(self, desk: TestDesk) -> None:
        """Taken in while it was still being copied, twice, then whole: no file waits any more, another's does."""
        for text in ("!damaged|a", "!damaged|ab", MINH):
            list(take_in(desk.desk, [desk.arrival(text, "x.pdf", SEPT12), desk.arrival("!damaged|c", "y.pdf", SEPT12)]))

        rows = {(r.file_name, r.state) for r in submissions(desk.engine)}

        assert rows == {("x.pdf", "withdrawn"), ("x.pdf", "placed"), ("y.pdf", "quarantined")}
        assert [one.file_name for one in waiting_files(desk.engine)] == ["y.pdf"]
        assert quarantined(desk) == ["damaged"]

    def test_a_resend_keeps_the_reason(self, desk: TestDesk) -> None:
        """The same waiting bytes by another way wait under the same reason."""
        list(take_in(desk.desk, [desk.arrival("!damaged", "x.pdf", SEPT12)]))

        again = list(take_in(desk.desk, [desk.arrival("!damaged", "x.pdf", SEPT14, via=Way.MAIL, sender="a@b.vn")]))

        assert (kinds(again), quarantined(desk)) == (["resent"], ["damaged"])

    def test_a_file_that_went_away_stops_no_other(self, desk: TestDesk) -> None:
        """Somebody moves a file out of the inbox while it is taken in: the others are taken, and it is named."""
        gone, here = desk.arrival(MINH, "gone.docx", SEPT12), desk.arrival("pho-an|2023-Q3|2023-09-08|", "b", SEPT12)
        gone.path.unlink()

        receipts = list(take_in(desk.desk, [gone, here]))

        assert [r.arrival.name for r in receipts] == ["b"]
        assert left_over([gone, here], receipts) == ("gone.docx",)

    def test_a_file_that_grows_is_left(self, desk: TestDesk, monkeypatch: pytest.MonkeyPatch) -> None:
        """What changed between hashing and copying is left for the next time, and comes then."""
        arrival = desk.arrival(MINH, "grows.docx", SEPT12)
        with monkeypatch.context() as growing:
            growing.setattr("pipelines.keeping.archive._copy", lambda _in, _out: "another hash")
            first = list(take_in(desk.desk, [arrival]))

        assert (first, left_over([arrival], first)) == ([], ("grows.docx",))
        assert kinds(list(take_in(desk.desk, [arrival]))) == ["placed"]


def _power_cut(*_given: object) -> SubmissionRow:
    raise KeyboardInterrupt
