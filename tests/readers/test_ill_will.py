"""Files made with ill will: what they carry is not run, what they claim is not believed, and each has its outcome."""

from __future__ import annotations

import io
import time
import warnings
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cchc.errors import DocumentError
from parsers.document import Document
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.pool import ReaderPool
from parsers.readers import read_document
from tests.readers.builders import docx_bytes, report_pdf
from tests.readers.rawpdf import TEXT, one_page, packed, raw_pdf, stream

LIMITS = Limits(seconds=20.0, memory_bytes=700 * 1024 * 1024)
WORD = docx_bytes(["Trong quý tiếp nhận 316 hồ sơ, đã giải quyết 312 hồ sơ."])
PDF = report_pdf(["Trong quý tiếp nhận 316 hồ sơ, đã giải quyết 312 hồ sơ."])
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOOP = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R>>>>"
RELATIONS = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.fixture(scope="module")
def pool() -> Iterator[ReaderPool[Document]]:
    with ReaderPool(read_document, workers=1, limits=LIMITS) as pool:
        yield pool


def word(parts: dict[str, bytes], also: dict[str, bytes] | None = None) -> bytes:
    """Return the good DOCX with some parts replaced or added, and `also` parts added under names already there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(WORD)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in {**{n: old.read(n) for n in old.namelist()}, **parts}.items():
            new.writestr(name, content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)
            for name, content in (also or {}).items():
                new.writestr(name, content)
    return out.getvalue()


def nested(depth: int) -> bytes:
    """Return a DOCX of tables in tables."""
    body = "<w:tbl><w:tr><w:tc>" * depth + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth
    return word({"word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>".encode()})


READ: dict[str, Callable[[], bytes]] = {
    "script and attachment": lambda: one_page(
        stream(TEXT),
        b"<</Type/Filespec/F(a.exe)/EF<</F 7 0 R>>>>",
        stream(b"MZ" * 500),
        catalogue=b"/OpenAction<</S/JavaScript/JS(while\\(1\\);)>>/Names<</EmbeddedFiles<</Names[(a.exe) 6 0 R]>>>>",
    ),
    "tables of objects in a circle": lambda: one_page().replace(b"/Root 1 0 R", b"/Root 1 0 R/Prev 9"),
    "two thousand million pages": lambda: one_page().replace(b"/Count 1", b"/Count 2147483647"),
    "page without size": lambda: one_page(box=b"[0 0 0 0]"),
    "page of endless size": lambda: one_page(box=b"[0 0 1e99 -1e99]"),
    "page turned by half": lambda: one_page(page=b"/Rotate 45"),
    "arrays in arrays": lambda: one_page(page=b"/Z " + b"[" * 50_000 + b"]" * 50_000),
    "a million lines": lambda: one_page(packed(b"0 0 m 9 9 l S " * 200_000 + TEXT)),
    "package, then PDF": lambda: WORD[:900] + PDF,
    "PDF, then package": lambda: PDF + WORD,
    "whole package, then PDF": lambda: WORD + PDF,
    "outside parts": lambda: word(
        {
            "word/_rels/document.xml.rels": RELATIONS
            % b'<Relationship Id="a" Type="x/styles" Target="http://127.0.0.1:9/a" TargetMode="External"/>'
            b'<Relationship Id="b" Type="x/numbering" Target="../../../../etc/passwd"/>'
            b'<Relationship Id="c" Type="x/footnotes" Target="file:///etc/passwd"/>'
        }
    ),
    "macro and embedded object": lambda: word(
        {"word/vbaProject.bin": OLE * 9, "word/embeddings/oleObject1.bin": OLE + "EncryptedPackage".encode("utf-16-le")}
    ),
}


@pytest.mark.parametrize("make", READ.values(), ids=READ.keys())
def test_what_is_readable_is_read_and_nothing_is_run(
    pool: ReaderPool[Document], tmp_path: Path, make: Callable[[], bytes]
) -> None:
    """Scripts, attachments, macros, outside targets and false sizes change nothing of the text."""
    (tmp_path / "a").write_bytes(make())

    document = pool.run(tmp_path / "a")

    assert "316" in " ".join(block.text for block in document.blocks)


REFUSED: dict[str, tuple[Callable[[], bytes], set[Outcome]]] = {
    "pages in a circle": (
        lambda: raw_pdf([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>>"]),
        {Outcome.DAMAGED},
    ),
    "more pages claimed than there are": (lambda: one_page().replace(b"/Count 1", b"/Count 9"), {Outcome.DAMAGED}),
    "a page packed three times": (
        lambda: one_page(packed(b" " * 300_000_000, 3)),
        {Outcome.OUT_OF_MEMORY, Outcome.CRASHED, Outcome.NO_TEXT},
    ),
    "a form that draws itself": (
        lambda: one_page(stream(b"/X Do"), stream(b"/X Do /X Do", LOOP), named=b"/X 6 0 R"),
        {Outcome.OUT_OF_MEMORY, Outcome.CRASHED, Outcome.NO_TEXT},
    ),
    "a page of a square kilometre": (
        lambda: one_page(stream(b"0 0 1000000 500000 re f"), box=b"[0 0 1000000 1000000]"),
        {Outcome.NO_TEXT},
    ),
    "a page of one dot": (lambda: one_page(stream(b"0 0 1 1 re f " * 20), box=b"[0 0 1 1]"), {Outcome.NO_TEXT}),
    "a part that is there twice": (
        lambda: word({}, also={"word/document.xml": b"<a>999</a>"}),
        {Outcome.DAMAGED},
    ),
    "a part that is there twice, once with a slash": (
        lambda: word({}, also={"/word/document.xml": b"<a>999</a>"}),
        {Outcome.DAMAGED},
    ),
    "tables in tables": (lambda: nested(100), {Outcome.NO_TEXT, Outcome.DAMAGED}),
    "tables in tables without end": (lambda: nested(5_000), {Outcome.DAMAGED}),
    "one RTF group of raised marks": (lambda: b"{\\rtf1 1{" + b"\\super " * 200_000 + b"}", {Outcome.NO_TEXT}),
}


@pytest.mark.parametrize(("make", "named"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_not_is_refused_by_name_and_in_time(
    pool: ReaderPool[Document], tmp_path: Path, make: Callable[[], bytes], named: set[Outcome]
) -> None:
    """A file that cannot be a report is refused, the next is read by the same pool."""
    (tmp_path / "bad").write_bytes(make())
    (tmp_path / "good").write_bytes(WORD)
    began = time.monotonic()

    with pytest.raises(DocumentError) as caught:
        pool.run(tmp_path / "bad")

    assert caught.value.outcome in named
    assert time.monotonic() - began < LIMITS.seconds
    assert pool.run(tmp_path / "good").format == "docx"
