"""What an intake has read, kept for the run that loads it, on whatever machine that run is.

Belongs here: readings by the hash of the original and the version of the readers, and forgetting old ones. Stays out:
reading (`parsers`), what becomes of a reading (`assets.reports`).

Without it a scan would be recognised twice where intake and ward run are two processes on two machines. Whatever is
missing, torn or of other readers is read again.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator, MutableMapping
from datetime import datetime, timedelta
from pathlib import Path

from parsers.document import Document
from parsers.reading import Reading
from parsers.report import parser_version
from pipelines.keeping.stores import Store, StoreAwayError
from warehouse.codec import canonical, from_plain, packed

KEPT = timedelta(days=7)
"""How long a reading waits for its run; a reading that is missing costs time only."""

Read = tuple[Document, Reading]


class StoredReadings(MutableMapping[str, Read]):
    """Readings of today's readers by the SHA-256 of their originals, in a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getitem__(self, sha256: str) -> Read:
        try:
            body = self._store.read(self._name(sha256))
            document, reading = json.loads(zlib.decompress(body or b""))
            return from_plain(Document, document), from_plain(Reading, reading)
        except (ValueError, TypeError, KeyError, zlib.error, StoreAwayError) as error:
            raise KeyError(sha256) from error

    def __setitem__(self, sha256: str, read: Read) -> None:
        with tempfile.NamedTemporaryFile(prefix="cchc-reading-") as whole:
            whole.write(packed(canonical(list(read))))
            whole.flush()
            self._store.create(self._name(sha256), Path(whole.name))

    def __delitem__(self, sha256: str) -> None:
        self._store.remove(self._name(sha256))

    def __iter__(self) -> Iterator[str]:
        return (entry.name.rpartition("/")[2] for entry in self._store.entries(parser_version()))

    def __len__(self) -> int:
        return sum(1 for _name in self)

    def forget(self, moment: datetime) -> int:
        """Remove readings that waited too long, of whatever readers; return how many."""
        old = [entry for entry in self._store.entries() if moment - entry.written > KEPT]
        for entry in old:
            self._store.remove(entry.name)
        return len(old)

    def _name(self, sha256: str) -> str:
        return f"{parser_version()}/{sha256}"
