"""Which ward and round a file is taken into, or why a person has to say so.

Belongs here: the decision as a pure function of what was read, who sent it, when, and what a person said; the reason
for each refusal in words a clerk understands. Stays out: reading, keeping, recording.

A file is placed only when it was read, is a report, and names a ward and a round with confidence; every doubt is a
named reason and a person's task. A person's word (`cchc submit --ward --round`) places any file, and is kept as such.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from catalogue.gazetteer import is_ours, known_name
from catalogue.rounds import Round, is_kept, parse_round
from catalogue.wards import Ward, wards, wards_on
from cchc.errors import CatalogueError, PlacementError
from cchc.formats import day
from cchc.messages import Language, translator, use_language
from parsers.outcomes import Outcome
from parsers.reading import Identity

SURE = 0.8
"""The confidence of an identity below which a person places the report (`parsers.reading.Identity`)."""

_ = translator("operations")


class Doubt(StrEnum):
    """Why a report that was read well still needs a person: more precise than the outcome UNSURE."""

    LOW_CONFIDENCE = "low_confidence"
    WRONG_KIND = "wrong_kind"
    UNIT_NOT_VALID = "unit_not_valid"
    ROUND_NOT_BEGUN = "round_not_begun"
    ROUND_NOT_KEPT = "round_not_kept"
    SENDER_CONFLICT = "sender_conflict"


@dataclass(frozen=True)
class PersonsWord:
    """A person's statement of which report a file is; `by` names the person."""

    ward: str
    round: str
    by: str


@dataclass(frozen=True)
class Placement:
    """What becomes of a file: its outcome, the ward and round it is taken into (None: it waits for a person), why.

    `reason_code` is empty for a file placed without doubt, an `Outcome` or `Doubt` value otherwise; `detail` is what
    the reason is about (the other town, the two wards). `by` names the person whose word placed it.
    """

    outcome: Outcome
    ward: str | None = None
    round: str | None = None
    reason_code: str = ""
    detail: str = ""
    by: str = ""

    @property
    def placed(self) -> bool:
        """Return whether the file has found its ward and round."""
        return self.ward is not None and self.round is not None

    @property
    def readable(self) -> bool:
        """Return whether there is a report to read figures from."""
        return self.placed and (self.outcome is Outcome.READ)

    def message(self, language: Language) -> str:
        """Return what happened to the file and what to do next, in one language; empty where nothing is to be said."""
        if not self.reason_code:
            return ""
        with use_language(language):
            return REASONS[self.reason_code]().format(detail=self.detail)


def place(
    identity: Identity, received: date, *, sender_ward: str | None = None, word: PersonsWord | None = None
) -> Placement:
    """Return where a report that could be read belongs.

    `received` is the day it arrived, `sender_ward` the ward whose known address sent it.

    Raises:
        PlacementError: the person's word names a ward or round that cannot be.
    """
    if word is not None:
        return _by_word(word, Outcome.READ, "")
    return _refused(identity) or _doubted(identity, received, sender_ward) or _placed(identity)


def place_unreadable(outcome: Outcome, *, word: PersonsWord | None = None) -> Placement:
    """Return what becomes of a file that could not be read: it waits, or stands as sent but unreadable by a word."""
    if word is not None:
        return _by_word(word, outcome, outcome.value)
    return Placement(outcome, reason_code=outcome.value)


def _by_word(word: PersonsWord, outcome: Outcome, reason: str) -> Placement:
    unit = wards().get(word.ward)
    if unit is None:
        raise PlacementError(
            Outcome.UNKNOWN_WARD,
            _("no ward is called '{ward}'; give one of: {known}").format(
                ward=word.ward, known=", ".join(sorted(wards()))
            ),
        )
    try:
        found = parse_round(word.round)
    except CatalogueError as error:
        raise PlacementError(
            Outcome.NO_ROUND,
            _("'{round}' names no round; write a year and a quarter, as 2023-Q3").format(round=word.round),
        ) from error
    if not is_kept(found) or not reports_in(unit, found):
        raise PlacementError(
            Outcome.UNKNOWN_WARD,
            _("{ward} does not report in round {round}: it exists from {first} to {last}; name another round").format(
                ward=unit.full_name,
                round=found.label,
                first=day(unit.valid_from),
                last=day(unit.valid_to) if unit.valid_to else _("today"),
            ),
        )
    return Placement(outcome, unit.slug, found.label, reason_code=reason, by=word.by)


def _refused(identity: Identity) -> Placement | None:
    """Return why a document is no report of a ward and round of ours, None where it is one."""
    if not identity.is_report:
        return _waits(Outcome.NOT_A_REPORT)
    if identity.other_town:
        return _waits(Outcome.OTHER_TOWN, detail=identity.other_town)
    if not is_ours(identity.ward, identity.office):
        return _waits(Outcome.OTHER_TOWN, detail=known_name(identity.ward, identity.office))
    if identity.ward is None or identity.ward not in wards():
        return _waits(Outcome.UNKNOWN_WARD, detail=identity.agency)
    if identity.round is None:
        return _waits(Outcome.NO_ROUND, detail=wards()[identity.ward].full_name)
    return None


def _doubted(identity: Identity, received: date, sender_ward: str | None) -> Placement | None:
    """Return why a person should look at a report that says whose it is, None where nothing speaks against it."""
    unit, found = wards()[str(identity.ward)], parse_round(str(identity.round))
    if not is_kept(found):
        return _waits(Outcome.UNSURE, Doubt.ROUND_NOT_KEPT, f"{unit.full_name}, {found.label}")
    if not reports_in(unit, found):
        return _waits(Outcome.UNSURE, Doubt.UNIT_NOT_VALID, f"{unit.full_name}, {found.label}")
    if received < found.window_start:
        return _waits(Outcome.UNSURE, Doubt.ROUND_NOT_BEGUN, f"{unit.full_name}, {found.label}")
    if sender_ward is not None and sender_ward != unit.slug:
        sent_by = wards()[sender_ward].full_name if sender_ward in wards() else sender_ward
        return _waits(Outcome.UNSURE, Doubt.SENDER_CONFLICT, f"{sent_by} / {unit.full_name}")
    if identity.misnamed:
        return _waits(Outcome.UNSURE, Doubt.WRONG_KIND, f"{identity.misnamed} / {unit.full_name}")
    if identity.confidence < SURE:
        return _waits(Outcome.UNSURE, Doubt.LOW_CONFIDENCE, f"{unit.full_name}, {found.label}")
    return None


def _placed(identity: Identity) -> Placement:
    return Placement(Outcome.READ, identity.ward, identity.round)


def _waits(outcome: Outcome, doubt: Doubt | None = None, detail: str = "") -> Placement:
    return Placement(outcome, reason_code=(doubt or outcome).value, detail=detail)


def reports_in(unit: Ward, found: Round) -> bool:
    """Return whether a unit has to report in a round: it exists on the last day of the round's window."""
    return unit.valid_on(found.window_end)


def expected_wards(found: Round) -> list[Ward]:
    """Return the units that have to report in a round, in the order of their official codes."""
    return wards_on(found.window_end)


REASONS: dict[str, Callable[[], str]] = {
    Outcome.ENCRYPTED: lambda: _("The file is protected by a password. Ask the ward to send it without one."),
    Outcome.DAMAGED: lambda: _("The file is damaged or cut short. Ask the ward to send it again."),
    Outcome.EMPTY: lambda: _("The file is empty. Ask the ward to send it again."),
    Outcome.NO_TEXT: lambda: _(
        "The file has no text and its pictures could not be read. Ask for a clearer scan or the Word file."
    ),
    Outcome.TOO_LARGE: lambda: _(
        "The file is larger than a report may be, or unpacks to an unreasonable size. It was not opened; look at it."
    ),
    Outcome.TIMED_OUT: lambda: _(
        "Reading the file took too long and was stopped. Run it once more; if it stops again, ask for another format."
    ),
    Outcome.OUT_OF_MEMORY: lambda: _(
        "Reading the file needed too much memory and was stopped. Ask the ward for a smaller file or another format."
    ),
    Outcome.CRASHED: lambda: _(
        "The reader broke off at this file. Run it once more; if it breaks again, ask for another format."
    ),
    Outcome.UNSUPPORTED: lambda: _(
        "The file is of a kind that is not read here. Reports are taken as Word, OpenDocument, "
        "Excel or PDF files, scans and photos, also in mails and archives."
    ),
    Outcome.NOT_A_REPORT: lambda: _(
        "The document is not a ward's report on administrative reform. If it is one, place it on the "
        "page or with cchc submit."
    ),
    Outcome.UNKNOWN_WARD: lambda: _(
        "The letterhead names no ward that is known here ({detail}). Say which ward it is on the page "
        "or with cchc submit."
    ),
    Outcome.OTHER_TOWN: lambda: _("The report is of a unit of another office: {detail}. Send it on or ask the sender."),
    Outcome.NO_ROUND: lambda: _(
        "The report of {detail} does not say which quarter or half-year it covers. Say it on the page "
        "or with cchc submit."
    ),
    Outcome.UNSURE: lambda: _(
        "It is not certain which ward or round the report is of ({detail}). Look at it and place it on "
        "the page or with cchc submit."
    ),
    Outcome.TWO_REPORTS: lambda: _(
        "The pictures show the first pages of more than one report. Hand in each report's by themselves: cchc submit "
        "--one-report."
    ),
    Outcome.OCR_MISSING: lambda: _(
        "The file is a scan and no text recognition is installed. Install it (cchc doctor says how), then run it again."
    ),
    Doubt.LOW_CONFIDENCE: lambda: _(
        "It looks like the report of {detail}, but this is not certain. Look at it and place it on the "
        "page or with cchc submit."
    ),
    Doubt.WRONG_KIND: lambda: _(
        "The letterhead prints a kind of unit that the unit of this name was not on that day ({detail}). Ask the "
        "sender, or place it on the page or with cchc submit."
    ),
    Doubt.UNIT_NOT_VALID: lambda: _(
        "The unit did not exist in that round ({detail}). Check the date and the round it names; cchc office show says "
        "which units report now."
    ),
    Doubt.ROUND_NOT_BEGUN: lambda: _(
        "The report names a round that had not begun when it arrived ({detail}). Check it, then place "
        "it on the page or with cchc submit."
    ),
    Doubt.ROUND_NOT_KEPT: lambda: _(
        "The report names a round outside the years kept here ({detail}). Check it against catalogue/rounds.yaml."
    ),
    Doubt.SENDER_CONFLICT: lambda: _(
        "Sender and letterhead name different wards ({detail}). Ask the sender, then place it on the "
        "page or with cchc submit."
    ),
}
"""The reason for every code a placement can carry; `{detail}` is the placement's."""
