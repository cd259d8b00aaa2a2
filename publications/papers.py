"""The papers of a round: which there are, what their files are called, and writing them.

Belongs here: making every paper from one content and putting the files in place.
Stays out: what any paper says, and whether it is a draft or published (`publish`).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cchc.errors import PublicationError
from cchc.messages import translator
from publications.content import RoundContent
from publications.district import make_district_report, make_plain_report
from publications.page import make_page
from publications.ranking_paper import make_ranking_paper
from publications.snapshot import snapshot_bytes, snapshot_of
from publications.workbook import make_workbook

_ = translator("publications")


@dataclass(frozen=True)
class Made:
    """One paper as bytes: its kind (stable, kept with the publication) and its file's name."""

    kind: str
    name: str
    body: bytes

    @property
    def sha256(self) -> str:
        """Return the hash of the file."""
        return hashlib.sha256(self.body).hexdigest()


SNAPSHOT = "snapshot"

_MAKERS: tuple[tuple[str, str, Callable[[RoundContent], bytes]], ...] = (
    ("workbook", "bang-tinh-{round}.xlsx", make_workbook),
    ("report", "bao-cao-{round}.docx", make_district_report),
    ("plain_report", "bao-cao-{round}-trinh-ky.docx", make_plain_report),
    ("ranking", "xep-hang-{round}.pdf", make_ranking_paper),
    ("page", "trang-{round}.html", make_page),
    (SNAPSHOT, "gia-tri-{round}.json", lambda content: snapshot_bytes(snapshot_of(content))),
)


def make_papers(content: RoundContent) -> tuple[Made, ...]:
    """Return every paper of a round, all from the same content.

    Raises:
        PublicationError: a paper cannot be made.
    """
    return tuple(Made(kind, name.format(round=content.round.label), make(content)) for kind, name, make in _MAKERS)


def put(folder: Path, paper: Made) -> Path:
    """Write a paper so that its file is whole or absent, and return where it lies.

    Raises:
        PublicationError: the folder cannot be written.
    """
    try:
        return _put(folder, paper)
    except OSError as error:
        line = _("{path} cannot be written ({why}); see to room and rights, or close the file, and try again")
        raise PublicationError(line.format(path=folder / paper.name, why=error.strerror)) from error


def _put(folder: Path, paper: Made) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / paper.name
    handle, partial = tempfile.mkstemp(dir=folder, prefix=".partial-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(paper.body)
            stream.flush()
            os.fsync(stream.fileno())
        Path(partial).chmod(0o644)
        Path(partial).replace(target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            Path(partial).unlink()
        raise
    return target
