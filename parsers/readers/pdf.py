from __future__ import annotations
from pathlib import Path
from parsers.limits import Limits
from parsers.readers.draft import Drafted
def read_pdf(data: bytes, limits: Limits, ocr_cache: Path | None) -> Drafted:
    raise NotImplementedError
