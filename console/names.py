"""What roles, acts, fields and weights are called on the page.

Belongs here: names for codes the page shows. Stays out: states of the ledger, which have theirs (`pipelines.ledger`).
"""

from __future__ import annotations

import re

from cchc.messages import translator

_ = translator("console")

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
    }.get(name, name)


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
