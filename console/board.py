"""The board of a round: how far it is, and what to do next, in one sentence.

Belongs here: gathering the round's state, and the one next step as a pure function of it.
Stays out: doing the step (`pages.round`), markup.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from assets.builds import built_from, fingerprint
from catalogue.gazetteer import last_day_of_units
from catalogue.rounds import Round
from cchc.formats import day
from cchc.messages import translator
from pipelines.ledger.entries import NOTHING_SENT, Ledger, State, Timeliness
from pipelines.messages.round_ledger import read_ledger
from pipelines.settings import Settings
from warehouse import publishing, review
from warehouse.acceptance import acceptances, told
from warehouse.blind_sample import to_check
from warehouse.queries import submissions
from warehouse.rows import SubmissionRow

_ = translator("console")


@dataclass(frozen=True)
class Waits:
    """How much waits in a round, by weight."""

    errors: int
    waiting: int
    remarks: int

    @property
    def must(self) -> int:
        """Return how much has to be decided; remarks may stay."""
        return self.errors + self.waiting


@dataclass(frozen=True)
class Board:
    """The state of a round. `is_stale` says that results and drafts are older than the figures.

    `unseen` says how each class of text stands by blind checks, where figures were drawn or it is switched off,
    `to_check` how many drawn figures of the round nobody has checked.
    """

    round: Round
    ledger: Ledger
    waits: Waits
    by_ward: Counter[str]
    unplaced: tuple[SubmissionRow, ...]
    state: publishing.RoundState
    revision: int | None
    is_stale: bool
    unseen: tuple[str, ...] = ()
    to_check: int = 0

    def count(self, *states: State) -> int:
        """Return how many wards are in one of some states."""
        return len(self.ledger.in_state(*states))

    @property
    def late(self) -> int:
        """Return how many wards were late."""
        return sum(entry.timeliness is Timeliness.LATE for entry in self.ledger.entries)


@dataclass(frozen=True)
class NextStep:
    """What to do next: a sentence, the words on its button, and where the button goes.

    `work` names the job that the button begins; without one it is a link to `path`.
    """

    text: str
    button: str = ""
    path: str = ""
    work: str = ""


def read_board(engine: Engine, settings: Settings, found: Round, moment: datetime) -> Board:
    """Return the state of a round as it is."""
    items = review.queue(engine, found.label)
    weights = Counter(item.weight for item in items)
    papers = publishing.publications(engine, found.label)
    return Board(
        round=found,
        ledger=read_ledger(engine, found, moment),
        waits=Waits(weights["error"], weights["waiting"], weights["remark"]),
        by_ward=Counter(item.ward for item in items if item.weight != "remark"),
        unplaced=tuple(unplaced_files(engine)),
        state=publishing.round_state(engine, found.label),
        revision=papers[-1].revision if papers else None,
        is_stale=is_stale(engine, settings, found.label, moment),
        unseen=tuple(told(one) for one in acceptances(engine) if one.drawn or not one.is_on),
        to_check=len(to_check(engine, found.label)),
    )


def unplaced_files(engine: Engine) -> list[SubmissionRow]:
    """Return the files that wait for a person to say whose they are, one row for the same bytes, the oldest first."""
    rows = submissions(engine)
    placed = {row.sha256 for row in rows if row.state == "placed"}
    first = {row.sha256: row for row in reversed(rows) if row.state == "quarantined" and row.sha256 not in placed}
    return sorted(first.values(), key=lambda row: row.id)


def is_stale(engine: Engine, settings: Settings, label: str, moment: datetime) -> bool:
    """Return whether results and drafts of a round were made from other figures than those that count now."""
    from assets.house import House

    def no_original(_sha256: str) -> object:
        raise AssertionError("a fingerprint looks at no original")

    house = House(
        engine=engine,
        original=no_original,  # type: ignore[arg-type]
        outputs=settings.outputs,
        ocr_cache=settings.ocr_cache,
        workers=1,
        scorecard=settings.scorecard,
        now=lambda: moment,
    )
    built = built_from(engine, label)
    return built != fingerprint(house, label) and (built is not None or bool(submissions(engine, label)))


def next_step(board: Board) -> NextStep:
    """Return the one thing to do next in a round."""
    ways = (_of_units, _of_files, _of_review, _of_strays, _of_missing)
    return next((step for way in ways if (step := way(board))), None) or _of_papers(board)


def _of_units(board: Board) -> NextStep | None:
    """Return what is said of a round in which no unit of the office reports, as after the reform."""
    if board.ledger.entries or board.unplaced:
        return None
    last = last_day_of_units()
    if last is None or last >= board.round.window_end:
        return NextStep(_("No unit of the office reports in this round; its units began later."))
    line = _(
        "No unit of the office reports in this round: its last one ended on {day}. Earlier rounds can be worked on."
    )
    return NextStep(line.format(day=day(last)))


def _of_files(board: Board) -> NextStep | None:
    if board.count(State.FAILED):
        line = _("{n} reports could not be processed. Run them again; what was well stays as it is.")
        return NextStep(line.format(n=board.count(State.FAILED)), _("Run again what failed"), work="rerun")
    if board.count(State.RECEIVED):
        line = _("{n} reports have arrived and were not read yet.")
        return NextStep(line.format(n=board.count(State.RECEIVED)), _("Read them now"), work="collect")
    return None


def _of_strays(board: Board) -> NextStep | None:
    """Return what is said of files without a ward: one may be a report that is missed; what is none may lie there."""
    if board.unplaced and board.state == "open" and board.count(*NOTHING_SENT):
        line = _("{n} files wait because nobody knows whose report they are.")
        return NextStep(
            line.format(n=len(board.unplaced)), _("Say whose they are"), f"/files?round={board.round.label}"
        )
    return None


def _of_review(board: Board) -> NextStep | None:
    if board.waits.must:
        line = _("{n} things wait for your decision: {errors} errors, {waiting} figures read with doubt.")
        text = line.format(n=board.waits.must, errors=board.waits.errors, waiting=board.waits.waiting)
        return NextStep(text, _("Look at the next one"), f"/review/{board.round.label}")
    return None


def _of_missing(board: Board) -> NextStep | None:
    nothing = board.count(*NOTHING_SENT)
    if nothing and board.state == "open":
        line = _("{n} wards have sent nothing; due on {day}. Upload what has come by other ways, or remind them.")
        return NextStep(line.format(n=nothing, day=day(board.round.due)), _("Upload reports"), "#upload")
    return None


def _of_papers(board: Board) -> NextStep:
    label = board.round.label
    if not any(entry.versions for entry in board.ledger.entries):
        return NextStep(_("Nothing has arrived in this round yet."), _("Upload reports"), "#upload")
    if board.is_stale:
        return NextStep(
            _("Figures have changed since results and drafts were made."), _("Make them anew"), work="build"
        )
    if board.state != "published":
        return NextStep(
            _("Everything is decided. Look at the drafts, then the head publishes."),
            _("See the papers"),
            f"/papers/{label}",
        )
    if board.count(State.TO_REVISE):
        return NextStep(
            _("Something has changed since the round was published. Publish a revision."),
            _("See the papers"),
            f"/papers/{label}",
        )
    return NextStep(_("The round is published; nothing is left to do."), _("See the papers"), f"/papers/{label}")
