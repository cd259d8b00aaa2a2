"""Which marked material there is: passages and whole reports, by writer, and the part each writer plays.

Belongs here: reading the folders of `training/` and of the shared material beside the project, and `split.yaml`.
Stays out: the form of marked text (`training.marked`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

from training import marked
from training.marked import MarkedText
from training.office import OFFICE, office_folder, telling_texts

Part = Literal["train", "calibrate", "certify"]
HERE = Path(__file__).resolve().parent
SHARED = HERE.parents[1] / "shared"


@dataclass(frozen=True)
class Sample:
    """One marked passage or report: whose it is, what it is called, its text."""

    writer: str
    name: str
    kind: Literal["passage", "report"]
    text: MarkedText


@cache
def split() -> dict[str, Part]:
    """Return the part that each writer plays, by writer."""
    parts = _parts()
    own: dict[str, Part] = {OFFICE: "train"} if office_folder() else {}
    return {writer: part for part, writers in parts.items() if part != "again" for writer in writers} | own


def shown_again() -> list[str]:
    """Return the training writers that the network's last epoch shows several times, being nearest to what is read."""
    return list(_parts().get("again", ()))


def _parts() -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = yaml.safe_load((HERE / "split.yaml").read_text(encoding="utf-8"))
    return found


def samples(part: Part | None = None) -> Iterator[Sample]:
    """Yield the material of one part, or of all writers of the split, writers in order."""
    for writer, plays in sorted(split().items()):
        if part is None or plays == part:
            yield from of_writer(writer)


def of_writer(writer: str, varied: Callable[[str], str] = str) -> Iterator[Sample]:
    """Yield what one writer has written, passages or whole reports; a path stands for a folder of marked texts.

    `varied` changes the marked text of a file before it is read, as training does.
    """
    for path in _files(writer):
        source = varied(path.read_text(encoding="utf-8"))
        if source.startswith("@ "):
            for number, text in enumerate(marked.passages(source), 1):
                if writer == OFFICE and not _held_out().isdisjoint(telling_texts(text)):
                    continue
                yield Sample(writer, f"{writer}-{path.stem}-{number:03}", "passage", text)
        else:
            yield Sample(writer, f"{writer}-{path.stem}", "report", marked.report(source))


@cache
def _held_out() -> frozenset[str]:
    """Return the texts by which the material that only measures is known again."""
    measuring: tuple[Part, ...] = ("calibrate", "certify")
    return frozenset(known for part in measuring for s in samples(part) for known in telling_texts(s.text))


def _files(writer: str) -> list[Path]:
    """Return the files of a writer: the project's own copy, else the shared one; of a path, the files in it."""
    if "/" in writer:
        return sorted(Path(writer).glob("*.txt"))
    if writer == OFFICE:
        return sorted((office_folder() or HERE).glob("*.txt"))
    if writer == "own":
        return sorted((HERE.parent / "tests" / "figures" / "reports").glob("*.txt"))
    if writer == "corpus":
        return sorted((SHARED / "corpus" / "marked").glob("*.txt"))
    kind = "passages" if writer.startswith("w") else "reports"
    here = HERE / kind / writer
    return sorted((here if here.is_dir() else SHARED / kind / writer).glob("*.txt"))
