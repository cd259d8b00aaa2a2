"""Real mail servers on this machine: IMAP by pymap, SMTP by aiosmtpd."""

from __future__ import annotations

import imaplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from pipelines.settings import MailServer

USER, PASSWORD = "office", "secret"
_IMAP = (
    "from pysasl.hashing import BuiltinHash; BuiltinHash.__init__.__kwdefaults__['rounds'] = 1; "
    "from pymap.main import main; main()"
)
"""The program `pymap` with passwords hashed once instead of half a million times at each login."""
PATIENCE = 120.0
"""Seconds a server may take to start or stop on a busy machine."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def imap_server() -> Iterator[MailServer]:
    """Run an IMAP server with an empty inbox."""
    port = free_port()
    place = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "admin"]
    command = [sys.executable, "-c", _IMAP, *place]
    process = subprocess.Popen([*command, "dict", "--demo-user", USER, "--demo-password", PASSWORD])
    try:
        _wait_for(port, process)
        yield MailServer("127.0.0.1", port, USER, PASSWORD, "none")
    finally:
        process.terminate()
        try:
            process.wait(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def put_letter(server: MailServer, letter: EmailMessage | bytes, received: datetime) -> None:
    """Lay a letter into the inbox as if the server had taken it in at a moment."""
    raw = letter if isinstance(letter, bytes) else letter.as_bytes()
    connection = imaplib.IMAP4(server.host, server.port)
    connection.login(server.user, server.password)
    connection.append("INBOX", "", imaplib.Time2Internaldate(received), raw)
    connection.logout()


def flags(server: MailServer) -> list[bytes]:
    """Return the flags of every letter."""
    connection = imaplib.IMAP4(server.host, server.port)
    connection.login(server.user, server.password)
    connection.select("INBOX", readonly=True)
    _, found = connection.fetch("1:*", "(FLAGS)")
    connection.logout()
    return [part for part in found if isinstance(part, bytes)]


class Postman:
    """An SMTP server that keeps what it is given; addresses in `refuse` are turned away."""

    def __init__(self) -> None:
        self.letters: list[Envelope] = []
        self.refuse: set[str] = set()
        self.controller = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=PATIENCE)

    async def handle_RCPT(  # noqa: N802 (the name aiosmtpd looks for)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Accept or refuse one receiver."""
        if address in self.refuse:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep one letter."""
        self.letters.append(envelope)
        return "250 OK"


@contextmanager
def smtp_server() -> Iterator[tuple[Postman, MailServer]]:
    """Run an SMTP server."""
    postman = Postman()
    postman.controller.start()
    try:
        yield postman, MailServer("127.0.0.1", postman.controller.port, security="none")
    finally:
        postman.controller.stop()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"nothing listens on port {port}; the server ended with {process.poll()}")
