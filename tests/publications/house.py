"""A warehouse filled with the sample round, for tests of gathering and publishing."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.clock import ZONE
from tests.homes import empty_warehouse
from tests.publications.sample import BLOCKED, LATE, ROUND, SILENT, values
from tests.warehouse import made
from warehouse.connection import open_warehouse

NOTE_VI = " Lưu ý: “335” có thể do máy đọc hoặc hiểu chưa đúng; hãy đối chiếu bản gốc trước khi hỏi đơn vị."
NOTE_EN = " Note: the machine may have misread “335” or what it means; see the original before asking the ward."
"""What the clerk alone is told of a finding."""

ROUNDS = ("2022-Q3", "2023-Q1", "2023-Q2", ROUND)


def filled(path: Path) -> Engine:
    """Return a warehouse in a file with every ward's report of these rounds."""
    path.write_bytes(empty_warehouse())
    engine = open_warehouse(f"sqlite:///{path}")
    fill(engine)
    return engine


def fill(engine: Engine) -> None:
    """Load every ward's report of these rounds: one ward silent, one late, one with a blocked figure."""
    for label in ROUNDS:
        for index, slug in enumerate(wards()):
            if not (slug == SILENT and label == ROUND):
                send(engine, slug, values(index, label), label=label)


def send(engine: Engine, ward: str, figures: dict[str, Decimal], *, label: str = ROUND, file: int = 1) -> None:
    """Let a ward's report arrive and be loaded; a later `file` is its next version."""
    due = parse_round(label).due
    days = 3 if ward == LATE and label == ROUND else -2
    at = datetime(due.year, due.month, due.day, 9, 5, tzinfo=ZONE) + timedelta(days=days, hours=file)
    reading = made.reading(ward, label, dict(figures), file=file)
    findings = ()
    if (ward, label) == (BLOCKED[0], ROUND) and file == 1:
        found = made.finding("malformed_number", "error", ward=ward, figures=(BLOCKED[1],), proposal=335)
        findings = (replace(found, message_vi=found.message_vi + NOTE_VI, message_en=found.message_en + NOTE_EN),)
    made.take_in(engine, reading, findings, at=at)
