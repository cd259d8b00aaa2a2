"""The role of those who only read: `cchc_reader` on PostgreSQL, with grants on the marts and nothing else.

Belongs here: making the role and its grants.
Stays out: passwords and logins of people, which the database's keeper gives (`GRANT cchc_reader TO …`).
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, text

from cchc.errors import ConfigurationError
from cchc.messages import translator
from warehouse import marts
from warehouse.connection import lock, writing

_ = translator("warehouse")

READER = "cchc_reader"


def create_reader_role(engine: Engine) -> None:
    """Make the role `cchc_reader`, which cannot log in by itself, and let it read the marts; again changes nothing.

    Raises:
        ConfigurationError: SQLite has no roles, or ours on the server may not make one.
    """
    if engine.dialect.name != "postgresql":
        raise ConfigurationError(
            _("SQLite has no roles; give readers the file, or open it by `cchc sql`, which only reads")
        )
    with writing(engine) as connection:
        lock(connection, "install")
        if not _exists(connection):
            _check_may_make_roles(connection)
            connection.execute(text(f"CREATE ROLE {READER} NOLOGIN"))
        grant_marts(connection)


def grant_marts(connection: Connection) -> None:
    """Let the role read the marts as they now are, where there is such a role; views made anew lose their grants."""
    if connection.dialect.name != "postgresql" or not _exists(connection):
        return
    readable = ", ".join([*(view.name for view in marts.views() if view.is_mart), "dictionary"])
    connection.execute(text(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {READER}"))
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {READER}"))
    connection.execute(text(f"GRANT SELECT ON {readable} TO {READER}"))


def _check_may_make_roles(connection: Connection) -> None:
    query = text("SELECT rolname, rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user")
    role, may = connection.execute(query).one()
    if not may:
        raise ConfigurationError(
            _(
                "the role {role} may not make roles; let the server's keeper run: "
                "CREATE ROLE {reader} NOLOGIN; GRANT {reader} TO {role} WITH ADMIN OPTION; then repeat"
            ).format(role=role, reader=READER)
        )


def _exists(connection: Connection) -> bool:
    query = text("SELECT 1 FROM pg_roles WHERE rolname = :name")
    return connection.execute(query, {"name": READER}).first() is not None
