"""The Reading: what was read from one Document.

Belongs here: plain frozen values for a report's identity, its figures and the account of every other number.
Stays out: how they are found (`parsers.identity`, `parsers.figures`) and whether they are right (`validation`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from parsers.document import Box, Place, Unread, Unseen
from parsers.learned.values import Views

MISWRITTEN = "miswritten"
"""The rule of a printing that is held against the figure's value because it looks like it with a slip of the pen."""


@dataclass(frozen=True)
class Evidence:
    """One reason to believe a part of an identity: where it was seen, what it says, how much it weighs (0–1)."""

    source: str
    says: str
    weight: float


@dataclass(frozen=True)
class Identity:
    """Which report this is: ward slug, round label, number, date, each None where it could not be told.

    `confidence` is that of the least certain of ward and round; under 0.8 a person places the report. `evidence`
    says why, and `conflicts` lists what speaks against it (title says Q3, body says Q2), as finding-ready text.
    `office` is the office to which the unit reports, None where no unit was found; `other_town` names a unit of none
    of the offices known; `misnamed` is the unit as its letterhead prints it where none of that kind bears the name.
    """

    ward: str | None
    round: str | None
    doc_no: str | None
    doc_date: date | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    conflicts: tuple[str, ...] = ()
    agency: str = ""
    is_report: bool = True
    other_town: str | None = None
    office: str | None = None
    misnamed: str = ""


class Approximation(StrEnum):
    """The word before a number that widens it."""

    NONE = ""
    NEARLY = "nearly"
    OVER = "over"
    ABOUT = "about"
    ESTIMATED = "estimated"


@dataclass(frozen=True)
class Printing:
    """One printing of one figure in a report.

    `value` is in the figure's unit (people and dossiers, percent, dong). `raw` is the number as printed, `place`
    its characters, `sentence` the sentence around it (`sentence_place` its characters). `decimals` is the printed
    precision in the printed scale, and `quantum` the value of one unit of the last printed digit in the figure's
    unit (0.01 for "85,44%", 1000000 for "5,653 tỷ"). `in_words` marks a zero or number in words. `malformed`
    marks digits that are no number as written; `value` is then the likeliest of `candidates`. `base` is the figure
    code of the total that the sentence names for a percentage, None where it names none. `label` is the phrase that
    named the figure and `rule` the step of the engine that joined the two. `components` lists the values where the
    figure is a sum of printed parts. `text_confidence` (OCR) and `reading_confidence` are kept apart; `confidence`
    is their product. `readers` names who reads the figure there, `views` holds what each says of the number, None
    where only the grammar saw it; `sure` says that nobody needs to look. `probability` is the judge's, `doubt` the code
    of why it is not sure (`parsers.judge.doubts`), `rival` another value that the report prints for the figure.
    """

    figure: str
    value: Decimal
    raw: str
    place: Place
    page: int | None
    box: Box | None
    sentence: str
    sentence_place: Place
    label: str
    rule: str
    text_confidence: float
    reading_confidence: float
    primary: bool
    quantum: Decimal = Decimal(1)
    decimals: int = 0
    approximation: Approximation = Approximation.NONE
    in_words: bool = False
    malformed: bool = False
    candidates: tuple[Decimal, ...] = ()
    base: str | None = None
    components: tuple[Decimal, ...] = ()
    readers: tuple[str, ...] = ()
    views: Views | None = None
    sure: bool = False
    probability: float = 0.0
    doubt: str = ""
    rival: Decimal | None = None

    @property
    def confidence(self) -> float:
        """Return how much the value may be trusted without anybody looking."""
        return round(self.text_confidence * self.reading_confidence, 4)

    @property
    def offset(self) -> int | None:
        """Return where the number begins in its sentence, None where they do not stand in the same text."""
        number, sentence = self.place, self.sentence_place
        if (number.block, number.row, number.column) != (sentence.block, sentence.row, sentence.column):
            return None
        # A cell is quoted at the end of its row: what stands before it in the quotation shifts the place.
        shift = max(0, len(self.sentence) - (sentence.end - sentence.start)) if number.row is not None else 0
        start = shift + number.start - sentence.start
        return start if start >= 0 and self.sentence.startswith(self.raw, start) else None

    @property
    def named(self) -> float:
        """Return how likely the number is this figure at all (0–1), whatever speaks against its value."""
        return self.views.stacked.p_of(self.figure) if self.views is not None else self.confidence


class AccountKind(StrEnum):
    """What a number of a report is, if it is no figure of the catalogue."""

    FIGURE = "figure"
    DOCUMENT_NUMBER = "document_number"
    DATE = "date"
    PERIOD = "period"
    LAW = "law"
    ARTICLE = "article"
    STANDARD = "standard"
    PHONE = "phone"
    LIST_NUMBER = "list_number"
    OTHER_LEVEL = "other_level"
    PRIOR_PERIOD = "prior_period"
    CHANGE = "change"
    TARGET = "target"
    SUB_ITEM = "sub_item"
    COMPLAINT = "complaint"
    NAME = "name"
    MEASURE = "measure"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Account:
    """What one printed number is. `figure` is set for a figure only; `reason` names the rule that decided."""

    kind: AccountKind
    raw: str
    value: Decimal | None
    place: Place
    page: int | None
    sentence: str
    reason: str
    figure: str | None = None


@dataclass(frozen=True)
class Citation:
    """A document that the report cites: kind, number with symbol, date and subject as printed."""

    kind: str
    number: str
    day: date | None
    subject: str
    place: Place
    sentence: str


@dataclass(frozen=True)
class Reading:
    """Everything read from one Document."""

    sha256: str
    parser_version: str
    identity: Identity
    printings: tuple[Printing, ...]
    accounts: tuple[Account, ...]
    citations: tuple[Citation, ...] = ()
    unseen: tuple[Unseen, ...] = ()
    unread: tuple[Unread, ...] = ()

    def primaries(self) -> dict[str, Printing]:
        """Return the primary printing of every figure, by code."""
        return {p.figure: p for p in self.printings if p.primary}

    @property
    def explained_share(self) -> float:
        """Return the share of printed numbers that have an account, 1.0 where there is none."""
        known = sum(a.kind is not AccountKind.UNEXPLAINED for a in self.accounts)
        return known / len(self.accounts) if self.accounts else 1.0
