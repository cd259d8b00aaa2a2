"""The board of a round, files that came by hand, files that found no place, and jobs while they run.

Belongs here: showing them and beginning the work they call for. Stays out: the work (`console.worker`).
"""

from __future__ import annotations

import json
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response, StreamingResponse

from catalogue.duties import labels_with_a_duty
from catalogue.rounds import Round, parse_round, round_of_day
from catalogue.wards import wards
from cchc.errors import CallError, CatalogueError
from cchc.messages import translator
from console import board as boards
from console.call import Call
from console.jobs import Job, new_job
from pipelines.arrival.arrivals import plain_name
from pipelines.keeping.shelf import papers_of
from pipelines.ledger.entries import office_day
from pipelines.ledger.phrases import reason, state_name, timeliness_name
from pipelines.messages.delivery import said
from pipelines.messages.messages import messages_due
from pipelines.messages.round_ledger import read_remarks
from pipelines.orchestration.calendar_steps import Step, StepKind, record_step
from warehouse.people.roles import Right
from warehouse.queries import rounds, submission, submissions

_ = translator("console")

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_UPLOAD = 400 * 1024 * 1024
_BEAT = 10.0
_MOST_BEATS = 360


def named_round(call: Call) -> Round:
    """Return the round a path names.

    Raises:
        HTTPException: it names none.
    """
    try:
        return parse_round(call.path("label"))
    except CatalogueError as error:
        raise HTTPException(404, _("There is no such round.")) from error


def latest_round(engine: Engine, today: date) -> Round:
    """Return the latest round of which anything has arrived; in an empty warehouse the latest in which units report."""
    arrived = {str(row.round) for row in submissions(engine, state="placed")}
    near = arrived or rounds_near(today)
    return max(map(parse_round, near)) if near else round_of_day(today)


def latest(call: Call) -> Response:
    """Go to the board of the latest round."""
    found = latest_round(call.around.engine, office_day(call.moment))
    return call.go(f"/round/{found.label}")


def board(call: Call) -> Response:
    """Show the board of a round."""
    found = named_round(call)
    state = boards.read_board(call.around.engine, call.around.settings, found, call.moment)
    if state.waits.must and call.person.may(Right.DECIDE):
        call.around.ahead.prepare(found.label)
    return call.page(
        "round",
        board=state,
        step=boards.next_step(state),
        rows=[
            (e, wards()[e.ward], state_name(e.state), timeliness_name(e.timeliness), reason(e))
            for e in state.ledger.entries
        ],
        labels=sorted({*rounds(call.around.engine), found.label, *rounds_near(office_day(call.moment))}, reverse=True),
        jobs=call.around.jobs.of_round(found.label)[:5],
        wards=wards(),
        letters=_letter_files(call, found),
        due=_letters_due(call, state),
    )


def upload(call: Call) -> Response:
    """Keep uploaded files and begin to take them in."""
    found = named_round(call)
    ward = call.word("ward")
    if ward and ward not in wards():
        raise CallError(_("There is no such ward."))
    kept = keep_uploads(call)
    order = submit_order(call, kept, found, ward)
    names = ", ".join(one["name"] for one in kept)
    call.note("submit", round=found.label, ward=ward or None, files=[one["name"] for one in kept])
    return _begun(call, "submit", _("Taking in {names}").format(names=names), order, found.label)


def submit_order(call: Call, kept: Sequence[Mapping[str, str]], found: Round, ward: str) -> dict[str, Any]:
    """Return the order to take kept files in as those of a ward (empty: as they say) for a round."""
    return {
        "work": "submit",
        "files": kept,
        "by": call.person.name,
        "received_at": call.moment.isoformat(),
        "ward": ward,
        "round": found.label,
        "one_report": call.word("one_report") == "yes",
    }


def work(call: Call) -> Response:
    """Begin a job of a round: look into the inbox, run again, build, write letters."""
    found = named_round(call)
    kind = call.path("work")
    titles = {
        "collect": _("Looking into the inbox"),
        "rerun": _("Running again what failed"),
        "build": _("Making results and drafts anew"),
        "letters": _("Writing the letters"),
    }
    if kind not in titles:
        raise HTTPException(404, _("There is no such page."))
    chosen = [ward for ward in call.words("ward") if ward in wards()]
    call.note(kind, round=found.label, wards=chosen)
    order = {"work": kind, "round": found.label, "wards": chosen, "days": call.word("days")}
    return _begun(call, kind, titles[kind], order, found.label)


def close(call: Call) -> Response:
    """Close a round, or open it again; a published one stays so."""
    found = named_round(call)
    kind = StepKind.OPEN if call.word("to") == "open" else StepKind.CLOSE
    step = Step(kind, found)
    record_step(call.around.engine, step, call.moment, call.person.name)
    call.note(kind.value, round=found.label)
    return call.go(f"/round/{found.label}")


def letter_file(call: Call) -> Response:
    """Hand out a letter that was written."""
    found = named_round(call)
    path = next((p for p in _letter_files(call, found) if p.name == call.path("name")), None)
    if path is None:
        raise HTTPException(404, _("There is no such file."))
    return FileResponse(path, filename=path.name)


def files(call: Call) -> Response:
    """Show the files that wait for a person to say whose they are."""
    label = call.query("round") or latest_round(call.around.engine, office_day(call.moment)).label
    rows = boards.unplaced_files(call.around.engine)
    return call.page("files", rows=rows, wards=wards(), rounds=_rounds_to_place(call)[::-1], label=label)


def place(call: Call) -> Response:
    """Begin to take a waiting file in where a person says it belongs."""
    row = submission(call.around.engine, call.number("number"))
    if row is None or row.state != "quarantined":
        raise CallError(_("This file waits no longer."))
    ward, label = call.word("ward"), call.word("round")
    if ward not in wards() or label not in _rounds_to_place(call):
        raise CallError(_("Say which ward and which round the file is of."))
    call.note("place", round=label, ward=ward, file=row.file_name)
    order = {
        "work": "place",
        "sha256": row.sha256,
        "name": row.file_name,
        "ward": ward,
        "round": label,
        "by": call.person.name,
    }
    return _begun(call, "place", _("Taking in {names}").format(names=row.file_name), order, label)


def original(call: Call) -> Response:
    """Hand out the original of an arrival, always to be saved and never shown by the browser."""
    row = submission(call.around.engine, call.number("number"))
    if row is None:
        raise HTTPException(404, _("There is no such file."))
    return original_file(call, row.sha256, row.file_name)


def original_file(call: Call, sha256: str, name: str) -> Response:
    """Return an original for saving under the name it came with."""
    with call.around.archive.original(sha256) as path:
        if call.around.archive.is_local:
            return FileResponse(path, filename=name.rsplit("/", 1)[-1], media_type="application/octet-stream")
        return Response(
            path.read_bytes(),
            media_type="application/octet-stream",
            headers={"Content-Disposition": "attachment"},
        )


def job(call: Call) -> Response:
    """Show a job: how far it is, or what came of it."""
    return call.page("job", job=_job(call))


def job_events(call: Call) -> Response:
    """Tell how far a job is while it runs, as events a browser listens to."""
    found = _job(call)
    jobs = call.around.jobs

    def stream() -> Iterator[str]:
        told = (-1, -1, False)
        for _beat in range(_MOST_BEATS):
            told = jobs.wait(found, told, _BEAT)
            said = {"done": found.done, "total": found.total, "step": found.step, "over": found.is_over}
            yield f"data: {json.dumps(said)}\n\n"
            if found.is_over:
                return

    return StreamingResponse(stream(), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _job(call: Call) -> Job:
    found = call.around.jobs.get(call.path("job"))
    if found is None:
        raise HTTPException(404, _("This work is not known any more; the board shows what came of it."))
    return found


def _begun(call: Call, kind: str, title: str, order: Mapping[str, Any], label: str) -> Response:
    made = new_job(kind, title, call.person.name, call.moment, label)
    call.around.jobs.start(made, order, call.language)
    return call.go(f"/job/{made.id}")


def keep_uploads(call: Call) -> list[dict[str, str]]:
    """Put uploaded files into a folder of their own and return where each lies and what it was called.

    Raises:
        CallError: there is none, or they are too large; nothing is kept then.
    """
    uploads = call.files("files")
    if not uploads:
        raise CallError(_("Choose at least one file."))
    sizes = [upload.size or 0 for upload in uploads]
    if max(sizes) > LARGEST_FILE or sum(sizes) > LARGEST_UPLOAD:
        line = _("A file may have {one} MB, all together {all} MB; nothing was taken in. Send them in parts.")
        raise CallError(line.format(one=LARGEST_FILE >> 20, all=LARGEST_UPLOAD >> 20))
    folder = call.around.settings.home / "uploads" / uuid.uuid4().hex
    folder.mkdir(parents=True)
    return [_keep(folder, number, upload) for number, upload in enumerate(uploads)]


def _keep(folder: Path, number: int, upload: UploadFile) -> dict[str, str]:
    """Write one upload under a number; its own name never becomes a path."""
    path = folder / str(number)
    with path.open("wb") as out:
        shutil.copyfileobj(upload.file, out)
    return {"path": str(path), "name": plain_name((upload.filename or "").replace("\\", "/").rsplit("/", 1)[-1])}


def _letters_due(call: Call, board: boards.Board) -> int:
    """Return how many letters to wards are due and not sent, by the ledger that the board shows anyway."""
    before = said(call.around.engine)
    due = messages_due(board.ledger, read_remarks(call.around.engine, board.round))
    return sum(message.ward is not None and message.key not in before for message in due)


def _letter_files(call: Call, found: Round) -> list[Path]:
    papers_of(call.around.settings).fetch(found.label)
    folder = call.around.settings.outputs / found.label / "letters"
    return sorted(folder.glob("*.docx")) if folder.is_dir() else []


def rounds_near(today: date) -> list[str]:
    """Return the two latest rounds up to a day in which units of the office report."""
    current = round_of_day(today)
    return [label for label in labels_with_a_duty(current.year) if not current < parse_round(label)][-2:]


def _rounds_to_place(call: Call) -> list[str]:
    """Return the rounds a file can belong to, oldest first."""
    return labels_with_a_duty(office_day(call.moment).year + 1)
