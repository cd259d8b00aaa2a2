"""The sheets of what was computed: ranking, criteria, totals of the district.

Belongs here: which columns these sheets have and what stands in them.
Stays out: sheets of what was read (`records`), writing (`writer`).
"""

from __future__ import annotations

from decimal import Decimal

from cchc.messages import translator
from publications import words
from publications.content import RoundContent
from publications.coverage import brackets_told, is_whole, shown_total, total_notes
from publications.phrases import measured, reason, used_figures
from publications.workbook.sheet import Cell, Chart, Column, Form, Sheet
from scoring.phrases import gap_text, state_text
from scoring.values import Comparison, CriterionScore, RankRow, RollupRow, State

_ = translator("publications")


def ranking_sheet(content: RoundContent) -> Sheet:
    """Return the ranking: ranked wards by place, then those without a place and the reason."""
    columns = (
        Column(_("Place"), 8, "place"),
        Column(_("Ward"), 26),
        Column(_("Kind"), 10),
        Column(_("Total points"), 12, "points", bars=True),
        Column(_("Class"), 13, "place"),
        Column(_("Place within its kind"), 11, "place"),
        Column(_("Change of place"), 10, "place"),
        Column(_("Completeness"), 11, "share"),
        Column(_("Places within reach"), 12, "place"),
        Column(_("Tier"), 8, "place"),
        Column(_("Place kept"), 10, "share"),
        Column(_("Open findings"), 10, "place"),
        Column(_("Why without a place, or what moved it"), 60, "long"),
    )
    ranked = [row for row in content.ranking if row.rank is not None]
    chart = Chart(
        title=_("Total points by ward"),
        labels=1,
        values=3,
        rows=len(ranked),
        description=_("Bar chart of the total points of the ranked wards, best first"),
    )
    return Sheet(
        name=_("Ranking"),
        title=_("Ranking of the wards"),
        lead=f"{content.scorecard.title}. {content.scorecard.source}",
        columns=columns,
        rows=tuple(_ranking_row(content, row) for row in content.ranking),
        frozen=2,
        chart=chart if ranked else None,
    )


def _ranking_row(content: RoundContent, row: RankRow) -> tuple[Cell | str | int | Decimal | None, ...]:
    firm = row.robustness
    return (
        row.rank,
        words.capital(content.name(row.ward)),
        words.capital(row.kind),
        row.total if row.rank is not None else None,
        row.grade or "",
        row.rank_in_kind,
        words.signed(row.change),
        row.completeness,
        words.reach(firm),
        firm.tier if firm else None,
        firm.kept_share if firm else None,
        len(content.findings_of(row.ward, open_only=True)),
        reason(content, row),
    )


def criteria_sheet(content: RoundContent) -> Sheet:
    """Return every criterion of every ward: points, what was measured, by which formula, from which figures."""
    columns = (
        Column(_("Ward"), 24),
        Column(_("Group"), 24, "long"),
        Column(_("Criterion"), 40, "long"),
        Column(_("Points"), 10, "points", bars=True),
        Column(_("Points at most"), 10, "points"),
        Column(_("Measured"), 13, "place"),
        Column(_("How the points came about"), 24, "long"),
        Column(_("Figures used"), 60, "long"),
        Column(_("Note"), 36, "long"),
    )
    rows = [
        _criterion_row(content, content.score_by_ward[rank.ward].criterion(criterion.code), rank.ward)
        for rank in content.ranking
        for criterion in content.scorecard.criteria
        if rank.ward in content.score_by_ward
    ]
    return Sheet(
        name=_("Criteria"),
        title=_("Points by criterion"),
        lead=_("Each line: the points, what was measured and the figures it was measured by."),
        columns=columns,
        rows=tuple(rows),
    )


def _criterion_row(content: RoundContent, score: CriterionScore, ward: str) -> tuple[Cell | str | Decimal | None, ...]:
    criterion = content.scorecard.criterion(score.criterion)
    counted = score.state is not State.EXCLUDED
    return (
        words.capital(content.name(ward)),
        criterion.group if criterion else "",
        criterion.title if criterion else score.criterion,
        score.points if counted else None,
        score.max_points,
        measured(content, score),
        Cell(state_text(score.state), tone="plain" if score.state is State.SCORED else "marked"),
        used_figures(content, score),
        gap_text(score) or (score.mark.evidence if score.mark else ""),
    )


def totals_sheet(content: RoundContent) -> Sheet:
    """Return the district's totals with coverage, by all wards and each kind, and against earlier rounds."""
    columns = (
        Column(_("Group"), 24, "long"),
        Column(_("Figure"), 56, "long"),
        Column(_("Unit"), 9),
        Column(_("District"), 20, "amount"),
        Column(_("Wards counted"), 9, "place"),
        Column(_("of"), 7, "place"),
        *(Column(words.capital(kind), 20, "amount") for kind in content.kinds),
        Column(_("Previous round"), 20, "amount"),
        Column(_("This round, wards of both"), 20, "amount"),
        Column(_("Wards of both"), 9, "place"),
        Column(_("Change on previous, %"), 11, "percent"),
        Column(_("Same round last year"), 20, "amount"),
        Column(_("This round, same wards"), 20, "amount"),
        Column(_("Wards compared"), 9, "place"),
        Column(_("Change on last year, %"), 11, "percent"),
        Column(_("Note"), 36, "long"),
        Column(_("Code"), 26, screen_only=True),
    )
    rows = [row for row in content.result.rollup if row.scope == "all" and row.value is not None]
    notes = total_notes(content.result.rollup, content.title)
    return Sheet(
        name=_("District totals"),
        title=_("Totals of the district"),
        lead=f"{_totals_lead()} {brackets_told()}",
        columns=columns,
        rows=tuple(_total_row(content, row, notes.get(row.code, "")) for row in rows),
        frozen=2,
    )


def _totals_lead() -> str:
    return _(
        "A ratio is the sum of numerators over the sum of denominators. A total covers only the wards counted;"
        " comparisons cover the wards that have the figure in both rounds."
    )


def _total_row(content: RoundContent, row: RollupRow, note: str) -> tuple[Cell | str | int | Decimal | None, ...]:
    known = content.measure_by_code.get(row.code)
    return (
        known.group if known else "",
        content.title(row.code),
        words.unit(row.unit),
        _whole(row),
        Cell(row.covered, tone="plain" if row.covered == row.expected else "marked", note=_left_out(content, row)),
        row.expected,
        *(_whole(content.total(row.code, kind)) for kind in content.kinds),
        *_comparison(row.previous, row),
        *_comparison(row.last_year, row),
        note,
        row.code,
    )


def _whole(row: RollupRow | None) -> Cell:
    """Return a total as a number; as text in brackets, which no sum takes in, where it covers too few wards."""
    if row is None or row.value is None:
        return Cell(None)
    if not is_whole(row):
        return Cell(shown_total(row), tone="marked")
    return Cell(row.value, form="percent" if row.unit == "percent" else "amount")


def _comparison(value: Comparison | None, row: RollupRow) -> tuple[Cell, Cell, int | None, Decimal | None]:
    """Return then and now over the wards that have both, how many they are, and the change."""
    if value is None:
        return Cell(None), Cell(None), None, None
    notes = {
        "": _("compared over {n} wards: {now} now"),
        "quarter_flow": _("cumulative reports taken apart into quarters; over {n} wards: {now} now"),
        "spans_differ": _("the two rounds cover spans of different length and are not compared"),
    }
    note = notes[value.note].format(n=value.covered, now=words.amount(value.now, row.unit))
    form: Form = "percent" if row.unit == "percent" else "amount"
    now = Cell(value.now, form=form)
    return Cell(value.comparable, note=note, form=form), now, value.covered, value.change_pct


def _left_out(content: RoundContent, row: RollupRow) -> str:
    absent = [content.name(ward.slug) for ward in content.wards if ward.slug not in row.wards]
    return _("Not counted: {wards}").format(wards=", ".join(absent)) if absent else ""
