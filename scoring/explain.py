"""Why a ward stands where it stands: from rank to points to ratio to figure to sentence and page.

Belongs here: the tree of an explanation, made from a ranking and its scores, in the language of the moment.
Stays out: words for a single criterion (`phrases`), setting the tree on paper or screen (publications, command line).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from catalogue.figures import figure_definitions
from catalogue.scorecards import Criterion, Scorecard
from cchc.formats import number, percent
from cchc.messages import language, translator
from scoring.inputs import FigureInput
from scoring.phrases import gap_text, measured_text, rule_text, state_text, status_text
from scoring.values import CriterionScore, Move, Ranking, RankRow, Robustness, WardScore

_ = translator("scoring")

NodeKind = Literal["rank", "change", "robustness", "criterion", "measure", "figure", "sentence"]


@dataclass(frozen=True)
class Node:
    """One step of an explanation. `page` and `report_id` say where a figure or sentence stands."""

    kind: NodeKind
    text: str
    children: tuple[Node, ...] = ()
    code: str = ""
    page: int | None = None
    report_id: int | None = None

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Yield the tree as text, two blanks a level."""
        yield "  " * depth + self.text
        for child in self.children:
            yield from child.lines(depth + 1)


def explain(row: RankRow, score: WardScore, ranking: Ranking, card: Scorecard) -> Node:
    """Return the explanation of one ward's place under the card that was used."""
    children = [_criterion_node(criterion, score, card) for criterion in card.criteria]
    if row.change is not None:
        children.insert(0, _change_node(row, card))
    if row.robustness:
        children.insert(0, _robustness_node(row.robustness))
    return Node("rank", _rank_text(row, ranking, card), tuple(children), code=row.ward)


def _rank_text(row: RankRow, ranking: Ranking, card: Scorecard) -> str:
    name = f"{row.kind} {row.name}"
    if row.rank is None or row.total is None:
        reason = row.reason_en if language() == "en" else row.reason_vi
        return _("{name}, {round}: no place – {reason}").format(name=name, round=row.round, reason=reason)
    text = _(
        "{name}, {round}: place {rank} of {ranked} ({place_in_kind} of {in_kind} {kind}), {total} points, class {grade}"
    )
    return text.format(
        name=name,
        round=row.round,
        rank=row.rank,
        ranked=sum(r.rank is not None for r in ranking.rows),
        place_in_kind=row.rank_in_kind,
        in_kind=sum(r.rank is not None and r.kind == row.kind for r in ranking.rows),
        kind=row.kind,
        total=number(row.total, card.decimals),
        grade=row.grade,
    )


def _change_node(row: RankRow, card: Scorecard) -> Node:
    change = row.change or 0
    if change == 0:
        return Node("change", _("Same place as in the previous round"))
    template = _("Up {places} from place {before}") if change > 0 else _("Down {places} from place {before}")
    moved = tuple(_move_node(move, card) for move in row.moves[:3])
    return Node("change", template.format(places=abs(change), before=row.previous_rank), moved)


def _move_node(move: Move, card: Scorecard) -> Node:
    criterion = card.criterion(move.criterion)
    text = _("{title}: from {then} to {now} points; {relative} against the mean of the wards").format(
        title=criterion.title if criterion else move.criterion,
        then=number(move.then, card.decimals),
        now=number(move.now, card.decimals),
        relative=("+" if move.relative > 0 else "") + number(move.relative, card.decimals),
    )
    return Node("change", text, code=move.criterion)


def _robustness_node(firm: Robustness) -> Node:
    text = _("Keeps its place in {share} of {variations} weightings; places {best} to {worst} are possible").format(
        share=percent(firm.kept_share * 100, 1), variations=number(firm.variations), best=firm.best, worst=firm.worst
    )
    if firm.lead_share is None:
        return Node("robustness", text)
    lead = _("Stays ahead of the next ward in {share} of cases: a difference")
    if not firm.separated:
        lead = _("Stays ahead of the next ward in {share} of cases: not enough to call it a difference")
    return Node("robustness", text, (Node("robustness", lead.format(share=percent(firm.lead_share * 100, 1))),))


def _criterion_node(criterion: Criterion, score: WardScore, card: Scorecard) -> Node:
    result = score.criterion(criterion.code)
    text = _("{title}: {points} of {most} points – {state}").format(
        title=criterion.title,
        points=number(result.points, card.decimals),
        most=number(result.max_points),
        state=state_text(result.state),
    )
    return Node("criterion", text, (_measure_node(criterion, result, score.round),), code=criterion.code)


def _measure_node(criterion: Criterion, result: CriterionScore, round_label: str) -> Node:
    """Return what the points rest on: the value and its formula, or the reason why there is none."""
    figures = tuple(_figure_node(figure) for figure in result.inputs)
    if result.measured is None:
        return Node("measure", gap_text(result), figures, code=result.formula)
    text = f"{measured_text(criterion, result)}; {rule_text(criterion, round_label)}"
    if result.gap:
        text += f"; {gap_text(result)}"
    return Node("measure", text, figures, code=result.formula)


def _figure_node(figure: FigureInput) -> Node:
    definition = figure_definitions()[figure.figure]
    name = figure.figure if language() == "en" else definition.meaning_vi
    value = percent(figure.value, None) if definition.unit == "percent" else number(figure.value)
    text = f"{name}: {value}"
    if figure.raw and _differs(figure):
        text += " " + _("(printed “{raw}”)").format(raw=figure.raw)
    if status := status_text(figure):
        text += f" – {status}"
    sentence = (_sentence_node(figure),) if figure.sentence else ()
    return Node("figure", text, sentence, figure.figure, figure.page, figure.report_id)


def _differs(figure: FigureInput) -> bool:
    """Return whether the printed digits need showing beside the value."""
    return number(figure.value) != figure.raw.strip()


def _sentence_node(figure: FigureInput) -> Node:
    where = _("page {page}").format(page=figure.page) if figure.page else _("in the text")
    return Node("sentence", f"“{figure.sentence}” ({where})", (), figure.figure, figure.page, figure.report_id)
