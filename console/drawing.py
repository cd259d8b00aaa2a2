"""The child that draws pages: `python -m console.drawing [ahead]`, an order a line, an answer a line.

Belongs here: PDF pages to PNG by pdfium, under limits of memory. Stays out: anything else of this project, so that the
child starts in a moment; a scan's sheet is set straight by `console.straight`.

A file from outside is never drawn in the server's own process: what breaks the child breaks nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import sys
from pathlib import Path
from typing import Any

DOTS_PER_INCH = 110
MOST_PAGES = 200
LARGEST_SIDE = 2_400
MEMORY_BYTES = 2_000 * 1024 * 1024
BEHIND = 10
"""How far drawing ahead steps back behind what somebody waits for."""
_POINTS = 72
_COLOUR = 40
"""Saturation from which a picture has a colour, a seal say."""


def main() -> None:
    """Draw until nobody asks any more."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    # Each thread of the arithmetic behind pictures sets memory aside; many of them alone would break the limit.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    if "ahead" in sys.argv[1:]:
        os.nice(BEHIND)
    import pypdfium2  # noqa: F401 (loaded before the first order, for which somebody waits)

    for line in sys.stdin:
        order = json.loads(line)
        try:
            count = draw_page(Path(order["path"]), Path(order["target"]), order["page"], order.get("boxes"))
        except Exception as error:  # noqa: BLE001 - hostile bytes raise anything; the parent gives it a name
            print(json.dumps({"fault": type(error).__name__}), flush=True)
        else:
            print(json.dumps({"pages": count}), flush=True)


def draw_page(path: Path, target: Path, page: int, boxes: list[list[float]] | None = None) -> int:
    """Draw a page of a PDF into a folder and return how many the file has.

    With the boxes of a scanned page's words the page is drawn as the sheet they stand on (`console.straight`).
    """
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(path)
    try:
        picture = target / (f"{page}.png" if boxes is None else f"{page}-sheet.png")
        if 1 <= page <= len(document) and not picture.exists():
            _draw_page(document, page, picture, boxes)
        return len(document)
    finally:
        document.close()


def _draw_page(document: Any, number: int, path: Path, boxes: list[list[float]] | None) -> None:
    page = document[number - 1]
    try:
        scale = min(DOTS_PER_INCH / _POINTS, LARGEST_SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale).to_pil()
    finally:
        page.close()
    if boxes:
        picture = _sheet(picture, boxes, scale * _POINTS)
    unfinished = path.with_suffix(f".{os.getpid()}.part")
    picture.convert("L" if _is_grey(picture) else "RGB").save(unfinished, format="PNG", compress_level=3)
    unfinished.replace(path)


def _sheet(picture: Any, boxes: list[list[float]], dpi: float) -> Any:
    """Return the picture of a page as its reader saw it."""
    import numpy as np
    from PIL import Image

    # Only scans need what takes a second to load.
    from console.straight import straightened

    blue_first = np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    return Image.fromarray(np.ascontiguousarray(straightened(blue_first, boxes, dpi)[:, :, ::-1]))


def _is_grey(picture: Any) -> bool:
    """Return whether a picture has no colour worth keeping; grey pages are a third of the size."""
    return bool(max(picture.resize((64, 64)).convert("HSV").getdata(1)) < _COLOUR)


if __name__ == "__main__":
    main()
