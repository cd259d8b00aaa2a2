"""Another reader takes over only where it spoils nothing: no decided figure, no certified class."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from assets.house import House
from assets.partitions import WardRound
from assets.reports import take_in_reports
from assets.verdict import Verdict
from catalogue.trust import trust
from catalogue.wards import wards
from cchc.errors import UpgradeError
from parsers.document import Document
from parsers.reading import Reading
from tests.homes import new_warehouse
from tests.training.readings import SOURCE, read_as
from tests.warehouse import made
from training.marked import passages
from warehouse.decisions import record_decision
from warehouse.load import load_report, record_submission
from warehouse.queries import reading_of
from warehouse.rows import NewDecision
from warehouse.rows.judged import DecisionKind
from warehouse.takeover import KEY, Spoilt, refuse_worse, spoilt_by, take_over

WARD, ROUND = "pho-an", "2023-Q3"
OLD = {"dossiers_received": ("1.202", "1202"), "dossiers_resolved": ("276", "276")}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Give a warehouse with a report whose number of the town was read, in doubt, as the ward's."""
    opened = new_warehouse(tmp_path)
    old = read(OLD, confidence=0.6)
    row = record_submission(opened, made.arrival(old))
    load_report(opened, row.id, old, document(old), (), made.moment())
    yield opened
    opened.dispose()


def read(said: dict[str, tuple[str, str]], *, confidence: float = 0.95, version: str = "1") -> Reading:
    """Return what a made reader says of the report: code → (number as printed, value)."""
    (marked,) = passages(SOURCE)
    reading = read_as(marked, said)
    printings = tuple(replace(p, reading_confidence=confidence, sure=confidence > 0.8) for p in reading.printings)
    return replace(reading, printings=printings, parser_version=version)


def document(of: Reading) -> Document:
    """Return the document of the report."""
    (marked,) = passages(SOURCE)
    return replace(marked.document, sha256=of.sha256)


def decide(engine: Engine, kind: DecisionKind, value: int | None = None) -> None:
    """Record what Lan decides of the dossiers received."""
    taken = None if value is None else Decimal(value)
    new = NewDecision(WARD, ROUND, kind, "Lan", "xem trang 2", figure="dossiers_received", value=taken)
    record_decision(engine, new, made.moment(1))


def take_in(engine: Engine, new: Reading, tmp_path: Path) -> Verdict:
    """Let a made reader read the stored report again, as every way of reading again does."""
    ahead = {new.sha256: (document(new), new)}
    house = House(
        engine, lambda _: nullcontext(tmp_path), tmp_path, tmp_path, 1, "", lambda: made.moment(2), ahead, force=True
    )
    [verdict] = take_in_reports(house, [WardRound(WARD, ROUND)])
    return verdict


class TestDecidedFigures:
    """What a person decided is the gate of the office's own."""

    @pytest.mark.parametrize(
        ("kind", "value", "said", "would_be"),
        [
            ("enter", 316, ("1.202", "1202"), 1202),  # the corrected misreading, now sure
            ("accept", None, ("316", "316"), 316),  # another value than the confirmed one
            ("reject", None, ("1.202", "1202"), 1202),  # what a person keeps out
        ],
    )
    def test_a_sure_other_value_is_refused(
        self,
        engine: Engine,
        tmp_path: Path,
        kind: DecisionKind,
        value: int | None,
        said: tuple[str, str],
        would_be: int,
    ) -> None:
        """The former reading stays in force; the message names the figure, both values and what to do."""
        decide(engine, kind, value)
        new = read({**OLD, "dossiers_received": said}, version="2")
        decided = {"enter": Decimal(316), "accept": Decimal(1202), "reject": None}[kind]

        found = spoilt_by(engine, new, WARD, ROUND)
        verdict = take_in(engine, new, tmp_path)

        assert found == [Spoilt("dossiers_received", decided, Decimal(would_be))]
        assert verdict.outcome == "UpgradeError"
        assert all(w in verdict.message for w in (wards()[WARD].full_name, "cchc reread --round 2023-Q3 --diff"))
        stored = reading_of(engine, WARD, ROUND)
        assert stored is not None
        assert stored.parser_version == "1"

    @pytest.mark.parametrize(
        ("kind", "value", "new"),
        [
            ("enter", 316, read({**OLD, "dossiers_received": ("316", "316")}, version="2")),  # it has learned
            ("enter", 316, read(OLD, confidence=0.6, version="2")),  # still in doubt
            ("enter", 999, read(OLD, version="2")),  # the report itself was corrected: 999 stands nowhere in it
            ("accept", None, read({"dossiers_resolved": ("276", "276")}, version="2")),  # no longer read
            ("reopen", None, read({**OLD, "dossiers_received": ("316", "316")}, version="2")),  # decided no longer
        ],
    )
    def test_what_spoils_nothing_takes_over(
        self, engine: Engine, tmp_path: Path, kind: DecisionKind, value: int | None, new: Reading
    ) -> None:
        """A reader that is right, unsure or silent where people decided is put in force."""
        if kind == "reopen":
            decide(engine, "accept")
        decide(engine, kind, value)

        verdict = take_in(engine, new, tmp_path)

        assert (verdict.outcome, verdict.message) == ("loaded", "")

    def test_a_corrected_resend_is_no_upgrade(self, engine: Engine) -> None:
        """Another file of the ward may say what it likes."""
        decide(engine, "accept")
        resend = replace(read({"dossiers_received": ("316", "316")}), sha256=made.sha("another file"))

        assert spoilt_by(engine, resend, WARD, ROUND) == []


class TestCertifiedClasses:
    """No class may be proven less well than when the office last took a reader over."""

    def test_a_worse_bound_is_refused_until_it_is_proven(self, engine: Engine) -> None:
        """The error says by how much; a class the office never had proven is compared with nothing."""
        proof = trust()["digital"].proof
        assert proof is not None
        better = proof.bound / 2
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE warehouse_state SET value = :value WHERE key = :key"),
                {"key": KEY, "value": f'{{"digital": {better}, "scan": 0.5}}'},
            )

        with pytest.raises(UpgradeError, match="cchc certify") as refused:
            refuse_worse(engine)
        take_over(engine)
        refuse_worse(engine)

        assert "digital: trước sai nhiều nhất" in str(refused.value)

    def test_the_first_certificate_is_the_one_the_office_begins_with(self, engine: Engine) -> None:
        """A new office has something to compare with from its first day."""
        with engine.connect() as connection:
            kept = connection.execute(text("SELECT value FROM warehouse_state WHERE key = :key"), {"key": KEY}).scalar()

        assert json.loads(kept) == {name: one.proof.bound for name, one in trust().items() if one.proof is not None}
