"""Frames for analysts: the columns of the marts with fitting types, on both engines."""

from __future__ import annotations

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from cchc.errors import WarehouseError
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse import marts
from warehouse.api import DTYPES, House
from warehouse.connection import reading as reading_from


@pytest.fixture
def house(engine: Engine) -> House:
    """Give a house with two reports, one of them with a finding."""
    take_in(engine, reading(figures={"ward_revenue": "1536246000000.5", "dossiers_late": 0}), (finding(),))
    take_in(engine, reading("pho-van", "2023-Q2"))
    return House(engine)


class TestHouse:
    def test_every_mart_is_a_frame_of_its_types(self, house: House) -> None:
        """Each column has the type of its kind, whether the mart has rows or not."""
        for view in (view for view in marts.views() if view.is_mart):
            frame = house.mart(view.name)

            assert {name: str(dtype) for name, dtype in frame.dtypes.items()} == {
                column.name: DTYPES[column.kind] for column in view.columns
            }

    def test_kinds_are_those_of_the_database(self, engine: Engine) -> None:
        """What a column is said to hold is what PostgreSQL, which has types, says it is."""
        if engine.dialect.name != "postgresql":
            pytest.skip("SQLite's views have no types")
        kinds = {"text": "text", "numeric": "number", "integer": "integer", "bigint": "integer",
                 "double precision": "real", "date": "date", "timestamp with time zone": "moment",
                 "boolean": "flag"}  # fmt: skip
        query = text("SELECT table_name, column_name, data_type FROM information_schema.columns "
                     "WHERE table_schema = 'public' AND table_name LIKE 'mart_%'")  # fmt: skip

        with reading_from(engine) as connection:
            there = {(relation, name): kinds[kind] for relation, name, kind in connection.execute(query)}

        assert there == {(v.name, c.name): c.kind for v in marts.views() if v.is_mart for c in v.columns}

    def test_values_are_those_of_the_reports(self, house: House) -> None:
        """Large amounts with decimals come out as printed, zero is zero, NA is what is not known."""
        wide = house.wide("2023-Q3")

        assert wide.loc[("2023-Q3", "pho-an"), "ward_revenue"] == 1536246000000.5
        assert wide.loc[("2023-Q3", "pho-an"), "dossiers_late"] == 0
        assert pd.isna(wide.loc[("2023-Q3", "pho-an"), "staff_total"])

    def test_round_narrows_and_past_can_be_asked(self, house: House) -> None:
        """A round's frame holds that round only; before the first load there was nothing."""
        assert set(house.figures("2023-Q2")["round"]) == {"2023-Q2"}
        assert set(house.figures()["round"]) == {"2023-Q2", "2023-Q3"}
        assert len(house.figures("2023-Q3", as_of=moment(-1))) == 0
        assert len(house.figures("2023-Q3", as_of=moment(1))) == 2

    def test_each_question_has_its_mart(self, house: House) -> None:
        """The named questions answer what their marts say."""
        assert list(house.findings("2023-Q3")["rule"]) == ["sum_mismatch"]
        assert len(house.ledger("2023-Q3")) == 15
        assert set(house.trend("dossiers_received")["ward"]) == {"pho-van"}
        assert house.rounds() == ["2023-Q2", "2023-Q3"]
        assert len(house.ranking()) == 0
        assert "dossiers_resolved" in set(house.successors()["measure"])
        assert "resolved_share" in set(house.indicators()["indicator"])

    def test_unknown_mart_is_refused_with_those_there_are(self, house: House) -> None:
        """A mistyped name is answered with the list of names."""
        with pytest.raises(WarehouseError, match="mart_ledger"):
            house.mart("legder")
