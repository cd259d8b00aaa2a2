"""What a heading or the opening of a sentence says of all that follows: results or plans, and whose section it is.

Belongs here: telling goals, requests and plans from results, and the group of figures that a heading names.
Stays out: the order of headings (`lines`).
"""

from __future__ import annotations

import re

from catalogue.wordlists import either
from parsers.figures.analysis import Analysis

_GOALS = re.compile(either("goals", " "))
_REQUESTS = re.compile(
    rf"[\W\d]*(?:[ivx]+[.)]|{either('part_word')}\s+\w+[.:]?|\d+[.)]|[a-zđ][.)])?\s*(?:(?:{either('plural_words')})\s+)?"
    rf"(?:{either('requests', ' ')})"
)
_RESULTS = re.compile(either("results", " "))
_OPENING = re.compile(r"[\s\-+•*\d.)a-zđ]{0,6}?(?=[^\W\d_]{2})")
_PLANNING = re.compile(rf"(?:{either('planning', ' ')})(?!\w)")
_SECTIONS = {
    "steering": re.compile(either("section_steering", " ")),
    "institutions": re.compile(either("section_institutions", " ")),
    "procedures": re.compile(either("section_procedures", " ")),
    "organisation": re.compile(either("section_organisation", " ")),
    "civil_service": re.compile(either("section_civil_service", " ")),
    "finance": re.compile(either("section_finance", " ")),
    "egovernment": re.compile(either("section_egovernment", " ")),
}


def announces(analysis: Analysis, start: int) -> bool:
    """Return whether a sentence opens with a plan or a request ("Phấn đấu …", "Đề nghị …")."""
    first = _OPENING.match(analysis.levelled, start)
    return _PLANNING.match(analysis.levelled, first.end() if first else start) is not None


def plans(analysis: Analysis) -> bool:
    """Return whether a line is headed by what is to come ("Quý IV: …")."""
    first = _OPENING.match(analysis.levelled)
    ahead = next((h for h in analysis.hits if h.start <= (first.end() if first else 0) + 12), None)
    if ahead is None or "p_future" not in ahead.names:
        return False
    return analysis.levelled[ahead.end : ahead.end + 2].lstrip().startswith(":")


def speaks_of_goals(heading: Analysis) -> bool:
    """Return whether a heading opens goals, tasks to come or requests, and not results."""
    text = heading.levelled
    if _REQUESTS.match(text):
        return True
    if _RESULTS.search(text):
        return False
    if _GOALS.search(text):
        return True
    names = heading.names
    return "p_future" in names and "p_this" not in names


def groups_named(heading: Analysis) -> set[str]:
    """Return the groups of figures that a heading names."""
    return {group for group, pattern in _SECTIONS.items() if pattern.search(heading.levelled)}
