"""The page of a round: one HTML file that needs nothing but a browser.

Belongs here: putting template, style and script into one file under a content policy that allows nothing else.
Stays out: what is shown (`view`), and any network.

Everything from outside passes through the template's escaping; styles and scripts run by their hash alone, so that
text which got through by mistake could still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from cchc import formats
from cchc.messages import language, translator
from publications import words
from publications.content import RoundContent
from publications.coverage import brackets_told, shown_total, total_notes
from publications.method import method_lines, places_told, required
from publications.page.trend_view import district_trend
from publications.page.view import map_measures, ward_views
from publications.phrases import arrived, change_cells, finding_message, ordered_findings, reason

__all__ = ["make_page"]

_ = translator("publications")


def make_page(content: RoundContent) -> bytes:
    """Return the page of a round as UTF-8 HTML; equal content gives equal bytes."""
    style = _source("page.css") + _tile_places(content)
    script = _source("page.js")
    shown = map_measures(content)
    page = _environment().get_template("page.html.j2")
    html = page.render(
        content=content,
        words=words,
        formats=formats,
        language=language(),
        title=words.paper_title(content),
        edition=words.edition(content.edition, content.moment),
        wards=ward_views(content),
        findings=ordered_findings(content),
        finding_message=finding_message,
        arrived=arrived,
        reason=lambda row: reason(content, row),
        changes=[change_cells(content, change) for change in content.edition.changes],
        shown_total=shown_total,
        brackets=brackets_told(),
        total_notes=total_notes(content.result.rollup, content.title),
        required=required(content.scorecard, content.round),
        places_told=places_told(),
        method=method_lines(content.result.scores, content.widths),
        totals=[row for row in content.result.rollup if row.scope == "all" and row.value is not None],
        map_measures=shown,
        district_trend=district_trend(content),
        data={"measures": {m.code: m.tiles for m in shown}},
        words_for_script=_script_words(),
        style=Markup(style),  # noqa: S704 (our own file and checked slugs)
        script=Markup(script),  # noqa: S704 (our own file)
        policy=_policy(style, script),
    )
    return html.encode()


def _script_words() -> dict[str, str]:
    """Return what the script says to the reader."""
    return {
        "sorted": _("Sorted by {column}, {direction}"),
        "up": _("ascending"),
        "down": _("descending"),
        "none": _("no value"),
        "found": _("{n} places found"),
        "first": _("the first {n} are shown"),
    }


def _policy(style: str, script: str) -> str:
    """Return the content policy: this style, this script, pictures inside the file, and nothing else."""
    parts = {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in parts.items())


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _tile_places(content: RoundContent) -> str:
    """Return the style rules that put each tile in its place; a ward without one goes under the map."""
    known = content.ward_by_slug
    placed = [tile for tile in content.office.tiles if tile.ward in known]
    return "".join(f"#tile-{tile.ward}{{grid-area:{tile.row}/{tile.column}}}\n" for tile in placed)


@cache
def _environment() -> Environment:
    folder = resources.files("publications") / "templates"
    made = Environment(
        loader=FileSystemLoader(str(folder)),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["_"] = _
    return made


@cache
def _source(name: str) -> str:
    return (resources.files("publications") / "templates" / name).read_text(encoding="utf-8")
