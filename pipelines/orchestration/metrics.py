"""What a machine watches: rounds, what waits, runs, ages, as Prometheus text.

Belongs here: the numbers and their form. Stays out: where they are shown (`pipelines.cli.metrics`), what is too much.

Ages are in seconds at `moment`. Nothing here names a person or a file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import dagster as dg
from sqlalchemy import Engine

from assets.keys import tags_of
from pipelines.ledger.entries import State, office_day
from pipelines.messages.round_ledger import read_ledger, waiting_files
from pipelines.orchestration.calendar_steps import running_rounds
from pipelines.orchestration.sensors import unread
from pipelines.settings import Settings

Sample = tuple[Mapping[str, str], float]


@dataclass(frozen=True)
class Metric:
    """One number by name, with what it says and a sample for each set of labels."""

    name: str
    says: str
    samples: tuple[Sample, ...]


def measure(settings: Settings, engine: Engine, instance: dg.DagsterInstance, moment: datetime) -> list[Metric]:
    """Return every number at a moment; a thing that never happened has no sample."""
    waiting, left = waiting_files(engine), unread(engine)
    return [
        Metric("cchc_round_reports", "Expected reports of running rounds by state", tuple(_states(engine, moment))),
        Metric("cchc_files_waiting", "Files that found no place and wait for a person", (({}, len(waiting)),)),
        Metric("cchc_reports_unread", "Reports taken in and not read", (({}, len(left)),)),
        Metric(
            "cchc_oldest_unread_age_seconds",
            "Age of the oldest report that is not read",
            _age([row.received_at.timestamp() for row in left], moment, oldest=True),
        ),
        Metric("cchc_runs", "Runs by status, as long as they are remembered", tuple(_runs(instance, settings))),
        Metric(
            "cchc_daemon_age_seconds", "Time since a part of the daemon gave a sign", tuple(_signs(instance, moment))
        ),
        Metric(
            "cchc_backup_age_seconds",
            "Time since the last backup in the backups folder of the home",
            _age([path.stat().st_mtime for path in (settings.home / "backups").glob("*.tar.gz")], moment),
        ),
    ]


def prometheus_text(metrics: Iterable[Metric]) -> str:
    """Return metrics in the text form that Prometheus reads (version 0.0.4)."""
    return "".join(
        f"# HELP {one.name} {one.says}\n# TYPE {one.name} gauge\n" + "".join(_line(one.name, s) for s in one.samples)
        for one in metrics
    )


def _line(name: str, sample: Sample) -> str:
    labels = ",".join(f'{key}="{_escaped(value)}"' for key, value in sample[0].items())
    return f"{name}{{{labels}}} {sample[1]:g}\n" if labels else f"{name} {sample[1]:g}\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def _states(engine: Engine, moment: datetime) -> Iterable[Sample]:
    for found in running_rounds(office_day(moment)):
        counted = Counter(entry.state for entry in read_ledger(engine, found, moment).entries)
        for state in State:
            yield {"round": found.label, "state": state.value}, counted[state]


def _runs(instance: dg.DagsterInstance, settings: Settings) -> Iterable[Sample]:
    own = tags_of(settings.dagster.office)
    for status in dg.DagsterRunStatus:
        yield {"status": status.value.lower()}, instance.get_runs_count(dg.RunsFilter(statuses=[status], tags=own))


def _signs(instance: dg.DagsterInstance, moment: datetime) -> Iterable[Sample]:
    for name, sign in sorted(instance.get_daemon_heartbeats().items()):
        yield {"daemon": name.lower()}, round(moment.timestamp() - sign.timestamp)


def _age(moments: list[float], moment: datetime, *, oldest: bool = False) -> tuple[Sample, ...]:
    if not moments:
        return ()
    return (({}, round(moment.timestamp() - (min(moments) if oldest else max(moments)))),)
