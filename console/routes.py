"""Every page with the right it needs: the only place that says who may see what.

Belongs here: paths, methods, rights. Stays out: what a page does (`pages`), the gate (`guard`).
"""

from __future__ import annotations

from dataclasses import dataclass

from console.guard import Page
from console.pages import (
    calendar,
    cards,
    dictionary,
    door,
    entry,
    operators,
    papers,
    people,
    pictures,
    reminders,
    review,
    sample,
    service,
    sheets,
    standing,
    tokens,
    wards,
)
from console.pages import round as rounds
from warehouse.people.roles import Right


@dataclass(frozen=True)
class Way:
    """One path and method with its page; `right` None lets everybody pass."""

    method: str
    path: str
    page: Page
    right: Right | None


WAYS: tuple[Way, ...] = (
    Way("GET", "/sign-in", entry.sign_in_page, None),
    Way("POST", "/sign-in", entry.sign_in, None),
    Way("GET", "/service", service.begin, None),
    Way("GET", "/service/back", service.come_back, None),
    Way("GET", "/link/{secret}", entry.link_page, None),
    Way("POST", "/link/{secret}", entry.use_link, None),
    Way("POST", "/language", entry.speak, None),
    Way("POST", "/sign-out", entry.sign_out, None),
    Way("GET", "/round", rounds.latest, Right.SEE),
    Way("GET", "/round/{label}", rounds.board, Right.SEE),
    Way("POST", "/round/{label}/upload", rounds.upload, Right.INTAKE),
    Way("POST", "/round/{label}/work/{work}", rounds.work, Right.RUN),
    Way("POST", "/round/{label}/close", rounds.close, Right.CLOSE),
    Way("GET", "/round/{label}/letter/{name}", rounds.letter_file, Right.SEE),
    Way("GET", "/round/{label}/reminders", reminders.show, Right.SEE),
    Way("POST", "/round/{label}/reminders", reminders.send, Right.RUN),
    Way("GET", "/files", rounds.files, Right.SEE),
    Way("POST", "/files/{number:int}/place", rounds.place, Right.INTAKE),
    Way("GET", "/original/{number:int}", rounds.original, Right.SEE),
    Way("GET", "/job/{job}", rounds.job, Right.SEE),
    Way("GET", "/job/{job}/events", rounds.job_events, Right.SEE),
    Way("GET", "/review/{label}", review.begin, Right.SEE),
    Way("GET", "/review/{label}/nothing", review.nothing, Right.SEE),
    Way("GET", "/review/{label}/workbook.xlsx", sheets.hand_out, Right.DECIDE),
    Way("POST", "/review/{label}/workbook", sheets.take_back, Right.DECIDE),
    Way("POST", "/review/{label}/workbook/record", sheets.record, Right.DECIDE),
    Way("POST", "/review/{label}/undo", review.undo, Right.DECIDE),
    Way("GET", "/review/{label}/{ward}/mark", review.mark, Right.SEE),
    Way("POST", "/review/{label}/{ward}/mark", review.add_marked, Right.DECIDE),
    Way("GET", "/review/{label}/{ward}/{name}", review.show, Right.SEE),
    Way("POST", "/review/{label}/{ward}/{name}", review.decide, Right.DECIDE),
    Way("GET", "/sample/{label}", sample.show, Right.SEE),
    Way("POST", "/sample/{label}/draw", sample.begin, Right.DECIDE),
    Way("POST", "/sample/{label}/switch", sample.switch_class, Right.PUBLISH),
    Way("POST", "/sample/{label}/{number:int}", sample.check, Right.DECIDE),
    Way("GET", "/picture/{sha256}/{page:int}.png", pictures.picture, Right.SEE),
    Way("GET", "/sheet/{report:int}/{page:int}.png", pictures.sheet, Right.SEE),
    Way("GET", "/ward/{ward}/{label}", wards.ward, Right.SEE),
    Way("GET", "/place/{label}/{ward}/{figure}", wards.place, Right.SEE),
    Way("GET", "/search", wards.search, Right.SEE),
    Way("GET", "/dictionary", dictionary.show, Right.SEE),
    Way("GET", "/compare", wards.compare, Right.SEE),
    Way("GET", "/totals/{label}", standing.totals, Right.SEE),
    Way("GET", "/ranking/{label}", standing.ranking, Right.SEE),
    Way("GET", "/ranking/{label}/what-if", standing.what_if, Right.SEE),
    Way("GET", "/ranking/{label}/{ward}", standing.explained, Right.SEE),
    Way("GET", "/papers/{label}", papers.papers, Right.SEE),
    Way("POST", "/papers/{label}/publish", papers.publish, Right.PUBLISH),
    Way("POST", "/papers/{label}/text", papers.write, Right.DRAFT),
    Way("POST", "/papers/{label}/signed", papers.take_signed, Right.DRAFT),
    Way("GET", "/papers/{label}/signed/{number:int}", papers.signed_file, Right.SEE),
    Way("GET", "/papers/{label}/changes/{number:int}", papers.edition_changes, Right.SEE),
    Way("GET", "/papers/{label}/draft/{name}", papers.draft_file, Right.SEE),
    Way("GET", "/papers/{label}/edition/{edition}/{name}", papers.published_file, Right.SEE),
    Way("GET", "/scorecard", cards.card, Right.SEE),
    Way("POST", "/scorecard", cards.change, Right.SET_CARDS),
    Way("GET", "/calendar/{label}", calendar.show, Right.SEE),
    Way("POST", "/calendar/{label}", calendar.change, Right.SET_CARDS),
    Way("GET", "/door", door.door, Right.OWN_WARD),
    Way("POST", "/door/send", door.send, Right.OWN_WARD),
    Way("POST", "/door/confirm", door.confirm, Right.OWN_WARD),
    Way("GET", "/operators", operators.operators, Right.OPERATE),
    Way("GET", "/may/{what}", operators.may_pass, None),
    Way("GET", "/people", people.people, Right.KEEP_PEOPLE),
    Way("POST", "/people", people.add, Right.KEEP_PEOPLE),
    Way("POST", "/people/{number:int}", people.change, Right.KEEP_PEOPLE),
    Way("POST", "/people/{number:int}/link", people.give_link, Right.KEEP_PEOPLE),
    Way("GET", "/tokens", tokens.show, Right.KEEP_PEOPLE),
    Way("POST", "/tokens", tokens.make, Right.KEEP_PEOPLE),
    Way("POST", "/tokens/{number:int}/revoke", tokens.revoke, Right.KEEP_PEOPLE),
    Way("GET", "/acts", people.acts_page, Right.SEE_ACTS),
    Way("GET", "/acts.csv", people.acts_file, Right.SEE_ACTS),
)
