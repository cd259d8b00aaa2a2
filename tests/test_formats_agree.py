"""One report in every format gives one set of figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.report import read_report
from sample.generator.facts import make_facts
from sample.generator.files import unmarked
from sample.generator.manners import narrative, percent_first, short, terse
from tests.readers.builders import doc_bytes, docx_bytes, report_pdf, rtf_bytes

FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "pdf": ("pdf", report_pdf),
    "decomposed docx": ("docx", lambda texts: docx_bytes([unicodedata.normalize("NFD", text) for text in texts])),
    "TCVN3 docx": ("docx", lambda texts: docx_bytes(texts, font=".VnTime")),
    "doc": ("doc", doc_bytes),
    "TCVN3 doc": ("doc", lambda texts: doc_bytes(texts, tcvn3=True)),
    "rtf": ("rtf", rtf_bytes),
}
MANNERS = st.sampled_from([narrative, terse, percent_first, short])


def figures(folder: Path, name: str, content: bytes) -> dict[str, Decimal]:
    """Return the figures of a report by code."""
    path = folder / name
    path.write_bytes(content)
    return {code: printing.value for code, printing in read_report(path)[1].primaries().items()}


@pytest.mark.slow
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(manner=MANNERS, seed=st.integers(1, 500))
def test_figures_do_not_depend_on_the_format(tmp_path: Path, manner: Callable[..., str], seed: int) -> None:
    """DOCX, PDF, decomposed Unicode, TCVN3, DOC and RTF of one report agree figure by figure."""
    body = manner(make_facts(seed), "phường Phổ Minh", "phường")
    paragraphs = [line.lstrip("# ") for line in unmarked(body).splitlines()]
    expected = figures(tmp_path, "report.docx", docx_bytes(paragraphs))

    assert len(expected) > 8
    for name, (suffix, make) in FORMATS.items():
        assert figures(tmp_path, f"report.{suffix}", make(paragraphs)) == expected, name
