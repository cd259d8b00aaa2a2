"""Work that takes longer than a page may: begun by a person, done in a child process, watched while it runs.

Belongs here: the list of jobs of this server, one at work at a time, and what each has told so far.
Stays out: the child (`child`) and its work (`worker`), which calls the same functions as the command line.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from cchc.messages import translator
from console.child import Child
from pipelines.settings import Settings

_ = translator("console")

MOST_KEPT = 200


@dataclass
class Job:
    """One piece of work: who wanted it, how far it is, what came of it. `good` is None while it runs."""

    id: str
    kind: str
    title: str
    person: str
    begun_at: datetime
    round: str | None = None
    total: int = 0
    done: int = 0
    step: str = ""
    good: bool | None = None
    lines: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Return whether nothing more comes."""
        return self.good is not None


class Jobs:
    """The jobs of this server; they begin in the order in which they were wanted, one after the other."""

    def __init__(self, settings: Settings, after: Callable[[Job], None] = lambda _job: None) -> None:
        self._child = Child(settings)
        self._after = after
        self._jobs: dict[str, Job] = {}
        self._one = ThreadPoolExecutor(1, thread_name_prefix="jobs")
        self._changed = threading.Condition()

    def start(self, job: Job, order: Mapping[str, Any], language: str) -> Job:
        """Put a job into the line and return it."""
        with self._changed:
            self._jobs[job.id] = job
            for old in list(self._jobs)[:-MOST_KEPT]:
                del self._jobs[old]
        self._one.submit(self._run, job, {**order, "language": language})
        return job

    def be_ready(self) -> None:
        """Begin the child that works, so that the first job need not wait for its beginning."""
        self._one.submit(self._child.begin)

    def get(self, job_id: str) -> Job | None:
        """Return a job by its id."""
        return self._jobs.get(job_id)

    def of_round(self, round_label: str | None = None) -> list[Job]:
        """Return the jobs of a round, or all, the latest first."""
        return [job for job in reversed(self._jobs.values()) if round_label in (None, job.round)]

    def running(self) -> Job | None:
        """Return the job that is at work or waits, None where there is none."""
        return next((job for job in self._jobs.values() if not job.is_over), None)

    def wait(self, job: Job, told: tuple[int, int, bool], seconds: float) -> tuple[int, int, bool]:
        """Wait until a job has more to tell than `told`, or for some seconds; return what it has told now."""
        with self._changed:
            self._changed.wait_for(lambda: self._told(job) != told, seconds)
            return self._told(job)

    def close(self) -> None:
        """Begin nothing more and end what is at work; what it had taken in is kept and done the next time."""
        self._one.shutdown(wait=False, cancel_futures=True)
        self._child.end()

    def _told(self, job: Job) -> tuple[int, int, bool]:
        return job.done, len(job.lines), job.is_over

    def _run(self, job: Job, order: Mapping[str, Any]) -> None:
        try:
            for said in self._child.do(order):
                self._hear(job, said)
        finally:
            self._end(job)

    def _hear(self, job: Job, said: Mapping[str, Any]) -> None:
        with self._changed:
            job.total = said.get("total", job.total)
            job.done += said.get("steps", 0)
            job.step = said.get("step", job.step)
            job.lines += said.get("lines", [])
            job.good = said.get("good", job.good)
            self._changed.notify_all()

    def _end(self, job: Job) -> None:
        with self._changed:
            if job.good is None:
                job.good = False
                job.lines.append(_("The work broke off. What was done is kept; begin it again."))
            self._changed.notify_all()
        self._after(job)


def new_job(kind: str, title: str, person: str, moment: datetime, round_label: str | None = None) -> Job:
    """Return a job that has not begun."""
    return Job(secrets.token_urlsafe(9), kind, title, person, moment, round_label)
