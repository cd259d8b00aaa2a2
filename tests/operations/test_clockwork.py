"""Sensors and schedules ask for exactly what follows, once, and say why where they ask for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
import time_machine
from dagster import DagsterRunStatus
from dagster._core.storage.tags import RUN_FAILURE_REASON_TAG

from assets.house import House
from catalogue.rounds import known_rounds, parse_round
from catalogue.wards import wards
from cchc.clock import ZONE
from pipelines.arrival.intake import take_in
from pipelines.ledger.entries import State
from pipelines.ledger.rerun import Choice, choose
from pipelines.messages.delivery import SENT
from pipelines.messages.due import due_messages
from pipelines.messages.messages import Kind
from pipelines.messages.round_ledger import read_ledger
from pipelines.orchestration import jobs, sensors
from pipelines.orchestration.asking import TRIES
from pipelines.orchestration.calendar_steps import Step, StepKind, due_now, record_step, running_rounds, steps_due
from pipelines.orchestration.definitions import ROUND_JOB, WARD_JOB, build_defs
from pipelines.orchestration.jobs import INBOX_JOB
from pipelines.orchestration.schedules import make_schedules
from pipelines.orchestration.sensors import (
    GIVEN_UP,
    look_at_inbox,
    look_at_mailbox,
    look_at_rounds,
    look_at_submissions,
    make_sensors,
)
from pipelines.settings import ExportSettings, MailServer, MailSettings, Settings
from tests.homes import new_home
from warehouse.connection import open_warehouse
from warehouse.load import load_report
from warehouse.publishing import Paper, events, record_publication, round_state, runs
from warehouse.queries import submissions

from .desk import TestDesk, at, test_desk
from .mailservers import imap_server, put_letter, smtp_server
from .test_mailbox import DOCX, letter

START, END = "dagster/asset_partition_range_start", "dagster/asset_partition_range_end"
ROUND = parse_round("2023-Q3")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty home."""
    (tmp_path / "inbox").mkdir()
    return settings_of(tmp_path)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    """A Dagster that forgets everything afterwards."""
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def settings_of(folder: Path) -> Settings:
    """Return settings of a home in a folder."""
    return Settings(folder, folder / "inbox", f"sqlite:///{folder / 'warehouse.db'}", str(folder / "archive"))


def started(
    instance: dg.DagsterInstance, asked: list[dg.RunRequest], status: DagsterRunStatus, why: str = "STEP_FAILURE"
) -> None:
    """Let the runs that were asked for come to a status, under the job that a test asks about.

    Where that is a failure, `why` is the reason that Dagster notes, "" for none.
    """
    for request in asked:
        name = WARD_JOB if START in request.tags else INBOX_JOB
        job = dg.GraphDefinition(name=name, node_defs=[]).to_job()
        noted = {RUN_FAILURE_REASON_TAG: why} if status is DagsterRunStatus.FAILURE and why else {}
        instance.create_run_for_job(job, status=status, tags={**request.tags, **noted})


def _no_house() -> House:
    raise AssertionError("nothing is run here")


def sent(desk: TestDesk, ward: str, text: str = "", day: int = 12) -> None:
    """Take in a report of a ward."""
    arrival = desk.arrival(f"{ward}|2023-Q3|2023-09-08|{text}", f"{ward}{text}.docx", at(2023, 9, day))
    list(take_in(desk.desk, [arrival]))


def requests(result: dg.SensorResult | dg.SkipReason) -> list[dg.RunRequest]:
    """Return what was asked for."""
    return list(result.run_requests or []) if isinstance(result, dg.SensorResult) else []


class TestSubmissions:
    def look(self, desk: TestDesk, instance: dg.DagsterInstance) -> dg.SensorResult | dg.SkipReason:
        """Return one look."""
        return look_at_submissions(dg.build_sensor_context(instance), settings_of(desk.folder))

    def test_one_arrival(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """A single submission asks for its partition under ward, round and hash."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")

        (request,) = requests(self.look(desk, instance))

        sha256 = submissions(desk.engine)[0].sha256
        assert request.run_key == f"pho-minh:2023-Q3:{sha256}"
        assert request.tags[START] == request.tags[END] == "2023-Q3|pho-minh"

    def test_all_wards_are_one_run(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """Fifteen arrivals ask for one run over all wards, so that they cost one start."""
        desk = test_desk(tmp_path)
        for ward in reversed(list(wards())):
            sent(desk, ward)

        (request,) = requests(self.look(desk, instance))

        first, last = next(iter(wards())), list(wards())[-1]
        assert (request.tags[START], request.tags[END]) == (f"2023-Q3|{first}", f"2023-Q3|{last}")

    def test_no_ward_between_is_touched(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """Wards that do not stand next to one another are separate runs."""
        desk = test_desk(tmp_path)
        names = list(wards())
        for index in (0, 1, 4):
            sent(desk, names[index])

        found = [(r.tags[START], r.tags[END]) for r in requests(self.look(desk, instance))]

        assert found == [
            (f"2023-Q3|{names[0]}", f"2023-Q3|{names[1]}"),
            (f"2023-Q3|{names[4]}", f"2023-Q3|{names[4]}"),
        ]

    def test_what_is_at_work_is_not_asked_for_again(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """A ward whose run is at work is left; another that comes meanwhile is asked for, alone."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")
        started(instance, requests(self.look(desk, instance)), DagsterRunStatus.STARTED)
        nothing = self.look(desk, instance)
        sent(desk, "pho-an")

        assert "1 reports are at work" in str(nothing.skip_message)  # type: ignore[union-attr]
        assert [r.tags[START] for r in requests(self.look(desk, instance))] == ["2023-Q3|pho-an"]

    def test_a_new_version_is_asked_for_alone(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """The version that counts is asked for under its own hash, as if the one before had never been."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")
        started(instance, requests(self.look(desk, instance)), DagsterRunStatus.FAILURE)
        sent(desk, "pho-minh", "corrected", 14)

        found = [r.run_key for r in requests(self.look(desk, instance))]

        assert found == [f"pho-minh:2023-Q3:{submissions(desk.engine)[1].sha256}"]

    def test_runs_that_were_broken_off_use_up_no_try(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """Runs that never started or were killed are asked for again, later with a pause, and nobody is told."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")
        for why in ("START_TIMEOUT", "", "UNEXPECTED_TERMINATION"):
            started(instance, requests(self.look(desk, instance)), DagsterRunStatus.FAILURE, why)

        resting = self.look(desk, instance)
        with time_machine.travel(datetime.now(ZONE) + timedelta(minutes=1), tick=False):
            after = requests(self.look(desk, instance))

        key = f"pho-minh:2023-Q3:{submissions(desk.engine)[0].sha256}"
        assert "1 rest after runs that broke off" in str(resting.skip_message)  # type: ignore[union-attr]
        assert [request.run_key for request in after] == [f"{key}:4"]
        assert runs(desk.engine) == []

    def test_a_failing_run_is_asked_for_again_until_the_office_is_told(
        self, tmp_path: Path, instance: dg.DagsterInstance
    ) -> None:
        """Each try has a key of its own; after the last the ledger says what happened, and a rerun finds it."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")
        keys = []
        for _ in range(TRIES):
            asked = requests(self.look(desk, instance))
            keys += [request.run_key for request in asked]
            started(instance, asked, DagsterRunStatus.FAILURE)
        stopped, after = self.look(desk, instance), self.look(desk, instance)

        key = f"pho-minh:2023-Q3:{submissions(desk.engine)[0].sha256}"
        ledger = read_ledger(desk.engine, ROUND, at(2023, 9, 13))
        assert keys == [key, f"{key}:2", f"{key}:3"]
        assert "1 failed too often" in str(stopped.skip_message)  # type: ignore[union-attr]
        assert "no submission is left" in str(after.skip_message)  # type: ignore[union-attr]
        assert [(run.outcome, run.ward) for run in runs(desk.engine)] == [(GIVEN_UP, "pho-minh")]
        assert [(c.ward, c.state) for c in choose([ledger], Choice(failed=True))] == [("pho-minh", State.FAILED)]
        assert [m.kind for m in due_messages(desk.engine, [ROUND], at(2023, 10, 13))] == [Kind.FAILURE]

    def test_what_cannot_be_read_is_not_asked_for(self, tmp_path: Path, instance: dg.DagsterInstance) -> None:
        """Waiting files, resends and reports that are loaded ask for nothing."""
        desk = test_desk(tmp_path)
        list(take_in(desk.desk, [desk.arrival("!damaged", "x.pdf", at(2023, 9, 12))]))
        arrival = desk.arrival("pho-minh|2023-Q3|2023-09-08|", "a.docx", at(2023, 9, 12))
        (receipt,) = take_in(desk.desk, [arrival])
        document, reading = receipt.reading  # type: ignore[misc]
        load_report(desk.engine, receipt.submission.id, reading, document, [], at(2023, 9, 12))
        list(take_in(desk.desk, [replace(arrival, name="b.docx")]))

        assert requests(self.look(desk, instance)) == []

    def test_waits_for_a_running_intake(
        self, tmp_path: Path, instance: dg.DagsterInstance, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What a running intake brings becomes one run, but files that dribble in hold up nobody for ever."""
        desk = test_desk(tmp_path)
        sent(desk, "pho-minh")
        monkeypatch.setattr(sensors, "at_work", lambda *_names: True)

        with time_machine.travel(at(2023, 9, 12) + timedelta(minutes=1), tick=False):
            early = self.look(desk, instance)
        with time_machine.travel(at(2023, 9, 12) + timedelta(minutes=3), tick=False):
            late = self.look(desk, instance)

        assert isinstance(early, dg.SkipReason) and "intake is running" in str(early.skip_message)
        assert len(requests(late)) == 1


class TestInbox:
    def test_asks_when_something_else_lies_there(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """An inbox asks for an intake once for what lies in it, and again when that changes."""
        context = dg.build_sensor_context(instance)
        empty = look_at_inbox(context, settings)
        # The clock stands still, for on a busy machine a file could come to rest between writing and looking.
        with time_machine.travel(datetime.now(ZONE), tick=False):
            (settings.inbox / "a.docx").write_bytes(b"x")
            unfinished = look_at_inbox(context, settings)
        with time_machine.travel(datetime.now(ZONE) + timedelta(minutes=1), tick=True):
            first = look_at_inbox(context, settings)
            started(instance, requests(first), DagsterRunStatus.SUCCESS)
            again = look_at_inbox(context, settings)
            (settings.inbox / "b.docx").write_bytes(b"y")
        with time_machine.travel(datetime.now(ZONE) + timedelta(minutes=2), tick=True):
            second = look_at_inbox(context, settings)

        assert isinstance(empty, dg.SkipReason) and isinstance(again, dg.SkipReason)
        assert "1 files not ready" in str(unfinished.skip_message)  # type: ignore[union-attr]
        assert len({r.run_key for r in requests(first) + requests(second)}) == 2

    def test_a_failing_intake_is_asked_for_again_until_the_office_is_told(
        self, settings: Settings, instance: dg.DagsterInstance
    ) -> None:
        """Files whose intake broke off are not "taken in before"; the last try is followed by one letter."""
        (settings.inbox / "a.docx").write_bytes(b"x")
        keys = []
        with smtp_server() as (_, server), time_machine.travel(datetime.now(ZONE) + timedelta(minutes=1), tick=True):
            mail = MailSettings(smtp=server, sender="a@b.vn", office="office@b.vn", enabled=True)
            known, context = replace(settings, mail=mail), dg.build_sensor_context(instance)
            for _ in range(TRIES):
                asked = requests(look_at_inbox(context, known))
                keys += [request.run_key for request in asked]
                started(instance, asked, DagsterRunStatus.FAILURE)
            stopped = [look_at_inbox(context, known) for _ in range(2)]

        assert [key.partition(":")[2].partition(":")[2] for key in keys if key] == ["", "2", "3"]
        assert all("the office was told" in str(look.skip_message) for look in stopped)  # type: ignore[union-attr]
        assert [e.detail["about"] for e in events(open_warehouse(settings.warehouse_url), kind=SENT)] == ["given_up"]

    def test_an_absent_inbox_is_said(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """A share that is not mounted shows as the reason of the tick, and what lies in it is asked for afterwards."""
        away = replace(settings, inbox=settings.home / "share")
        before = look_at_inbox(dg.build_sensor_context(instance), away)
        away.inbox.mkdir()
        (away.inbox / "a.docx").write_bytes(b"x")
        with time_machine.travel(datetime.now(ZONE) + timedelta(minutes=1), tick=True):
            after = look_at_inbox(dg.build_sensor_context(instance), away)

        assert "không có thư mục nhận" in str(before.skip_message)  # type: ignore[union-attr]
        assert len(requests(after)) == 1


class TestMailbox:
    def test_asks_when_the_mailbox_grew(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """A new letter asks for an intake once; without a mailbox, or while it is away, the reason is said."""
        unset = look_at_mailbox(dg.build_sensor_context(instance), settings)
        with imap_server() as server:
            known = replace(settings, mail=MailSettings(imap=server, senders={"a@b.vn": "pho-minh"}))
            put_letter(server, letter("a@b.vn", ("a.docx", b"x", DOCX)), at(2023, 9, 12))
            first = look_at_mailbox(dg.build_sensor_context(instance), known)
            started(instance, requests(first), DagsterRunStatus.SUCCESS)
            again = look_at_mailbox(dg.build_sensor_context(instance), known)
        away = look_at_mailbox(dg.build_sensor_context(instance), known)

        assert "no mailbox" in str(unset.skip_message)  # type: ignore[union-attr]
        assert len(requests(first)) == 1
        assert "no new letter" in str(again.skip_message)  # type: ignore[union-attr]
        assert "thử lại" in str(away.skip_message)  # type: ignore[union-attr]


class TestRounds:
    def test_results_follow_partial_arrivals(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """Each change of the figures asks for the round's results once, however few wards have reported."""
        desk = test_desk(settings.home)
        nothing = look_at_rounds(dg.build_sensor_context(instance), settings)
        asked = []
        for ward in ("pho-minh", "pho-an"):
            arrival = desk.arrival(f"{ward}|2023-Q3|2023-09-08|", f"{ward}.docx", at(2023, 9, 12))
            (receipt,) = take_in(desk.desk, [arrival])
            document, reading = receipt.reading  # type: ignore[misc]
            load_report(desk.engine, receipt.submission.id, reading, document, [], datetime.now(ZONE))
            result = look_at_rounds(dg.build_sensor_context(instance), settings)
            asked.append([r.partition_key for r in requests(result)])

        assert isinstance(nothing, dg.SkipReason)
        assert asked == [["2023-Q3"], ["2023-Q3"]]

    def test_a_failing_build_is_asked_for_again(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """Results that no run has made are asked for `TRIES` times, each under a key of its own."""
        desk = test_desk(settings.home)
        (receipt,) = take_in(desk.desk, [desk.arrival("pho-minh|2023-Q3|2023-09-08|", "a.docx", at(2023, 9, 12))])
        document, reading = receipt.reading  # type: ignore[misc]
        load_report(desk.engine, receipt.submission.id, reading, document, [], datetime.now(ZONE))
        keys = []
        for _ in range(TRIES + 1):
            asked = requests(look_at_rounds(dg.build_sensor_context(instance), settings))
            keys.append([str(request.run_key).split(":")[3:] for request in asked])
            started(instance, asked, DagsterRunStatus.FAILURE)

        assert keys == [[[]], [["2"]], [["3"]], []]


class TestSteps:
    def test_life_of_a_round(self) -> None:
        """A round opens once, closes the day after its last one, is built and drafted, and then is history."""
        done: set[str] = set()
        seen: list[tuple[date, str]] = []
        day = ROUND.opens - timedelta(days=3)
        while day < ROUND.closes + timedelta(days=400):
            for step in steps_due(day, frozenset(done), [ROUND]):
                seen.append((day, step.kind.value))
                done.add(step.key)
            day += timedelta(days=1)

        closed = ROUND.closes + timedelta(days=1)
        assert seen == [(ROUND.opens, "open"), (closed, "close"), (closed, "build"), (closed, "papers")]

    def test_catching_up(self) -> None:
        """After a fortnight of standstill the steps are still due, each once."""
        late = ROUND.closes + timedelta(days=14)

        assert [s.kind.value for s in steps_due(late, frozenset(), [ROUND])] == ["close", "build", "papers"]
        assert steps_due(late + timedelta(days=400), frozenset(), [ROUND]) == []

    @pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 1, 1), date(2026, 9, 26), date(2027, 12, 31)])
    def test_rounds_in_which_nobody_reports_have_no_steps(self, day: date) -> None:
        """After the units were merged there is nothing to open, close, build or draft, and nobody to write to."""
        assert [step for step in steps_due(day, frozenset()) if step.round >= parse_round("2025-Q3")] == []
        assert running_rounds(day) == []

    @pytest.mark.parametrize("day", [date(2023, 12, 31), date(2024, 1, 1)])
    def test_over_new_year(self, day: date) -> None:
        """The steps of the old year's last round are caught up on either side of midnight."""
        last = [s.kind.value for s in steps_due(day, frozenset()) if s.round.label == "2023-Q4"]

        assert last == ["close", "build", "papers"]

    def test_state_follows_the_steps(self, settings: Settings) -> None:
        """Opening and closing set the round's state; a published round stays published."""
        engine = open_warehouse(settings.warehouse_url)
        states = []
        for kind in (StepKind.OPEN, StepKind.CLOSE):
            assert record_step(engine, Step(kind, ROUND), at(2023, 9, 1))
            states.append(round_state(engine, ROUND.label))
        record_publication(engine, ROUND.label, [Paper("page", "a", "0")], "Hoa", at(2023, 10, 1))

        assert not record_step(engine, Step(StepKind.OPEN, ROUND), at(2023, 10, 2))
        assert (states, round_state(engine, ROUND.label)) == (["open", "closed"], "published")


class TestSchedules:
    def tick(self, settings: Settings, name: str, moment: datetime) -> list[dg.RunRequest] | str:
        """Return what a schedule asks for at a moment, or why it asks for nothing."""
        defs = build_defs(_no_house, schedules=make_schedules(lambda: settings))
        repository = defs.get_repository_def()
        context = dg.build_schedule_context(scheduled_execution_time=moment, repository_def=repository)
        data = repository.get_schedule_def(name).evaluate_tick(context)
        return list(data.run_requests or []) or str(data.skip_message)

    def test_time_zone(self, settings: Settings) -> None:
        """Every schedule ticks by the office's clock."""
        assert {s.execution_timezone for s in make_schedules(lambda: settings)} == {"Asia/Ho_Chi_Minh"}

    def test_opening_and_closing(self, settings: Settings) -> None:
        """Opening is asked for on its day, closing on the day after the last; on other days the reason is said."""
        before, opening = at(2023, 8, 30, 6), at(2023, 8, 31, 6)
        closing = datetime(2023, 9, 26, 0, 30, tzinfo=ZONE)
        engine = open_warehouse(settings.warehouse_url)
        for step in due_now(engine, before):
            record_step(engine, step, before)

        assert "no round to open" in self.tick(settings, "open_rounds", before)
        (opened,) = self.tick(settings, "open_rounds", opening)
        (closed,) = self.tick(settings, "close_rounds", closing)
        assert (opened.tags["cchc/rounds"], closed.tags["cchc/rounds"]) == ("2023-Q3", "2023-Q3")  # type: ignore[union-attr]

    def test_results_once_after_the_close(self, settings: Settings) -> None:
        """Results and papers of a closed round are asked for once, and not for a round nobody reported in."""
        desk = test_desk(settings.home)
        (receipt,) = take_in(desk.desk, [desk.arrival("pho-an|2023-Q3|2023-09-08|", "a.docx", at(2023, 9, 12))])
        document, reading = receipt.reading  # type: ignore[misc]
        load_report(desk.engine, receipt.submission.id, reading, document, [], at(2023, 9, 12))

        for name in ("build_results", "draft_papers"):
            first = self.tick(settings, name, at(2023, 9, 26, 1))
            second = self.tick(settings, name, at(2023, 9, 27, 1))
            assert [r.partition_key for r in first] == ["2023-Q3"]  # type: ignore[union-attr]
            assert "left to do" in second

    def test_letters_only_when_switched_on(self, settings: Settings) -> None:
        """Letters go out daily while a round is collected and mail is on."""
        on = replace(settings, mail=MailSettings(enabled=True))

        assert "off" in self.tick(settings, "write_to_wards", at(2023, 9, 12, 8))
        assert "no round" in self.tick(on, "write_to_wards", at(2023, 8, 1, 8))
        (asked,) = self.tick(on, "write_to_wards", at(2023, 9, 12, 8))
        assert asked.run_key == "letters:2023-09-12"  # type: ignore[union-attr]


class TestJobs:
    def test_every_target_exists(self, settings: Settings) -> None:
        """Whatever sensors and schedules ask for is a job of the definitions."""
        own = jobs.make_jobs(lambda: settings)
        defs = build_defs(
            _no_house,
            schedules=make_schedules(lambda: settings, own),
            sensors=make_sensors(lambda: settings, own),
        )

        names = {job.name for job in defs.get_repository_def().get_all_jobs()}
        assert {WARD_JOB, ROUND_JOB, "round_papers", *own} <= names

    def test_what_goes_out_is_on_only_where_it_is_set(self, settings: Settings) -> None:
        """A try-out neither writes to wards, nor looks for a mailbox, nor exports; all else runs with the daemon."""
        on = replace(
            settings,
            mail=MailSettings(enabled=True, imap=MailServer("mail.example.vn", 993, "cchc", "bí mật")),
            exports=ExportSettings(("parquet",)),
        )

        off = [
            clock.name
            for given in (settings, on)
            for clock in (*make_schedules(lambda given=given: given), *make_sensors(lambda given=given: given))
            if clock.default_status.value == "STOPPED"
        ]

        assert off == ["write_to_wards", "mailbox_sensor", "export_sensor"]

    def test_calendar_job(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """The calendar's job opens what is to open and records it; a second run does nothing."""
        job = jobs.make_jobs(lambda: settings)[jobs.CALENDAR_JOB]
        with time_machine.travel(at(2023, 9, 1), tick=False):
            assert job.execute_in_process(instance=instance).success
        engine = open_warehouse(settings.warehouse_url)

        assert [s.kind for s in due_now(engine, at(2023, 9, 1))] == [StepKind.BUILD, StepKind.PAPERS] * 4
        assert round_state(engine, "2023-Q2") == "closed"

    def test_a_setting_fails_at_once_in_words(self, settings: Settings, instance: dg.DagsterInstance) -> None:
        """A job without its setting fails with what to set, and is not tried again."""
        job = jobs.make_jobs(lambda: settings)[jobs.MAIL_JOB]

        result = job.execute_in_process(instance=instance, raise_on_error=False)

        failure = next(e for e in result.all_events if e.is_step_failure)
        assert not [e for e in result.all_events if e.event_type_value == "STEP_UP_FOR_RETRY"]
        assert "[mail.imap]" in str(failure.step_failure_data.error)

    def test_prune_keeps_what_partitions_rest_on(self, settings: Settings) -> None:
        """Old runs go, except the latest that made a partition; nothing goes before its time."""
        from pipelines.keeping.pruning import prune

        before_home = os.environ.get("DAGSTER_HOME")
        new_home(settings)
        engine = open_warehouse(settings.warehouse_url)
        parts = dg.StaticPartitionsDefinition(["a", "b"])

        @dg.asset(partitions_def=parts)
        def made() -> None:
            """Make nothing."""

        with dg.DagsterInstance.from_config(str(settings.dagster_home)) as instance:
            for key in ("a", "a", "b"):
                dg.materialize([made], partition_key=key, instance=instance)
            runs = [r.dagster_run.run_id for r in reversed(instance.get_run_records())]
            early = prune(instance, engine, datetime.now(ZONE) - timedelta(days=1), settings)
            done = prune(instance, engine, datetime.now(ZONE) + timedelta(days=1), settings)
            left = {r.dagster_run.run_id for r in instance.get_run_records()}

        assert (early.runs, done.runs) == (0, 1)
        assert left == {runs[1], runs[2]}
        if before_home is None:
            os.environ.pop("DAGSTER_HOME", None)


def test_known_rounds_are_enough() -> None:
    """The calendar reaches at least a year beyond the rounds in use, so that rounds are laid out ahead."""
    assert known_rounds()[-1].year >= 2027
