"""The plain values that go into the warehouse and come out of it.

Belongs here: names to import; values are frozen, amounts are Decimals, moments carry their zone, wards are slugs,
rounds are labels.
Stays out: SQL.
"""

from __future__ import annotations

from warehouse.rows.arrivals import LedgerRow, LoadResult, NewSubmission, ReportRow, SubmissionRow, SubmissionState, Via
from warehouse.rows.computed import MarkRow, RankRow, RollupRow, ScoreRow
from warehouse.rows.judged import DecisionKind, DecisionRow, FigureRow, FigureStatus, FindingRow, NewDecision
from warehouse.rows.recorded import EventRow, PublicationRow, RunRow

__all__ = [
    "DecisionKind",
    "DecisionRow",
    "EventRow",
    "FigureRow",
    "FigureStatus",
    "FindingRow",
    "LedgerRow",
    "LoadResult",
    "MarkRow",
    "NewDecision",
    "NewSubmission",
    "PublicationRow",
    "RankRow",
    "ReportRow",
    "RollupRow",
    "RunRow",
    "ScoreRow",
    "SubmissionRow",
    "SubmissionState",
    "Via",
]
