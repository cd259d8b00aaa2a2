"""Compressed model files, unpacked ahead or when they are opened."""

from __future__ import annotations

import gzip
import lzma
from pathlib import Path

import pytest

from parsers.learned.packed import unpack_ahead, unpacked


@pytest.mark.parametrize(("name", "compress"), [("a.onnx.gz", gzip.compress), ("b.crfsuite.xz", lzma.compress)])
def test_what_a_file_holds(tmp_path: Path, name: str, compress: object) -> None:
    """A file gives the same bytes whether it was unpacked ahead or not; what was is there once."""
    path = tmp_path / name
    path.write_bytes(compress(b"weights"))  # type: ignore[operator]
    unpack_ahead([path])
    path.write_bytes(compress(b"of another training"))  # type: ignore[operator]

    assert [unpacked(path), unpacked(path)] == [b"weights", b"of another training"]
