"""A whole round in a real browser by keys alone: the sample, and the corpus' 2023-Q3 where it is beside the project.

Belongs here: which files, who knows the truth, and the table. Stays out: the keys (`tests.console.keyboard`), times
of single handlers (`bench.console`).

From upload to the first edition, and a corrected report to its revision. Keys are counted per figure that waits; times
are from the key to the next item painted with its picture, in Chromium, beside everything else the machine does.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from bench.round import CORPUS, LABEL, round_files
from catalogue.rounds import parse_round
from cchc.clock import ZONE
from tests.console.desk import PASSWORD, make_desk
from tests.console.keyboard import Keyboard, Reviewed, truths
from tests.console.served import QUIET, Served, chromium_path
from warehouse import publishing
from warehouse.connection import open_warehouse

SAMPLE = Path(__file__).parents[1] / "sample"
CORRECTION = "BC CCHC quy III - Pho Van_dinh chinh.pdf"


@dataclass(frozen=True)
class Source:
    """The files of a round, the correction that comes after its edition, and the figures that stand in them."""

    name: str
    label: str
    files: Sequence[Path]
    correction: Path
    truth: Mapping[str, Mapping[str, object]]


def main() -> None:
    """Print a line for each step of each round, and what the review took."""
    program = chromium_path()
    if program is None:
        print("skipped: there is no Chromium on this machine")
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=QUIET)
        for source in (_sample(), *_corpus()):
            with tempfile.TemporaryDirectory() as folder:
                _print_round(browser, source, Path(folder))
        browser.close()


def _print_round(browser: Browser, source: Source, folder: Path) -> None:
    print(f"\n{source.name}: {len(source.files)} files, load of the machine {os.getloadavg()[0]:.1f}", flush=True)
    template = folder / "template.db"
    open_warehouse(f"sqlite:///{template}").dispose()
    home = folder / "home"
    home.mkdir()
    desk = make_desk(home, template)
    jobs = _children()
    desk.moment = datetime.combine(_day(source.label), datetime.min.time(), ZONE) + timedelta(hours=9)
    with Served(desk, ready=True) as served:
        context = browser.new_context()
        person = Keyboard.at(context, served.address)
        _drive(person, source)
        context.close()
    kept = {row.revision for row in publishing.publications(desk.engine, source.label)}
    print(f"  editions: {', '.join(map(str, sorted(kept)))}; {person.keys} keys in all")
    print(f"  jobs: {_children() - jobs:.1f} s of processor", flush=True)


def _drive(person: Keyboard, source: Source) -> None:
    person.sign_in("clerk", PASSWORD)
    with _timed("uploaded and read"):
        person.upload(source.files)
    with _timed("reviewed"):
        person.page.goto(f"{person.address}/review/{source.label}")
        used = time.process_time()
        done = person.review(truths(source.truth))
        _print_review(done, time.process_time() - used)
    person.sign_in("head", PASSWORD)
    person.page.goto(f"{person.address}/round/{source.label}")
    person.go('form[action$="/close"] button')
    with _timed("published"):
        person.work_until_papers(source.label, truths(source.truth))
        person.publish()
    person.sign_in("clerk", PASSWORD)
    with _timed("corrected and revised"):
        person.upload([source.correction])
        person.work_until_papers(source.label, truths(source.truth))
        person.sign_in("head", PASSWORD)
        person.page.goto(f"{person.address}/papers/{source.label}")
        person.publish("đơn vị gửi bản đính chính")


def _print_review(done: Reviewed, processor: float) -> None:
    """Print keys and times; `processor` is what the page itself used, in seconds, without Chromium."""
    kinds = [kind for kind, _keys in done.keys]
    counted = ", ".join(f"{kinds.count(kind)} {kind}" for kind in sorted(set(kinds)))
    print(f"  {len(kinds)} items ({counted})")
    print(f"  keys an item {done.per_item():.2f}, where the figure is right {done.per_item('right'):.2f}")
    ordered = sorted(done.times)
    if ordered:
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        print(f"  next item with its picture: median {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms")
        print(f"  the page's processor time an item: {1000 * processor / len(kinds):.0f} ms", flush=True)


@contextmanager
def _timed(name: str) -> Iterator[None]:
    """Print how long something took, with the processor time of the page and its browser's driver."""
    began, used = time.monotonic(), time.process_time()
    yield
    print(f"  {name}: {time.monotonic() - began:.1f} s, processor {time.process_time() - used:.1f} s", flush=True)


def _children() -> float:
    """Return the processor time of the jobs that are over."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _day(label: str) -> date:
    """Return a day on which reports of the round arrive in time."""
    return parse_round(label).due - timedelta(days=2)


def _sample() -> Source:
    key = json.loads((SAMPLE / "key.json").read_text(encoding="utf-8"))
    truth = {one["ward"]: one["figures"] for one in key.values()}
    files = [path for path in sorted((SAMPLE / "inbox").iterdir()) if path.name != CORRECTION]
    return Source("the sample", "2024-Q3", files, SAMPLE / "inbox" / CORRECTION, truth)


def _corpus() -> list[Source]:
    """Return the corpus' round; its last report comes after the edition."""
    if not CORPUS.is_dir():
        print("the corpus is not beside the project; the sample alone")
        return []
    golds = [json.loads(path.read_text(encoding="utf-8")) for path in CORPUS.glob(f"*-{LABEL.lower()}.gold.json")]
    *files, last = round_files(scans=True)
    return [Source("the corpus", LABEL, files, last, {gold["ward"]: gold["figures"] for gold in golds})]


if __name__ == "__main__":
    main()
