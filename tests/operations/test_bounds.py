"""Caches and quarantine grow no further than the office lets them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from pipelines.cli.doctor import Part, health
from pipelines.keeping.bounds import MEGABYTE, Shed, shed
from pipelines.settings import KeepSettings, Settings, load_settings
from tests.homes import new_home


def _settings(folder: Path, **limits: int) -> Settings:
    settings = load_settings({"CCHC_HOME": str(folder / "home")})
    new_home(settings)
    return replace(settings, keep=KeepSettings(**limits))


def _written(path: Path, day: int, megabytes: int = 1) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(megabytes * MEGABYTE))
    os.utime(path, (day * 86400, day * 86400))
    return path


def test_the_oldest_pages_go_until_the_cache_is_below_its_limit(tmp_path: Path) -> None:
    """What was recognised last stays; the other cache, which is below its own limit, loses nothing."""
    settings = _settings(tmp_path, cache_mb=2)
    old, newer, newest = (_written(settings.ocr_cache / f"{day:02}" / "page.json", day) for day in (3, 5, 9))
    picture = _written(settings.pictures / "a.png", 1)

    gone = shed(settings)

    assert gone == Shed(1, MEGABYTE)
    assert [path.exists() for path in (old, newer, newest, picture)] == [False, True, True, True]
    assert shed(settings) == Shed()


def test_a_reason_outlives_its_copy(tmp_path: Path) -> None:
    """A copy in quarantine goes for room; the reason beside it, which names the original in the archive, stays."""
    settings = _settings(tmp_path, quarantine_mb=1)
    first, second = (_written(settings.quarantine / f"{day:012}-file.pdf", day) for day in (3, 5))
    reason = _written(settings.quarantine / f"{first.name}.json", 3, megabytes=0)

    shed(settings)

    assert [path.exists() for path in (first, reason, second)] == [False, True, True]


def test_the_doctor_says_what_is_over_its_limit(tmp_path: Path) -> None:
    """Size and limit stand in the list, and what brings the folder below."""
    settings = _settings(tmp_path, cache_mb=1, quarantine_mb=2)
    within = _part(settings)
    _written(settings.pictures / "a.png", 1, megabytes=3)

    over = _part(settings)

    assert (within.says, within.follows) == ("0 MB trên 4 MB", "")
    assert (over.says, "cchc prune" in over.follows) == ("3 MB trên 4 MB", True)


def _part(settings: Settings) -> Part:
    return next(found for found in health(settings) if found.name == "Bộ nhớ đệm và khu cách ly")
