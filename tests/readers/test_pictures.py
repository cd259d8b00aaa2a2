"""Pictures as reports: every kind is decoded, a photo is flattened, pages of a bundle are one report."""

from __future__ import annotations

import io
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from cchc.errors import DocumentError
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers import read_document
from parsers.readers.common.sniff import sniff
from parsers.readers.ocr.photo import flattened, sheet_corners
from parsers.readers.ocr.recognise import ocr_available
from parsers.readers.pictures.bundle import pictures_in, write_bundle
from parsers.readers.pictures.frames import frames
from tests.readers import scanner
from tests.readers.builders import report_pdf
from tests.readers.offices import xlsx_bytes

needs_engine = pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")
PARAGRAPHS = ["Trong quý III, phường tiếp nhận 327 hồ sơ, giải quyết 321 hồ sơ, trễ hạn 6 hồ sơ."]


def page_picture(paragraphs: list[str], dpi: int = 150) -> np.ndarray:
    """Return the first page of a report as blue, green, red."""
    document = pdfium.PdfDocument(report_pdf(paragraphs))
    return document[0].render(scale=dpi / 72).to_numpy()[:, :, :3].copy()


def saved(picture: np.ndarray, kind: str, **more: object) -> bytes:
    """Return a picture as a file of some kind."""
    if kind == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener()
    out = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(picture[:, :, ::-1])).save(out, kind, **more)
    return out.getvalue()


class TestFrames:
    @pytest.mark.parametrize(
        ("kind", "form"),
        [("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"), ("TIFF", "tiff"), ("HEIF", "heic"), ("BMP", "bmp")],
    )
    def test_every_kind_is_decoded(self, kind: str, form: str) -> None:
        """What a camera or scanner writes is told by its bytes and comes out as the picture it is."""
        picture = np.full((60, 40, 3), 255, np.uint8)
        picture[10:30, 5:20] = (20, 40, 200)

        data = saved(picture, kind)
        (found,) = frames(data, Limits())

        assert sniff(data) == form
        assert found.shape == picture.shape
        assert np.abs(found.astype(int) - picture).mean() < 6

    def test_pages_of_a_fax(self) -> None:
        """Every page of a TIFF is one, and oblong dots become square."""
        pages = [Image.new("1", (1728, 1145), 1) for _page in range(3)]
        out = io.BytesIO()
        pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(204, 98))

        found = list(frames(out.getvalue(), Limits()))

        assert [f.shape for f in found] == [(2383, 1728, 3)] * 3

    def test_way_up_of_the_camera(self) -> None:
        """A photo taken on its side is turned as the camera noted."""
        exif = Image.Exif()
        exif[0x0112] = 6

        (found,) = frames(saved(np.zeros((40, 60, 3), np.uint8), "JPEG", exif=exif.tobytes()), Limits())

        assert found.shape == (60, 40, 3)

    def test_limits(self) -> None:
        """More pixels or pages than a report has are refused before they are decoded."""
        large = saved(np.zeros((400, 400, 3), np.uint8), "PNG")

        with pytest.raises(DocumentError) as caught:
            list(frames(large, Limits(picture_pixels=1000)))

        assert caught.value.outcome == Outcome.TOO_LARGE


class TestFlattened:
    def test_scan_is_left_alone(self) -> None:
        """A scan has no sheet lying on something, not even one that is tilted or evenly lit from one side."""
        page = page_picture(PARAGRAPHS)

        found = [sheet_corners(p) for p in (page, scanner.tilted(page, 3), scanner.photographed(page))]

        assert found == [None, None, None]

    def test_table_over_the_page_is_no_sheet(self) -> None:
        """A framed table that fills most of a scanned page is not cut out, whatever shade the paper has."""
        page = np.full((1400, 1000, 3), 244, np.uint8)
        cv2.rectangle(page, (80, 200), (920, 1300), (20, 20, 20), 4)
        shaded = (page * np.linspace(0.7, 1, 1000)[None, :, None]).astype(np.uint8)

        assert [sheet_corners(p) for p in (page, scanner.tilted(page, 2), shaded)] == [None] * 3

    @pytest.mark.parametrize("seed", [1, 2, 3, 4])
    def test_sheet_is_cut_out(self, seed: int) -> None:
        """The sheet on a photo becomes an upright A4 page whose print lies where it lay on the page."""
        page = page_picture(PARAGRAPHS * 12)
        flat = flattened(scanner.on_a_desk(page, seed), 150)

        target = cv2.resize(page, (flat.shape[1], flat.shape[0]))
        dark = [cv2.blur((p.min(axis=2) < 110).astype(np.float32), (25, 25)) for p in (flat, target)]
        alike = np.corrcoef(dark[0].ravel(), dark[1].ravel())[0, 1]

        assert flat.shape[0] / flat.shape[1] == pytest.approx(2**0.5, rel=0.01)
        assert alike > 0.85


class TestBundle:
    def test_same_pictures_same_file(self, tmp_path: Path) -> None:
        """Pictures come out in their order, and the same pictures make the same file."""
        parts = [tmp_path / name for name in ("b.jpg", "a.jpg")]
        for part in parts:
            part.write_bytes(part.name.encode())
        for name in ("one", "two"):
            write_bundle(parts, tmp_path / name)

        data = (tmp_path / "one").read_bytes()

        assert data == (tmp_path / "two").read_bytes()
        assert sniff(data) == "pictures"
        assert list(pictures_in(data, Limits())) == [b"b.jpg", b"a.jpg"]

    def test_report_with_its_annex(self, tmp_path: Path) -> None:
        """A report and the sheet put to it read as one document, the annex behind, its pages counted on."""
        parts = [tmp_path / name for name in ("a.pdf", "b.xlsx", "c.pdf")]
        parts[0].write_bytes(report_pdf(PARAGRAPHS))
        parts[1].write_bytes(xlsx_bytes([["Tiếp nhận", 327], ["Giải quyết", 321]]))
        parts[2].write_bytes(report_pdf(["Phụ lục kèm theo 45."]))
        write_bundle(parts, tmp_path / "both")

        document = read_document(tmp_path / "both")
        cells = [c.text for table in document.tables() for c in table.cells]
        last = next(block for block in document.blocks if "kèm theo 45" in block.text)

        assert [page.number for page in document.pages] == [1, 2]
        assert cells[-4:] == ["Tiếp nhận", "327", "Giải quyết", "321"]
        assert {word.page for word in last.words} == {2}


@pytest.mark.slow
@needs_engine
class TestReading:
    def test_photos_of_two_pages_are_one_report(self, tmp_path: Path) -> None:
        """A photo of the first page and a scan of the second read as one report of two pages."""
        plan = ["Phường tiếp tục thực hiện kế hoạch."] * 40
        document = pdfium.PdfDocument(report_pdf([*PARAGRAPHS, *plan, "Hết 45 văn bản."]))
        pictures = [document[n].render(scale=170 / 72).to_numpy()[:, :, :3].copy() for n in range(2)]
        first, second = tmp_path / "1.jpg", tmp_path / "2.png"
        first.write_bytes(saved(scanner.on_a_desk(pictures[0]), "JPEG", quality=85))
        second.write_bytes(saved(pictures[1], "PNG"))
        write_bundle([first, second], tmp_path / "both")

        document = read_document(tmp_path / "both")
        text = " ".join(block.text for block in document.blocks)

        assert (document.format, [p.source for p in document.pages]) == ("pictures", ["ocr", "ocr"])
        assert "tiếp nhận 327 hồ sơ, giải quyết 321 hồ sơ" in text
        assert "Hết 45 văn bản." in text

    def test_two_reports_are_not_mixed(self, tmp_path: Path) -> None:
        """Pictures of two reports put together are refused by name."""
        page = tmp_path / "1.png"
        page.write_bytes(saved(page_picture(PARAGRAPHS, 170), "PNG"))
        write_bundle([page, page], tmp_path / "both")

        with pytest.raises(DocumentError) as caught:
            read_document(tmp_path / "both")

        assert caught.value.outcome == Outcome.TWO_REPORTS
