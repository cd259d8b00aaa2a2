"""The example for a reverse proxy with a real nginx: Dagster's page is reached through the console's login only."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.console.desk import Desk
from tests.console.served import Served

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
EXAMPLE = Path(__file__).parents[2] / "deploy" / "nginx" / "cchc.conf"
pytestmark = pytest.mark.skipif(NGINX is None, reason="no nginx on this machine")


class Dagster(BaseHTTPRequestHandler):
    """Stands where Dagster's page would: says which cookie it was given."""

    def do_GET(self) -> None:
        """Answer with the cookie that came along."""
        self.send_response(200)
        self.end_headers()
        self.wfile.write(f"dagster, cookie [{self.headers.get('Cookie', '')}]".encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def configuration(folder: Path, port: int, page: int, dagster: int) -> str:
    """Return the example as it ships, on this machine's ports and without TLS, in a whole configuration."""
    server = EXAMPLE.read_text(encoding="utf-8")
    server = server.replace("listen 443 ssl;", f"listen 127.0.0.1:{port};")
    server = re.sub(r"ssl_certificate\w* .*;|server_name .*;", "", server)
    server = server.replace("127.0.0.1:8686", f"127.0.0.1:{page}").replace("127.0.0.1:3000", f"127.0.0.1:{dagster}")
    kept = " ".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    top = f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;"
    return f"{top} events {{}} http {{ access_log off; {kept} {server} }}"


@pytest.fixture
def proxied(desk: Desk, tmp_path: Path) -> Iterator[str]:
    """Give the address of an nginx before the page and what stands for Dagster."""
    assert NGINX is not None
    behind = ThreadingHTTPServer(("127.0.0.1", 0), Dagster)
    threading.Thread(target=behind.serve_forever, daemon=True).start()
    port = free_port()
    with Served(desk) as served:
        path = tmp_path / "nginx.conf"
        path.write_text(configuration(tmp_path, port, served.port, behind.server_port), encoding="utf-8")
        with subprocess.Popen([NGINX, "-c", str(path), "-p", str(tmp_path)]) as process:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
            process.terminate()
    behind.shutdown()


def _wait_for(port: int) -> None:
    for _try in range(200):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("nginx does not listen")


class TestExample:
    def test_dagster_for_operators_alone(self, desk: Desk, proxied: str) -> None:
        """Nobody signed in is led to sign in, a clerk is refused, an operator passes; Dagster gets no session."""
        told: dict[str | None, tuple[int, str]] = {}
        for role in (None, "clerk", "operator"):
            secret = desk.browser(role).client.cookies.get("__Host-cchc") or ""
            answer = httpx.get(f"{proxied}/dagster/", headers={"Cookie": f"__Host-cchc={secret}"})
            told[role] = (answer.status_code, answer.headers.get("location", ""))

        assert told.pop(None)[0] == 303
        assert told == {"clerk": (403, ""), "operator": (200, "")}
        assert answer.text == "dagster, cookie []"
        # The question the proxy asks the page cannot be asked from outside; the page itself is there.
        assert httpx.get(f"{proxied}/may/dagster").status_code == 404
        assert httpx.get(f"{proxied}/sign-in").status_code == 200
