"""Checking a set of reports.

Belongs here: the one call that applies every rule to every report, each report seeing the others as context.
Stays out: the rules themselves; storing findings and following their life (`warehouse.findings`, warehouse).
"""

from __future__ import annotations

from collections.abc import Sequence

from catalogue.rules import RuleBook, rule_book
from parsers.reading import Reading
from validation.context import Context, gather
from validation.corrections import mend
from validation.dropped_figures import dropped_figures
from validation.finding import Finding
from validation.outliers import check_peers
from validation.peer_scale import out_of_scale
from validation.report_rules import check_within
from validation.report_values import Sheet, lay_out
from validation.rounds import check_rounds

WEIGHT = {"error": 0, "warning": 1, "info": 2}


def check_reports(
    readings: Sequence[Reading], history: Sequence[Reading] = (), *, book: RuleBook | None = None
) -> list[tuple[Finding, ...]]:
    """Return the findings of every reading, aligned with `readings`, the heaviest first.

    `history` are earlier accepted readings, used as context only; one of a ward and round that the set has too is an
    earlier version of it. A set may hold one ward's round several times, in several formats: they are never held
    against each other.
    """
    rules = book or rule_book()
    sheets = [lay_out(reading, rules) for reading in readings]
    context = gather(sheets, [lay_out(reading, rules) for reading in history])
    return [_check(sheet, context) for sheet in sheets]


def _check(sheet: Sheet, context: Context) -> tuple[Finding, ...]:
    """Return the findings of one report in its context, each once; a letter or an invitation has none."""
    if not sheet.reading.identity.is_report:
        return ()
    mended, _ = mend(sheet)
    earlier = context.earlier(sheet)
    found = [
        *check_within(sheet),
        *check_rounds(mended, earlier),
        *dropped_figures(mended, context.versions(sheet), earlier),
    ]
    found += _unlike_others(mended, context.peers(sheet), list(earlier.values()), found)
    unique = {finding.key: finding for finding in found}
    return tuple(sorted(unique.values(), key=lambda f: WEIGHT[f.severity]))


def _unlike_others(
    sheet: Sheet, peers: Sequence[Sheet], earlier: Sequence[Sheet], known: Sequence[Finding]
) -> list[Finding]:
    """Return what sets the report apart from its peers, the graver first, none on a figure held out already."""
    told = {figure for finding in known if finding.severity == "error" for figure in finding.figures}
    found: list[Finding] = []
    for finding in (*out_of_scale(sheet, peers, earlier), *check_peers(sheet, peers, earlier)):
        if not told & set(finding.figures):
            found.append(finding)
            told.update(finding.figures)
    return found
