"""Messages due, from the warehouse.

Belongs here: ledger and remarks of some rounds put together for `pipelines.messages.messages`.
Stays out: what is due and its words, sending.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Engine

from catalogue.rounds import Round
from pipelines.messages.messages import Message, messages_due
from pipelines.messages.round_ledger import read_ledger, read_remarks


def due_messages(engine: Engine, rounds: Iterable[Round], moment: datetime) -> list[Message]:
    """Return every message that the ledgers of some rounds call for at a moment, sent already or not."""
    return [
        message
        for found in rounds
        for message in messages_due(read_ledger(engine, found, moment), read_remarks(engine, found))
    ]
