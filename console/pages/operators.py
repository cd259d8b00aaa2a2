"""The machine: services, tries at reports, room on the disk, and the gate to Dagster's page.

Belongs here: showing what an operator looks at, and answering a reverse proxy that asks who may pass.
Stays out: runs themselves, which Dagster's page shows.
"""

from __future__ import annotations

import shutil
import socket
import subprocess
from dataclasses import dataclass

from starlette.responses import Response

from cchc.messages import translator
from console.call import Call
from warehouse.people.roles import Right
from warehouse.publishing import runs

_ = translator("console")

UNITS = ("cchc-console", "cchc-webserver", "cchc-daemon", "cchc-backup.timer")
MOST_RUNS = 40
_SECONDS = 2.0
DAGSTER_GROUPS = ("wards", "round")
_DAGSTER_PORT = 3000


@dataclass(frozen=True)
class Service:
    """A service of the machine and what it says of itself."""

    name: str
    state: str


def operators(call: Call) -> Response:
    """Show services, room on the disk, jobs and the latest tries."""
    around = call.around
    dagster = around.settings.console.dagster
    usage = shutil.disk_usage(around.settings.home)
    tries = sorted(runs(around.engine), key=lambda run: run.started_at, reverse=True)
    return call.page(
        "operators",
        services=services(),
        dagster=dagster and with_open_groups(dagster),
        dagster_answers=answers(_DAGSTER_PORT),
        free=usage.free / (1 << 30),
        total=usage.total / (1 << 30),
        jobs=around.jobs.of_round()[:20],
        runs=tries[:MOST_RUNS],
        home=around.settings.home,
    )


def may_pass(call: Call) -> Response:
    """Tell a reverse proxy whether who asks may see a page that has no login of its own."""
    if call.session is None:
        return Response(status_code=401)
    allowed = call.path("what") == "dagster" and call.person.may(Right.OPERATE)
    return Response(status_code=204 if allowed else 403, headers={"X-Cchc-Person": str(call.person.id)})


def with_open_groups(address: str) -> str:
    """Return the address of Dagster's graph of assets with its groups open, which it shows closed by itself."""
    groups = ",".join(f"global%40global%3A{group}" for group in DAGSTER_GROUPS)
    return f"{address.rstrip('/')}/asset-groups?expanded={groups}"


def services() -> list[Service]:
    """Return the services of the machine, none where it has no systemd."""
    program = shutil.which("systemctl")
    if program is None:
        return []
    try:
        asked = subprocess.run(  # noqa: S603 (our own units, no word from outside)
            [program, "is-active", *UNITS], capture_output=True, text=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return []
    states = asked.stdout.split()
    return [Service(name, state) for name, state in zip(UNITS, states, strict=False)]


def answers(port: int) -> bool:
    """Return whether something listens on a port of this machine."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.3):
            return True
    except OSError:
        return False
