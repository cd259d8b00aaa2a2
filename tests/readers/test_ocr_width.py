"""Numbers against the paper: their widths and strokes."""

from __future__ import annotations

import numpy as np
import pytest

from parsers.document import Box
from parsers.readers.common.printed import Token, line_of
from parsers.readers.ocr.width import digit_width, fits, strokes

DIGIT = 6.5


def printed(text: str, width: float) -> Token:
    """Return a token `width` digits wide."""
    return Token(text, Box(100.0, 50.0, 100.0 + width * DIGIT, 59.0), 0.96)


class TestDigitWidth:
    def test_is_that_of_most_numbers(self):
        """The width of a digit is told by the numbers of a text, one misread among them or not."""
        right = [printed("2023", 3.85), printed("27", 1.85), printed("158", 2.85), printed("1.312", 4.35)]
        lines = [line_of([*right, printed("77,59%", 3.98), printed("hồ", 2.0), printed("64", 1.85)])]

        assert digit_width(lines) == pytest.approx(DIGIT, rel=0.02)

    def test_few_numbers_tell_nothing(self):
        """A text with a number or two, or none, tells no width."""
        assert digit_width([line_of([printed("2023", 3.85), printed("5", 0.85)])]) == 0.0
        assert digit_width([]) == 0.0


class TestFits:
    @pytest.mark.parametrize(
        ("text", "width"), [("2023", 3.85), ("1.312", 4.3), ("77,5%", 4.95), ("(71%),", 5.0), ("1", 0.4), ("11", 1.45)]
    )
    def test_right_numbers_fit(self, text, width):
        """A number as wide as its digits fits, a narrow 1 at its ends included."""
        assert fits(text, printed(text, width), DIGIT)

    @pytest.mark.parametrize(
        ("text", "width", "what"),
        [
            ("77,59%", 4.95, "a percent sign read as 9%"),
            ("5273%", 5.98, "a comma lost"),
            ("131", 3.85, "a digit lost"),
            ("5", 1.85, "all but one digit lost"),
            ("1.835.779.000", 8.35, "a group invented"),
        ],
    )
    def test_lost_and_added_digits_do_not(self, text, width, what):
        """What lost or gained a digit or a comma does not fill its place."""
        assert not fits(text, printed(text, width), DIGIT), what

    @pytest.mark.parametrize("text", ["204/BC-UBND", "III/2023", "hồ", "A4"])
    def test_other_words_are_let_pass(self, text):
        """Letters have widths of their own; nothing is said of them, nor of anything where the width is unknown."""
        assert fits(text, printed(text, 30.0), DIGIT)
        assert fits("131", printed("131", 30.0), 0.0)


class TestStrokes:
    @pytest.mark.parametrize("count", [1, 2, 3])
    def test_are_counted_between_serifs_and_dots(self, count):
        """Serifs that run together and the dots of a colon do not count; specks do not either."""
        picture = np.full((24, 12 * count + 10), 245, np.uint8)
        for number in range(count):
            picture[:, 12 * number + 4 : 12 * number + 8] = 10
        picture[:2, : 12 * count] = picture[-2:, : 12 * count] = 10
        picture[8:11, -6:-2] = picture[20:23, -6:-2] = 10
        picture[14, -5] = 0

        assert strokes(picture) == count

    def test_blank_paper_has_none(self):
        """Paper without ink has no strokes, and no picture has none either."""
        assert strokes(np.full((20, 20), 245, np.uint8)) == 0
        assert strokes(np.empty((0, 0), np.uint8)) == 0
