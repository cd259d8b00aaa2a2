"""The office as a writer: the folder of its decided passages, kept apart from what only measures.

Belongs here: where the folder is, and which of its passages may be learned from. Stays out: making the passages
(`training.corrections`), reading marked text (`training.marked`).

The office always trains. Its passages are no measure, as people decided with the reader's value before their eyes; and
a passage whose text is that of a calibrating or certifying writer (somebody tried the product with it) is left out, so
that nothing that proves is ever learned.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from cchc.errors import ConfigurationError
from training.marked import MarkedText

OFFICE = "office"
FOLDER = "CCHC_CORRECTIONS"
"""Environment variable that names the folder; `make train CORRECTIONS=folder` sets it."""
_TELLING = 40
"""Characters from which on a text is nobody else's by chance."""


def office_folder() -> Path | None:
    """Return the folder of the office's passages, None where none is named.

    Raises:
        ConfigurationError: the folder that is named has no passages.
    """
    named = os.environ.get(FOLDER)
    if not named:
        return None
    if not any(Path(named).glob("*.txt")):
        raise ConfigurationError(f"{FOLDER}: {named} holds no passages; write them with cchc corrections export")
    return Path(named)


def telling_texts(text: MarkedText) -> Iterator[str]:
    """Yield the paragraphs and cells of a marked text that are long enough to be known again, without their label."""
    for block in text.document.blocks:
        for held in (block.text, *(cell.text for cell in block.cells)):
            bare = held.removeprefix(block.label).strip()
            if block.kind in ("paragraph", "item", "table") and len(bare) >= _TELLING:
                yield bare
