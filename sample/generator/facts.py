"""Invented, consistent figures of one ward for one quarter.

Belongs here: numbers whose identities hold. Stays out: words.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Facts:
    """The figures of a ward by catalogue code; counts and dong as int, percentages as Decimal with two places."""

    values: dict[str, int | Decimal]

    def __getitem__(self, code: str) -> int | Decimal:
        return self.values[code]


def share(part: int | Decimal, whole: int | Decimal, places: str = "0.01") -> Decimal:
    """Return `part` of `whole` in percent, rounded half up."""
    return (Decimal(part) * 100 / Decimal(whole)).quantize(Decimal(places), ROUND_HALF_UP)


def make_facts(seed: int, *, all_resolved_or_pending: bool = True) -> Facts:
    """Return the figures of one ward; the same seed gives the same figures.

    A manner that prints no withdrawn and returned dossiers needs a ward that has none, or its sums would not hold.
    """
    rng = random.Random(seed)  # noqa: S311 (invented figures, no secret)
    v: dict[str, int | Decimal] = {}
    _dossiers(v, rng, all_resolved_or_pending)
    _staff(v, rng)
    _finance(v, rng)
    _digital(v, rng)
    _rest(v, rng)
    return Facts(v)


def _dossiers(v: dict[str, int | Decimal], rng: random.Random, all_resolved_or_pending: bool) -> None:
    new, carried = rng.randint(240, 980), rng.randint(4, 30)
    received = new + carried
    online = round(new * rng.uniform(0.42, 0.83))
    postal = rng.randint(2, 14)
    withdrawn, returned = (0, 0) if all_resolved_or_pending else (rng.randint(0, 4), rng.randint(0, 3))
    pending = rng.randint(5, 26)
    resolved = received - pending - withdrawn - returned
    late = rng.choice([0, 0, 0, 1, 2, 4])
    early = round((resolved - late) * rng.uniform(0.62, 0.9))
    full = round(online * rng.uniform(0.4, 0.75))
    v |= {
        "dossiers_received": received,
        "dossiers_received_new": new,
        "dossiers_carried_over": carried,
        "dossiers_online": online,
        "dossiers_postal": postal,
        "dossiers_direct": new - online - postal,
        "dossiers_online_full": full,
        "dossiers_online_partial": online - full,
        "dossiers_online_pct": share(online, new),
        "dossiers_resolved": resolved,
        "dossiers_resolved_pct": share(resolved, received),
        "dossiers_early": early,
        "dossiers_on_time": resolved - late - early,
        "dossiers_early_or_on_time": resolved - late,
        "dossiers_late": late,
        "dossiers_early_pct": share(early, resolved),
        "dossiers_on_time_pct": share(resolved - late - early, resolved),
        "dossiers_early_or_on_time_pct": share(resolved - late, resolved),
        "dossiers_late_pct": share(late, resolved),
        "dossiers_pending": pending,
        "dossiers_pending_in_time": pending,
        "dossiers_withdrawn": withdrawn,
        "dossiers_returned": returned,
    }


def _staff(v: dict[str, int | Decimal], rng: random.Random) -> None:
    cadres, servants = rng.randint(9, 11), rng.randint(8, 12)
    v |= {
        "staff_cadres": cadres,
        "staff_civil_servants": servants,
        "staff_total": cadres + servants,
        "staff_quota": cadres + servants + rng.randint(0, 2),
        "staff_part_time": rng.randint(8, 13),
        "staff_trained": rng.randint(3, 22),
    }


def _finance(v: dict[str, int | Decimal], rng: random.Random) -> None:
    target, budget = rng.randint(900, 4200) * 1_000_000, rng.randint(4800, 8900) * 1_000_000
    state = round(target * rng.uniform(0.55, 1.1) / 50_000) * 50_000
    ytd = round(budget * rng.uniform(0.62, 0.9) / 10_000) * 10_000
    spent = round(ytd * rng.uniform(0.8, 0.97) / 10_000) * 10_000
    plan = rng.randint(1200, 5600) * 1_000_000
    paid = round(plan * rng.uniform(0.38, 0.93) / 100_000) * 100_000
    v |= {
        "state_revenue_ytd": state,
        "state_revenue_target_town": target,
        "state_revenue_vs_town_pct": share(state, target),
        "ward_revenue": round(ytd * rng.uniform(0.25, 0.4) / 10_000) * 10_000,
        "ward_revenue_ytd": ytd,
        "ward_revenue_budget": budget,
        "ward_revenue_budget_pct": share(ytd, budget),
        "ward_expenditure": round(spent * rng.uniform(0.25, 0.4) / 10_000) * 10_000,
        "ward_expenditure_ytd": spent,
        "investment_plan": plan,
        "investment_disbursed": paid,
        "investment_disbursed_pct": share(paid, plan),
    }


def _digital(v: dict[str, int | Decimal], rng: random.Random) -> None:
    base = int(v["dossiers_received_new"])
    entered = round(base * rng.uniform(0.7, 0.97))
    results = round(base * rng.uniform(0.55, 0.94))
    payments = round(int(v["dossiers_online"]) * rng.uniform(0.3, 0.8))
    out = rng.randint(210, 640)
    signed = round(out * rng.uniform(0.9, 1.0))
    v |= {
        "digitised_base": base,
        "digitised_dossiers": entered,
        "digitised_dossiers_pct": share(entered, base),
        "digitised_results": results,
        "digitised_results_pct": share(results, base),
        "online_payments": payments,
        "documents_incoming": rng.randint(700, 1900),
        "documents_outgoing": out,
        "documents_signed": signed,
        "documents_signed_pct": share(signed, out),
        "digital_teams": rng.randint(4, 8),
        "digital_team_members": rng.randint(22, 61),
    }


def _rest(v: dict[str, int | Decimal], rng: random.Random) -> None:
    total = rng.randint(30, 46)
    done = round(total * rng.uniform(0.66, 0.92))
    surveys = rng.randint(60, 220)
    happy = surveys - rng.randint(0, 6)
    v |= {
        "plan_tasks_total": total,
        "plan_tasks_completed": done,
        "plan_completion_pct": share(done, total),
        "communication_items": rng.randint(12, 48),
        "communication_sessions": rng.randint(2, 9),
        "inspections_conducted": rng.randint(1, 3),
        "legal_documents_issued": rng.randint(0, 2),
        "procedures_total": rng.randint(140, 182),
        "procedures_reviewed": rng.randint(6, 30),
        "satisfaction_surveys": surveys,
        "satisfied": happy,
        "satisfaction_pct": share(happy, surveys),
        "feedback_received": rng.randint(0, 3),
    }
