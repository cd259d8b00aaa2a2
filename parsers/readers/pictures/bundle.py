"""Several pictures as one file: the pages of a report that came as photographs.

Belongs here: putting pictures into one file and taking them out again. It is a plain zip that any program opens, made
alike from the same pictures, so that the same pictures sent again are recognised.
Stays out: which pictures belong together (`pipelines.arrival.together`), reading them (`reader`).
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from parsers.limits import Limits
from parsers.readers.common.package import Package
from parsers.readers.common.sniff import BUNDLE_TYPE

_MIMETYPE = "mimetype"
_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows: one bundle, one hash


def write_bundle(pictures: Sequence[Path], target: Path) -> None:
    """Write pictures, in their order, into one file."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as bundle:
        bundle.writestr(zipfile.ZipInfo(_MIMETYPE, _MOMENT), BUNDLE_TYPE)
        for number, picture in enumerate(pictures, start=1):
            bundle.writestr(zipfile.ZipInfo(f"{number:04}", _MOMENT), picture.read_bytes())


def pictures_in(data: bytes, limits: Limits) -> Iterator[bytes]:
    """Yield the pictures of a bundle in their order; raises DocumentError damaged or too_large."""
    package = Package(data, limits)
    for name in sorted(name for name in package.names() if name != _MIMETYPE):
        yield package.read(name)
