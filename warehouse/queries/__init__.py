"""Questions to the warehouse, answered with frozen values, each from one snapshot.

Belongs here: names to import; one module a subject.
Stays out: frames for analysts (`api`), free SQL (`sql`).
"""

from __future__ import annotations

from warehouse.queries.arrivals import (
    current_submission,
    document_of,
    former_readings,
    load_of,
    loads_before,
    printed_date,
    reading_of,
    readings,
    report_of,
    reported_rounds,
    reports,
    rounds,
    submission,
    submissions,
)
from warehouse.queries.figures import (
    DroppedFigure,
    confidence_threshold,
    dropped_figures,
    figure_history,
    figures_long,
    figures_to_see,
    figures_wide,
    printings,
    values_in_force,
    ward_history,
)
from warehouse.queries.judgements import decisions, finding, findings
from warehouse.queries.ledger import first_readable, ledger
from warehouse.queries.results import card_in_use, marks, rank_rows, rollup_rows, score_rows
from warehouse.queries.trends import district_trends, ward_trends

__all__ = [
    "DroppedFigure",
    "card_in_use",
    "confidence_threshold",
    "current_submission",
    "decisions",
    "district_trends",
    "document_of",
    "dropped_figures",
    "figure_history",
    "figures_long",
    "figures_to_see",
    "figures_wide",
    "finding",
    "findings",
    "first_readable",
    "former_readings",
    "ledger",
    "load_of",
    "loads_before",
    "marks",
    "printed_date",
    "printings",
    "rank_rows",
    "reading_of",
    "readings",
    "report_of",
    "reported_rounds",
    "reports",
    "rollup_rows",
    "rounds",
    "score_rows",
    "submission",
    "submissions",
    "values_in_force",
    "ward_history",
    "ward_trends",
]
