"""A year of the office: four rounds, fifteen wards, and everything that goes wrong in them.

The year is one story, told once in a fixture of the module; each test asserts one thing about it from the notes taken
on the way. All moments are given; nothing depends on the day on which the test runs.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

import assets.reports as reading_of_reports
from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.errors import WarehouseBusyError
from pipelines.arrival.placement import PersonsWord
from pipelines.keeping.archive import Archive
from pipelines.keeping.verify import verify
from pipelines.ledger.entries import Ledger, State, Timeliness, ward_rates
from pipelines.ledger.rerun import Choice
from pipelines.messages.round_ledger import waiting_files
from publications.publish import publish, write_drafts
from tests.light import light_papers
from warehouse.queries import reports, submissions

from .desk import at
from .mailservers import put_letter
from .office import Office, office
from .reports import Figures, write_report
from .test_mailbox import DOCX, letter

WARDS = list(wards())
SENDERS = {f"{ward}@example.org": ward for ward in WARDS}
Q1, Q2, Q3, Q4 = (f"2024-Q{n}" for n in (1, 2, 3, 4))
PUNCTUAL, ZIPPED, MAILED, SILENT = WARDS[:10], WARDS[10:12], WARDS[12:14], WARDS[14]
WRONG, BUSY, UNREADABLE = WARDS[0], WARDS[3], WARDS[9]
BASE = {Q1: 300, Q2: 640, Q3: 310, Q4: 1290}


def figures(label: str, ward: str, **changes: object) -> Figures:
    """Return figures that differ from ward to ward and grow over the year as cumulative rounds must."""
    index = WARDS.index(ward)
    received = BASE[label] + 7 * index
    growth = {Q1: 20, Q2: 45, Q3: 70, Q4: 95}[label]
    plain = {
        "received": received,
        "resolved": received - 10 - index,
        "early": received - 40 - index,
        "plan_pct": f"{growth},{index % 10}",
        "satisfaction_pct": f"9{index % 10},{(index + parse_round(label).number) % 10}",
    }
    return Figures(**{**plain, **changes})  # type: ignore[arg-type]


@dataclass
class Notes:
    """What was noted on the way, by name."""

    ledgers: dict[str, Ledger] = field(default_factory=dict)
    facts: dict[str, object] = field(default_factory=dict)


@dataclass
class Year:
    """The office at the end of the year, and the notes."""

    office: Office
    notes: Notes
    folder: Path

    def write(self, label: str, ward: str, day: date, name: str | None = None, **changes: object) -> Path:
        """Write a report into a folder outside the inbox."""
        path = self.folder / (name or f"BC {ward} {label}.docx")
        return write_report(path, ward, label, day, figures(label, ward, **changes))

    def drop(self, label: str, ward: str, day: date, name: str | None = None, **changes: object) -> None:
        """Drop a report into the inbox, as a copying program does: whole under another name, then renamed."""
        path = self.write(label, ward, day, name, **changes)
        path.replace(self.office.settings.inbox / path.name)

    def note(self, name: str, label: str) -> None:
        """Note the ledger of a round under a name."""
        self.notes.ledgers[name] = self.office.ledger(label)

    def post(self, label: str, ward: str, received: datetime) -> None:
        """Let a ward send its report by mail."""
        path = self.write(label, ward, received.date())
        sent = letter(f"{ward}@example.org", (path.name, path.read_bytes(), DOCX))
        put_letter(self.office.settings.mail.imap, sent, received)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    """The whole year."""
    folder = tmp_path_factory.mktemp("year")
    with light_papers(), office(folder, SENDERS, frozenset({Q1, Q4})) as opened:
        told = Year(opened, Notes(), folder)
        with pytest.MonkeyPatch.context() as patch:
            first_round(told, patch)
        later_round(told, Q2, at(2024, 6, 12))
        third_round(told)
        fourth_round(told)
        yield told


def first_round(told: Year, patch: pytest.MonkeyPatch) -> None:
    """Everything goes wrong at least once, and is mended; the round is published and revised."""
    office = told.office
    office.clock = at(2024, 2, 20)
    told.note("before", Q1)
    told.notes.facts["opening"] = office.morning(at(2024, 2, 29))
    told.note("open", Q1)
    office.morning(at(2024, 3, 8))
    arrive_in_march(told)
    break_and_mend(told, patch)
    corrections(told)
    after_the_due_date(told)
    publish_and_revise(told)


def arrive_in_march(told: Year) -> None:
    """Ten wards send in time, with things beside them that are no reports; the intake is cut off in the middle."""
    office = told.office
    office.clock = at(2024, 3, 10)
    for ward in PUNCTUAL[:-1]:
        told.drop(Q1, ward, date(2024, 3, 8), **({"satisfaction_pct": "198,5"} if ward == WRONG else {}))
    (office.settings.inbox / "bao cao loi.docx").write_bytes(b"PK\x03\x04 torn")
    (office.settings.inbox / "~$BC.docx").write_bytes(b"lock")
    told.notes.facts["cut off"] = {r.arrival.name: r.kind.value for r in office.inbox(break_after=4)}
    told.note("cut off", Q1)
    told.notes.facts["finished"] = {r.arrival.name: r.kind.value for r in office.inbox()}
    told.note("received", Q1)


def break_and_mend(told: Year, patch: pytest.MonkeyPatch) -> None:
    """One load fails on a locked warehouse; only that ward is run again."""
    office, whole = told.office, reading_of_reports.load_report

    def locked(engine: object, submission_id: int, reading: object, *rest: object) -> object:
        if reading.identity.ward == BUSY:  # type: ignore[attr-defined]
            raise WarehouseBusyError("the warehouse is locked; try again shortly")
        return whole(engine, submission_id, reading, *rest)  # type: ignore[arg-type]

    office.clock = at(2024, 3, 10, 10)
    patch.setattr(reading_of_reports, "load_report", locked)
    told.notes.facts["verdicts"] = {v.ward: v.good for v in office.run()}
    patch.undo()
    told.note("failed", Q1)
    before = {r.ward: r for r in reports(office.house.engine, Q1)}
    office.morning(at(2024, 3, 11))
    chosen, verdicts = office.rerun(Choice(failed=True))
    told.notes.facts["rerun"] = ([c.ward for c in chosen], [v.outcome for v in verdicts])
    after = {r.ward: r for r in reports(office.house.engine, Q1)}
    told.notes.facts["untouched"] = all(after[ward] == row for ward, row in before.items())
    told.notes.facts["second run"] = office.run()
    told.note("rerun", Q1)


def corrections(told: Year) -> None:
    """A ward mends its error, one sends the same file twice, one sends a broken file that a clerk places by hand."""
    office = told.office
    office.clock = at(2024, 3, 13)
    told.drop(Q1, WRONG, date(2024, 3, 12), name="BC dinh chinh.docx")
    again = (office.settings.inbox / f"BC {PUNCTUAL[1]} {Q1}.docx").read_bytes()
    (office.settings.inbox / "gui lai.docx").write_bytes(again)
    broken = told.folder / "hong.pdf"
    broken.write_bytes(b"%PDF-1.4 torn")
    office.inbox()
    office.submit(broken, PersonsWord(UNREADABLE, Q1, "Lê Thị Hoa"))
    told.note("unreadable", Q1)
    office.morning(at(2024, 3, 14))
    told.drop(Q1, UNREADABLE, date(2024, 3, 14))
    office.inbox()
    with zipfile.ZipFile(office.settings.inbox / "cum.zip", "w") as archive:
        for ward in ZIPPED:
            archive.write(told.write(Q1, ward, date(2024, 3, 13)), f"{ward}/báo cáo.docx")
    office.inbox()
    office.run()
    told.note("corrected", Q1)


def after_the_due_date(told: Year) -> None:
    """Two wards send late, by mail; one never does."""
    office = told.office
    office.morning(at(2024, 3, 16))
    told.note("overdue", Q1)
    for ward in MAILED:
        told.post(Q1, ward, at(2024, 3, 18))
    office.clock = at(2024, 3, 18, 10)
    told.notes.facts["mail"] = [r.kind.value for r in office.mail()]
    told.notes.facts["mail again"] = office.mail()
    office.run()
    office.morning(at(2024, 3, 20))
    told.notes.facts["closing"] = office.morning(at(2024, 3, 26))
    told.note("closed", Q1)


def publish_and_revise(told: Year) -> None:
    """The round is published; a correction that comes later makes a revision."""
    office = told.office
    engine, papers = office.house.engine, office.settings.outputs / Q1
    office.clock = at(2024, 3, 28)
    write_drafts(engine, Q1, papers, office.clock)
    publish(engine, Q1, papers, office.clock, by="Trần Văn An")
    told.note("published", Q1)
    office.clock = at(2024, 4, 5)
    told.drop(Q1, PUNCTUAL[2], date(2024, 4, 4), name="BC sau cong bo.docx", resolved=299)
    office.inbox()
    told.note("newly received", Q1)
    office.run()
    told.note("changed", Q1)
    office.clock = at(2024, 4, 6)
    write_drafts(engine, Q1, papers, office.clock)
    publish(engine, Q1, papers, office.clock, by="Trần Văn An", why="Phổ Phong đính chính")
    told.note("revised", Q1)


def later_round(told: Year, label: str, day: datetime, senders: list[str] | None = None) -> None:
    """A round in which wards simply report."""
    told.office.morning(day)
    for ward in WARDS if senders is None else senders:
        told.drop(label, ward, day.date())
    told.office.inbox()
    told.office.run()


def third_round(told: Year) -> None:
    """Half by mail, one of them with another ward's report."""
    office = told.office
    later_round(told, Q3, at(2024, 9, 12), WARDS[:8])
    for ward in WARDS[8:14]:
        told.post(Q3, ward, at(2024, 9, 14))
    wrong = told.write(Q3, WARDS[14], date(2024, 9, 14), name="nham.docx")
    sent = letter(f"{WARDS[13]}@example.org", (wrong.name, wrong.read_bytes(), DOCX))
    put_letter(office.settings.mail.imap, sent, at(2024, 9, 14, 10))  # type: ignore[arg-type]
    office.clock = at(2024, 9, 14, 11)
    office.mail()
    told.notes.facts["waiting"] = [w.file_name for w in waiting_files(office.house.engine)]
    office.clock = at(2024, 9, 20)
    office.submit(wrong, PersonsWord(WARDS[14], Q3, "Lê Thị Hoa"))
    office.run()
    told.note("third", Q3)


def fourth_round(told: Year) -> None:
    """A third of the wards is late."""
    later_round(told, Q4, at(2024, 12, 14), WARDS[:10])
    later_round(told, Q4, at(2024, 12, 20), WARDS[10:])
    told.notes.facts["year's end"] = told.office.morning(at(2024, 12, 27))
    told.note("fourth", Q4)


def count(ledger: Ledger) -> dict[State, int]:
    """Return how many wards are in each state."""
    found: dict[State, int] = {}
    for entry in ledger.entries:
        found[entry.state] = found.get(entry.state, 0) + 1
    return found


pytestmark = pytest.mark.slow


class TestStates:
    @pytest.mark.parametrize(
        ("moment", "expected"),
        [
            ("before", {State.NOT_OPEN: 15}),
            ("open", {State.EXPECTED: 15}),
            ("received", {State.RECEIVED: 9, State.EXPECTED: 6}),
            ("failed", {State.FAILED: 1, State.AWAITING: 1, State.CHECKED: 7, State.EXPECTED: 6}),
            ("rerun", {State.AWAITING: 1, State.CHECKED: 8, State.EXPECTED: 6}),
            ("unreadable", {State.RECEIVED: 1, State.UNREADABLE: 1, State.CHECKED: 8, State.EXPECTED: 5}),
            ("corrected", {State.CHECKED: 12, State.EXPECTED: 3}),
            ("overdue", {State.CHECKED: 12, State.OVERDUE: 3}),
            ("closed", {State.CHECKED: 14, State.MISSING: 1}),
            ("published", {State.PUBLISHED: 14, State.MISSING: 1}),
            ("newly received", {State.RECEIVED: 1, State.PUBLISHED: 13, State.MISSING: 1}),
            ("changed", {State.TO_REVISE: 1, State.PUBLISHED: 13, State.MISSING: 1}),
            ("revised", {State.PUBLISHED: 14, State.MISSING: 1}),
            ("third", {State.CHECKED: 15}),
            ("fourth", {State.CHECKED: 15}),
        ],
    )
    def test_ledger(self, year: Year, moment: str, expected: dict[State, int]) -> None:
        """At each turn of the year the ledger says of every ward where its report stands."""
        assert count(year.notes.ledgers[moment]) == expected

    def test_every_state_was_seen(self, year: Year) -> None:
        """The year goes through every state there is."""
        assert {entry.state for ledger in year.notes.ledgers.values() for entry in ledger.entries} == set(State)


class TestFaults:
    def test_power_cut_loses_nothing(self, year: Year) -> None:
        """What was taken in before the cut is known afterwards, the rest is taken in, and nothing is doubled.

        Files are recorded as they are read, so the torn one may be on either side of the cut.
        """
        before: dict[str, str] = year.notes.facts["cut off"]  # type: ignore[assignment]
        after: dict[str, str] = year.notes.facts["finished"]  # type: ignore[assignment]
        placed = list(before.values()).count("placed")

        assert len(before) == 4 and {after[name] for name in before} == {"known"}
        assert Counter((after | before).values()) == {"placed": 9, "quarantined": 1}
        assert count(year.notes.ledgers["cut off"]) == {State.RECEIVED: placed, State.EXPECTED: 15 - placed}

    def test_locked_warehouse_costs_one_ward(self, year: Year) -> None:
        """A failing load leaves the other wards done, and the failed one says what to do."""
        verdicts = year.notes.facts["verdicts"]
        entry = year.notes.ledgers["failed"].entry(BUSY)

        assert [ward for ward, good in verdicts.items() if not good] == [BUSY]  # type: ignore[attr-defined]
        assert entry.last_run is not None and "locked" in entry.last_run.message

    def test_rerun_touches_only_what_failed(self, year: Year) -> None:
        """Running again the failed runs that ward alone; the others keep their loads, and a third run does nothing."""
        assert year.notes.facts["rerun"] == ([BUSY], ["loaded"])
        assert year.notes.facts["untouched"] is True
        assert year.notes.facts["second run"] == []

    def test_versions_stay(self, year: Year) -> None:
        """Corrections are versions; the earlier ones stay readable, with their originals."""
        rows = [r for r in submissions(year.office.house.engine, Q1, WRONG) if r.state == "placed"]
        archive = Archive(year.office.settings.archive_url)

        assert [(r.version, r.is_current) for r in rows] == [(1, False), (2, True)]
        assert all(archive.holds(r.sha256) for r in rows)

    def test_resend_is_recognised(self, year: Year) -> None:
        """The same file under another name is an arrival and no version."""
        rows = submissions(year.office.house.engine, Q1, PUNCTUAL[1])

        assert [(r.file_name, r.state) for r in rows][1:] == [("gui lai.docx", "duplicate")]

    def test_letter_is_taken_in_once(self, year: Year) -> None:
        """What came by mail is taken in once, however often the mailbox is read."""
        assert year.notes.facts["mail"] == ["placed", "placed"]
        assert year.notes.facts["mail again"] == []

    def test_report_of_another_ward_waits(self, year: Year) -> None:
        """A report from another ward's address waits for a person, who places it as of the day it came."""
        entry = year.notes.ledgers["third"].entry(WARDS[14])

        assert "nham.docx" in year.notes.facts["waiting"]  # type: ignore[operator]
        assert (entry.timeliness, entry.versions[0].placed_by) == (Timeliness.ON_TIME, "Lê Thị Hoa")


class TestCalendar:
    def test_steps(self, year: Year) -> None:
        """Rounds open and close on their days."""
        assert "2024-Q1 open" in year.notes.facts["opening"]  # type: ignore[operator]
        assert year.notes.facts["closing"] == ["2024-Q1 close", "2024-Q1 build", "2024-Q1 papers"]
        assert year.notes.facts["year's end"] == ["2024-Q4 close", "2024-Q4 build", "2024-Q4 papers"]

    def test_punctuality(self, year: Year) -> None:
        """On time is who was there by the due date, by whichever way, whatever was corrected later."""
        closed, fourth = year.notes.ledgers["closed"], year.notes.ledgers["fourth"]

        late = [e.ward for e in closed.entries if e.timeliness is Timeliness.LATE]
        assert (late, closed.entry(SILENT).timeliness) == (MAILED, Timeliness.NONE)
        assert closed.entry(WRONG).timeliness is Timeliness.ON_TIME
        assert (closed.completeness, closed.on_time_rate) == (pytest.approx(14 / 15), pytest.approx(12 / 15))
        assert fourth.on_time_rate == pytest.approx(10 / 15)

    def test_rates_of_a_ward(self, year: Year) -> None:
        """A ward's year: the silent one of the first round reported in three of four, late in one."""
        ledgers = [year.office.ledger(label) for label in (Q1, Q2, Q3, Q4)]

        assert ward_rates(ledgers)[SILENT] == (0.75, 0.5)
        assert ward_rates(ledgers)[WRONG] == (1.0, 1.0)


class TestLetters:
    def test_each_once(self, year: Year) -> None:
        """No letter of the year was sent twice."""
        ids = [
            line
            for envelope in year.office.postman.letters
            for line in bytes(envelope.content).decode("utf-8", "replace").splitlines()  # type: ignore[arg-type]
            if line.startswith("Message-ID:")
        ]

        assert len(ids) == len(set(ids)) == sum(year.office.letters.values())

    def test_every_kind_was_sent(self, year: Year) -> None:
        """Reminders, requests, thanks and the office's own letters all went out in the year."""
        assert set(year.office.letters) == {
            "remind",
            "missing",
            "unreadable",
            "correct",
            "late",
            "thanks",
            "morning",
            "failure",
        }

    def test_reminders_go_to_the_silent(self, year: Year) -> None:
        """Before the first due date all fifteen were reminded once, and those without a report a second time."""
        said = [e for e in _reminders(year) if f":{Q1}:" in e]

        assert sum("2024-03-08" in key for key in said) == 15
        assert sum("2024-03-13" in key for key in said) == 6 - 1


def _reminders(year: Year) -> list[str]:
    from pipelines.messages.delivery import said

    return sorted(key for key in said(year.office.house.engine) if key.startswith("remind:"))


class TestKeeping:
    def test_all_is_verified(self, year: Year) -> None:
        """At the end of the year every original has its hash and every figure its sentence."""
        found = verify(year.office.house.engine, Archive(year.office.settings.archive_url))

        assert found.complaints == ()
        assert found.reports == 14 + 15 * 3

    def test_revision_is_kept_beside_the_first_edition(self, year: Year) -> None:
        """Both editions of the first round lie in folders of their own."""
        folders = {p.name for p in (year.office.settings.outputs / Q1).iterdir() if p.is_dir()}

        assert {"cong-bo", "sua-doi-1"} <= folders

    def test_ledgers_follow_one_another(self, year: Year) -> None:
        """The notes were taken in the order of time."""
        moments = [ledger.moment for ledger in year.notes.ledgers.values()]

        assert all(earlier <= later for earlier, later in pairwise(moments))
