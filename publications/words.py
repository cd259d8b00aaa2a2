"""The words papers share: units, states, gaps, editions, and numbers by their unit.

Belongs here: names in the language of the moment for the codes that values carry.
Stays out: sentences of one paper only.
"""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from catalogue.figures import Unit
from cchc.formats import moment as shown_moment
from cchc.formats import number, paper_day, percent
from cchc.messages import translator
from publications.content import Arrival, ChangeKind, Edition, RoundContent
from scoring.inputs import Status
from scoring.values import Comparison, Robustness
from validation.units import unit_name

_ = translator("publications")

SEVERITIES = ("error", "warning", "info")
NO_VALUE = "–"


def amount(value: Decimal | None, unit: Unit) -> str:
    """Return a value for people by its unit: 1.234, 87,34% or 1.234.567 (dong)."""
    return percent(value) if unit == "percent" else number(value)


def points(value: Decimal | None) -> str:
    """Return points with two decimals."""
    return number(value, 2)


def share(value: Decimal | float | None) -> str:
    """Return a share of 0–1 as a percentage without decimals."""
    return percent(None if value is None else Decimal(str(value)) * 100, 0)


def reach(firm: Robustness | None) -> str:
    """Return the places a ward may take, as 8–11 or 14 alone; a dash where it has none."""
    if firm is None:
        return NO_VALUE
    return str(firm.best) if firm.best == firm.worst else f"{firm.best}–{firm.worst}"


def quoted(page: int | None, sentence: str) -> str:
    """Return a sentence of a report with its page; formats without pages have none."""
    return _("Page {n}: “{sentence}”").format(n=page, sentence=sentence) if page else f"“{sentence}”"


def signed(value: int | None) -> str:
    """Return a change of place with its sign; no change is an equals sign, none known a dash."""
    if value is None:
        return NO_VALUE
    return "=" if value == 0 else f"{'▲' if value > 0 else '▼'} {abs(value)}"


def unit(code: Unit) -> str:
    """Return the name of a unit."""
    return unit_name(code)


def compared(comparison: Comparison | None, unit: Unit) -> str:
    """Return a total then and now over the wards that have both, with their number and the change; a dash for none.

    Where the reports cover unlike times the two are not set side by side.
    """
    if comparison is None or comparison.then is None:
        return NO_VALUE
    if comparison.comparable is None:
        return _("unlike times, not compared")
    line = _("{then} → {now} ({n} wards)")
    text = line.format(then=amount(comparison.then, unit), now=amount(comparison.now, unit), n=comparison.covered)
    change = comparison.change if unit == "percent" else comparison.change_pct
    return text if change is None else f"{text}; {'+' if change > 0 else ''}{percent(change)}"


def status(code: Status) -> str:
    """Return whether a figure counts, in words."""
    return {
        "entered": _("counted"),
        "marked": _("counted, to be confirmed"),
        "waiting": _("not counted: waits for a person"),
        "blocked": _("not counted: open error"),
        "dropped": _("printed in an earlier version only"),
    }[code]


def arrival(code: Arrival) -> str:
    """Return what became of a report, in words."""
    return {
        "on_time": _("on time"),
        "late": _("late"),
        "missing": _("not received"),
        "unread": _("received, could not be read"),
    }[code]


def severity(code: str) -> str:
    """Return how grave a finding is, in words."""
    return {"error": _("Error"), "warning": _("Warning"), "info": _("Remark")}.get(code, code)


def change_kind(code: ChangeKind) -> str:
    """Return what kind of thing changed between two revisions."""
    return {
        "figure": _("Figure"),
        "total": _("Total"),
        "points": _("Points"),
        "place": _("Place"),
        "report": _("Report"),
        "finding": _("One finding"),
    }[code]


def edition(value: Edition, moment: datetime) -> str:
    """Return which edition a paper is, in a line for its head."""
    if value.draft:
        return _("DRAFT of {day}, not published").format(day=paper_day(moment)) + _figures_of(value, moment)
    if value.revision == 0:
        return _("Published on {day} by {by}").format(day=paper_day(moment), by=value.published_by)
    line = _("Revision {n}, published on {day} by {by}")
    return line.format(n=value.revision, day=paper_day(moment), by=value.published_by)


def draft_note(value: Edition, moment: datetime) -> str:
    """Return what a draft says of its figures on its first page, "" for a published paper or a basis not known."""
    if not value.draft or not value.basis:
        return ""
    line = _(
        "Draft made at {at} from the figures {code}. "
        "Where the figures bear another code now, it is older than they are."
    )
    return line.format(at=shown_moment(moment), code=value.basis)


def _figures_of(value: Edition, moment: datetime) -> str:
    if not value.basis:
        return ""
    return _(" (figures {code} at {at})").format(code=value.basis, at=f"{moment:%H:%M}")


def paper_title(content: RoundContent) -> str:
    """Return the title every paper of a round bears."""
    line = _("Administrative reform in the wards of {district}, {round}")
    return line.format(district=content.office.district, round=content.round.title_vi)


def capital(text: str) -> str:
    """Return `text` with its first letter a capital, as "Phường Phổ Minh"."""
    return text[:1].upper() + text[1:]
