"""Making a warehouse ready: schema, catalogue, marts and the data dictionary, in one transaction.

Belongs here: what `open_warehouse` does, quick where nothing is to be done.
Stays out: the revisions, the views, the catalogue themselves.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from warehouse import codec, dictionary, marts, migrate, reference, roles, takeover
from warehouse import effective_values as standing
from warehouse.connection import CONFIDENCE_THRESHOLD, lock, reading, writing
from warehouse.tables import WarehouseStateTable


def install(engine: Engine, confidence_threshold: float | None = None) -> None:
    """Bring the warehouse up to what this code and catalogue are; does nothing where it is.

    Raises:
        MigrationError: the warehouse was made by newer code.
    """
    wanted = wanted_state(confidence_threshold)
    with reading(engine) as connection:
        if _is_ready(connection, wanted):
            return
    with writing(engine) as connection:
        lock(connection, "install")
        if not _is_ready(connection, wanted):
            _install(connection, wanted)


def wanted_state(confidence_threshold: float | None) -> dict[str, str]:
    """Return what `warehouse_state` must say; a threshold of None is left as it is."""
    wanted = {
        "catalogue": reference.catalogue_digest(),
        "marts": codec.digest(marts.digest(), dictionary.digest()),
    }
    return wanted if confidence_threshold is None else wanted | {"confidence_threshold": str(confidence_threshold)}


def installed_state(connection: Connection) -> dict[str, str]:
    """Return what `warehouse_state` says, empty where there is no such table."""
    if not inspect(connection).has_table("warehouse_state"):
        return {}
    return {row.key: row.value for row in connection.execute(text("SELECT key, value FROM warehouse_state"))}


def _is_ready(connection: Connection, wanted: dict[str, str]) -> bool:
    if migrate.revision_of(connection) != migrate.newest_revision():
        return False
    return wanted.items() <= installed_state(connection).items()


def _install(connection: Connection, wanted: dict[str, str]) -> None:
    """Views are dropped first: no engine changes a table under a view."""
    marts.drop(connection)
    migrate.upgrade(connection)
    before = installed_state(connection)
    takeover.keep_first_certificates(connection)
    wanted = {"confidence_threshold": str(CONFIDENCE_THRESHOLD)} | before | wanted
    reference.sync_catalogue(connection)
    marts.create(connection)
    dictionary.install(connection)
    roles.grant_marts(connection)
    reference.upsert(
        connection,
        WarehouseStateTable.__table__,
        [{"key": key, "value": value} for key, value in wanted.items()],
    )
    if any(before.get(key) != wanted[key] for key in ("catalogue", "confidence_threshold")):
        standing.refresh_all(connection)
