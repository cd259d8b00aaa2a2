"""A second recogniser and the words around a number decide how far it is believed."""

from __future__ import annotations

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest

from parsers.document import Box
from parsers.readers.common.printed import PrintedLine, Token, line_of
from parsers.readers.ocr.doubt import VOTED
from parsers.readers.ocr.recheck import Sheet, agreed
from parsers.readers.ocr.second import second_available, second_text
from parsers.readers.ocr.surroundings import doubted_cells, doubted_lines, is_poor
from tests.readers.builders import pdf_bytes

needs_second = pytest.mark.skipif(not second_available(), reason="the second recogniser is not installed")


def line(*words: tuple[str, float], top: float = 100.0) -> PrintedLine:
    """Return words side by side, each as sure as told."""
    return line_of([Token(t, Box(40.0 * n, top, 40.0 * n + 35, top + 12), sure) for n, (t, sure) in enumerate(words)])


def sure(lines: list[PrintedLine]) -> dict[str, float]:
    """Return how sure every number is."""
    return {t.text: t.confidence for one in lines for t in one.tokens if any(map(str.isdigit, t.text))}


def grey_page(text: str) -> np.ndarray:
    """Return a small page with a text, 200 dpi, grey."""
    page = pdfium.PdfDocument(
        pdf_bytes(f"#set page(width: 120mm, height: 30mm, header: none)\n{text}", numbered=False)
    )[0]
    return cv2.cvtColor(page.render(scale=200 / 72).to_numpy()[:, :, :3], cv2.COLOR_BGR2GRAY)


class TestSurroundings:
    def test_words_read_badly_beside_a_number(self) -> None:
        """A number amid torn words is not sure, one at the other end of the line is."""
        torn = [("tiẽp", 0.4), ("nhzn", 0.4), ("hõ", 0.5), ("327", 0.96)]
        good = [
            (word, 0.96) for word in ("Phường", "đã", "giải", "quyết", "được", "tất", "cả", "là", "321", "hồ", "sơ")
        ]

        found = doubted_lines([line(*good, *[("của", 0.9)] * 9, *torn)])

        assert sure(found) == {"321": 0.96, "327": VOTED}

    def test_no_words_of_the_language(self) -> None:
        """Words that cannot be Vietnamese make a number unsure, however surely read; capitals are no words."""
        garbled = line(*[(word, 0.95) for word in ("tlêp", "nhqn", "bxo", "hksơ", "327")])
        capitals = line(("UBND", 0.95), ("TTHC", 0.95), ("BCĐ", 0.95), ("321", 0.95))

        assert sure(doubted_lines([garbled])) == {"327": VOTED}
        assert sure(doubted_lines([capitals])) == {"321": 0.95}

    def test_line_before_in_the_paragraph(self) -> None:
        """A line that reads badly takes the trust from the next one, not from one far below."""
        poor = line(*[(word, 0.5) for word in ("tổng", "số", "hồ", "sơ")], top=100)
        near = line(("nhận", 0.95), ("327", 0.95), top=116)
        far = line(("giải", 0.95), ("quyết", 0.95), ("321", 0.95), top=300)

        assert sure(doubted_lines([poor, near, far])) == {"327": VOTED, "321": 0.95}

    def test_label_of_a_row_and_head_of_a_column(self) -> None:
        """A number in a table is as sure as the words that label its row and its column."""
        cells = {
            "head": (Box(100, 0, 200, 20), [line(("Tổng", 0.4), ("sổ", 0.4))]),
            "right head": (Box(200, 0, 300, 20), [line(("Quá", 0.95), ("hạn", 0.95))]),
            "label": (Box(0, 20, 100, 40), [line(("Hộ", 0.95), ("tịch", 0.95))]),
            "torn label": (Box(0, 40, 100, 60), [line(("Chúng", 0.5), ("thuc", 0.4))]),
            "a": (Box(100, 20, 200, 40), [line(("11", 0.95))]),
            "b": (Box(200, 20, 300, 40), [line(("22", 0.95))]),
            "c": (Box(200, 40, 300, 60), [line(("33", 0.95))]),
        }

        found = doubted_cells(list(cells.values()))

        assert sure([one for _box, lines in found for one in lines]) == {"11": VOTED, "22": 0.95, "33": VOTED}

    def test_numbers_alone_are_not_poor(self) -> None:
        """Where no word stands there is nothing to doubt by."""
        assert not is_poor([Token("327", Box(0, 0, 1, 1), 0.3)])


@needs_second
class TestSecond:
    @pytest.mark.parametrize("number", ["327", "1.835.779.000", "87,34%", "06", "15/9/2024"])
    def test_reads_numbers(self, number: str) -> None:
        """It reads plainly printed numbers letter by letter."""
        picture = grey_page(number)
        rows, columns = np.nonzero(picture < 160)

        assert second_text(picture[rows.min() - 2 : rows.max() + 3, columns.min() - 2 : columns.max() + 3]) == number

    def test_both_must_agree(self) -> None:
        """A sure number stays sure where both read the same, and is not sure where they differ; years are not asked."""
        picture = grey_page("327")
        rows, columns = np.nonzero(picture < 160)
        place = Box(*(v * 72 / 200 for v in (columns.min(), rows.min(), columns.max(), rows.max())))
        sheet = Sheet(picture, 200.0)

        found = [agreed(line_of([Token(text, place, 0.97)]), sheet) for text in ("327", "321", "2024")]

        assert [one.tokens[0].confidence for one in found] == [0.97, VOTED, 0.97]
