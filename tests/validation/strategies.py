"""Random reports whose numbers agree, for property tests.

Belongs here: figures raised from independent draws by the arithmetic that a faultless report obeys.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from hypothesis import strategies as st

from parsers.reading import Printing, Reading
from tests.validation.builders import printing, reading

RATIOS = {
    "plan_completion_pct": ("plan_tasks_completed", "plan_tasks_total"),
    "dossiers_resolved_pct": ("dossiers_resolved", "dossiers_received"),
    "dossiers_early_pct": ("dossiers_early", "dossiers_resolved"),
    "dossiers_on_time_pct": ("dossiers_on_time", "dossiers_resolved"),
    "dossiers_late_pct": ("dossiers_late", "dossiers_resolved"),
    "dossiers_online_pct": ("dossiers_online", "dossiers_received_new"),
    "digitised_dossiers_pct": ("digitised_dossiers", "digitised_base"),
    "digitised_results_pct": ("digitised_results", "dossiers_resolved"),
    "ward_revenue_budget_pct": ("ward_revenue_ytd", "ward_revenue_budget"),
    "ward_revenue_yoy_pct": ("ward_revenue", "ward_revenue_prior_year"),
    "ward_expenditure_budget_pct": ("ward_expenditure_ytd", "ward_expenditure_budget"),
}
REQUIRED = {"plan_completion_pct", "dossiers_received", "dossiers_resolved", "satisfaction_pct"}
MAY_BE_COUNTED_IN = {"dossiers_carried_over", "dossiers_withdrawn", "dossiers_returned", "dossiers_postal"}
"""Parts of a total that a faultless report leaves out only where there are none."""


@dataclass(frozen=True)
class Draft:
    """The printings of a report before it is read, by figure."""

    printings: dict[str, Printing]

    def __repr__(self) -> str:
        return ", ".join(f"{f} {p.raw}" for f, p in self.printings.items())

    def read(self, *extra: Printing, without: frozenset[str] = frozenset(), ward: str = "pho-minh") -> Reading:
        """Return the reading of the draft, some figures left out and some printings added."""
        kept = [p for figure, p in self.printings.items() if figure not in without]
        return reading([*kept, *extra], ward)

    def changed(self, figure: str, value: Decimal | int) -> Draft:
        """Return the draft with another value in one place, printed to the same precision."""
        old = self.printings[figure]
        exact = Decimal(value).quantize(old.quantum) if old.quantum < 1 else Decimal(value)
        made = printing(figure, exact, base=old.base)
        return Draft({**self.printings, figure: made})

    def value(self, figure: str) -> Decimal:
        """Return what the draft prints for a figure."""
        return self.printings[figure].value


def share(part: Decimal, whole: Decimal, decimals: int, cut: bool) -> Decimal:
    """Return part of whole in percent, rounded or cut off at `decimals`."""
    return (100 * part / whole).quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN if cut else ROUND_HALF_UP)


@st.composite
def drafts(draw: st.DrawFn, everything: bool = False) -> Draft:
    """Draw a report of Q3 whose numbers agree; every ratio names its total or not, optional figures come and go."""
    figures = _counts(draw) | _money(draw)
    made = {figure: printing(figure, value) for figure, value in figures.items()}
    for pct, (above, below) in RATIOS.items():
        if figures[below]:
            value = share(figures[above], figures[below], draw(st.integers(1, 2)), draw(st.booleans()))
            made[pct] = printing(pct, value, base=below if everything else draw(st.sampled_from([below, None])))
    made["satisfaction_pct"] = printing("satisfaction_pct", draw(st.integers(0, 1000)) / Decimal(10))
    if not everything:
        silent = {f for f in MAY_BE_COUNTED_IN if figures[f]}
        optional = sorted(set(made) - REQUIRED - silent)
        made = {f: p for f, p in made.items() if f not in draw(st.sets(st.sampled_from(optional)))}
    return Draft(made)


def _counts(draw: st.DrawFn) -> dict[str, Decimal]:
    def count(least: int, most: int) -> int:
        return draw(st.integers(least, most))

    early, on_time, late = count(5, 900), count(5, 300), count(0, 20)
    in_time, overdue, withdrawn, returned = count(0, 60), count(0, 9), count(0, 9), count(0, 9)
    resolved = early + on_time + late
    received = resolved + in_time + overdue + withdrawn + returned
    carried = count(0, min(60, received - 1))
    new = received - carried
    online = count(0, new)
    full = count(0, online)
    postal = count(0, new - online)
    base = draw(st.sampled_from([received, new]))
    cadres, civil = count(5, 15), count(5, 15)
    tasks = count(10, 60)
    figures = {
        "dossiers_early": early,
        "dossiers_on_time": on_time,
        "dossiers_early_or_on_time": early + on_time,
        "dossiers_late": late,
        "dossiers_resolved": resolved,
        "dossiers_pending": in_time + overdue,
        "dossiers_pending_in_time": in_time,
        "dossiers_pending_overdue": overdue,
        "dossiers_withdrawn": withdrawn,
        "dossiers_returned": returned,
        "dossiers_received": received,
        "dossiers_carried_over": carried,
        "dossiers_received_new": new,
        "dossiers_online": online,
        "dossiers_online_full": full,
        "dossiers_online_partial": online - full,
        "dossiers_postal": postal,
        "dossiers_direct": new - online - postal,
        "digitised_base": base,
        "digitised_dossiers": count(0, base),
        "digitised_results": count(0, resolved),
        "staff_cadres": cadres,
        "staff_civil_servants": civil,
        "staff_total": cadres + civil,
        "plan_tasks_total": tasks,
        "plan_tasks_completed": count(0, tasks),
    }
    return {figure: Decimal(value) for figure, value in figures.items()}


def _money(draw: st.DrawFn) -> dict[str, Decimal]:
    def amount() -> Decimal:
        return Decimal(draw(st.integers(100_000, 9_000_000)) * 1000 + draw(st.sampled_from([0, 417])))

    figures = {"ward_revenue": amount(), "ward_expenditure": amount(), "ward_revenue_prior_year": amount()}
    for flow in ("ward_revenue", "ward_expenditure"):
        figures[f"{flow}_ytd"] = figures[flow] + amount()
        figures[f"{flow}_budget"] = figures[f"{flow}_ytd"] + amount()
    return figures
