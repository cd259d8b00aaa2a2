"""The reports of the corpus against their marked texts."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from parsers.document import Document
from parsers.readers import read_document
from parsers.readers.ocr.recognise import ocr_available
from tests.readers.marked import CORPUS, marked_paragraphs, numbers

pytestmark = [
    pytest.mark.corpus,
    pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports of ../shared/corpus are not here"),
]

FILES = sorted(p.name for p in CORPUS.glob("*.*") if p.suffix in {".docx", ".pdf", ".doc"}) if CORPUS.is_dir() else []
SCANS = [n for n in FILES if ".scan." in n or ".badocr." in n]
DIGITAL = [n for n in FILES if n not in SCANS]


@pytest.fixture(scope="module")
def document(ocr_cache: Path) -> Callable[[str], Document]:
    """Read a report by its name, once."""
    return cache(lambda name: read_document(CORPUS / name, ocr_cache=ocr_cache))


def printed(document: Document) -> list[str]:
    """Return the texts of a document in order, cells one by one."""
    blocks = document.blocks
    return [t.replace("\n", " ") for b in blocks for t in ([c.text for c in b.cells] if b.cells else [b.text])]


def page_numbers_left_out(document: Document) -> list[str]:
    """Return the page numbers that a document says stood in its text and were left out."""
    return [found[1] for note in document.notes if (found := re.search(r"(\d+) (?:stood|nằm lẫn)", note))]


def without_page_numbers(paragraphs: list[str], numbers: list[str]) -> list[str]:
    """Return paragraphs without lone page numbers, the halves of a sentence around one joined."""
    whole: list[str] = []
    cut = False
    for paragraph in paragraphs:
        if paragraph.strip() in numbers:
            cut = not whole[-1].rstrip().endswith((".", ";", ":"))
        elif cut:
            whole[-1], cut = f"{whole[-1]} {paragraph}", False
        else:
            whole.append(paragraph)
    return whole


def agreement(wanted: list[str], found: list[str]) -> float:
    """Return the share of what is wanted that was found, in order."""
    matches = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    return sum(m.size for m in matches) / len(wanted)


@pytest.mark.parametrize("name", DIGITAL)
class TestDigital:
    def test_every_number_is_read_in_order(self, document, name):
        """Every number of the text is in the document, in order; page numbers typed into it are left out, and told."""
        paragraphs = marked_paragraphs(name.split(".")[0])
        typed = [p for p in paragraphs if p.strip() in page_numbers_left_out(document(name))]
        wanted = numbers(paragraphs)

        assert len(typed) == len(page_numbers_left_out(document(name)))
        assert round(agreement(wanted, numbers(printed(document(name)))) * len(wanted)) == len(wanted) - len(typed)

    def test_no_number_is_made_up(self, document, name):
        """A document holds no number that is not printed, automatic labels apart."""
        labels = sum(len(numbers([b.label])) for b in document(name).blocks if b.label and b.label in b.text)
        found, wanted = numbers(printed(document(name))), numbers(marked_paragraphs(name.split(".")[0]))

        assert len(found) <= len(wanted) + labels

    def test_paragraphs_are_whole(self, document, name):
        """At least 96 of 100 paragraphs come out word for word as they were written."""
        found = {f"{b.label} {b.text}" for b in document(name).blocks} | set(printed(document(name)))
        found |= {t.split(" ", 1)[-1] for t in printed(document(name))}
        wanted = without_page_numbers(marked_paragraphs(name.split(".")[0]), page_numbers_left_out(document(name)))

        assert sum(" ".join(p.split()) in found for p in wanted) / len(wanted) >= 0.96

    def test_words_keep_to_the_text(self, document, name):
        """Every word of a page names the characters of its block or cell."""
        for block in document(name).blocks:
            for holder in (block, *block.cells):
                for word in holder.words:
                    assert holder.text[word.start : word.end].strip()


@pytest.mark.slow
@pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is not installed")
class TestScans:
    @pytest.mark.parametrize("name", [n for n in SCANS if not n.startswith("pho-minh")])
    def test_numbers_of_a_scan(self, document, name):
        """At least 95 of 100 numbers of a scan are read, and what is wrong is not trusted."""
        wanted = numbers(marked_paragraphs(name.split(".")[0]))

        assert agreement(wanted, numbers(printed(document(name)))) >= 0.95
        assert all(p.source == "ocr" and p.text_confidence > 0.8 for p in document(name).pages)

    def test_wrong_numbers_are_doubted(self, document):
        """A number read wrong in a table or in prose carries a confidence under 0.9."""
        name = "pho-hoa-2023-q3.scan.pdf"
        wanted = set(numbers(marked_paragraphs(name.split(".")[0])))

        for block in document(name).blocks:
            for holder in (block, *block.cells):
                for word in holder.words:
                    read = numbers([holder.text[word.start : word.end]])
                    assert not read or set(read) <= wanted or word.confidence < 0.9


@pytest.mark.slow
@pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is not installed")
def test_one_report_in_three_formats_agrees_number_by_number(document):
    """The same report as DOCX, PDF and scan yields the same numbers in the same order."""
    names = [n for n in FILES if n.startswith("pho-minh-2023-q3.")]

    found = [numbers(printed(document(n))) for n in names]

    assert len(names) == 3
    assert found[0] == found[1] == found[2]
