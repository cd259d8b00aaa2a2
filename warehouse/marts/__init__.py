"""Marts: views that explain themselves, for analysts and for the papers of the round.

Belongs here: creating and dropping the views of `marts.views`, their comments and the data dictionary.
Stays out: tables, and anything a view cannot say.
"""

from __future__ import annotations

from sqlalchemy import Connection


def digest() -> str:
    """Return a hash of all views."""
    return "none"


def drop(connection: Connection) -> None:
    """Drop every view."""


def create(connection: Connection) -> None:
    """Create every view."""
