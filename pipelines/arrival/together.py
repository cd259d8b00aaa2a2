"""Files that are one report, put together: pictures of its pages, a report and its annexes.

Belongs here: which files of a batch belong together, by name and time or because a person says so, and the one
arrival that they become. Stays out: reading them (`parsers.readers.pictures`), which finds out where two reports were
put together.

Telephones and scanners number their pictures: IMG_2031.jpg, IMG_2032.jpg; Zalo and cameras put the moment into the
name. Pictures of one folder, archive or mail belong together where their names are alike but for a number and no long
time lies between one and the next.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from cchc.text import fold
from parsers.readers.common.sniff import sniff
from parsers.readers.pictures.bundle import write_bundle
from pipelines.arrival.arrivals import Arrival
from pipelines.arrival.unpacking import Found

MOST_MINUTES = 20
"""How long after one page the next may have been photographed."""

_FARTHEST = 3
"""How many numbers may be left out between one page and the next: a picture that was taken again."""

_HEAD = 1 << 12
_PICTURES = frozenset({"jpeg", "png", "webp", "heic", "bmp", "tiff"})
_NUMBERS = re.compile(r"\d+")
_SHEETS = frozenset({"xlsx", "xls", "ods", "xlsm"})
_ANNEX = re.compile(r"phu luc|phu bieu|bieu|kem theo|\bpl\b|so lieu")
_SPACES = re.compile(r"[\s_().\-–]+")
_LONG = 6
"""Digits from which a number in a name is a moment or a running id, not a page."""


@dataclass(frozen=True)
class _Called:
    """What a picture's name says: its folder, its words without numbers, and its numbers."""

    folder: str
    words: str
    numbers: tuple[int, ...]


def put_together(found: Iterable[Found], folder: Path, *, all_pictures: bool = False) -> Iterator[Found]:
    """Yield arrivals with pictures of one report as one arrival, written under `folder`.

    `all_pictures` puts all of them together in the order given, for a person said that they are one report.
    """
    pictures: list[Arrival] = []
    others: list[Arrival] = []
    for arrival, fault in found:
        if fault is not None:
            yield arrival, fault
        else:
            (pictures if _is_picture(arrival.path) else others).append(arrival)
    for group in with_annexes(others):
        yield (_bundled(group, folder) if len(group) > 1 else group[0]), None
    groups = [pictures] if all_pictures else list(grouped(pictures))
    for group in groups:
        if group:
            yield (_bundled(group, folder) if len(group) > 1 else group[0]), None


def with_annexes(files: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Yield files with the spreadsheets that are their annexes behind them, in the order of the files.

    A sheet called an annex belongs to the one report of its mail, archive or folder, or to the one whose name it has.
    """
    sheets = [f for f in files if _is_annex(f)]
    reports = [f for f in files if not _is_annex(f)]
    owners = {id(sheet): _owner(sheet, reports) for sheet in sheets}
    for file in reports:
        yield [file, *(sheet for sheet in sheets if owners[id(sheet)] is file)]
    yield from ([sheet] for sheet in sheets if owners[id(sheet)] is None)


def _is_annex(arrival: Arrival) -> bool:
    stem = fold(arrival.name.rpartition("/")[2])
    return stem.rpartition(".")[2] in _SHEETS and _ANNEX.search(stem) is not None


def _owner(sheet: Arrival, reports: Sequence[Arrival]) -> Arrival | None:
    """Return the report of which a sheet is the annex, None where none or several may be."""
    folder = sheet.name.rpartition("/")[0]
    near = [r for r in reports if r.name.rpartition("/")[0] == folder and r.sender == sheet.sender]
    if folder and len(near) == 1:
        return near[0]
    said = set(_words_of(sheet))
    named = [r for r in near if len(_words_of(r)) > 1 and set(_words_of(r)) <= said]
    return named[0] if len(named) == 1 else None


def _words_of(arrival: Arrival) -> list[str]:
    return _SPACES.sub(" ", fold(arrival.name.rpartition("/")[2].rpartition(".")[0]).replace("_", " ")).split()


def grouped(pictures: Sequence[Arrival]) -> Iterator[list[Arrival]]:
    """Yield pictures that belong together, in the order of their pages."""
    called = sorted(((_called(p.name), p) for p in pictures), key=lambda pair: _order(*pair))
    for _key, alike in groupby(called, key=lambda pair: (pair[0].folder, pair[0].words, pair[1].sender)):
        group: list[tuple[_Called, Arrival]] = []
        for pair in alike:
            if group and not _follows(group[-1], pair):
                yield [arrival for _name, arrival in group]
                group = []
            group.append(pair)
        yield [arrival for _name, arrival in group]


def _order(called: _Called, arrival: Arrival) -> tuple[str, str, str, tuple[int, ...], str]:
    return called.folder, called.words, arrival.sender, called.numbers, arrival.name


def _follows(before: tuple[_Called, Arrival], after: tuple[_Called, Arrival]) -> bool:
    """Return whether a picture may be the page after another."""
    (one, earlier), (other, later) = before, after
    if abs(later.sent_order - earlier.sent_order) > MOST_MINUTES:
        return False
    if len(one.numbers) != len(other.numbers) or not one.numbers:
        return False
    apart = [(a, b) for a, b in zip(one.numbers, other.numbers, strict=True) if a != b]
    return len(apart) >= 1 and all(_near(a, b) for a, b in apart[:1])


def _near(one: int, other: int) -> bool:
    """Return whether two numbers of names follow one another: pages closely, moments and running ids anyhow."""
    return other - one <= _FARTHEST or len(str(other)) >= _LONG


def _called(name: str) -> _Called:
    folder, _slash, last = name.rpartition("/")
    stem = fold(last.rpartition(".")[0] or last)
    words = _SPACES.sub(" ", _NUMBERS.sub("#", _without_hash(stem))).strip()
    return _Called(folder, words, tuple(int(digits) for digits in _NUMBERS.findall(_without_hash(stem))))


def _without_hash(stem: str) -> str:
    """Return a name without the long hexadecimal id that messengers put behind it."""
    return re.sub(r"_[0-9a-f]{24,}$", "", stem)


def _is_picture(path: Path) -> bool:
    try:
        with path.open("rb") as stream:
            return sniff(stream.read(_HEAD)) in _PICTURES
    except OSError:
        return False


def _bundled(group: Sequence[Arrival], folder: Path) -> Arrival:
    """Return pictures as one arrival, named for the first and the last."""
    first, last = group[0], group[-1]
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{hashlib.sha256(first.name.encode()).hexdigest()[:16]}.pages"
    write_bundle([arrival.path for arrival in group], target)
    end = last.name.rpartition("/")[2]
    return replace(
        first,
        path=target,
        name=f"{first.name} … {end}.zip",
        sent_order=max(arrival.sent_order for arrival in group),
        received_at=max(arrival.received_at for arrival in group),
        parts=tuple(arrival.name for arrival in group),
    )
