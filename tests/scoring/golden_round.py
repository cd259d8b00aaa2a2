"""A whole made-up round as text: ranking, totals, one explanation. `python -m tests.scoring.golden_round` writes it.

The wards are those of the catalogue; their figures follow from their place in it, so nothing here needs a report.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from catalogue.rounds import parse_round
from catalogue.scorecards import load_scorecard
from catalogue.wards import Ward, wards
from cchc.formats import number, percent
from scoring.compute import result_of
from scoring.explain import explain
from scoring.inputs import FigureInput, RoundFigures, Status, WardInput
from scoring.values import RankRow, RollupRow, RoundResult

GOLDEN = Path(__file__).parent / "golden" / "round.txt"
ROUND = "2023-Q3"
_STATUS: dict[int, Status] = {5: "marked", 7: "waiting", 11: "blocked"}


def made_result() -> RoundResult:
    """Return the result of the made-up round, with half a year and a first quarter before it."""
    history = {label: made_round(label) for label in ("2023-Q1", "2023-Q2", "2022-Q3")}
    return result_of(made_round(ROUND), load_scorecard(), history)


def made_round(label: str) -> RoundFigures:
    """Return all wards of a round; the last one is silent."""
    found = parse_round(label)
    units = [made_ward(ward, place, label) for place, ward in enumerate(wards().values())]
    return RoundFigures(label, found.due, tuple(units))


def made_ward(ward: Ward, place: int, label: str) -> WardInput:
    """Return one ward of a round: a quarter's figures by its place, twice as many in a half year."""
    due, quarter = parse_round(label).due, parse_round(label).number
    year, received = int(label[:4]) - 2022, 300 + 37 * place + 5 * quarter**2
    resolved = received - 4 - place % 6
    counts = {
        "dossiers_received": received, "dossiers_resolved": resolved, "dossiers_late": place % 4,
        "dossiers_early_or_on_time": resolved - place % 4, "dossiers_online": received * (35 + 3 * place + year) // 100,
        "online_payments": received * (20 + 2 * place) // 100, "digitised_dossiers": received * (70 + 2 * place) // 100,
        "digitised_results": resolved * (60 + 2 * place) // 100, "feedback_received": place % 3,
        "feedback_resolved": place % 3}  # fmt: skip
    others = {
        "plan_completion_pct": Decimal("70.5") + place,
        "satisfaction_pct": Decimal("88.25") + Decimal(place * quarter % 15) * 4 / 5,
        "state_revenue_vs_town_pct": Decimal(60) + 2 * place, "investment_disbursed_pct": Decimal(35) + 3 * place,
        "staff_total": Decimal(18) + place % 4}  # fmt: skip
    values = {code: Decimal(value * (2 if quarter in (2, 4) else 1)) for code, value in counts.items()} | others
    figures = tuple(made_figure(code, value, place + index) for index, (code, value) in enumerate(values.items()))
    if place == len(wards()) - 1:
        return WardInput(ward.slug, ward.kind, ward.name, reported=False)
    late = timedelta(days=max(0, place - 10))
    return WardInput(ward.slug, ward.kind, ward.name, figures, True, due + late, due)


def made_figure(code: str, value: Decimal, number_of_it: int) -> FigureInput:
    """Return one figure; every eighteenth is marked, waits, or is blocked, with a proposal."""
    status = _STATUS.get(number_of_it % 18, "entered")
    proposals = (value - 5,) if status in ("marked", "blocked") else ()
    return FigureInput(code, value, status, 0.9, 1, number(value), f"Số liệu {code}.", 1 + number_of_it % 9, proposals)


def as_text(result: RoundResult) -> str:
    """Return a result as the text of the golden file."""
    row = next(r for r in result.ranking.rows if r.moves)
    score = next(s for s in result.scores if s.ward == row.ward)
    lines = [_rank_line(r) for r in result.ranking.rows]
    lines += ["", *(_rollup_line(r) for r in result.rollup if r.covered)]
    lines += ["", *explain(row, score, result.ranking, load_scorecard()).lines(), ""]
    return "\n".join(lines)


def _rank_line(row: RankRow) -> str:
    firm = row.robustness
    cells = [str(row.rank or "–"), row.ward, number(row.total, 2), str(row.rank_in_kind or "–"), row.grade or "–",
             percent(row.completeness * 100, 0), str(row.change), str(row.marks.open_findings),
             str(row.marks.marked_figures), str(row.marks.gaps), row.reason_vi]  # fmt: skip
    if firm:
        cells.append(f"{firm.kept_share} {firm.best}-{firm.worst} {firm.total_low}-{firm.total_high} {firm.lead_share}")
    return " | ".join(cells)


def _rollup_line(row: RollupRow) -> str:
    shown = [row.scope, row.code, str(row.value), f"{row.covered}/{row.expected}", f"{row.marked} marked"]
    for other in (row.previous, row.last_year):
        shown.append("–" if other is None else f"{other.now} {other.then} {other.change} {other.covered} {other.note}")
    return " | ".join(shown)


if __name__ == "__main__":
    GOLDEN.write_text(as_text(made_result()), encoding="utf-8")
