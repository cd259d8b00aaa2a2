"""Figures by the names people give them: the code, or the Vietnamese meaning as it is printed.

Belongs here: matching a name typed with or without marks. Stays out: phrases of reports (`catalogue.labels`).
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache

from catalogue.figures import figure_definitions
from cchc.errors import CallError
from cchc.messages import translator
from cchc.text import fold

_ = translator("people")

_ASIDE = re.compile(r"\s*\([^)]*\)")


def figure_named(text: str) -> str:
    """Return the code of the figure that a text names: its code, its meaning, or a beginning that only it has.

    Raises:
        CallError: none or several are called so; the message says which are alike.
    """
    wanted = fold(text)
    if text.strip() in figure_definitions():
        return text.strip()
    names = _names()
    if wanted in names:
        return names[wanted]
    found = sorted({code for name, code in names.items() if wanted and wanted in name})
    if len(found) == 1:
        return found[0]
    close = found or [names[name] for name in get_close_matches(wanted, names, n=4, cutoff=0.5)]
    alike = "; ".join(figure_definitions()[code].meaning_vi for code in dict.fromkeys(close[:4]))
    if alike:
        raise CallError(
            _("'{text}' names no single figure; did you mean one of: {alike}").format(text=text, alike=alike)
        )
    raise CallError(_("'{text}' names no figure").format(text=text))


@cache
def _names() -> dict[str, str]:
    """Return folded name → code; what stands in brackets may be left out where that names one figure only."""
    whole = {fold(figure.meaning_vi): code for code, figure in figure_definitions().items()}
    short: dict[str, list[str]] = {}
    for code, figure in figure_definitions().items():
        short.setdefault(fold(_ASIDE.sub("", figure.meaning_vi)), []).append(code)
    return {name: codes[0] for name, codes in short.items() if len(codes) == 1} | whole
