"""Sentences of all reports in force, for searching with and without diacritics.

Belongs here: an index in memory by load, since a load never changes. Stays out: showing what is found.

A database's own search knows neither đ nor Vietnamese tones alike on both engines; folding by `cchc.text` does.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Engine, select

from cchc.text import fold, nfc
from warehouse.connection import reading
from warehouse.queries import reports
from warehouse.tables import FigureValueTable, NumberAccountTable


@dataclass(frozen=True)
class Sentence:
    """A sentence of a report, with the figure read from it, "" where there is none."""

    round: str
    ward: str
    text: str
    page: int | None
    figure: str
    folded: str
    lowered: str


class Sentences:
    """The sentences of the reports in force."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._by_load: dict[int, tuple[Sentence, ...]] = {}
        self._lock = threading.Lock()

    def search(
        self, words: str, *, ward: str = "", round_label: str = "", most: int = 100
    ) -> tuple[list[Sentence], int]:
        """Return the sentences that hold every word, the latest rounds first, and how many there are.

        A word with a mark is looked for as it is, one without with any marks; "in quotes" as a whole.
        """
        wanted = parts(words)
        if not wanted:
            return [], 0
        found = [
            sentence
            for sentence in self._all(round_label or None, ward or None)
            if all(part in (sentence.lowered if _is_marked(part) else sentence.folded) for part in wanted)
        ]
        found.sort(key=lambda s: (s.round, s.ward), reverse=True)
        return found[:most], len(found)

    def _all(self, round_label: str | None, ward: str | None) -> Iterable[Sentence]:
        loads = reports(self._engine, round_label, ward)
        with self._lock:
            missing = [load for load in loads if load.id not in self._by_load]
            for load in missing:
                self._by_load[load.id] = tuple(self._of(load.id, load.round, load.ward))
            return [sentence for load in loads for sentence in self._by_load[load.id]]

    def _of(self, load: int, round_label: str, ward: str) -> Iterable[Sentence]:
        value, account = FigureValueTable, NumberAccountTable
        seen: set[str] = set()
        with reading(self._engine) as connection:
            figures = connection.execute(
                select(value.sentence, value.page, value.figure).where(value.report_id == load).order_by(value.figure)
            ).all()
            others = connection.execute(
                select(account.sentence, account.page).where(account.report_id == load).order_by(account.seq)
            ).all()
        for text, page, figure in (*figures, *((text, page, "") for text, page in others)):
            if text and text not in seen:
                seen.add(text)
                yield Sentence(round_label, ward, text, page, figure, fold(text), nfc(text).lower())


def parts(words: str) -> list[str]:
    """Return what must stand in a sentence: words, and what is in quotes as a whole; folded where without a mark."""
    found: list[str] = []
    for place, piece in enumerate(words.replace("“", '"').replace("”", '"').split('"')):
        found += [piece] if place % 2 else piece.split()
    lowered = [nfc(part).lower().strip() for part in found]
    return [part if _is_marked(part) else fold(part) for part in lowered if part]


def _is_marked(text: str) -> bool:
    return "đ" in text or any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))
