"""The child that works for the page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console import child as children
from console.child import Child
from console.jobs import Jobs, new_job
from pipelines.settings import Settings
from tests.warehouse import made

ECHO = """
import json, os, sys
for line in sys.stdin:
    order = json.loads(line)
    if order["work"] == "break":
        sys.exit(1)
    print("a library talks")
    print(json.dumps({"steps": 1, "step": order["work"]}), flush=True)
    print(json.dumps({"good": True, "lines": [str(os.getpid())]}), flush=True)
"""


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    """Give a child that says of each order its name and the process it is done in."""
    settings = Settings(tmp_path, tmp_path, f"sqlite:///{tmp_path}/w.db", str(tmp_path))
    begun = Child(settings, (sys.executable, "-c", ECHO))
    yield begun
    begun.end()


def process_of(child: Child) -> str:
    """Return in which process the child does an order."""
    *_before, last = child.do({"work": "any"})
    return str(last["lines"][0])


class TestChild:
    def test_says_what_it_does_and_its_verdict_last(self, child: Child) -> None:
        """What a library prints is no word of ours."""
        said = [one for one in child.do({"work": "build"}) if one]

        assert said[0] == {"steps": 1, "step": "build"}
        assert said[1]["good"] is True

    def test_one_process_does_many_orders(self, child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is renewed after so many orders, not before."""
        monkeypatch.setattr(children, "MOST_ORDERS", 3)

        processes = [process_of(child) for _order in range(4)]

        assert len(set(processes[:3])) == 1
        assert processes[3] != processes[0]

    def test_one_that_had_long_nothing_to_do_is_begun_anew(self, child: Child) -> None:
        """Its memory is given back meanwhile."""
        first = process_of(child)

        child._let_rest()

        assert process_of(child) != first


class TestBroken:
    def test_a_job_that_breaks_its_child_is_told_and_the_next_is_done(self, child: Child) -> None:
        """Nobody waits for ever for a child that is no more."""
        jobs = Jobs(child._settings)
        jobs._child = child
        broken, good = (new_job(kind, kind, "Lan", made.moment()) for kind in ("break", "build"))

        for job in (broken, good):
            jobs.start(job, {"work": job.kind}, "vi")
        for job in (broken, good):
            while not job.is_over:
                jobs.wait(job, (job.done, len(job.lines), False), 10.0)

        assert (broken.good, good.good) == (False, True)
        assert len(broken.lines) == 1
