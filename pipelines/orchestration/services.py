"""The services of an office: whether each is at work, since when not, and what stands still without it.

Belongs here: the last sign of each service and the judgement on it. Stays out: printing (`pipelines.cli.doctor`),
starting and stopping them (`deploy/systemd`).

The daemon's parts leave a heartbeat in Dagster's own record, its code server shows by the sensors that it evaluates;
the pages are asked at their address. A service that never gave a sign is one that this office does not run.
"""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import dagster as dg
from dagster._core.definitions.run_request import InstigatorType
from dagster._core.scheduler.instigation import SensorInstigatorData

from pipelines.settings import Settings

SILENT = timedelta(minutes=10)
"""Time without a sign after which a service counts as down; a loaded machine is slow, not silent for so long."""

DAGSTER_PAGE = ("127.0.0.1", 3000)
"""Where `deploy/systemd/cchc-webserver.service` lets Dagster's page listen."""

_PATIENCE = 2.0


class Service(StrEnum):
    """A service that an office may run."""

    DAEMON = "daemon"
    CODE_SERVER = "code_server"
    CONSOLE = "console"
    DAGSTER_PAGE = "dagster_page"


class Standing(StrEnum):
    """How a service is."""

    AT_WORK = "at_work"
    SILENT = "silent"
    NOT_RUN = "not_run"


@dataclass(frozen=True)
class Sign:
    """How one service is, and how long ago it gave its last sign; no age where it never did or answers right now."""

    service: Service
    standing: Standing
    age: timedelta | None = None


def judged(service: Service, last: datetime | None, moment: datetime) -> Sign:
    """Return how a service is whose last sign came at some moment, None for never."""
    if last is None:
        return Sign(service, Standing.NOT_RUN)
    age = max(moment - last, timedelta())
    return Sign(service, Standing.AT_WORK if age <= SILENT else Standing.SILENT, age)


def signs(settings: Settings, instance: dg.DagsterInstance, moment: datetime) -> list[Sign]:
    """Return how every service is at a moment.

    The daemon is as old as the part of it that was silent longest: a part that hangs is a daemon that does not work.
    """
    beats = [beat.timestamp for beat in instance.get_daemon_heartbeats().values()]
    console = (settings.console.host, settings.console.port)
    return [
        judged(Service.DAEMON, _moment(min(beats, default=None), moment), moment),
        judged(
            Service.CODE_SERVER, _moment(max(_ticks(instance, settings.dagster.office), default=None), moment), moment
        ),
        Sign(Service.CONSOLE, Standing.AT_WORK if answers(console) else Standing.NOT_RUN),
        Sign(Service.DAGSTER_PAGE, Standing.AT_WORK if answers(DAGSTER_PAGE) else Standing.NOT_RUN),
    ]


def answers(address: tuple[str, int]) -> bool:
    """Return whether somebody listens at an address."""
    with suppress(OSError), socket.create_connection(address, timeout=_PATIENCE):
        return True
    return False


def _ticks(instance: dg.DagsterInstance, office: str) -> list[float]:
    """Return when each sensor was last evaluated, which only the code server can do.

    In a shared Dagster an office's code server is the one whose location bears its name.
    """
    states = instance.all_instigator_state(instigator_type=InstigatorType.SENSOR)
    places = ((s.origin.repository_origin.code_location_origin.location_name, s.instigator_data) for s in states)
    kept = [data for name, data in places if office in ("", name)]
    found = [one.last_tick_timestamp for one in kept if isinstance(one, SensorInstigatorData)]
    return [stamp for stamp in found if stamp is not None]


def _moment(stamp: float | None, like: datetime) -> datetime | None:
    return None if stamp is None else datetime.fromtimestamp(stamp, like.tzinfo)
