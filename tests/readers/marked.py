"""The marked texts of the corpus as plain paragraphs: what a reader ought to find."""

from __future__ import annotations

import re
from pathlib import Path

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

_MARK = re.compile(r"\[\[[^|\]]*\|([^\]]*)\]\]")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")


def marked_paragraphs(name: str) -> list[str]:
    """Return the printed paragraphs of a report: marks resolved, `::` lines by columns, table rows by cells."""
    text = (CORPUS / "marked" / f"{name}.txt").read_text(encoding="utf-8").split("---\n", 2)[2]
    paragraphs: list[str] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        plain = re.sub(r"\*\*|__", "", _MARK.sub(r"\1", line))
        if plain.startswith("::break"):
            continue
        if plain.startswith("::"):
            plain = plain.split(" ", 1)[1]
            paragraphs += [part.replace("//", " ").strip() for part in plain.split("|")]
        elif plain.startswith("|"):
            paragraphs += [cell.strip() for cell in plain.strip("|").split("|") if cell.strip()]
        else:
            paragraphs.append(plain.lstrip("# "))
    return [p for p in paragraphs if p]


def numbers(texts: list[str]) -> list[str]:
    """Return every run of digits with what joins it, in order."""
    return [n for text in texts for n in _NUMBER.findall(text)]
