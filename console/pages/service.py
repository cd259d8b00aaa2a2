"""Signing in by the office's own sign-in service.

Belongs here: sending the browser there, and beginning a session for the account of who comes back.
Stays out: the protocol (`console.service`).

An account is known by issuer and subject. The first time it is the one of that name without a password, which the
keeper of accounts made for this way in; an account with a password is never taken over by a name alone.
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from cchc.errors import SignInError
from cchc.messages import translator
from console import service
from console.call import Call
from console.guard import COOKIE, drop_cookie, set_cookie
from pipelines.settings import SignInService
from warehouse.people import accounts, sessions
from warehouse.people.accounts import Account
from warehouse.people.acts import act_of, note

_ = translator("console")

ERRAND_COOKIE = "__Host-cchc-service"


def begin(call: Call) -> Response:
    """Send the browser to the service."""
    address, errand = service.begin(_service(call), _back(call))
    return set_cookie(RedirectResponse(address, status_code=303), ERRAND_COOKIE, errand.packed())


def come_back(call: Call) -> Response:
    """Begin a session for who comes back from the service."""
    errand = service.unpacked(call.request.cookies.get(ERRAND_COOKIE, ""))
    if errand is None:
        raise SignInError(_("signing in was broken off; begin it again"))
    known = service.finish(_service(call), _back(call), errand, call.query("state"), call.query("code"))
    account = _account(call, known)
    secret = sessions.begin_session(call.around.engine, account, call.moment, call.language)
    note(call.around.engine, act_of(account, "sign_in", address=call.address), call.moment)
    return drop_cookie(set_cookie(call.go("/"), COOKIE, secret), ERRAND_COOKIE)


def _account(call: Call, known: service.Known) -> Account:
    engine = call.around.engine
    account = accounts.account_by(engine, subject=known.subject)
    if account is None and known.login:
        named = accounts.account_by(engine, login=accounts.plain_login(known.login))
        if named is not None and named.subject is None and not named.has_password:
            accounts.bind_subject(engine, named.id, known.subject)
            account = named
    if account is None or not account.is_active:
        raise SignInError(_("{name} has no account here; ask who keeps the accounts").format(name=known.name))
    return account


def _service(call: Call) -> SignInService:
    found = call.around.settings.console.service
    if found is None:
        raise HTTPException(404, _("There is no such page."))
    return found


def _back(call: Call) -> str:
    address = call.around.settings.console.address or str(call.request.base_url).rstrip("/")
    return f"{address}{call.url('/service/back')}"
