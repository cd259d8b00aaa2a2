"""Files that are torn, turned, bombs or liars: each ends in a Document or in a named outcome."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from cchc.errors import DocumentError
from parsers.document import Document
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.pool import ReaderPool
from parsers.readers import read_document
from parsers.readers.common.package import Package
from parsers.readers.common.sniff import sniff
from tests.readers.builders import doc_bytes, docx_bytes, report_pdf, rtf_bytes

PARAGRAPHS = [
    "I. TÌNH HÌNH CHUNG",
    *("Trong quý tiếp nhận 316 hồ sơ, đã giải quyết 312 hồ sơ, đạt 98,73%." for _ in "123456"),
]
LIMITS = Limits(seconds=20.0, memory_bytes=700 * 1024 * 1024)
NAMED = set(Outcome) - {Outcome.READ}

GOOD = {
    "pdf": report_pdf(PARAGRAPHS),
    "docx": docx_bytes(PARAGRAPHS),
    "doc": doc_bytes(PARAGRAPHS),
    "rtf": rtf_bytes(PARAGRAPHS),
}


@pytest.fixture(scope="module")
def pool():
    with ReaderPool(read_document, workers=2, limits=LIMITS) as pool:
        yield pool


def outcomes(pool: ReaderPool[Document], folder: Path, files: dict[str, bytes]) -> dict[str, str]:
    """Return what became of each file: "read", or the named outcome."""
    for name, data in files.items():
        (folder / name).write_bytes(data)
    found: dict[str, str] = {}
    for path, result in pool.run_many(folder / name for name in files):
        found[path.name] = result.outcome if isinstance(result, DocumentError) else "read"
        assert not isinstance(result, DocumentError) or str(result)
    return found


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def with_document_xml(xml: bytes) -> bytes:
    """Return the good DOCX with another main part."""
    with zipfile.ZipFile(io.BytesIO(GOOD["docx"])) as old:
        return zipped({n: xml if n == "word/document.xml" else old.read(n) for n in old.namelist()})


def rebuilt(pages: int) -> bytes:
    """Return a PDF of so many pages."""
    document = pdfium.PdfDocument.new()
    for _page in range(pages):
        document.new_page(595, 842)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", sorted(GOOD))
class TestTornFiles:
    def test_truncations_have_named_outcomes(self, pool, tmp_path, form):
        """A good file cut off after every 5% is read or has a named outcome, and the whole one is read."""
        data = GOOD[form]
        files = {f"{percent:03}.{form}": data[: len(data) * percent // 100] for percent in range(0, 101, 5)}

        found = outcomes(pool, tmp_path, files)

        assert set(found) == set(files)
        assert found[f"000.{form}"] == Outcome.EMPTY
        assert found[f"100.{form}"] == "read"
        assert set(found.values()) <= NAMED | {"read"}
        assert not {Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY} & set(found.values())

    def test_flipped_bits_have_named_outcomes(self, pool, tmp_path, form):
        """Bits flipped anywhere never end without a name, over time or over memory."""
        chance = random.Random(f"bits of {form}")
        files = {}
        for number in range(25):
            data = bytearray(GOOD[form])
            for _flip in range(1 + number):
                place = chance.randrange(len(data))
                data[place] ^= 1 << chance.randrange(8)
            files[f"{number}.{form}"] = bytes(data)

        found = outcomes(pool, tmp_path, files)

        assert set(found) == set(files)
        assert set(found.values()) <= NAMED | {"read"}
        assert not {Outcome.TIMED_OUT, Outcome.OUT_OF_MEMORY} & set(found.values())


class TestBombs:
    CASES = {
        "zip-bomb": (lambda: zipped({"word/document.xml": b"\0" * 60_000_000}), Outcome.TOO_LARGE),
        "many-parts": (lambda: zipped({f"word/{n}.xml": b"x" for n in range(6000)}), Outcome.TOO_LARGE),
        "xml-bomb": (
            lambda: with_document_xml(
                b'<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><lolz>&b;</lolz>'
            ),
            Outcome.DAMAGED,
        ),
        "xml-bomb-utf16": (
            lambda: with_document_xml(
                '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")
            ),
            Outcome.DAMAGED,
        ),
        "outside-entity": (
            lambda: with_document_xml(b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
            Outcome.DAMAGED,
        ),
        "deep-xml": (lambda: with_document_xml(b"<a>" * 100_000 + b"</a>" * 100_000), Outcome.DAMAGED),
        "no-body": (lambda: with_document_xml(b"<a/>"), Outcome.DAMAGED),
        "5000-pages": (lambda: rebuilt(5000), Outcome.TOO_LARGE),
        "blank-pages": (lambda: rebuilt(3), Outcome.NO_TEXT),
        "deep-rtf": (lambda: b"{\\rtf1" + b"{" * 200_000 + b"316" + b"}" * 200_000 + b"}", None),
    }

    @pytest.mark.parametrize("case", sorted(CASES))
    def test_is_refused_by_name(self, pool, tmp_path, case):
        """A bomb is refused for what it is, long before it goes off."""
        make, outcome = self.CASES[case]
        data = make()
        began = time.monotonic()

        found = outcomes(pool, tmp_path, {case: data})[case]

        assert found == outcome if outcome else found in NAMED | {"read"}
        assert time.monotonic() - began < LIMITS.seconds

    def test_entity_never_reaches_the_text(self, tmp_path):
        """Nothing of this machine is read into a report."""
        file = tmp_path / "a.docx"
        file.write_bytes(self.CASES["outside-entity"][0]())

        with pytest.raises(DocumentError) as caught:
            read_document(file)

        assert "root:" not in str(caught.value)

    def test_oversized_file_is_not_even_opened(self, tmp_path):
        """A file over the limit is refused by its size."""
        file = tmp_path / "a.pdf"
        file.write_bytes(GOOD["pdf"])

        with pytest.raises(DocumentError) as caught:
            read_document(file, limits=Limits(file_bytes=1000))

        assert caught.value.outcome == Outcome.TOO_LARGE

    def test_part_that_lies_about_its_size_is_cut_off(self, tmp_path):
        """A part larger than it declares does not unpack past what it declared."""
        file = tmp_path / "a.docx"
        data = bytearray(zipped({"word/document.xml": b"<a>" + b" " * 2_000_000 + b"</a>"}))
        for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            place = data.find(mark) + offset
            data[place : place + 4] = (5_000).to_bytes(4, "little")
        file.write_bytes(bytes(data))

        with pytest.raises(DocumentError) as caught:
            read_document(file)

        assert caught.value.outcome == Outcome.DAMAGED

    def test_many_parts_together_reach_the_limit(self):
        """Parts read one after another share one limit of unpacked bytes."""
        parts = {f"word/{n}.xml": b"<a>" + bytes([65 + n]) * 300 + b"</a>" for n in range(3)}
        package = Package(zipped(parts), Limits(unpacked_bytes=2000))
        package._left = 700

        package.read("word/0.xml")
        package.read("word/1.xml")
        with pytest.raises(DocumentError) as caught:
            package.read("word/2.xml")

        assert caught.value.outcome == Outcome.TOO_LARGE


class TestLiars:
    @pytest.mark.parametrize("form", sorted(GOOD))
    def test_format_is_what_the_bytes_say(self, tmp_path, form):
        """A file is read by its bytes, whatever its name."""
        file = tmp_path / "báo cáo.xlsx"
        file.write_bytes(GOOD[form])

        assert read_document(file).format == form

    @pytest.mark.parametrize(
        ("data", "outcome"),
        [
            (b"", Outcome.EMPTY),
            (b"\0\0\0 \n", Outcome.EMPTY),
            (b"hello", Outcome.UNSUPPORTED),
            (b"PK\x03\x04 nothing", Outcome.UNSUPPORTED),
            (b"%PDF-1.7\nnothing", Outcome.DAMAGED),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, Outcome.UNSUPPORTED),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Outcome.ENCRYPTED),
            (zipped({"xl/workbook.xml": b"<a/>"}), Outcome.DAMAGED),
            (zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), Outcome.DAMAGED),
        ],
    )
    def test_what_is_no_report_is_named(self, tmp_path, data, outcome):
        """What cannot be read says why by name."""
        file = tmp_path / "a.docx"
        file.write_bytes(data)

        with pytest.raises(DocumentError) as caught:
            read_document(file)

        assert caught.value.outcome == outcome

    def test_missing_file_is_named(self, tmp_path):
        """A path where nothing is ends in a named outcome too."""
        with pytest.raises(DocumentError) as caught:
            read_document(tmp_path / "not-here.pdf")

        assert caught.value.outcome == Outcome.DAMAGED

    def test_encrypted_pdf_is_named(self, tmp_path):
        """A PDF that asks for a password is encrypted, not damaged."""
        file = tmp_path / "a.pdf"
        encryption = b"<</Filter/Standard/V 1/R 2/O(%s)/U(%s)/P -4>>" % (b"o" * 32, b"u" * 32)
        body = (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 0/Kids[]>>endobj\n"
            b"3 0 obj" + encryption + b"endobj\n"
        )
        trailer = b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[(aaaaaaaaaaaaaaaa)(aaaaaaaaaaaaaaaa)]/Size 4>>\n%%EOF"
        file.write_bytes(body + trailer)

        with pytest.raises(DocumentError) as caught:
            read_document(file)

        assert caught.value.outcome == Outcome.ENCRYPTED

    @pytest.mark.parametrize("data", [b"{\\rtf1 316}", b"\r\n{\\rtf1 316}"])
    def test_rtf_is_known_by_its_head(self, data):
        """RTF may stand after blank lines."""
        assert sniff(data) == "rtf"
