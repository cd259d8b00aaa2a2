"""The gate before every page: who may pass, and that a form comes from our own page.

Belongs here: sessions from cookies, rights, tokens of forms, sizes of uploads, errors as pages, security headers.
Stays out: what happens behind the gate.

A form passes where its token is that of the session and the browser does not say that it comes from another site.
Where the session has ended meanwhile, what was typed is kept in the page that asks to sign in again.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cchc.errors import CchcError, MigrationError, OvertakenError
from cchc.messages import Language, translator, use_language
from console import names, rendering
from console.call import Call
from console.surroundings import Surroundings
from pipelines.keeping.storage import storage_named
from warehouse.people.roles import Right
from warehouse.people.sessions import session_of

_ = translator("console")

COOKIE = "__Host-cchc"
ENTRY_COOKIE = "__Host-cchc-entry"
"""Holds the token of forms that are sent before anybody is signed in."""
MOST_FILES = 60
MOST_FIELDS = 2_000
LARGEST_FIELD = 200_000
LARGEST_BODY = 410 * 1024 * 1024
LARGEST_OPEN_BODY = 2 * 1024 * 1024

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

Page = Callable[[Call], Response]


def guarded(page: Page, right: Right | None) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that runs a page for those who have a right; None lets everybody pass."""

    async def endpoint(request: Request) -> Response:
        around: Surroundings = request.app.state.around
        if _is_too_large(request):
            return await run_in_threadpool(_too_large, around, request)
        try:
            form = await _form(request)
        except HTTPException:
            return await run_in_threadpool(_unreadable, around, request)
        try:
            return await run_in_threadpool(_answer, page, right, around, request, form)
        finally:
            await form.close()

    return endpoint


def keep_out(response: Response) -> Response:
    """Return a response with the headers every page has; what a session shows is kept by no cache."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    return response


def set_cookie(response: Response, name: str, secret: str) -> Response:
    """Return a response that leaves a secret in a cookie that no script and no other host can read."""
    response.set_cookie(name, secret, secure=True, httponly=True, samesite="lax", path="/")
    return response


def drop_cookie(response: Response, name: str) -> Response:
    """Return a response that takes a cookie away."""
    response.delete_cookie(name, secure=True, httponly=True, samesite="lax", path="/")
    return response


def entry_token(request: Request) -> str:
    """Return the token of forms sent before anybody is signed in, a new one where the browser has none."""
    return request.cookies.get(ENTRY_COOKIE) or secrets.token_urlsafe(32)


def safe_path(path: str) -> str:
    """Return a path to go on to after signing in, the start page for anything that is no path of this page."""
    parts = urlsplit(path)
    plain = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return path if plain and "\\" not in path and path.isprintable() else "/"


def _is_too_large(request: Request) -> bool:
    """Return whether a form says that it is larger than is taken, or does not say; nothing of it is read then.

    Who bears no cookie of a session sends no files.
    """
    if request.method != "POST":
        return False
    length = request.headers.get("Content-Length", "")
    most = LARGEST_BODY if request.cookies.get(COOKIE) else LARGEST_OPEN_BODY
    return not length.isdigit() or int(length) > most


def _too_large(around: Surroundings, request: Request) -> Response:
    """Return the page that says so."""
    language = _asked_language(request)
    call = Call(request, around, None, around.clock(), language)
    with use_language(language):
        line = _("This is more than {n} MB at once; nothing was taken in. Send the files in parts.")
        return keep_out(_sorry(call, line.format(n=LARGEST_BODY >> 20), 413))


def _unreadable(around: Surroundings, request: Request) -> Response:
    """Return the page that says that a form could not be taken apart, or holds too much."""
    language = _asked_language(request)
    call = Call(request, around, None, around.clock(), language)
    with use_language(language):
        line = _("This form cannot be read, or has more than {n} files; nothing was taken in. Send them in parts.")
        return keep_out(_sorry(call, line.format(n=MOST_FILES), 400))


async def _form(request: Request) -> FormData:
    if request.method != "POST":
        return FormData()
    return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS, max_part_size=LARGEST_FIELD)


def _answer(page: Page, right: Right | None, around: Surroundings, request: Request, form: FormData) -> Response:
    moment = around.clock()
    secret = request.cookies.get(COOKIE, "")
    session = session_of(around.engine, secret, moment) if secret else None
    language = session.language if session else _asked_language(request)
    call = Call(request, around, session, moment, language, form)
    with use_language(language):
        try:
            with storage_named(around.settings.home):
                return keep_out(_passed(call, page, right))
        except HTTPException as error:
            return keep_out(_sorry(call, error.detail, error.status_code))
        except CchcError as error:
            return keep_out(_sorry(call, str(error), _status(error)))


def _passed(call: Call, page: Page, right: Right | None) -> Response:
    if right is not None and call.session is None:
        return _ask_to_sign_in(call)
    if call.request.method == "POST":
        _refuse_foreign(call)
    if right is not None and not call.person.may(right):
        raise HTTPException(403, _("Your role may not do this; ask the person who may."))
    return page(call)


def _refuse_foreign(call: Call) -> None:
    """Refuse a form that does not come from a page of ours."""
    headers = call.request.headers
    origin = urlsplit(headers.get("Origin") or "").netloc
    own = {headers.get("Host", ""), urlsplit(call.around.settings.console.address).netloc}
    foreign = headers.get("Sec-Fetch-Site") in ("cross-site", "same-site") or bool(origin and origin not in own)
    sent = headers.get("X-Form-Token") or call.word("form_token")
    expected = call.session.form_token if call.session else call.request.cookies.get(ENTRY_COOKIE, "")
    if foreign or not expected or not hmac.compare_digest(sent.encode(), expected.encode()):
        raise HTTPException(403, _("This form does not come from this page, or is too old. Open the page and repeat."))


def _ask_to_sign_in(call: Call) -> Response:
    """Return the page that asks to sign in; what a form held is kept in it and can be sent afterwards."""
    kept = [(name, value) for name, value in call.form.multi_items() if isinstance(value, str) and name != "form_token"]
    lost = [value.filename for value in call.form.values() if isinstance(value, UploadFile) and value.filename]
    back = call.request.url.path.removeprefix(call.around.prefix)
    if call.request.method != "POST" and call.request.url.query:
        back = f"{back}?{call.request.url.query}"
    is_form = call.request.method == "POST"
    token = entry_token(call.request)
    response = call.page(
        "sign_in", 401, token=token, back=back, kept=kept if is_form else None, lost=lost, fault="", login=""
    )
    if call.is_partial:
        response.headers["HX-Retarget"] = "body"
        response.headers["HX-Reswap"] = "innerHTML"
    return set_cookie(response, ENTRY_COOKIE, token)


def _sorry(call: Call, message: str, status: int) -> Response:
    """Return the page that says what happened; a script that asked for a part of a page gets the sentence alone."""
    if call.is_partial:
        response = HTMLResponse(rendering.render("part_fault", {"message": message}), status)
        response.headers["HX-Retarget"] = "#faults"
        response.headers["HX-Reswap"] = "innerHTML"
        return response
    typed = [(name, value) for name, value in call.form.multi_items() if isinstance(value, str)]
    return call.page("fault", status, message=message, kept=names.shown_fields(typed))


def _status(error: CchcError) -> int:
    if isinstance(error, OvertakenError):
        return 409
    return 503 if error.retryable or isinstance(error, MigrationError) else 422


def _asked_language(request: Request) -> Language:
    return "en" if request.cookies.get("cchc-language") == "en" else "vi"
