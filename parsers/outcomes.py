"""The named outcomes of taking in a file.

Belongs here: the one list of what can become of a file, used by readers, intake, ledger and exit codes.
Stays out: the sentences people read about them (message catalogues of the edges).
"""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """What became of a file that was read."""

    READ = "read"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    EMPTY = "empty"
    NO_TEXT = "no_text"
    TOO_LARGE = "too_large"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    UNSUPPORTED = "unsupported"
    NOT_A_REPORT = "not_a_report"
    UNKNOWN_WARD = "unknown_ward"
    OTHER_TOWN = "other_town"
    NO_ROUND = "no_round"
    UNSURE = "unsure"
    TWO_REPORTS = "two_reports"
    OCR_MISSING = "ocr_missing"


RETRYABLE = frozenset({Outcome.CRASHED, Outcome.TIMED_OUT, Outcome.OCR_MISSING})
"""Outcomes that the same bytes may leave behind once the machine is well; a bad file stays bad."""

TORN = frozenset({Outcome.DAMAGED, Outcome.EMPTY, Outcome.CRASHED, Outcome.UNSUPPORTED})
"""Outcomes of a file of which only a part has arrived."""
