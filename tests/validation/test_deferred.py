"""Stand-ins for modules that an import drags along."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from validation.expectations.deferred import StandIn, deferring
from validation.expectations.quality import UNUSED


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give a package with a heavy submodule and a module that imports it; forget both afterwards."""
    package = tmp_path / "heavylib"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "plots.py").write_text("LOADED = []\nLOADED.append(1)\ndef draw(): return 'drawn'\n")
    (package / "user.py").write_text("from heavylib import plots\ndef use(): return plots.draw()\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield "heavylib"
    for name in [n for n in sys.modules if n.split(".")[0] == "heavylib"]:
        del sys.modules[name]


def test_what_is_not_used_is_not_loaded(library: str) -> None:
    """Inside the block the heavy module is a stand-in; its importer works with it."""
    with deferring("heavylib.plots"):
        import heavylib.user  # type: ignore[import-not-found]

    assert isinstance(heavylib.user.plots, StandIn)
    assert "heavylib.plots" not in sys.modules


def test_what_is_used_becomes_real(library: str) -> None:
    """The first use loads the real module."""
    with deferring("heavylib.plots"):
        import heavylib.user

    assert heavylib.user.use() == "drawn"
    assert not isinstance(sys.modules["heavylib.plots"], StandIn)


def test_others_import_the_real_module(library: str) -> None:
    """After the block an import gives the module itself."""
    with deferring("heavylib.plots"):
        import heavylib.user
    import heavylib.plots  # type: ignore[import-not-found]

    assert heavylib.plots.LOADED == [1]
    assert not isinstance(heavylib.plots, StandIn)


def test_what_is_loaded_already_stays(library: str) -> None:
    """A module that is there is never replaced."""
    import heavylib.plots

    with deferring("heavylib.plots"):
        import heavylib.user

    assert heavylib.user.plots is heavylib.plots


def test_great_expectations_comes_without_what_is_not_used(tmp_path: Path) -> None:
    """A round is looked at and its pages are written, and what half of the import's seconds went into is not loaded."""
    looked = (
        "import sys; from decimal import Decimal; from pathlib import Path\n"
        "from validation.expectations.quality import UNUSED, check_round\n"
        "rows = {'pho-minh': {'dossiers_received': Decimal(9)}}\n"
        "found = check_round(rows, '2024-Q3', docs=Path(sys.argv[1]))\n"
        "print(found.data_docs.is_file(), *(name for name in UNUSED if name in sys.modules))"
    )

    done = subprocess.run([sys.executable, "-c", looked, tmp_path], capture_output=True, text=True, check=True)

    assert UNUSED and done.stdout.split() == ["True"]
