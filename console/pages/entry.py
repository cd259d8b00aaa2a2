"""Signing in and out, one-time links, the language of the page.

Belongs here: what happens before anybody is known. Stays out: accounts of others (`people`).
"""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cchc.errors import SignInError
from cchc.messages import translator
from console.call import Call
from console.guard import COOKIE, ENTRY_COOKIE, drop_cookie, entry_token, safe_path, set_cookie
from warehouse.people import accounts, sessions
from warehouse.people.accounts import NewAccount
from warehouse.people.acts import act_of, note
from warehouse.people.roles import Right

_ = translator("console")


def start(call: Call) -> Response:
    """Send a person to where their work is."""
    if call.session is None:
        return call.go("/sign-in")
    if call.person.may(Right.OWN_WARD):
        return call.go("/door")
    return call.go("/round")


def sign_in_page(call: Call) -> Response:
    """Show the form to sign in."""
    return _form(call, back=safe_path(call.query("back", "/")))


def sign_in(call: Call) -> Response:
    """Begin a session, and go on to where the person wanted to go; a form that was kept is offered again."""
    try:
        secret, account = sessions.sign_in(
            call.around.engine, call.word("login"), call.word("password"), call.address, call.moment, call.language
        )
    except SignInError as error:
        return _form(call, back=safe_path(call.word("back", "/")), fault=str(error))
    note(call.around.engine, act_of(account, "sign_in", address=call.address), call.moment)
    back = safe_path(call.word("back", "/"))
    kept = _kept(call)
    session = sessions.session_of(call.around.engine, secret, call.moment)
    if kept and session is not None:
        response = call.page("go_on", back=back, kept=kept, form_token=session.form_token, person=account)
    else:
        response = call.go(back)
    return drop_cookie(set_cookie(response, COOKIE, secret), ENTRY_COOKIE)


def sign_out(call: Call) -> Response:
    """End the session."""
    sessions.sign_out(call.around.engine, call.request.cookies.get(COOKIE, ""))
    return drop_cookie(call.go("/sign-in"), COOKIE)


def link_page(call: Call) -> Response:
    """Show the form that sets a password by a one-time link."""
    good, account = accounts.link_account(call.around.engine, call.path("secret"), call.moment)
    if not good:
        raise HTTPException(404, _("This link was used already or is too old. Ask for a new one."))
    return _link_form(call, account)


def use_link(call: Call) -> Response:
    """Set the password of a one-time link, making the first account where it is for that."""
    secret = call.path("secret")
    good, account = accounts.link_account(call.around.engine, secret, call.moment)
    if not good:
        raise HTTPException(404, _("This link was used already or is too old. Ask for a new one."))
    if call.word("password") != call.word("again"):
        return _link_form(call, account, _("The two passwords are not the same."))
    first = NewAccount(call.word("login"), call.word("name"), "operator") if account is None else None
    try:
        made = accounts.use_link(call.around.engine, secret, call.word("password"), call.moment, first)
    except SignInError as error:
        return _link_form(call, account, str(error))
    note(call.around.engine, act_of(made, "set_password"), call.moment)
    new = sessions.begin_session(call.around.engine, made, call.moment, call.language)
    return drop_cookie(set_cookie(call.go("/"), COOKIE, new), ENTRY_COOKIE)


def speak(call: Call) -> Response:
    """Let the page speak the other language from now on."""
    wanted = "en" if call.word("language") == "en" else "vi"
    response = call.go(safe_path(call.word("back", "/")))
    if call.session is not None:
        sessions.speak(call.around.engine, call.session, wanted)  # type: ignore[arg-type]
    response.set_cookie("cchc-language", wanted, secure=True, httponly=True, samesite="lax", max_age=365 * 86400)
    return response


def _form(call: Call, *, back: str, fault: str = "") -> Response:
    token = entry_token(call.request)
    kept = _kept(call) or None
    response = call.page(
        "sign_in",
        401 if fault else 200,
        token=token,
        back=back,
        kept=kept,
        lost=[],
        fault=fault,
        login=call.word("login"),
    )
    return set_cookie(response, ENTRY_COOKIE, token)


def _link_form(call: Call, account: accounts.Account | None, fault: str = "") -> Response:
    token = entry_token(call.request)
    response = call.page(
        "link",
        422 if fault else 200,
        token=token,
        account=account,
        fault=fault,
        login=call.word("login"),
        name=call.word("name"),
    )
    return set_cookie(response, ENTRY_COOKIE, token)


def _kept(call: Call) -> list[tuple[str, str]]:
    """Return the fields of a form that was sent when the session had ended, as the page that asked kept them."""
    return [
        (name.removeprefix("kept."), value)
        for name, value in call.form.multi_items()
        if isinstance(value, str) and name.startswith("kept.")
    ]
