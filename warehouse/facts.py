"""How a Reading becomes rows, and rows a Reading again.

Belongs here: pure functions between the parsers' values and the columns of the fact tables.
Stays out: transactions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from cchc.text import nfc
from parsers.document import Document, Place
from parsers.judge import class_of_printing, other_figure
from parsers.reading import Account, Citation, Printing, Reading
from warehouse.codec import canonical, packed
from warehouse.tables import Base, CitationTable, FigureValueTable, NumberAccountTable, ReportBodyTable

Row = dict[str, Any]


@dataclass(frozen=True)
class Placed:
    """An arrival as a load needs to know it."""

    id: int
    ward: str
    round: str
    version: int


def report_row(placed: Placed, reading: Reading, document: Document | None, digest: str) -> Row:
    """Return the row of a load, in force for ever; `digest` is that of the reading."""
    identity = reading.identity
    return {
        "submission_id": placed.id,
        "ward": placed.ward,
        "round": placed.round,
        "version": placed.version,
        "sha256": reading.sha256,
        "doc_no": None if identity.doc_no is None else clean(identity.doc_no),
        "doc_date": identity.doc_date,
        "identity_confidence": identity.confidence,
        "explained_share": reading.explained_share,
        "parser_version": reading.parser_version,
        "digest": digest,
        "loaded_to": None,
        "closed_because": None,
        **_document_columns(document),
    }


def rows_of(
    report_id: int, reading: Reading, reading_text: str, document: Document | None
) -> dict[type[Base], list[Row]]:
    """Return the rows of every fact table for one load; `reading_text` is the reading as canonical JSON."""
    body = {
        "report_id": report_id,
        "reading": packed(reading_text),
        "document": None if document is None else packed(canonical(document)),
    }
    return {
        ReportBodyTable: [body],
        FigureValueTable: figure_rows(report_id, reading, document),
        NumberAccountTable: [_account_row(report_id, n, a) for n, a in enumerate(reading.accounts)],
        CitationTable: [_citation_row(report_id, n, c) for n, c in enumerate(reading.citations)],
    }


def figure_rows(report_id: int, reading: Reading, document: Document | None) -> list[Row]:
    """Return a row a printing; of several primaries of a figure the last stays one, as in `Reading.primaries`."""
    chosen = {printing.figure: place for place, printing in enumerate(reading.printings) if printing.primary}
    seen: Counter[str] = Counter()
    rows = []
    for place, printing in enumerate(reading.printings):
        is_primary = chosen.get(printing.figure) == place
        row = _figure_row(report_id, seen[printing.figure], printing, is_primary)
        rows.append(row | _trust_columns(printing, document))
        seen[printing.figure] += 1
    return rows


def clean(text: str) -> str:
    """Return text as every column holds it: NFC, and without NUL, which PostgreSQL cannot keep."""
    return nfc(text.replace("\x00", ""))


def _document_columns(document: Document | None) -> Row:
    if document is None:
        return {"format": "", "reader": "", "encoding": "", "pages": None, "text_confidence": 1.0}
    return {
        "format": document.format,
        "reader": document.reader,
        "encoding": document.encoding,
        "pages": len(document.pages) or None,
        "text_confidence": min((page.text_confidence for page in document.pages), default=1.0),
    }


def _figure_row(report_id: int, seq: int, printing: Printing, is_primary: bool) -> Row:
    box = printing.box
    return {
        "report_id": report_id,
        "figure": printing.figure,
        "seq": seq,
        "is_primary": is_primary,
        "value": printing.value,
        "raw": clean(printing.raw),
        "quantum": printing.quantum,
        "decimals": printing.decimals,
        "approximation": printing.approximation.value,
        "is_in_words": printing.in_words,
        "is_malformed": printing.malformed,
        "candidates": [str(value) for value in printing.candidates] or None,
        "base": printing.base,
        "components": [str(value) for value in printing.components] or None,
        "label": clean(printing.label),
        "rule": printing.rule,
        "sentence": clean(printing.sentence),
        "page": printing.page,
        "box": None if box is None else [box.x0, box.top, box.x1, box.bottom],
        "place": _place(printing.place),
        "text_confidence": printing.text_confidence,
        "reading_confidence": printing.reading_confidence,
        "confidence": printing.confidence,
    }


def _trust_columns(printing: Printing, document: Document | None) -> Row:
    """Return how far a printing may be trusted, and what else it may be."""
    return {
        "text_class": None if document is None else class_of_printing(document, printing),
        "probability": printing.probability,
        "is_sure": printing.sure,
        "readers": ", ".join(printing.readers),
        "doubt": printing.doubt,
        "rival": printing.rival,
        "rival_figure": other_figure(printing),
    }


def _account_row(report_id: int, seq: int, account: Account) -> Row:
    return {
        "report_id": report_id,
        "seq": seq,
        "kind": account.kind.value,
        "raw": clean(account.raw),
        "value": account.value,
        "figure": account.figure,
        "reason": account.reason,
        "page": account.page,
        "sentence": clean(account.sentence),
        "place": _place(account.place),
    }


def _citation_row(report_id: int, seq: int, citation: Citation) -> Row:
    return {
        "report_id": report_id,
        "seq": seq,
        "kind": citation.kind,
        "number": clean(citation.number),
        "day": citation.day,
        "subject": clean(citation.subject),
        "sentence": clean(citation.sentence),
        "place": _place(citation.place),
    }


def _place(place: Place) -> list[int | None]:
    return [place.block, place.start, place.end, place.row, place.column]
