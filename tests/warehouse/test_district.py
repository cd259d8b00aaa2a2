"""The district through time: sums over wards whose quarter is known, worked out again without SQL."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine

import catalogue
from catalogue.offices import shipped_folders
from tests.ground.test_rounds_of_other_kinds import MONTHS, NINE
from tests.warehouse.made import reading, take_in
from warehouse.sql import query

SHIPPED = Path(catalogue.__file__).parent / "rounds.yaml"
ROUNDS = ("2023-Q1", "2023-Q2", "2023-Q3", "2023-Q4")
WARDS = ("pho-an", "pho-van", "pho-hoa", "pho-chau")
Printed = dict[tuple[str, str, str], int]


def report(engine: Engine, ward: str, label: str, **figures: object) -> None:
    """Take in a report that prints these figures."""
    take_in(engine, reading(ward, label, figures))


def district(engine: Engine, measure: str) -> dict[str, tuple[Any, ...]]:
    """Return value, wards, own value, its wards and how, by round."""
    rows = query(
        engine,
        "SELECT round, value, wards_counted, own_value, own_wards_counted, how FROM mart_trend_district "
        f"WHERE measure = '{measure}'",
    ).rows
    return {row[0]: tuple(Decimal(repr(v)) if isinstance(v, float) else v for v in row[1:]) for row in rows}


@pytest.fixture
def every_kind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give an office that also collects by month and over nine months."""
    folder = tmp_path / "office"
    shutil.copytree(shipped_folders()["duc-pho"], folder)
    (folder / "rounds.yaml").write_text(f"{SHIPPED.read_text(encoding='utf-8')}{NINE}\n{MONTHS}\n", encoding="utf-8")
    monkeypatch.setenv("CCHC_OFFICE", str(folder))


class TestDistrict:
    def test_ward_without_its_first_quarter_is_left_out_of_the_second(self, engine: Engine) -> None:
        """The six months count both wards, the quarter only the one it is known of; a mean of the two would mislead."""
        report(engine, "pho-an", "2023-Q1", dossiers_resolved=100)
        report(engine, "pho-an", "2023-Q2", dossiers_resolved=230)
        report(engine, "pho-van", "2023-Q2", dossiers_resolved=500)

        assert district(engine, "dossiers_resolved") == {
            "2023-Q1": (100, 1, 100, 1, "printed"),
            "2023-Q2": (730, 2, 130, 1, "derived"),
        }

    def test_contradiction_is_in_no_sum_of_the_quarter(self, engine: Engine) -> None:
        """A ward whose six months are below its first quarter has no quarter; with no other the sum is unknown."""
        report(engine, "pho-an", "2023-Q1", dossiers_resolved=100)
        report(engine, "pho-an", "2023-Q2", dossiers_resolved=60)

        assert district(engine, "dossiers_resolved")["2023-Q2"] == (60, 1, None, 0, "unknown")

    def test_ward_whose_part_exceeds_its_whole_is_in_no_ratio(self, engine: Engine) -> None:
        """Its quarter is left out of both sums, its six months are in them."""
        for ward, late, resolved in (("pho-an", 9, 24), ("pho-van", 5, 60)):
            report(engine, ward, "2023-Q1", dossiers_late=1, dossiers_resolved=20)
            report(engine, ward, "2023-Q2", dossiers_late=late, dossiers_resolved=resolved)

        assert district(engine, "late_share")["2023-Q2"] == (Decimal("16.6667"), 2, 10, 1, "derived")

    def test_ratio_is_sum_over_sum_of_those_that_give_both(self, engine: Engine) -> None:
        """A ward that prints one side only is in neither sum; the quarter's ratio comes from the quarter's sides."""
        report(engine, "pho-an", "2023-Q1", dossiers_resolved=10, dossiers_early_or_on_time=10)
        report(engine, "pho-an", "2023-Q2", dossiers_resolved=40, dossiers_early_or_on_time=25)
        report(engine, "pho-van", "2023-Q1", dossiers_resolved=90, dossiers_early_or_on_time=45)
        report(engine, "pho-van", "2023-Q2", dossiers_resolved=120)

        found = district(engine, "on_time_share")

        assert found["2023-Q1"] == (55, 2, 55, 2, "printed")
        assert found["2023-Q2"] == (Decimal("62.5"), 1, 50, 1, "derived")

    def test_months_and_nine_months_stand_apart_from_quarters(self, engine: Engine, every_kind: None) -> None:
        """Nine months leave their third quarter; the quarters alone add up to the year, the months to theirs."""
        printed = {"Q1": 100, "M04": 30, "M05": 35, "Q2": 230, "M08": 45, "9M": 380, "Q3": 150, "Q4": 500}
        for name, resolved in printed.items():
            report(engine, "pho-an", f"2026-{name}", dossiers_resolved=resolved)

        rows = query(
            engine,
            "SELECT round_kind, sum(own_value), count(*), min(how) FROM mart_trend_district "
            "WHERE measure = 'dossiers_resolved' GROUP BY round_kind ORDER BY round_kind",
        ).rows

        assert [tuple(row) for row in rows] == [
            ("month", 110, 3, "printed"),
            ("nine_months", 150, 1, "derived"),
            ("quarter", 500, 4, "derived"),
        ]

    def test_what_counts_from_the_year_on_is_taken_from_the_month_before(
        self, engine: Engine, every_kind: None
    ) -> None:
        """A figure of the year so far gives a month by itself where the month before is known, else none."""
        for name, spent in {"M01": 10, "M02": 25, "M04": 70, "M09": 100, "M10": 130}.items():
            report(engine, "pho-an", f"2026-{name}", ward_expenditure_ytd=spent)

        found = district(engine, "ward_expenditure_ytd")

        assert {label: row[2] for label, row in found.items()} == {
            "2026-M01": 10, "2026-M02": 15, "2026-M04": None, "2026-M09": None, "2026-M10": 30,
        }  # fmt: skip

    def test_printed_percentages_have_no_sum(self, engine: Engine) -> None:
        """A percentage as printed is nowhere added up."""
        report(engine, "pho-an", "2023-Q1", satisfaction_pct=90)

        assert district(engine, "satisfaction_pct") == {}

    @pytest.mark.parametrize("seed", [1, 2, 3])
    def test_sums_are_those_of_plain_arithmetic(self, engine: Engine, seed: int) -> None:
        """For reports at random, with holes and contradictions, the mart says what adding up by hand says."""
        printed = made_up(Random(seed))
        for ward in WARDS:
            for label in ROUNDS:
                figures = {f: v for (w, r, f), v in printed.items() if (w, r) == (ward, label)}
                if figures:
                    report(engine, ward, label, **figures)

        assert district(engine, "dossiers_resolved") == by_hand(printed, "dossiers_resolved", taken_apart=True)
        assert district(engine, "staff_total") == by_hand(printed, "staff_total", taken_apart=False)


def made_up(random: Random) -> Printed:
    """Return figures of wards and rounds, some left out."""
    return {
        (ward, label, figure): random.randint(1, 400)
        for ward in WARDS
        for label in ROUNDS
        for figure in ("dossiers_resolved", "staff_total")
        if random.random() < 0.8
    }


def by_hand(printed: Printed, figure: str, *, taken_apart: bool) -> dict[str, tuple[Any, ...]]:
    """Return what the district's trend of a figure must be."""
    found = {}
    for place, label in enumerate(ROUNDS):
        values = [printed[w, label, figure] for w in WARDS if (w, label, figure) in printed]
        if not values:
            continue
        derived = taken_apart and place in (1, 3)
        own = [part for w in WARDS if (part := quarter(printed, w, place, figure, derived)) is not None]
        how = "unknown" if not own else "derived" if derived else "printed"
        found[label] = (Decimal(sum(values)), len(values), sum(own) if own else None, len(own), how)
    return found


def quarter(printed: Printed, ward: str, place: int, figure: str, derived: bool) -> int | None:
    """Return a ward's own quarter, None where a part is not printed or the parts contradict each other."""
    parts = [printed.get((ward, ROUNDS[p], figure)) for p in range(place + 1)]
    if not derived:
        return parts[place]
    needed = (parts[1], parts[0]) if place == 1 else (parts[3], parts[1], parts[2])
    if None in needed:
        return None
    left = needed[0] - sum(needed[1:])  # type: ignore[operator, arg-type]
    return left if left >= 0 else None
