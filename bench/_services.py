"""The services of `python -m bench scale` as processes: PostgreSQL, Redis, an S3 server, code servers, daemon, workers.

Belongs here: starting each, starting it again, killing it, and the environment that leads from one to the other. Stays
out: what goes through them (`scale`).
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench._storeserver import BUCKET, KEYS

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent


def free_port() -> int:
    """Return a port nobody listens at just now."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def wait_for(port: int, patience: float = 600) -> None:
    """Wait until somebody listens at a port."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
            return
        time.sleep(0.3)
    raise SystemExit(f"nobody listens at {port}")


STARTED: list[Service] = []
"""Every service that was started, so that none is left behind where something goes wrong."""


@dataclass
class Service:
    """A process that is started again when it is gone; `kind` groups those of which any may be killed."""

    kind: str
    command: Sequence[str]
    environ: Mapping[str, str]
    log: Path
    port: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        """Start it, in a session of its own."""
        STARTED.append(self)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command, cwd=ROOT, env=dict(self.environ), stdout=log, stderr=log, start_new_session=True
            )

    def is_gone(self) -> bool:
        """Return whether it ended."""
        return self.process is None or self.process.poll() is not None

    def kill(self, sig: signal.Signals, *, whole: bool) -> None:
        """Send a signal to it alone or to all it started, and wait until it is gone."""
        if self.process is None:
            return
        with suppress(ProcessLookupError):
            (os.killpg if whole else os.kill)(self.process.pid, sig)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(60)
        if self.is_gone():
            return
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def memory(self) -> int:
        """Return the resident bytes of it and all it started."""
        total = 0
        with suppress(psutil.Error):
            found = psutil.Process(self.process.pid if self.process else 0)
            for one in (found, *found.children(recursive=True)):
                with suppress(psutil.Error):
                    total += one.memory_info().rss
        return total


def redis_service(folder: Path) -> Service:
    """Return Redis, which keeps what it was told on its disk."""
    program = shutil.which("redis-server")
    if program is None:
        raise SystemExit("install redis-server: apt-get install redis-server")
    port = free_port()
    words = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "yes", "--dir", str(folder)]
    return Service("redis", [program, "--port", str(port), *words], os.environ, folder / "redis.log", port)


def s3_service(folder: Path) -> Service:
    """Return moto's S3 server with its objects in memory; it is not killed, for it keeps nothing."""
    port = free_port()
    code = (
        "import sys, time; from bench._storeserver import s3_server\n"
        "with s3_server(int(sys.argv[1])): time.sleep(10**6)"
    )
    return Service("s3", [sys.executable, "-c", code, str(port)], os.environ, folder / "s3.log", port)


def shared_environ(redis: Service, s3: Service, runs_url: str, dagster_home: Path, homes: Path) -> dict[str, str]:
    """Return the environment of every service of every office."""
    return {
        **os.environ,
        **KEYS,
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{s3.port}",
        "CCHC_RUNS_URL": runs_url,
        "CCHC_BROKER_URL": f"redis://127.0.0.1:{redis.port}/0",
        "CCHC_HOMES": str(homes),
        "DAGSTER_HOME": str(dagster_home),
        "DAGSTER_DISABLE_TELEMETRY": "1",
        "OMP_THREAD_LIMIT": "1",
        "CCHC_WORKERS": "1",
        "PYTHONWARNINGS": "ignore",
    }


def code_server(office: str, environ: Mapping[str, str], folder: Path) -> Service:
    """Return the code server of an office."""
    port = free_port()
    words = ["code-server", "start", "-m", "pipelines.location", "-a", "defs", "--host", "127.0.0.1", "-p", str(port)]
    home = {"CCHC_HOME": str(Path(environ["CCHC_HOMES"]) / office)}
    return Service("code", [str(BIN / "dagster"), *words], {**environ, **home}, folder / f"code-{office}.log", port)


def daemon(workspace: Path, environ: Mapping[str, str], folder: Path) -> Service:
    """Return Dagster's daemon for all offices."""
    return Service("daemon", [str(BIN / "dagster-daemon"), "run", "-w", str(workspace)], environ, folder / "daemon.log")


def worker(number: int, environ: Mapping[str, str], folder: Path, app: str) -> Service:
    """Return a worker of Celery."""
    name = f"w{number}@%h"
    words = ["-A", app, "worker", "-n", name, "-Q", "dagster", "-l", "WARNING", "--without-gossip", "--without-mingle"]
    return Service("worker", [str(BIN / "celery"), *words], environ, folder / f"worker-{number}.log")


def workspace_of(servers: Mapping[str, Service], path: Path) -> Path:
    """Write the workspace file that lists the code server of each office."""
    lines = [
        f"  - grpc_server: {{host: 127.0.0.1, port: {server.port}, location_name: {office}}}\n"
        for office, server in servers.items()
    ]
    path.write_text("load_from:\n" + "".join(lines), encoding="utf-8")
    return path


def store_of(office: str) -> str:
    """Return where an office's originals, papers and quarantine lie."""
    return f"s3://{BUCKET}/{office}"
