"""What a figure counts as: the one rule from printing, findings and decisions to a value and its status.

Belongs here: the SQL of that rule, of the indicators that follow from it, and keeping both tables current.
Stays out: how reports, findings and decisions get in.

The rule, first that applies:
    a person rejected it                              blocked   no value
    a person entered a value or took the proposal     entered   that value
    a person accepted the figure as printed           entered   the printed value
    an open error finding binds it                    blocked   no value
    its confidence is under the threshold, its digits
    are malformed, or its class of text is switched
    off, and nobody accepted it                       waiting   no value
    an open warning finding binds it                  marked    the printed value
    otherwise                                         entered   the printed value

A decision holds only while the report prints what stood there when it was made. Decisions on one finding are a
thread of which the last counts; so are those on a figure by itself. `reopen` makes a thread silent. Accepting a
finding clears that finding; other open errors on the figure still block it.

A class of text (digital, scan, poor scan) that a blind check switched off (`warehouse.acceptance`) waits whole, but for
rounds published before that: what was published stays as it was until something in it changes.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from warehouse.types import moment_text

_NARROW = "round = :round AND ward = :ward"
_PAST = {
    "report": "loaded_from <= :as_of AND (loaded_to IS NULL OR loaded_to > :as_of)",
    "spell": "open_from <= :as_of AND (open_to IS NULL OR open_to > :as_of)",
    "decision": "decided_at <= :as_of",
    "switch": "switched_at <= :as_of",
}
_NOW = {"report": "loaded_to IS NULL", "spell": "open_to IS NULL", "decision": "1 = 1", "switch": "1 = 1"}

COLUMNS = "round, ward, figure, status, value, printed, decided, decision_id, confidence, report_id, seq"

_STANDING = """
WITH switching AS (
    SELECT text_class, is_on, switched_at, row_number() OVER (PARTITION BY text_class ORDER BY id DESC) AS place
    FROM trust_switch WHERE {switch}
),
printed AS (
    SELECT r.round, r.ward, v.figure, v.value, v.confidence, v.is_malformed, v.report_id, v.seq,
           EXISTS (SELECT 1 FROM switching o
               WHERE o.place = 1 AND NOT o.is_on AND o.text_class = coalesce(v.text_class, 'digital')
                 AND NOT EXISTS (SELECT 1 FROM publication b
                     WHERE b.round = r.round AND b.published_at < o.switched_at)) AS is_off
    FROM (SELECT * FROM report WHERE {report} AND {where}) r
    JOIN figure_value v ON v.report_id = r.id AND v.is_primary
),
thread AS (
    SELECT d.*, row_number() OVER (
        PARTITION BY d.round, d.ward, d.figure, coalesce(d.finding_key, '') ORDER BY d.id DESC) AS place
    FROM (SELECT * FROM decision WHERE figure IS NOT NULL AND {decision} AND {where}) d
),
holding AS (
    SELECT t.id, t.round, t.ward, t.figure, t.kind, t.value, t.finding_key
    FROM thread t
    LEFT JOIN printed p ON p.round = t.round AND p.ward = t.ward AND p.figure = t.figure
    WHERE t.place = 1 AND t.kind <> 'reopen'
      AND (p.value = t.printed OR (p.value IS NULL AND t.printed IS NULL))
),
word AS (
    SELECT h.*, row_number() OVER (PARTITION BY h.round, h.ward, h.figure ORDER BY h.id DESC) AS place
    FROM holding h
    WHERE h.kind <> 'accept' OR h.finding_key IS NULL
),
accepted AS (
    SELECT DISTINCT round, ward, figure FROM holding WHERE kind = 'accept'
),
flag AS (
    SELECT f.round, f.ward, g.figure,
           max(CASE WHEN f.severity = 'error' THEN 1 ELSE 0 END) AS error,
           max(CASE WHEN f.severity = 'warning' THEN 1 ELSE 0 END) AS warning
    FROM (SELECT * FROM finding WHERE {where}) f
    JOIN finding_spell s ON s.finding_key = f.key AND {spell}
    JOIN finding_figure g ON g.finding_key = f.key
    GROUP BY f.round, f.ward, g.figure
),
known AS (
    SELECT round, ward, figure FROM printed
    UNION
    SELECT round, ward, figure FROM word WHERE place = 1 AND kind IN ('enter', 'propose')
),
judged AS (
    SELECT k.round, k.ward, k.figure,
           CASE WHEN w.kind = 'reject' THEN 'blocked'
                WHEN w.kind IS NOT NULL THEN 'entered'
                WHEN f.error = 1 THEN 'blocked'
                WHEN a.figure IS NULL AND (p.is_malformed OR p.is_off OR p.confidence < :threshold)
                    THEN 'waiting'
                WHEN f.warning = 1 THEN 'marked'
                ELSE 'entered' END AS status,
           p.value AS printed,
           CASE WHEN w.kind IN ('enter', 'propose') THEN w.value END AS decided,
           w.id AS decision_id, p.confidence, p.report_id, p.seq
    FROM known k
    LEFT JOIN printed p ON p.round = k.round AND p.ward = k.ward AND p.figure = k.figure
    LEFT JOIN word w ON w.round = k.round AND w.ward = k.ward AND w.figure = k.figure AND w.place = 1
    LEFT JOIN accepted a ON a.round = k.round AND a.ward = k.ward AND a.figure = k.figure
    LEFT JOIN flag f ON f.round = k.round AND f.ward = k.ward AND f.figure = k.figure
)
SELECT round, ward, figure, status,
       CASE WHEN status IN ('waiting', 'blocked') THEN NULL ELSE coalesce(decided, printed) END AS value,
       printed, decided, decision_id, confidence, report_id, seq
FROM judged
"""

_INDICATORS = """
SELECT round, ward, indicator,
       max(CASE WHEN side = 'numerator' THEN total END) AS numerator,
       max(CASE WHEN side = 'denominator' THEN total END) AS denominator
FROM (
    SELECT c.round, c.ward, p.indicator, p.side, sum(c.value) AS total,
           row_number() OVER (PARTITION BY c.round, c.ward, p.indicator, p.side ORDER BY p.alternative) AS place
    FROM (SELECT * FROM figure_current WHERE value IS NOT NULL AND {where}) c
    JOIN indicator_part p ON p.figure = c.figure
    GROUP BY c.round, c.ward, p.indicator, p.side, p.alternative, p.parts
    HAVING count(*) = p.parts
) side
WHERE place = 1
GROUP BY round, ward, indicator
"""


def standing_sql(where: str = "1 = 1", *, past: bool = False) -> str:
    """Return the query of the rule for the reports that `where` names, now or at `:as_of`; needs `:threshold`."""
    return _STANDING.format(where=where, **(_PAST if past else _NOW))


def indicator_sql(where: str = "1 = 1") -> str:
    """Return the query of the indicators that follow from `figure_current`."""
    return _INDICATORS.format(where=where)


def refresh(connection: Connection, ward: str, round_label: str) -> None:
    """Bring figures and indicators of one ward and round in line with their causes."""
    _rebuild(connection, _NARROW, {"ward": ward, "round": round_label})


def refresh_round(connection: Connection, round_label: str) -> None:
    """Bring the figures and indicators of a round in line with their causes."""
    _rebuild(connection, "round = :round", {"round": round_label})


def refresh_all(connection: Connection) -> None:
    """Bring every figure and indicator in line with its causes."""
    _rebuild(connection, "1 = 1", {})


def threshold(connection: Connection) -> float:
    """Return the confidence under which a figure waits for a person."""
    found = connection.execute(text("SELECT value FROM warehouse_state WHERE key = 'confidence_threshold'")).scalar()
    return float(found) if found is not None else 0.0


def past_parameters(connection: Connection, as_of: datetime) -> dict[str, Any]:
    """Return the parameters of `standing_sql(past=True)` in the form the engine compares.

    Raises:
        ValueError: the moment has no zone.
    """
    if as_of.tzinfo is None:
        raise ValueError(f"{as_of!r} has no zone; pass a moment with one (cchc.clock.now)")
    moment: Any = moment_text(as_of) if connection.dialect.name == "sqlite" else as_of
    return {"as_of": moment, "threshold": threshold(connection)}


def _rebuild(connection: Connection, where: str, parameters: dict[str, Any]) -> None:
    with_threshold = {**parameters, "threshold": threshold(connection)}
    connection.execute(text(f"DELETE FROM figure_current WHERE {where}"), parameters)  # noqa: S608 (constants only)
    connection.execute(text(f"INSERT INTO figure_current ({COLUMNS}) {standing_sql(where)}"), with_threshold)
    connection.execute(text(f"DELETE FROM indicator_current WHERE {where}"), parameters)  # noqa: S608
    connection.execute(
        text(f"INSERT INTO indicator_current (round, ward, indicator, numerator, denominator) {indicator_sql(where)}"),
        parameters,
    )
