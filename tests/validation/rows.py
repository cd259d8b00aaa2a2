"""Findings as the warehouse keeps them, for tests of what is made from them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from cchc.clock import ZONE
from validation.finding import Finding
from warehouse.rows import FindingRow

MOMENT = datetime(2023, 9, 18, 8, 0, tzinfo=ZONE)


def row(finding: Finding, **more: Any) -> FindingRow:
    """Return an open finding."""
    fields: dict[str, Any] = {
        name: getattr(finding, name)
        for name in ("key", "ward", "round", "rule", "severity", "figures", "printed", "expected")
    }
    fields |= {"message_vi": finding.message_vi, "message_en": finding.message_en, "state": "open"}
    fields |= {"resolved_by": None, "resolved_id": None, "resolved_at": None}
    fields |= {"first_seen_at": MOMENT, "last_seen_at": MOMENT}
    fields["quotes"] = tuple(vars(quote) for quote in finding.quotes)
    fields["proposals"] = tuple(vars(proposal) for proposal in finding.proposals)
    return FindingRow(**{**fields, **more})
