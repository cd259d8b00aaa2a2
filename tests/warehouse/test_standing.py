"""What a figure counts as: printing, findings and decisions, and the one rule that joins them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from cchc.errors import DecisionError
from tests.warehouse.made import finding, moment, printing, reading, take_in
from validation.finding import Finding
from warehouse import effective_values as standing
from warehouse import queries
from warehouse.connection import open_warehouse, writing
from warehouse.decisions import record_decision
from warehouse.findings import save_findings
from warehouse.load import load_report
from warehouse.rows import DecisionKind, FigureRow, NewDecision

ERROR = finding("scale_slip", "error", figures=("dossiers_received",), proposal=316)
WARNING = finding("sum_mismatch", "warning", figures=("dossiers_received", "dossiers_resolved"))


def figure(engine: Engine, code: str = "dossiers_received") -> FigureRow:
    """Return one figure of the ward as it counts."""
    return next(row for row in queries.figures_long(engine, "2023-Q3", "pho-an") if row.figure == code)


def decide(
    engine: Engine,
    kind: DecisionKind,
    *,
    on: Finding | None = None,
    code: str | None = None,
    value: object | None = None,
    at: float = 10,
) -> None:
    """Record a decision of the test's one person."""
    record_decision(
        engine,
        NewDecision(
            ward="pho-an",
            round="2023-Q3",
            kind=kind,
            decided_by="Trần Thị Lan",
            reason="đã gọi điện",
            finding_key=None if on is None else on.key,
            figure=code,
            value=None if value is None else Decimal(str(value)),
        ),
        moment(at),
    )


class TestStatus:
    @pytest.mark.parametrize(
        ("findings", "confidence", "status", "value"),
        [
            ((), 1.0, "entered", 100),
            ((WARNING,), 1.0, "marked", 100),
            ((finding("outlier", "info"),), 1.0, "entered", 100),
            ((ERROR,), 1.0, "blocked", None),
            ((ERROR, WARNING), 1.0, "blocked", None),
            ((), 0.79, "waiting", None),
            ((), 0.8, "entered", 100),
            ((WARNING,), 0.79, "waiting", None),
            ((ERROR,), 0.79, "blocked", None),
        ],
    )
    def test_findings_and_confidence_give_the_status(
        self, engine: Engine, findings: tuple[Finding, ...], confidence: float, status: str, value: int | None
    ) -> None:
        """Errors block, unsure figures wait, warnings mark, and only what counts has a value."""
        take_in(engine, reading(confidence=confidence), findings)

        row = figure(engine)

        assert (row.status, row.value, row.printed) == (status, None if value is None else Decimal(value), 100)

    def test_malformed_digits_wait_although_no_rule_fired(self, engine: Engine) -> None:
        """Digits that are no number never count before somebody looked."""
        from dataclasses import replace

        take_in(engine, replace(reading(), printings=(printing("ward_revenue", 5, malformed=True),)))

        assert figure(engine, "ward_revenue").status == "waiting"

    def test_threshold_is_the_offices(self, url: str) -> None:
        """Opening with another threshold judges every figure anew; opening with none leaves it."""
        first = open_warehouse(url, confidence_threshold=0.5)
        take_in(first, reading(confidence=0.6))
        assert figure(first).status == "entered"
        first.dispose()

        stricter = open_warehouse(url, confidence_threshold=0.7)

        assert figure(stricter).status == "waiting"
        assert figure(open_warehouse(url)).status == "waiting"
        stricter.dispose()


class TestDecisions:
    def test_entered_value_counts_and_the_printed_one_stays(self, engine: Engine) -> None:
        """A person's value is used beside what was printed, with the name of who decided."""
        take_in(engine, reading(), (ERROR,))

        decide(engine, "enter", on=ERROR, value=310)

        row = figure(engine)
        assert (row.status, row.value, row.printed, row.decided_by) == ("entered", 310, 100, "Trần Thị Lan")
        assert queries.findings(engine, "2023-Q3") == []

    def test_accepting_one_finding_leaves_the_other_open(self, engine: Engine) -> None:
        """Accepting as printed clears that finding only: another error on the figure still blocks it."""
        other = finding("out_of_range", "error")
        take_in(engine, reading(), (ERROR, other))

        decide(engine, "accept", on=ERROR)

        assert figure(engine).status == "blocked"
        decide(engine, "accept", on=other)
        assert figure(engine).status == "entered"

    def test_accepting_an_unsure_figure_lets_it_in(self, engine: Engine) -> None:
        """A figure that waits for being unsure counts once a person accepted it as printed."""
        take_in(engine, reading(confidence=0.4))

        decide(engine, "accept", code="dossiers_received")

        assert (figure(engine).status, figure(engine).value) == ("entered", 100)

    def test_rejected_figure_stays_out(self, engine: Engine) -> None:
        """Reject on a finding keeps out every figure it binds, and nothing else."""
        take_in(engine, reading(figures={"dossiers_received": 1, "dossiers_resolved": 2, "staff_total": 3}), (WARNING,))

        decide(engine, "reject", on=WARNING)

        wide = queries.figures_wide(engine, "2023-Q3")["pho-an"]
        assert wide == {"dossiers_received": None, "dossiers_resolved": None, "staff_total": Decimal(3)}

    def test_reopen_undoes(self, engine: Engine) -> None:
        """After reopening, figure and finding stand as if nothing had been decided; all decisions stay on record."""
        take_in(engine, reading(), (ERROR,))
        decide(engine, "propose", on=ERROR, value=316)
        assert figure(engine).value == 316

        decide(engine, "reopen", on=ERROR)

        assert (figure(engine).status, figure(engine).value) == ("blocked", None)
        assert [f.key for f in queries.findings(engine, "2023-Q3")] == [ERROR.key]
        assert [d.kind for d in queries.decisions(engine)] == ["propose", "reopen"]

    def test_last_word_on_a_finding_counts(self, engine: Engine) -> None:
        """Accepting as printed after having entered a value goes back to the printed value."""
        take_in(engine, reading(), (ERROR,))
        decide(engine, "enter", on=ERROR, value=7)

        decide(engine, "accept", on=ERROR)

        assert (figure(engine).status, figure(engine).value) == ("entered", 100)

    def test_decision_survives_another_reading_of_the_same_value(self, engine: Engine) -> None:
        """A re-run with a newer parser that prints the same keeps the decided value and the finding resolved."""
        row, _ = take_in(engine, reading(), (ERROR,))
        decide(engine, "enter", on=ERROR, value=310)

        load_report(engine, row.id, reading(parser="2"), None, (ERROR,), moment(20))

        assert figure(engine).value == 310
        assert queries.findings(engine, "2023-Q3") == []

    def test_decision_lapses_when_the_report_prints_another_value(self, engine: Engine) -> None:
        """A resend that prints another value is not overruled by what was decided on the former one."""
        take_in(engine, reading(), (ERROR,))
        decide(engine, "enter", on=ERROR, value=310)

        take_in(engine, reading(file=2, figures={"dossiers_received": 316}), at=moment(20))

        assert (figure(engine).value, figure(engine).decided) == (316, None)
        assert [d.holds for d in queries.decisions(engine)] == [False]

    def test_figure_no_report_prints_can_be_entered(self, engine: Engine) -> None:
        """A value given by telephone counts although the report is silent on it."""
        take_in(engine, reading())

        decide(engine, "enter", code="satisfaction_pct", value="98.5")

        assert (figure(engine, "satisfaction_pct").value, figure(engine, "satisfaction_pct").printed) == (
            Decimal("98.5"),
            None,
        )

    @pytest.mark.parametrize(
        ("kind", "fields", "says"),
        [
            ("enter", {"code": "dossiers_received"}, "needs the value"),
            ("accept", {"code": "dossiers_received", "value": 3}, "takes no value"),
            ("accept", {"code": "dossier_count"}, "no figure of the catalogue"),
            ("accept", {}, "name one"),
            ("propose", {"code": "dossiers_received", "value": 3}, "belongs to a finding"),
            ("propose", {"on": ERROR, "value": 3}, "does not propose"),
            ("enter", {"on": WARNING, "value": 3}, "say which"),
            ("accept", {"on": ERROR, "code": "staff_total"}, "does not concern"),
            ("accept", {"on": finding("unknown_rule")}, "has no finding"),
        ],
    )
    def test_what_cannot_be_recorded_is_refused(
        self, engine: Engine, kind: DecisionKind, fields: dict[str, object], says: str
    ) -> None:
        """A decision that does not fit is refused with the reason, and nothing is recorded."""
        take_in(engine, reading(), (ERROR, WARNING))

        with pytest.raises(DecisionError, match=says):
            decide(engine, kind, **fields)  # type: ignore[arg-type]

        assert queries.decisions(engine) == []

    @pytest.mark.parametrize("statement", ["UPDATE decision SET value = 1", "DELETE FROM decision"])
    def test_database_holds_decisions_append_only(self, engine: Engine, statement: str) -> None:
        """Not even plain SQL changes or deletes what was decided."""
        take_in(engine, reading(), (ERROR,))
        decide(engine, "accept", on=ERROR)

        with pytest.raises(Exception, match="only ever added"), writing(engine) as connection:
            connection.execute(text(statement))

        assert len(queries.decisions(engine)) == 1


class TestFindingsLive:
    def test_finding_no_longer_found_is_resolved_by_the_report(self, engine: Engine) -> None:
        """A corrected resend resolves what it mends and says so; the first sight of what stays is kept."""
        take_in(engine, reading(), (ERROR, WARNING))

        _, result = take_in(engine, reading(file=2), (WARNING,), at=moment(20))

        gone = queries.finding(engine, ERROR.key)
        kept = queries.finding(engine, WARNING.key)
        assert gone is not None
        assert kept is not None
        assert (gone.state, gone.resolved_by, gone.resolved_id, gone.resolved_at) == (
            "resolved",
            "report",
            result.report_id,
            moment(20),
        )
        assert (kept.state, kept.first_seen_at, kept.last_seen_at) == ("open", moment(), moment(20))

    def test_finding_that_comes_back_is_open_again(self, engine: Engine) -> None:
        """What was mended and is broken anew is open, first seen when it was first seen."""
        take_in(engine, reading(), (ERROR,))
        save_findings(engine, "pho-an", "2023-Q3", (), moment(5))

        opened, _ = save_findings(engine, "pho-an", "2023-Q3", (ERROR,), moment(9))

        found = queries.finding(engine, ERROR.key)
        assert found is not None
        assert (opened, found.state, found.first_seen_at) == (1, "open", moment())

    def test_findings_with_one_key_are_made_one(self, engine: Engine) -> None:
        """Two faults that share a key lose neither message nor proposal."""
        from dataclasses import replace

        second = replace(ERROR, message_vi="Lý do khác", proposals=finding(proposal=5).proposals)

        take_in(engine, reading(), (ERROR, second))

        [found] = queries.findings(engine, "2023-Q3")
        assert "Lý do khác" in found.message_vi
        assert [p["value"] for p in found.proposals] == ["316", "5"]


class TestAsOf:
    def test_every_past_state_can_be_asked_for(self, engine: Engine) -> None:
        """At each moment the figures are those that counted then: load, decision, resend, reopened finding."""
        take_in(engine, reading(), (ERROR,), at=moment(10))
        decide(engine, "enter", on=ERROR, value=310, at=20)
        take_in(engine, reading(file=2, figures={"dossiers_received": 316}), at=moment(30))
        save_findings(engine, "pho-an", "2023-Q3", (finding("stale_copy", "error"),), moment(40))
        save_findings(engine, "pho-an", "2023-Q3", (), moment(50))

        def counted(at: float) -> list[tuple[str, Decimal | None]]:
            rows = queries.figures_long(engine, "2023-Q3", as_of=moment(at))
            return [(r.status, r.value) for r in rows if r.figure == "dossiers_received"]

        assert counted(9) == []
        assert counted(10) == [("blocked", None)]
        assert counted(25) == [("entered", 310)]
        assert counted(30) == [("entered", 316)]
        assert counted(45) == [("blocked", None)]
        assert counted(50) == [("entered", 316)]

    def test_as_of_now_is_what_counts_now(self, engine: Engine) -> None:
        """The table kept by transactions equals the rule computed afresh."""
        take_in(engine, reading(), (WARNING,))
        take_in(engine, reading("pho-van", confidence=0.4), (finding(severity="error", ward="pho-van"),))
        decide(engine, "enter", code="staff_total", value=20)

        assert queries.figures_long(engine, "2023-Q3") == queries.figures_long(engine, "2023-Q3", as_of=moment(1000))

    def test_recomputing_everything_changes_nothing(self, engine: Engine) -> None:
        """What transactions keep current ward by ward is what the whole rule gives."""
        take_in(engine, reading(), (WARNING,))
        take_in(engine, reading("pho-van", "2023-Q2"))
        before = [queries.figures_long(engine, label) for label in ("2023-Q2", "2023-Q3")]

        with writing(engine) as connection:
            standing.refresh_all(connection)

        assert [queries.figures_long(engine, label) for label in ("2023-Q2", "2023-Q3")] == before
