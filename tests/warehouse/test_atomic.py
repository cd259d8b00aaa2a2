"""Killing the process at any statement leaves the old state or the new one, never a mixture."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine, event, inspect

from tests.warehouse.dump import dump
from tests.warehouse.made import arrival, document, finding, moment, reading, take_in
from warehouse.bulk import Arrived, load_reports
from warehouse.connection import connect, open_warehouse
from warehouse.decisions import record_decision
from warehouse.findings import save_findings
from warehouse.install import install
from warehouse.load import load_report
from warehouse.publishing import Paper, record_publication
from warehouse.results import save_results
from warehouse.rows import NewDecision, RankRow, RollupRow, ScoreRow
from warehouse.submissions import place_submission, record_submission, withdraw_report

FOUND = (finding("scale_slip", "error"), finding("stale_copy", figures=("dossiers_resolved",)))


class KilledError(Exception):
    """Stands for the end of the process."""


@contextmanager
def dying_at(engine: Engine, place: int, die: Callable[[], None]) -> Iterator[None]:
    """Die at the statement of that number; the commit counts as one."""
    passed = 0

    def step(*_: Any) -> None:
        nonlocal passed
        passed += 1
        if passed == place:
            die()

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    try:
        yield
    finally:
        event.remove(engine, "before_cursor_execute", step)
        event.remove(engine, "commit", step)


def raise_killed() -> None:
    """End the work of the test as the end of the process would."""
    raise KilledError


def end_process() -> None:
    """End the process at once, with nothing tidied up."""
    os._exit(9)


def load_again(engine: Engine) -> None:
    """Replace a load that has findings and a decision by a corrected one."""
    new = reading(file=2, figures={"dossiers_received": 316, "staff_total": 20})
    load_report(engine, 2, new, document(new), FOUND[:1], moment(30))


def results(engine: Engine) -> None:
    """Replace rollup, scores and ranking together."""
    save_results(
        engine,
        "2023-Q3",
        "card",
        rollup=[RollupRow("all", "figure", "staff_total", "count", Decimal(2), None, None, 1, 15)],
        scores=[ScoreRow("pho-an", "c", 0, "1", {"staff_total": 2}, Decimal(1), Decimal(2), Decimal(3), "scored")],
        ranking=[RankRow("pho-an", "1", Decimal(2), 1, 1, "A", Decimal(100))],
        moment=moment(40),
    )


def decide(engine: Engine) -> None:
    """Enter a value on a finding of two figures' report."""
    decision = NewDecision("pho-an", "2023-Q3", "enter", "Lan", "đã hỏi", FOUND[0].key, value=Decimal(3))
    record_decision(engine, decision, moment(20))


def bulk(engine: Engine) -> None:
    """Load several reports at once, one of them a new version with findings."""
    new = [reading("pho-an", file=5), reading("pho-van"), reading("pho-van", file=2)]
    load_reports(
        engine, [Arrived(arrival(r), r, document(r), FOUND[1:] if r is new[0] else ()) for r in new], moment(50)
    )


def publish(engine: Engine) -> None:
    """Publish two papers and lock the round."""
    record_publication(engine, "2023-Q3", [Paper("a", "a.xlsx", "1"), Paper("b", "b.pdf", "2")], "Lan", moment(60))


@dataclass(frozen=True)
class Act:
    """Something that changes the warehouse."""

    name: str
    run: Callable[[Engine], object]


ACTS = [
    Act("record", lambda engine: record_submission(engine, arrival(reading(file=7)))),
    Act("place", lambda engine: place_submission(engine, 3, "pho-an", "2023-Q3", "Lan")),
    Act("load", load_again),
    Act("findings", lambda engine: save_findings(engine, "pho-an", "2023-Q3", (), moment(9))),
    Act("decide", decide),
    Act("withdraw", lambda engine: withdraw_report(engine, 1, moment(30))),
    Act("results", results),
    Act("bulk", bulk),
    Act("publish", publish),
]


def prepare(engine: Engine) -> None:
    """Fill a warehouse with a loaded report, a resend that waits, one in quarantine, and results."""
    take_in(engine, reading(), FOUND)
    record_submission(engine, arrival(reading(file=2), at=moment(10)))
    record_submission(engine, arrival(reading(file=3), ward=None, round=None, outcome="no_round"))
    save_results(engine, "2023-Q3", "card", rollup=[], scores=[], ranking=[], moment=moment(5))


@pytest.mark.parametrize("act", ACTS, ids=lambda act: act.name)
def test_failing_at_any_statement_leaves_the_old_state(engine: Engine, act: Act) -> None:
    """Whichever statement or commit fails, nothing of the act is seen; when none fails, all of it is."""
    prepare(engine)
    old = dump(engine)

    place = 0
    while True:
        place += 1
        try:
            with dying_at(engine, place, raise_killed):
                act.run(engine)
        except KilledError:
            assert dump(engine) == old, f"{act.name} left a mixture when it died at step {place}"
        else:
            break

    assert place > 4
    assert dump(engine) != old


@pytest.mark.parametrize("act", [ACTS[2], ACTS[7]], ids=lambda act: act.name)
def test_killing_the_process_at_any_statement_leaves_old_or_new(url: str, engine: Engine, act: Act) -> None:
    """A process that ends without a word leaves the old state until its commit, and locks nobody out."""
    prepare(engine)
    old = dump(engine)

    place, died = 0, True
    while died:
        place += 1
        died = _run_in_child(url, act, place)
        state = dump(engine)
        assert (state == old) is died, f"{act.name} left a mixture when it was killed at step {place}"

    assert place > 10


def test_installing_dies_and_begins_again(empty_url: str) -> None:
    """A warehouse whose making was cut short anywhere is made whole by the next opening."""
    place, alive = 2, False
    while not alive:
        engine = connect(empty_url)
        try:
            with dying_at(engine, place, raise_killed):
                install(engine, 0.8)
            alive = True
        except KilledError:
            assert inspect(engine).get_table_names() == [], f"half a warehouse stayed after step {place}"
        engine.dispose()
        place += 23 if empty_url.startswith("sqlite") else 97

    opened = open_warehouse(empty_url)
    take_in(opened, reading())
    opened.dispose()


def _run_in_child(url: str, act: Act, place: int) -> bool:
    """Run the act in a child that dies at a step; return whether it died."""
    child = os.fork()
    if child == 0:
        engine = connect(url)
        with dying_at(engine, place, end_process):
            act.run(engine)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, 9)
    return code == 9
