"""Sessions: signing in, being known, signing out; tries that are refused slow down further ones.

Belongs here: rows of `session` and `sign_in_try`. Stays out: cookies (`console`), the token file of the command line.

A session's secret is made anew at every sign-in and kept as a hash, so that neither a planted cookie nor a look into
the warehouse lets anybody in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from cchc.errors import SignInError
from cchc.messages import Language, translator
from warehouse.connection import reading, writing
from warehouse.people.accounts import Account, account_by, kept_password, plain_login
from warehouse.people.passwords import new_secret, password_fits, secret_hash
from warehouse.tables import SessionTable, SignInTryTable

_ = translator("people")

IDLE = timedelta(minutes=60)
"""How long a session lasts without being used."""
LASTS = timedelta(hours=12)
"""How long it lasts at most: a day's work."""
WINDOW = timedelta(minutes=15)
"""Refused tries of so long count."""
MOST_BY_LOGIN = 5
MOST_BY_ADDRESS = 20
_NOTED_EVERY = timedelta(seconds=30)
"""A session's last use is written down no oftener, so that looking at pages writes little."""


@dataclass(frozen=True)
class Session:
    """Who is signed in, and what their forms must send back."""

    account: Account
    form_token: str
    language: Language
    token_hash: str


def sign_in(
    engine: Engine, login: str, password: str, address: str, moment: datetime, language: Language = "vi"
) -> tuple[str, Account]:
    """Return the secret of a new session and whose it is.

    Raises:
        SignInError: name and password do not fit, or too many tries were refused lately.
    """
    wanted = plain_login(login)
    _refuse_hasty(engine, wanted, address, moment)
    account, kept = kept_password(engine, wanted)
    fits = password_fits(password, kept)
    if account is None or not fits or not account.is_active:
        _note_refused(engine, wanted, address, moment)
        raise SignInError(_("name or password is wrong"))
    with writing(engine) as connection:
        connection.execute(delete(SignInTryTable).where(SignInTryTable.login == wanted))
    return begin_session(engine, account, moment, language), account


def begin_session(engine: Engine, account: Account, moment: datetime, language: Language = "vi") -> str:
    """Return the secret of a new session of a person who has proved who they are."""
    secret = new_secret()
    row = {
        "token_hash": secret_hash(secret),
        "account_id": account.id,
        "form_token": new_secret(),
        "language": language,
        "created_at": moment,
        "seen_at": moment,
        "expires_at": moment + LASTS,
    }
    with writing(engine) as connection:
        connection.execute(delete(SessionTable).where(SessionTable.expires_at <= moment))
        connection.execute(insert(SessionTable).values(row))
    return secret


def session_of(engine: Engine, secret: str, moment: datetime) -> Session | None:
    """Return the session of a secret, None where it is unknown, too old, unused for too long or switched off."""
    query = select(SessionTable.__table__).where(SessionTable.token_hash == secret_hash(secret))
    with reading(engine) as connection:
        row = connection.execute(query).first()
    if row is None or row.expires_at <= moment or row.seen_at + IDLE <= moment:
        return None
    account = account_by(engine, id=row.account_id)
    if account is None or not account.is_active:
        return None
    if row.seen_at + _NOTED_EVERY <= moment:
        with writing(engine) as connection:
            connection.execute(
                update(SessionTable).where(SessionTable.token_hash == row.token_hash).values(seen_at=moment)
            )
    return Session(account, row.form_token, row.language, row.token_hash)


def speak(engine: Engine, session: Session, language: Language) -> None:
    """Let a session speak a language from now on."""
    with writing(engine) as connection:
        connection.execute(
            update(SessionTable).where(SessionTable.token_hash == session.token_hash).values(language=language)
        )


def sign_out(engine: Engine, secret: str) -> None:
    """End a session."""
    with writing(engine) as connection:
        connection.execute(delete(SessionTable).where(SessionTable.token_hash == secret_hash(secret)))


def _refuse_hasty(engine: Engine, login: str, address: str, moment: datetime) -> None:
    with reading(engine) as connection:
        by_login = _tries(connection, SignInTryTable.login == login, moment)
        by_address = _tries(connection, SignInTryTable.address == address, moment)
    if by_login >= MOST_BY_LOGIN or by_address >= MOST_BY_ADDRESS:
        raise SignInError(
            _("too many tries were refused; wait {n} minutes and try again").format(n=int(WINDOW.total_seconds() // 60))
        )


def _tries(connection: Connection, whose: object, moment: datetime) -> int:
    query = select(func.count()).select_from(SignInTryTable).where(whose, SignInTryTable.tried_at > moment - WINDOW)  # type: ignore[arg-type]
    return int(connection.execute(query).scalar_one())


def _note_refused(engine: Engine, login: str, address: str, moment: datetime) -> None:
    with writing(engine) as connection:
        connection.execute(delete(SignInTryTable).where(SignInTryTable.tried_at <= moment - WINDOW))
        connection.execute(insert(SignInTryTable).values(login=login[:100], address=address, tried_at=moment))
