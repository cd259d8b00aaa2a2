"""Hostile bytes: archives, mails and office files, mutated by the thousand, and read.

Run by `make bench`, or by `python -m bench.fuzz [inputs]` (10,000 by default). Every input must end as read, as no
container, or in a DocumentError with a named outcome; anything else that leaves a reader is printed with what brings it
back, and the bench fails. Seeds are made by the tests' builders; the same number gives the same inputs.
"""

from __future__ import annotations

import io
import random
import signal
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType

from cchc.errors import DocumentError
from parsers.containers import open_container
from parsers.limits import Limits
from parsers.readers import read_document
from parsers.readers.common.rescue import faults_named
from parsers.readers.pictures.frames import frames
from tests.containers import builders as containers
from tests.readers import builders, offices

INPUTS = 10_000
SECONDS = 20
"""How long one input may take before it counts as a hang."""

_PARAGRAPHS = ["1. Tiếp nhận 327 hồ sơ, đạt 87,34%.", "2. Giải quyết 321 hồ sơ."]
_TABLE: list[list[object]] = [["Nội dung", "Số liệu"], ["Hồ sơ tiếp nhận", 327], ["Tỷ lệ", 0.8734]]


def seeds(folder: Path) -> dict[str, bytes]:
    """Return one good file of every kind."""
    word = builders.docx_bytes(_PARAGRAPHS)
    page = "".join(f"<p>{text}</p>" for text in _PARAGRAPHS)
    members = {"a.docx": word, "b.html": offices.html_page(page)}
    return {
        "zip": containers.zip_bytes(members),
        "rar": containers.rar_bytes(members),
        "7z": containers.seven_bytes(members, folder),
        "eml": containers.eml_bytes(members, logo=True),
        "msg": containers.msg_bytes("a.docx", word),
        "portfolio": containers.portfolio_bytes(members),
        "docx": word,
        "doc": builders.doc_bytes(_PARAGRAPHS),
        "rtf": builders.rtf_bytes(_PARAGRAPHS),
        "odt": offices.odt_report(_PARAGRAPHS),
        "xlsx": offices.xlsx_bytes(_TABLE),
        "xls": offices.xls_bytes(_TABLE),
        "html": offices.html_page(page + "<table border=1><tr><td>a</td><td>5</td></tr></table>"),
        "mht": offices.mht_bytes(page),
        "word 2003": offices.word_2003_bytes(_PARAGRAPHS),
        "flat OPC": offices.flat_bytes(word),
        "picture": picture(),
    }


def picture() -> bytes:
    """Return a small picture of two pages, which is decoded and not recognised."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("L", (300, 400), 255).save(out, "TIFF", save_all=True, append_images=[Image.new("1", (300, 400))])
    return out.getvalue()


def mutated(seed: bytes, rng: random.Random) -> bytes:
    """Return a file with one to a few faults: bits, stretches, lengths, or the content of one part of a package."""
    if seed.startswith(b"PK") and rng.random() < 0.6:
        return _inside(seed, rng)
    data = bytearray(seed)
    for _fault in range(rng.choice((1, 1, 2, 4, 12))):
        _FAULTS[rng.randrange(len(_FAULTS))](data, rng)
    return bytes(data)


def _inside(seed: bytes, rng: random.Random) -> bytes:
    """Return a package with a fault inside one of its parts, whole as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(seed)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        hit = rng.choice(names)
        for name in names:
            content = bytearray(source.read(name))
            if name == hit:
                _FAULTS[rng.randrange(len(_FAULTS))](content, rng)
            target.writestr(name, bytes(content))
    return out.getvalue()


def _flip(data: bytearray, rng: random.Random) -> None:
    if data:
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)


def _cut(data: bytearray, rng: random.Random) -> None:
    del data[rng.randrange(len(data) + 1) :]


def _drop(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data) + 1)
    del data[start : start + rng.randrange(64)]


def _repeat(data: bytearray, rng: random.Random) -> None:
    start = rng.randrange(len(data) + 1)
    stretch = bytes(data[start : start + rng.randrange(256)])
    data[start:start] = stretch * rng.choice((1, 2, 50))


def _huge(data: bytearray, rng: random.Random) -> None:
    if len(data) > 8:
        start = rng.randrange(len(data) - 4)
        data[start : start + 4] = rng.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\0\0\0\0", b"\0\0\0\x80"))


_FAULTS: tuple[Callable[[bytearray, random.Random], None], ...] = (_flip, _flip, _cut, _drop, _repeat, _huge)


def outcome(path: Path, folder: Path) -> str:
    """Return what becomes of one file: what it holds or is, or the outcome under which it is refused."""
    try:
        opened = open_container(path, folder=folder)
        if opened is not None:
            return f"holds {opened.kind}"
        data = path.read_bytes()
        if data[:4] in {b"II*\0", b"MM\0*"}:
            with faults_named():
                return f"{len(list(frames(data, Limits())))} pictures"
        return f"read {read_document(path).format}"
    except DocumentError as error:
        return str(error.outcome)


def main(inputs: int = INPUTS) -> None:
    """Print what became of the inputs by kind of seed; end with an error where anything left a reader."""
    signal.signal(signal.SIGALRM, _hung)
    began, failures, ends = time.monotonic(), [], Counter[str]()
    with tempfile.TemporaryDirectory() as room:
        for name, number, data in _inputs(Path(room), inputs):
            path = Path(room) / "input"
            path.write_bytes(data)
            signal.alarm(SECONDS)
            try:
                ends[outcome(path, Path(room) / "out")] += 1
            except BaseException as error:  # noqa: BLE001 - whatever leaves a reader is what this looks for
                failures.append(f"{name} {number}: {type(error).__name__}: {error}")
            finally:
                signal.alarm(0)
    print(f"{inputs} inputs in {time.monotonic() - began:.0f} s; left a reader: {len(failures)} (goal: 0)")
    for end, count in ends.most_common():
        print(f"  {end:<24}{count:>6}")
    for failure in failures[:20]:
        print(f"  {failure}")
    if failures:
        sys.exit(1)


def _inputs(folder: Path, inputs: int) -> Iterator[tuple[str, int, bytes]]:
    kinds = list(seeds(folder).items())
    for number in range(inputs):
        name, seed = kinds[number % len(kinds)]
        yield name, number, mutated(seed, random.Random(number))


def _hung(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError("hangs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else INPUTS)
