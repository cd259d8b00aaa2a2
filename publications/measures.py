"""Figures and indicators by the names papers call them.

Belongs here: titles and chapters for people, from the catalogue.
Stays out: values.
"""

from __future__ import annotations

from catalogue.figures import FigureDefinition, Unit, figure_definitions
from catalogue.indicators import additive, indicators
from cchc.messages import language, translator
from publications.content import Measure

_ = translator("publications")

MAIN_MEASURES = (
    "dossiers_received",
    "on_time_share",
    "online_share",
    "satisfaction_pct",
)
"""What trend charts and the tile map show first; any that a round lacks is left out."""

DISTRICT_MEASURES = ("dossiers_received", "dossiers_resolved", "on_time_share", "online_share")
"""What the district's charts show; printed percentages have no sum."""


def chapter(group: str) -> str:
    """Return the name of a chapter of the report."""
    return {
        "steering": _("Direction and steering"),
        "institutions": _("Institutional reform"),
        "procedures": _("Administrative procedures"),
        "organisation": _("Organisation"),
        "civil_service": _("Civil service"),
        "finance": _("Public finance"),
        "egovernment": _("E-government"),
        "since_2025": _("Since the two levels of 1 July 2025"),
        "indicators": _("Computed ratios"),
    }.get(group, group)


def measures() -> tuple[Measure, ...]:
    """Return every figure in the order of the catalogue, then every indicator."""
    english = language() == "en"
    figures = [
        _measure(f.code, f.code.replace("_", " ") if english else f.meaning_vi, f.unit, f.group, _taken_apart(f))
        for f in figure_definitions().values()
    ]
    ratios = [
        _measure(i.code, i.meaning_en if english else i.meaning_vi, "percent", "indicators", i.additive)
        for i in indicators().values()
    ]
    return (*figures, *ratios)


def _taken_apart(figure: FigureDefinition) -> bool:
    """Return whether a quarter's own value may be another than the report's: `mart_trend` subtracts rounds before."""
    return additive(figure.code) or figure.basis == "ytd"


def _measure(code: str, title: str, unit: Unit, group: str, taken_apart: bool) -> Measure:
    """Return a measure; a quarter's own value bears a name of its own, or one name would stand over two values."""
    own = _("{title} (of the quarter alone)").format(title=title) if taken_apart else title
    return Measure(code, title, unit, chapter(group), own)
