"""What a person does not see on a PDF page is not read, and what stands beside it is not sure."""

from __future__ import annotations

import zlib

import numpy as np
import pypdfium2 as pdfium
import pytest

from cchc.errors import DocumentError
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.pdf import pages
from parsers.readers.pdf.pages import BESIDE_UNSEEN, read_page
from parsers.readers.pdf.reader import read_pdf
from tests.readers.builders import escaped, pdf_bytes
from tests.readers.rawpdf import raw_pdf, stream

LIMITS = Limits()
PLAIN = "BT /F1 12 Tf 50 700 Td (Tiep nhan van ban den trong quy nay:) Tj ET\n"
NUMBER = "BT /F1 12 Tf 268 700 Td (398) Tj ET\n"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
SEEN, WITHOUT = "Tiep nhan van ban den trong quy nay: 398", "Tiep nhan van ban den trong quy nay:"


def page(content: str, *more: bytes, keys: bytes = b"", resources: bytes = b"", catalogue: bytes = b"") -> bytes:
    """Return a page; `more` objects are numbered from 6."""
    return raw_pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R" + catalogue + b">>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>"
            + resources + b">>" + keys + b">>",
            stream(content.encode()),
            FONT,
            *more,
        ]
    )  # fmt: skip


def note(
    kind: bytes, keys: bytes = b"", drawn: bytes | None = None, rect: bytes = b"[262 690 312 715]"
) -> tuple[bytes, ...]:
    """Return a page's note, and what draws it, as objects 6 and 7."""
    shown = b"/AP<</N 7 0 R>>" if drawn is not None else b""
    head = b"<</Type/Annot/Subtype/" + kind + b"/F 4/Rect" + rect + keys + shown + b">>"
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 50 25]/Resources<</Font<</F1 5 0 R>>>>"
    return (head, *([stream(drawn, form)] if drawn is not None else []))


def read(data: bytes) -> tuple[list[str], list[tuple[str, str]], set[float]]:
    """Return the texts of a file, what is unseen with the reason, and how far its words are believed."""
    found = read_pdf(data, LIMITS, None)
    sure = {word.confidence for draft in found.drafts for word in draft.words}
    return [d.text for d in found.drafts], [(u.text, u.why) for u in found.unseen], sure


HIDDEN = {
    "white on white": ("1 1 1 rg " + NUMBER, {}, "white"),
    "nearly white": ("0.97 0.97 0.97 rg " + NUMBER, {}, "white"),
    "invisible by mode": (NUMBER.replace("Td", "Td 3 Tr"), {}, "invisible"),
    "only a clip": ("q " + NUMBER.replace("Td", "Td 7 Tr") + " Q", {}, "invisible"),
    "transparent": (
        "/G0 gs " + NUMBER,
        {"resources": b"/ExtGState<</G0<</ca 0>>>>"},
        "invisible",
    ),
    "clipped away": ("q 0 0 10 10 re W n " + NUMBER + "Q\n", {}, "clipped"),
    "under a white area": (NUMBER + "1 1 1 rg 262 690 60 30 re f\n", {}, "covered"),
    "under many thin white areas": (
        NUMBER + "1 1 1 rg\n" + "".join(f"262 {690 + 2 * n} 60 2 re f\n" for n in range(15)),
        {},
        "covered",
    ),
    "under a thick white line": (NUMBER + "1 1 1 RG 16 w 262 704 m 322 704 l S\n", {}, "covered"),
    "black on black": ("0 0 0 rg 262 690 60 30 re f " + NUMBER, {}, "white"),
    "beyond the sheet": (NUMBER.replace("268 700", "900 700"), {}, "off_page"),
    "beyond what is shown": (NUMBER, {"keys": b"/CropBox[0 0 262 842]"}, "off_page"),
    "tiny": (NUMBER.replace("/F1 12", "/F1 1"), {}, "tiny"),
    "crossed out by a line": (NUMBER + "1 w 266 704 m 292 704 l S\n", {}, "struck"),
    "crossed out by a bar": (NUMBER + "266 703.4 26 1 re f\n", {}, "struck"),
    "crossed out aslant": (NUMBER + "1 w 265 700 m 292 709 l S\n", {}, "struck"),
    "on a layer switched off": (
        "/OC /L0 BDC " + NUMBER + " EMC",
        {
            "resources": b"/Properties<</L0 6 0 R>>",
            "catalogue": b"/OCProperties<</OCGs[6 0 R]/D<</OFF[6 0 R]/Order[6 0 R]>>>>",
            "more": (b"<</Type/OCG/Name(L)>>",),
        },
        "invisible",
    ),
}  # fmt: skip

SHOWN = {
    "plain": (NUMBER, {}),
    "white on a coloured head": ("0.1 0.2 0.5 rg 262 690 60 30 re f 1 1 1 rg " + NUMBER, {}),
    "on a light ground": ("0.9 0.95 1 rg 262 690 60 30 re f 0 0 0 rg " + NUMBER, {}),
    "grey": ("0.5 0.5 0.5 rg " + NUMBER, {}),
    "underlined": (NUMBER + "0.6 w 266 698 m 292 698 l S\n", {}),
    "framed": (NUMBER + "0.6 w 262 692 44 22 re S\n", {}),
    "within its clip": ("q 40 600 500 200 re W n " + NUMBER + "Q\n", {}),
    "under a see-through mark": (
        NUMBER + "/G0 gs 1 1 0 rg 262 690 60 30 re f\n",
        {"resources": b"/ExtGState<</G0<</ca 0.4>>>>"},
    ),
    "drawn as outlines": (NUMBER.replace("Td", "Td 1 Tr"), {}),
    "on a layer switched on": (
        "/OC /L0 BDC " + NUMBER + " EMC",
        {
            "resources": b"/Properties<</L0 6 0 R>>",
            "catalogue": b"/OCProperties<</OCGs[6 0 R]/D<</ON[6 0 R]/Order[6 0 R]>>>>",
            "more": (b"<</Type/OCG/Name(L)>>",),
        },
    ),
}  # fmt: skip


def made(content: str, keys: dict) -> bytes:
    keys = dict(keys)
    return page(PLAIN + content, *keys.pop("more", ()), **keys)


class TestText:
    @pytest.mark.parametrize("kind", HIDDEN)
    def test_what_nobody_sees_is_not_read(self, kind):
        """Text hidden in any way is left out and named with the reason; what else the page says is not sure."""
        content, keys, why = HIDDEN[kind]

        assert read(made(content, keys)) == ([WITHOUT], [("398", why)], {BESIDE_UNSEEN})

    @pytest.mark.parametrize("kind", SHOWN)
    def test_what_is_seen_is_read_and_sure(self, kind):
        """Text that is seen, however it is drawn, is read as ever and raises no doubt."""
        assert read(made(*SHOWN[kind])) == ([SEEN], [], {1.0})

    def test_retyped_number_counts(self):
        """Of a number typed over a whited-out one the new one is read; the page is not sure."""
        content = PLAIN + NUMBER + "1 1 1 rg 262 690 60 30 re f 0 g " + NUMBER.replace("398", "737")

        assert read(page(content)) == ([WITHOUT + " 737"], [("398", "covered")], {BESIDE_UNSEEN})

    def test_one_hidden_digit_is_enough(self):
        """A white digit before a number does not belong to it."""
        content = PLAIN + "1 g BT /F1 12 Tf 261.3 700 Td (9) Tj ET 0 g " + NUMBER

        assert read(page(content))[:2] == ([SEEN], [("9", "white")])

    def test_ordinary_pages_are_not_drawn(self, monkeypatch):
        """A page with a table and bold type gives no reason to look at its characters one by one."""
        data = pdf_bytes("*" + escaped("Kết quả") + "*\n\n#table(columns: 2, [Tiếp nhận], [327], [Giải quyết], [321])")
        monkeypatch.setattr(pages, "_looked_at", None)

        assert not read_page(pdfium.PdfDocument(data), 0).unseen

    def test_page_of_countless_characters_is_named_at_once(self, monkeypatch):
        """A page with more characters than any paper holds ends in its outcome, not in endless work."""
        monkeypatch.setattr(pages, "_MOST_GLYPHS", 30)

        with pytest.raises(DocumentError) as caught:
            read(page(PLAIN + NUMBER))

        assert caught.value.outcome == Outcome.TOO_LARGE


class TestNotes:
    def test_typed_note_over_a_number_counts(self):
        """What a note drawn over a number says is read, the number below is not; the page is not sure."""
        drawn = b"1 1 1 rg 0 0 50 25 re f 0 g BT /F1 12 Tf 10 10 Td (908) Tj ET"
        data = page(PLAIN + NUMBER, *note(b"FreeText", b"/DA(/F1 12 Tf)/Contents(908)", drawn), keys=b"/Annots[6 0 R]")

        assert read(data) == ([WITHOUT + " 908"], [("398", "covered")], {BESIDE_UNSEEN})

    def test_note_that_the_file_does_not_draw_is_read(self):
        """A note whose picture is left to the viewer is read where it stands, and the page is not sure."""
        data = page(PLAIN, *note(b"FreeText", b"/DA(/F1 12 Tf)/Contents(908)"), keys=b"/Annots[6 0 R]")
        texts, _unseen, sure = read(data)

        assert "908" in " ".join(texts)
        assert sure == {BESIDE_UNSEEN}

    def test_filled_field_is_text(self):
        """The value of a form's field stands in its line."""
        field = note(b"Widget", b"/FT/Tx/T(n)/V(908)/DA(/F1 12 Tf)", b"BT /F1 12 Tf 10 10 Td (908) Tj ET")
        data = page(PLAIN, *field, keys=b"/Annots[6 0 R]", catalogue=b"/AcroForm<</Fields[6 0 R]>>")

        assert read(data)[0] == [WITHOUT + " 908"]

    @pytest.mark.parametrize("kind", [b"StrikeOut", b"Redact"])
    def test_text_struck_out_by_a_note_is_not_read(self, kind):
        """Text that a note strikes out, or means to black out, is not read."""
        struck = note(kind, b"/QuadPoints[266 712 292 712 266 698 292 698]")

        assert read(page(PLAIN + NUMBER, *struck, keys=b"/Annots[6 0 R]"))[:2] == ([WITHOUT], [("398", "struck")])

    @pytest.mark.parametrize("kind", [b"Link", b"Popup", b"Text"])
    def test_links_and_stickers_change_nothing(self, kind):
        """A link, a pop-up or a sticky note is no text of the page and hides none."""
        data = page(PLAIN + NUMBER, *note(kind, b"/Contents(908)"), keys=b"/Annots[6 0 R]")

        assert read(data) == ([SEEN], [], {1.0})


def scan(pieces: int, *, over: str = "", under: str = "", seen: str = "908") -> bytes:
    """Return a page scanned as so many strips, with text drawn before and after them."""
    paper = f"BT /F1 16 Tf 50 700 Td (Tong so van ban den trong quy nay la {seen} van ban) Tj ET\n"
    bitmap = pdfium.PdfDocument(page(paper))[0].render(scale=150 / 72, grayscale=True)
    rows = np.array_split(np.asarray(bitmap.to_numpy()).reshape(bitmap.height, -1), pieces)
    high = 842 / sum(len(part) for part in rows)
    strips, placed, top = [], "", 842.0
    for number, part in enumerate(rows):
        keys = b"/Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8"
        strips.append(
            stream(zlib.compress(part.tobytes()), keys % (part.shape[1], part.shape[0]) + b"/Filter/FlateDecode")
        )
        top -= high * len(part)
        placed += f"q 595 0 0 {high * len(part):.3f} 0 {abs(top):.3f} cm /I{number} Do Q\n"
    named = b"".join(b"/I%d %d 0 R" % (n, n + 6) for n in range(pieces))
    return page(under + placed + over, *strips, resources=b"/XObject<<" + named + b">>")


LAYER = "BT {mode} Tr /F1 16 Tf 50 700 Td (Tong so van ban den trong quy nay la 398 van ban) Tj ET\n"


class TestScans:
    @pytest.mark.parametrize("pieces", [1, 2, 4, 8])
    def test_layer_behind_any_number_of_strips_is_not_read(self, pieces):
        """A scan is read from its picture, however many strips make it up, and is no less sure for its hidden text."""
        texts, unseen, sure = read(scan(pieces, over=LAYER.format(mode=3)))

        assert "908" in texts[0]
        assert not unseen
        assert max(sure) > BESIDE_UNSEEN

    def test_text_under_the_picture_is_not_read(self):
        """Plain text over which the picture lies is not seen."""
        texts, unseen, _sure = read(scan(4, under=LAYER.format(mode=0)))

        assert ("908" in texts[0], "398" in texts[0], unseen) == (True, False, [])

    def test_stamp_text_before_a_hidden_layer_changes_nothing(self):
        """Lines typed visibly upon a scan do not make its hidden text one that is seen."""
        stamps = "".join(f"BT 0 Tr /F1 8 Tf 400 {800 - 10 * n} Td (Van ban den so {n}) Tj ET\n" for n in range(3))
        texts, _unseen, _sure = read(scan(1, over=stamps + LAYER.format(mode=3)))

        assert "908" in " ".join(texts)
        assert "398" not in " ".join(texts)

    def test_picture_pasted_over_a_number_is_read_and_not_sure(self):
        """Where a picture lies on part of a typed page, the page is read as it looks, and nothing on it is sure."""
        line = "BT /F1 16 Tf 50 {y} Td (Trong quy tiep nhan 327 ho so va da giai quyet 321 ho so cac loai) Tj ET\n"
        typed = "".join(line.format(y=600 - 30 * n) for n in range(4)) + NUMBER
        data = scan(1, under=typed).replace(b"q 595 0 0 842.000 0 0.000 cm", b"q 300 0 0 100.0 200 660.0 cm  ")
        _texts, unseen, sure = read(data)

        assert ("398", "covered") in unseen
        assert max(sure) <= BESIDE_UNSEEN
