"""`cchc doctor` names what is missing, before it is missed."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.cli.doctor import Part, health
from pipelines.settings import Settings, load_settings
from tests.homes import new_home


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a home that is not made yet."""
    return load_settings({"CCHC_HOME": str(tmp_path / "home")})


def part(settings: Settings, name: str) -> Part:
    """Return one part of the installation."""
    return next(found for found in health(settings) if found.name == name)


@pytest.mark.parametrize("name", ["Thư mục dữ liệu", "Thư mục nhận", "Kho dữ liệu"])
def test_before_and_after_the_home_is_made(settings: Settings, name: str) -> None:
    """What is not made yet is named with what makes it; afterwards it is well."""
    before = part(settings, name)
    new_home(settings)

    assert not before.good and before.follows
    assert part(settings, name).good


def test_a_home_is_closed_to_others(settings: Settings) -> None:
    """What `cchc init` makes nobody else may look into; one that is open is named with what closes it."""
    new_home(settings)
    made = part(settings, "Thư mục dữ liệu")
    mode = settings.home.stat().st_mode & 0o777
    settings.home.chmod(0o755)

    opened = part(settings, "Thư mục dữ liệu")

    assert (mode & 0o007, made.follows) == (0, "")
    assert opened.good and f"chmod o-rwx {settings.home}" in opened.follows


def test_an_inbox_that_is_not_mounted(settings: Settings) -> None:
    """A folder of the settings that is not there is named."""
    new_home(settings)

    found = part(replace(settings, inbox=settings.home / "share"), "Thư mục nhận")

    assert not found.good and "share" in found.says and "kết nối" in found.follows


def test_a_home_that_cannot_be_written(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only disk, or the wrong user, shows here and not first in the middle of a round."""
    new_home(settings)
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)

    assert not part(settings, "Thư mục dữ liệu").good


def test_a_warehouse_elsewhere(settings: Settings, tmp_path: Path) -> None:
    """A SQLite file outside the home is looked for where the settings say."""
    elsewhere = replace(settings, warehouse_url=f"sqlite:///{tmp_path / 'other' / 'w.db'}")
    missing = part(elsewhere, "Kho dữ liệu")
    new_home(elsewhere)

    assert (missing.good, part(elsewhere, "Kho dữ liệu").good) == (False, True)
