"""How well reports are read, as a figure with a floor: the corpus beside the project, and reports written for it.

The floors stand in `floors.json` and are only ever raised. What is measured is printed, so that every run shows it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from parsers.reading import Reading
from parsers.report import read_report
from tests.unseen import Unseen, unseen

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FLOORS = json.loads((Path(__file__).parent / "floors.json").read_text(encoding="utf-8"))
CEILINGS = ("auto_wrong",)

needs_corpus = pytest.mark.skipif(
    not (SHARED / "corpus").is_dir(), reason="the corpus lies beside the project, not in it"
)


def held_to(name: str, measured: Mapping[str, float]) -> None:
    """Print what was measured and fail where it is under its floor (over its ceiling)."""
    print(f"\n{name}: " + "  ".join(f"{key} {value:.4f}" for key, value in measured.items()))
    for key, bound in FLOORS[name].items():
        fine = measured[key] <= bound if key in CEILINGS else measured[key] >= bound
        assert fine, f"{name}: {key} is {measured[key]:.4f}, the bound is {bound}"


@pytest.mark.slow
@pytest.mark.corpus
@needs_corpus
def test_the_corpus_is_read_as_well_as_before(capsys: pytest.CaptureFixture[str]) -> None:
    """Every digital format of the corpus, as one set, by the corpus's own scorer."""
    command = f"{sys.executable} -c 'from pipelines.cli import main; main()' extract"
    scorer = [sys.executable, str(SHARED / "tools" / "score.py"), str(SHARED / "corpus"), "--command", command]
    run = subprocess.run(
        [*scorer, "--only", r"(docx|doc|q\d\.pdf)$", "--json"], capture_output=True, text=True, check=True
    )
    totals = json.loads(run.stdout)

    assert totals["answered"] == totals["files"]
    with capsys.disabled():
        held_to("corpus", {key: totals[key] for key in FLOORS["corpus"]})


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Unseen, str, Reading]]:
    """Every report that labels and engine were not written for, as DOCX and as PDF, with its kind and reading."""
    folder = tmp_path_factory.mktemp("unseen")
    return [
        (report, kind, read_report(report.write(folder, kind))[1]) for report in unseen() for kind in ("docx", "pdf")
    ]


@pytest.mark.slow
def test_unseen_reports_are_read_as_well_as_before(
    readings: list[tuple[Unseen, str, Reading]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Figures of reports that labels and engine were not written for."""
    pairs = [(report.figures, reading) for report, _kind, reading in readings]

    with capsys.disabled():
        held_to("unseen", measure(pairs))


@pytest.mark.slow
def test_unseen_reports_say_whose_they_are(readings: list[tuple[Unseen, str, Reading]]) -> None:
    """Ward, round, number and date of every report are told, with confidence, in either format."""
    for report, _kind, reading in readings:
        identity = reading.identity
        told = (identity.ward, identity.round, identity.doc_no, str(identity.doc_date))
        assert told == (report.ward, report.round, report.doc_no, report.day)
        assert identity.confidence >= 0.8


def measure(pairs: Iterable[tuple[Mapping[str, Decimal], Reading]]) -> dict[str, float]:
    """Return precision, recall and the share of wrong figures among those that nobody would look at."""
    right = wrong = missed = unseen_figures = unseen_wrong = 0
    for truth, reading in pairs:
        read = reading.primaries()
        good = {code for code, printing in read.items() if truth.get(code) == printing.value}
        right += len(good)
        wrong += len(read) - len(good)
        missed += len(truth.keys() - read.keys())
        sure = {code for code, printing in read.items() if printing.confidence >= 0.8}
        unseen_figures += len(sure)
        unseen_wrong += len(sure - good)
    return {
        "precision": right / (right + wrong),
        "recall": right / (right + missed),
        "auto_wrong": unseen_wrong / unseen_figures,
    }
