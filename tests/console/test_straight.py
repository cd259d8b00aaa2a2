"""Scanned pages: the picture that is shown is the sheet the boxes stand on, however the paper lay."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from console.drawing import DOTS_PER_INCH, draw_page
from console.straight import ENOUGH, ink_in_boxes
from parsers.document import Block, Box, Document, Page, Word

WIDTH, HEIGHT, POINTS = 595, 842, 72
SCALE = DOTS_PER_INCH / POINTS


def sheet() -> tuple[Image.Image, list[list[float]]]:
    """Return a page of ragged lines and the boxes of its words, in points; more stands at its top than at its foot."""
    picture = Image.new("RGB", (round(WIDTH * SCALE), round(HEIGHT * SCALE)), "white")
    draw = ImageDraw.Draw(picture)
    boxes = []
    for line in range(24):
        for word in range(7 - line % 4):
            left, top = 70 + 62 * word, 60 + 19 * line
            box = [left, top, left + 50 - 7 * (word % 3), top + 10]
            boxes.append([float(v) for v in box])
            for stroke in range(0, int(box[2] - box[0]), 4):
                x, y = (left + stroke) * SCALE, top * SCALE
                draw.line((x, y, x, y + 9 * SCALE), fill="black", width=2)
    return picture, boxes


class TestSheet:
    @pytest.mark.parametrize("quarters", [0, 1], ids=["tilted", "on its side"])
    def test_words_stand_in_their_boxes(self, tmp_path: Path, quarters: int) -> None:
        """However a page lies in its file, its ink lies in the boxes of the picture that is drawn."""
        picture, boxes = sheet()
        turned = picture.rotate(90 * quarters, expand=True)
        lying = turned.rotate(2.5, fillcolor="white", resample=Image.Resampling.BICUBIC)
        lying.save(tmp_path / "scan.pdf", resolution=DOTS_PER_INCH)

        draw_page(tmp_path / "scan.pdf", tmp_path, 1)
        draw_page(tmp_path / "scan.pdf", tmp_path, 1, boxes)

        plain, straight = (np.asarray(Image.open(tmp_path / name).convert("RGB")) for name in ("1.png", "1-sheet.png"))
        assert ink_in_boxes(plain, boxes, DOTS_PER_INCH) < ENOUGH
        assert ink_in_boxes(straight, boxes, DOTS_PER_INCH) > ENOUGH


class TestSize:
    def test_a_page_read_on_its_side_has_its_sides_changed(self) -> None:
        """Boxes of a page that was turned to be read go beyond its width in the file."""
        from console.passage import _size

        page = Page(1, WIDTH, HEIGHT, "ocr")
        wide = Document(
            "0", "pdf", (Block(0, "paragraph", "276", page=1, words=(Word(0, 3, 1, Box(700, 10, 720, 22)),)),), (page,)
        )

        assert _size(wide, page) == (HEIGHT, WIDTH)
