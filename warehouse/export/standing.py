"""Whether an export still says what the warehouse says.

Belongs here: one hash of everything the marts of a round follow from, the same while nothing changed; the hash an
export was written from. Stays out: writing exports, deciding when (`pipelines.keeping.exports`).

Nothing is ever overwritten in the warehouse: rows are added, and spells, loads and calculations closed. So counting
them says whether anything changed, without reading a figure. A round's trends rest on the earlier rounds of its year,
so the hash is over the year.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, text

from warehouse.codec import digest
from warehouse.export.package import NAME

KEY = "state"
"""Under which name a package keeps the hash its data were written from."""

_COUNTED = """
SELECT r.year, 'result' AS what, count(*) AS rows_there, count(x.calculated_to) AS closed,
       max(x.confirmed_at) AS last_at
FROM calculation x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'load', count(*), count(x.loaded_to), NULL
FROM report x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'arrival', count(*), sum(CASE WHEN x.is_current THEN x.id ELSE 0 END), NULL
FROM submission x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'finding', count(*), count(s.open_to), NULL
FROM finding_spell s JOIN finding x ON x.key = s.finding_key JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'decision', count(*), 0, NULL
FROM decision x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'mark', count(*), 0, NULL
FROM manual_mark x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'event', count(*), 0, NULL
FROM event x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, 'edition', count(*), 0, NULL
FROM publication x JOIN round r ON r.label = x.round GROUP BY r.year
UNION ALL
SELECT r.year, r.state, count(*), 0, NULL FROM round r GROUP BY r.year, r.state
"""


def states(connection: Connection) -> dict[str, str]:
    """Return a hash for every round that a report was ever loaded for; "" stands for all rounds together."""
    whole = [tuple(row) for row in connection.execute(text("SELECT key, value FROM warehouse_state ORDER BY key"))] + [
        tuple(row) for row in connection.execute(text("SELECT count(*), max(id) FROM trust_switch"))
    ]
    by_year: dict[int, list[tuple[Any, ...]]] = {}
    for row in connection.execute(text(_COUNTED)):
        by_year.setdefault(row.year, []).append(tuple(row))
    hashes = {year: digest(whole, sorted(rows, key=repr)) for year, rows in by_year.items()}
    labels = connection.execute(
        text("SELECT label, year FROM round WHERE label IN (SELECT round FROM report) ORDER BY label")
    )
    return {row.label: hashes[row.year] for row in labels} | {"": digest(whole, sorted(hashes.items()))}


def written_from(folder: Path) -> str | None:
    """Return the hash the export in a folder was written from, None where there is no export that says."""
    try:
        found = json.loads((folder / NAME).read_text(encoding="utf-8")).get(KEY)
    except (OSError, ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None
