"""What scans lose: reports printed, spoilt in many ways and read, held against what their digital originals give.

Run by `make bench`, or by `python -m bench.damage [folder of PDF reports] [kinds to try]`. Prints for every kind of
damage how many of the figures come back (recall), how many are sure, how many of the sure ones the original does not
give (goal: none), and how often ward and round are told as in the original.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pypdfium2 as pdfium

from parsers.report import read_report
from tests.readers import scanner

SURE = 0.8
SHIPPED = Path(__file__).resolve().parents[1] / "sample" / "inbox"
MOST_REPORTS = 8

DAMAGE: dict[str, tuple[Callable[[scanner.Picture], scanner.Picture], int]] = {
    "tilt and grain": (lambda page: scanner.noisy(scanner.tilted(page, 2.1), 12), 200),
    "150 dpi, small JPEG": (lambda page: scanner.squeezed(page, 35), 150),
    "100 dpi": (lambda page: scanner.squeezed(page, 50), 100),
    "phone photo": (scanner.on_a_desk, 200),
    "photographed from the side": (scanner.photographed, 200),
    "coarse fax": (scanner.faxed, 200),
    "fine fax": (lambda page: scanner.faxed(page, fine=True), 200),
    "faint and blurred": (lambda page: scanner.blurred(scanner.faint(page), 1.2), 200),
}


@dataclass
class Tally:
    """What one kind of damage did to the figures of some reports."""

    originals: int = 0
    found: int = 0
    sure: int = 0
    wrong: list[str] | None = None
    told: int = 0
    reports: int = 0


def main(folder: Path | None = None, kinds: str = "") -> None:
    """Print the table for the reports of a folder, or for those of the sample."""
    reports = digital_reports(folder or SHIPPED)
    truths = {path: values(path) for path in reports}
    print(f"{len(reports)} reports, {sum(len(t[0]) for t in truths.values())} figures in the digital originals")
    for name, (spoil, dpi) in DAMAGE.items():
        if re.search(kinds, name):
            tally = tallied(truths, spoil, dpi)
            recall = tally.found / max(tally.originals, 1)
            print(
                f"{name:<30} recall {recall:.3f}   sure {tally.sure:>4}   sure and wrong {len(tally.wrong or []):>3}   "
                f"identity {tally.told}/{tally.reports}",
                *(tally.wrong or [])[:6],
                flush=True,
            )


def digital_reports(folder: Path) -> list[Path]:
    """Return the PDF reports of a folder that have text, a few of them."""
    return [p for p in sorted(folder.glob("*.pdf")) if ".badocr." not in p.name and _has_text(p)][:MOST_REPORTS]


def _has_text(path: Path) -> bool:
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError:
        return False
    return len(document[0].get_textpage().get_text_range()) > 200


def values(path: Path) -> tuple[dict[str, set[Decimal]], dict[str, Decimal], tuple[str | None, str | None]]:
    """Return all values read for every figure, the primary values that are sure, and ward and round."""
    _document, reading = read_report(path)
    every: dict[str, set[Decimal]] = {}
    for printing in reading.printings:
        every.setdefault(printing.figure, set()).add(printing.value)
    sure = {code: p.value for code, p in reading.primaries().items() if p.confidence >= SURE}
    return every, sure, (reading.identity.ward, reading.identity.round)


def tallied(
    truths: dict[Path, tuple[dict[str, set[Decimal]], dict[str, Decimal], tuple[str | None, str | None]]],
    spoil: Callable[[scanner.Picture], scanner.Picture],
    dpi: int,
) -> Tally:
    """Return what becomes of the figures of reports when they are spoilt."""
    tally = Tally(wrong=[])
    with tempfile.TemporaryDirectory() as room:
        for path, (truth, _sure, identity) in truths.items():
            spoilt = Path(room) / path.name
            spoilt.write_bytes(scanner.scanned(path.read_bytes(), spoil, dpi))
            every, sure, told = values(spoilt)
            tally.originals += len(truth)
            tally.found += sum(bool(truth[code] & every.get(code, set())) for code in truth)
            tally.sure += len(sure)
            tally.told += told == identity
            tally.reports += 1
            wrong = [f"{code}={value}" for code, value in sure.items() if value not in truth.get(code, set())]
            tally.wrong = [*(tally.wrong or []), *wrong]
    return tally


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(Path(arguments[0]) if arguments else None, arguments[1] if len(arguments) > 1 else "")
