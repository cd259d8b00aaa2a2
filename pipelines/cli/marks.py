"""`cchc scorecard mark` and `marks`: points that people give for what reports cannot show.

Belongs here: arguments, and bringing the ranking up to date afterwards. Stays out: what can be given
(`warehouse.scores.marks`), the sheet (`warehouse.scores.marksheet`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Engine

from catalogue.scorecards import Scorecard, scorecard_for
from cchc.clock import now
from cchc.errors import DecisionError
from cchc.messages import translator
from pipelines.cli.common import RoundArgument, errors_told, open_office, out, settings
from pipelines.cli.known import find_ward, round_named, ward_named
from pipelines.cli.overview import print_old_drafts
from pipelines.settings import Settings
from scoring.inputs import ManualMark, Waiver
from warehouse.scores.asked import record_asked
from warehouse.scores.marks import give_mark, restore, waive
from warehouse.scores.marksheet import read_marks, read_points
from warehouse.scores.store import compute_ranking, compute_scores

_ = translator("scoring")

Points = Annotated[str, typer.Option(help=_("Points."))]
ByOption = Annotated[str, typer.Option("--by", help=_("Name of the person who gives the marks."))]
CardOption = Annotated[str | None, typer.Option("--scorecard", help=_("Scorecard; that of the settings by default."))]


@dataclass(frozen=True)
class _Book:
    """What marks are written into: the warehouse, a round, its scorecard, the moment."""

    settings: Settings
    label: str
    card: Scorecard
    engine: Engine
    moment: datetime


def add_marking(group: typer.Typer) -> None:
    """Add the commands to the group of scorecards."""
    group.command("mark", help=_("Give a ward marks for a criterion that reports cannot show."))(mark)
    group.command("marks", help=_("Give a whole sheet of such marks; a sheet with a mistake is refused whole."))(marks)
    group.command("not-applicable", help=_("Decide that a criterion does not apply to a ward in a round."))(
        not_applicable
    )
    group.command("asked", help=_("Record that wards were asked for what their reports do not print."))(asked)


def not_applicable(
    ward: Annotated[str, typer.Argument(help=_("Ward, as pho-minh."))],
    round_label: RoundArgument,
    criterion: Annotated[str, typer.Argument(help=_("Criterion of the scorecard."))],
    by: Annotated[str, typer.Option("--by", help=_("Name of the person who decides."))],
    why: Annotated[str, typer.Option("--why", help=_("Why it does not apply, or applies again."))],
    undo: Annotated[bool, typer.Option("--undo", help=_("The criterion applies again."))] = False,
    scorecard: CardOption = None,
) -> None:
    """Record that a criterion does not apply to a ward: it is left out and the rest rescaled."""
    with errors_told():
        book = _book(round_label, scorecard)
        decide = restore if undo else waive
        decide(book.engine, book.label, book.card, Waiver(ward_named(ward), criterion, by, why), book.moment)
        _close(book, _("Recorded; points and places are up to date."))


def asked(
    round_label: RoundArgument,
    names: Annotated[list[str], typer.Argument(metavar="WARD…", help=_("Wards, as pho-minh."))],
    by: Annotated[str, typer.Option("--by", help=_("Name of the person who asked."))],
    how: Annotated[str, typer.Option("--how", help=_("How the ward was asked: letter, telephone …"))],
    scorecard: CardOption = None,
) -> None:
    """Record that wards were asked for what their reports do not print; from then on a gap is worth nothing."""
    with errors_told():
        book = _book(round_label, scorecard)
        wanted = [ward_named(name) for name in names]
        new = [ward for ward in wanted if record_asked(book.engine, book.label, ward, by, how, book.moment)]
        _close(book, _("{n} wards recorded as asked; points and places are up to date.").format(n=len(new)))


def mark(
    ward: Annotated[str, typer.Argument(help=_("Ward, as pho-minh."))],
    round_label: RoundArgument,
    criterion: Annotated[str, typer.Argument(help=_("Criterion of the scorecard."))],
    by: ByOption,
    final: Points = "",
    appraised: Points = "",
    self_assessed: Points = "",
    evidence: Annotated[str, typer.Option("--evidence", help=_("What the points rest on."))] = "",
    scorecard: CardOption = None,
) -> None:
    """Record the marks; only the final ones count."""
    with errors_told():
        given = ManualMark(
            ward=ward_named(ward),
            criterion=criterion,
            self_assessed=read_points(self_assessed),
            appraised=read_points(appraised),
            final=read_points(final),
            evidence=evidence,
            by=by,
        )
        _record([given], _book(round_label, scorecard))


def marks(
    sheet: Annotated[Path, typer.Argument(help=_("CSV: ward, criterion, self_assessed, appraised, final, evidence."))],
    round_label: RoundArgument,
    by: ByOption,
    scorecard: CardOption = None,
) -> None:
    """Record a whole sheet of marks; a sheet with a mistake is refused whole."""
    with errors_told():
        book = _book(round_label, scorecard)
        _record(read_marks(_bytes(sheet), book.card, by, find_ward), book)


def _record(given: list[ManualMark], book: _Book) -> None:
    """Record marks that fit and compute points and places again."""
    for one in given:
        give_mark(book.engine, book.label, book.card, one, book.moment)
    _close(book, _("{n} marks recorded; points and places are up to date.").format(n=len(given)))


def _book(round_label: str, scorecard: str | None) -> _Book:
    """Open what a round's marks are written into."""
    current = settings()
    found = round_named(round_label)
    return _Book(
        current, found.label, scorecard_for(found, scorecard or current.scorecard), open_office(current), now()
    )


def _close(book: _Book, said: str) -> None:
    """Compute points and places of the round again and say what was done."""
    compute_scores(book.engine, book.label, book.card, book.moment)
    compute_ranking(book.engine, book.label, book.card, book.moment)
    out.print(said)
    print_old_drafts(book.engine, book.settings, book.label)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DecisionError(_("{path} cannot be read: {reason}").format(path=path, reason=error.strerror)) from error
