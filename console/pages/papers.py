"""The papers of a round: drafts with their age, publishing by the head, editions and what they changed.

Belongs here: showing, asking before publishing, handing out files.
Stays out: making papers (`publications`), publishing itself (`console.worker`).
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from catalogue.wards import wards
from cchc.clock import ZONE
from cchc.errors import CallError, PublicationError
from cchc.messages import translator
from console import board as boards
from console.call import Call
from console.jobs import new_job
from console.pages.round import LARGEST_FILE, named_round, original_file
from pipelines.arrival.arrivals import plain_name
from pipelines.keeping.shelf import papers_of
from pipelines.ledger.entries import NOTHING_SENT
from warehouse import publishing
from warehouse.paper_texts import add_signed_copy, paper_text, signed_copies, write_text
from warehouse.rows import PublicationRow

_ = translator("console")

_SEEN = (".xlsx", ".docx", ".pdf", ".html", ".zip")
"""Files a person opens; the snapshot and Data Docs are for the program."""


@dataclass(frozen=True)
class Draft:
    """A draft as it lies in the round's folder."""

    name: str
    made_at: datetime
    size: int


@dataclass(frozen=True)
class PublishedEdition:
    """A published edition with its papers."""

    revision: int
    by: str
    at: datetime
    note: str
    papers: tuple[PublicationRow, ...]


def papers(call: Call) -> Response:
    """Show drafts, what is still open, what changed since the last edition, and the editions."""
    from publications.publish import altered_papers, remaining

    found = named_round(call)
    around, label = call.around, found.label
    folder = _folder(call, label)
    state = boards.read_board(around.engine, around.settings, found, call.moment)
    return call.page(
        "papers",
        board=state,
        drafts=drafts(folder),
        editions=editions(publishing.publications(around.engine, label)),
        revision=publishing.next_revision(around.engine, label),
        still=remaining(around.engine, label),
        missing=[wards()[e.ward].full_name for e in state.ledger.entries if e.state in NOTHING_SENT],
        changes=_changes(call, label, folder),
        altered=altered_papers(around.engine, label, folder),
        text=paper_text(around.engine, label),
        copies=signed_copies(around.engine, label),
    )


def edition_changes(call: Call) -> Response:
    """Show what a published revision changed against the edition before it."""
    from publications.publish import changes_of

    found, revision = named_round(call), call.number("number")
    folder, card = _folder(call, found.label), call.around.settings.scorecard
    lines = changes_of(call.around.engine, found.label, folder, revision, call.moment, card)
    return call.page("changes", round=found, revision=revision, lines=lines)


def publish(call: Call) -> Response:
    """Begin to publish, in the name of the person, the edition that was looked at."""
    found = named_round(call)
    if call.word("sure") != "yes":
        raise CallError(_("Tick that you have looked at the drafts; nothing was published."))
    revision = call.whole("revision")
    why = call.word("why").strip()
    if revision and not why:
        raise CallError(_("Say why the round is revised; nothing was published."))
    state = boards.is_stale(call.around.engine, call.around.settings, found.label, call.moment)
    if state:
        raise PublicationError(_("The drafts are older than the figures. Make them anew and look at them first."))
    call.note("publish", round=found.label, revision=revision, why=why)
    order = {"work": "publish", "round": found.label, "by": call.person.name, "why": why, "expected": revision}
    made = new_job(
        "publish", _("Publishing {round}").format(round=found.label), call.person.name, call.moment, found.label
    )
    call.around.jobs.start(made, order, call.language)
    return call.go(f"/job/{made.id}")


def write(call: Call) -> Response:
    """Keep the text a person wrote for the report of the round."""
    found = named_round(call)
    body = call.word("body").strip()
    write_text(call.around.engine, found.label, body, call.person.name, call.moment)
    call.note("text", round=found.label, length=len(body))
    return call.go(f"/papers/{found.label}")


def take_signed(call: Call) -> Response:
    """Take in the signed scan of an edition and keep it with it."""
    found = named_round(call)
    upload = next(iter(call.files("file")), None)
    revisions = {edition.revision for edition in editions(publishing.publications(call.around.engine, found.label))}
    if upload is None or call.word("revision") not in map(str, revisions):
        raise CallError(_("Choose the signed file and the edition it is of."))
    if (upload.size or 0) > LARGEST_FILE:
        raise CallError(_("The file is larger than {n} MB; nothing was taken in.").format(n=LARGEST_FILE >> 20))
    with tempfile.NamedTemporaryFile(prefix="cchc-signed-") as kept:
        shutil.copyfileobj(upload.file, kept)
        kept.flush()
        original = call.around.archive.put(Path(kept.name))
    name = plain_name((upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1])
    revision = call.whole("revision")
    add_signed_copy(call.around.engine, found.label, revision, original.sha256, name, call.person.name, call.moment)
    call.note("scan", round=found.label, revision=revision, file=name)
    return call.go(f"/papers/{found.label}")


def signed_file(call: Call) -> Response:
    """Hand out a signed copy."""
    found = named_round(call)
    copies = {copy.id: copy for copy in signed_copies(call.around.engine, found.label)}
    copy = copies.get(call.number("number"))
    if copy is None:
        raise HTTPException(404, _("There is no such file."))
    return original_file(call, copy.sha256, copy.file_name)


def draft_file(call: Call) -> Response:
    """Hand out a draft."""
    folder = _folder(call, named_round(call).label)
    if call.path("name") not in {draft.name for draft in drafts(folder)}:
        raise HTTPException(404, _("There is no such file."))
    return _saved(folder / call.path("name"))


def published_file(call: Call) -> Response:
    """Hand out a paper of a published edition."""
    found = named_round(call)
    wanted = f"{call.path('edition')}/{call.path('name')}"
    kept = publishing.publications(call.around.engine, found.label)
    path = next((row.path for row in kept if row.path.endswith(f"{found.label}/{wanted}")), None)
    _folder(call, found.label)
    if path is None or not (call.around.settings.outputs / path).is_file():
        raise HTTPException(404, _("There is no such file."))
    return _saved(call.around.settings.outputs / path)


def _folder(call: Call, label: str) -> Path:
    """Return the folder of a round's papers, with what other machines wrote."""
    papers_of(call.around.settings).fetch(label)
    return call.around.settings.outputs / label


def drafts(folder: Path) -> list[Draft]:
    """Return the drafts of a round for people."""
    found = sorted(folder.iterdir()) if folder.is_dir() else []
    return [
        Draft(path.name, datetime.fromtimestamp(path.stat().st_mtime, ZONE), path.stat().st_size)
        for path in found
        if path.is_file() and path.suffix in _SEEN
    ]


def editions(kept: list[PublicationRow]) -> list[PublishedEdition]:
    """Return the editions of a round, the latest first."""
    found: dict[int, list[PublicationRow]] = {}
    for row in kept:
        found.setdefault(row.revision, []).append(row)
    return [
        PublishedEdition(revision, rows[0].published_by, rows[0].published_at, rows[0].note, tuple(rows))
        for revision, rows in sorted(found.items(), reverse=True)
    ]


def _changes(call: Call, label: str, folder: Path) -> list[str]:
    """Return what an edition made now would change; nothing before the first, a sentence where it cannot be told."""
    from publications.publish import changes_told

    if not publishing.publications(call.around.engine, label):
        return []
    try:
        return changes_told(call.around.engine, label, folder, call.moment, call.around.settings.scorecard)
    except PublicationError as error:
        return [str(error)]


def _saved(path: Path) -> Response:
    """Return a file to be saved; a page of ours is never made of one."""
    return FileResponse(path, filename=path.name, headers={"Content-Security-Policy": "sandbox"})
