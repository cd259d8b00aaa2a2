"""Passwords: argon2id hashes, and secrets that are only ever kept as hashes.

Belongs here: hashing, checking, what a password must be. Stays out: tables.
"""

from __future__ import annotations

import hashlib
import secrets
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from cchc.errors import SignInError
from cchc.messages import translator

_ = translator("people")

SHORTEST = 10
"""Characters of a password at least (NIST SP 800-63B asks for length and for nothing else)."""
LONGEST = 200


def password_hash(password: str) -> str:
    """Return the argon2id hash of a password.

    Raises:
        SignInError: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise SignInError(
            _("a password has {n} characters at least and {most} at most; choose another").format(
                n=SHORTEST, most=LONGEST
            )
        )
    return _hasher().hash(password)


def password_fits(password: str, kept: str | None) -> bool:
    """Return whether a password is the one kept; one that nobody has takes as long to refuse as a wrong one."""
    try:
        return _hasher().verify(kept or _nobodys(), password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


def new_secret() -> str:
    """Return a secret for a cookie, a form or a link: 256 bits, fit for a URL."""
    return secrets.token_urlsafe(32)


def secret_hash(secret: str) -> str:
    """Return what is kept of a secret; it is random, so a plain hash is enough."""
    return hashlib.sha256(secret.encode()).hexdigest()


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))
