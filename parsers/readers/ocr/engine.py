"""Tesseract with Vietnamese data: where its data is, engines kept warm, pictures in and words with places out.

Belongs here: everything that touches the library.
Stays out: what is recognised how (`ocr`).

One thread a page is fastest: OMP_THREAD_LIMIT must be 1 before the library is loaded, else it fights itself (6 s a
page instead of 0.9).
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")

import tesserocr

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import nfc
from parsers.document import Box
from parsers.outcomes import Outcome
from parsers.readers.common.printed import PrintedLine, Token, line_of
from parsers.readers.ocr.ruled_lines import Picture

_ = translator("readers")

COLUMN: int = tesserocr.PSM.SINGLE_COLUMN
BLOCK: int = tesserocr.PSM.SINGLE_BLOCK
WORD: int = tesserocr.PSM.SINGLE_WORD
CHARACTER: int = tesserocr.PSM.SINGLE_CHAR
POINTS = 72.0  # to the inch

_DATA_PLACES = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",
)
_LANGUAGE_FILE = "vie.traineddata"
_idle: deque[tesserocr.PyTessBaseAPI] = deque()


def ocr_available() -> str | None:
    """Return None where scans can be read, else what to do about it."""
    if data_folder() is None:
        return _(
            "The Vietnamese data of Tesseract is missing. Install it: apt install tesseract-ocr-vie "
            "(or set TESSDATA_PREFIX to the folder that holds vie.traineddata)."
        )
    return None


def data_folder() -> Path | None:
    """Return the folder that holds Tesseract's Vietnamese data, None where there is none."""
    told = os.environ.get("TESSDATA_PREFIX")
    places = [Path(told), Path(told) / "tessdata"] if told else []
    return next((p for p in [*places, *map(Path, _DATA_PLACES)] if (p / _LANGUAGE_FILE).is_file()), None)


@cache
def engine_name(parameters: str) -> str:
    """Return the engine's version and data with `parameters`: everything that changes what is read."""
    folder = data_folder()
    size = (folder / _LANGUAGE_FILE).stat().st_size if folder else 0
    return f"{tesserocr.tesseract_version().splitlines()[0]};{size};{parameters}"


def need_ocr() -> None:
    """Raise DocumentError ocr_missing where scans cannot be read."""
    remedy = ocr_available()
    if remedy is not None:
        raise DocumentError(Outcome.OCR_MISSING, remedy)


def words(picture: Picture, dpi: float, mode: int, corner: tuple[float, float] = (0.0, 0.0)) -> list[PrintedLine]:
    """Return the lines the engine reads from a picture, in points; `corner` is where it was cut out, in pixels."""
    height, width = picture.shape
    with _engine() as engine:
        engine.SetImageBytes(picture.tobytes(), width, height, 1, width)
        engine.SetSourceResolution(round(dpi))
        engine.SetPageSegMode(mode)
        table = engine.GetTSVText(0)
    return list(_lines(table, POINTS / dpi, corner))


@contextmanager
def _engine() -> Iterator[tesserocr.PyTessBaseAPI]:
    """Lend an engine that nobody else uses meanwhile; they are started when needed and kept warm."""
    try:
        engine = _idle.pop()
    except IndexError:
        engine = _started()
    yield engine
    _idle.append(engine)


def _started() -> tesserocr.PyTessBaseAPI:
    """Return a new engine; raises DocumentError ocr_missing."""
    try:
        return tesserocr.PyTessBaseAPI(path=f"{data_folder()}{os.sep}", lang="vie", psm=tesserocr.PSM.SINGLE_COLUMN)
    except RuntimeError as error:
        raise DocumentError(Outcome.OCR_MISSING, _("Tesseract cannot start: {detail}").format(detail=error)) from error


def _lines(table: str, scale: float, corner: tuple[float, float] = (0.0, 0.0)) -> Iterator[PrintedLine]:
    """Yield the lines of the engine's table of words, in points; `corner` is where the picture was cut out."""
    place: tuple[str, ...] | None = None
    tokens: list[Token] = []
    for row in table.splitlines():
        fields = row.split("\t")
        if len(fields) < 12 or fields[0] != "5" or not fields[11].strip():
            continue
        if tokens and tuple(fields[1:5]) != place:
            yield line_of(tokens)
            tokens = []
        place = tuple(fields[1:5])
        left, top, width, height = (float(v) for v in fields[6:10])
        left, top = left + corner[0], top + corner[1]
        box = Box(*(round(v * scale, 2) for v in (left, top, left + width, top + height)))
        tokens.append(Token(nfc(fields[11].strip()), box, round(max(float(fields[10]), 0.0) / 100, 4)))
    if tokens:
        yield line_of(tokens)
