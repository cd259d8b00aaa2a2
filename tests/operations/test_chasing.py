"""Each message is due by the ledger, says what it must, and is sent once. On a real SMTP server."""

from __future__ import annotations

import email
from dataclasses import replace
from datetime import datetime
from email import policy
from pathlib import Path

import pytest
from sqlalchemy import Engine

from catalogue.rounds import parse_round
from cchc.errors import ConfigurationError, DeliveryError
from pipelines.ledger.entries import Facts, LastRun, Loaded, Version, make_ledger
from pipelines.messages.delivery import addresses, deliver, said
from pipelines.messages.messages import Kind, Message, Remarks, Waiting, given_up_message, messages_due
from pipelines.settings import MailServer, MailSettings
from tests.homes import new_warehouse

from .desk import at
from .mailservers import Postman, free_port, smtp_server

ROUND = parse_round("2023-Q3")
MINH = "pho-minh"
GOOD = Loaded(1, at(2023, 9, 12, 10), "1", figures=40)


def version(received: datetime | None = None, outcome: str = "read") -> Version:
    """Return a first version."""
    return Version(1, received or at(2023, 9, 12), "inbox", "ab" * 32, "bc.docx", outcome, is_current=True)


def due(moment: datetime, facts: Facts | None = None, remarks: Remarks | None = None) -> list[Message]:
    """Return what is due to Phổ Minh and to the office; the other wards have sent good reports long ago."""
    everybody = {
        entry.ward: Facts((version(),), GOOD) for entry in make_ledger(ROUND, moment, {}).entries if entry.ward != MINH
    }
    mine = {} if facts is None else {MINH: facts}
    found = messages_due(make_ledger(ROUND, moment, everybody | mine), remarks or Remarks())
    return [m for m in found if m.ward in (MINH, None)]


def kinds(messages: list[Message]) -> list[str]:
    """Return the kinds of messages to a ward, and those to the office but the morning's."""
    return [m.kind.value for m in messages if m.kind is not Kind.MORNING]


class TestDue:
    @pytest.mark.parametrize(
        ("day", "expected"),
        [
            (at(2023, 9, 7), []),
            (at(2023, 9, 8), ["remind:2023-Q3:pho-minh:2023-09-08"]),
            (at(2023, 9, 10), ["remind:2023-Q3:pho-minh:2023-09-08"]),
            (at(2023, 9, 13), ["remind:2023-Q3:pho-minh:2023-09-13"]),
            (at(2023, 9, 15), ["remind:2023-Q3:pho-minh:2023-09-13"]),
            (at(2023, 9, 16), ["missing:2023-Q3:pho-minh:2023-09-16"]),
            (at(2023, 9, 24), ["missing:2023-Q3:pho-minh:2023-09-20"]),
            (at(2023, 9, 26), []),
        ],
    )
    def test_silent_ward(self, day: datetime, expected: list[str]) -> None:
        """A ward that has sent nothing hears the latest reminder that has come, and nothing once the round closed."""
        assert [m.key for m in due(day) if m.ward] == expected

    @pytest.mark.parametrize(
        ("facts", "expected"),
        [
            (Facts((version(),)), []),
            (Facts((version(),), GOOD), ["thanks"]),
            (Facts((version(at(2023, 9, 17)),), GOOD), ["late"]),
            (Facts((version(outcome="damaged"),)), ["unreadable"]),
            (Facts((version(),), None, LastRun("read", "crashed", "…", at(2023, 9, 13), good=False)), ["failure"]),
        ],
    )
    def test_by_state(self, facts: Facts, expected: list[str]) -> None:
        """Each state calls for its own message and for no other."""
        assert kinds(due(at(2023, 9, 18), facts)) == expected

    def test_correction_is_asked_once_a_version(self) -> None:
        """Findings go to the ward with the version they are of; a new version may be asked about anew."""
        remarks = Remarks({MINH: ["85,44% không khớp 276/316"]})
        first = due(at(2023, 9, 13), Facts((version(),), replace(GOOD, errors=1)), remarks)
        second_version = replace(version(at(2023, 9, 14)), number=2)
        second = due(
            at(2023, 9, 15),
            Facts((replace(version(), is_current=False), second_version), replace(GOOD, version=2)),
            remarks,
        )

        assert kinds(first) == ["correct"]
        assert "85,44% không khớp 276/316" in first[0].body
        assert {m.key for m in first} & {m.key for m in second} == set()

    def test_no_thanks_while_something_is_wrong(self) -> None:
        """Thanks go only for a punctual report in which nothing is left to mend."""
        waiting = due(at(2023, 9, 18), Facts((version(),), replace(GOOD, waiting=1)))
        remarked = due(at(2023, 9, 18), Facts((version(),), GOOD), Remarks({MINH: ["…"]}))

        assert (kinds(waiting), kinds(remarked)) == ([], ["correct"])

    def test_morning(self) -> None:
        """Each morning of an open round the office reads every ward's state, and what waits for a person."""
        remarks = Remarks(waiting=[Waiting("lạ.pdf", at(2023, 9, 10, 7), "Tệp bị hỏng.")])

        morning = next(m for m in due(at(2023, 9, 18), None, remarks) if m.kind is Kind.MORNING)

        assert morning.key == "morning:2023-Q3:2023-09-18"
        assert morning.body.count("\n- ") == 16
        assert "phường Phổ Minh: quá hạn" in morning.body
        assert "lạ.pdf (nhận lúc 10/09/2023 07:00): Tệp bị hỏng." in morning.body
        assert "93,3%" in morning.body
        assert not [m for m in due(at(2023, 8, 30)) + due(at(2023, 9, 26)) if m.kind is Kind.MORNING]


class TestText:
    FACTS = (
        Facts((version(),), replace(GOOD, errors=1)),
        Facts((version(at(2023, 9, 17)),), GOOD),
        Facts((version(outcome="damaged"),)),
        Facts((version(),), GOOD),
        Facts((version(),), None, LastRun("read", "crashed", "…", at(2023, 9, 13), good=False)),
        None,
    )

    def test_every_kind_is_whole(self) -> None:
        """Every kind of message has one line of subject, a text with dates written for people, and no gaps."""
        found: dict[Kind, Message] = {}
        for facts in self.FACTS:
            for day in (at(2023, 9, 13), at(2023, 9, 18)):
                remarks = Remarks({MINH: ["1 khác 2"]} if facts and facts.loaded and facts.loaded.errors else {})
                found |= {m.kind: m for m in due(day, facts, remarks)}

        found[Kind.GIVEN_UP] = given_up_message("inbox:ab", 3, "cchc collect")
        assert set(found) == set(Kind)
        for message in found.values():
            assert message.subject and "\n" not in message.subject
            assert "2023-09" not in message.body and "None" not in message.body and "{" not in message.body
            assert "2023" in message.body or message.round is None


def _mail(server: MailServer | None, **changes: object) -> MailSettings:
    settings = MailSettings(
        smtp=server,
        sender="Phòng Nội vụ <phongnoivu@example.org>",
        office="phongnoivu@example.org",
        senders={"minh@example.org": MINH, "minh2@example.org": MINH, "phongnoivu@example.org": "office"},
        enabled=True,
    )
    return replace(settings, **changes)  # type: ignore[arg-type]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An empty warehouse."""
    return new_warehouse(tmp_path)


MESSAGE = Message("missing:2023-Q3:pho-minh:x", Kind.MISSING, "2023-Q3", MINH, "Quá hạn báo cáo", "Kính gửi …\n")
NOBODY = replace(MESSAGE, key="missing:2023-Q3:pho-an:x", ward="pho-an")
TO_OFFICE = replace(MESSAGE, key="morning:2023-Q3:x", kind=Kind.MORNING, ward=None)
MOMENT = at(2023, 9, 16)


class TestDeliver:
    def test_reaches_the_ward(self, engine: Engine) -> None:
        """A message arrives at every address of the ward, readable in Vietnamese, marked as sent by a machine."""
        with smtp_server() as (postman, server):
            verdicts = deliver(engine, _mail(server), [MESSAGE], MOMENT)

        (kept,) = postman.letters
        letter = email.message_from_bytes(_bytes(postman), policy=policy.default)
        assert [v.verdict for v in verdicts] == ["sent"]
        assert kept.rcpt_tos == ["minh2@example.org", "minh@example.org"]
        assert (letter["Subject"], letter["Auto-Submitted"]) == ("Quá hạn báo cáo", "auto-generated")
        assert letter.get_content().strip() == "Kính gửi …"

    def test_once_for_an_event(self, engine: Engine) -> None:
        """The same message is never sent twice, however often it is due."""
        with smtp_server() as (postman, server):
            deliver(engine, _mail(server), [MESSAGE, TO_OFFICE], MOMENT)
            again = deliver(engine, _mail(server), [MESSAGE, TO_OFFICE], MOMENT)

        assert (len(postman.letters), again) == (2, [])
        assert said(engine) == {MESSAGE.key, TO_OFFICE.key}

    def test_ward_without_address(self, engine: Engine) -> None:
        """A ward nobody knows an address of is reported and holds up nobody else."""
        with smtp_server() as (_, server):
            verdicts = deliver(engine, _mail(server), [NOBODY, MESSAGE], MOMENT)

        assert [v.verdict for v in verdicts] == ["no_address", "sent"]
        assert said(engine) == {MESSAGE.key}

    def test_refused_letter_is_tried_again(self, engine: Engine) -> None:
        """What the server refuses is not recorded as said, and goes out when it is accepted."""
        with smtp_server() as (postman, server):
            postman.refuse = {"minh@example.org", "minh2@example.org"}
            refused = deliver(engine, _mail(server), [MESSAGE, TO_OFFICE], MOMENT)
            postman.refuse = set()
            accepted = deliver(engine, _mail(server), [MESSAGE, TO_OFFICE], MOMENT)

        assert [v.verdict for v in refused] == ["refused", "sent"]
        assert [v.verdict for v in accepted] == ["sent"]

    def test_server_away(self, engine: Engine) -> None:
        """A server that cannot be reached is an error to be tried again, and nothing is recorded."""
        with pytest.raises(DeliveryError) as caught:
            deliver(engine, _mail(MailServer("127.0.0.1", free_port(), security="none")), [MESSAGE], MOMENT)

        assert caught.value.retryable
        assert said(engine) == frozenset()

    def test_off_by_default(self, engine: Engine) -> None:
        """Nothing is sent unless somebody switched it on and named a server."""
        with pytest.raises(ConfigurationError, match="chưa bật"):
            deliver(engine, MailSettings(), [MESSAGE], MOMENT)
        with pytest.raises(ConfigurationError, match="chưa cấu hình máy chủ"):
            deliver(engine, _mail(None), [MESSAGE], MOMENT)


def test_addresses() -> None:
    """A ward is written to at the addresses it may send from, the office at its own."""
    mail = _mail(None)

    assert addresses(mail, MINH) == ("minh2@example.org", "minh@example.org")
    assert addresses(mail, None) == ("phongnoivu@example.org",)
    assert addresses(MailSettings(), None) == ()


def _bytes(postman: Postman) -> bytes:
    content = postman.letters[0].content
    assert isinstance(content, bytes)
    return content
