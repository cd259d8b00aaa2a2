"""What the other printed figures of a report say for a value or against it.

Belongs here: the identities of the domain and the printed percentages, tried on the primary printings: which figures
they support, which they contradict.
Stays out: doubts in the sentence itself (`doubts`), findings for people (`validation`). No value is ever changed here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from parsers.reading import Printing

SUMS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("dossiers_received", ("dossiers_received_new", "dossiers_carried_over"), ()),
    ("dossiers_received_new", ("dossiers_online", "dossiers_direct"), ("dossiers_postal",)),
    ("dossiers_received", ("dossiers_online", "dossiers_direct"), ("dossiers_postal", "dossiers_carried_over")),
    ("dossiers_resolved", ("dossiers_early", "dossiers_on_time"), ("dossiers_late",)),
    ("dossiers_resolved", ("dossiers_early_or_on_time",), ("dossiers_late",)),
    ("dossiers_received", ("dossiers_resolved", "dossiers_pending"), ("dossiers_withdrawn", "dossiers_returned")),
    ("dossiers_received", ("dossiers_resolved", "dossiers_pending_in_time"),
     ("dossiers_pending_overdue", "dossiers_withdrawn", "dossiers_returned")),
    ("dossiers_pending", ("dossiers_pending_in_time",), ("dossiers_pending_overdue",)),
    ("dossiers_online", ("dossiers_online_full", "dossiers_online_partial"), ()),
    ("staff_total", ("staff_cadres", "staff_civil_servants"), ()),
)  # fmt: skip
"""Totals with the parts that make them, and further parts that count where they are printed."""
_SHARES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("plan_completion_pct", "plan_tasks_completed", ("plan_tasks_total",)),
    ("dossiers_resolved_pct", "dossiers_resolved", ("dossiers_received", "dossiers_received_new")),
    ("dossiers_early_pct", "dossiers_early", ("dossiers_resolved", "dossiers_received")),
    ("dossiers_on_time_pct", "dossiers_on_time", ("dossiers_resolved", "dossiers_received")),
    ("dossiers_early_or_on_time_pct", "dossiers_early_or_on_time", ("dossiers_resolved", "dossiers_received")),
    ("dossiers_late_pct", "dossiers_late", ("dossiers_resolved", "dossiers_received")),
    ("dossiers_online_pct", "dossiers_online", ("dossiers_received", "dossiers_received_new")),
    ("digitised_dossiers_pct", "digitised_dossiers", ("digitised_base", "dossiers_received", "dossiers_received_new")),
    ("digitised_results_pct", "digitised_results", ("dossiers_resolved", "digitised_base")),
    ("documents_signed_pct", "documents_signed", ("documents_outgoing",)),
    ("state_revenue_vs_town_pct", "state_revenue_ytd", ("state_revenue_target_town",)),
    ("state_revenue_vs_council_pct", "state_revenue_ytd", ("state_revenue_target_council",)),
    ("ward_revenue_budget_pct", "ward_revenue_ytd", ("ward_revenue_budget",)),
    ("ward_expenditure_budget_pct", "ward_expenditure_ytd", ("ward_expenditure_budget",)),
    ("ward_revenue_budget_pct", "ward_revenue", ("ward_revenue_budget",)),
    ("ward_expenditure_budget_pct", "ward_expenditure", ("ward_expenditure_budget",)),
    ("ward_revenue_yoy_pct", "ward_revenue", ("ward_revenue_prior_year",)),
    ("ward_revenue_yoy_pct", "ward_revenue_ytd", ("ward_revenue_prior_year",)),
    ("ward_expenditure_yoy_pct", "ward_expenditure", ("ward_expenditure_prior_year",)),
    ("ward_expenditure_yoy_pct", "ward_expenditure_ytd", ("ward_expenditure_prior_year",)),
    ("investment_disbursed_pct", "investment_disbursed", ("investment_plan",)),
)
_WHOLES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("dossiers_resolved", ("dossiers_received",)), ("dossiers_received_new", ("dossiers_received",)),
    ("dossiers_carried_over", ("dossiers_received",)), ("dossiers_online", ("dossiers_received",)),
    ("dossiers_early", ("dossiers_resolved",)), ("dossiers_on_time", ("dossiers_resolved",)),
    ("dossiers_late", ("dossiers_resolved",)), ("dossiers_pending_in_time", ("dossiers_pending",)),
    ("dossiers_online_full", ("dossiers_online",)), ("dossiers_online_partial", ("dossiers_online",)),
    ("plan_tasks_completed", ("plan_tasks_total",)), ("staff_cadres", ("staff_total",)),
    ("staff_civil_servants", ("staff_total",)), ("digitised_dossiers", ("digitised_base",)),
    ("documents_signed", ("documents_outgoing",)), ("feedback_resolved", ("feedback_received",)),
    ("investment_disbursed", ("investment_plan",)), ("procedures_reviewed", ("procedures_total",)),
)  # fmt: skip
"""Parts and the wholes they cannot exceed."""
_OTHER_PARTS = (("other:satisfied_count", "satisfaction_surveys"),)
"""The same for named things that no figure keeps."""


@dataclass
class Evidence:
    """Figures that printed arithmetic supports (`wholes` those as a total), and those it speaks against."""

    supported: set[str] = field(default_factory=set)
    wholes: set[str] = field(default_factory=set)
    against: set[str] = field(default_factory=set)


def weigh_evidence(
    primaries: Mapping[str, Printing], sureness: Mapping[str, float], others: Mapping[str, Decimal] | None = None
) -> Evidence:
    """Return what the arithmetic of a report's primary printings says of each.

    Where something does not come out, the member that was named least surely has the evidence against it, and with it
    every member as weakly named; a supported member is left alone where another is not. A sum of one part, or a share
    of 100 %, says only that a number stands there twice, and supports nothing. `others` are named things that are no
    figures but parts of one.
    """
    values = {code: p.value for code, p in primaries.items()}
    evidence, broken = Evidence(), list[tuple[str, ...]]()
    for total, members, holds in _sums(values):
        filled = {m for m in members if values[m]}
        if holds and len(filled) > 1:
            evidence.supported |= {total, *filled}
            evidence.wholes.add(total)
        elif not holds:
            broken.append((total, *members))
    for share, count, base, holds in _shares(primaries):
        if holds and values[count] != values[base]:
            evidence.supported |= {share, count, base}
        elif not holds:
            broken.append((share, count, base))
    broken += [(part, whole) for part, whole in _exceeding(values)]
    for members in broken:
        evidence.against |= _weakest(members, evidence.supported, sureness)
    for part, whole in _OTHER_PARTS:
        if others and whole in values and others.get(part, Decimal(0)) > values[whole]:
            evidence.against.add(whole)
    if _counts_only_new(values):
        evidence.supported.discard("dossiers_received")
        evidence.wholes.discard("dossiers_received")
        evidence.against.add("dossiers_received")
    return evidence


def _counts_only_new(values: Mapping[str, Decimal]) -> bool:
    """Tell whether what was read as received leaves out what was carried over, by what became of all dossiers."""
    needed = ("dossiers_received", "dossiers_carried_over", "dossiers_resolved", "dossiers_pending")
    if "dossiers_received_new" in values or not all(code in values for code in needed):
        return False
    received, carried, resolved, pending = (values[code] for code in needed)
    gone = sum((values[c] for c in ("dossiers_withdrawn", "dossiers_returned") if c in values), Decimal(0))
    return bool(carried) and received + carried in (resolved + pending, resolved + pending + gone)


def _weakest(members: tuple[str, ...], supported: set[str], sureness: Mapping[str, float]) -> set[str]:
    """Return the members named least surely, those left out that something else supports."""
    open_ones = [m for m in members if m not in supported] or list(members)
    least = min(sureness[m] for m in open_ones)
    return {m for m in open_ones if sureness[m] <= least}


def _sums(values: Mapping[str, Decimal]) -> Iterator[tuple[str, tuple[str, ...], bool]]:
    """Yield every identity whose total and needed parts are printed, its printed parts, and whether it holds."""
    for total, needed, further in SUMS:
        if total in values and all(part in values for part in needed) and values[total]:
            parts = (*needed, *(part for part in further if part in values))
            sums = {sum((values[p] for p in parts), Decimal(0)), sum((values[p] for p in needed), Decimal(0))}
            holds = values[total] in sums
            if holds or values[total] < max(sums) or all(part in values for part in further):
                yield total, parts, holds


def _shares(primaries: Mapping[str, Printing]) -> Iterator[tuple[str, str, str, bool]]:
    """Yield every printed percentage whose count and a base are printed, and whether the two numbers give it."""
    for share, count, bases in _SHARES:
        if share not in primaries or count not in primaries or not primaries[count].value:
            continue
        named = primaries[share].base
        known = [base for base in ((named,) if named else bases) if base in primaries and primaries[base].value]
        right = next((b for b in known if _gives(primaries[count], primaries[b], primaries[share])), None)
        if right is not None:
            yield share, count, right, True
        elif known and not _has_twin(share, count, primaries):
            yield share, count, known[0], False


def _has_twin(share: str, count: str, primaries: Mapping[str, Printing]) -> bool:
    """Tell whether a percentage may be of another printed count: of the sum since January, or of the period's."""
    return any(s == share and c != count and c in primaries for s, c, _ in _SHARES)


def _gives(count: Printing, base: Printing, share: Printing) -> bool:
    """Tell whether two numbers give a percentage to its last printed digit, rounded or cut off."""
    given = 100 * count.value / base.value
    blur = given * (
        count.quantum / max(count.value, Decimal(1)) if share.figure.startswith(("ward", "state", "inv")) else 0
    )
    return abs(given - share.value) <= share.quantum + blur


def _exceeding(values: Mapping[str, Decimal]) -> Iterator[tuple[str, str]]:
    for part, wholes in _WHOLES:
        for whole in wholes:
            if part in values and whole in values and values[part] > values[whole]:
                yield part, whole
