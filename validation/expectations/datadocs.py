"""Data Docs: what Great Expectations said of a round, as pages to open.

Belongs here: writing the pages of one round in place of the former ones, and making them stand by themselves. As the
library writes them they fetch styles, scripts and pictures from a dozen servers: unreadable without a network, and with
one they tell strangers who reads.
Stays out: validating (`quality`).
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from catalogue.figures import figure_definitions
from cchc.messages import translator
from validation.phrases import figure_name

_ = translator("datadocs")

_FOREIGN = re.compile(
    r"""<script\b[^>]*\bsrc=["']https?:[^>]*>\s*</script>|<(?:link|img)\b[^>]*\b(?:href|src)=["']https?:[^>]*>"""
    r"""|<footer>.*?</footer>""",
    re.DOTALL,
)
_CODE = re.compile(r">\s*(\w+)\s*(?=</(?:h5|a|div)>)")
_TEXT = re.compile(r">(\s*)([^<>\s](?:[^<>]*[^<>\s])?)(\s*)<")
_NUMBER = re.compile(r"\d+")
_STYLE = """<style>
body { font: 15px/1.5 sans-serif; margin: 1.5em auto; max-width: 75em; padding: 0 1em; color: #222; }
table { border-collapse: collapse; margin: .5em 0 1.5em; } td, th { border: 1px solid #bbb; padding: .3em .6em; }
th { background: #eef2f6; text-align: left; } ul { columns: 3; } nav, .sticky, .modal, .d-none { display: none; }
.fa-check-circle::before { content: "✓"; color: #287a3d; } .fa-times::before { content: "✗"; color: #c33; }
.alert { border-left: 4px solid #89a; padding-left: .7em; }
</style>
</head>"""
_FORWARD = """<!doctype html>
<meta charset="utf-8"><meta http-equiv="refresh" content="0; url={0}">
<a href="{0}">{0}</a>
"""


def write_docs(context: Any, docs: Path) -> Path:
    """Write the Data Docs of what `context` has validated under `docs`, alone, and return the page to open."""
    for former in ("validations", "expectations", "static"):
        shutil.rmtree(docs / former, ignore_errors=True)
    docs.mkdir(parents=True, exist_ok=True)
    site = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(docs.resolve())},
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
    context.add_data_docs_site("round", site)
    context.build_data_docs(site_names=["round"])
    # Fonts and pictures of the library's own site, 4 MB a round; `standing_alone` leaves nothing that shows them.
    shutil.rmtree(docs / "static", ignore_errors=True)
    for page in docs.rglob("*.html"):
        page.write_text(standing_alone(page.read_text(encoding="utf-8")), encoding="utf-8")
    return _lead_to_result(docs)


def standing_alone(page: str) -> str:
    """Return a page in a plain style of its own, without what it would fetch, its figures named as people do.

    The library's own words are put into the language of the moment.
    """
    named = _CODE.sub(_heading, _FOREIGN.sub("", page))
    return _TEXT.sub(_spoken, named).replace("</head>", _STYLE, 1)


def _spoken(match: re.Match[str]) -> str:
    """Return a stretch of text translated, with its numbers as they are; what the catalogue has not stays."""
    before, text, behind = match.groups()
    if "{" in text or "}" in text:
        return match[0]
    said = _(_NUMBER.sub("{}", " ".join(text.split())))
    return f">{before}{said.format(*_NUMBER.findall(text))}{behind}<"


def _heading(match: re.Match[str]) -> str:
    code = match[1]
    return f">{figure_name(code)} ({code})" if code in figure_definitions() else match[0]


def _lead_to_result(docs: Path) -> Path:
    """Make the index, a table that only a foreign script would fill, lead to the one result there is."""
    (result,) = (docs / "validations").rglob("*.html")
    index = docs / "index.html"
    index.write_text(_FORWARD.format(result.relative_to(docs).as_posix()), encoding="utf-8")
    return index
