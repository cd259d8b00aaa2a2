"""PDF files written by hand, for what no library would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

TEXT = b"BT /F1 12 Tf 50 700 Td (Trong quy tiep nhan 316 ho so da giai quyet 312 ho so) Tj ET"
_FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def raw_pdf(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """Return a PDF of objects numbered from 1, the first its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(out), len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n" % size + table
    return bytes(out) + head + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, start)


def stream(content: bytes, keys: bytes = b"") -> bytes:
    """Return a stream object."""
    return b"<</Length %d%s>>stream\n" % (len(content), keys) + content + b"\nendstream"


def packed(content: bytes, times: int = 1, keys: bytes = b"") -> bytes:
    """Return a stream object packed so many times over."""
    for _time in range(times):
        content = zlib.compress(content, 1)
    return stream(content, b"/Filter[" + b"/FlateDecode" * times + b"]" + keys)


def one_page(
    content: bytes = stream(TEXT),
    *more: bytes,
    named: bytes = b"",
    box: bytes = b"[0 0 595 842]",
    page: bytes = b"",
    catalogue: bytes = b"",
) -> bytes:
    """Return a PDF of one page with this content stream; `more` objects are numbered from 6, `named` names them."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox" + box + b"/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<<"
            + named + b">>>>" + page + b">>",
            content,
            _FONT,
            *more,
        ]
    )  # fmt: skip
