"""Tokens by which programs read the data: made, listed, revoked.

Belongs here: the page and its two forms. Stays out: what a token lets through (`console.api`).
"""

from __future__ import annotations

from starlette.responses import Response

from cchc.errors import SignInError
from cchc.messages import translator
from console.call import Call
from warehouse.people import tokens

_ = translator("console")

USUAL_DAYS = 180


def show(call: Call) -> Response:
    """Show all tokens with a form to make one."""
    return _page(call)


def make(call: Call) -> Response:
    """Make a token and show its secret once."""
    days = call.word("days", str(USUAL_DAYS))
    if not days.isdecimal():
        raise SignInError(_("write for how many days the token is, in digits"))
    name, reader = call.word("name"), call.word("reader")
    secret = tokens.make_token(call.around.engine, call.person, name, reader, int(days[:6]), call.moment)
    call.note("make_token", name=name, days=int(days[:6]))
    return _page(call, secret)


def revoke(call: Call) -> Response:
    """End a token."""
    done = tokens.revoke_token(call.around.engine, call.number("number"), call.moment)
    call.note("revoke_token", name=done.name)
    return call.go("/tokens")


def _page(call: Call, secret: str = "") -> Response:
    found = tokens.tokens(call.around.engine)
    return call.page("tokens", tokens=found, views=tokens.VIEWS, secret=secret, usual=USUAL_DAYS)
