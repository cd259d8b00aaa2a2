"""A whole round from inbox to ranking: 15 mixed reports of the corpus, cold and warm, without scans and with them.

Cold is a new process and an empty home; warm is the same process again over an empty home. What is timed is what
`cchc collect` does: taking in, reading, checking, loading, rolling up, scoring, ranking, writing the papers. Beside it
stands the text of the same PDFs and DOCX by pdfplumber and python-docx alone: what merely opening the files with the
usual libraries costs. Times are wall clock, so the machine should have nothing else to do. The share of Great
Expectations (its import, the checks, the pages) is of the processor time of the cold round, of all its processes (the
readers that the fork server started too), and holds on a busy machine too.
"""

from __future__ import annotations

import multiprocessing
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from bench._cost import processor_seconds

T = TypeVar("T")
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LABEL = "2023-Q3"
SCANS = (".scan.pdf", ".badocr.pdf")


def main() -> None:
    """Print one line for digital reports alone and one for the whole round."""
    if not CORPUS.is_dir():
        print("skipped: ../shared/corpus is not beside the project")
        return
    heads = f"{'cold':>9}{'warm':>9}{'bare libraries':>16}{'loaded':>8}{'ranked':>8}{'processor':>11}{'GX':>6}"
    print(f"{'reports':<28}{heads}")
    for name, scans in (("digital (no scans)", False), ("whole round, with scans", True)):
        files = round_files(scans=scans)
        cold, warm, loaded, ranked, processor, expectations = _in_new_process(files)
        bare = _timed(lambda chosen=files: _bare(chosen))  # type: ignore[misc]
        print(
            f"{f'{name}: {len(files)}':<28}{cold:>8.1f}s{warm:>8.1f}s{bare:>15.1f}s{loaded:>8}{ranked:>8}"
            f"{processor:>10.1f}s{expectations / processor:>6.0%}",
            flush=True,
        )


def round_files(*, scans: bool) -> list[Path]:
    """Return one file a ward of the round, the first format there is, with or without scans."""
    by_ward: dict[str, Path] = {}
    for path in sorted(CORPUS.glob(f"*-{LABEL.lower()}.*")):
        is_scan = path.name.endswith(SCANS)
        if path.suffix in (".docx", ".pdf", ".doc") and (scans or not is_scan):
            by_ward.setdefault(path.name.split(f"-{LABEL.lower()}")[0], path)
    return list(by_ward.values())


def _in_new_process(files: list[Path]) -> tuple[float, float, int, int, float, float]:
    """Return cold and warm seconds, reports loaded, wards ranked, in a process that has imported nothing.

    Then the processor seconds of the cold round, and those of Great Expectations within it.
    """
    began = time.monotonic()
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        first_ended, warm, loaded, ranked, processor, expectations = pool.submit(_twice, files).result()
    return first_ended - began, warm, loaded, ranked, processor, expectations


def _twice(files: list[Path]) -> tuple[float, float, int, int, float, float]:
    """Run two rounds in this process; return when the first ended, how long the second took, and what it gave."""
    spent = _watch_expectations()
    _round(files)
    ended, processor, expectations = time.monotonic(), processor_seconds(), sum(spent)
    loaded, ranked = _round(files)
    return ended, time.monotonic() - ended, loaded, ranked, processor, expectations


def _watch_expectations() -> list[float]:
    """Return a list to which every import of Great Expectations and every check by it adds its processor seconds."""
    import assets.quality
    import validation.expectations.quality as quality

    spent: list[float] = []
    vars(assets.quality)["check_round"] = vars(quality)["check_round"] = _watched(quality.check_round, spent)
    # Imported beside the reading, or within a check, where its seconds are counted already.
    vars(quality)["import_library"] = _watched(quality.import_library, spent)
    return spent


def _watched(call: Callable[..., T], spent: list[float]) -> Callable[..., T]:
    """Return a call that adds its processor seconds to a list, those that were added meanwhile taken off."""

    def watched(*args: Any, **kwargs: Any) -> T:
        began, before = time.process_time(), sum(spent)
        try:
            return call(*args, **kwargs)
        finally:
            spent.append(time.process_time() - began - (sum(spent) - before))

    return watched


def _round(files: list[Path]) -> tuple[int, int]:
    """Take a round through an empty home, as the command does, and return reports loaded and wards ranked."""
    from pipelines.cli.main import run_collection
    from pipelines.settings import load_settings
    from warehouse.connection import open_warehouse
    from warehouse.queries import rank_rows, reports

    with tempfile.TemporaryDirectory(prefix="cchc-bench-") as folder:
        settings = load_settings({"CCHC_HOME": f"{folder}/home", "CCHC_WORKERS": str(os.cpu_count() or 2)})
        sent = Path(folder) / "sent"
        sent.mkdir()
        for path in files:
            shutil.copy2(path, sent)
        run_collection(settings, None, sent, datetime(2023, 9, 13, 8), "bench", "a round of the past")  # noqa: DTZ001
        engine = open_warehouse(settings.warehouse_url)
        places = rank_rows(engine, LABEL, settings.scorecard)
        loaded = len(reports(engine, LABEL))
        engine.dispose()
    return loaded, sum(row.rank is not None for row in places)


def _bare(files: list[Path]) -> None:
    """Take the text of the files with the usual libraries and do nothing with it."""
    import docx
    import pdfplumber

    for path in files:
        if path.suffix == ".docx":
            _ = [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]
        elif path.suffix == ".pdf":
            with pdfplumber.open(path) as pdf:
                for page in pdf.pages:
                    page.extract_text()
                    page.close()


def _timed(work: Callable[[], None]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


if __name__ == "__main__":
    main()
