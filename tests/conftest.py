"""What holds for every test: a wide terminal, Vietnamese, no home of the machine's own, no stopwatch on examples."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, settings

# The console takes its width when it is made, at import; a narrow one would break the lines that tests look for.
os.environ["COLUMNS"] = "200"
os.environ["OMP_THREAD_LIMIT"] = "1"
for name in ("CCHC_HOME", "CCHC_LANG", "CCHC_WAREHOUSE_URL", "CCHC_ARCHIVE_URL", "CCHC_INBOX", "DAGSTER_HOME"):
    os.environ.pop(name, None)
os.environ["DAGSTER_DISABLE_TELEMETRY"] = "1"

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


SOMETIMES = "fails in some runs; the cause is not found"
OPEN = {
    "test_browser.py::TestKeyboard::test_a_round_is_reviewed_by_keys_alone": (SOMETIMES, False),
}
"""Tests that fail and are not understood or renewed yet: why, and whether they fail in every run.

One that fails in every run must leave the list when it passes. The list only gets shorter.
"""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Expect the tests of `OPEN` to fail."""
    for item in items:
        for name, (reason, always) in OPEN.items():
            if name in item.nodeid:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=always))
