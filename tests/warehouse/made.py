"""Readings, documents and findings made for the tests of the warehouse."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import Engine

from parsers.document import Block, Box, Document, Page, Place, Word
from parsers.reading import Account, AccountKind, Citation, Evidence, Identity, Printing, Reading
from validation.finding import Finding, Proposal, Quote, Severity
from warehouse.load import load_report
from warehouse.rows import LoadResult, NewSubmission, SubmissionRow
from warehouse.submissions import record_submission

START = datetime(2023, 9, 10, 1, 0, tzinfo=UTC)


def moment(minutes: float = 0) -> datetime:
    """Return a moment some minutes after the start of the test's world."""
    return START + timedelta(minutes=minutes)


def sha(*parts: object) -> str:
    """Return a hash for made-up bytes."""
    return hashlib.sha256("/".join(map(str, parts)).encode()).hexdigest()


def printing(
    figure: str, value: object, *, confidence: float = 1.0, primary: bool = True, malformed: bool = False
) -> Printing:
    """Return one printing of a figure with everything a reader would fill in."""
    raw = str(value)
    sentence = f"Số liệu {figure} là {raw}."
    start = sentence.index(raw)
    return Printing(
        figure=figure,
        value=Decimal(str(value)),
        raw=raw,
        place=Place(0, start, start + len(raw)),
        page=1,
        box=Box(10.5, 20.25, 30.0, 40.0),
        sentence=sentence,
        sentence_place=Place(0, 0, len(sentence)),
        label=figure,
        rule="label-before",
        text_confidence=1.0,
        reading_confidence=confidence,
        primary=primary,
        malformed=malformed,
        quantum=Decimal("0.01"),
        decimals=2,
        candidates=(Decimal("1.5"), Decimal("15")),
        components=(Decimal(1),),
        base="dossiers_received",
    )


def reading(
    ward: str = "pho-an",
    round_label: str = "2023-Q3",
    figures: dict[str, object] | None = None,
    *,
    file: object = 1,
    parser: str = "1",
    confidence: float = 1.0,
) -> Reading:
    """Return a Reading of a ward's report that prints these figures."""
    printed = figures if figures is not None else {"dossiers_received": 100, "dossiers_resolved": 90}
    return Reading(
        sha256=sha(ward, round_label, file),
        parser_version=parser,
        identity=Identity(
            ward, round_label, "12/BC-UBND", date(2023, 9, 8), 0.97, (Evidence("title", "quý III", 0.9),)
        ),
        printings=tuple(printing(f, v, confidence=confidence) for f, v in printed.items()),
        accounts=(
            Account(AccountKind.DATE, "08", None, Place(0, 1, 3), 1, "ngày 08", "date"),
            Account(AccountKind.UNEXPLAINED, "7", Decimal(7), Place(0, 5, 6), None, "số 7", "none"),
        ),
        citations=(Citation("Kế hoạch", "05/KH-UBND", date(2023, 1, 4), "CCHC", Place(0, 2, 9), "theo Kế hoạch"),),
    )


def document(of: Reading) -> Document:
    """Return a small Document for a Reading."""
    words = (Word(0, 2, 1, Box(1, 2, 3, 4), 0.5),)
    return Document(of.sha256, "pdf", (Block(0, "paragraph", "Số liệu", words=words),), (Page(1, 595, 842),), "made")


def finding(
    rule: str = "sum_mismatch",
    severity: Severity = "warning",
    *,
    ward: str = "pho-an",
    round_label: str = "2023-Q3",
    figures: tuple[str, ...] = ("dossiers_received",),
    printed: str = "100",
    proposal: object | None = None,
) -> Finding:
    """Return a finding on a report."""
    proposals = () if proposal is None else (Proposal(figures[0], Decimal(str(proposal)), "theo câu khác", "other"),)
    return Finding(
        rule=rule,
        severity=severity,
        ward=ward,
        round=round_label,
        figures=figures,
        printed=printed,
        expected="khác",
        message_vi="Số liệu không khớp",
        message_en="Does not match",
        quotes=(Quote("Số liệu là 100.", 1, "100", figures[0] if figures else None),),
        proposals=proposals,
    )


def arrival(of: Reading, *, at: datetime | None = None, **fields: object) -> NewSubmission:
    """Return the arrival of the file a Reading is of."""
    values: dict[str, object] = {
        "sha256": of.sha256,
        "file_name": "báo cáo.pdf",
        "size_bytes": 1234,
        "received_at": at or moment(),
        "outcome": "read",
        "format": "pdf",
        "ward": of.identity.ward,
        "round": of.identity.round,
        "identity": of.identity,
        "archived_as": of.sha256,
    }
    return NewSubmission(**{**values, **fields})  # type: ignore[arg-type]


def take_in(
    engine: Engine, of: Reading, findings: tuple[Finding, ...] = (), *, at: datetime | None = None
) -> tuple[SubmissionRow, LoadResult]:
    """Record the arrival of a Reading's file and load it."""
    row = record_submission(engine, arrival(of, at=at))
    return row, load_report(engine, row.id, of, document(of), findings, at or moment())
