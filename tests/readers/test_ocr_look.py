"""Further looks at numbers, on pictures of printed words."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium
import pytest

from parsers.document import Box, Page
from parsers.readers.common.flow import drafts_of
from parsers.readers.common.printed import PrintedLine, PrintedPage, Token, line_of
from parsers.readers.ocr import recheck as ocr_look
from parsers.readers.ocr.doubt import DOUBTED
from parsers.readers.ocr.engine import COLUMN, words
from parsers.readers.ocr.recheck import Sheet, checked
from parsers.readers.ocr.recognise import ocr_available
from tests.readers.builders import escaped, pdf_bytes

SETUP = "#set page(width: 150mm, height: 20mm, margin: 6mm, header: none)\n#set par(first-line-indent: 0pt)\n"
pytestmark = pytest.mark.skipif(ocr_available() is not None, reason="Tesseract's Vietnamese data is missing")


def seen(text: str) -> tuple[PrintedLine, Sheet]:
    """Return a printed line as one look reads it, and the sheet it stands on."""
    page = pdfium.PdfDocument(pdf_bytes(SETUP + escaped(text), numbered=False))[0]
    picture = np.ascontiguousarray(page.render(scale=200 / 72).to_numpy()[:, :, 0])
    (line,) = words(picture, 200, COLUMN)
    return line, Sheet(picture, 200, 6.1)


def misread(line: PrintedLine, right: str, wrong: str, confidence: float = 0.96) -> PrintedLine:
    """Return a line in which one word was surely misread."""
    tokens = [t._replace(text=wrong, confidence=confidence) if t.text == right else t for t in line.tokens]
    assert wrong in [t.text for t in tokens]
    return line_of(tokens)


@pytest.mark.parametrize(("right", "wrong"), [("77,5%", "77,59%"), ("1.312", "1.3"), ("1.281", "11.281")])
def test_number_that_does_not_fit_its_place_is_looked_at_again(right: str, wrong: str) -> None:
    """A number that gained or lost a digit is put right by closer looks, though the first was sure."""
    line, sheet = seen(f"Kế hoạch năm đạt {right} chỉ tiêu, 25 hồ sơ.")

    assert right in checked(misread(line, right, wrong), sheet).text


def test_numeral_has_as_many_strokes_as_the_paper() -> None:
    """ "II" over three strokes is III, less sure; what was read is kept beside."""
    line, sheet = seen("Kết quả công tác quý III của phường.")

    token = next(t for t in checked(misread(line, "III", "II"), sheet).tokens if "I" in t.text)

    assert (token.text, token.read) == ("III", "II")
    assert token.confidence < 0.8


def test_mended_numeral_is_kept_as_read_beside_its_paragraph() -> None:
    """The paragraph of a mended numeral keeps the text as it was read."""
    line = line_of([Token("quý", Box(50, 50, 70, 60)), Token("III", Box(75, 50, 90, 60), 0.75, "II")])

    (draft,) = drafts_of([PrintedPage(Page(1, 595, 842), [line], source="ocr")])

    assert (draft.text, draft.printed) == ("quý III", "quý II")


def test_pieces_of_a_number_are_one_and_never_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two pieces as close as a lost comma are one word; where no look joins them they stay, doubted."""
    monkeypatch.setattr(ocr_look, "part", lambda *_: [])
    torn = line_of([Token("72", Box(50, 50, 62, 60), 0.97), Token("5%", Box(66, 50, 82, 60), 0.96)])
    apart = line_of([Token("72", Box(50, 50, 62, 60), 0.97), Token("5%", Box(72, 50, 88, 60), 0.96)])
    sheet = Sheet(np.full((300, 300), 245, np.uint8), 72, 6.0)

    assert [(t.text, t.confidence) for t in checked(torn, sheet).tokens] == [("72 5%", DOUBTED)]
    assert [t.text for t in checked(apart, sheet).tokens] == ["72", "5%"]


def test_number_among_words_that_read_poorly_is_not_trusted() -> None:
    """A sure digit in a line of noise is no sure digit."""
    noise = [Token(text, Box(50 + 30 * n, 50, 75 + 30 * n, 60), 0.3) for n, text in enumerate(("f\\Ñ", "nøàv", "œs"))]
    line = line_of([*noise, Token("9", Box(150, 50, 156, 60), 0.97)])

    assert checked(line, Sheet(np.full((300, 300), 245, np.uint8), 72)).tokens[-1].confidence < 0.8
