"""What is asked for again after runs that failed or were broken off, when, and when it is given up."""

from __future__ import annotations

from datetime import datetime, timedelta

import dagster as dg
import pytest
from dagster import DagsterRunStatus
from dagster._core.storage.tags import RUN_FAILURE_REASON_TAG

from cchc.clock import ZONE
from pipelines.orchestration.asking import BREAKS, TRIES, Asked, Fate, fate_of

END = datetime(2024, 9, 12, 8, tzinfo=ZONE)


def _broken(times: int) -> Asked:
    return Asked((Fate.BROKEN,) * times, END)


class TestFate:
    @pytest.mark.parametrize(
        ("status", "reason", "fate"),
        [
            ("NOT_STARTED", "", Fate.AT_WORK),
            ("STARTED", "", Fate.AT_WORK),
            ("SUCCESS", "", Fate.DONE),
            ("FAILURE", "STEP_FAILURE", Fate.FAILED),
            ("FAILURE", "RUN_EXCEPTION", Fate.FAILED),
            ("FAILURE", "START_TIMEOUT", Fate.BROKEN),
            ("FAILURE", "UNEXPECTED_TERMINATION", Fate.BROKEN),
            ("FAILURE", "", Fate.BROKEN),
            ("CANCELED", "", Fate.BROKEN),
        ],
    )
    def test_only_what_a_run_did_itself_is_its_failure(self, status: str, reason: str, fate: Fate) -> None:
        """A run that never started, was killed or lost its code server was broken off."""
        tags = {RUN_FAILURE_REASON_TAG: reason} if reason else {}

        assert fate_of(dg.DagsterRun("job", status=DagsterRunStatus(status), tags=tags)) is fate


class TestGivingUp:
    @pytest.mark.parametrize(
        ("fates", "given_up"),
        [
            ([], False),
            ([Fate.FAILED] * (TRIES - 1) + [Fate.BROKEN] * (BREAKS - 1), False),
            ([Fate.FAILED] * TRIES, True),
            ([Fate.FAILED] * TRIES + [Fate.AT_WORK], False),
            ([Fate.DONE] * TRIES, True),
            ([Fate.BROKEN] * BREAKS, True),
        ],
    )
    def test_limits(self, fates: list[Fate], *, given_up: bool) -> None:
        """Failures and breaks have limits of their own, and a run at work may still end well."""
        assert Asked(tuple(fates), END).given_up is given_up


class TestPauses:
    def test_they_grow_to_a_limit(self) -> None:
        """The first broken runs are followed at once; all `BREAKS` together last about half an hour."""
        pauses = [(_broken(n).not_before or END) - END for n in range(BREAKS)]

        assert pauses[:8] == [timedelta(seconds=s) for s in (0, 0, 0, 15, 30, 60, 120, 120)]
        assert pauses == sorted(pauses) and timedelta(minutes=25) < sum(pauses, timedelta()) < timedelta(hours=1)

    def test_a_pause_ends(self) -> None:
        """A thing rests until its moment and no longer."""
        one = _broken(5)

        assert one.rests(END + timedelta(seconds=59)) and not one.rests(END + timedelta(seconds=60))
