"""Accounts: made, changed, switched off, found.

Belongs here: rows of `account`, and links by which a password is set once. Stays out: who is signed in (`sessions`).
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, select, update

from cchc.errors import SignInError
from cchc.messages import translator
from cchc.text import squeeze
from warehouse.connection import lock, reading, writing
from warehouse.people.passwords import new_secret, password_hash, secret_hash
from warehouse.people.roles import ROLES, Right, Role, may
from warehouse.tables import AccountTable, LinkTable, SessionTable, WardTable

_ = translator("people")

LINK_LASTS = timedelta(hours=48)
_PROBLEM_LOGIN = 64


@dataclass(frozen=True)
class Account:
    """A person who may sign in; `ward` is set for the role `ward` only."""

    id: int
    login: str
    name: str
    role: Role
    ward: str | None
    subject: str | None
    machine_user: str | None
    is_active: bool
    has_password: bool
    created_at: datetime

    def may(self, right: Right) -> bool:
        """Return whether the person has a right."""
        return self.is_active and may(self.role, right)


@dataclass(frozen=True)
class NewAccount:
    """What somebody says of a person who shall be able to sign in."""

    login: str
    name: str
    role: str
    ward: str | None = None
    subject: str | None = None
    machine_user: str | None = None


def accounts(engine: Engine) -> list[Account]:
    """Return all accounts by name."""
    with reading(engine) as connection:
        rows = connection.execute(select(AccountTable.__table__).order_by(AccountTable.name)).mappings()
        return [_account(row) for row in rows]


def has_accounts(engine: Engine) -> bool:
    """Return whether anybody has an account."""
    with reading(engine) as connection:
        return bool(connection.execute(select(func.count()).select_from(AccountTable)).scalar())


def account_by(engine: Engine, **wanted: Any) -> Account | None:
    """Return the account with a column's value (id, login, subject, machine_user), None where there is none."""
    (name, value), *_rest = wanted.items()
    with reading(engine) as connection:
        row = (
            connection.execute(select(AccountTable.__table__).where(AccountTable.__table__.c[name] == value))
            .mappings()
            .first()
        )
    return None if row is None else _account(row)


def kept_password(engine: Engine, login: str) -> tuple[Account | None, str | None]:
    """Return an account by the name typed, with the hash of its password."""
    query = select(AccountTable.__table__).where(AccountTable.login == plain_login(login))
    with reading(engine) as connection:
        row = connection.execute(query).mappings().first()
    return (None, None) if row is None else (_account(row), row["password"])


def add_account(engine: Engine, new: NewAccount, moment: datetime) -> Account:
    """Make an account without a password and return it.

    Raises:
        SignInError: a name is missing or taken, or the role and the ward do not go together.
    """
    with writing(engine) as connection:
        return _add(connection, new, moment)


def change_account(engine: Engine, account_id: int, new: NewAccount, *, is_active: bool) -> Account:
    """Bring an account to what is said; whoever is switched off or gets another role is signed out at once.

    Raises:
        SignInError: as for a new one, or nobody would be left who may keep the accounts.
    """
    with writing(engine) as connection:
        lock(connection, "accounts")
        before = _by_id(connection, account_id)
        values = _checked(connection, new, account_id)
        connection.execute(
            update(AccountTable).where(AccountTable.id == account_id).values(**values, is_active=is_active)
        )
        after = _by_id(connection, account_id)
        _keep_a_keeper(connection)
        if (after.role, after.ward, after.is_active) != (before.role, before.ward, before.is_active):
            sign_out_everywhere(connection, account_id)
        return after


def make_link(engine: Engine, account_id: int | None, moment: datetime) -> str:
    """Return the secret of a new link by which a password is set; None for the first account of all."""
    secret = new_secret()
    row = {
        "token_hash": secret_hash(secret),
        "account_id": account_id,
        "made_at": moment,
        "expires_at": moment + LINK_LASTS,
        "used_at": None,
    }
    with writing(engine) as connection:
        # A new link makes those before it useless.
        same = LinkTable.account_id.is_(None) if account_id is None else LinkTable.account_id == account_id
        connection.execute(update(LinkTable).where(same, LinkTable.used_at.is_(None)).values(used_at=moment))
        connection.execute(insert(LinkTable).values(row))
    return secret


def link_account(engine: Engine, secret: str, moment: datetime) -> tuple[bool, Account | None]:
    """Return whether a link may be used, and whose it is (None: it makes the first account)."""
    with reading(engine) as connection:
        row = _link(connection, secret, moment)
        if row is None:
            return False, None
        return True, None if row.account_id is None else _by_id(connection, row.account_id)


def use_link(engine: Engine, secret: str, password: str, moment: datetime, first: NewAccount | None = None) -> Account:
    """Set the password of a link's account, making the first account where the link is for that.

    Raises:
        SignInError: the link is used or too old, or the password cannot be one.
    """
    hashed = password_hash(password)
    with writing(engine) as connection:
        lock(connection, "accounts")
        row = _link(connection, secret, moment)
        if row is None:
            raise SignInError(_("this link was used already or is too old; ask for a new one"))
        account_id = row.account_id
        if account_id is None:
            if first is None or connection.execute(select(func.count()).select_from(AccountTable)).scalar():
                raise SignInError(_("there are accounts already; ask who keeps them for a link"))
            account_id = _add(connection, first, moment).id
        connection.execute(update(AccountTable).where(AccountTable.id == account_id).values(password=hashed))
        connection.execute(update(LinkTable).where(LinkTable.token_hash == row.token_hash).values(used_at=moment))
        sign_out_everywhere(connection, account_id)
        return _by_id(connection, account_id)


def set_password(engine: Engine, account_id: int, password: str) -> None:
    """Set a password; whoever is signed in elsewhere with the old one is signed out."""
    hashed = password_hash(password)
    with writing(engine) as connection:
        connection.execute(update(AccountTable).where(AccountTable.id == account_id).values(password=hashed))
        sign_out_everywhere(connection, account_id)


def bind_subject(engine: Engine, account_id: int, subject: str) -> None:
    """Remember who an account is at the sign-in service, once it has been seen there."""
    with writing(engine) as connection:
        connection.execute(update(AccountTable).where(AccountTable.id == account_id).values(subject=subject))


def sign_out_everywhere(connection: Connection, account_id: int) -> None:
    """End every session of an account."""
    connection.execute(SessionTable.__table__.delete().where(SessionTable.account_id == account_id))  # type: ignore[attr-defined]


def plain_login(text: str) -> str:
    """Return a name to sign in with as it is kept."""
    return squeeze(text).casefold()


def _add(connection: Connection, new: NewAccount, moment: datetime) -> Account:
    values = _checked(connection, new, None) | {"is_active": True, "created_at": moment, "password": None}
    number = connection.execute(insert(AccountTable).values(values).returning(AccountTable.id)).scalar_one()
    return _by_id(connection, number)


def _checked(connection: Connection, new: NewAccount, own: int | None) -> dict[str, Any]:
    values = {f.name: getattr(new, f.name) or None for f in dataclasses.fields(new)}
    values |= {"login": plain_login(new.login), "name": squeeze(new.name)}
    if not values["login"] or not values["name"] or len(values["login"]) > _PROBLEM_LOGIN:
        raise SignInError(_("an account needs a name to sign in with and the person's full name"))
    if new.role not in ROLES:
        raise SignInError(
            _("'{role}' is no role; choose one of: {known}").format(role=new.role, known=", ".join(ROLES))
        )
    if (new.role == "ward") != bool(new.ward):
        raise SignInError(_("a ward's account names its ward, any other account names none"))
    if new.ward and connection.execute(select(WardTable.slug).where(WardTable.slug == new.ward)).first() is None:
        raise SignInError(_("no ward is called '{ward}'").format(ward=new.ward))
    _refuse_taken(connection, values, own)
    return values


def _refuse_taken(connection: Connection, values: dict[str, Any], own: int | None) -> None:
    for column in ("login", "name", "subject", "machine_user"):
        value = values[column]
        if value is None:
            continue
        taken = select(AccountTable.id).where(AccountTable.__table__.c[column] == value)
        other = connection.execute(taken if own is None else taken.where(AccountTable.id != own)).first()
        if other is not None:
            raise SignInError(_("'{value}' is taken by another account; choose another").format(value=value))


def _keep_a_keeper(connection: Connection) -> None:
    keepers = [
        row.role
        for row in connection.execute(select(AccountTable.role).where(AccountTable.is_active))
        if may(row.role, Right.KEEP_PEOPLE)
    ]
    if not keepers:
        raise SignInError(_("somebody must be left who keeps the accounts; make another operator first"))


def _link(connection: Connection, secret: str, moment: datetime) -> Any:
    return connection.execute(
        select(LinkTable.__table__).where(
            LinkTable.token_hash == secret_hash(secret), LinkTable.used_at.is_(None), LinkTable.expires_at > moment
        )
    ).first()


def _by_id(connection: Connection, account_id: int) -> Account:
    row = (
        connection.execute(select(AccountTable.__table__).where(AccountTable.id == account_id)).mappings().one_or_none()
    )
    if row is None:
        raise SignInError(_("there is no account {number}").format(number=account_id))
    return _account(row)


def _account(row: Any) -> Account:
    names = [f.name for f in dataclasses.fields(Account) if f.name != "has_password"]
    return Account(**{name: row[name] for name in names}, has_password=row["password"] is not None)
