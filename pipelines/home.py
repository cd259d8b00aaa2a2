"""The home: one folder with all state, made once.

Belongs here: making the folders, Dagster's configuration and instance, and the warehouse, alone and under a lock.
Stays out: what the settings are (`settings`), what runs (`orchestration.definitions`).

A fresh Dagster home that several processes touch at once breaks for good, so the first to come initialises it alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock

from cchc.errors import ConfigurationError, StandstillError
from cchc.messages import translator
from pipelines.settings import Settings
from warehouse.connection import open_warehouse

if TYPE_CHECKING:
    import dagster as dg

_ = translator("operations")

DAGSTER_YAML = """\
# Written once by `cchc init`; yours to change. docs/operations.md says what the parts are for.
telemetry: {enabled: false}
nux: {enabled: false}
run_monitoring:
  enabled: true
  start_timeout_seconds: 180
  max_runtime_seconds: 3600
  free_slots_after_run_end_seconds: 60
retention:
  schedule: {purge_after_days: {skipped: 7, failure: 90, success: 30}}
  sensor: {purge_after_days: {skipped: 2, failure: 90, success: 30}}
concurrency:
  runs: {max_concurrent_runs: 2}
"""


def prepare_home(settings: Settings) -> bool:
    """Make what is missing of the home and return whether anything was; calling it again changes nothing.

    Raises:
        ConfigurationError: something that is no folder stands where the home should.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except (NotADirectoryError, FileExistsError) as error:
        raise ConfigurationError(
            _("{home} is no folder and cannot become one; name another home (CCHC_HOME)").format(home=settings.home)
        ) from error
    from pipelines.orchestration.dead_runs import end_dead_runs

    with FileLock(settings.home / ".init.lock"):
        fresh = not (settings.dagster_home / "dagster.yaml").is_file()
        for folder in (settings.outputs, settings.ocr_cache, settings.quarantine, settings.dagster_home):
            folder.mkdir(parents=True, exist_ok=True)
        if settings.inbox.is_relative_to(settings.home):
            settings.inbox.mkdir(parents=True, exist_ok=True)
        open_warehouse(settings.warehouse_url).dispose()
        if fresh:
            _write_whole(settings.dagster_home / "dagster.yaml", DAGSTER_YAML)
        with dagster_instance(settings) as instance:
            end_dead_runs(instance)
    return fresh


def dagster_instance(settings: Settings) -> dg.DagsterInstance:
    """Return the instance of this home; the environment is told as well, for code of Dagster that looks there.

    Raises:
        StandstillError: the record of runs is broken or held.
    """
    import dagster as dg
    from sqlalchemy.exc import SQLAlchemyError

    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    try:
        instance = dg.DagsterInstance.from_config(str(settings.dagster_home))
        instance.get_runs_count()
    except (dg.DagsterError, SQLAlchemyError) as error:
        raise StandstillError(
            _(
                "the record of runs in {folder} cannot be used ({reason}); end what holds it, or move the folder away "
                "(costs history only), then try again"
            ).format(folder=settings.dagster_home, reason=str(error).partition("\n")[0])
        ) from error
    return instance


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
