"""People who work with the office's page: accounts, sessions, links used once, tries to sign in, and what they did.

Belongs here: who may do what, and the append-only log of acts.
Stays out: decisions on figures (`findings`), which bear a name and outlive an account.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, ForeignKey, Index, Integer, Text
from sqlalchemy.orm import Mapped

from warehouse.tables.base import Base, column
from warehouse.types import Json, Moment


class AccountTable(Base):
    """A person who may sign in."""

    __tablename__ = "account"
    __table_args__ = (
        CheckConstraint("role IN ('viewer', 'clerk', 'head', 'operator', 'ward')", name="role"),
        CheckConstraint("(role = 'ward') = (ward IS NOT NULL)", name="ward_of_role"),
        {"comment": "People who may sign in to the office's page; an account is switched off, never deleted"},
    )

    id: Mapped[int] = column("Number of the account", Integer, primary_key=True, autoincrement=True)
    login: Mapped[str] = column("Name typed to sign in, lower case", Text, unique=True)
    name: Mapped[str] = column("Name of the person, as it stands on decisions and publications", Text, unique=True)
    role: Mapped[str] = column("viewer, clerk, head, operator or ward", Text)
    ward: Mapped[str | None] = column("Ward whose reports a ward's account sends, else NULL", Text)
    password: Mapped[str | None] = column("argon2id hash, NULL until a password is set", Text)
    subject: Mapped[str | None] = column("Issuer and subject of the sign-in service, NULL without one", Text)
    machine_user: Mapped[str | None] = column("User of the machine who is this person on the command line", Text)
    is_active: Mapped[bool] = column("False once the account is switched off", Boolean, default=True)
    created_at: Mapped[datetime] = column("When the account was made", Moment)


class SessionTable(Base):
    """One signed-in browser or command line."""

    __tablename__ = "session"
    __table_args__ = ({"comment": "Who is signed in; rows go when a session ends"},)

    token_hash: Mapped[str] = column("SHA-256 of the secret in the cookie", Text, primary_key=True)
    account_id: Mapped[int] = column("Account", Integer, ForeignKey("account.id"), index=True)
    form_token: Mapped[str] = column("What every form of the session must send back", Text)
    language: Mapped[str] = column("Language of the session: vi or en", Text)
    created_at: Mapped[datetime] = column("When it began", Moment)
    seen_at: Mapped[datetime] = column("When it was last used", Moment)
    expires_at: Mapped[datetime] = column("When it ends at the latest", Moment)


class LinkTable(Base):
    """A link that lets a person set a password, once."""

    __tablename__ = "one_time_link"
    __table_args__ = ({"comment": "Links by which a password is set, each used once"},)

    token_hash: Mapped[str] = column("SHA-256 of the secret in the link", Text, primary_key=True)
    account_id: Mapped[int | None] = column("Account, NULL for the first one of all", Integer, ForeignKey("account.id"))
    made_at: Mapped[datetime] = column("When it was made", Moment)
    expires_at: Mapped[datetime] = column("Until when it may be used", Moment)
    used_at: Mapped[datetime | None] = column("When it was used, NULL while it was not", Moment)


class ApiTokenTable(Base):
    """A token by which a program reads the marts."""

    __tablename__ = "api_token"
    __table_args__ = (
        CheckConstraint("reader IN ('office', 'public')", name="reader"),
        {"comment": "Tokens by which programs read the marts; revoked, never deleted"},
    )

    id: Mapped[int] = column("Number of the token", Integer, primary_key=True, autoincrement=True)
    token_hash: Mapped[str] = column("SHA-256 of the token", Text, unique=True)
    name: Mapped[str] = column("What it is for, as the person who made it wrote", Text)
    reader: Mapped[str] = column("Whose view it has: office or public", Text)
    account_id: Mapped[int] = column("Account of the person who made it", Integer, ForeignKey("account.id"))
    made_at: Mapped[datetime] = column("When it was made", Moment)
    expires_at: Mapped[datetime] = column("When it ends", Moment)
    used_at: Mapped[datetime | None] = column("When it was last used, to the hour", Moment)
    revoked_at: Mapped[datetime | None] = column("When it was revoked, NULL while it was not", Moment)


class SignInTryTable(Base):
    """One refused try to sign in."""

    __tablename__ = "sign_in_try"
    __table_args__ = (
        Index("ix_sign_in_try_login", "login", "tried_at"),
        {"comment": "Refused tries to sign in, by which further ones are slowed down"},
    )

    id: Mapped[int] = column("Number of the try", Integer, primary_key=True, autoincrement=True)
    login: Mapped[str] = column("Name that was typed", Text)
    address: Mapped[str] = column("Network address it came from", Text, index=True)
    tried_at: Mapped[datetime] = column("When", Moment)


class ActTable(Base):
    """Something a person did; append-only, held by the database itself."""

    __tablename__ = "act"
    __table_args__ = (
        Index("ix_act_done_at", "done_at"),
        {"comment": "What people did, by name; rows are only ever added"},
    )

    id: Mapped[int] = column("Number of the act", Integer, primary_key=True, autoincrement=True)
    done_at: Mapped[datetime] = column("When", Moment)
    account_id: Mapped[int | None] = column("Account, NULL where nobody was signed in", Integer)
    name: Mapped[str] = column("Name of the person at that time", Text)
    kind: Mapped[str] = column("What was done: sign_in, decide, publish, submit …", Text)
    round: Mapped[str | None] = column("Round it concerns", Text)
    ward: Mapped[str | None] = column("Ward it concerns", Text)
    detail: Mapped[Any] = column("What exactly, by name of the kind's own fields", Json)


class DeferralTable(Base):
    """Something put off in the review."""

    __tablename__ = "deferral"
    __table_args__ = (
        Index("ix_deferral_round", "round", "ward"),
        {"comment": "What was put off in the review, so that it comes last; settles nothing"},
    )

    id: Mapped[int] = column("Number of the deferral", Integer, primary_key=True, autoincrement=True)
    round: Mapped[str] = column("Round", Text, ForeignKey("round.label"))
    ward: Mapped[str] = column("Ward (ward.slug)", Text, ForeignKey("ward.slug"))
    item: Mapped[str] = column("Figure code, or key of the finding", Text)
    name: Mapped[str] = column("Who put it off", Text)
    deferred_at: Mapped[datetime] = column("When", Moment)
