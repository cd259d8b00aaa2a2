"""`cchc papers`, `cchc publish`, `cchc revise`: a round's papers as drafts, published, revised.

Belongs here: arguments, the question before publishing, and what is printed. Stays out: papers (`publications`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from sqlalchemy import Engine

from catalogue.wards import wards
from cchc.clock import now
from cchc.errors import PublicationError
from cchc.messages import translator
from pipelines.cli.common import Exit, RoundArgument, agreed, err, errors_told, open_office, out, settings
from pipelines.cli.identity import acting
from pipelines.cli.known import round_named
from pipelines.keeping.shelf import papers_of
from pipelines.settings import Settings
from warehouse.people.acts import note
from warehouse.people.roles import Right
from warehouse.publishing import next_revision

if TYPE_CHECKING:
    from publications.publish import Remaining

_ = translator("publications")

ByOption = Annotated[str, typer.Option("--by", help=_("Name of the person who publishes; who is signed in otherwise."))]
YesOption = Annotated[bool, typer.Option("--yes", help=_("Do not ask, whatever is still open."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("papers", help=_("Write the round's papers as drafts: workbook, report, ranking, page."))(papers)
    app.command("publish", help=_("Publish a round in a person's name and lock it."))(publish)
    app.command("revise", help=_("Publish a numbered revision of a locked round."))(revise)


def papers(round_label: RoundArgument) -> None:
    """Write drafts; leave with 1 where a published file is missing or altered."""
    from publications import publish_round
    from publications.publish import altered_papers, changes_told

    with errors_told():
        current = settings()
        label = round_named(round_label).label
        engine = open_office(current)
        folder, card = current.outputs / label, current.scorecard
        with papers_of(current).shared(label):
            altered = altered_papers(engine, label, folder)
            for path in altered:
                err.print(escape(_("{path} is missing or not what was published.").format(path=path)), style="bold red")
            drafts = publish_round(engine, label, folder, now(), scorecard=card)
            changes = [] if altered else changes_told(engine, label, folder, now(), scorecard=card)
    _tell_changes(changes)
    _tell(drafts)
    if altered:
        raise typer.Exit(Exit.NEEDS_PERSON)


def publish(
    round_label: RoundArgument,
    by: ByOption = "",
    why: Annotated[str, typer.Option("--why", help=_("Remark kept with the publication."))] = "",
    yes: YesOption = False,
) -> None:
    """Publish the first edition."""
    with errors_told():
        current, engine, label, locked = _round_to_publish(round_label)
        if locked:
            raise PublicationError(_("{round} is published and locked; use cchc revise").format(round=label))
        _publish(engine, current, label, 0, by, why, yes)


def revise(
    round_label: RoundArgument,
    why: Annotated[str, typer.Option("--why", help=_("Why the round is revised."))],
    by: ByOption = "",
    yes: YesOption = False,
) -> None:
    """Publish the next revision of a locked round."""
    with errors_told():
        current, engine, label, locked = _round_to_publish(round_label)
        if not locked:
            raise PublicationError(_("{round} is not published yet; use cchc publish").format(round=label))
        _publish(engine, current, label, next_revision(engine, label), by, why, yes)


def _round_to_publish(round_label: str) -> tuple[Settings, Engine, str, bool]:
    """Return settings, warehouse and label of a round, and whether it is published and locked."""
    from publications.publish import is_locked

    current = settings()
    label = round_named(round_label).label
    engine = open_office(current)
    return current, engine, label, is_locked(engine, label)


def _publish(engine: Engine, current: Settings, label: str, revision: int, by: str, why: str, yes: bool) -> None:
    """Ask, then publish the revision that was next before the question: somebody else may be quicker."""
    from publications import publish_round
    from publications.publish import changes_told, remaining

    folder = current.outputs / label
    person = acting(current, engine, by, Right.PUBLISH)
    by = person.name
    shelf = papers_of(current)
    shelf.fetch(label)
    _tell_changes(changes_told(engine, label, folder, now(), current.scorecard))
    still = remaining(engine, label, current.scorecard)
    if still:
        for line in still_open(still):
            err.print(escape(line), style="yellow")
        if not yes and not agreed(_("Publish all the same?")):
            raise typer.Exit(Exit.NEEDS_PERSON)
    card = current.scorecard
    _tell(publish_round(engine, label, folder, now(), draft=False, by=by, why=why, scorecard=card, expected=revision))
    shelf.keep(label)
    note(engine, person.act("publish", round_label=label, revision=revision, why=why), now())


def still_open(still: Remaining) -> list[str]:
    """Return what is still open, a line each."""
    names, unasked = (_named(slugs, still.expected) for slugs in (still.missing, still.unasked))
    lines = (
        (still.missing, _("No report in force: {wards}.").format(wards=names)),
        (still.waiting, _("Figures that wait for a person: {n}.").format(n=still.waiting)),
        (still.errors, _("Open errors: {n}.").format(n=still.errors)),
        (still.warnings, _("Open warnings: {n}.").format(n=still.warnings)),
        (still.unasked, _("Not asked yet for what their reports do not print: {wards}.").format(wards=unasked)),
        (still.sample_card, _("“{card}” is a sample; no authority stands behind it.").format(card=still.sample_card)),
    )
    return [line for count, line in lines if count]


def _named(slugs: Sequence[str], expected: int) -> str:
    """Return the names of units, or in one word that they are all: 96 names say less."""
    if len(slugs) == expected > 1:
        return _("all {n} units").format(n=expected)
    known = wards()
    return ", ".join(known[slug].full_name if slug in known else slug for slug in slugs)


def _tell_changes(lines: list[str]) -> None:
    """Say what differs from the edition before, where there is one."""
    if lines:
        err.print(_("What changed since the edition before"), style="bold")
    for line in lines:
        err.print(escape(line), soft_wrap=True)


def _tell(paths: list[Path]) -> None:
    for path in paths:
        out.print(escape(str(path)), soft_wrap=True)
