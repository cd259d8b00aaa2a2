"""Every arrival is a row: versions, duplicates, quarantine, placing by hand."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from cchc.errors import WarehouseError
from tests.warehouse.made import arrival, moment, reading
from warehouse import queries
from warehouse.submissions import place_submission, record_submission, withdraw_report


def quarantined(file: object = 1, **fields: object):  # type: ignore[no-untyped-def]
    """Return an arrival that could not be placed."""
    reason = {"outcome": "no_round", "message_vi": "không rõ kỳ", "message_en": "no round"}
    return arrival(reading(file=file), ward=None, round=None, **(reason | fields))


class TestRecord:
    def test_each_different_report_is_the_next_version(self, engine: Engine) -> None:
        """A corrected resend follows the version before, which is current no more and stays."""
        first = record_submission(engine, arrival(reading(file=1)))
        second = record_submission(engine, arrival(reading(file=2)))

        assert (first.version, second.version, second.supersedes_id) == (1, 2, first.id)
        assert [(row.version, row.is_current) for row in queries.submissions(engine)] == [(1, False), (2, True)]
        assert queries.current_submission(engine, "pho-an", "2023-Q3") == second

    def test_identical_resend_is_a_row_and_no_version(self, engine: Engine) -> None:
        """The same bytes again are recorded as a duplicate, and the current version stays."""
        first = record_submission(engine, arrival(reading()))

        again = record_submission(engine, arrival(reading(), at=moment(9), received_via="mail"))

        assert (again.state, again.version, again.duplicate_of_id) == ("duplicate", None, first.id)
        assert again.received_via == "mail"
        assert queries.current_submission(engine, "pho-an", "2023-Q3") == first

    def test_same_bytes_for_another_round_are_a_version_there(self, engine: Engine) -> None:
        """What a person submits for another round is judged in that round."""
        record_submission(engine, arrival(reading()))

        other = record_submission(engine, arrival(reading(), round="2023-Q4"))

        assert (other.state, other.version) == ("placed", 1)

    def test_withdrawn_bytes_may_come_again(self, engine: Engine) -> None:
        """A report taken out by mistake can be sent again; its number is not used twice."""
        first = record_submission(engine, arrival(reading()))
        withdraw_report(engine, first.id, moment(1))

        again = record_submission(engine, arrival(reading(), at=moment(2)))

        assert (again.state, again.version) == ("placed", 2)

    def test_quarantine_keeps_the_reason(self, engine: Engine) -> None:
        """What cannot be placed is a row with its outcome and the reason in both languages."""
        row = record_submission(engine, quarantined())

        assert (row.state, row.outcome, row.message_vi, row.version) == ("quarantined", "no_round", "không rõ kỳ", None)
        assert queries.submissions(engine, state="quarantined") == [row]

    def test_unknown_ward_changes_nothing(self, engine: Engine) -> None:
        """A ward there is not is refused by the database and leaves no row."""
        with pytest.raises(WarehouseError, match="nothing was changed"):
            record_submission(engine, arrival(reading(), ward="nowhere"))

        assert queries.submissions(engine) == []


class TestPlacing:
    def test_placed_by_hand_becomes_the_next_version(self, engine: Engine) -> None:
        """A person's word places it, and the row says whose."""
        record_submission(engine, arrival(reading(file=2)))
        waiting = record_submission(engine, quarantined())

        placed = place_submission(engine, waiting.id, "pho-an", "2023-Q3", "Trần Thị Lan")

        assert (placed.state, placed.version, placed.placed_by) == ("placed", 2, "Trần Thị Lan")
        assert queries.current_submission(engine, "pho-an", "2023-Q3") == placed

    def test_bytes_that_stand_there_already_become_a_duplicate(self, engine: Engine) -> None:
        """Placing what was placed another way in the meantime makes no second version."""
        waiting = record_submission(engine, quarantined())
        first = record_submission(engine, arrival(reading()))

        placed = place_submission(engine, waiting.id, "pho-an", "2023-Q3", "Lan")

        assert (placed.state, placed.duplicate_of_id, placed.version) == ("duplicate", first.id, None)

    def test_what_is_placed_is_not_placed_again(self, engine: Engine) -> None:
        """Only what waits in quarantine can be placed by hand."""
        row = record_submission(engine, arrival(reading()))

        with pytest.raises(WarehouseError, match="not in quarantine"):
            place_submission(engine, row.id, "pho-van", "2023-Q3", "Lan")

    def test_unknown_number_is_refused(self, engine: Engine) -> None:
        """A number there is not is answered with where to look."""
        with pytest.raises(WarehouseError, match="see the ledger"):
            place_submission(engine, 99, "pho-an", "2023-Q3", "Lan")
