"""The child that works, begun by `console.child`: orders on standard input, what it does on standard output.

Belongs here: from an order in JSON to the functions the command line calls, and their outcome in sentences.
Stays out: the work itself; who may order it (`guard`).
"""

from __future__ import annotations

import json
import select
import sys
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.clock import now
from cchc.errors import CchcError
from cchc.messages import set_language, spoken, translator
from pipelines.arrival.arrivals import Arrival, Way
from pipelines.arrival.intake import Kind, Receipt
from pipelines.arrival.phrases import receipt_counts
from pipelines.arrival.placement import PersonsWord
from pipelines.keeping.archive import Archive
from pipelines.keeping.storage import storage_named
from pipelines.settings import Settings, load_settings

_ = translator("console")

Order = dict[str, Any]
Outcome = tuple[bool, list[str]]


def main() -> None:
    """Do one order after another, a line each, and say how each went; ends with its input or with a fault of ours."""
    answers, sys.stdout = sys.stdout, sys.stderr
    global _answers
    _answers = answers
    _import_ahead()
    for line in sys.stdin:
        good, lines = _done(json.loads(line))
        _say(good=good, lines=lines)


def _done(order: Order) -> Outcome:
    set_language(order.get("language", "vi"))
    settings = load_settings()
    try:
        with storage_named(settings.home):
            return _WORK[order["work"]](settings, order)
    except CchcError as error:
        return False, [str(error)]


def _import_ahead() -> None:
    """Import what most orders need, as long as no order is there."""
    for load in (_import_engine, _import_papers, _import_checks):
        if select.select([sys.stdin], [], [], 0)[0]:
            return
        load()


def _import_engine() -> None:
    import pipelines.orchestration.hand_in  # noqa: F401


def _import_papers() -> None:
    import publications.publish  # noqa: F401


def _import_checks() -> None:
    from validation.expectations.quality import import_library

    import_library()


_answers = sys.stdout


def _say(**said: Any) -> None:
    print(json.dumps(said), file=_answers, flush=True)


def _step(name: str) -> None:
    _say(steps=1, step=wards()[name].full_name if name in wards() else name)


def _submit(settings: Settings, order: Order) -> Outcome:
    """Take in uploaded files; a word says whose report they are."""
    from pipelines.orchestration.hand_in import hand_in

    moment = datetime.fromisoformat(order["received_at"])
    arrivals = [Arrival(Path(one["path"]), one["name"], Way.SUBMIT, moment, order["by"]) for one in order["files"]]
    word = PersonsWord(order["ward"], order["round"], order["by"]) if order.get("ward") else None
    _say(total=2 * len(arrivals))
    done = hand_in(settings, arrivals, word, _step, one_report=bool(order.get("one_report")))
    for one in order["files"]:
        # The archive has the original; what could not be taken in is still there to be looked at.
        Path(one["path"]).unlink(missing_ok=True)
    return not done.needs_person, _receipt_lines(done.receipts) + _verdict_lines(done.verdicts, done.rounds)


def _place(settings: Settings, order: Order) -> Outcome:
    """Take in a file of the archive again, now that a person says whose report it is."""
    from pipelines.orchestration.hand_in import hand_in

    word = PersonsWord(order["ward"], order["round"], order["by"])
    with Archive(settings.archive_url).original(order["sha256"]) as path:
        arrival = Arrival(path, order["name"], Way.SUBMIT, now(), order["by"])
        done = hand_in(settings, [arrival], word, _step)
    return not done.needs_person, _receipt_lines(done.receipts) + _verdict_lines(done.verdicts, done.rounds)


def _collect(settings: Settings, _order: Order) -> Outcome:
    """Look into the inbox and take in what is whole."""
    from pipelines import home
    from pipelines.arrival.arrivals import look_into
    from pipelines.orchestration.collect import collect
    from pipelines.wiring import open_house

    home.prepare_home(settings)
    look = look_into(settings.inbox, now())
    _say(total=len(look.whole))
    with home.dagster_instance(settings) as instance:
        done = collect(
            open_house(settings), instance, settings, look.whole, told=lambda receipt: _step(receipt.arrival.name)
        )
    lines = _receipt_lines(done.receipts) + _verdict_lines(done.verdicts, done.rounds)
    lines += [_("{name} is not whole yet and is left for the next time.").format(name=n) for n in look.unfinished]
    return not done.needs_person, lines or [_("Nothing new has arrived.")]


def _rerun(settings: Settings, order: Order) -> Outcome:
    """Read again what failed, or the wards that are named."""
    from pipelines.ledger.rerun import Choice, choose
    from pipelines.messages.round_ledger import read_ledger
    from pipelines.orchestration.hand_in import retryable, run_again
    from warehouse.connection import open_warehouse

    found = parse_round(order["round"])
    ledger = read_ledger(open_warehouse(settings.warehouse_url), found, now())
    named = tuple(order.get("wards") or ())
    chosen = choose([ledger], Choice((found.label,), named, failed=not named))
    _say(total=len(chosen))
    again = run_again(settings, chosen, () if named else retryable(settings), _step)
    return again.good, _verdict_lines(again.verdicts, again.rounds) or [_("Nothing to run again.")]


def _build(settings: Settings, order: Order) -> Outcome:
    """Bring the results and drafts of a round in line with its figures."""
    from pipelines.orchestration.hand_in import build_round

    runs = build_round(settings, order["round"])
    return all(run.done for run in runs), _verdict_lines((), runs)


def _publish(settings: Settings, order: Order) -> Outcome:
    """Publish a round, or its next revision, in a person's name."""
    from pipelines.keeping.shelf import papers_of
    from publications import publish_round
    from warehouse.connection import open_warehouse

    label = order["round"]
    with papers_of(settings).shared(label):
        paths = publish_round(
            open_warehouse(settings.warehouse_url),
            label,
            settings.outputs / label,
            now(),
            draft=False,
            by=order["by"],
            why=order.get("why", ""),
            scorecard=settings.scorecard,
            expected=order["expected"],
        )
    line = _("Published by {by}: {n} papers in {folder}.")
    return True, [line.format(by=order["by"], n=len(paths), folder=paths[0].parent.name)]


def _letters(settings: Settings, order: Order) -> Outcome:
    """Write the letters to the wards with open findings."""
    from pipelines.keeping.shelf import papers_of
    from publications.letterbook import DAYS, write_letters
    from warehouse.connection import open_warehouse

    found = parse_round(order["round"])
    due = (now() + timedelta(days=int(order.get("days") or DAYS))).date()
    folder = settings.outputs / found.label / "letters"
    with papers_of(settings).shared(found.label):
        written = write_letters(open_warehouse(settings.warehouse_url), found, folder, due)
    if not written:
        return True, [_("No ward has an open finding to be asked about.")]
    return True, [f"{letter.ward.full_name}: {path.name}" for path, letter in written]


def _remind(settings: Settings, order: Order) -> Outcome:
    """Send the letters that a person has read and chosen, as far as they are still due."""
    from pipelines.messages.delivery import deliver
    from pipelines.messages.due import due_messages
    from warehouse.connection import open_warehouse

    engine = open_warehouse(settings.warehouse_url)
    chosen = set(order["letters"])
    due = [m for m in due_messages(engine, [parse_round(order["round"])], now()) if m.key in chosen]
    told = {"sent": _("sent"), "no_address": _("no address"), "refused": _("refused by the server")}
    done = deliver(engine, settings.mail, due, now())
    lines = [f"{wards()[str(d.message.ward)].full_name}: {told[d.verdict]} {d.detail}".strip() for d in done]
    return all(d.verdict == "sent" for d in done), lines or [_("None of these letters is due any more.")]


_WORK: dict[str, Callable[[Settings, Order], Outcome]] = {
    "submit": _submit,
    "place": _place,
    "collect": _collect,
    "rerun": _rerun,
    "build": _build,
    "publish": _publish,
    "letters": _letters,
    "remind": _remind,
}


def _receipt_lines(receipts: Sequence[Receipt]) -> list[str]:
    """Return what became of the files, those a person must see to each with the reason."""
    lines = receipt_counts(receipts)
    for receipt in receipts:
        if receipt.kind in (Kind.QUARANTINED, Kind.UNREADABLE):
            lines.append(f"{receipt.arrival.name}: {spoken(receipt.submission)}")
    return lines


def _verdict_lines(verdicts: Sequence[Any], runs: Sequence[Any]) -> list[str]:
    read = sum(v.good for v in verdicts)
    lines = [_("Reports read: {n}.").format(n=read)] if read else []
    lines += [f"{wards()[v.ward].full_name}: {v.message or v.outcome}" for v in verdicts if not v.good]
    for run in runs:
        if run.done:
            lines.append(_("Results and drafts of {round} are up to date.").format(round=run.round))
        lines += [f"{run.round}: {failure}" for failure in run.failures]
    return lines
