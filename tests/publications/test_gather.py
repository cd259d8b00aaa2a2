"""What the papers say is what the warehouse holds: counted again by plain SQL."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from catalogue.figures import figure_definitions
from catalogue.indicators import indicators, unsummed
from catalogue.scorecards import load_scorecard
from cchc.errors import CatalogueError, WarehouseBusyError
from publications import gather as gathering
from publications.content import Edition, RoundContent
from publications.gather import gather
from tests.publications.house import send
from tests.publications.sample import BLOCKED, LATE, MOMENT, ROUND, SILENT, values
from tests.warehouse import made
from warehouse.decisions import record_decision
from warehouse.queries import findings
from warehouse.rows import NewDecision
from warehouse.scores.store import compute_round
from warehouse.submissions import record_submission


@pytest.fixture(scope="module")
def content(shared: Engine) -> RoundContent:
    """Give the content of the filled round."""
    return gather(shared, ROUND, MOMENT, Edition())


def sql(engine: Engine, statement: str, **parameters: object) -> list[tuple[object, ...]]:
    """Return the rows of a plain statement."""
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement), parameters)]


class TestTotals:
    @pytest.mark.parametrize(
        "code", [c for c, f in figure_definitions().items() if f.unit != "percent" and c not in unsummed()]
    )
    def test_district_total_is_what_plain_sql_adds_up(self, shared: Engine, content: RoundContent, code: str) -> None:
        """A total is the sum of primary printed values of loads in force that no open error binds."""
        statement = """
            SELECT r.ward, v.value FROM figure_value v JOIN report r ON r.id = v.report_id
            WHERE r.round = :round AND r.loaded_to IS NULL AND v.figure = :code AND v.is_primary
              AND v.confidence >= 0.8 AND NOT EXISTS (
                SELECT 1 FROM finding f JOIN finding_figure g ON g.finding_key = f.key
                WHERE f.round = r.round AND f.ward = r.ward AND g.figure = v.figure
                  AND f.severity = 'error' AND f.state = 'open')
        """
        rows = sql(shared, statement, round=ROUND, code=code)

        total = content.total(code)
        assert total is not None
        assert set(total.wards) == {ward for ward, _value in rows}
        assert (total.value or 0) == sum(Decimal(str(value)) for _ward, value in rows)

    @pytest.mark.parametrize("code", indicators())
    def test_ratio_is_sum_over_sum_of_the_wards_that_have_both(self, content: RoundContent, code: str) -> None:
        """A district's ratio is never a mean of percentages."""
        total = content.total(code)
        assert total is not None
        if total.numerator is None or not total.denominator:
            assert total.value is None
            return

        assert total.value == pytest.approx(100 * total.numerator / total.denominator)

    def test_kinds_add_up_to_all(self, content: RoundContent) -> None:
        """Phường and xã together are the district."""
        for row in content.result.rollup:
            if row.scope == "all" and row.measure == "sum" and row.value is not None:
                parts = [content.total(row.code, "phường"), content.total(row.code, "xã")]
                assert sum(p.value or 0 for p in parts if p) == row.value


class TestFigures:
    def test_every_printed_figure_is_there_with_its_place(self, content: RoundContent) -> None:
        """Value, sentence, page and the number's place in its sentence come from the load in force."""
        cell = content.cells["pho-an", "dossiers_late"]

        assert cell.value == values(1, ROUND)["dossiers_late"]
        assert cell.offset is not None
        assert cell.sentence[cell.offset :].startswith(cell.raw)
        assert cell.page == 1

    def test_blocked_figure_keeps_its_printed_value_and_counts_nowhere(self, content: RoundContent) -> None:
        """What an open error binds is shown and not counted."""
        cell = content.cells[BLOCKED]

        assert (cell.status, cell.value) == ("blocked", None)
        assert cell.printed == values(8, ROUND)[BLOCKED[1]]

    def test_decision_brings_name_and_reason(self, engine: Engine) -> None:
        """A value a person entered is told with who and why."""
        (finding,) = findings(engine, ROUND, BLOCKED[0])
        decision = NewDecision(
            *BLOCKED[:1], ROUND, "propose", "Trần B", "đối chiếu sổ", finding.key, BLOCKED[1], Decimal(335)
        )
        record_decision(engine, decision, MOMENT)

        after = gather(engine, ROUND, MOMENT, Edition())

        cell = after.cells[BLOCKED]
        assert (cell.value, cell.decided_by, cell.reason) == (Decimal(335), "Trần B", "đối chiếu sổ")
        (row,) = after.findings_of(BLOCKED[0])
        assert not row.is_open
        assert row.resolution == "Trần B quyết định ngày 20/09/2023: đối chiếu sổ"


class TestLedger:
    def test_ledger_has_every_expected_ward_in_catalogue_order(self, content: RoundContent) -> None:
        """Fifteen lines, whether anything came or not."""
        assert [row.ward for row in content.ledger] == [ward.slug for ward in content.wards]
        assert content.ledger_by_ward[SILENT].arrival == "missing"

    def test_late_report_says_by_how_many_days(self, content: RoundContent) -> None:
        """Lateness is counted from the day after the due day, in the office's zone."""
        row = content.ledger_by_ward[LATE]

        assert (row.arrival, row.days_late, row.doc_date) == ("late", 3, date(2023, 9, 8))

    def test_resend_counts_its_version_but_not_its_lateness(self, engine: Engine) -> None:
        """A correction becomes version two; the first arrival decides about time."""
        send(engine, "pho-an", values(2, ROUND), file=2000)

        row = gather(engine, ROUND, MOMENT, Edition()).ledger_by_ward["pho-an"]

        assert (row.version, row.arrival) == (2, "on_time")

    def test_file_nobody_could_read_does_not_make_a_late_report_punctual(self, engine: Engine) -> None:
        """The ledger of the papers goes by the first version that could be read, as scores and reminders do."""
        early = gather(engine, ROUND, MOMENT, Edition()).ledger_by_ward["pho-an"].received_at
        assert early is not None
        broken = made.arrival(made.reading(LATE, ROUND, {}, file=9), at=early, outcome="damaged")
        record_submission(engine, broken)

        row = gather(engine, ROUND, MOMENT, Edition()).ledger_by_ward[LATE]

        assert (row.arrival, row.days_late) == ("late", 3)


class TestSeries:
    def test_cumulative_round_shows_its_own_quarter(self, content: RoundContent) -> None:
        """The six-month report contains the first quarter, which is taken out."""
        line = next(s for s in content.series if (s.ward, s.code) == ("pho-an", "dossiers_received"))

        points = dict(line.points)
        q1, q2 = (values(1, label)["dossiers_received"] for label in ("2023-Q1", "2023-Q2"))
        assert (points["2023-Q1"], points["2023-Q2"]) == (q1, q2 - q1 if q2 >= q1 else None)

    def test_silent_ward_has_a_hole_in_the_round(self, content: RoundContent) -> None:
        """A round without a report is None, never zero."""
        line = next(s for s in content.series if (s.ward, s.code) == (SILENT, "dossiers_received"))

        assert dict(line.points)[ROUND] is None


class TestDistrict:
    def test_sum_over_the_wards_with_their_number(self, content: RoundContent) -> None:
        """The district's received dossiers are those of the fourteen wards that reported, added up by hand."""
        line = next(line for line in content.district if line.code == "dossiers_received")
        point = next(point for point in line.points if point.round == ROUND)

        cells = [c.value for c in content.figures if c.figure == "dossiers_received" and c.value is not None]
        assert (point.value, point.covered, point.expected) == (sum(cells), len(cells), 15)

    def test_quarter_is_taken_out_of_the_six_months_ward_by_ward(self, content: RoundContent) -> None:
        """Wards whose six months are below their first quarter are in no sum of the second."""
        line = next(line for line in content.district if line.code == "dossiers_received")
        point = next(point for point in line.points if point.round == "2023-Q2")

        pairs = [[values(index, label)["dossiers_received"] for label in ("2023-Q1", "2023-Q2")] for index in range(15)]
        own = [half - first for first, half in pairs if half >= first]
        assert (point.value, point.covered, point.longer) == (sum(own) if own else None, len(own), False)

    def test_lines_stand_in_the_order_of_the_catalogue(self, content: RoundContent) -> None:
        """Figures first, then indicators, each once; printed percentages are in none."""
        codes = [line.code for line in content.district]

        order = [*figure_definitions(), *indicators()]
        assert codes == sorted(set(codes), key=order.index)
        assert "satisfaction_pct" not in codes
        assert {"dossiers_received", "on_time_share"} <= set(codes)


class TestOneState:
    def test_change_between_two_queries_is_asked_again(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """A report that is loaded while the papers are gathered is in all of them or in none."""
        real, sent = gathering.current_result, []

        def meanwhile(*arguments: object) -> object:
            found = real(*arguments)  # type: ignore[arg-type]
            if not sent:
                sent.append(True)
                send(engine, "pho-an", values(5, ROUND), file=2)
            return found

        monkeypatch.setattr(gathering, "current_result", meanwhile)
        content = gather(engine, ROUND, MOMENT, Edition())

        total = content.total("communication_items")
        assert total is not None
        cells = [c.value for c in content.figures if c.figure == "communication_items" and c.value is not None]
        assert total.value == sum(cells)
        assert content.cells["pho-an", "communication_items"].value == values(5, ROUND)["communication_items"]

    def test_round_that_keeps_changing_is_busy(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        """After some tries the caller is told to come again; nothing half and half is returned."""
        real, sent = gathering.current_result, [1]

        def always(*arguments: object) -> object:
            sent[0] += 1
            send(engine, "pho-an", values(sent[0], ROUND), file=sent[0])
            return real(*arguments)  # type: ignore[arg-type]

        monkeypatch.setattr(gathering, "current_result", always)

        with pytest.raises(WarehouseBusyError, match=ROUND):
            gather(engine, ROUND, MOMENT, Edition())

    def test_scorecard_is_the_one_the_round_was_last_ranked_by(self, engine: Engine) -> None:
        """Who names no card gets the round's own."""
        compute_round(engine, ROUND, load_scorecard("theo-qd-766"), MOMENT)

        assert gather(engine, ROUND, MOMENT, Edition()).scorecard.name == "theo-qd-766"
        assert gather(engine, ROUND, MOMENT, Edition(), "mac-dinh").scorecard.name == "mac-dinh"


class TestEdges:
    def test_unknown_round_is_refused_by_name(self, shared: Engine) -> None:
        """A label that names no round is a named error."""
        with pytest.raises(CatalogueError, match="2023-Q7"):
            gather(shared, "2023-Q7", MOMENT, Edition())

    def test_round_nobody_has_sent_anything_for_gives_fifteen_silent_wards(self, engine: Engine) -> None:
        """An empty round is a round: nothing ranked, everything missing."""
        empty = gather(engine, "2024-Q1", MOMENT, Edition())

        assert {row.arrival for row in empty.ledger} == {"missing"}
        assert [row.rank for row in empty.ranking] == [None] * 15
