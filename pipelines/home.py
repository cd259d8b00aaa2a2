"""The home: one folder with all state, made once.

Belongs here: making the folders, Dagster's configuration and instance, and the warehouse, alone and under a lock.
Stays out: what the settings are (`settings`), what runs (`orchestration.definitions`).

A fresh Dagster home that several processes touch at once breaks for good, so the first to come initialises it alone.
"""

from __future__ import annotations

import hashlib
import os
import re
from importlib.util import find_spec
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
  start_timeout_seconds: 900
  max_runtime_seconds: 3600
  free_slots_after_run_end_seconds: 60
retention:
  schedule: {purge_after_days: {skipped: 7, failure: 90, success: 30}}
  sensor: {purge_after_days: {skipped: 2, failure: 90, success: 30}}
run_queue:
  max_concurrent_runs: 2
  max_user_code_failure_retries: 20
  user_code_failure_retry_delay: 30
code_servers: {local_startup_timeout: 900}
compute_logs: {module: dagster._core.storage.noop_compute_log_manager, class: NoOpComputeLogManager}
"""
"""A loaded machine takes minutes to start a code server or a run, and a run waits for a killed server to come back.

What a step prints is not caught: for each, Dagster starts four processes, and a run that is killed while they start
leaves one behind for ever, with the terminal or pipe of its parent in its hand. Events are kept all the same.
"""

ON_POSTGRESQL = """\
storage:
  postgres:
    postgres_url: {env: CCHC_RUNS_URL}
"""
"""What stands below `DAGSTER_YAML` where the record of runs is a PostgreSQL database."""

ON_WORKERS = """\
run_launcher:
  module: dagster_celery.launcher
  class: CeleryRunLauncher
  config:
    default_queue: dagster
    broker: {env: CCHC_BROKER_URL}
    backend: {env: CCHC_BROKER_URL}
    config_source: {broker_transport_options: {visibility_timeout: 300}}
"""
"""The same where runs are handed to workers. The broker keeps results too, and asks for a lost task after minutes."""

_EARLIER = frozenset(
    {
        "435a6b176e1c297b096efa8fbef1aeb2498c1c8e3d5086612b6b4e1d87425865",
        "19a89bffbea07a921574d225ef61a574cfdfe92e9b14cad6dea81f152553e23a",
        "1d36114f3bbc0a7bf85016a6525765618526a8812e002584adb2e61c61997aa9",
        "5517f53eeddf232abcec9483fcc878d91e8a0d2b0a7d0079095f99d84c390bb1",
    }
)
"""SHA-256 of what earlier versions wrote here; a file that somebody changed is left as it is."""

RUNS_DRIVER = "postgresql+psycopg2"
"""Driver that `CCHC_RUNS_URL` must name: Dagster's own services read it, and know no other."""


def prepare_home(settings: Settings) -> bool:
    """Make what is missing of the home and return whether anything was; calling it again changes nothing.

    Raises:
        ConfigurationError: something that is no folder stands where the home should, or the database of runs cannot be.
    """
    check_runs_url(settings)
    try:
        settings.home.parent.mkdir(parents=True, exist_ok=True)
        settings.home.mkdir(mode=0o750, exist_ok=True)
    except (NotADirectoryError, FileExistsError) as error:
        raise ConfigurationError(
            _("{home} is no folder and cannot become one; name another home (CCHC_HOME)").format(home=settings.home)
        ) from error
    from pipelines.orchestration.dead_runs import end_dead_runs

    with FileLock(settings.home / ".init.lock"):
        config = settings.dagster_home / "dagster.yaml"
        fresh = not (config.is_file() and settings.outputs.is_dir())
        for folder in (settings.outputs, settings.ocr_cache, settings.quarantine, settings.dagster_home):
            folder.mkdir(parents=True, exist_ok=True)
        if settings.inbox.is_relative_to(settings.home):
            settings.inbox.mkdir(parents=True, exist_ok=True)
        open_warehouse(settings.warehouse_url).dispose()
    # Offices that share a Dagster have homes of their own, so it has a lock of its own.
    with FileLock(settings.dagster_home / ".init.lock"):
        if not config.is_file() or _is_own(config.read_text(encoding="utf-8")):
            _write_whole(config, dagster_yaml(settings))
        with dagster_instance(settings) as instance:
            end_dead_runs(instance)
    return fresh


def dagster_yaml(settings: Settings) -> str:
    """Return Dagster's configuration for a home."""
    text = DAGSTER_YAML + (ON_POSTGRESQL if settings.runs_url else "")
    if settings.broker_url:
        at_once = f"max_concurrent_runs: {settings.dagster.runs_at_once}"
        return text.replace(_USUAL_AT_ONCE, at_once).replace(_MONITORED, f"{_MONITORED}\n  {_NO_RESUMING}") + ON_WORKERS
    return text


_USUAL_AT_ONCE = "max_concurrent_runs: 2"
_MONITORED = "max_runtime_seconds: 3600"
_NO_RESUMING = "max_resume_run_attempts: 0"
"""A run that broke off is asked for anew, by the ledger."""


def check_runs_url(settings: Settings) -> None:
    """Refuse a database of runs that Dagster could not use.

    Raises:
        ConfigurationError: it is no PostgreSQL database by the driver Dagster knows, or that driver is not installed.
    """
    if settings.broker_url and (not settings.runs_url or find_spec("dagster_celery") is None):
        raise ConfigurationError(
            _("workers (CCHC_BROKER_URL) need CCHC_RUNS_URL and the extra: pip install 'cchc[workers]'")
        )
    if not settings.runs_url:
        return
    if not settings.runs_url.startswith(f"{RUNS_DRIVER}://"):
        raise ConfigurationError(
            _("CCHC_RUNS_URL must begin with {driver}://, as {driver}://cchc@localhost/cchc_dagster").format(
                driver=RUNS_DRIVER
            )
        )
    if find_spec("dagster_postgres") is None:
        raise ConfigurationError(
            _("Dagster's record of runs on PostgreSQL needs the extra: pip install 'cchc[postgres]'")
        )


def dagster_instance(settings: Settings) -> dg.DagsterInstance:
    """Return the instance of this home; the environment is told as well, for code of Dagster that looks there.

    Raises:
        StandstillError: the record of runs is broken or held.
    """
    import dagster as dg
    from dagster._check import CheckError
    from sqlalchemy.exc import SQLAlchemyError

    os.environ["DAGSTER_HOME"] = str(settings.dagster_home)
    os.environ.setdefault("DAGSTER_DISABLE_TELEMETRY", "1")
    if settings.runs_url:
        os.environ["CCHC_RUNS_URL"] = settings.runs_url
    if settings.broker_url:
        os.environ["CCHC_BROKER_URL"] = settings.broker_url
    try:
        _reach(settings.runs_url)
        instance = dg.DagsterInstance.from_config(str(settings.dagster_home))
        instance.get_runs_count()
    except (dg.DagsterError, CheckError, SQLAlchemyError, ImportError) as error:
        raise _standstill(settings, error) from error
    return instance


def _reach(url: str) -> None:
    """Connect to the database of runs once: Dagster would try for long, and print each try."""
    from sqlalchemy import create_engine
    from sqlalchemy.pool import NullPool

    if url:
        create_engine(url, poolclass=NullPool).connect().close()


def _standstill(settings: Settings, error: Exception) -> StandstillError:
    """Return the sentence on a record of runs that cannot be used; the URL, which may hold a password, is not in it."""
    reason = str(getattr(error, "orig", None) or error).partition("\n")[0]
    if settings.runs_url:
        text = _("the database of Dagster's runs cannot be used ({reason}); see that it runs, then try again")
    else:
        text = _(
            "the record of runs in {folder} cannot be used ({reason}); end what holds it, or move the folder away "
            "(costs history only), then try again"
        )
    return StandstillError(text.format(folder=settings.dagster_home, reason=reason))


def _is_own(text: str) -> bool:
    """Return whether a configuration of Dagster is as this or an earlier version wrote it."""
    plain = re.sub(r"max_concurrent_runs: \d+", _USUAL_AT_ONCE, text).replace(f"\n  {_NO_RESUMING}", "")
    ours = (DAGSTER_YAML, DAGSTER_YAML + ON_POSTGRESQL, DAGSTER_YAML + ON_POSTGRESQL + ON_WORKERS)
    return (
        text in ours
        or (text.endswith(ON_WORKERS) and plain in ours)
        or hashlib.sha256(text.encode()).hexdigest() in _EARLIER
    )


def _write_whole(path: Path, text: str) -> None:
    temporary = path.with_suffix(".tmp")
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(path)
