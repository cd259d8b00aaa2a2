"""What to run again, and why: chosen from the ledger, never from the list of runs.

Belongs here: the choice as a pure function. Stays out: running (`pipelines.orchestration.process`), printing
(`pipelines.cli`).

A ward that is well and was asked for by nothing is never among the chosen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalogue.wards import wards
from cchc.errors import CallError
from cchc.messages import translator
from parsers.outcomes import RETRYABLE
from pipelines.ledger.entries import Entry, Ledger, State
from pipelines.ledger.phrases import reason, state_name

_ = translator("operations")

AT_FAULT = frozenset({State.FAILED, State.RECEIVED})
"""States that `--failed` means, beside a broken re-run of what is loaded: a try broke off, or none was made yet."""


@dataclass(frozen=True)
class Choice:
    """What to run again; conditions narrow one another down, and an empty one does not narrow.

    `parser_other_than` chooses reports in force that another version of the parser read.
    """

    rounds: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    failed: bool = False
    parser_other_than: str | None = None


@dataclass(frozen=True)
class Chosen:
    """One report to run again, and why."""

    ward: str
    round: str
    state: State
    why: str


def choose(ledgers: Iterable[Ledger], choice: Choice) -> list[Chosen]:
    """Return the reports to run again, by round and in the order of the wards' codes.

    Raises:
        CallError: the choice names nothing at all, or a ward that does not exist.
    """
    _check(choice)
    return [
        Chosen(entry.ward, entry.round, entry.state, why)
        for ledger in ledgers
        if not choice.rounds or ledger.round.label in choice.rounds
        for entry in ledger.entries
        if (why := _why(entry, choice))
    ]


def _check(choice: Choice) -> None:
    unknown = sorted(set(choice.wards) - set(wards()))
    if unknown:
        raise CallError(
            _("no ward is called '{ward}'; give one of: {known}").format(
                ward=unknown[0], known=", ".join(sorted(wards()))
            )
        )
    if not (choice.wards or choice.states or choice.failed or choice.parser_other_than):
        raise CallError(_("say what to run again: --failed, --ward, --state or --parser-version"))


def _why(entry: Entry, choice: Choice) -> str:
    """Return why a report is chosen, empty where it is not; nothing can be run where nothing readable has arrived."""
    current = entry.current
    runnable = current is not None and (current.readable or current.outcome in RETRYABLE)
    if not runnable or (choice.wards and entry.ward not in choice.wards):
        return ""
    if choice.states and entry.state not in choice.states:
        return ""
    if choice.failed and entry.state not in AT_FAULT and entry.broken_rerun is None:
        return ""
    if choice.parser_other_than and not _read_by_another(entry, choice.parser_other_than):
        return ""
    return _said(entry, choice)


def _read_by_another(entry: Entry, version: str) -> bool:
    return entry.loaded is not None and entry.loaded.parser_version != version


def _said(entry: Entry, choice: Choice) -> str:
    if choice.parser_other_than and entry.loaded is not None:
        return _("read by parser {old}, now {new}").format(
            old=entry.loaded.parser_version, new=choice.parser_other_than
        )
    if choice.failed or choice.states:
        return f"{state_name(entry.state)}: {reason(entry)}"
    return _("asked for by name; state: {state}").format(state=state_name(entry.state))
