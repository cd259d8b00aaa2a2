"""What a review will show, made ready before anybody asks: reports unpacked, pages drawn in the order of the queue.

Belongs here: which pages, and in which order. Stays out: the drawing (`pictures`), the queue (`warehouse.review`).

Only pages on which something waits are drawn: a round has hundreds of pages and a review shows a few dozen.
"""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import Engine

from cchc.errors import CchcError
from console.documents import Documents
from console.looking import place_of
from console.pictures import Pictures
from console.shown import boxes_of, page_shown
from warehouse import review
from warehouse.review import Item


class Ahead:
    """Makes reviews ready, one round after the other, behind the scenes."""

    def __init__(self, engine: Engine, documents: Documents, pictures: Pictures) -> None:
        self._engine = engine
        self._documents = documents
        self._pictures = pictures
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="ahead")
        self._asked: set[str] = set()
        self._ready: set[tuple[int | None, str]] = set()
        self._lock = threading.Lock()

    def prepare(self, round_label: str) -> None:
        """Make the review of a round ready; what is ready already costs next to nothing."""
        with self._lock:
            if round_label in self._asked:
                return
            self._asked.add(round_label)
        self._behind.submit(self._prepare, round_label)

    def close(self) -> None:
        """Make nothing more ready."""
        self._behind.shutdown(wait=False, cancel_futures=True)

    def _prepare(self, round_label: str) -> None:
        with self._lock:
            self._asked.discard(round_label)
        for item in review.queue(self._engine, round_label):
            if (item.seen.report_id, item.name) in self._ready:
                continue
            self._ready.add((item.seen.report_id, item.name))
            # What cannot be drawn or unpacked is told to the person who opens it.
            with contextlib.suppress(CchcError):
                self._make_ready(item)

    def _make_ready(self, item: Item) -> None:
        report = self._documents.of(item.ward, item.round)
        shown = page_shown(report, place_of(report, item)) if report else None
        if report and report.document and shown:
            boxes = boxes_of(report.document, shown.page.number) if shown.is_sheet else None
            self._pictures.draw_ahead(shown.sha256, shown.page.number, boxes)
