"""The application: every way behind its gate, the files it is made of, and what it is served with.

Belongs here: putting the parts together, and running them. Stays out: pages (`pages`), rights (`routes`).
"""

from __future__ import annotations

import contextlib
import importlib
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import datetime
from importlib import resources
from typing import TYPE_CHECKING, Any, cast

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cchc.clock import now
from cchc.errors import MigrationError
from cchc.messages import Language, translator, use_language
from console.ahead import Ahead
from console.api.gate import problem
from console.api.routes import mounted
from console.call import Call
from console.claims import Claims
from console.documents import Documents
from console.guard import guarded, keep_out
from console.jobs import Job, Jobs
from console.pages import entry
from console.pictures import Pictures
from console.routes import WAYS
from console.sentences import Sentences
from console.standings import Standings
from console.surroundings import Surroundings
from pipelines.keeping.archive import Archive
from pipelines.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.people.accounts import has_accounts, make_link

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_ = translator("console")


def make_app(settings: Settings, clock: Callable[[], datetime] = now, *, ready: bool = False) -> ASGIApp:
    """Return the application over a home that is ready; with `ready` the child for jobs begins with the server."""
    around = open_surroundings(settings, clock)
    ways = [Route(way.path, guarded(way.page, way.right), methods=[way.method]) for way in WAYS]
    start = Route("/", guarded(entry.start, None), methods=["GET"])
    static = Mount("/static", _Static(directory=str(resources.files("console") / "static")))
    app = Starlette(
        routes=[start, *ways, mounted(), static],
        exception_handlers=cast(
            "Mapping[Any, Any]", {HTTPException: _fault, MigrationError: _fault, Exception: _fault}
        ),
        lifespan=_lifespan,
    )
    app.state.around = around
    app.state.ready = ready
    return _below(app, settings.console.prefix)


def open_surroundings(settings: Settings, clock: Callable[[], datetime]) -> Surroundings:
    """Return what the pages work with."""
    engine = open_warehouse(settings.warehouse_url, confidence_threshold=settings.confidence_threshold)
    archive = Archive(settings.archive_url)
    pictures, documents = Pictures(archive, settings.pictures), Documents(engine)
    ahead = Ahead(engine, documents, pictures)
    return Surroundings(
        settings=settings,
        engine=engine,
        archive=archive,
        pictures=pictures,
        documents=documents,
        ahead=ahead,
        jobs=Jobs(settings, lambda job: _after(job, ahead)),
        claims=Claims(),
        standings=Standings(engine, settings.scorecard),
        sentences=Sentences(engine),
        clock=clock,
    )


def first_link(settings: Settings, moment: datetime) -> str | None:
    """Return the one-time link that makes the first account, None where there are accounts."""
    engine = open_warehouse(settings.warehouse_url)
    if has_accounts(engine):
        return None
    return f"{page_address(settings)}/link/{make_link(engine, None, moment)}"


def page_address(settings: Settings) -> str:
    """Return where people find the page."""
    console = settings.console
    # A browser takes secure cookies from localhost without TLS, and from no other name.
    host = "localhost" if console.host in ("127.0.0.1", "::1", "0.0.0.0") else console.host  # noqa: S104
    return (console.address or f"http://{host}:{console.port}") + console.prefix


def serve(settings: Settings) -> None:
    """Serve the page until it is stopped."""
    import uvicorn

    uvicorn.run(
        make_app(settings, ready=True),
        host=settings.console.host,
        port=settings.console.port,
        log_level="warning",
        # Only a proxy on this machine says from where a call comes.
        proxy_headers=True,
        forwarded_allow_ips="127.0.0.1",
        server_header=False,
    )


class _Static(StaticFiles):
    """Files of ours, which a browser may keep for an hour."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=3600"
        return keep_out(response)


@contextlib.asynccontextmanager
async def _lifespan(app: Starlette) -> AsyncIterator[None]:
    around: Surroundings = app.state.around
    around.pictures.be_ready()
    if app.state.ready:
        around.jobs.be_ready()
    threading.Thread(target=_load_ahead, daemon=True).start()
    yield
    around.jobs.close()
    around.pictures.close()
    around.ahead.close()


def _load_ahead() -> None:
    """Import what makes papers, which takes a second or two, before the first page asks for it."""
    for module in ("publications.publish", "assets.house"):
        importlib.import_module(module)


def _after(job: Job, ahead: Ahead) -> None:
    """Make ready what a person will look at after a job."""
    if job.round is not None:
        ahead.prepare(job.round)


async def _fault(request: Request, error: Exception) -> Response:
    """Answer what no way leads to, and what went wrong in the program itself; the server's log has the rest of it."""
    around: Surroundings = request.app.state.around
    language: Language = "en" if request.cookies.get("cchc-language") == "en" else "vi"
    call = Call(request, around, None, around.clock(), language)
    with use_language(language):
        status, message = _of_fault(error)
        if request.url.path.removeprefix(around.prefix).startswith("/api/"):
            return keep_out(problem(status, message))
        return keep_out(call.page("fault", status, message=message, kept=[]))


def _of_fault(error: Exception) -> tuple[int, str]:
    if isinstance(error, MigrationError):
        return 503, str(error)
    if not isinstance(error, HTTPException):
        line = _("Something went wrong in the program. What was recorded before is kept; open the page again and look.")
        return 500, f"{line} {_('Tell the operator; the log of the server says what it was.')}"
    return error.status_code, _("There is no such page.") if error.status_code in (404, 405) else error.detail


def _below(app: Starlette, prefix: str) -> ASGIApp:
    """Return the application as it stands below a path, whether or not a proxy takes the path away before."""
    if not prefix:
        return app

    async def below(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path == prefix or path.startswith(f"{prefix}/"):
            scope = {**scope, "path": path[len(prefix) :] or "/"}
        await app(scope, receive, send)

    return below
