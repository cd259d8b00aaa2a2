"""The catalogue against the contract, and its errors with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalogue.figures import figure_definitions, read_figures
from catalogue.source import line_of, load_yaml
from catalogue.wards import wards, wards_on
from cchc.errors import CatalogueError, CchcError

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contract"
needs_contract = pytest.mark.skipif(not CONTRACT.is_dir(), reason="the contract lies beside the project, not in it")


@needs_contract
def test_figures_are_the_contract() -> None:
    """Codes, units and bases are those of the contract, none more, none fewer."""
    contract = yaml.safe_load((CONTRACT / "figures.yaml").read_text(encoding="utf-8"))
    expected = {code: (e["unit"], e["basis"]) for group in contract.values() for code, e in group.items()}

    assert {code: (d.unit, d.basis) for code, d in figure_definitions().items()} == expected


@needs_contract
def test_wards_are_the_contract() -> None:
    """The ward list is the contract's, byte for byte."""
    shipped = Path(__file__).resolve().parents[2] / "offices" / "duc-pho" / "units.csv"

    assert shipped.read_bytes() == (CONTRACT / "wards.csv").read_bytes()


def test_wards_end_with_the_district() -> None:
    """After 30/06/2025 none of the fifteen units exists."""
    last_day = wards()["pho-minh"].valid_to

    assert last_day is not None
    assert len(wards_on(last_day)) == 15
    assert wards_on(last_day.replace(month=7, day=1)) == []


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ("unit: counts, basis: period, vi: x, en: y", "2: a → b → unit: 'counts' không hợp lệ"),
        ("unit: count, basis: period, vi: x", "2: a → b → en: thiếu mục"),
        ("unit: count, basis: period, vi: '', en: y", "2: a → b → vi: chỗ này đang để trống"),
        ("unit: count, basis: period, vi: x, en: y}\nc:\n  b: {unit: vnd, basis: year, vi: x, en: y", "4: .*hai lần"),
    ],
)
def test_wrong_figures_are_named(entry: str, says: str, tmp_path: Path) -> None:
    """A figure with a wrong field is refused with file, line and remedy in Vietnamese."""
    path = tmp_path / "figures.yaml"
    path.write_text(f"a:\n  b: {{{entry}}}\n", encoding="utf-8")

    with pytest.raises(CatalogueError, match=rf"^figures\.yaml:{says}"):
        read_figures(path)


class TestSource:
    """Opening YAML: what is wrong is named with file and line."""

    def test_a_doubled_key_is_refused(self, tmp_path: Path) -> None:
        """YAML would keep the last one silently."""
        path = tmp_path / "figures.yaml"
        path.write_text("a: 1\nb: 2\na: 3\n", encoding="utf-8")

        with pytest.raises(CatalogueError, match=r"figures\.yaml:3: khóa 'a' có hai lần"):
            load_yaml(path)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        """The message says which file to put back."""
        with pytest.raises(CatalogueError, match=r"gone\.yaml"):
            load_yaml(tmp_path / "gone.yaml")

    def test_line_of_nested_keys(self, tmp_path: Path) -> None:
        """Lines count from one and follow mappings and lists."""
        path = tmp_path / "x.yaml"
        path.write_text("top:\n  one: 1\n  two:\n    - a\n    - b: 2\n", encoding="utf-8")

        assert line_of(path, "top", "two") == 3
        assert line_of(path, "top", "two", "1", "b") == 5


def test_every_error_is_of_the_tree() -> None:
    """Every exception of the errors module descends from CchcError and says what it is."""
    import cchc.errors as module

    kinds = [v for v in vars(module).values() if isinstance(v, type) and issubclass(v, Exception)]

    assert all(issubclass(kind, CchcError) and kind.__doc__ for kind in kinds)
    assert {k.__name__ for k in kinds} <= set(module.__doc__.split() if module.__doc__ else ())
