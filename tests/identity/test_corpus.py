"""The digital reports of the corpus, in every format they come in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from parsers.identity import SURE, identify
from parsers.readers import read_document

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
FILES = sorted(p for p in CORPUS.glob("*.*") if p.suffix in {".docx", ".doc", ".pdf"} and p.name.count(".") == 1)

pytestmark = [pytest.mark.corpus, pytest.mark.skipif(not FILES, reason="the corpus is not beside the project")]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_identity(path: Path) -> None:
    """Ward, round, number and date are those of the answer key, and surely."""
    key = json.loads(path.with_suffix(".gold.json").read_text(encoding="utf-8"))

    found = identify(read_document(path))

    day = found.doc_date.isoformat() if found.doc_date else None
    assert (found.ward, found.round, found.doc_no, day) == (key["ward"], key["quarter"], key["doc_no"], key["date"])
    assert found.confidence >= SURE
    assert found.is_report
