"""A page of a mart: words as values, conditions, order and parts, on both engines."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from cchc.clock import ZONE
from cchc.errors import WarehouseError
from tests.warehouse.made import moment, reading, take_in
from warehouse import marts
from warehouse.connection import open_warehouse
from warehouse.connection import reading as reading_from
from warehouse.marts.page import Condition, Page, Wanted, page, value_of
from warehouse.marts.view import Column, Kind, View

LONG: View = next(view for view in marts.views() if view.name == "mart_figure_long")


def column(kind: Kind) -> Column:
    """Return a column of a kind, of whichever mart has one."""
    return next(c for view in marts.views() for c in view.columns if c.kind == kind)


class TestValues:
    @pytest.mark.parametrize(
        ("kind", "given", "value"),
        [
            ("text", " hồ sơ ", " hồ sơ "),
            ("number", "-1234.50", Decimal("-1234.50")),
            ("number", "1e3", Decimal(1000)),
            ("number", "9e30", Decimal("9e30")),
            ("integer", "-12", -12),
            ("integer", str(2**63 - 1), 2**63 - 1),
            ("real", "0.95", 0.95),
            ("date", "2024-02-29", date(2024, 2, 29)),
            ("moment", "2024-09-14T17:00:00+00:00", datetime(2024, 9, 14, 17, tzinfo=UTC)),
            ("moment", "2024-09-14T17:00:00", datetime(2024, 9, 14, 17, tzinfo=ZONE)),
            ("flag", "true", True),
            ("flag", "false", False),
        ],
    )
    def test_a_word_is_a_value_of_its_column(self, kind: Kind, given: str, value: object) -> None:
        """Numbers with a point, days and moments as ISO writes them; a moment without zone is the office's."""
        assert value_of(column(kind), given) == value

    @pytest.mark.parametrize(
        ("kind", "given"),
        [
            ("number", "1,5"),
            ("number", "NaN"),
            ("number", "Infinity"),
            ("number", "1e31"),
            ("number", "1e-31"),
            ("number", "1e999999999"),
            ("number", "0e999999999"),
            ("integer", "1.0"),
            ("integer", str(2**63)),
            ("integer", str(-(2**63))),
            ("real", "1e400"),
            ("real", "nan"),
            ("date", "14/09/2024"),
            ("date", "2023-02-29"),
            ("moment", "today"),
            ("flag", "True"),
            ("flag", "1"),
        ],
    )
    def test_what_is_none_is_refused_with_an_example(self, kind: Kind, given: str) -> None:
        """Nor is a number taken whose digits would fill the memory; the message names column and form."""
        asked = column(kind)

        with pytest.raises(WarehouseError, match=rf"no value of {asked.name}; write ") as told:
            value_of(asked, given)

        assert given in str(told.value)


@pytest.fixture
def filled(engine: Engine) -> Engine:
    """Give a warehouse with two reports of a round: four figures, one of them waiting."""
    take_in(engine, reading("pho-an", figures={"dossiers_received": 100, "dossiers_resolved": 90}))
    take_in(engine, reading("pho-van", figures={"dossiers_received": 20}), at=moment(1))
    take_in(engine, reading("pho-minh", figures={"dossiers_received": 7}, confidence=0.1), at=moment(2))
    return engine


def asked(engine: Engine, *conditions: Condition, names: str = "ward figure value", **more: Any) -> Page:
    """Return the page of the figures that some conditions give."""
    columns = tuple(next(c for c in LONG.columns if c.name == name) for name in names.split())
    with reading_from(engine) as connection:
        return page(connection, Wanted(LONG, columns, conditions, **more))


def wards(found: Page) -> list[str]:
    """Return the first column of a page."""
    return [str(row[0]) for row in found.rows]


class TestPage:
    def test_all_in_the_order_of_the_key(self, filled: Engine) -> None:
        """Without an order asked for, rows come by their key; values are exact, and nothing where nothing counts."""
        found = asked(filled)

        assert found.total == 4
        assert found.rows == [
            ("pho-an", "dossiers_received", Decimal(100)),
            ("pho-an", "dossiers_resolved", Decimal(90)),
            ("pho-minh", "dossiers_received", None),
            ("pho-van", "dossiers_received", Decimal(20)),
        ]

    @pytest.mark.parametrize(
        ("condition", "held"),
        [
            (Condition("value", "is", (Decimal(20),)), ["pho-van"]),
            (Condition("value", "is", (Decimal(90), Decimal(20))), ["pho-an", "pho-van"]),
            (Condition("value", "min", (Decimal(90),)), ["pho-an", "pho-an"]),
            (Condition("value", "max", (Decimal(90),)), ["pho-an", "pho-van"]),
            (Condition("value", "empty", (True,)), ["pho-minh"]),
            (Condition("value", "empty", (False,)), ["pho-an", "pho-an", "pho-van"]),
            (Condition("ward", "is", ("pho-an", "pho-minh")), ["pho-an", "pho-an", "pho-minh"]),
            (Condition("ward", "min", ("pho-b",)), ["pho-minh", "pho-van"]),
        ],
    )
    def test_conditions_hold_as_numbers_and_words(self, filled: Engine, condition: Condition, held: list[str]) -> None:
        """100 is more than 90, though not by its letters; the limits themselves are within."""
        found = asked(filled, condition)

        assert (wards(found), found.total) == (held, len(held))

    def test_conditions_hold_together(self, filled: Engine) -> None:
        """Every one of them."""
        both = Condition("ward", "is", ("pho-an",)), Condition("value", "max", (Decimal(95),))

        assert asked(filled, *both).rows == [("pho-an", "dossiers_resolved", Decimal(90))]

    def test_the_order_asked_for_then_the_key(self, filled: Engine) -> None:
        """Upwards or downwards, what is empty last either way, equal ones by the key."""
        up, down = (asked(filled, order=(("value", turned),)) for turned in (False, True))

        assert wards(up) == ["pho-van", "pho-an", "pho-an", "pho-minh"]
        assert wards(down) == ["pho-an", "pho-an", "pho-van", "pho-minh"]
        assert wards(asked(filled, order=(("figure", True),))) == ["pho-an", "pho-an", "pho-minh", "pho-van"]

    def test_a_part_knows_how_many_there_are(self, filled: Engine) -> None:
        """Skipped and cut, with the number of all; behind the end nothing is left."""
        part, behind = asked(filled, skip=1, most=2), asked(filled, skip=4)

        assert (wards(part), part.total) == (["pho-an", "pho-minh"], 4)
        assert (behind.rows, behind.total) == ([], 4)

    def test_a_page_that_takes_too_long_is_stopped(self, sqlite_url_for_properties: str) -> None:
        """Long before its end, in words, and the connection answers the next question."""
        engine = open_warehouse(sqlite_url_for_properties)
        take_in(engine, reading())
        many = Condition("value", "is", tuple(Decimal(n) for n in range(5_000)))
        with reading_from(engine) as connection:
            with pytest.raises(WarehouseError, match="narrow it to a round or a ward"):
                page(connection, Wanted(LONG, LONG.columns, (many,) * 20), seconds=-1)

            assert page(connection, Wanted(LONG, LONG.columns)).total == 2
        engine.dispose()
