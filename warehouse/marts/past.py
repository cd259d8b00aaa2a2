"""Marts as they were at a moment: the same views over tables that know only what was there then.

Belongs here: those tables, and putting them under a view.
Stays out: what a view says, which is written once, in the view.

Loads, spells of findings, decisions and calculations carry the time they are in force, so their past is exact. Three
things are known only as they are today: the words of a finding, the state of a round, and where an arrival was placed
(one taken out of its round again counts where a load of it was in force). The threshold of confidence is today's
too, and of a result only the last confirmation is known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from warehouse import effective_values as standing
from warehouse.marts.results import round_change
from warehouse.marts.view import View

_KNOWN = """coalesce((SELECT e.happened_at FROM event e WHERE e.key = 'backdated:' || CAST({}.id AS TEXT)),
         {}.received_at) <= :as_of"""
"""An arrival is known from when it came, one whose time a person gave afterwards from when that was recorded."""

_LOADED = "loaded_from <= :as_of AND (loaded_to IS NULL OR loaded_to > :as_of)"

_THEN = {
    "report": f"""
SELECT id, submission_id, ward, round, version, doc_no, doc_date, parser_version, loaded_from,
       NULL AS loaded_to, NULL AS closed_because
FROM report WHERE {_LOADED}""",
    "submission": f"""
SELECT s.id, s.received_at, s.received_via, s.sender, s.file_name, s.format, s.size_bytes, s.sha256, s.ward, s.round,
       s.version, CASE WHEN k.version = max(k.version) OVER (PARTITION BY s.ward, s.round) THEN TRUE ELSE FALSE END
       AS is_current, CASE WHEN k.id IS NULL THEN s.state ELSE 'placed' END AS state, s.outcome, s.message_vi,
       s.supersedes_id, s.duplicate_of_id
FROM submission s
LEFT JOIN (
    SELECT p.id, p.version FROM submission p
    WHERE p.version IS NOT NULL AND {_KNOWN.format("p", "p")}
      AND (p.state = 'placed' OR p.id IN (SELECT r.submission_id FROM report r WHERE {_LOADED}))
) k ON k.id = s.id
WHERE {_KNOWN.format("s", "s")}""",
    "finding": """
SELECT f.key, f.ward, f.round, f.rule, f.severity, f.printed, f.expected, f.message_vi, f.message_en, f.first_seen_at,
       'open' AS state
FROM finding f
JOIN finding_spell p ON p.finding_key = f.key
WHERE p.open_from <= :as_of AND (p.open_to IS NULL OR p.open_to > :as_of)""",
    "decision": "SELECT * FROM decision WHERE decided_at <= :as_of",
    "calculation": """
SELECT id, round, kind, scorecard, calculated_from, NULL AS calculated_to,
       CASE WHEN confirmed_at <= :as_of THEN confirmed_at END AS confirmed_at
FROM calculation WHERE calculated_from <= :as_of AND (calculated_to IS NULL OR calculated_to > :as_of)""",
    "round_change": round_change(":as_of"),
}
_USED = re.compile(r"\b(FROM|JOIN) (\w+)")


def past_sql(view: View, views: Sequence[View], narrow: bool) -> tuple[str, str]:
    """Return the WITH clause that makes a view as of `:as_of`, and the name the view has there.

    `narrow` lets the figures be judged for `:round` alone. Parameters are those of `standing.past_parameters`.
    """
    where = "round = :round" if narrow else "1 = 1"
    known = {other.name: other.select for other in views} | {"indicator_current": standing.indicator_sql(where)}
    ready = _THEN | {"figure_current": standing.standing_sql(where, past=True)}
    steps: dict[str, str] = {}

    def placed(name: str) -> bool:
        """Put a relation and what it rests on among the steps; False where it knows no time."""
        if name not in steps and name in ready:
            steps[name] = ready[name]
        elif name not in steps and name in known:
            steps[name] = _USED.sub(lambda m: f"{m[1]} {m[2]}_then" if placed(m[2]) else m[0], known[name])
        return name in steps

    placed(view.name)
    clauses = ", ".join(f"{name}_then AS MATERIALIZED ({sql})" for name, sql in steps.items())
    return f"WITH {clauses}", f"{view.name}_then"
