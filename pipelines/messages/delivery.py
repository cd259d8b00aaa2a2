"""Sending messages by SMTP, each event once.

Belongs here: addresses, the letter's form, the server, and the record of what was said.
Stays out: which messages are due and their words (`pipelines.messages.messages`).

A message is sent and then recorded under its event's key; one that could not be sent is not recorded and is tried the
next time. Its Message-ID is made of the key, so that even a letter sent twice is recognised by the receiver.
"""

from __future__ import annotations

import hashlib
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Literal

from sqlalchemy import Engine

from cchc.errors import ConfigurationError, DeliveryError
from cchc.messages import translator
from pipelines.messages.messages import Message
from pipelines.settings import MailServer, MailSettings
from warehouse.publishing import events, record_event
from warehouse.rows import EventRow

_ = translator("operations")

SENT = "message"
"""Kind of the event that records a message."""

Verdict = Literal["sent", "no_address", "refused"]
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True)
class Delivery:
    """What became of one message; `to` are the addresses it went or would have gone to."""

    message: Message
    to: tuple[str, ...]
    verdict: Verdict
    detail: str = ""


def addresses(mail: MailSettings, ward: str | None) -> tuple[str, ...]:
    """Return the addresses of a ward (those it may send from), or of the office."""
    if ward is None:
        return (mail.office,) if mail.office else ()
    return tuple(sorted(address for address, owner in mail.senders.items() if owner == ward))


def said(engine: Engine) -> frozenset[str]:
    """Return the keys of everything that was said."""
    return frozenset(event.key for event in events(engine, kind=SENT))


def deliver(engine: Engine, mail: MailSettings, messages: Sequence[Message], moment: datetime) -> list[Delivery]:
    """Send what was not said yet and record it; return what became of each message that was still to be sent.

    Raises:
        ConfigurationError: mail is off, or server or sender are not set.
        DeliveryError: the server cannot be reached; may be tried again.
    """
    before = said(engine)
    pending = [message for message in messages if message.key not in before]
    if not pending:
        return []
    with _opened(_server(mail)) as server:
        return list(_send_all(engine, mail, server, pending, moment))


def letter(message: Message, sender: str, to: Iterable[str], moment: datetime) -> EmailMessage:
    """Return a message as a letter; header values are refused by the library where they hold line breaks."""
    made = EmailMessage()
    made["From"] = sender
    made["To"] = ", ".join(to)
    made["Subject"] = message.subject
    made["Date"] = format_datetime(moment)
    domain = sender.rsplit("@", 1)[-1].rstrip(">") or "localhost"
    made["Message-ID"] = f"<{hashlib.sha256(message.key.encode()).hexdigest()[:32]}@{domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(message.body)
    return made


def _server(mail: MailSettings) -> MailServer:
    if not mail.enabled:
        raise ConfigurationError(
            _("sending mail is off; set mail.enabled = true in cchc.toml once addresses are right")
        )
    if mail.smtp is None or not mail.sender:
        raise ConfigurationError(_("no mail server is set; add [mail.smtp] and mail.sender to cchc.toml"))
    return mail.smtp


def _send_all(
    engine: Engine, mail: MailSettings, server: smtplib.SMTP, messages: Sequence[Message], moment: datetime
) -> Iterator[Delivery]:
    for message in messages:
        to = addresses(mail, message.ward)
        if not to:
            yield Delivery(message, (), "no_address")
            continue
        try:
            refused: Mapping[str, object] = server.send_message(letter(message, mail.sender, to, moment))
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            yield Delivery(message, to, "refused", str(error))
            continue
        record_event(engine, _event(message, to, moment))
        yield Delivery(message, to, "sent", ", ".join(sorted(refused)))


def _event(message: Message, to: tuple[str, ...], moment: datetime) -> EventRow:
    detail = {"about": message.kind.value, "to": list(to), "subject": message.subject}
    return EventRow(message.key, SENT, moment, message.round, message.ward, detail)


@contextmanager
def _opened(server: MailServer) -> Iterator[smtplib.SMTP]:
    try:
        with _connect(server) as connection:
            if server.user:
                connection.login(server.user, server.password)
            yield connection
    except (smtplib.SMTPException, OSError) as error:
        raise DeliveryError(
            _("mail server {host}:{port} cannot be used ({error}); try again").format(
                host=server.host, port=server.port, error=error
            )
        ) from error


def _connect(server: MailServer) -> smtplib.SMTP:
    if server.security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(server.host, server.port, timeout=_TIMEOUT_SECONDS, context=context)
    connection = smtplib.SMTP(server.host, server.port, timeout=_TIMEOUT_SECONDS)
    if server.security == "starttls":
        connection.starttls(context=ssl.create_default_context())
    return connection
