"""Migrations: from any revision of the schema to any other, inside the caller's transaction.

Belongs here: driving Alembic from code; `migrations/` holds its environment and the revisions.
Stays out: views and the catalogue, which are installed anew after each migration (`install`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from cchc.errors import MigrationError, ProgramChangedError
from cchc.messages import translator

_ = translator("warehouse")

if TYPE_CHECKING:
    from alembic.config import Config

_HERE = Path(__file__).parent / "migrations"


@cache
def newest_revision() -> str:
    """Return the revision this process needs: the newest that was installed when it first asked."""
    return installed_revision()


def installed_revision() -> str:
    """Return the revision that stands last among the files of `migrations/versions` now.

    It is newer than `newest_revision` where the program was updated while this process ran.
    """
    return max(path.stem.split("_", 1)[0] for path in (_HERE / "versions").glob("[0-9]*.py"))


def revision_of(connection: Connection) -> str | None:
    """Return the revision the warehouse is at, None where it is empty.

    Raises:
        MigrationError: the warehouse was made by code newer than this.
    """
    if not inspect(connection).has_table("alembic_version"):
        return None
    refuse_newer(connection)
    found = connection.execute(_FOUND).scalar()
    return None if found is None else str(found)


_FOUND = text("SELECT version_num FROM alembic_version")


def refuse_newer(connection: Connection) -> None:
    """Refuse a warehouse that another process has brought to a revision this process does not know.

    Raises:
        ProgramChangedError: the program of this machine knows it; this process was started before it was installed.
        MigrationError: the program of this machine does not know it either.
    """
    found = connection.execute(_FOUND).scalar()
    if found is None or found <= newest_revision():
        return
    if found <= installed_revision():
        raise ProgramChangedError(
            _(
                "the program was updated while this process ran: the warehouse is at revision {found}, this process "
                "knows {newest} at most; nothing was changed, end this process and start it anew (systemctl restart)"
            ).format(found=found, newest=newest_revision())
        )
    raise MigrationError(
        _(
            "the warehouse is at revision {found}, this program knows {newest} at most; install the newer program"
        ).format(found=found, newest=newest_revision())
    )


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
