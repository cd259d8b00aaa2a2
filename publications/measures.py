"""Figures and indicators by the names papers call them.

Belongs here: titles and chapters for people, from the catalogue.
Stays out: values.
"""

from __future__ import annotations

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators
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
        "indicators": _("Computed ratios"),
    }.get(group, group)


def measures() -> tuple[Measure, ...]:
    """Return every figure in the order of the catalogue, then every indicator."""
    english = language() == "en"
    figures = [
        Measure(f.code, f.code.replace("_", " ") if english else f.meaning_vi, f.unit, chapter(f.group))
        for f in figure_definitions().values()
    ]
    ratios = [
        Measure(i.code, i.meaning_en if english else i.meaning_vi, "percent", chapter("indicators"))
        for i in indicators().values()
    ]
    return (*figures, *ratios)
