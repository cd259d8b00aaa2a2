"""Reports from marked text, by the reader of `training.marked`: the tests' own cases are written in the same form."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from parsers.document import Block, Document
from training.marked import Mark, report


def build(source: str) -> tuple[Document, tuple[Mark, ...]]:
    """Return the Document of a marked text and its figures in reading order."""
    built = report(source)
    return replace(built.document, blocks=tuple(map(_headed, built.document.blocks))), built.marks


def _headed(block: Block) -> Block:
    """Return a table with the first row as its head, as readers of files find it; any other block as it is."""
    return replace(block, cells=tuple(replace(cell, header=cell.row == 0) for cell in block.cells))


def corpus() -> Path:
    """Return the folder of the reports with answer keys."""
    return Path(__file__).resolve().parents[3] / "shared" / "corpus"
