"""What units and bases of figures are called.

Belongs here: a word for every unit, and for what a figure is counted over, in the language of the moment.
Stays out: which figure has which (`catalogue.figures`), names of figures (`validation.phrases`).
"""

from __future__ import annotations

from catalogue.figures import Basis, Unit
from cchc.messages import translator

_ = translator("validation")


def unit_name(unit: Unit) -> str:
    """Return the name of a unit."""
    return {"count": _("number"), "percent": "%", "vnd": _("dong"), "points": _("points")}[unit]


def basis_name(basis: Basis) -> str:
    """Return what a figure is counted over."""
    return {
        "period": _("the round's period"),
        "ytd": _("the year so far"),
        "year": _("the whole year"),
        "point": _("the day of the report"),
        "prior": _("the same period last year"),
        "ratio": _("a ratio as printed"),
    }[basis]
