"""Pictures of pages, for those who may see the report.

Belongs here: whose page it is, and how long a browser may keep it. Stays out: drawing (`console.pictures`).
"""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, Response

from cchc.messages import translator
from console.call import Call
from console.shown import boxes_of
from warehouse.people.roles import Right
from warehouse.queries import submissions

_ = translator("console")


def picture(call: Call) -> Response:
    """Return the picture of a page; what a hash names never changes, so a browser may keep it for a day."""
    sha256 = call.path("sha256")
    person = call.person
    own = person.ward if not person.may(Right.SEE) else None
    known = submissions(call.around.engine, ward=own) if own else None
    if known is not None and sha256 not in {row.sha256 for row in known}:
        raise HTTPException(404, _("There is no such page."))
    return _kept(call.around.pictures.of(sha256, call.number("page")))


def sheet(call: Call) -> Response:
    """Return the picture of a scanned page set straight, as the load of that number has boxes on it."""
    number = call.number("page")
    report = call.around.documents.load(call.number("report"))
    if report is None or report.document is None:
        raise HTTPException(404, _("There is no such page."))
    return _kept(call.around.pictures.of(report.row.sha256, number, boxes_of(report.document, number)))


def _kept(path: Path) -> Response:
    return FileResponse(path, media_type="image/png", headers={"Cache-Control": "private, max-age=86400, immutable"})
