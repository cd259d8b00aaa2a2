"""The marts say what can be worked out by hand from a few reports, on both engines alike."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from catalogue.figures import figure_definitions
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse import queries
from warehouse.connection import open_warehouse
from warehouse.connection import reading as reading_from
from warehouse.results import save_results
from warehouse.rows import RankRow, RollupRow, ScoreRow


def ask(engine: Engine, query: str) -> list[tuple[Any, ...]]:
    """Return the rows of a query, numbers as plain Decimals so that both engines compare."""
    with reading_from(engine) as connection:
        return [tuple(_plain(value) for value in row) for row in connection.execute(text(query))]


def report(engine: Engine, ward: str, label: str, **figures: object) -> None:
    """Take in a report that prints these figures."""
    take_in(engine, reading(ward, label, figures))


class TestFigures:
    def test_long_names_ward_figure_value_and_sentence(self, engine: Engine) -> None:
        """A row can be read by itself: who, what, how much, by which words, from which paper."""
        report(engine, "pho-an", "2023-Q3", satisfaction_pct="98.5")

        rows = ask(
            engine,
            "SELECT round, ward_kind, ward_name, ward_code, figure, unit, status, value, raw, sentence, page, doc_no "
            "FROM mart_figure_long",
        )

        sentence = "Số liệu satisfaction_pct là 98.5."
        assert rows == [
            ("2023-Q3", "xã", "Phổ An", "21442", "satisfaction_pct", "percent", "entered", Decimal("98.5"), "98.5",
             sentence, 1, "12/BC-UBND"),
        ]  # fmt: skip

    def test_wide_has_a_column_a_figure_and_a_row_a_report(self, engine: Engine) -> None:
        """Values stand under their codes; what waits or is blocked is NULL, as is what no report prints."""
        report(engine, "pho-an", "2023-Q3", dossiers_received=316, dossiers_late=0)
        blocked = finding(severity="error", ward="pho-van", figures=("dossiers_late",))
        take_in(engine, reading("pho-van", figures={"dossiers_received": 10, "dossiers_late": 4}), (blocked,))

        rows = ask(
            engine,
            "SELECT ward, dossiers_received, dossiers_late, staff_total FROM mart_figure_wide ORDER BY ward_sort_key",
        )
        with reading_from(engine) as connection:
            names = set(connection.execute(text("SELECT * FROM mart_figure_wide")).keys())

        assert rows == [("pho-an", 316, 0, None), ("pho-van", 10, None, None)]
        assert set(figure_definitions()) <= names

    def test_history_keeps_what_was_replaced(self, engine: Engine) -> None:
        """Each load stands with the time it was in force."""
        take_in(engine, reading(figures={"staff_total": 19}))
        take_in(engine, reading(figures={"staff_total": 20}, file=2), at=moment(9))

        rows = ask(
            engine,
            "SELECT version, printed_value, closed_because, loaded_to IS NULL FROM mart_figure_history "
            "WHERE figure = 'staff_total' ORDER BY version",
        )

        assert rows == [(1, 19, "replaced", 0), (2, 20, None, 1)]

    @pytest.mark.parametrize(
        "digits",
        ["999999999999999999", "1536246000000.5", "0.01", "-35", "99999999999999.9", "0.1", "123456789012.345"],
    )
    def test_decimals_come_back_exactly(self, engine: Engine, digits: str) -> None:
        """A value is the same number after the round trip, to its last digit."""
        report(engine, "pho-an", "2023-Q3", ward_revenue=digits)

        assert queries.figures_wide(engine, "2023-Q3")["pho-an"]["ward_revenue"] == Decimal(digits)

    def test_digits_without_end_do_not_stop_a_load(self, engine: Engine) -> None:
        """An absurd number is loaded with its report, and its digits as printed are kept."""
        report(engine, "pho-an", "2023-Q3", ward_revenue="9" * 40, staff_total=20)

        rows = ask(engine, "SELECT figure, raw FROM mart_figure_long ORDER BY figure")

        assert rows == [("staff_total", "20"), ("ward_revenue", "9" * 40)]


class TestIndicators:
    def test_ratio_of_figures_that_count(self, engine: Engine) -> None:
        """The first complete way counts: merged figure, else the sum of the parts; a missing part leaves none."""
        report(engine, "pho-an", "2023-Q3", dossiers_resolved=276, dossiers_early=200, dossiers_on_time=70)
        report(engine, "pho-van", "2023-Q3", dossiers_resolved=50, dossiers_early_or_on_time=49, dossiers_early=9)
        report(engine, "pho-hoa", "2023-Q3", dossiers_resolved=50, dossiers_early=9)

        rows = ask(
            engine,
            "SELECT ward, numerator, denominator, value, is_covered FROM mart_indicator "
            "WHERE indicator = 'on_time_share' ORDER BY ward",
        )

        assert rows == [
            ("pho-an", 270, 276, Decimal("97.8261"), 1),
            ("pho-hoa", None, 50, None, 0),
            ("pho-van", 49, 50, 98, 1),
        ]

    def test_zero_denominator_gives_no_value(self, engine: Engine) -> None:
        """Nothing received is covered, yet has no ratio."""
        report(engine, "pho-an", "2023-Q3", feedback_received=0, feedback_resolved=0)

        rows = ask(engine, "SELECT value, is_covered FROM mart_indicator WHERE indicator = 'feedback_share'")

        assert rows == [(None, 1)]

    def test_district_is_sum_over_sum_with_its_coverage(self, engine: Engine) -> None:
        """The district's ratio is never the mean of the wards', and says how many wards it covers."""
        report(engine, "pho-an", "2023-Q3", feedback_received=10, feedback_resolved=1)
        report(engine, "pho-van", "2023-Q3", feedback_received=90, feedback_resolved=90)
        report(engine, "pho-hoa", "2023-Q3", feedback_received=7)

        rows = ask(
            engine,
            "SELECT numerator, denominator, value, wards_counted, wards_expected, coverage "
            "FROM mart_indicator_district WHERE round = '2023-Q3' AND indicator = 'feedback_share'",
        )

        assert rows == [(91, 100, 91, 2, 15, Decimal("13.33"))]


class TestTrend:
    def own(self, engine: Engine, measure: str) -> dict[str, tuple[Any, ...]]:
        """Return value, own value and how, by round."""
        rows = ask(
            engine,
            f"SELECT round, value, own_value, how FROM mart_trend WHERE ward = 'pho-an' AND measure = '{measure}'",
        )
        return {row[0]: row[1:] for row in rows}

    def test_quarters_come_out_of_cumulative_reports(self, engine: Engine) -> None:
        """Six months less Q1, the year less six months and Q3; what is derived says so."""
        for label, value in (("2023-Q1", 100), ("2023-Q2", 230), ("2023-Q3", 90), ("2023-Q4", 460)):
            report(engine, "pho-an", label, dossiers_resolved=value)

        assert self.own(engine, "dossiers_resolved") == {
            "2023-Q1": (100, 100, "printed"),
            "2023-Q2": (230, 130, "derived"),
            "2023-Q3": (90, 90, "printed"),
            "2023-Q4": (460, 140, "derived"),
        }

    def test_unknown_part_leaves_the_quarter_unknown(self, engine: Engine) -> None:
        """Without Q1 the second quarter is unknown, and the six months never stand in for it."""
        report(engine, "pho-an", "2023-Q2", dossiers_resolved=230)
        report(engine, "pho-an", "2023-Q4", dossiers_resolved=460)

        assert self.own(engine, "dossiers_resolved") == {
            "2023-Q2": (230, None, "unknown"),
            "2023-Q4": (460, None, "unknown"),
        }

    def test_contradiction_is_shown_as_one(self, engine: Engine) -> None:
        """Six months below their first quarter give no flow but a contradiction."""
        report(engine, "pho-an", "2023-Q1", dossiers_resolved=100)
        report(engine, "pho-an", "2023-Q2", dossiers_resolved=60)

        assert self.own(engine, "dossiers_resolved")["2023-Q2"] == (60, None, "contradictory")

    def test_part_beyond_its_whole_is_a_contradiction(self, engine: Engine) -> None:
        """Eight late of four resolved in a quarter are no share; a ratio that may pass 100 percent stands."""
        first = {"dossiers_late": 1, "dossiers_resolved": 20, "digitised_results": 1}
        report(engine, "pho-an", "2023-Q1", **first)
        report(engine, "pho-an", "2023-Q2", dossiers_late=9, dossiers_resolved=24, digitised_results=9)

        assert self.own(engine, "late_share")["2023-Q2"] == (37.5, None, "contradictory")
        assert self.own(engine, "digitised_result_share")["2023-Q2"] == (37.5, 200, "derived")

    def test_stocks_and_percentages_are_not_taken_apart(self, engine: Engine) -> None:
        """What holds at a moment, or is a ratio, stands as printed in every round."""
        for label, value in (("2023-Q1", 9), ("2023-Q2", 12)):
            report(engine, "pho-an", label, dossiers_pending=value, satisfaction_pct=value, staff_total=value)

        for measure in ("dossiers_pending", "satisfaction_pct", "staff_total"):
            assert self.own(engine, measure)["2023-Q2"] == (12, 12, "printed")

    def test_since_the_start_of_the_year_always_less_the_round_before(self, engine: Engine) -> None:
        """Figures given since January are differences from the round before, in every round but the first."""
        for label, value in (("2023-Q1", 5), ("2023-Q2", 9), ("2023-Q3", 20)):
            report(engine, "pho-an", label, ward_revenue_ytd=value)

        own = self.own(engine, "ward_revenue_ytd")
        assert {label: row[1] for label, row in own.items()} == {"2023-Q1": 5, "2023-Q2": 4, "2023-Q3": 11}

    def test_ratio_of_a_quarter_is_of_its_own_parts(self, engine: Engine) -> None:
        """An additive indicator is recomputed from the quarter's own numerator and denominator."""
        report(engine, "pho-an", "2023-Q1", feedback_received=10, feedback_resolved=5)
        report(engine, "pho-an", "2023-Q2", feedback_received=30, feedback_resolved=24)

        assert self.own(engine, "feedback_share")["2023-Q2"] == (80, 95, "derived")

    def test_ratio_over_a_stock_stays_cumulative(self, engine: Engine) -> None:
        """What rests on dossiers carried over cannot be taken apart, and says so."""
        report(engine, "pho-an", "2023-Q1", dossiers_received=10, dossiers_resolved=5)
        report(engine, "pho-an", "2023-Q2", dossiers_received=30, dossiers_resolved=24)

        assert self.own(engine, "resolved_share")["2023-Q2"] == (80, 80, "cumulative")


class TestSuccessor:
    def test_old_wards_add_up_into_new_units(self, engine: Engine) -> None:
        """Counts add, ratios are computed anew, and the unit says how many of its old wards are in it."""
        report(engine, "pho-nhon", "2023-Q3", feedback_received=10, feedback_resolved=10, satisfaction_pct=90)
        report(engine, "pho-phong", "2023-Q3", feedback_received=30, feedback_resolved=0)
        report(engine, "pho-van", "2023-Q3", feedback_received=4)

        rows = ask(
            engine,
            "SELECT unit_code, unit_kind, unit_name, unit_valid_from, measure, value, wards_counted, wards_expected "
            "FROM mart_successor ORDER BY unit_code, measure",
        )

        begins = "2025-07-01"
        assert [(*row[:3], str(row[3]), *row[4:]) for row in rows] == [
            ("21451", "phường", "Trà Câu", begins, "feedback_received", 4, 1, 4),
            ("21457", "xã", "Nguyễn Nghiêm", begins, "feedback_received", 40, 2, 2),
            ("21457", "xã", "Nguyễn Nghiêm", begins, "feedback_resolved", 10, 2, 2),
            ("21457", "xã", "Nguyễn Nghiêm", begins, "feedback_share", 25, 2, 2),
        ]

    def test_a_unit_has_a_series_across_the_change(self, engine: Engine) -> None:
        """Rounds before a unit began are its wards' quarters added up, comparable where every ward is in them."""
        for label, sums in {"2023-Q1": (10, 30), "2023-Q2": (25, 70)}.items():
            report(engine, "pho-nhon", label, feedback_received=sums[0], feedback_resolved=sums[0])
            report(engine, "pho-phong", label, feedback_received=sums[1], feedback_resolved=0)
        report(engine, "pho-nhon", "2023-Q3", feedback_received=5, feedback_resolved=5)

        rows = ask(
            engine,
            "SELECT round, measure, value, own_value, own_wards_counted, wards_expected, is_comparable "
            "FROM mart_trend_unit WHERE unit_name = 'Nguyễn Nghiêm' AND measure IN ('feedback_received', "
            "'feedback_share') ORDER BY round, measure",
        )

        assert [(*row[:2], *map(float, row[2:])) for row in rows] == [
            ("2023-Q1", "feedback_received", 40, 40, 2, 2, 1),
            ("2023-Q1", "feedback_share", 25, 25, 2, 2, 1),
            ("2023-Q2", "feedback_received", 95, 55, 2, 2, 1),
            ("2023-Q2", "feedback_share", 26.3158, 27.2727, 2, 2, 1),
            ("2023-Q3", "feedback_received", 5, 5, 1, 2, 0),
            ("2023-Q3", "feedback_share", 100, 100, 1, 2, 0),
        ]


class TestResults:
    def test_ranking_total_and_points_of_the_calculation_in_force(self, engine: Engine) -> None:
        """Only the last saved ranking shows, each place with the points behind it."""
        for total, at in ((80, 1), (90, 2)):
            save_results(
                engine,
                "2023-Q3",
                "card",
                rollup=[RollupRow("all", "figure", "staff_total", "count", Decimal(total), None, None, 1, 15)],
                scores=[ScoreRow("pho-an", "early", 0, "1", {}, None, Decimal(total), Decimal(100), "scored")],
                ranking=[
                    RankRow("pho-an", "1", Decimal(total), 1, 1, "A", Decimal(100)),
                    RankRow("pho-van", "1", None, None, None, None, None, reason_unranked="chưa gửi"),
                ],
                moment=moment(at),
            )

        assert ask(engine, "SELECT ward, total, rank, reason_unranked FROM mart_ranking ORDER BY ward") == [
            ("pho-an", 90, 1, None),
            ("pho-van", None, None, "chưa gửi"),
        ]
        assert ask(engine, "SELECT ward, rank, criterion, points FROM mart_ranking_criterion") == [
            ("pho-an", 1, "early", 90)
        ]
        assert ask(engine, "SELECT measure, value, wards_counted FROM mart_rollup") == [("staff_total", 90, 1)]

    def test_same_results_again_change_nothing(self, engine: Engine) -> None:
        """Saving equal rows reports no change; other rows report one."""
        row = RankRow("pho-an", "1", Decimal("80.50"), 1, 1, "A", Decimal(100))

        def save(rank: RankRow, at: float) -> bool:
            return save_results(engine, "2023-Q3", "card", rollup=[], scores=[], ranking=[rank], moment=moment(at))

        assert [save(row, 1), save(row, 2), save(replace(row, rank=2), 3)] == [True, False, True]

    def test_open_findings_name_ward_rule_and_figures(self, engine: Engine) -> None:
        """One row a finding and figure; resolved ones are gone."""
        both = finding(figures=("dossiers_received", "dossiers_resolved"))
        none = finding("stale_copy", figures=())
        take_in(engine, reading(), (both, none))

        rows = ask(engine, "SELECT ward_name, rule, severity, figure FROM mart_finding_open ORDER BY rule, figure")

        assert rows == [
            ("Phổ An", "stale_copy", "warning", None),
            ("Phổ An", "sum_mismatch", "warning", "dossiers_received"),
            ("Phổ An", "sum_mismatch", "warning", "dossiers_resolved"),
        ]


class TestVietnamese:
    def test_names_sort_as_a_reader_expects(self, engine: Engine) -> None:
        """Order by the sort key is dictionary order: base letters first, then marks, not bytes."""
        rows = ask(engine, "SELECT name FROM ward WHERE kind = 'phường' ORDER BY sort_key")

        assert [row[0] for row in rows] == [
            "Nguyễn Nghiêm", "Phổ Hòa", "Phổ Minh", "Phổ Ninh", "Phổ Quang", "Phổ Thạnh", "Phổ Văn", "Phổ Vinh",
        ]  # fmt: skip

    def test_order_is_that_of_bytes_whatever_the_servers_is(self, engine: Engine) -> None:
        """The key and every view of it sort by bytes, also where the database sorts as some language does."""
        if engine.dialect.name != "postgresql":
            pytest.skip("SQLite sorts by bytes unless told otherwise")

        rows = ask(
            engine,
            "SELECT DISTINCT coll.collname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
            "LEFT JOIN pg_collation coll ON coll.oid = a.attcollation "
            "WHERE c.relkind IN ('r', 'v') AND a.attname IN ('sort_key', 'ward_sort_key')",
        )

        assert rows == [("C",)]

    def test_names_and_figures_are_found_without_marks(self, engine: Engine) -> None:
        """Typing without diacritics finds the ward and the figure."""
        assert ask(engine, "SELECT slug FROM ward WHERE search LIKE '%pho thanh%'") == [("pho-thanh",)]
        found = ask(engine, "SELECT code FROM figure WHERE search LIKE 'ho so ky truoc chuyen sang%'")
        assert found == [("dossiers_carried_over",)]


_files = itertools.count()


@settings(max_examples=12, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 10**12)), min_size=4, max_size=4))
def test_own_quarters_add_up_to_the_year(sqlite_url_for_properties: str, year: list[int | None]) -> None:
    """Whatever quarters there were, those that can be told from the four reports are the true ones."""
    engine = open_warehouse(sqlite_url_for_properties)
    printed = _as_reported(year)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM figure_current"))
    for number, value in printed.items():
        take_in(engine, reading("pho-an", f"2024-Q{number}", {"dossiers_resolved": value}, file=next(_files)))

    rows = ask(engine, "SELECT number, own_value FROM mart_trend WHERE ward = 'pho-an' AND own_value IS NOT NULL")

    for number, own in rows:
        assert own == year[number - 1]
    if None not in year:
        assert sum(own for _, own in rows) == sum(q for q in year if q is not None)
    engine.dispose()


def _as_reported(year: list[int | None]) -> dict[int, int]:
    """Return what the four reports of a year print: the quarter, six months, the quarter, the year."""
    first, second, third, _ = year
    reports = {
        1: first,
        2: None if first is None or second is None else first + second,
        3: third,
        4: None if None in year else sum(q for q in year if q is not None),
    }
    return {number: value for number, value in reports.items() if value is not None}


def _plain(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    return Decimal(repr(value)) if isinstance(value, float) else value
