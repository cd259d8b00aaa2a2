"""The reports of `tests/corpus` as files: front matter, letterhead, marked body.

Belongs here: reading those texts and rendering them as DOCX or PDF. Stays out: what is expected of the engine.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from parsers.numbers import find_numbers
from sample.generator.files import MARK, Letterhead, pdf_bytes, write_docx

CORPUS = Path(__file__).resolve().parent / "corpus"


@dataclass(frozen=True)
class Unseen:
    """One report: its identity, its figures by code (first printing), its letterhead and marked body."""

    name: str
    ward: str
    round: str
    doc_no: str
    day: str
    head: Letterhead
    body: str

    @property
    def figures(self) -> dict[str, Decimal]:
        """Return the value of every figure, that of its first printing."""
        found: dict[str, Decimal] = {}
        for code, value, printed in MARK.findall(self.body):
            found.setdefault(code, Decimal(value) if value else find_numbers(printed)[0].value)
        return found

    def write(self, folder: Path, kind: str) -> Path:
        """Write the report as "docx" or "pdf" and return where it lies."""
        path = folder / f"{self.name}.{kind}"
        if kind == "docx":
            write_docx(path, self.head, self.body)
        else:
            path.write_bytes(pdf_bytes(self.head, self.body))
        return path


def unseen(folder: Path = CORPUS) -> list[Unseen]:
    """Return every report of the folder, by name."""
    return [_parse(path) for path in sorted(folder.glob("*.txt"))]


def _parse(path: Path) -> Unseen:
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    facts = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line and not line.startswith(" "))
    special = [line for line in text.splitlines() if line.startswith("::")]
    body = "\n".join(line for line in text.splitlines() if not line.startswith("::"))
    agency = special[0].removeprefix("::head ").split(" | ")[0].split("//")[1]
    number, place = special[1].removeprefix("::head Số: ").split(" | ")
    town, date_words = place.split(", ", 1)
    abstract = " ".join(s.removeprefix("::title ") for s in special if s.startswith("::title") and "BÁO CÁO" not in s)
    head = Letterhead(agency, number.strip(), town, date_words, abstract)
    return Unseen(path.stem, facts["ward"], facts["quarter"], facts["doc_no"], facts["date"], head, body)
