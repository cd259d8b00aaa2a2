from __future__ import annotations

import io
import json

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest

from cchc.errors import DocumentError
from parsers.document import Box
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.common.blocks import outline
from parsers.readers.common.printed import Token, line_of
from parsers.readers.ocr import engine as ocr_engine
from parsers.readers.ocr import recognise as ocr
from parsers.readers.ocr.cache import OcrCache, Recognised, key_of
from parsers.readers.ocr.picture import cleared, evened, has_ink, skew, trimmed, turned, without_seal
from parsers.readers.ocr.ruled_lines import lean, ruled
from parsers.readers.pdf.frame import Rule
from parsers.readers.pdf.reader import read_pdf
from tests.readers.builders import escaped, pdf_bytes, scan_bytes

LIMITS = Limits()
SENTENCE = "Trong quý, phường tiếp nhận 1.312 hồ sơ, đã giải quyết 1.281 hồ sơ, đạt 97,64% số hồ sơ tiếp nhận."
SMALL = "#set page(width: 150mm, height: 60mm, margin: 10mm, header: none)\n"
needs_engine = pytest.mark.skipif(ocr.ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")


def page(body: str = escaped(SENTENCE)) -> bytes:
    return pdf_bytes(SMALL + body, numbered=False)


def read(data: bytes, folder=None):
    drafted = read_pdf(data, LIMITS, folder)
    return drafted, " ".join(b.text for b in outline(drafted.drafts))


@needs_engine
class TestReading:
    @pytest.mark.parametrize(
        "how", [{}, {"tilt": 2.5}, {"tilt": -1.3, "noise": 8}, {"seal": True}, {"dpi": 110}, {"dpi": 300}], ids=str
    )
    def test_numbers_survive_the_scanner(self, how):
        """Tilt, noise, a red seal over the text and odd resolutions leave the numbers as they are."""
        drafted, text = read(scan_bytes(page(), **how))

        assert all(n in text for n in ("1.312", "1.281", "97,64%"))
        assert drafted.pages[0].source == "ocr"
        assert 0.7 < drafted.pages[0].text_confidence <= 1.0

    def test_words_stand_on_the_page_with_confidence(self):
        """Every recognised word has its characters, its box on the paper and its confidence."""
        drafted, _text = read(scan_bytes(page(), tilt=1.0))
        width, height = drafted.pages[0].width, drafted.pages[0].height

        for draft in drafted.drafts:
            for word in draft.words:
                assert draft.text[word.start : word.end].strip()
                assert 0 <= word.box.x0 < word.box.x1 <= width + 1 and 0 <= word.box.top < word.box.bottom <= height + 1
                assert 0.0 <= word.confidence <= 1.0

    def test_page_upside_down_is_turned(self):
        """A page scanned upside down is read."""
        _drafted, text = read(scan_bytes(page(), tilt=180.0))

        assert "1.312" in text

    def test_table_of_a_scan_keeps_its_cells(self):
        """A ruled table on a picture is a table, lone digits in its cells included."""
        body = (
            "#table(columns: (60mm, 25mm, 25mm), [Lĩnh vực], [Tiếp nhận], [Quá hạn], [Chứng thực], [546], [0], "
            "[Hộ tịch], [331], [4])"
        )
        drafted, _text = read(scan_bytes(page(body), tilt=0.8))
        (table,) = (b for b in outline(drafted.drafts) if b.kind == "table")

        assert [(c.row, c.column, c.text) for c in table.cells if c.row and c.column] == [
            (1, 1, "546"),
            (1, 2, "0"),
            (2, 1, "331"),
            (2, 2, "4"),
        ]

    def test_digital_pages_beside_scanned_ones_keep_their_text(self):
        """A digital body with a scanned appendix is read page by page, each its own way."""
        mixed = pdfium.PdfDocument(page(escaped("Trang này là văn bản số, có 25 hồ sơ của phường trong quý.")))
        mixed.import_pages(pdfium.PdfDocument(scan_bytes(page())))
        out = io.BytesIO()
        mixed.save(out)

        drafted, text = read(out.getvalue())

        assert [p.source for p in drafted.pages] == ["digital", "ocr"]
        assert "25 hồ sơ" in text and "1.312" in text

    def test_useless_text_layer_is_passed_over(self):
        """A scanner's text behind the picture is not believed, and a remark says so."""
        document = pdfium.PdfDocument(scan_bytes(page()))
        sheet = document[0]
        for number, words in enumerate(
            ("Trong quy, phuong tiep nhan l.3l2 ho so", "da giai quyet l.28l ho so dat 97,b4%")
        ):
            text = raw.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 11.0)
            units = (words + "\0").encode("utf-16-le")
            raw.FPDFText_SetText(text, (raw.FPDF_WCHAR * (len(units) // 2)).from_buffer_copy(units))
            raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            raw.FPDFPageObj_Transform(text, 1, 0, 0, 1, 30, 100 - 20 * number)
            raw.FPDFPage_InsertObject(sheet.raw, text)
        raw.FPDFPage_GenerateContent(sheet.raw)
        out = io.BytesIO()
        document.save(out)

        drafted, text = read(out.getvalue())

        assert "1.312" in text and "l.3l2" not in text
        assert len(drafted.notes) == 1

    def test_poor_page_is_told(self):
        """A page too coarse to read well says so, and what was read of it is not trusted."""
        drafted, _text = read(scan_bytes(page(), dpi=45, noise=14))

        assert drafted.pages[0].text_confidence < ocr.POOR
        assert len(drafted.notes) == 1


@needs_engine
class TestCache:
    def test_no_page_is_recognised_twice(self, tmp_path, monkeypatch):
        """A page seen before comes from the cache, the same to the last box."""
        data = scan_bytes(page())
        first, _text = read(data, tmp_path)
        monkeypatch.setattr(ocr, "words", lambda *_: pytest.fail("recognised again"))

        again, _text = read(data, tmp_path)

        assert again == first
        assert not list(tmp_path.rglob("*.tmp"))

    def test_other_engine_reads_again(self):
        """A result belongs to its engine and parameters as well as to its picture."""
        picture = np.zeros((4, 4, 3), np.uint8)

        assert key_of(picture, "5.5;1") != key_of(picture, "5.5;2")
        assert key_of(picture, "5.5;1") != key_of(np.ones((4, 4, 3), np.uint8), "5.5;1")


class TestKeeping:
    LINES = [line_of([Token("hồ", Box(1, 2, 3, 4), 0.9), Token("sơ", Box(4, 2, 6, 4), 0.8)])]
    RULES = [Rule(0, 0, 10, 0)]

    def test_what_is_kept_comes_back(self, tmp_path):
        """Lines and rules come back as they were."""
        cache = OcrCache(tmp_path)
        cache.put("ab12", Recognised(self.LINES, self.RULES, 1))

        assert cache.get("ab12") == Recognised(self.LINES, self.RULES, 1)

    @pytest.mark.parametrize("content", ["", "{", "[]", '{"lines": [[["a"]]], "rules": []}', '{"lines": 3}'])
    def test_spoilt_file_counts_as_missing(self, tmp_path, content):
        """A file that cannot be read back is recognised again, not trusted."""
        cache = OcrCache(tmp_path)
        cache.put("ab12", Recognised(self.LINES, self.RULES, 1))
        next(tmp_path.rglob("*.json")).write_text(content)

        assert cache.get("ab12") is None

    def test_without_folder_nothing_is_kept(self):
        """Without a folder the cache is empty and takes anything."""
        cache = OcrCache(None)
        cache.put("ab12", Recognised(self.LINES, self.RULES, 1))

        assert cache.get("ab12") is None

    def test_kept_file_is_plain_json(self, tmp_path):
        """A kept page can be looked at."""
        OcrCache(tmp_path).put("ab12", Recognised(self.LINES, self.RULES, 1))

        assert json.loads(next(tmp_path.rglob("*.json")).read_text())["lines"][0][0][0] == "hồ"


class TestMissingEngine:
    def test_says_what_to_install(self, monkeypatch):
        """Without the Vietnamese data a scan ends as ocr_missing, with the line to run; a digital page is read."""
        monkeypatch.setattr(ocr_engine, "_DATA_PLACES", ())
        monkeypatch.delenv("TESSDATA_PREFIX", raising=False)

        assert "tesseract-ocr-vie" in (ocr.ocr_available() or "")
        assert "1.312" in read(page())[1]
        with pytest.raises(DocumentError) as caught:
            read(scan_bytes(page()))
        assert caught.value.outcome == Outcome.OCR_MISSING
        assert "apt install tesseract-ocr-vie" in str(caught.value)

    def test_data_is_found_where_told(self, monkeypatch, tmp_path):
        """TESSDATA_PREFIX may name the data folder or the folder above it."""
        (tmp_path / "tessdata").mkdir()
        (tmp_path / "tessdata" / "vie.traineddata").write_bytes(b"")
        monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))

        assert ocr_engine.data_folder() == tmp_path / "tessdata"


class TestPicture:
    def striped(self) -> np.ndarray:
        """Return a page of level stripes, like lines of text."""
        grey = np.full((600, 500), 245, np.uint8)
        for row in range(60, 540, 24):
            grey[row : row + 8, 60:440] = 20
        return grey

    @pytest.mark.parametrize("angle", [-4.0, -1.25, 0.0, 0.6, 3.3])
    def test_tilt_is_found(self, angle):
        """The tilt of a page is found to a tenth of a degree."""
        assert skew(turned(self.striped(), angle)) == pytest.approx(-angle, abs=0.1)

    def test_empty_page_is_level(self):
        """A page without ink has no tilt and no ink."""
        blank = np.full((300, 200), 250, np.uint8)

        assert skew(blank) == 0.0
        assert not has_ink(blank)
        assert trimmed(blank)[0].shape == (300, 200)

    def test_red_ink_is_paper_and_black_under_it_is_not(self):
        """A red seal vanishes; black strokes under it stay."""
        colour = np.full((80, 80, 3), 255, np.uint8)
        colour[20:60, 20:60] = (60, 40, 205)
        colour[38:42, 10:70] = 15

        grey = without_seal(colour)

        assert grey[25, 25] > 200
        assert grey[40, 40] < 60

    def test_grey_paper_becomes_white(self):
        """Uneven grey paper comes out even, ink stays dark."""
        shade = np.tile(np.linspace(120, 220, 400, dtype=np.uint8), (300, 1))
        shade[100:110, 50:350] = 20

        flat = evened(shade)

        assert flat[200, 10] > 220 and flat[200, 390] > 220
        assert flat[105, 200] < 90

    def test_grain_and_faint_print_are_cleared(self):
        """Grain is gone and faint print dark, so that one faint line on a page is legible; clean pages stay."""
        clean = self.striped()
        faint = clean.copy()
        faint[faint < 100] = 165
        grainy = np.clip(faint + np.random.default_rng(3).normal(0, 24, faint.shape), 0, 255).astype(np.uint8)

        assert cleared(clean) is clean
        assert cleared(faint)[64, 100] < 20 and cleared(faint)[40, 100] >= 240
        assert cleared(grainy)[:50].std() < 0.5 * grainy[:50].std()

    def test_feet_of_blurred_text_are_no_rules(self):
        """A dark row with ink along one side is the foot of a line of text, and its ink stays."""
        grey = np.full((300, 600), 245, np.uint8)
        grey[100:104, 50:550] = 60
        grey[90:100, 50:550:2] = 60

        rules, mask = ruled(grey, 200)

        assert not rules and not mask.any()

    def test_lean_of_a_photographed_table_is_told_by_both_ends(self):
        """Level lines that begin and end further right row by row tell how the page leans; ragged ends tell nothing."""
        leaning = tuple(Rule(100 + 0.03 * y, y, 500 + 0.03 * y, y + 3) for y in range(200, 600, 50))
        ragged = tuple(rule._replace(x1=500 + (y % 3) * 40) for y, rule in enumerate(leaning))
        upright = (*leaning, Rule(100, 200, 103, 600))

        assert lean(leaning) == pytest.approx(0.03)
        assert lean(ragged) == lean(upright) == lean(leaning[:3]) == 0.0

    def test_torn_rules_are_joined_and_letters_are_none(self):
        """A long line torn by noise is one rule; strokes as short as letters are none."""
        grey = np.full((400, 600), 245, np.uint8)
        grey[200:202, 50:250] = 120
        grey[200:202, 275:550] = 120
        grey[100:120, 100:104] = 0

        rules, mask = ruled(grey, 200)

        assert [(round(r.x0, -1), round(r.x1, -1)) for r in rules] == [(50, 550)]
        assert mask[201, 300] and not mask[110, 102]
