"""Papers made lightly in tests that are about something else.

Belongs here: which papers stay. Stays out: what papers say, which `publications/test_papers.py`, `test_agreement.py`
and `test_main_job.py` hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from publications import papers, publish

KEPT = ("workbook", papers.SNAPSHOT)


@contextmanager
def light_papers() -> Iterator[None]:
    """Make only workbook, snapshot and small data: the state is the same and the wait is short."""
    kept = tuple(maker for maker in papers._MAKERS if maker[0] in KEPT)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(papers, "_MAKERS", kept)
        patched.setattr(publish, "make_data", lambda *_given: b"data")
        yield
