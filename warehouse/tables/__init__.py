"""The tables of the warehouse.

Belongs here: names to import; one module a subject.
Stays out: views (`warehouse.marts`), queries and writing.
"""

from __future__ import annotations

from warehouse.tables.base import Base
from warehouse.tables.findings import DecisionTable, FindingFigureTable, FindingSpellTable, FindingTable
from warehouse.tables.papers import PaperTextTable, SignedCopyTable
from warehouse.tables.people import (
    AccountTable,
    ActTable,
    ApiTokenTable,
    DeferralTable,
    LinkTable,
    SessionTable,
    SignInTryTable,
)
from warehouse.tables.reference import (
    DenominatorTable,
    DictionaryTable,
    DoubtTable,
    FigureTable,
    IndicatorPartTable,
    IndicatorTable,
    RoundTable,
    TrustTable,
    WardTable,
    WarehouseStateTable,
)
from warehouse.tables.reports import (
    CitationTable,
    FigureCurrentTable,
    FigureValueTable,
    IndicatorCurrentTable,
    NumberAccountTable,
    ReportBodyTable,
    ReportTable,
    SubmissionTable,
)
from warehouse.tables.results import (
    CalculationTable,
    EventTable,
    ManualMarkTable,
    PublicationTable,
    RankTable,
    RollupTable,
    RunTable,
    ScoreTable,
)
from warehouse.tables.sampling import BlindCheckTable, BlindSampleTable, TrustSwitchTable
from warehouse.tables.systems import SystemValueTable

__all__ = [
    "AccountTable",
    "ActTable",
    "ApiTokenTable",
    "Base",
    "BlindCheckTable",
    "BlindSampleTable",
    "CalculationTable",
    "CitationTable",
    "DecisionTable",
    "DeferralTable",
    "DenominatorTable",
    "DictionaryTable",
    "DoubtTable",
    "EventTable",
    "FigureCurrentTable",
    "FigureTable",
    "FigureValueTable",
    "FindingFigureTable",
    "FindingSpellTable",
    "FindingTable",
    "IndicatorCurrentTable",
    "IndicatorPartTable",
    "IndicatorTable",
    "LinkTable",
    "ManualMarkTable",
    "NumberAccountTable",
    "PaperTextTable",
    "PublicationTable",
    "RankTable",
    "ReportBodyTable",
    "ReportTable",
    "RollupTable",
    "RoundTable",
    "RunTable",
    "ScoreTable",
    "SessionTable",
    "SignInTryTable",
    "SignedCopyTable",
    "SubmissionTable",
    "SystemValueTable",
    "TrustSwitchTable",
    "TrustTable",
    "WardTable",
    "WarehouseStateTable",
]
