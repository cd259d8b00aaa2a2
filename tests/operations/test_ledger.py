"""Every state of the ledger follows from what is held and from the moment, and from nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rounds import parse_round
from cchc.clock import ZONE
from cchc.messages import use_language
from parsers.outcomes import Outcome
from pipelines.ledger.entries import (
    NOTHING_SENT,
    Entry,
    Facts,
    LastRun,
    Loaded,
    State,
    Timeliness,
    Version,
    make_ledger,
    office_day,
    ward_rates,
)
from pipelines.ledger.phrases import reason, state_name, timeliness_name
from pipelines.ledger.rerun import Choice, choose

ROUND = parse_round("2023-Q3")
WARD = "pho-minh"


def at(month: int, day: int, hour: int = 9) -> datetime:
    """Return a moment of 2023 in the office's zone."""
    return datetime(2023, month, day, hour, tzinfo=ZONE)


def version(number: int = 1, received: datetime | None = None, outcome: str = "read", current: bool = True) -> Version:
    """Return a version received on time unless told otherwise."""
    return Version(number, received or at(9, 12), "inbox", "ab" * 32, "a.docx", outcome, current)


GOOD = Loaded(1, at(9, 12, 10), "1", figures=40)
BROKEN_RUN = LastRun("report", "crashed", "…", at(9, 12, 11), good=False)

CASES = [
    (State.NOT_OPEN, Facts(), at(8, 30), None),
    (State.EXPECTED, Facts(), at(8, 31), None),
    (State.EXPECTED, Facts(), at(9, 15, 23), None),
    (State.OVERDUE, Facts(), at(9, 16, 0), None),
    (State.OVERDUE, Facts(), at(9, 25), None),
    (State.MISSING, Facts(), at(9, 26), None),
    (State.MISSING, Facts(), at(10, 26), at(10, 1)),
    (State.UNREADABLE, Facts((version(outcome="damaged"),)), at(9, 13), None),
    (State.UNREADABLE, Facts((version(current=False), version(2, outcome="damaged")), GOOD), at(9, 13), None),
    (State.RECEIVED, Facts((version(),)), at(9, 13), None),
    (State.RECEIVED, Facts((version(current=False), version(2)), GOOD), at(9, 13), None),
    (State.RECEIVED, Facts((version(current=False), version(2, at(9, 14))), None, BROKEN_RUN), at(9, 15), None),
    (State.FAILED, Facts((version(),), None, BROKEN_RUN), at(9, 13), None),
    (State.AWAITING, Facts((version(),), replace(GOOD, errors=1)), at(9, 13), None),
    (State.AWAITING, Facts((version(),), replace(GOOD, waiting=2)), at(9, 13), None),
    (State.AWAITING, Facts((version(),), replace(GOOD, holding=1)), at(9, 13), None),
    (State.CHECKED, Facts((version(),), replace(GOOD, warnings=3)), at(9, 13), None),
    (State.CHECKED, Facts((version(),), GOOD, BROKEN_RUN), at(9, 13), None),
    (State.PUBLISHED, Facts((version(),), GOOD), at(10, 2), at(10, 1)),
    (State.PUBLISHED, Facts((version(),), replace(GOOD, errors=1)), at(10, 2), at(10, 1)),
    (State.TO_REVISE, Facts((version(),), replace(GOOD, loaded_at=at(10, 5))), at(10, 6), at(10, 1)),
]


@pytest.mark.parametrize(("state", "facts", "moment", "published"), CASES)
def test_states(state: State, facts: Facts, moment: datetime, published: datetime | None) -> None:
    """Each state on the day it begins and on the facts that bring it about."""
    ledger = make_ledger(ROUND, moment, {WARD: facts}, published_at=published, revision=0 if published else None)

    assert ledger.entry(WARD).state is state


def test_every_state_is_tried() -> None:
    """The cases above reach every state there is."""
    assert {case[0] for case in CASES} == set(State)


@pytest.mark.parametrize(("state", "facts", "moment", "published"), CASES)
def test_every_state_has_words(state: State, facts: Facts, moment: datetime, published: datetime | None) -> None:
    """Name and reason of every state are whole sentences, in Vietnamese and in English."""
    entry = make_ledger(ROUND, moment, {WARD: facts}, published_at=published, revision=0).entry(WARD)
    said = {}
    for language in ("vi", "en"):
        with use_language(language):
            said[language] = (state_name(state), reason(entry))

    assert all(a != b for a, b in zip(said["vi"], said["en"], strict=True))
    assert "{" not in said["vi"][1]


class TestBrokenRerun:
    def entry(self, run: LastRun | None, loaded: Loaded = GOOD) -> Entry:
        """Return the row of a ward whose version is loaded, after a last try."""
        return make_ledger(ROUND, at(9, 13), {WARD: Facts((version(),), loaded, run)}).entry(WARD)

    def test_it_shows_beside_the_figures_that_stand(self) -> None:
        """The state stays that of the figures in force; the reason says when and how the new try broke off."""
        entry = self.entry(BROKEN_RUN)
        with use_language("en"):
            said = reason(entry)

        assert (entry.state, entry.broken_rerun) == (State.CHECKED, BROKEN_RUN)
        assert said.startswith("Version 1 is read, checked and loaded")
        assert "broke off at step report (the program crashed on it)" in said and "cchc rerun --failed" in said

    def test_a_rerun_finds_it(self) -> None:
        """`--failed` means it too, and wards that are well are still left alone."""
        facts = {WARD: Facts((version(),), GOOD, BROKEN_RUN), "pho-an": Facts((version(),), GOOD)}

        chosen = choose([make_ledger(ROUND, at(9, 13), facts)], Choice(failed=True))

        assert [(one.ward, one.state) for one in chosen] == [(WARD, State.CHECKED)]

    @pytest.mark.parametrize(
        "run", [None, replace(BROKEN_RUN, good=True), replace(BROKEN_RUN, at=GOOD.loaded_at - timedelta(minutes=1))]
    )
    def test_what_was_loaded_since_is_well(self, run: LastRun | None) -> None:
        """No try, a good one, or one before the load says nothing against the figures."""
        assert self.entry(run).broken_rerun is None


class TestTimeliness:
    @pytest.mark.parametrize(
        ("versions", "expected"),
        [
            ((), Timeliness.NONE),
            ((version(received=at(9, 15, 23)),), Timeliness.ON_TIME),
            ((version(received=at(9, 16, 0)),), Timeliness.LATE),
            ((version(received=at(9, 12), current=False), version(2, at(9, 20))), Timeliness.ON_TIME),
            ((version(outcome="damaged", current=False), version(2, at(9, 20))), Timeliness.LATE),
            ((version(outcome="damaged"),), Timeliness.NONE),
            ((version(received=at(9, 20), current=False), version(2, at(9, 12))), Timeliness.ON_TIME),
        ],
    )
    def test_first_readable_version_counts(self, versions: tuple[Version, ...], expected: Timeliness) -> None:
        """A correction does not make a punctual ward late; a file nobody can read makes no ward punctual."""
        entry = make_ledger(ROUND, at(9, 30), {WARD: Facts(versions)}).entry(WARD)

        assert entry.timeliness is expected
        assert timeliness_name(expected)

    def test_day_is_the_offices(self) -> None:
        """The due day ends at midnight in Việt Nam, not in Greenwich."""
        last = datetime.fromisoformat("2023-09-15T16:59:00+00:00")

        assert office_day(last) == ROUND.due
        assert office_day(last + timedelta(minutes=1)) > ROUND.due


class TestRates:
    def test_shares_of_the_expected(self) -> None:
        """Rates are over all fifteen wards, not over those that sent something."""
        facts = {
            "pho-minh": Facts((version(),), GOOD),
            "pho-an": Facts((version(received=at(9, 20)),)),
            "pho-van": Facts((version(outcome="empty"),)),
        }

        ledger = make_ledger(ROUND, at(9, 30), facts)

        assert len(ledger.entries) == 15
        assert ledger.completeness == pytest.approx(1 / 15)
        assert ledger.received_rate == pytest.approx(2 / 15)
        assert ledger.on_time_rate == pytest.approx(1 / 15)

    def test_of_a_ward_over_rounds(self) -> None:
        """A ward's own rates count only rounds in which it had to report."""
        good = make_ledger(ROUND, at(9, 30), {WARD: Facts((version(),), GOOD)})
        silent = make_ledger(parse_round("2023-Q2"), at(9, 30), {})
        dissolved = make_ledger(parse_round("2025-Q3"), at(9, 30), {})

        assert ward_rates([good, silent, dissolved])[WARD] == (0.5, 0.5)

    @given(st.lists(st.sampled_from(list(Outcome)), max_size=4), st.integers(0, 4), st.integers(0, 400))
    def test_always_a_row(self, outcomes: list[Outcome], loaded: int, days: int) -> None:
        """Whatever is held, a ward has exactly one row; it says nothing was sent exactly when nothing was."""
        versions = tuple(
            version(n, outcome=outcome, current=n == len(outcomes)) for n, outcome in enumerate(outcomes, start=1)
        )
        facts = Facts(versions, replace(GOOD, version=loaded) if 0 < loaded <= len(versions) else None)

        entries = make_ledger(ROUND, at(1, 1) + timedelta(days=days), {WARD: facts}).entries

        mine = [e for e in entries if e.ward == WARD]
        assert len(mine) == 1
        assert (mine[0].state in NOTHING_SENT) == (not versions)
