"""The view of documents that reports cite: which, of what day, by whom, and what contradicts what.

Belongs here: citations of the loads in force, and both kinds of contradiction.
Stays out: finding citations in text (parsers), what within one report contradicts (`validation.citations`).

Wards number their own plans: 12/KH-UBND of one ward is not 12/KH-UBND of another. Between wards only documents whose
symbol names an issuer above them (a ministry, the Government, the Prime Minister) are therefore compared.
"""

from __future__ import annotations

from warehouse.marts.view import Column, View, ward_columns

LOCAL = ("UBND", "HĐND", "ĐU", "BCĐ")
"""Issuers that every level has; a symbol does not say of which ward or town."""


def key(number: str) -> str:
    """Return a number as it is compared: without spaces, leading zeros and kinds of dashes, in capitals."""
    return f"ltrim(upper(replace(replace(replace({number}, ' ', ''), '–', '-'), 'đ', 'Đ')), '0')"


def issuer(numbered: str) -> str:
    """Return what stands after the last dash of a compared number, and after a slash in that; NULL without a dash."""
    tail = _after(numbered, "-")
    return f"CASE WHEN replace({numbered}, '-', '') <> {numbered} THEN {_after(tail, '/')} END"


def _after(words: str, mark: str) -> str:
    """Return what follows the last mark, by functions that both engines have."""
    return f"substr({words}, length(rtrim({words}, replace({words}, '{mark}', ''))) + 1)"


def _cited() -> str:
    local = ", ".join(f"'{name}'" for name in LOCAL)
    return f"""
    SELECT k.*, CASE WHEN k.issuer IN ({local}) THEN 1 ELSE 0 END AS is_local
    FROM (
        SELECT n.*, {issuer("n.cited_key")} AS issuer
        FROM (
            SELECT r.round, r.ward, r.doc_no, c.report_id, c.seq, c.kind, c.number, {key("c.number")} AS cited_key,
                   c.day, c.subject, c.sentence
            FROM report r
            JOIN citation c ON c.report_id = r.id
            WHERE r.loaded_to IS NULL
        ) n
    ) k
"""


CITED = View(
    "cited",
    "Citations of the loads in force with their number as it is compared; see mart_citation",
    tuple(
        Column(name, f"See mart_citation ({name})", f"q.{name}")
        for name in ("round", "ward", "doc_no", "report_id", "seq", "kind", "number", "cited_key", "day", "subject",
                     "sentence", "issuer", "is_local")
    ),
    f"FROM ({_cited()}) q",
)  # fmt: skip

CITATION = View(
    "mart_citation",
    "Documents that the reports in force cite, one row a citation, with what contradicts it",
    (
        Column("round", "Round", "c.round"),
        *ward_columns("c.ward"),
        Column("doc_no", "Number and symbol of the citing report", "c.doc_no"),
        Column("report_id", "Load in force", "c.report_id"),
        Column("position", "Order in the report, from 0", "c.seq"),
        Column("cited_kind", "Kind of the document cited, as Kế hoạch or Nghị định", "c.kind"),
        Column("cited_no", "Its number and symbol as printed", "c.number"),
        Column("cited_key", "The number as it is compared: without spaces and leading zeros", "c.cited_key"),
        Column("cited_date", "Its date, NULL where none is printed", "c.day", "date"),
        Column("issuer", "Who issued it by its symbol, as UBND or CP; NULL where the symbol does not say", "c.issuer"),
        Column("subject", "Its subject as printed", "c.subject"),
        Column("sentence", "Sentence that cites it", "c.sentence"),
        Column(
            "page",
            "Page it stands on, NULL where the format has no pages",
            "(SELECT min(a.page) FROM number_account a WHERE a.report_id = c.report_id AND a.sentence = c.sentence)",
        ),
        Column(
            "is_contradicted_within",
            "1 where an open finding says that the report contradicts itself on this document, else 0",
            "CASE WHEN EXISTS (SELECT 1 FROM finding f WHERE f.round = c.round AND f.ward = c.ward "
            "AND f.rule = 'citation_conflict' AND f.state = 'open' AND "
            "replace(' · ' || f.printed, ' · ' || c.number || ' (', '') <> ' · ' || f.printed) THEN 1 ELSE 0 END",
            "integer",
        ),
        Column(
            "wards_contradicting",
            "Other wards that in this round give the same number another day; 0 for documents of local bodies, whose "
            "symbol does not say which one issued them",
            "(SELECT count(DISTINCT o.ward) FROM cited o WHERE o.round = c.round AND o.kind = c.kind "
            "AND o.cited_key = c.cited_key AND o.ward <> c.ward AND o.day <> c.day "
            "AND c.issuer IS NOT NULL AND c.is_local = 0)",
            "integer",
        ),
    ),
    """
FROM cited c
LEFT JOIN ward w ON w.slug = c.ward
""",
)
