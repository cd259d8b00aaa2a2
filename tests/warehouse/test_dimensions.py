"""Dimensions have a row for every key a fact mart bears; citations say what contradicts them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine

from parsers.document import Place
from parsers.reading import Citation
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse import marts
from warehouse.api import House
from warehouse.results import save_results
from warehouse.rows import RankRow, ScoreRow

DECREE = Citation("Nghị định", "089/2021/NĐ-CP", date(2021, 10, 18), "bồi dưỡng", Place(0, 2, 9), "Theo Nghị định.")
PLAN = Citation("Kế hoạch", "12/KH-UBND", date(2024, 1, 15), "CCHC", Place(0, 2, 9), "ngày 08")


@pytest.fixture
def house(engine: Engine) -> House:
    """Give a warehouse with two reports that cite, points and places."""
    an = replace(reading("pho-an"), citations=(DECREE, PLAN))
    slip = finding("citation_conflict", figures=(), printed="12/KH-UBND (2024-01-15) · 13/KH-UBND (2024-01-15)")
    take_in(engine, an, (slip,))
    other = (replace(DECREE, number="89/2021/NĐ – CP", day=date(2021, 10, 19)), replace(PLAN, day=date(2024, 1, 20)))
    take_in(engine, replace(reading("pho-van"), citations=other))
    score = ScoreRow("pho-an", "on_time", 0, "1", {}, Decimal(99), Decimal(10), Decimal(10), "scored")
    rank = RankRow("pho-an", "1", Decimal("90.5"), 1, 1, "A", Decimal(100))
    save_results(engine, "2023-Q3", "mac-dinh", rollup=[], scores=[score], ranking=[rank], moment=moment(9))
    return House(engine)


DIMENSIONS = {
    "mart_unit": ("ward",),
    "mart_figure": ("figure",),
    "mart_indicator_definition": ("indicator",),
    "mart_round": ("round",),
    "mart_criterion": ("scorecard", "criterion"),
}


class TestDimensions:
    def test_every_key_of_a_fact_has_its_row(self, house: House) -> None:
        """Whatever unit, figure, indicator, round or criterion a fact mart names stands once in its dimension."""
        for dimension, key in DIMENSIONS.items():
            known = house.mart(dimension).dropna(subset=list(key))
            assert not known.empty and not known.duplicated(list(key)).any(), dimension
            for view in marts.views():
                if view.is_mart and set(key) <= {column.name for column in view.columns}:
                    facts = house.mart(view.name).dropna(subset=list(key))
                    missing = set(_keys(facts, key)) - set(_keys(known, key))
                    assert not missing, (view.name, dimension)

    def test_units_of_today_are_units(self, house: House) -> None:
        """Each of the 15 former units leads to one of the 5 units of today, which has a row without a slug."""
        units = house.mart("mart_unit")
        today = units[units.ward.isna()]

        assert (len(units), len(today)) == (20, 5)
        assert set(_keys(units, ("today_code", "today_valid_from"))) == set(
            _keys(today, ("unit_code", "unit_valid_from"))
        )
        assert today.unit_valid_to.isna().all()

    def test_rounds_say_their_days(self, house: House) -> None:
        """A round has its calendar quarter beside its window, which is another span."""
        [row] = house.mart("mart_round", "2023-Q3").to_dict("records")
        days = ("quarter_start", "quarter_end", "window_start", "window_end", "due_date")

        assert [str(row[name].date()) for name in days[:4]] == ["2023-07-01", "2023-09-30", "2023-06-15", "2023-09-14"]
        assert row["is_cumulative"] == 0


class TestCitations:
    def test_contradictions_within_a_report_and_between_wards(self, house: House) -> None:
        """A decree of two days contradicts between wards; plans of one number do not, each ward numbers its own."""
        found = house.mart("mart_citation", "2023-Q3")
        columns = ["ward", "cited_no", "cited_key", "issuer", "is_contradicted_within", "wards_contradicting", "page"]

        rows = [tuple(None if pd.isna(cell) else cell for cell in row) for row in _keys(found, tuple(columns))]

        assert rows == [
            ("pho-an", "089/2021/NĐ-CP", "89/2021/NĐ-CP", "CP", 0, 1, None),
            ("pho-an", "12/KH-UBND", "12/KH-UBND", "UBND", 1, 0, 1),
            ("pho-van", "89/2021/NĐ – CP", "89/2021/NĐ-CP", "CP", 0, 1, None),
            ("pho-van", "12/KH-UBND", "12/KH-UBND", "UBND", 0, 0, 1),
        ]

    def test_only_loads_in_force_cite(self, house: House, engine: Engine) -> None:
        """A resend that cites nothing takes its ward's citations away, and with them the contradiction."""
        take_in(engine, replace(reading("pho-van", file=2), citations=()), at=moment(5))

        found = house.mart("mart_citation", "2023-Q3")

        assert set(found.ward) == {"pho-an"}
        assert list(found.wards_contradicting) == [0, 0]


def _keys(frame: pd.DataFrame, key: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return list(frame[list(key)].astype("object").itertuples(index=False, name=None))
