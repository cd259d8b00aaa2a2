"""The queue of the review, and that two people never decide the same thing twice, on both engines."""

from __future__ import annotations

import threading
from dataclasses import replace
from decimal import Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from cchc.errors import DecisionError
from parsers.reading import Printing, Reading
from tests.warehouse.made import finding, moment, printing, reading, take_in
from warehouse import decisions, queries, review
from warehouse.decisions import Seen, Wish, record_decisions
from warehouse.people.accounts import NewAccount, add_account
from warehouse.people.acts import act_of, acts
from warehouse.rows import NewDecision, ReportRow

ROUND, WARD = "2023-Q3", "pho-an"
FIGURES = ("dossiers_received", "dossiers_resolved")


def made(*printings: Printing, file: object = 1) -> Reading:
    """Return a Reading of some printings."""
    return replace(reading(file=file), printings=printings)


def doubtful(engine: Engine) -> list[review.Item]:
    """Return the queue of a report with two figures read with doubt."""
    take_in(
        engine,
        made(
            printing("dossiers_received", 276, confidence=0.7),
            printing("dossiers_resolved", 270, confidence=0.5),
            printing("staff_total", 20),
        ),
    )
    return review.queue(engine, ROUND)


def take_in_doubtful(engine: Engine) -> ReportRow:
    """Return the load of a report with two figures read with doubt."""
    doubtful(engine)
    load = queries.report_of(engine, WARD, ROUND)
    assert load is not None
    return load


def last_decision(engine: Engine, figure: str) -> int:
    """Return the number of the last decision on a figure, 0 where there is none."""
    return max((one.id for one in queries.decisions(engine, ROUND) if one.figure == figure), default=0)


class TestQueue:
    def test_least_sure_first_and_sure_ones_not_at_all(self, engine: Engine) -> None:
        """A figure waits where its reading is doubted; the more doubt, the earlier."""
        assert [(item.name, item.weight) for item in doubtful(engine)] == [
            ("dossiers_resolved", "waiting"),
            ("dossiers_received", "waiting"),
        ]

    def test_figure_of_a_finding_is_looked_at_with_it(self, engine: Engine) -> None:
        """An error comes first, and the figure it names does not come again by itself."""
        fault = finding(severity="error")
        figure = fault.figures[0]
        take_in(engine, made(printing(figure, 276, confidence=0.5)), (fault,))

        assert [(i.name, i.weight, i.figures) for i in review.queue(engine, ROUND)] == [
            (fault.key, "error", tuple(fault.figures))
        ]

    def test_figures_to_see_are_those_that_wait_or_are_named(self, engine: Engine) -> None:
        """They are the same rows as in the whole round, in the same order, and no other."""
        doubtful(engine)
        whole = {row.figure: row for row in queries.figures_long(engine, ROUND)}

        waiting = queries.figures_to_see(engine, ROUND)
        named = queries.figures_to_see(engine, ROUND, WARD, [(WARD, "staff_total")])

        assert waiting == [whole["dossiers_received"], whole["dossiers_resolved"]]
        assert named == [*waiting, whole["staff_total"]]

    def test_what_was_put_off_comes_last(self, engine: Engine) -> None:
        """Deferring settles nothing and moves the item behind all others."""
        first = doubtful(engine)[0]

        review.defer(engine, ROUND, WARD, first.name, "Lan", moment(5))

        found = review.queue(engine, ROUND)
        assert [item.name for item in found] == ["dossiers_received", "dossiers_resolved"]
        assert (found[1].deferred_by, found[1].deferred_at) == ("Lan", moment(5))

    def test_decided_leaves_the_queue_and_undone_comes_back(self, engine: Engine) -> None:
        """Accepting takes an item out, undoing brings it back with what was decided seen."""
        first = doubtful(engine)[0]
        decision = NewDecision(WARD, ROUND, "accept", "Lan", "xem trang", figure=first.name)

        [row] = decisions.record_decision(engine, decision, moment(1), seen=first.seen)
        assert [item.name for item in review.queue(engine, ROUND)] == ["dossiers_received"]
        undo = NewDecision(WARD, ROUND, "reopen", "Lan", "nhầm", figure=first.name)
        [last] = decisions.record_decision(engine, undo, moment(2))

        back = review.item_named(engine, ROUND, WARD, first.name)
        assert back is not None
        assert (back.seen.decision_id, row.id < last.id) == (last.id, True)

    def test_figures_of_one_sentence_share_a_group(self, engine: Engine) -> None:
        """One look settles what stands in one paragraph; a figure alone shares nothing."""
        items = doubtful(engine)

        assert [item.name for item in review.together(items, items[0])] == [item.name for item in items]
        take_in(engine, made(printing("staff_total", 2, confidence=0.2), file=2))
        [alone] = review.queue(engine, ROUND)
        assert alone.group == ""
        assert review.together([alone], alone) == [alone]


class TestTwoPeople:
    def test_second_is_told_who_was_first(self, engine: Engine) -> None:
        """A decision on something decided since it was looked at is refused, and nothing of it is kept."""
        item = doubtful(engine)[0]
        mine = NewDecision(WARD, ROUND, "enter", "Lan", "sửa", figure=item.name, value=Decimal(5))
        other = NewDecision(WARD, ROUND, "accept", "Hùng", "đúng", figure=item.name)

        decisions.record_decision(engine, other, moment(1), seen=item.seen)
        [refused] = record_decisions(engine, [Wish(mine, item.seen)], moment(2))

        assert "Hùng has decided this meanwhile" in str(refused)
        assert [d.decided_by for d in queries.decisions(engine, ROUND)] == ["Hùng"]

    def test_newer_report_makes_a_look_old(self, engine: Engine) -> None:
        """Whoever looked at the version before decides nothing about the new one."""
        item = doubtful(engine)[0]
        take_in(engine, made(printing(item.name, 9, confidence=0.5), file=2))
        mine = NewDecision(WARD, ROUND, "accept", "Lan", "đúng", figure=item.name)

        [refused] = record_decisions(engine, [Wish(mine, item.seen)], moment(2))

        assert "another version of the report" in str(refused)
        assert queries.decisions(engine, ROUND) == []

    def test_of_ten_at_once_one_decides(self, engine: Engine) -> None:
        """However many press the key at the same moment, one decision is recorded, and its act with it."""
        item = doubtful(engine)[0]
        people = [add_account(engine, NewAccount(f"a{n}", f"Người {n}", "clerk"), moment()) for n in range(10)]
        results: list[object] = []
        gate = threading.Barrier(len(people))

        def decide(number: int) -> None:
            who = people[number]
            new = NewDecision(WARD, ROUND, "accept", who.name, "đúng", figure=item.name)
            gate.wait()
            results.extend(record_decisions(engine, [Wish(new, item.seen, act_of(who, "decide"))], moment(3)))

        threads = [threading.Thread(target=decide, args=(n,)) for n in range(len(people))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        recorded = queries.decisions(engine, ROUND)
        assert sum(isinstance(r, tuple) for r in results) == len(recorded) == 1
        assert [a.name for a in acts(engine)] == [recorded[0].decided_by]

    @settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        acts_of_people=st.lists(
            st.tuples(st.integers(1, 20), st.sampled_from(FIGURES), st.sampled_from(["look", "accept", "reject"])),
            min_size=6,
            max_size=24,
        )
    )
    def test_whoever_saw_what_stands_decides_and_nobody_else(
        self, engine: Engine, acts_of_people: list[tuple[int, str, str]]
    ) -> None:
        """Of twenty who look and decide in any order, exactly those are recorded whose look was not overtaken."""
        load = queries.report_of(engine, WARD, ROUND) or take_in_doubtful(engine)
        last = {figure: last_decision(engine, figure) for figure in FIGURES}
        seen = {(person, figure): last[figure] for person in range(1, 21) for figure in FIGURES}
        wanted, before = [], len(queries.decisions(engine, ROUND))

        for number, (person, figure, kind) in enumerate(acts_of_people):
            if kind == "look":
                seen[person, figure] = last[figure]
            else:
                new = NewDecision(WARD, ROUND, kind, f"Người {person}", "đã xem", figure=figure)  # type: ignore[arg-type]
                [result] = record_decisions(engine, [Wish(new, Seen(load.id, seen[person, figure]))], moment(number))
                is_first = seen[person, figure] == last[figure]
                assert isinstance(result, DecisionError) is not is_first
                if is_first:
                    wanted.append((new.decided_by, figure, kind))
                    last[figure] = last_decision(engine, figure)

        recorded = queries.decisions(engine, ROUND)[before:]
        assert [(one.decided_by, one.figure, one.kind) for one in recorded] == wanted
