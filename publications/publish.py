"""Drafts, publication and revisions of a round.

Belongs here: when papers are drafts, who may make them final, the lock that follows, and what a revision changes.
Stays out: making papers (`papers`), what they say.

Drafts lie in the round's folder and are written anew with every change. The first publication and every revision
have a folder of their own (`cong-bo`, `sua-doi-1` …), made read-only and never written again.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import DEFAULT, scorecard_for
from cchc.errors import CchcError, PublicationError
from cchc.messages import translator
from publications.content import Edition, RoundContent
from publications.data import make_data
from publications.freshness import card_of, code_of, note_drafts, refuse_old
from publications.gather import gather
from publications.papers import SNAPSHOT, Made, make_papers, put
from publications.phrases import change_lines
from publications.snapshot import Snapshot, changes_between, read_snapshot
from publications.unfilled import refuse_unfilled
from scoring.score import score
from scoring.values import Gap, State
from warehouse import publishing, queries
from warehouse.rows import PublicationRow
from warehouse.scores.basis import basis
from warehouse.scores.fetch import round_figures
from warehouse.scores.store import save_round

_ = translator("publications")

_LOCK_SECONDS = 60
_OURS = frozenset({Gap.WAITING, Gap.BLOCKED, Gap.CONTRADICTORY})
"""Gaps of a provisional criterion that are figures we are not sure of."""


def write_drafts(
    engine: Engine, round_label: str, folder: Path, moment: datetime, scorecard: str | None = None
) -> list[Path]:
    """Write the round's papers as drafts into its folder; after a publication they show what would change.

    Raises:
        PublicationError: a paper cannot be made, or the published snapshot is missing or altered.
    """
    label = parse_round(round_label).label
    with _alone(folder):
        made_from = basis(engine, label, card_of(engine, label, scorecard))
        edition = Edition(basis=code_of(made_from))
        content = _content(engine, label, folder, moment, edition, scorecard)
        paths = [put(folder, paper) for paper in _papers(engine, content)]
        note_drafts(engine, label, made_from, moment)
        return paths


def publish(
    engine: Engine,
    round_label: str,
    folder: Path,
    moment: datetime,
    *,
    by: str,
    why: str = "",
    scorecard: str | None = None,
    expected: int | None = None,
) -> list[Path]:
    """Publish the round in the name of a person, as the first edition or as the next revision, and lock it.

    `why` says what a revision is for; the changes themselves are found by comparing with the edition before.
    `expected` is the revision the person means to publish, as the warehouse told before they were asked.

    Raises:
        PublicationError: nobody is named, a revision comes without a reason or changes nothing, a paper cannot be
            made or has places to be filled in, the drafts are older than the figures, the snapshot of the edition
            before is missing or altered, or somebody else has published meanwhile.
    """
    label = parse_round(round_label).label
    if not by.strip():
        raise PublicationError(_("a publication needs a name; say who publishes {round}").format(round=label))
    with _alone(folder):
        revision = publishing.next_revision(engine, label, expected)
        if revision and not why.strip():
            raise PublicationError(_("{round} is published; say why it is revised").format(round=label))
        refuse_old(engine, label, scorecard)
        edition = Edition(draft=False, revision=revision, published_by=by.strip(), note=why.strip())
        content = _content(engine, label, folder, moment, edition, scorecard)
        if not content.figures:
            raise PublicationError(
                _("no report of {round} is in force; there is nothing to publish").format(round=label)
            )
        _refuse_provisional(content)
        refuse_unfilled(content)
        if revision and not content.edition.changes:
            line = _("nothing in {round} differs from revision {n}; there is nothing to publish")
            raise PublicationError(line.format(round=label, n=revision - 1))
        return _place(engine, label, folder / edition_folder(revision), content, _papers(engine, content))


def _refuse_provisional(content: RoundContent) -> None:
    """Raise where a scored figure waits for us: what we have not decided must not cost or give a ward its place."""
    waits = [
        f"{content.name(score.ward)} – {criterion.title}"
        for score in content.result.scores
        for criterion in content.scorecard.criteria
        if score.criterion(criterion.code).state is State.HELD and score.criterion(criterion.code).gap in _OURS
    ]
    if waits:
        line = _("{round} cannot be published as final: scored figures wait for us ({n}): {where}; decide them first")
        raise PublicationError(line.format(round=content.round.label, n=len(waits), where="; ".join(waits)))


def is_locked(engine: Engine, round_label: str) -> bool:
    """Return whether a round is published, so that changes need a revision."""
    return publishing.round_state(engine, round_label) == "published"


@dataclass(frozen=True)
class Remaining:
    """What is still open in a round that is about to be published, of `expected` wards."""

    missing: tuple[str, ...]
    waiting: int
    errors: int
    warnings: int
    sample_card: str = ""
    unasked: tuple[str, ...] = ()
    expected: int = 0

    def __bool__(self) -> bool:
        counted = self.missing or self.waiting or self.errors or self.warnings
        return bool(counted or self.sample_card or self.unasked)


def remaining(engine: Engine, round_label: str, scorecard: str | None = None) -> Remaining:
    """Return which wards have no report in force and what of the others still waits for a person.

    `sample_card` is the title of the card where no authority stands behind it; `unasked` are the wards with a gap that
    nobody asked about yet, which would cost them points unheard.
    """
    current = parse_round(round_label)
    rows = queries.ledger(engine, current.label)
    card = scorecard_for(current, scorecard or queries.card_in_use(engine, current.label) or DEFAULT)
    scores = score(round_figures(engine, current.label, card), card)
    return Remaining(
        sample_card=card.title if card.sample else "",
        expected=len(rows),
        unasked=tuple(s.ward for s in scores if any(c.gap is Gap.NOT_ASKED for c in s.criteria)),
        missing=tuple(row.ward for row in rows if row.report_id is None),
        waiting=sum(row.waiting for row in rows),
        errors=sum(row.errors for row in rows),
        warnings=sum(row.warnings for row in rows),
    )


def altered_papers(engine: Engine, round_label: str, folder: Path) -> list[str]:
    """Return the published files of a round that are missing or no longer what was published."""
    return [
        paper.path
        for paper in publishing.publications(engine, round_label)
        if _sha256(folder.parent / paper.path) != paper.sha256
    ]


def edition_folder(revision: int) -> str:
    """Return the name of an edition's folder inside the round's."""
    return f"sua-doi-{revision}" if revision else "cong-bo"


def changes_told(
    engine: Engine, round_label: str, folder: Path, moment: datetime, scorecard: str | None = None
) -> list[str]:
    """Return what a revision made now would change, in lines for a person; none before the first publication.

    Raises:
        PublicationError: the snapshot of the edition before is missing or altered.
    """
    label = parse_round(round_label).label
    before = _last_snapshot(engine, label, folder)
    if before is None:
        return []
    return change_lines(_compared(before, gather(engine, label, moment, Edition(), scorecard)))


def changes_of(
    engine: Engine, round_label: str, folder: Path, revision: int, moment: datetime, scorecard: str | None = None
) -> list[str]:
    """Return what a published revision changed against the edition before it, in lines for a person.

    Raises:
        PublicationError: there is no such revision, or a snapshot is missing or altered.
    """
    label = parse_round(round_label).label
    kept = {paper.revision: paper for paper in publishing.publications(engine, label) if paper.kind == SNAPSHOT}
    if not {revision - 1, revision} <= set(kept):
        raise PublicationError(_("{round} has no revision {n}").format(round=label, n=revision))
    before, later = (_read(kept[n], folder) for n in (revision - 1, revision))
    content = gather(engine, label, moment, Edition(), scorecard)
    changes = changes_between(before, content, later)
    return change_lines(replace(content, edition=replace(content.edition, changes=changes)))


def _content(
    engine: Engine, label: str, folder: Path, moment: datetime, edition: Edition, scorecard: str | None
) -> RoundContent:
    """Return the content with what changed since the last publication, if there is one.

    Its results are saved, so that the marts and the papers of an edition say the same.
    """
    content = gather(engine, label, moment, edition, scorecard)
    save_round(engine, label, content.scorecard, content.result, moment)
    return _compared(_last_snapshot(engine, label, folder), content)


def _compared(before: Snapshot | None, content: RoundContent) -> RoundContent:
    if before is None:
        return content
    return replace(content, edition=replace(content.edition, changes=changes_between(before, content)))


def _papers(engine: Engine, content: RoundContent) -> list[Made]:
    label = content.round.label
    data = Made("data", f"du-lieu-{label}.zip", make_data(engine, label, content.moment))
    return [*make_papers(content), data]


def _place(engine: Engine, label: str, target: Path, content: RoundContent, papers: Sequence[Made]) -> list[Path]:
    """Put the papers into a folder of their own and record them; neither without the other."""
    if target.exists():
        # Nothing is recorded under this revision (the caller has looked): what lies here is of a broken-off try.
        _remove(target)
    edition = content.edition
    try:
        paths = [put(target, paper) for paper in papers]
        for path in paths:
            # Before the record: whoever is killed after it leaves nothing that may still be written.
            path.chmod(0o444)
        kept = [
            publishing.Paper(paper.kind, path.relative_to(target.parent.parent).as_posix(), paper.sha256)
            for paper, path in zip(papers, paths, strict=True)
        ]
        publishing.record_publication(
            engine, label, kept, edition.published_by, content.moment, _note(edition), expected=edition.revision
        )
    except CchcError:
        _remove(target)
        raise
    return paths


def _note(edition: Edition) -> str:
    if not edition.revision:
        return edition.note
    return _("{why} ({n} changes)").format(why=edition.note, n=len(edition.changes))


def _last_snapshot(engine: Engine, label: str, folder: Path) -> Snapshot | None:
    """Return what the last published edition said, None before the first.

    Raises:
        PublicationError: the file is gone or is not what was published.
    """
    kept = [paper for paper in publishing.publications(engine, label) if paper.kind == SNAPSHOT]
    return _read(kept[-1], folder) if kept else None


def _read(paper: PublicationRow, folder: Path) -> Snapshot:
    path = folder.parent / paper.path
    if _sha256(path) != paper.sha256:
        line = _("{path} is missing or not what was published; restore it from the backup")
        raise PublicationError(line.format(path=paper.path))
    return read_snapshot(path.read_bytes())


def _sha256(path: Path) -> str:
    """Return the hash of a file, "" where it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""


def _remove(folder: Path) -> None:
    if not folder.is_dir():
        return
    for path in folder.iterdir():
        path.chmod(0o644)
    shutil.rmtree(folder)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let one writer at a time into a round's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder.parent / f".{folder.name}.lock", timeout=_LOCK_SECONDS)
    try:
        with lock:
            yield
    except Timeout as error:
        line = _("somebody else is writing the papers in {folder}; try again shortly")
        raise PublicationError(line.format(folder=folder)) from error
