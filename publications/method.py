"""How the numbers of a round came about, as every paper tells it.

Belongs here: which figures the scorecard requires, how gaps count, how surely the reports were read, and what keeps
places apart or not; plain lines and rows in the language of the moment.
Stays out: layout (each paper), the definitions themselves (`scoring`, `catalogue.trust`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rounds import Round
from catalogue.scorecards import Criterion, Scorecard
from catalogue.trust import Proof, trust
from cchc.formats import number, percent
from cchc.messages import language, translator
from publications import words
from scoring.values import WardScore
from scoring.widths import Source, Width

_ = translator("publications")


@dataclass(frozen=True)
class Required:
    """What a report must print for one criterion: any one of the sets in `figures`, in words."""

    criterion: str
    points: str
    figures: str


def required(card: Scorecard, found: Round) -> tuple[Required, ...]:
    """Return, criterion by criterion, the figures that a scorecard requires of a report of a round."""
    return tuple(
        Required(criterion.title, words.points(criterion.points), _sets(criterion, found.quarter))
        for criterion in card.criteria
    )


def _sets(criterion: Criterion, round_number: int) -> str:
    sets = criterion.required(round_number)
    if not sets:
        arrival = _("none: counted from the day the report arrived")
        return arrival if criterion.kind == "timeliness" else _("none: points given by people")
    listed = ["; ".join(map(_short, figures)) for figures in sets]
    return _(" – or: ").join(listed)


def _short(code: str) -> str:
    """Return the name of a figure without its explanation in brackets."""
    known = figure_definitions()[code]
    return code.replace("_", " ") if language() == "en" else known.meaning_vi.split(" (")[0]


def method_lines(scores: Sequence[WardScore], found: Sequence[Width]) -> tuple[str, ...]:
    """Return how gaps count, how surely the reports were read, and where the ranges of places come from."""
    return (*gap_lines(), *reading_lines(), *range_lines(scores, found))


def places_told() -> str:
    """Return what the range of a ward's places and its tier mean."""
    return _(
        "Places within reach: the places a ward takes when the weights vary, open gaps are filled in any way and open"
        " findings are taken one way or the other. Wards of one tier do not differ for certain; between tiers the"
        " difference is clear."
    )


def gap_lines() -> tuple[str, ...]:
    """Return what a missing, contradictory or doubtful figure is worth."""
    return (
        _("A required figure that the report does not print scores 0 after the ward was asked once. “Không phát sinh”"
          " is a printed 0."),
        _("A figure that contradicts its own report, or cannot be, scores 0 until it is corrected; while an"
          " error about it is open it is in no total."),
        _("A figure that was read but not surely counts for its ward only provisionally: the place is provisional and"
          " the round is not published until a person has decided."),
        _("A criterion is left out for a ward only where a named person found that it does not apply."),
    )  # fmt: skip


def reading_lines() -> tuple[str, ...]:
    """Return what is proven of figures that enter without a look, and what waits for a person in any case."""
    proof = trust()["digital"].proof
    lines = [_proof_line(proof)] if proof else []
    if all(trust()[kind].proof is None for kind in ("scan", "poor_scan")):
        lines.append(_("For scanned pages no such bound is proven."))
    return tuple(lines)


def _proof_line(proof: Proof) -> str:
    line = _(
        "The reports were read by machine; a figure it was sure of counts without a look, every other waits for a"
        " person. On reports of writers it had never met, {wrong} of {accepted} sure figures were wrong: at most"
        " {bound} with 95% confidence, in text that was not scanned."
    )
    bound = percent(Decimal(str(proof.bound)) * 100)
    return line.format(wrong=number(Decimal(proof.wrong)), accepted=number(Decimal(proof.accepted)), bound=bound)


def range_lines(scores: Sequence[WardScore], found: Sequence[Width]) -> tuple[str, ...]:
    """Return from where the ranges of the wards' totals come and what narrows each, the widest source first."""
    wide = [width for width in found if width.points]
    if not wide:
        return ()
    ranked = sum(score.total is not None for score in scores)
    head = _(
        "The range of places of a ward comes from what is not known yet; on average of the wards, in points of 100:"
    )
    return (head, *(_width_line(width, ranked) for width in wide))


def _width_line(width: Width, ranked: int) -> str:
    line = _("– {points} points from {source} ({n} of {wards} wards); {remedy}.")
    source, remedy = _told(width.source)
    return line.format(points=words.points(width.points), source=source, n=width.wards, wards=ranked, remedy=remedy)


def _told(source: Source) -> tuple[str, str]:
    """Return what a source is and what narrows the range that comes from it."""
    return {
        Source.UNSURE: (
            _("figures the machine was not sure of"),
            _("this range narrows when the office looks at them and decides"),
        ),
        Source.NOT_PRINTED: (
            _("required figures that reports do not print and nobody asked for yet"),
            _("this range narrows when the wards are asked: they send them, or the figure scores 0"),
        ),
        Source.CONTRADICTORY: (
            _("figures that contradict or cannot be"),
            _("this range narrows when the wards correct or confirm them"),
        ),
        Source.NO_MARK: (
            _("marks that nobody gave yet"),
            _("this range narrows when the marks are given"),
        ),
        Source.FIGURES: (
            _("open findings, choice of measure and small counts"),
            _("this range narrows when the findings are decided; that of small counts stays"),
        ),
        Source.WEIGHTS: (
            _("the weights of the criteria, varied by 20%"),
            _("this range stays: it is a choice of the scorecard"),
        ),
    }[source]  # fmt: skip
