"""The office's page served on a port of this machine, for a real browser.

Belongs here: a server in a thread, and which browser there is. Stays out: what is looked at.
"""

from __future__ import annotations

import shutil
import socket
import threading
import time

import uvicorn

from console.app import make_app
from tests.console.desk import Desk

QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def chromium_path() -> str | None:
    """Return the browser of this machine, None where there is none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


class Served:
    """A page served on a port of this machine."""

    def __init__(self, desk: Desk, *, ready: bool = False) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        app = make_app(desk.settings, lambda: desk.moment, ready=ready)
        self.server = uvicorn.Server(uvicorn.Config(app, port=self.port, log_level="error"))
        self.thread = threading.Thread(target=self.server.run, daemon=True)

    @property
    def address(self) -> str:
        """Return where the page is; a browser takes secure cookies from localhost."""
        return f"http://localhost:{self.port}"

    def __enter__(self) -> Served:
        self.thread.start()
        while not self.server.started:
            time.sleep(0.05)
        return self

    def __exit__(self, *_exc: object) -> None:
        self.server.should_exit = True
        self.thread.join(10)
