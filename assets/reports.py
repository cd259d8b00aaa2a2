"""Taking in the reports of some wards: read, check together, trace, load; a verdict for each.

Belongs here: the order of the calls, and which named outcome a failing one gives its ward.
Stays out: Dagster (`assets.wards` logs the verdicts), reading, rules, tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from sqlalchemy import Engine

from assets.house import House
from assets.partitions import WardRound
from assets.tracing import untraceable
from assets.verdict import Step, Verdict
from cchc.errors import CchcError, DocumentError
from parsers.document import Document
from parsers.outcomes import RETRYABLE, Outcome
from parsers.pool import ReaderPool
from parsers.reading import Evidence, Reading
from parsers.report import parser_version, read_report
from validation.check import check_reports
from validation.finding import Finding
from warehouse.load import load_report
from warehouse.publishing import record_run
from warehouse.queries import current_submission, former_readings, readings, report_of
from warehouse.rows import RunRow, SubmissionRow
from warehouse.takeover import refuse_spoiling


@dataclass(frozen=True)
class Read:
    """One submission with what was read from it."""

    submission: SubmissionRow
    document: Document
    reading: Reading


def take_in_reports(house: House, partitions: Sequence[WardRound]) -> Iterator[Verdict]:
    """Yield a verdict for each partition, in an order of its own; a bad report never stops the others."""
    waiting: list[SubmissionRow] = []
    for partition in partitions:
        submission = current_submission(house.engine, partition.ward, partition.round)
        verdict = _settled(house, partition, submission)
        if verdict is None and submission is not None:
            waiting.append(submission)
        elif verdict is not None:
            yield verdict
    read: list[Read] = []
    for submission, result in _read_all(house, waiting):
        if isinstance(result, CchcError):
            yield _failed(house, submission, "submission", "read", result)
        else:
            document, reading = result
            read.append(Read(submission, document, _as_placed(reading, submission)))
    yield from (_loaded(house, one, found) for one, found in zip(read, _checked(house.engine, read), strict=True))


def _settled(house: House, partition: WardRound, submission: SubmissionRow | None) -> Verdict | None:
    """Return the verdict on a partition with nothing to read: nothing sent, unreadable by word, or loaded already."""
    if submission is None:
        return Verdict(partition.ward, partition.round, "none", "missing", "nothing has arrived")
    if submission.outcome != Outcome.READ:
        verdict = _verdict(submission, "submission", submission.outcome)
        return replace(verdict, message=submission.message_vi)
    report = report_of(house.engine, partition.ward, partition.round)
    current = report is not None and (report.submission_id, report.parser_version) == (submission.id, parser_version())
    if report is None or house.force or not current:
        return None
    return replace(_verdict(submission, "figures", "unchanged"), explained_share=report.explained_share)


def _read_all(
    house: House, submissions: Sequence[SubmissionRow]
) -> Iterator[tuple[SubmissionRow, tuple[Document, Reading] | CchcError]]:
    """Yield every submission with its reading or the named error; originals are lent while they are read."""
    by_path: dict[Path, SubmissionRow] = {}
    with ExitStack() as lent:
        for submission in submissions:
            ahead = house.read_ahead.get(submission.sha256)
            if ahead is not None:
                yield submission, ahead
                continue
            try:
                by_path[lent.enter_context(house.original(submission.sha256))] = submission
            except CchcError as error:
                yield submission, error
        if by_path:
            task = partial(read_report, ocr_cache=house.ocr_cache)
            with ReaderPool(task, workers=min(house.workers, len(by_path))) as pool:
                for path, result in pool.run_many(list(by_path)):
                    yield by_path[path], result


def _as_placed(reading: Reading, submission: SubmissionRow) -> Reading:
    """Return the reading under the ward and round it was placed with, a person's word standing as evidence."""
    identity = reading.identity
    if (identity.ward, identity.round) == (submission.ward, submission.round):
        return reading
    word = Evidence("person", f"placed by {submission.placed_by}: {submission.ward} {submission.round}", 1.0)
    placed = replace(identity, ward=submission.ward, round=submission.round, evidence=(*identity.evidence, word))
    return replace(reading, identity=placed)


def _checked(engine: Engine, read: Sequence[Read]) -> list[tuple[Finding, ...]]:
    """Return the findings of the reports, checked together with what is loaded of their rounds and of earlier ones.

    The versions that a report replaces are among it: what they printed is not to be dropped without a word.
    """
    if not read:
        return []
    fresh = {(one.submission.ward, one.submission.round) for one in read}
    last = max(str(one.submission.round) for one in read)
    known = [*readings(engine, before=last), *readings(engine, last)]
    history = [r for r in known if (r.identity.ward, r.identity.round) not in fresh]
    history += [
        r for label in sorted({one.submission.round or "" for one in read}) for r in former_readings(engine, label)
    ]
    return check_reports([one.reading for one in read], history)


def _loaded(house: House, one: Read, findings: Iterable[Finding]) -> Verdict:
    """Return the verdict after loading a report, unless one of its figures cannot be traced."""
    found = tuple(findings)
    verdict = replace(
        _verdict(one.submission, "figures", "loaded"),
        figures=len(one.reading.primaries()),
        findings=len(found),
        errors=sum(f.severity == "error" for f in found),
        explained_share=one.reading.explained_share,
    )
    broken = untraceable(one.document, one.reading)
    if broken:
        message = f"figures without a sentence: {', '.join(broken)}; report this file, nothing of it was loaded"
        _record(house, one.submission, "load", "untraceable", message)
        return replace(verdict, reached="report", outcome="untraceable", message=message, untraceable=broken)
    try:
        refuse_spoiling(house.engine, one.reading, str(one.submission.ward), str(one.submission.round))
        result = load_report(house.engine, one.submission.id, one.reading, one.document, found, house.now())
    except CchcError as error:
        return _failed(house, one.submission, "report", "load", error)
    # Written down though nothing changed: a failed try before it is over then.
    _record(house, one.submission, "load", "loaded" if result.changed else "unchanged", "")
    return replace(verdict, changed=result.changed or bool(result.findings_opened or result.findings_resolved))


def _failed(house: House, submission: SubmissionRow, reached: Step, step: str, error: CchcError) -> Verdict:
    """Record a failed try and return its verdict."""
    # A plain string: Dagster's event log takes no enumeration of ours.
    outcome = f"{error.outcome}" if isinstance(error, DocumentError) else type(error).__name__
    retryable = error.retryable or outcome in RETRYABLE
    _record(house, submission, step, outcome, str(error))
    verdict = _verdict(submission, reached, outcome)
    return replace(verdict, message=str(error), retryable=retryable)


def _record(house: House, submission: SubmissionRow, step: str, outcome: str, message: str) -> None:
    row = RunRow(
        step, outcome, message, house.now(), submission.id, submission.ward, submission.round, parser_version()
    )
    record_run(house.engine, row)


def _verdict(submission: SubmissionRow, reached: Step, outcome: str) -> Verdict:
    return Verdict(
        ward=str(submission.ward),
        round=str(submission.round),
        reached=reached,
        outcome=outcome,
        sha256=submission.sha256,
        version=submission.version or 0,
    )
