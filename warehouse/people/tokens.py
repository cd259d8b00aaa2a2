"""Tokens by which programs read the marts: made and revoked by a person, kept as hashes.

Belongs here: making, listing, revoking, and whose view a token has. Stays out: what a program is answered.

A token reads and does nothing else. It ends on its day, when it is revoked, and when the account of the person who made
it is switched off.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal, get_args

from sqlalchemy import Engine, Select, insert, select, update

from cchc.errors import SignInError
from cchc.messages import translator
from cchc.text import squeeze
from warehouse.connection import reading, writing
from warehouse.people.accounts import Account
from warehouse.people.passwords import new_secret, secret_hash
from warehouse.tables import AccountTable, ApiTokenTable

_ = translator("people")

PREFIX = "cchc_"
"""What every token begins with, so that one left in a file is found by a search."""
LONGEST_DAYS = 366
_LONGEST_NAME = 100
_NOTED_EVERY = timedelta(hours=1)

View = Literal["office", "public"]
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True)
class Token:
    """A token as it is kept, without its secret; `made_by` is a person's name."""

    id: int
    name: str
    reader: View
    made_by: str
    made_at: datetime
    expires_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    is_maker_active: bool

    def works(self, moment: datetime) -> bool:
        """Return whether it lets a program in."""
        return self.revoked_at is None and moment < self.expires_at and self.is_maker_active


def make_token(engine: Engine, maker: Account, name: str, reader: str, days: int, moment: datetime) -> str:
    """Return the secret of a new token, which is shown once and kept nowhere.

    Raises:
        SignInError: it has no name, no view there is, or would last too long.
    """
    wanted = squeeze(name)
    if not wanted or len(wanted) > _LONGEST_NAME:
        raise SignInError(_("say what the token is for, in 100 characters at most"))
    if reader not in VIEWS:
        raise SignInError(_("'{view}' is no view; choose one of: {known}").format(view=reader, known=", ".join(VIEWS)))
    if not 1 <= days <= LONGEST_DAYS:
        raise SignInError(_("a token lasts from 1 to {n} days; choose another number").format(n=LONGEST_DAYS))
    secret = PREFIX + new_secret()
    row = {
        "token_hash": secret_hash(secret),
        "name": wanted,
        "reader": reader,
        "account_id": maker.id,
        "made_at": moment,
        "expires_at": moment + timedelta(days=days),
    }
    with writing(engine) as connection:
        connection.execute(insert(ApiTokenTable).values(row))
    return secret


def tokens(engine: Engine) -> list[Token]:
    """Return all tokens, the newest first."""
    with reading(engine) as connection:
        return [_token(row) for row in connection.execute(_query().order_by(ApiTokenTable.id.desc())).mappings()]


def revoke_token(engine: Engine, number: int, moment: datetime) -> Token:
    """End a token and return it; one that was revoked stays as it is.

    Raises:
        SignInError: there is none of that number.
    """
    mine = ApiTokenTable.id == number
    with writing(engine) as connection:
        connection.execute(
            update(ApiTokenTable).where(mine, ApiTokenTable.revoked_at.is_(None)).values(revoked_at=moment)
        )
        row = connection.execute(_query().where(mine)).mappings().first()
    if row is None:
        raise SignInError(_("there is no token {number}").format(number=number))
    return _token(row)


def token_of(engine: Engine, secret: str, moment: datetime) -> Token | None:
    """Return the token of a secret, None where it is unknown or has ended."""
    with reading(engine) as connection:
        row = connection.execute(_query().where(ApiTokenTable.token_hash == secret_hash(secret))).mappings().first()
    found = None if row is None else _token(row)
    if found is None or not found.works(moment):
        return None
    if found.used_at is None or found.used_at + _NOTED_EVERY <= moment:
        with writing(engine) as connection:
            connection.execute(update(ApiTokenTable).where(ApiTokenTable.id == found.id).values(used_at=moment))
    return found


def _query() -> Select[Any]:
    kept = [c for c in ApiTokenTable.__table__.c if c.name not in ("token_hash", "account_id")]
    maker = (AccountTable.name.label("made_by"), AccountTable.is_active.label("is_maker_active"))
    return select(*kept, *maker).join(AccountTable, AccountTable.id == ApiTokenTable.account_id)


def _token(row: Any) -> Token:
    return Token(**row)
