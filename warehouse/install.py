"""Making a warehouse ready: schema, catalogue, marts and the data dictionary, in one transaction.

Belongs here: what `open_warehouse` does, quick where nothing is to be done.
Stays out: the revisions, the views, the catalogue themselves.
"""

from __future__ import annotations

from sqlalchemy import Connection, Engine, inspect, text

from cchc.errors import ProgramChangedError
from cchc.messages import translator
from warehouse import codec, dictionary, marts, migrate, reference, roles, takeover
from warehouse import effective_values as standing
from warehouse.connection import CONFIDENCE_THRESHOLD, lock, reading, writing
from warehouse.tables import WarehouseStateTable

_ = translator("warehouse")


def install(engine: Engine, confidence_threshold: float | None = None) -> None:
    """Bring the warehouse up to what this code and catalogue are; does nothing where it is.

    A process does so once: where it has seen the warehouse ready and finds that of another catalogue or other marts,
    another program or catalogue took its place, and the two would undo each other's work at every turn.

    Raises:
        MigrationError: the warehouse was made by newer code.
        ProgramChangedError: it was made ready by another program, or with another catalogue, since this process did.
    """
    wanted, place = wanted_state(confidence_threshold), str(engine.url)
    with reading(engine) as connection:
        if _is_ready(connection, wanted):
            _SEEN_READY[place] = _own(wanted)
            return
    with writing(engine) as connection:
        lock(connection, "install")
        if not _is_ready(connection, wanted):
            if migrate.revision_of(connection) == migrate.newest_revision():
                _refuse_overtaken(connection, wanted, place)
            _install(connection, wanted)
    _SEEN_READY[place] = _own(wanted)


_SEEN_READY: dict[str, dict[str, str]] = {}
"""Of each warehouse this process has made or found ready: the catalogue and marts that it was ready with."""


def _own(state: dict[str, str]) -> dict[str, str]:
    """Return the part of a state that follows from program and catalogue alone."""
    return {key: state[key] for key in ("catalogue", "marts") if key in state}


def _refuse_overtaken(connection: Connection, wanted: dict[str, str], place: str) -> None:
    """Refuse to bring back what this process had made ready and another process has replaced since."""
    installed = _own(installed_state(connection))
    if installed and _SEEN_READY.get(place) == _own(wanted) != installed:
        raise ProgramChangedError(
            _(
                "program or catalogue were changed while this process ran, and the warehouse is ready for the new "
                "ones; nothing was changed, end this process and start it anew (systemctl restart)"
            )
        )


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
