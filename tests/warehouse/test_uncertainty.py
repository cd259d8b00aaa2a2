"""How surely a figure was read and how firm a place is stand in columns, for old loads as for new ones."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Engine, text

from catalogue.trust import trust
from parsers.document import Place
from parsers.learned.values import GrammarView, Guess, Opinion, Views
from parsers.reading import Printing
from tests.warehouse.made import moment, printing, reading, take_in
from warehouse import marts, migrate
from warehouse.api import House
from warehouse.connection import reading as reading_from
from warehouse.connection import writing
from warehouse.decisions import record_decision
from warehouse.install import install
from warehouse.results import save_ranking
from warehouse.rows import NewDecision, RankRow

ROUND = "2023-Q3"
FIRM = {
    "tier": 2, "best": 1, "worst": 4, "total_low": "80.5", "total_high": "91", "kept_share": "0.75",
    "lead_share": None, "separated": False,
}  # fmt: skip
DETAIL = {"previous_rank": 3, "provisional": ["on_time", "online"], "weakest_group": "41.5",
          "marks": {"open_findings": 2, "marked_figures": 1, "gaps": 0, "fallbacks": 1, "decided_figures": 0,
                    "least_confidence": 0.91}}  # fmt: skip


def doubtful() -> Printing:
    """Return a printing of which one reader says another figure and the report another value."""
    said = Opinion((Guess("dossiers_late", 0.6), Guess("dossiers_resolved", 0.3)))
    views = Views(Place(0, 0, 2), "90", GrammarView("dossiers_resolved", "figure"), said, said)
    return replace(
        printing("dossiers_resolved", 90, confidence=0.5), views=views, readers=("grammar", "stacked"), sure=False,
        probability=0.4321, doubt="two_values", rival=Decimal("95.5"),
    )  # fmt: skip


@pytest.fixture
def house(engine: Engine) -> House:
    """Give a warehouse with a sure and a doubtful figure, and a ranking."""
    sure = replace(printing("dossiers_received", 100), sure=True, probability=0.991, readers=("grammar",))
    other = replace(printing("dossiers_late", 7), doubt="other_figure", views=doubtful().views)
    take_in(engine, replace(reading(), printings=(sure, doubtful(), other)))
    rank = RankRow("pho-an", "1", Decimal("90.5"), 1, 1, "A", Decimal(100), robustness=FIRM, detail=DETAIL)
    save_ranking(engine, ROUND, "mac-dinh", [rank], moment(1))
    return House(engine)


class TestFigures:
    def test_verdict_is_in_columns(self, house: House) -> None:
        """A figure says its probability, its readers, the doubt in both languages, the rival and the bound."""
        rows = {row.figure: row for row in house.mart("figure_long").itertuples()}

        sure, unsure = rows["dossiers_received"], rows["dossiers_resolved"]
        assert (sure.text_class, bool(sure.is_sure), sure.probability, sure.readers) == (
            "digital", True, 0.991, "grammar",
        )  # fmt: skip
        proof = trust()["digital"].proof
        assert sure.certified_bound == (proof and proof.bound)
        assert (unsure.doubt, unsure.rival_value, unsure.rival_figure) == (
            "two_values", Decimal("95.5"), "dossiers_late",
        )  # fmt: skip
        assert unsure.doubt_en == "The report prints this figure twice: 90 and 95.5."
        assert unsure.doubt_vi == "Báo cáo ghi số liệu này hai lần khác nhau: 90 và 95.5."
        assert not unsure.is_sure
        assert pd.isna(unsure.certified_bound)

    def test_doubt_names_the_other_figure(self, house: House) -> None:
        """Where readers differ the words name what the number may be instead, in Vietnamese."""
        [row] = house.mart("figure_long").query("figure == 'dossiers_late'").itertuples()

        assert row.doubt_vi == "Hai cách đọc khác nhau: cũng có thể là “Hồ sơ đã giải quyết”."

    def test_older_loads_get_the_columns_too(self, house: House, engine: Engine) -> None:
        """Going below the revision and up again finds every verdict in the reading that was kept whole."""
        before, ranked = house.mart("figure_long"), house.mart("ranking").drop(columns="confirmed_at")
        with writing(engine) as connection:
            marts.drop(connection)
            migrate.downgrade(connection, "0008")
        install(engine)

        assert house.mart("figure_long").equals(before)
        assert house.mart("ranking").drop(columns="confirmed_at").equals(ranked)


class TestRanking:
    def test_firmness_is_in_columns(self, house: House) -> None:
        """A place says its tier, its range, the ends of its total, what waits, and the marks of its data."""
        [row] = house.mart("ranking").to_dict("records")

        assert {name: row[name] for name in ("tier", "best_rank", "worst_rank", "total_low", "total_high")} == {
            "tier": 2, "best_rank": 1, "worst_rank": 4, "total_low": Decimal("80.5"), "total_high": Decimal(91),
        }  # fmt: skip
        assert (row["is_provisional"], row["provisional_criteria"]) == (True, "on_time, online")
        assert (row["weakest_pct"], row["previous_rank"], row["open_findings"]) == (Decimal("41.5"), 3, 2)
        assert (row["kept_share"], bool(row["is_separated"]), row["least_confidence"]) == (Decimal("0.75"), False, 0.91)

    def test_ranking_older_than_its_figures_says_so(self, house: House, engine: Engine) -> None:
        """A decision after the computing makes the ranking older, computing again the same makes it current."""
        decision = NewDecision("pho-an", ROUND, "accept", "Lan", "rõ", figure="dossiers_resolved")
        assert _older(engine) == 0

        record_decision(engine, decision, moment(2))
        assert _older(engine) == 1
        assert house.ranking(ROUND, as_of=moment(1))["is_older_than_figures"].tolist() == [0]

        rank = RankRow("pho-an", "1", Decimal("90.5"), 1, 1, "A", Decimal(100), robustness=FIRM, detail=DETAIL)
        assert save_ranking(engine, ROUND, "mac-dinh", [rank], moment(3)) is False
        assert _older(engine) == 0


def _older(engine: Engine) -> Any:
    with reading_from(engine) as connection:
        return connection.execute(text("SELECT is_older_than_figures FROM mart_ranking")).scalar_one()
