"""What roles, acts, fields and weights are called on the page.

Belongs here: names for codes the page shows. Stays out: states of the ledger, which have theirs (`pipelines.ledger`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from catalogue.figures import figure_definitions
from catalogue.scorecards import scorecards
from catalogue.wards import wards
from cchc.messages import translator
from validation.phrases import figure_name
from warehouse.acceptance import CLASSES, class_name

_ = translator("console")

UNSAID = frozenset(
    {"form_token", "password", "again", "seen", "only", "member", "keep", "sure", "lines", "back", "to", "try"}
)
"""Fields that are shown to nobody: passwords, and what the page filled in for itself."""

_LABEL = re.compile(r"/(\d{4}-(?:Q[1-4]|9M|M\d\d))(?=/|$|\?)")


def role_name(role: str) -> str:
    """Return what a role is called."""
    return {
        "viewer": _("viewer"),
        "clerk": _("clerk"),
        "head": _("head"),
        "operator": _("operator"),
        "ward": _("ward"),
    }.get(role, role)


def role_text(role: str) -> str:
    """Return what a role may do, in a sentence."""
    return {
        "viewer": _("Sees everything, changes nothing."),
        "clerk": _("Takes reports in, decides figures and findings, makes drafts. Does not publish."),
        "head": _("As a clerk; closes and publishes rounds, sets scorecards and calendar, sees the log."),
        "operator": _("Keeps the accounts and the services, runs what failed, sees the log. Decides nothing."),
        "ward": _("Sends the reports of one ward and confirms what was read from them. Sees nothing of others."),
    }.get(role, "")


def act_name(kind: str) -> str:
    """Return what an act is called."""
    return {
        "sign_in": _("signed in"),
        "set_password": _("set a password"),
        "add_account": _("added an account"),
        "change_account": _("changed an account"),
        "give_link": _("gave a link"),
        "submit": _("handed in files"),
        "collect": _("looked into the inbox"),
        "rerun": _("ran again"),
        "build": _("made results anew"),
        "letters": _("wrote letters"),
        "remind": _("sent letters that were due"),
        "place": _("placed a file"),
        "open": _("opened a round"),
        "close": _("closed a round"),
        "decide": _("decided"),
        "defer": _("put off"),
        "undo": _("undid a decision"),
        "mark": _("added a missed figure"),
        "publish": _("published"),
        "text": _("wrote a text of the report"),
        "scan": _("took in the signed copy"),
        "workbook": _("took in decisions from a workbook"),
        "confirm": _("confirmed what was read"),
        "card": _("set a scorecard"),
        "calendar": _("set days of a round"),
        "draw": _("drew figures to be checked blindly"),
        "blind_check": _("checked a figure blindly"),
        "switch_trust": _("switched a class of text"),
        "make_token": _("made a token for a program"),
        "revoke_token": _("revoked a token"),
    }.get(kind, kind)


def field_name(name: str) -> str:
    """Return what a field of a form, or a detail of an act, is called."""
    return {
        "value": _("value"),
        "why": _("why"),
        "action": _("act"),
        "login": _("signs in as"),
        "name": _("name"),
        "who": _("person"),
        "role": _("role"),
        "ward": _("ward"),
        "wards": _("wards"),
        "round": _("round"),
        "files": _("files"),
        "file": _("file"),
        "figure": _("figure"),
        "finding": _("finding"),
        "item": _("item"),
        "decision": _("decision"),
        "revision": _("edition"),
        "address": _("from"),
        "page": _("page"),
        "raw": _("printed"),
        "is_active": _("may sign in"),
        "sample": _("number of the draw"),
        "text_class": _("class of text"),
        "on": _("counts without a look"),
        "reason": _("why"),
        "days": _("days"),
        "receipt": _("receipt"),
        "right": _("right as printed"),
        "answer": _("answer"),
        "scope": _("Holds for"),
        "begins": _("Holds from"),
        "source": _("On what it rests"),
        "version": _("version"),
        "lines": _("lines"),
        "letters": _("letters"),
        "letter": _("letters"),
        "length": _("characters"),
        "by": _("by way of"),
        "body": _("text"),
        "class": _("class of text"),
        "reader": _("view"),
        "subject": _("known to the sign-in service as"),
        "machine_user": _("name on the machine"),
        "one_report": _("pages of one report"),
        "other": _("value"),
        "number": _("number on the page"),
        "language": _("language"),
        "window_start": _("The report covers events from"),
        "window_end": _("to"),
        "due": _("Due"),
        "opens_days": _("Collection opens, days before"),
        "grace_days": _("Taken in, days after"),
        "remind_days": _("Reminders, days before"),
        "chase_days": _("Asked again, days after"),
    }.get(name) or _criterion_number(name)


def field_text(name: str, value: Any) -> str:
    """Return what a field of a form, or a detail of an act, holds, in words where it holds a code."""
    if isinstance(value, list | tuple):
        return ", ".join(field_text(name, one) for one in value)
    if name in ("is_active", "right", "on", "one_report"):
        return _("yes") if value in (True, "yes") else _("no")
    if name in _CODES:
        return _CODES[name](str(value))
    return str(value)


def shown_fields(fields: Iterable[tuple[str, Any]]) -> list[tuple[str, str]]:
    """Return fields of a form, or details of an act, as a person reads them; what is empty or unsaid is left out."""
    return [
        (field_name(name), field_text(name, value))
        for name, value in fields
        if name not in UNSAID and value not in (None, "", [])
    ]


def weight_name(weight: str) -> str:
    """Return what the weight of an item is called."""
    return {"error": _("error"), "waiting": _("in doubt"), "remark": _("remark")}[weight]


def severity_name(severity: str) -> str:
    """Return what the severity of a finding is called."""
    return {"error": _("error"), "warning": _("remark"), "info": _("note")}.get(severity, severity)


def status_name(status: str) -> str:
    """Return what the state of a figure is called."""
    return {
        "entered": _("counts"),
        "marked": _("counts, marked"),
        "waiting": _("waits"),
        "blocked": _("does not count"),
    }.get(status, status)


def kind_name(kind: str) -> str:
    """Return what a kind of decision is called."""
    return {
        "accept": _("right as printed"),
        "enter": _("value entered"),
        "propose": _("proposal taken over"),
        "reject": _("kept out"),
        "reopen": _("undone"),
        "defer": _("put off"),
        "group": _("right as printed"),
        "none": _("does not stand there"),
    }.get(kind, kind)


def view_name(view: str) -> str:
    """Return whose view a token has, in words."""
    return {"office": _("the office's, with notes for the clerk"), "public": _("what may leave the office")}[view]


def service_name(unit: str) -> str:
    """Return what a service of the machine is called."""
    return {
        "cchc-console": _("this page"),
        "cchc-webserver": _("Dagster's page"),
        "cchc-daemon": _("runs by the clock and the inbox"),
        "cchc-backup.timer": _("nightly copy"),
    }.get(unit, unit)


def service_state(state: str) -> str:
    """Return how a service is, by systemd's word for it."""
    return {
        "active": _("at work"),
        "activating": _("beginning"),
        "inactive": _("stopped"),
        "failed": _("broke off"),
    }.get(state, state)


def label_of(path: str) -> str | None:
    """Return the round that a path of the page is about, None where it names none."""
    found = _LABEL.search(path)
    return found[1] if found else None


def number_name(path: str) -> str:
    """Return what a number of a criterion is called, by its way through the card's file (`console.cards`)."""
    first, *rest = path.split(".")
    words = {
        "points": _("Points"),
        "target": _("Target"),
        "floor": _("No points at"),
        "full_at": _("Full points at"),
        "zero_at": _("No points at"),
        "at_least": _("At least"),
        "at_most": _("At most"),
        "from": _("from"),
        "over": _("over"),
        "below": _("below"),
        "up_to": _("up to"),
    }
    if first == "bands":
        place, key = rest
        return _("Band {n}: {what}").format(n=int(place) + 1, what=words.get(key, key).lower())
    named = words.get(first, first)
    return _("{what}, quarter {n}").format(what=named, n=rest[0]) if rest else named


def _criterion_number(name: str) -> str:
    """Return what the field of a number of a criterion is called ("target.2.on_time"), any other as it is."""
    path, dot, code = name.rpartition(".")
    title = next((one.title for card in scorecards() for one in card.criteria if one.code == code), None)
    return f"{title}: {number_name(path)}" if dot and title else name


def _figure(code: str) -> str:
    return figure_name(code) if code in figure_definitions() else code


def _ward(slug: str) -> str:
    return wards()[slug].full_name if slug in wards() else slug


def _class(name: str) -> str:
    return class_name(name) if name in CLASSES else name


def _scope(scope: str) -> str:
    return {"round": _("this round alone"), "all": _("this round and later ones")}.get(scope, scope)


def _way(way: str) -> str:
    return {"workbook": _("workbook")}.get(way, way)


def _language(code: str) -> str:
    return {"vi": "Tiếng Việt", "en": "English"}.get(code, code)


_CODES: dict[str, Callable[[str], str]] = {
    "role": role_name,
    "action": kind_name,
    "decision": kind_name,
    "figure": _figure,
    "item": _figure,
    "ward": _ward,
    "wards": _ward,
    "text_class": _class,
    "class": _class,
    "scope": _scope,
    "by": _way,
    "language": _language,
}
"""Fields that hold codes, each with what turns a code into words."""
