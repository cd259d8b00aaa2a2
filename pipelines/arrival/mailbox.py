"""The mailbox: attachments of known senders become arrivals.

Belongs here: reading a mailbox over IMAP without changing it, how far it was read.
Stays out: the parts of a letter (`pipelines.arrival.letter_parts`), what a document is (`pipelines.arrival.intake`),
sending (`pipelines.messages.delivery`).

Letters are peeked at, never marked or moved: people may read the same mailbox. How far it was read is kept as a UID,
and moves on only after everything before it was taken in; reading a letter twice does no harm.
"""

from __future__ import annotations

import imaplib
import json
import re
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import Message
from pathlib import Path

from catalogue.wards import wards
from cchc.clock import ZONE
from cchc.errors import ConfigurationError, DeliveryError
from cchc.messages import translator
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.letter_parts import decoded, document, parsed, sender
from pipelines.settings import MailServer, MailSettings

_ = translator("operations")

MAX_LETTER_BYTES = 60 * 2**20
"""Larger letters are not fetched; the office is told of them."""

OFFICE = "office"
"""What a known address maps to when it is no ward's own."""

_TIMEOUT_SECONDS = 60
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_DATE = re.compile(rb'INTERNALDATE "([^"]+)"')


@dataclass(frozen=True)
class Cursor:
    """How far a mailbox was read; UIDs mean something only within one UIDVALIDITY (RFC 3501, 2.3.1.1)."""

    validity: int = 0
    uid: int = 0


@dataclass(frozen=True)
class PassedOver:
    """A letter that was not taken in, and why: unknown_sender, too_large or no_attachment."""

    sender: str
    subject: str
    received_at: datetime
    why: str


@dataclass(frozen=True)
class Post:
    """What a look into the mailbox brought: attachments as arrivals, letters passed over, and how far it went."""

    arrivals: tuple[Arrival, ...]
    passed_over: tuple[PassedOver, ...]
    cursor: Cursor


def fetch_post(settings: MailSettings, cursor: Cursor, folder: Path) -> Post:
    """Write the attachments of known senders under `folder` and return them; only letters after `cursor` are read.

    Raises:
        ConfigurationError: no mailbox is set, or a sender is mapped to no ward.
        DeliveryError: the server cannot be reached or refuses; may be tried again.
    """
    if settings.imap is None:
        raise ConfigurationError(_no_mailbox())
    check_senders(settings.senders)
    with _opened(settings.imap, settings.mailbox) as (connection, validity):
        start = cursor.uid if validity == cursor.validity else 0
        arrivals: list[Arrival] = []
        passed_over: list[PassedOver] = []
        last = start
        for uid in _uids_after(connection, start):
            found = _letter(connection, uid, settings.senders, folder / str(uid))
            arrivals += found if isinstance(found, list) else []
            passed_over += [] if isinstance(found, list) else [found]
            last = uid
    return Post(tuple(arrivals), tuple(passed_over), Cursor(validity, last))


def newest_letter(settings: MailSettings) -> Cursor:
    """Return where the mailbox ends, by a look that fetches nothing.

    Raises:
        ConfigurationError: no mailbox is set.
        DeliveryError: the server cannot be reached; may be tried again.
    """
    if settings.imap is None:
        raise ConfigurationError(_no_mailbox())
    with _opened(settings.imap, settings.mailbox) as (connection, validity):
        return Cursor(validity, max(_uids_after(connection, 0), default=0))


def _no_mailbox() -> str:
    return _("no mailbox is set; add [mail.imap] with host, port and user to cchc.toml")


def check_senders(senders: Mapping[str, str]) -> None:
    """Refuse an address that is mapped to neither a ward nor the office."""
    for address, ward in senders.items():
        if ward != OFFICE and ward not in wards():
            raise ConfigurationError(
                _("mail.senders: {address} is mapped to '{ward}'; give a ward's slug or '{office}'").format(
                    address=address, ward=ward, office=OFFICE
                )
            )


def load_cursor(path: Path) -> Cursor:
    """Return how far the mailbox was read; a missing or torn file means from the beginning, which does no harm."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        return Cursor(int(kept["validity"]), int(kept["uid"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Cursor()


def save_cursor(path: Path, cursor: Cursor) -> None:
    """Keep how far the mailbox was read."""
    partial = path.with_suffix(".part")
    partial.write_text(json.dumps(asdict(cursor)), encoding="utf-8")
    partial.replace(path)


@contextmanager
def _opened(server: MailServer, mailbox: str) -> Iterator[tuple[imaplib.IMAP4, int]]:
    """Give a connection with the mailbox selected read-only, and its UIDVALIDITY."""
    try:
        connection = _connect(server)
        try:
            connection.login(server.user, server.password)
            status, _answer_given = connection.select(f'"{mailbox}"', readonly=True)
            if status != "OK":
                raise ConfigurationError(
                    _("mailbox '{name}' does not exist at {host}; check mail.mailbox").format(
                        name=mailbox, host=server.host
                    )
                )
            yield connection, _validity(connection)
        finally:
            connection.logout()
    except (imaplib.IMAP4.error, OSError) as error:
        raise DeliveryError(
            _("mailbox at {host}:{port} cannot be read ({error}); it is tried again").format(
                host=server.host, port=server.port, error=error
            )
        ) from error


def _connect(server: MailServer) -> imaplib.IMAP4:
    if server.security == "tls":
        return imaplib.IMAP4_SSL(
            server.host, server.port, ssl_context=ssl.create_default_context(), timeout=_TIMEOUT_SECONDS
        )
    connection = imaplib.IMAP4(server.host, server.port, timeout=_TIMEOUT_SECONDS)
    if server.security == "starttls":
        connection.starttls(ssl.create_default_context())
    return connection


def _validity(connection: imaplib.IMAP4) -> int:
    _, found = connection.response("UIDVALIDITY")
    return int(found[0]) if found and found[0] else 0


def _uids_after(connection: imaplib.IMAP4, uid: int) -> list[int]:
    """Return the UIDs above one; the server answers `n:*` with the last letter even where none is above."""
    _, found = connection.uid("SEARCH", f"UID {uid + 1}:*")
    listed = found[0].split() if found and found[0] else []
    return sorted(number for number in map(int, listed) if number > uid)


def _letter(
    connection: imaplib.IMAP4, uid: int, senders: Mapping[str, str], folder: Path
) -> list[Arrival] | PassedOver:
    """Return the documents of one letter as arrivals, or why it was passed over; its size is asked first."""
    _, found = connection.uid("FETCH", str(uid), "(RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER])")
    described, header = _answer(found)
    letter = parsed(header)
    address = sender(letter)
    received, subject = _received(described), decoded(letter.get("Subject", ""))
    if address not in senders:
        return PassedOver(address, subject, received, "unknown_sender")
    size = _SIZE.search(described)
    if size and int(size[1]) > MAX_LETTER_BYTES:
        return PassedOver(address, subject, received, "too_large")
    _, found = connection.uid("FETCH", str(uid), "(BODY.PEEK[])")
    whole = parsed(_answer(found)[1])
    arrivals = list(_documents(whole, address, senders[address], received, folder))
    return arrivals or PassedOver(address, subject, received, "no_attachment")


def _answer(found: list[object]) -> tuple[bytes, bytes]:
    """Return the described part and the literal of a FETCH answer; what follows the literal belongs to the first."""
    described, literal = b"", b""
    for part in found:
        if isinstance(part, tuple):
            described += part[0]
            literal = part[1]
        elif isinstance(part, bytes):
            described += part
    return described, literal


def _received(described: bytes) -> datetime:
    """Return when the server took the letter in, in the office's zone; the Date line is the sender's to write."""
    match = _DATE.search(described)
    if match is None:
        raise DeliveryError(_("the mail server gives no time of arrival; it is tried again"))
    stamp = datetime.strptime(match[1].decode("ascii").strip(), "%d-%b-%Y %H:%M:%S %z")
    return stamp.astimezone(ZONE)


def _documents(letter: Message, address: str, ward: str, received: datetime, folder: Path) -> Iterator[Arrival]:
    for number, part in enumerate(letter.walk(), start=1):
        content = document(part)
        if content is None:
            continue
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{number:03}"
        path.write_bytes(content)
        name = decoded(part.get_filename() or f"part-{number}")
        sender_ward = None if ward == OFFICE else ward
        yield Arrival(path, name, Way.MAIL, received, sender=address, sender_ward=sender_ward, sent_order=number)
