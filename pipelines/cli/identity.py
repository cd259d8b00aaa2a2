"""Who acts on the command line: the same people as on the office's page.

Belongs here: `cchc login`, `logout`, `whoami`, and finding out who a call is by. Stays out: accounts and sessions
themselves (`warehouse.people`).

A call is by the person who signed in with `cchc login`, else by the account the machine's user is mapped to. In an
office without any account, as in a try-out, the name given with --by counts.
"""

from __future__ import annotations

import getpass
import os
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from sqlalchemy import Engine

from cchc.clock import now
from cchc.errors import CallError, SignInError
from cchc.messages import translator
from pipelines.cli.common import errors_told, open_office, out, settings
from pipelines.settings import Settings
from warehouse.people import sessions
from warehouse.people.accounts import Account, account_by, has_accounts
from warehouse.people.acts import Act, note
from warehouse.people.roles import Right

_ = translator("people")


@dataclass(frozen=True)
class Person:
    """Who a call is by; `account` is None in an office that has none."""

    name: str
    account: Account | None = None

    def act(self, kind: str, *, round_label: str | None = None, ward: str | None = None, **detail: object) -> Act:
        """Return an act of this person."""
        return Act(kind, self.name, self.account.id if self.account else None, round_label, ward, detail)


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.command("login", help=_("Sign in on the command line as the person you are on the office's page."))(login)
    app.command("logout", help=_("Sign out on the command line."))(logout)
    app.command("whoami", help=_("Say in whose name decisions would be recorded."))(whoami)


def login(
    name: Annotated[str | None, typer.Option("--name", help=_("Name to sign in with; asked for otherwise."))] = None,
) -> None:
    """Ask for name and password and keep the session in the home, readable by this user alone."""
    with errors_told():
        current = settings()
        engine = open_office(current)
        login_name = name or typer.prompt(_("Name to sign in with"), err=True)
        password = typer.prompt(_("Password"), hide_input=True, err=True)
        secret, account = sessions.sign_in(engine, login_name, password, socket.gethostname(), now())
        _keep(token_file(current), secret)
        note(engine, Person(account.name, account).act("sign_in", address="cchc"), now())
    out.print(escape(_("Signed in as {name}.").format(name=account.name)))


def logout() -> None:
    """End the session of the command line."""
    with errors_told():
        current = settings()
        path = token_file(current)
        if path.is_file():
            sessions.sign_out(open_office(current), path.read_text(encoding="utf-8").strip())
            path.unlink()
    out.print(_("Signed out."))


def whoami() -> None:
    """Print the person a call would be by."""
    with errors_told():
        current = settings()
        person = acting(current, open_office(current), "–", None)
    out.print(escape(person.name))


def acting(current: Settings, engine: Engine, by: str, right: Right | None) -> Person:
    """Return who a call is by.

    Raises:
        CallError: no accounts are kept and no name is given.
        SignInError: accounts are kept and nobody is known, another name is given, or the person may not do this.
    """
    if not has_accounts(engine):
        if not by.strip() and right is Right.PUBLISH:
            raise CallError(_("say who does this: --by NAME, or sign in with cchc login"))
        return Person(by.strip())
    account = _signed_in(current, engine) or account_by(engine, machine_user=getpass.getuser())
    if account is None or not account.is_active:
        raise SignInError(_("nobody is signed in; run cchc login, or have your machine's user put to your account"))
    if by.strip() not in ("", "–", account.name):
        line = _("you are signed in as {name}; leave --by out, or let {by} sign in")
        raise SignInError(line.format(name=account.name, by=by.strip()))
    if right is not None and not account.may(right):
        raise SignInError(_("{name} may not do this; ask a person whose role may").format(name=account.name))
    return Person(account.name, account)


def token_file(current: Settings) -> Path:
    """Return where the session of this user's command line is kept."""
    return current.home / f".login-{os.getuid()}"


def _signed_in(current: Settings, engine: Engine) -> Account | None:
    path = token_file(current)
    if not path.is_file():
        return None
    session = sessions.session_of(engine, path.read_text(encoding="utf-8").strip(), now())
    return session.account if session else None


def _keep(path: Path, secret: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(secret)
