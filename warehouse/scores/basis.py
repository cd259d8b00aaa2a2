"""What a round's results and papers follow from, as one hash: equal while nothing they rest on has changed.

Belongs here: the hash, whatever way something was decided, marked, asked or sent.
Stays out: who made something from it and when (`assets.builds`, `publications.freshness`).
"""

from __future__ import annotations

from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import Scorecard
from scoring.compare import rounds_needed
from warehouse import queries
from warehouse.codec import digest
from warehouse.paper_texts import paper_text
from warehouse.scores.asked import asked_wards


def basis(engine: Engine, label: str, card: Scorecard) -> str:
    """Return a hash of a round's figures, findings, arrivals, marks and added text, of the card, and of earlier rounds.

    Of those, because totals are compared with the values that count in some, and findings with what was read in all.
    """
    figures = [
        (f.ward, f.figure, f.status, f.value, f.printed, f.sentence, f.decided_by)
        for f in queries.figures_long(engine, label)
    ]
    found = [(f.key, f.state) for f in queries.findings(engine, label)]
    arrived = [(s.ward, s.version, s.received_at, s.outcome) for s in queries.submissions(engine, label)]
    marks = queries.marks(engine, label, card.name)
    asked = sorted(asked_wards(engine, label))
    text = paper_text(engine, label)
    before = queries.values_in_force(engine, rounds_needed(parse_round(label))), queries.loads_before(engine, label)
    own = (figures, found, arrived, marks, asked, card.name, card.version, text.body if text else "")
    return digest(label, *own, *before)
