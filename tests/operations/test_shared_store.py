"""What the machines of an office share lies in a store alike, be it a folder they all see or an object store.

The object store is the one in memory that fsspec has; `python -m bench scale` works on a real S3 server.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta
from pathlib import Path

import pytest

from cchc.clock import now
from pipelines.keeping.archive import Archive
from pipelines.keeping.readings import StoredReadings
from pipelines.keeping.shelf import Shelf
from pipelines.keeping.stores import Store, StoreAwayError
from pipelines.settings import load_settings

from .desk import read_made_up

LABEL = "2024-Q3"


@pytest.fixture(params=["folder", "objects"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Give an empty place for a store, of either kind."""
    return str(tmp_path / "store") if request.param == "folder" else f"memory://{tmp_path.name}"


def _alone(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


def _machine(folder: Path, url: str) -> Shelf:
    return Shelf(folder, Store(url), _alone, now)


def _papers(folder: Path) -> dict[str, bytes]:
    root = folder / LABEL
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_one_setting_says_where_all_of_it_lies(tmp_path: Path) -> None:
    """With a store, originals and quarantine are in it; an archive that is named by itself stays where it is named."""
    home = str(tmp_path / "home")
    one = load_settings({"CCHC_HOME": home})
    shared = load_settings({"CCHC_HOME": home, "CCHC_STORE_URL": "s3://b/office/"})
    apart = load_settings({"CCHC_HOME": home, "CCHC_STORE_URL": "s3://b/office", "CCHC_ARCHIVE_URL": "s3://c"})

    assert (one.archive_url, one.quarantine_url) == (f"{home}/archive", f"{home}/quarantine")
    assert (shared.archive_url, shared.quarantine_url) == ("s3://b/office/archive", "s3://b/office/quarantine")
    assert (apart.archive_url, apart.shared("outputs")) == ("s3://c", "s3://b/office/outputs")


def test_an_original_is_written_once_whoever_is_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two machines that both saw no original: the store lets the first write, and the second is told."""
    source = tmp_path / "report.docx"
    source.write_bytes(b"original")
    first, second = Archive("memory://once"), Archive("memory://once")
    kept = first.put(source)
    monkeypatch.setattr(second, "_fs", _Unseeing(second._fs))

    assert kept.new and not second.put(source).new
    with first.original(kept.sha256) as path:
        assert path.read_bytes() == b"original"


class _Unseeing:
    """A file system that says of nothing that it exists, as one does that looked a moment too early."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def exists(self, _path: str) -> bool:
        return False

    def __getattr__(self, name: str) -> object:
        return getattr(self._inner, name)


def test_files_of_a_store(url: str, tmp_path: Path) -> None:
    """What is written is read, listed with its size, written once where that is asked, and gone once removed."""
    store, source = Store(url), tmp_path / "source"
    source.write_bytes(b"12345")

    assert (store.read("a/b"), store.entries("a")) == (None, [])
    store.write("a/b", b"123")
    assert (store.create("a/b", source), store.create("c", source)) == (False, True)
    assert [(e.name, e.size) for e in store.entries()] == [("a/b", 3), ("c", 5)]
    assert all(timedelta(0) <= now() - e.written < timedelta(minutes=5) for e in store.entries())
    store.remove("a/b")
    store.remove("a/b")
    assert (store.read("a/b"), store.read("c")) == (None, b"12345")


def test_a_store_that_is_away_is_named_and_may_be_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bucket that cannot be written is no empty store: it is an error that says so, and may pass."""
    store = Store("memory://away")
    monkeypatch.setattr(store, "_fs", _Refusing(store._fs))
    with pytest.raises(StoreAwayError, match="no such bucket") as caught:
        store.write("a", b"1")

    assert caught.value.retryable


class _Refusing:
    """A file system that writes nothing."""

    def __init__(self, inner: object) -> None:
        self._inner = inner

    def pipe_file(self, _path: str, _content: bytes) -> None:
        raise FileNotFoundError("no such bucket")


def test_machines_see_the_same_papers(url: str, tmp_path: Path) -> None:
    """What one machine wrote, replaced or removed is so on the other, with its time and its permissions."""
    one, other = _machine(tmp_path / "one", url), _machine(tmp_path / "other", url)
    with one.shared(LABEL):
        _write(tmp_path / "one", {"a.xlsx": b"draft", "cong-bo/a.xlsx": b"published"})
        (tmp_path / "one" / LABEL / "cong-bo" / "a.xlsx").chmod(0o444)
    other.fetch(LABEL)
    first = _papers(tmp_path / "other")
    published = (tmp_path / "other" / LABEL / "cong-bo" / "a.xlsx").stat()

    with other.shared(LABEL):
        _write(tmp_path / "other", {"a.xlsx": b"draft two", "b.pdf": b"new"})
        (tmp_path / "other" / LABEL / "cong-bo" / "a.xlsx").unlink()
    one.fetch(LABEL)

    assert first == {"a.xlsx": b"draft", "cong-bo/a.xlsx": b"published"}
    assert published.st_mode & 0o777 == 0o444
    assert _papers(tmp_path / "one") == {"a.xlsx": b"draft two", "b.pdf": b"new"}


def test_machines_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    """Two machines that began from one list and wrote different files leave both; what is unfinished here stays."""
    url = str(tmp_path / "store")
    one, other = _machine(tmp_path / "one", url), _machine(tmp_path / "other", url)
    with one.shared(LABEL), other.shared(LABEL):
        _write(tmp_path / "one", {"cong-bo/a.xlsx": b"edition"})
        _write(tmp_path / "other", {"a.xlsx": b"draft"})
    _write(tmp_path / "one", {"by-hand.csv": b"not kept"})
    one.fetch(LABEL)
    third = _machine(tmp_path / "third", url)
    third.fetch_all()

    assert _papers(tmp_path / "third") == {"cong-bo/a.xlsx": b"edition", "a.xlsx": b"draft"}
    assert _papers(tmp_path / "one") == _papers(tmp_path / "third") | {"by-hand.csv": b"not kept"}


def test_bytes_that_no_list_names_go_after_a_day(tmp_path: Path) -> None:
    """Former drafts leave the store, but not under somebody who is reading the list before."""
    url, folder = str(tmp_path / "store"), tmp_path / "one"
    shelf = Shelf(folder, Store(url), _alone, lambda: now() + days)
    kept = []
    for days in (timedelta(0), timedelta(0), timedelta(days=2)):  # noqa: B007 (the clock reads it)
        with shelf.shared(LABEL):
            _write(folder, {"a.xlsx": f"draft {len(kept)}".encode()})
        kept.append(len(Store(url).entries(f"{LABEL}/bytes")))

    assert kept == [1, 2, 1]


def test_what_an_intake_read_is_there_for_another_machine(url: str, tmp_path: Path) -> None:
    """A reading comes back as it was; torn, of other bytes, or too old there is none."""
    report = tmp_path / "report.txt"
    report.write_text(f"pho-minh|{LABEL}|2024-09-10")
    read = read_made_up(report)
    assert isinstance(read, tuple)
    one, other = StoredReadings(Store(url)), StoredReadings(Store(url))
    sha256 = read[0].sha256

    one[sha256] = read
    assert (other.get(sha256), list(other), other.get("0" * 64)) == (read, [sha256], None)
    (name,) = (entry.name for entry in Store(url).entries())
    Store(url).write(name, b"torn")
    assert other.get(sha256) is None
    assert (other.forget(now()), other.forget(now() + timedelta(days=8)), len(other)) == (0, 1, 0)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / LABEL / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
