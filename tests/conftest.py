"""What holds for every test: a wide terminal, Vietnamese, no home of the machine's own, no stopwatch on examples."""

from __future__ import annotations

import gc
import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import event
from sqlalchemy.pool import Pool

from tests.once import of_the_run
from tests.server import postgres as postgres

# The console takes its width when it is made, at import; a narrow one would break the lines that tests look for.
os.environ["COLUMNS"] = "200"
os.environ["OMP_THREAD_LIMIT"] = "1"
for name in (
    "CCHC_HOME",
    "CCHC_OFFICE",
    "CCHC_LANG",
    "CCHC_WAREHOUSE_URL",
    "CCHC_ARCHIVE_URL",
    "CCHC_RUNS_URL",
    "CCHC_INBOX",
    "DAGSTER_HOME",
):
    os.environ.pop(name, None)
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"

# A look for garbage goes through everything that thousands of tests and their modules are; seldom is often enough.
gc.set_threshold(20_000, 20, 20)

LONGEST = (
    "readers/test_corpus.py",
    "console/test_browser.py",
    "operations/test_year.py",
    "publications/test_publish.py",
    "test_accuracy.py",
    "test_main_job.py",
    "readers/test_hard_scans.py",
    "operations/test_dead_runs.py",
    "publications/test_page_browser.py",
    "assets/test_builds.py",
    "cli/test_reread.py",
    "warehouse/test_atomic.py",
    "readers/test_pictures.py",
    "test_formats_agree.py",
)
"""Files of one long story each, the longest first: begun last, one would keep a worker and leave the other idle."""


@event.listens_for(Pool, "checkout")
def _never_wait_for_the_disk(connection: object, *_more: object) -> None:
    """Let SQLite not wait until the disk has what it wrote: tests end processes, none cuts the power."""
    if isinstance(connection, sqlite3.Connection):
        connection.execute("PRAGMA synchronous = OFF")


@pytest.fixture(scope="session")
def ocr_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which pages that a test recognised are kept for all tests of the run, on every worker."""
    folder = of_the_run(tmp_path_factory.getbasetemp()) / "recognised"
    folder.mkdir(exist_ok=True)
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest files; all others keep their order."""
    items.sort(key=lambda item: _place(item.nodeid.partition("::")[0], LONGEST))


def pytest_collection_finish() -> None:
    """Look no more for garbage among what stays until the end: modules and collected tests."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let all be found again, or libraries tell at the end of what they call leaks."""
    gc.unfreeze()


def _place(file: str, longest: Sequence[str]) -> int:
    return next((place for place, name in enumerate(longest) if file.endswith(f"tests/{name}")), len(longest))


# Properties say what is true, not how fast a busy machine is; speed has its own tests, as ratios. A commit is tried on
# the same examples everywhere; `make search` tries new ones.
settings.register_profile(
    "search",
    parent=settings(),
    deadline=None,
    suppress_health_check=[*settings().suppress_health_check, HealthCheck.too_slow],
)
settings.register_profile("house", parent=settings.get_profile("search"), derandomize=True)
settings.load_profile("house")
