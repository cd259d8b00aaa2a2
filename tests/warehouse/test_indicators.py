"""Indicators are data, checked as they are loaded."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import indicators as module
from catalogue.figures import figure_definitions
from catalogue.indicators import additive, indicators, stocks, unsummed
from cchc.errors import CatalogueError

GOOD = (
    "stocks: [dossiers_pending]\nunsummed: [service_index_rank]\nofficers: [[staff_total]]\n"
    "indicators:\n  {code}:\n    vi: a\n    en: b\n"
    "    numerator: {numerator}\n    denominator: [[dossiers_resolved]]\n    additive: true\n    part: false\n"
)


@pytest.fixture
def other_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give a file that is loaded in place of the shipped one."""
    path = tmp_path / "indicators.yaml"
    monkeypatch.setattr(module, "shipped", lambda _name: path)
    indicators.cache_clear()
    stocks.cache_clear()
    yield path
    indicators.cache_clear()
    stocks.cache_clear()


def test_shipped_ones_rest_on_figures_that_add_up() -> None:
    """Each side of each indicator is a sum of counts or of amounts, never of percentages or of both."""
    for indicator in indicators().values():
        for way in (*indicator.numerator, *indicator.denominator):
            assert len({figure_definitions()[figure].unit for figure in way}) == 1


def test_additive_ones_hold_no_stock() -> None:
    """What is said to add up over quarters rests on flows only."""
    for indicator in indicators().values():
        parts = {figure for way in (*indicator.numerator, *indicator.denominator) for figure in way}
        assert not indicator.additive or all(map(additive, parts)), indicator.code


def test_stocks_and_points_do_not_add_up() -> None:
    """Flows of a period add up over quarters; stocks, percentages, plans and moments do not; places add up nowhere."""
    assert additive("dossiers_resolved")
    assert not any(map(additive, ("dossiers_pending", "satisfaction_pct", "staff_total", "ward_revenue_ytd")))
    assert {"service_index_score", "service_index_rank"} == unsummed()


@pytest.mark.parametrize(
    ("code", "numerator", "says"),
    [
        ("x", "[[no_such_figure]]", "no figure that can be added up"),
        ("x", "[[satisfaction_pct]]", "no figure that can be added up"),
        ("x", "[]", "at least one figure"),
        ("x", "[[]]", "at least one figure"),
        ("x", "[dossiers_late]", "list of lists"),
        ("x", "dossiers_late", "list of lists"),
        ("x", "[[dossiers_late]]\n    weight: 3", "and no more"),
        ("staff_total", "[[dossiers_late]]", "is a figure's code"),
    ],
)
def test_mistakes_are_refused_with_their_line(other_file: Path, code: str, numerator: str, says: str) -> None:
    """A mistake names file and line and what to do."""
    other_file.write_text(GOOD.format(code=code, numerator=numerator), encoding="utf-8")

    with pytest.raises(CatalogueError, match=rf"indicators\.yaml:\d+: .*{says}"):
        indicators()


def test_unknown_stock_is_refused(other_file: Path) -> None:
    """A stock that is no figure is a mistake too."""
    other_file.write_text("stocks: [nothing]\nindicators: {}\n", encoding="utf-8")

    with pytest.raises(CatalogueError, match="'nothing' is no figure"):
        stocks()
