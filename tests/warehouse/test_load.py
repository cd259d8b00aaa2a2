"""Loading: one transaction replaces a ward's round, and running it twice changes nothing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Engine

from cchc.errors import WarehouseError
from tests.warehouse.made import arrival, document, finding, moment, reading, take_in
from warehouse import queries
from warehouse.load import load_report
from warehouse.submissions import record_submission, withdraw_report


class TestLoadReport:
    def test_reading_and_document_come_back_exactly(self, engine: Engine) -> None:
        """What was loaded is rebuilt value for value, types and order included."""
        first = reading()

        take_in(engine, first)

        assert queries.reading_of(engine, "pho-an", "2023-Q3") == first
        assert queries.document_of(engine, "pho-an", "2023-Q3") == document(first)

    def test_figures_carry_value_status_and_sentence(self, engine: Engine) -> None:
        """A figure nobody objects to is entered, with the sentence it was read from."""
        take_in(engine, reading(figures={"ward_revenue": "1536246000000", "satisfaction_pct": "85.44"}))

        rows = {row.figure: row for row in queries.figures_long(engine, "2023-Q3")}

        assert rows["ward_revenue"].value == Decimal(1536246000000)
        assert rows["satisfaction_pct"].value == Decimal("85.44")
        assert rows["satisfaction_pct"].status == "entered"
        assert rows["satisfaction_pct"].sentence == "Số liệu satisfaction_pct là 85.44."
        assert rows["satisfaction_pct"].page == 1

    def test_same_reading_twice_changes_nothing(self, engine: Engine) -> None:
        """A second load of the same reading by the same parser leaves one load, as it was."""
        row, first = take_in(engine, reading(), (finding(),))

        again = load_report(engine, row.id, reading(), document(reading()), (finding(),), moment(5))

        assert (first.changed, again.changed) == (True, False)
        assert again.report_id == first.report_id
        [report] = queries.reports(engine, current_only=False)
        assert report.loaded_from == moment()

    def test_newer_parser_replaces_and_keeps_the_former_load(self, engine: Engine) -> None:
        """Reading the same file by a newer parser closes the former load at the moment the new one opens."""
        row, _ = take_in(engine, reading())

        load_report(engine, row.id, reading(parser="2"), None, (), moment(5))

        former, current = queries.reports(engine, current_only=False)
        assert (former.parser_version, former.loaded_to) == ("1", moment(5))
        assert (current.parser_version, current.loaded_from, current.loaded_to) == ("2", moment(5), None)

    def test_corrected_resend_replaces_figures(self, engine: Engine) -> None:
        """The second version's figures count, and only they."""
        take_in(engine, reading(figures={"dossiers_received": 327, "staff_total": 20}))

        take_in(engine, reading(figures={"dossiers_received": 316}, file=2), at=moment(9))

        assert queries.figures_wide(engine, "2023-Q3") == {"pho-an": {"dossiers_received": Decimal(316)}}

    def test_late_load_of_an_earlier_version_stays_behind(self, engine: Engine) -> None:
        """A worker that finishes version 1 after version 2 is in force displaces nothing, and loses nothing."""
        one, two = reading(file=1), reading(file=2, figures={"dossiers_received": 5})
        first = record_submission(engine, arrival(one))
        take_in(engine, two, at=moment(1))

        result = load_report(engine, first.id, one, document(one), (), moment(2))

        again = load_report(engine, first.id, one, document(one), (), moment(3))

        assert result.outrun
        assert again == result
        assert queries.figures_wide(engine, "2023-Q3")["pho-an"] == {"dossiers_received": Decimal(5)}
        assert len(queries.reports(engine, current_only=False)) == 2

    def test_reading_of_another_file_is_refused(self, engine: Engine) -> None:
        """A reading is loaded only for the bytes it was read from."""
        row = record_submission(engine, arrival(reading()))

        with pytest.raises(WarehouseError, match="read it again"):
            load_report(engine, row.id, reading(file=9), None, (), moment())

    def test_several_primaries_of_a_figure_leave_one(self, engine: Engine) -> None:
        """However many printings claim to stand for a figure, one value counts."""
        twice = reading()
        twice = replace(twice, printings=twice.printings + twice.printings)

        take_in(engine, twice)

        assert len(queries.figures_long(engine, "2023-Q3")) == 2
        assert sum(row["is_primary"] for row in queries.printings(engine, "pho-an", "2023-Q3")) == 2


class TestWithdraw:
    def test_withdrawn_report_counts_no_more(self, engine: Engine) -> None:
        """Figures and open findings go, the arrival and its load stay on record."""
        row, _ = take_in(engine, reading(), (finding(),))

        withdrawn = withdraw_report(engine, row.id, moment(3))

        assert (withdrawn.state, withdrawn.is_current) == ("withdrawn", False)
        assert queries.figures_long(engine, "2023-Q3") == []
        assert queries.findings(engine, "2023-Q3") == []
        [report] = queries.reports(engine, current_only=False)
        assert report.loaded_to == moment(3)

    def test_version_before_is_current_again(self, engine: Engine) -> None:
        """After a withdrawal the latest remaining version is the one to load."""
        first, _ = take_in(engine, reading())
        second, _ = take_in(engine, reading(file=2))

        withdraw_report(engine, second.id, moment(3))

        current = queries.current_submission(engine, "pho-an", "2023-Q3")
        assert current is not None
        assert current.id == first.id


class TestFormerReadings:
    def test_each_version_before_the_current_one_is_given_once(self, engine: Engine) -> None:
        """Versions come oldest first, each as last read; the current one is none of them."""
        first, _ = take_in(engine, reading(file=1))
        again = reading(file=1, parser="2")
        load_report(engine, first.id, again, None, (), moment(1))
        take_in(engine, reading(file=2), at=moment(2))
        take_in(engine, reading(file=3), at=moment(3))

        assert queries.former_readings(engine, "2023-Q3") == [again, reading(file=2)]
        assert queries.former_readings(engine, "2023-Q2") == []

    def test_a_new_version_not_loaded_yet_follows_the_one_in_force(self, engine: Engine) -> None:
        """The report in force is a former version as soon as a new one has arrived."""
        take_in(engine, reading(file=1))
        record_submission(engine, arrival(reading(file=2), at=moment(2)))

        assert queries.former_readings(engine, "2023-Q3") == [reading(file=1)]
