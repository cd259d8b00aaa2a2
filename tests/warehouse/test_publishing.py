"""Rounds as the office runs them: published once, then revised; events once; tries recorded."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from cchc.errors import PublicationError
from cchc.messages import use_language
from tests.warehouse.made import moment
from warehouse import queries
from warehouse.publishing import (
    Paper,
    events,
    next_revision,
    prune_runs,
    publications,
    record_event,
    record_publication,
    record_run,
    round_state,
    runs,
    set_round_state,
)
from warehouse.results import record_mark, save_ranking
from warehouse.rows import EventRow, MarkRow, RankRow, RunRow

PAPERS = [Paper("workbook", "2023-Q3/r0/so-lieu.xlsx", "a" * 64)]


class TestPublication:
    def test_first_is_revision_zero_and_locks(self, engine: Engine) -> None:
        """Publishing names person and moment, and the round cannot be opened again."""
        revision = record_publication(engine, "2023-Q3", PAPERS, "Trần Thị Lan", moment())

        assert (revision, round_state(engine, "2023-Q3")) == (0, "published")
        [row] = publications(engine, "2023-Q3")
        assert (row.published_by, row.published_at, row.sha256) == ("Trần Thị Lan", moment(), "a" * 64)
        with pytest.raises(PublicationError, match="revision instead"):
            set_round_state(engine, "2023-Q3", "open")

    def test_revision_is_numbered_and_says_why(self, engine: Engine) -> None:
        """A later publication is a revision with a note; the superseded papers stay on record."""
        record_publication(engine, "2023-Q3", PAPERS, "Lan", moment())
        with pytest.raises(PublicationError, match="what changed"):
            record_publication(engine, "2023-Q3", PAPERS, "Lan", moment(1))

        revision = record_publication(engine, "2023-Q3", PAPERS, "Lan", moment(2), "Phổ An gửi lại")

        assert revision == 1
        assert [(row.revision, row.note) for row in publications(engine, "2023-Q3")] == [(0, ""), (1, "Phổ An gửi lại")]

    def test_nobody_publishes_nothing(self, engine: Engine) -> None:
        """A name and a paper are needed."""
        with pytest.raises(PublicationError):
            record_publication(engine, "2023-Q3", PAPERS, " ", moment())
        with pytest.raises(PublicationError):
            record_publication(engine, "2023-Q3", [], "Lan", moment())
        assert round_state(engine, "2023-Q3") == "open"


class TestTwoAtOnce:
    def test_one_of_eight_publishes(self, engine: Engine) -> None:
        """Of many who publish the same revision at once one wins; the others are told who did and what to do next."""

        def try_it(number: int) -> str:
            papers = [replace(PAPERS[0], path=f"{number}.xlsx")]
            try:
                with use_language("en"):
                    record_publication(engine, "2023-Q3", papers, f"P{number}", moment(number), "why", expected=0)
            except PublicationError as error:
                return str(error)
            return f"P{number}"

        with ThreadPoolExecutor(8) as pool:
            told = list(pool.map(try_it, range(8)))

        [row] = publications(engine, "2023-Q3")
        winner = row.published_by
        assert [line for line in told if line == winner] == [winner]
        refused = f"was published by {winner} meanwhile (revision 0)"
        assert sum(refused in line and "cchc revise" in line for line in told) == 7

    def test_revision_of_what_is_no_longer_last_is_refused(self, engine: Engine) -> None:
        """Who revises the first edition while another has revised it already records nothing."""
        record_publication(engine, "2023-Q3", PAPERS, "Lan", moment(), expected=0)
        assert next_revision(engine, "2023-Q3") == 1
        record_publication(engine, "2023-Q3", PAPERS, "Hoa", moment(1), "Phổ An", expected=1)

        with pytest.raises(PublicationError, match=r"published by Hoa meanwhile \(revision 1\)"):
            record_publication(engine, "2023-Q3", PAPERS, "Lan", moment(2), "Phổ Văn", expected=1)
        with pytest.raises(PublicationError, match="meanwhile"):
            next_revision(engine, "2023-Q3", expected=1)

        assert [row.note for row in publications(engine, "2023-Q3")] == ["", "Phổ An"]

    def test_revision_of_nothing_is_refused(self, engine: Engine) -> None:
        """A round that nobody published has no revision 1."""
        with pytest.raises(PublicationError, match="not published yet"):
            record_publication(engine, "2023-Q3", PAPERS, "Lan", moment(), "why", expected=1)

        assert round_state(engine, "2023-Q3") == "open"


class TestRecords:
    def test_event_comes_back_and_happens_once(self, engine: Engine) -> None:
        """The second record of an event is told that it had happened, and the first stays as it was."""
        event = EventRow("close:2023-Q3", "close", moment(), "2023-Q3", None, {"late": ["pho-an"]})

        told = [record_event(engine, event), record_event(engine, replace(event, happened_at=moment(9)))]

        assert told == [True, False]
        assert events(engine, "2023-Q3", "close") == [event]

    def test_tries_come_back_and_are_forgotten_in_time(self, engine: Engine) -> None:
        """Tries are kept in order and only those before a moment are forgotten."""
        old = RunRow("read", "damaged", "tệp hỏng", moment(0), ward="pho-an", round="2023-Q3", seconds=0.5)
        new = replace(old, outcome="read", started_at=moment(10))
        record_run(engine, old)
        record_run(engine, new)

        assert runs(engine, "2023-Q3", "pho-an") == [old, new]
        assert prune_runs(engine, moment(5)) == 1
        assert runs(engine) == [new]

    def test_last_mark_counts(self, engine: Engine) -> None:
        """Marks of people are added, and the last of ward and criterion is the one that counts."""
        first = MarkRow("2023-Q3", "pho-an", "card", "c", Decimal(8), None, None, "ảnh", "Lan", moment())
        second = replace(first, final=Decimal("7.5"), marked_at=moment(1))
        record_mark(engine, first)
        record_mark(engine, second)

        assert queries.marks(engine, "2023-Q3", "card") == [second]

    def test_past_ranking_can_be_asked_for(self, engine: Engine) -> None:
        """A ranking that was replaced is still what stood at its time."""
        for total, at in ((80, 1), (90, 5)):
            rank = RankRow("pho-an", "1", Decimal(total), 1, 1, "A", Decimal(100))
            save_ranking(engine, "2023-Q3", "card", [rank], moment(at))

        assert [row.total for row in queries.rank_rows(engine, "2023-Q3", "card")] == [90]
        assert [row.total for row in queries.rank_rows(engine, "2023-Q3", "card", as_of=moment(3))] == [80]
        assert queries.rank_rows(engine, "2023-Q3", "card", as_of=moment(0)) == []
