"""Reading again: both readings side by side, nothing replaced unless asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cchc.clock import ZONE
from parsers.figures.difference import ChangeKind, compare
from parsers.reading import Reading
from parsers.report import read_report
from pipelines.cli import make_app
from tests.assets.world import ROUND, report, world
from warehouse.load import load_report
from warehouse.queries import reading_of

NOW = datetime(2024, 9, 13, 9, 0, tzinfo=ZONE)


def older(reading: Reading) -> Reading:
    """Return the reading as an older parser might have given it: one value other, one figure missing."""
    first, _second, *rest = reading.printings
    return replace(reading, parser_version="0.0.1", printings=(replace(first, value=first.value + 1), *rest))


class TestCompare:
    """`compare` names every figure that is read otherwise, gravest first."""

    @pytest.fixture(scope="class")
    def reading(self, tmp_path_factory: pytest.TempPathFactory) -> Reading:
        """A reading of a short report."""
        return read_report(report(tmp_path_factory.mktemp("r"), "pho-minh", 3))[1]

    def test_the_same_reading_has_no_changes(self, reading: Reading) -> None:
        """A reading is equal to itself."""
        assert compare(reading, reading).changes == ()

    def test_other_values_come_first(self, reading: Reading) -> None:
        """A changed value stands before a changed confidence."""
        first, second, *rest = reading.printings
        new = replace(
            reading,
            printings=(
                replace(first, reading_confidence=first.reading_confidence / 2),
                replace(second, value=second.value + Decimal(1)),
                *rest,
            ),
        )

        kinds = [(c.figure, c.kind) for c in compare(reading, new).changes]

        assert kinds == [(second.figure, ChangeKind.VALUE), (first.figure, ChangeKind.CONFIDENCE)]

    def test_lost_and_found_mirror_each_other(self, reading: Reading) -> None:
        """What one direction calls lost the other calls found."""
        fewer = replace(reading, printings=reading.printings[1:])

        assert compare(reading, fewer).changes[0].kind is ChangeKind.LOST
        assert compare(fewer, reading).changes[0].kind is ChangeKind.FOUND


def test_reread_shows_first_and_replaces_when_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """--diff leaves the stored reading as it is, --apply puts today's in force."""
    with world(tmp_path) as made:
        path = report(tmp_path, "pho-minh", 3)
        row = made.send(path, "pho-minh")
        document, today = read_report(path)
        load_report(made.house.engine, row.id, older(today), document, (), NOW)
        monkeypatch.setenv("CCHC_HOME", str(made.settings.home))
        call = ["reread", "--round", ROUND]

        shown = CliRunner().invoke(make_app(("reread",)), [*call, "--diff"], catch_exceptions=False)
        kept = reading_of(made.house.engine, "pho-minh", ROUND)
        applied = CliRunner().invoke(make_app(("reread",)), [*call, "--apply"], catch_exceptions=False)
        now = reading_of(made.house.engine, "pho-minh", ROUND)

    assert shown.exit_code == 1
    assert "giá trị khác" in shown.output
    assert kept is not None
    assert kept.parser_version == "0.0.1"
    assert applied.exit_code == 0, applied.output
    assert now is not None
    assert now.parser_version == today.parser_version
    assert now.primaries()[today.printings[0].figure].value == today.printings[0].value
