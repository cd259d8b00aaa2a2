"""Files that hold others, read without any store."""

from __future__ import annotations

from pathlib import Path

from pipelines.extraction import extract_files
from tests.containers.builders import portfolio_bytes, zip_bytes
from tests.readers.builders import docx_bytes

REPORT = docx_bytes(["Trong quý III, phường tiếp nhận 327 hồ sơ, giải quyết 321 hồ sơ."])


def test_what_a_container_holds(tmp_path: Path) -> None:
    """One file inside is read under the container's path; several are named; a broken one is an outcome alone."""
    files = {
        "one.pdf": portfolio_bytes({"bc.docx": REPORT}),
        "two.zip": zip_bytes({"a.docx": REPORT, "b.docx": REPORT}),
        "torn.zip": zip_bytes({"a.docx": REPORT})[:-40],
        "plain.docx": REPORT,
    }
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    found = {e.path.name: e for e in extract_files([tmp_path / name for name in files])}

    assert {name: e.error for name, e in found.items()} == {
        "one.pdf": None,
        "two.zip": "unsupported",
        "torn.zip": found["torn.zip"].error,
        "plain.docx": None,
    }
    assert found["torn.zip"].error is not None
    assert "a.docx, b.docx" in found["two.zip"].message
    one, plain = found["one.pdf"].reading, found["plain.docx"].reading
    assert one is not None
    assert plain is not None
    assert one.primaries() == plain.primaries()
