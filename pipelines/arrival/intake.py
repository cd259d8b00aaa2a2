"""Taking in what arrived: hash, keep, recognise, read the letterhead, place, version or quarantine.

Belongs here: the order of these steps for a batch of arrivals, and one receipt for every file.
Stays out: the decision itself (`pipelines.arrival.placement`), looking into folders and mailboxes, and the figures'
way on.

Every arrival becomes a row of the warehouse, whatever it is. The original is in the archive before anything else
happens, and a step that breaks off leaves the file where it came from, so that the next intake finds it again; what
was recorded already is recognised and not recorded twice.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from sqlalchemy import Engine

from cchc.clock import ZONE
from cchc.errors import DocumentError
from parsers.document import Document
from parsers.outcomes import RETRYABLE, TORN, Outcome
from parsers.reading import Reading
from pipelines.arrival.arrivals import Arrival, Way, as_first_seen
from pipelines.arrival.placement import PersonsWord, Placement, place, place_unreadable
from pipelines.arrival.quarantine import Reason, lay_aside, release
from pipelines.arrival.together import put_together
from pipelines.arrival.unpacking import Found, unpacked
from pipelines.keeping.archive import Archive, TornError
from pipelines.keeping.stores import Store
from warehouse.load import put_in_order, record_submission, withdraw_overwritten, withdraw_report
from warehouse.queries import printed_date, submissions
from warehouse.rows import NewSubmission, SubmissionRow

ReadResult = tuple[Document, Reading] | DocumentError
ReadMany = Callable[[Sequence[Path]], Iterable[tuple[Path, ReadResult]]]
"""Reads files in guarded children, each result as it comes (`parsers.pool.ReaderPool.run_many`)."""


class Kind(StrEnum):
    """What an intake did with one file."""

    PLACED = "placed"
    UNREADABLE = "unreadable"
    QUARANTINED = "quarantined"
    RESENT = "resent"
    KNOWN = "known"


@dataclass(frozen=True)
class Receipt:
    """What became of one arrival.

    KNOWN means that this very arrival was recorded by an earlier intake; every other kind has just made `submission`,
    its row. `reading` is there where the file was read in this intake.
    """

    arrival: Arrival
    sha256: str
    kind: Kind
    submission: SubmissionRow
    reading: tuple[Document, Reading] | None = None


@dataclass(frozen=True)
class Desk:
    """What an intake works with: the warehouse, the archive of originals, the quarantine, the guarded reader."""

    engine: Engine
    archive: Archive
    quarantine: Store
    read_many: ReadMany


_Order = tuple[datetime, int, date, str]
"""What puts arrivals in the order received: moment, minute sent, printed date, name."""


@dataclass(frozen=True)
class _Kept:
    """An arrival whose bytes are in the archive.

    `result` is what reading gave, None where the bytes were judged before and need no reading.
    """

    arrival: Arrival
    sha256: str
    size: int
    result: ReadResult | None = None


def take_in(
    desk: Desk, arrivals: Iterable[Arrival], *, word: PersonsWord | None = None, one_report: bool = False
) -> Iterator[Receipt]:
    """Take in a batch and yield a receipt for every file as soon as it is read and recorded.

    Versions of one ward's report come in the order in which the files count as received, whichever was read first.
    `one_report` says that all pictures are the pages of one report, as a person's word does; otherwise names and times
    tell which belong together.

    Raises:
        PlacementError: the person's word names a ward or round that cannot be; nothing was taken in.
    """
    if word is not None:
        place_unreadable(Outcome.EMPTY, word=word)
    before = submissions(desk.engine)
    looks = (row.received_at for row in before if row.received_via in (Way.INBOX, Way.ZIP))
    seen = as_first_seen(arrivals, looks)
    with tempfile.TemporaryDirectory(prefix="cchc-zip-") as folder:
        found = put_together(unpacked(seen, Path(folder)), Path(folder), all_pictures=one_report or word is not None)
        kept = list(_kept(desk, found))
    known: dict[str, list[SubmissionRow]] = defaultdict(list)
    for row in before:
        known[row.sha256].append(row)
    versions = _Versions(desk.engine)
    for one in _read(desk, kept, known, word):
        receipt = _record(desk, one, known[one.sha256], word)
        if receipt.kind is not Kind.KNOWN:
            known[one.sha256].append(receipt.submission)
        versions.note(receipt, _order(one))
        yield receipt


class _Versions:
    """The versions that a look has made, so that one received earlier and read later still comes before.

    Those that an intake of the same look recorded before it broke off are among them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._made: dict[tuple[str | None, str | None], list[tuple[_Order, int]]] = defaultdict(list)

    def note(self, receipt: Receipt, order: _Order) -> None:
        """Take a receipt into account; put the versions of its ward and round in order where they are not."""
        row = receipt.submission
        of_this_look = receipt.kind is not Kind.KNOWN or row.received_at == receipt.arrival.received_at
        if row.state != "placed" or not of_this_look:
            return
        if receipt.kind is Kind.KNOWN:
            order = (*order[:2], printed_date(self._engine, row.id) or date.min, order[3])
        made = self._made[row.ward, row.round]
        made.append((order, row.id))
        if made != sorted(made):
            made.sort()
            put_in_order(self._engine, [number for _order, number in made])


def _kept(desk: Desk, arrivals: Iterable[Found]) -> Iterator[_Kept]:
    """Yield what the archive has taken; a file that went away or grew since it was seen is left for the next time."""
    for arrival, fault in arrivals:
        try:
            original = desk.archive.put(arrival.path)
        except (FileNotFoundError, TornError):
            continue
        yield _Kept(arrival, original.sha256, original.size, fault)


def _read(
    desk: Desk, kept: Sequence[_Kept], known: Mapping[str, Sequence[SubmissionRow]], word: PersonsWord | None
) -> Iterator[_Kept]:
    """Yield what was kept, first what needs no reading, then the rest as it is read, once and from the archive."""
    waiting: dict[str, list[_Kept]] = {}
    for one in kept:
        if _needs_reading(one, known.get(one.sha256, ()), word):
            waiting.setdefault(one.sha256, []).append(one)
    yield from sorted((one for one in kept if one.sha256 not in waiting), key=_order)
    with ExitStack() as lent:
        paths = {lent.enter_context(desk.archive.original(sha256)): sha256 for sha256 in waiting}
        for path, result in desk.read_many(list(paths)) if paths else ():
            sha256 = paths[path]
            same = [replace(one, result=one.result or result) for one in kept if one.sha256 == sha256]
            yield from sorted(same, key=_order)


def _needs_reading(one: _Kept, before: Sequence[SubmissionRow], word: PersonsWord | None) -> bool:
    """Return whether bytes must be read: new ones, ones a person speaks about, ones that the machine failed."""
    if one.result is not None or _is_known(one.arrival, before):
        return False
    return word is not None or all(row.state == "quarantined" and row.outcome in RETRYABLE for row in before)


def _is_known(arrival: Arrival, before: Sequence[SubmissionRow]) -> bool:
    """Return whether an earlier intake recorded this very arrival.

    A folder or an archive shows the same file again and again, a mailbox shows it with the moment it came; what a
    person submits is always an arrival of its own.
    """
    return arrival.via is not Way.SUBMIT and any(
        (row.received_via, row.file_name, row.sender or "") == (arrival.via, arrival.name, arrival.sender)
        and (arrival.via is not Way.MAIL or row.received_at == arrival.received_at)
        for row in before
    )


def _order(one: _Kept) -> _Order:
    """Return what puts arrivals of one batch in the order received; the printed date parts those of one minute."""
    printed = one.result[1].identity.doc_date if isinstance(one.result, tuple) else None
    return one.arrival.received_at, one.arrival.sent_order, printed or date.min, one.arrival.name


def _record(desk: Desk, one: _Kept, before: Sequence[SubmissionRow], word: PersonsWord | None) -> Receipt:
    """Write one arrival down, `before` being earlier rows of the same bytes, this batch's among them."""
    if _is_known(one.arrival, before):
        return Receipt(one.arrival, one.sha256, Kind.KNOWN, before[0])
    placement, messages = _judgement(one, before, word)
    if word is not None:
        _withdraw_misjudged(desk, one, before, placement)
    if not placement.placed and all(earlier.state != "quarantined" for earlier in before):
        # Before the row: an arrival that is recorded is not looked at again, and its copy would never come.
        _lay_aside(desk, one, placement, messages[0])
    row = record_submission(desk.engine, _submission(one, before, placement, messages))
    if row.state == "placed":
        release(desk.quarantine, one.sha256)
    if one.arrival.via is Way.INBOX:
        for torn in withdraw_overwritten(desk.engine, row, TORN):
            release(desk.quarantine, torn.sha256)
    read = one.result if isinstance(one.result, tuple) else None
    return Receipt(one.arrival, one.sha256, _kind(row, placement), row, read)


def _judgement(
    one: _Kept, before: Sequence[SubmissionRow], word: PersonsWord | None
) -> tuple[Placement, tuple[str, str]]:
    """Return where bytes belong and the reason in both languages; bytes judged before are judged as they were."""
    if one.result is None:
        first = next((row for row in before if row.state == "placed"), before[0])
        placement = Placement(Outcome(first.outcome), first.ward, first.round, by=first.placed_by or "")
        return placement, (first.message_vi, first.message_en)
    if isinstance(one.result, DocumentError):
        placement = place_unreadable(Outcome(one.result.outcome), word=word)
    else:
        received = one.arrival.received_at.astimezone(ZONE).date()
        placement = place(one.result[1].identity, received, sender_ward=one.arrival.sender_ward, word=word)
    return placement, (placement.message("vi"), placement.message("en"))


def _submission(
    one: _Kept, before: Sequence[SubmissionRow], placement: Placement, messages: tuple[str, str]
) -> NewSubmission:
    document, reading = one.result if isinstance(one.result, tuple) else (None, None)
    return NewSubmission(
        sha256=one.sha256,
        file_name=one.arrival.name,
        size_bytes=one.size,
        received_at=_first_received(one, before) if placement.placed else one.arrival.received_at,
        outcome=placement.outcome.value,
        received_via=one.arrival.via.value,
        sender=one.arrival.sender or None,
        format=document.format if document else None,
        ward=placement.ward,
        round=placement.round,
        identity=reading.identity if reading else None,
        message_vi=messages[0],
        message_en=messages[1],
        archived_as=one.sha256,
        placed_by=placement.by or None,
    )


def _first_received(one: _Kept, before: Sequence[SubmissionRow]) -> datetime:
    """Return when the bytes came first: a report that waited for a person is not late because the person was."""
    return min([one.arrival.received_at, *(row.received_at for row in before if row.state == "quarantined")])


def _withdraw_misjudged(desk: Desk, one: _Kept, before: Sequence[SubmissionRow], placement: Placement) -> None:
    """Take the same bytes out of any other ward or round, and where they stood unread: a person knows better now."""
    for row in before:
        elsewhere = (row.ward, row.round) != (placement.ward, placement.round)
        unread = placement.readable and row.outcome != Outcome.READ
        if row.state == "placed" and (elsewhere or unread):
            withdraw_report(desk.engine, row.id, one.arrival.received_at)


def _lay_aside(desk: Desk, one: _Kept, placement: Placement, message: str) -> None:
    arrival = one.arrival
    reason = Reason(
        sha256=one.sha256,
        file_name=arrival.name,
        received_at=arrival.received_at.isoformat(),
        received_via=arrival.via.value,
        sender=arrival.sender,
        code=placement.reason_code,
        message=message,
    )
    with desk.archive.original(one.sha256) as original:
        lay_aside(desk.quarantine, original, reason)


def _kind(row: SubmissionRow, placement: Placement) -> Kind:
    if row.state == "duplicate":
        return Kind.RESENT
    if row.state == "quarantined":
        return Kind.QUARANTINED
    return Kind.PLACED if placement.readable else Kind.UNREADABLE
