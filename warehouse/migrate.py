"""Migrations: from any revision of the schema to any other, inside the caller's transaction.

Belongs here: driving Alembic from code; `migrations/` holds its environment and the revisions.
Stays out: views and the catalogue, which are installed anew after each migration (`install`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from cchc.errors import MigrationError
from cchc.messages import translator

_ = translator("warehouse")

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent / "migrations"


@cache
def newest_revision() -> str:
    """Return the revision this code needs: the one that stands last among the files of `migrations/versions`."""
    return max(path.stem.split("_", 1)[0] for path in (_HERE / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the revision the warehouse is at, None where it is empty.

    Raises:
        MigrationError: the warehouse was made by code newer than this.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if found is not None and found > newest_revision():
        raise MigrationError(
            _(
                "the warehouse is at revision {found}, this program knows {newest} at most; install the newer program"
            ).format(found=found, newest=newest_revision())
        )
    return None if found is None else str(found)


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the schema up to `revision`."""
    from alembic import command

    command.upgrade(_config(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Take the schema down to `revision` ("base" for nothing)."""
    from alembic import command

    command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
