"""The rules within one report.

Belongs here: the order in which they are applied. Stays out: the rules, one module each; other reports (`rounds`,
`outliers`).

Order matters: what is settled as a malformed number or a slip of scale is mended before sums and percentages are
judged, so that one fault is reported once.
"""

from __future__ import annotations

from validation.arithmetic import fault_findings, other_total
from validation.citations import citation_conflicts
from validation.conflicts import conflicts, disagreements
from validation.corrections import mend
from validation.cumulative_rows import rows
from validation.finding import Finding
from validation.malformed import malformed
from validation.percentages import Verdict
from validation.ranges import impossible, too_large
from validation.report_values import Sheet
from validation.root_cause import Fault, faults, judgements
from validation.scale import slip_findings
from validation.seen import unread_parts, unseen_text
from validation.wholereport import OF_THE_WHOLE


def check_within(sheet: Sheet) -> list[Finding]:
    """Return what is wrong with a report by its own numbers."""
    mended, slipped = mend(sheet)
    found = [*malformed(sheet), *slip_findings(sheet, slipped)]
    settled = frozenset(slip.printing.figure for slip in slipped)
    found += conflicts(mended, settled)
    found += disagreements(mended, sheet.book.agreements)
    beyond = list(impossible(mended))
    found += beyond
    excluded = {figure for finding in beyond for figure in finding.figures}
    broken = [fault for fault in faults(mended) if not _settled(fault, excluded)]
    told = [set(breach.figures) for fault in broken for breach in fault.breaches]
    larger = list(too_large(mended, told))
    found += larger
    pairs = [set(finding.figures) for finding in larger]
    found += [finding for fault in broken if not _turned(fault, pairs) for finding in fault_findings(mended, fault)]
    found += [other_total(mended, j) for j in judgements(mended, sheet.book.ratios, Verdict.OTHER_TOTAL)]
    found += rows(mended)
    found += [*unread_parts(sheet), *unseen_text(sheet)]
    found += [finding for rule in OF_THE_WHOLE for finding in rule(sheet)]
    return [*found, *citation_conflicts(sheet)]


def _settled(fault: Fault, excluded: set[str]) -> bool:
    """Return whether a fault is only the echo of a value already called impossible."""
    return not fault.breaches and any(j.ratio.figure in excluded for j in fault.judgements)


def _turned(fault: Fault, pairs: list[set[str]]) -> bool:
    """Return whether a fault is only the percentage of a part already called larger than its whole."""
    return not fault.breaches and any(pair <= set(j.figures) for pair in pairs for j in fault.judgements)
