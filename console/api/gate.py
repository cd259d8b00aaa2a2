"""The gate before data for programs: a token, or the session of somebody who may see.

Belongs here: who asks and whose view they have, refusals as problem documents (RFC 9457).
Stays out: pages for people (`console.guard`), what is answered.

A program sends `Authorization: Bearer TOKEN`; a tool that only knows names and passwords sends the token as password.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from cchc.errors import CchcError, MigrationError
from cchc.messages import Language, translator, use_language
from console.guard import COOKIE, keep_out
from console.surroundings import Surroundings
from validation.audience import Reader
from warehouse.people.roles import Right, may
from warehouse.people.sessions import session_of
from warehouse.people.tokens import token_of

_ = translator("console")

SEEING = "viewer"
"""The role of every token: it sees and does nothing."""


@dataclass(frozen=True)
class Question:
    """One call of a program that is let through: whose view it has, in which language it is told what is wrong."""

    request: Request
    around: Surroundings
    reader: Reader
    language: Language

    @property
    def root(self) -> str:
        """Return the address below which the data are, as the program must ask for it."""
        settings = self.around.settings.console
        return f"{settings.address or str(self.request.base_url).rstrip('/')}{settings.prefix}/api/v1"


Answer = Callable[[Question], Response]


def answered(answer: Answer, right: Right) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that answers those who have a right."""

    async def endpoint(request: Request) -> Response:
        return await run_in_threadpool(_answer, answer, right, request)

    return endpoint


def problem(status: int, message: str) -> Response:
    """Return a refusal as a problem document."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": message}
    headers = {"WWW-Authenticate": 'Bearer realm="cchc", Basic realm="cchc"'} if status == 401 else {}
    text = json.dumps(body, ensure_ascii=False)
    return Response(text, status, headers=headers, media_type="application/problem+json")


def _answer(answer: Answer, right: Right, request: Request) -> Response:
    around: Surroundings = request.app.state.around
    language: Language = "en" if request.headers.get("Accept-Language", "").lower().startswith("en") else "vi"
    with use_language(language):
        try:
            found = answer(Question(request, around, _reader(around, right, request), language))
        except HTTPException as error:
            found = problem(error.status_code, error.detail)
        except CchcError as error:
            found = problem(503 if error.retryable or isinstance(error, MigrationError) else 400, str(error))
    found.headers.setdefault("Cache-Control", "private, no-cache")
    found.headers["Vary"] = "Authorization, Cookie, Accept-Language"
    return keep_out(found)


def _reader(around: Surroundings, right: Right, request: Request) -> Reader:
    """Return whose view a call has."""
    moment = around.clock()
    secret = _token(request)
    if secret is not None:
        token = token_of(around.engine, secret, moment)
        if token is None:
            raise HTTPException(
                401, _("This token is unknown, revoked or too old; ask who keeps the accounts for another.")
            )
        if not may(SEEING, right):
            raise HTTPException(403, _("A token may not do this."))
        return token.reader
    session = session_of(around.engine, request.cookies.get(COOKIE, ""), moment)
    if session is None:
        raise HTTPException(401, _("Send a token (Authorization: Bearer …), or sign in on the page first."))
    if not session.account.may(right):
        raise HTTPException(403, _("Your role may not do this; ask the person who may."))
    return "office"


def _token(request: Request) -> str | None:
    """Return the token of a call, None where it bears none; what cannot be read is a token nobody has."""
    kind, _space, rest = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return rest.strip()
    if kind.lower() != "basic":
        return None
    try:
        return base64.b64decode(rest, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
