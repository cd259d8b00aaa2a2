"""Values of other systems become findings of the round, stay until they agree, and mend nothing."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy import Engine

from tests.warehouse.made import finding, moment, reading, sha, take_in
from validation.systems import SystemValue
from warehouse import queries
from warehouse.decisions import record_decision
from warehouse.rows import FindingRow, NewDecision
from warehouse.system_values import differences, system_values, take_values


def value(figure: str, number: int, source: str = "bieu-06.xlsx", ward: str = "pho-an") -> SystemValue:
    return SystemValue(ward, figure, Decimal(number), source, "Sheet1!C8", "Tổng số")


def take(engine: Engine, *values: SystemValue, at: float = 10) -> None:
    take_values(engine, "2023-Q3", values, sha("table"), "Lan", moment(at))


def conflicts(engine: Engine, *, open_only: bool = True) -> list[FindingRow]:
    rows = queries.findings(engine, "2023-Q3", open_only=open_only)
    return [row for row in rows if row.rule == "conflicting_values"]


class TestSystemValues:
    def test_a_difference_is_a_finding_and_changes_no_figure(self, engine: Engine) -> None:
        """Report and system differ: a finding with file and cell; the figure counts as before, others' stay open."""
        take_in(engine, reading(), (finding(),))
        before = queries.figures_wide(engine, "2023-Q3")

        take(engine, value("dossiers_received", 104), value("dossiers_resolved", 90), value("dossiers_late", 3))
        take(engine, value("dossiers_received", 7, ward="pho-minh"))

        told = [(row.figures, row.severity, row.printed) for row in conflicts(engine)]
        assert told == [
            (("dossiers_received",), "warning", "100 · 104"),
            (("dossiers_late",), "info", "– · 3"),
        ]
        assert "bieu-06.xlsx, cell Sheet1!C8" in conflicts(engine)[0].message_en
        assert queries.figures_wide(engine, "2023-Q3") == before
        assert queries.finding(engine, finding().key).state == "open"  # type: ignore[union-attr]

    def test_a_later_table_takes_the_place_of_an_earlier_one(self, engine: Engine) -> None:
        """The last value of a figure counts; what no longer differs is resolved, what no table repeats stands."""
        take_in(engine, reading(), ())
        take(engine, value("dossiers_received", 104), value("dossiers_resolved", 91))
        take(engine, value("dossiers_received", 100, "bieu-06-lan-2.xlsx"), at=20)

        assert [row.printed for row in conflicts(engine)] == ["90 · 91"]
        assert [row.resolved_by for row in conflicts(engine, open_only=False)].count("report") == 1
        assert {(v.figure, v.value, v.source) for v in system_values(engine, "2023-Q3")} == {
            ("dossiers_received", Decimal(100), "bieu-06-lan-2.xlsx"),
            ("dossiers_resolved", Decimal(91), "bieu-06.xlsx"),
        }

    def test_a_person_decides(self, engine: Engine) -> None:
        """The system's value is taken over by a named person's decision only, and differs no longer then."""
        take_in(engine, reading(), ())
        take(engine, value("dossiers_received", 104))
        (row,) = conflicts(engine)

        decision = NewDecision(
            "pho-an", "2023-Q3", "propose", "Lan", "đã gọi điện", row.key, "dossiers_received", Decimal(104)
        )
        record_decision(engine, decision, moment(20))

        assert conflicts(engine) == []
        assert queries.figures_wide(engine, "2023-Q3")["pho-an"]["dossiers_received"] == Decimal(104)
        assert differences(engine, "2023-Q3") == []
