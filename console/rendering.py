"""Templates: one environment, with the office's words, numbers and dates.

Belongs here: filters and functions templates may use. Stays out: what a page shows.

Everything put into a template is escaped; text of reports and names of files come from outside.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from catalogue.figures import figure_definitions
from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc import formats
from cchc.clock import ZONE
from cchc.messages import language, spoken, translator
from cchc.text import places_alone
from console import names
from pipelines.ledger.names import edition_number, outcome_name, step_name
from validation.audience import told_finding
from validation.phrases import figure_name
from warehouse.judging import shown_value
from warehouse.people.roles import Right

_ = translator("console")

_NAMES = (
    "role_name",
    "role_text",
    "act_name",
    "shown_fields",
    "weight_name",
    "label_of",
    "severity_name",
    "status_name",
    "kind_name",
    "number_name",
    "view_name",
    "service_name",
    "service_state",
)


def render(template: str, values: Mapping[str, Any]) -> str:
    """Return a template filled in, in the language of the moment."""
    return _environment().get_template(f"{template}.html.j2").render(values)


def ward_name(slug: str) -> str:
    """Return a ward's full name, its slug where it is unknown."""
    found = wards().get(slug)
    return found.full_name if found else slug


def round_name(label: str) -> str:
    """Return what people call a round."""
    return f"{parse_round(label).title_vi}" if language() == "vi" else label


def value_text(figure: str | None, value: Decimal | None) -> str:
    """Return a value as people write it, with its unit where that is percent or money."""
    if value is None:
        return "–"
    if figure is None or figure not in figure_definitions():
        return formats.number(value)
    unit = " đ" if figure_definitions()[figure].unit == "vnd" else ""
    return shown_value(figure, value) + unit


def marked(sentence: str, raw: str, offset: int | None = None) -> Markup:
    """Return a sentence with the number it is quoted for marked; everything of it is escaped.

    Without a known place the number is marked only where it stands once: a mark at another number that reads the same
    would be worse than none.
    """
    place = offset if offset is not None and sentence.startswith(raw, offset) else _only_place(sentence, raw)
    if place is None or not raw:
        return escape(sentence)
    end = place + len(raw)
    return Markup("{}<mark>{}</mark>{}").format(sentence[:place], sentence[place:end], sentence[end:])


def _only_place(sentence: str, raw: str) -> int | None:
    found = places_alone(sentence, raw) or [m.start() for m in re.finditer(re.escape(raw), sentence)]
    return found[0] if len(found) == 1 else None


def local(value: datetime | None) -> str:
    """Return a moment in the office's zone."""
    return formats.moment(value.astimezone(ZONE) if value else None)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("console"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"_": _, "Right": Right, "ward_name": ward_name, "round_name": round_name}
    environment.globals |= {name: getattr(names, name) for name in _NAMES}
    environment.globals |= {"edition_number": edition_number, "outcome_name": outcome_name, "step_name": step_name}
    environment.filters |= {
        "day": formats.day,
        "moment": local,
        "number": formats.number,
        "percent": formats.percent,
        "share": lambda value: formats.percent(100 * value, 0),
        "spoken": spoken,
        "told_ward": lambda finding: told_finding(finding, "ward"),
        "figure": figure_name,
        "value": lambda value, figure=None: value_text(figure, value),
        "marked": marked,
    }
    return environment
