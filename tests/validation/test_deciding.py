"""A clerk's way through `cchc decide`: every kind, second thoughts, a colleague, a resend, a re-run; nothing lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from cchc.clock import now
from cchc.messages import use_language
from parsers.reading import Reading
from pipelines.cli import make_app, modules_for
from tests.homes import new_warehouse
from tests.validation.builders import complete, printing, reading
from tests.warehouse.made import take_in
from validation.check import check_reports
from warehouse.decisions import record_decision
from warehouse.findings import save_findings
from warehouse.load import load_report
from warehouse.queries import decisions, figures_long, findings, submissions
from warehouse.rows import NewDecision

SLIP = "1.250.000"
MEANT = Decimal(1_250_000_000)


def report(revenue: str | None = SLIP, staff: int = 20, sha: str = "a", parser: str = "test") -> Reading:
    """Return a report with a lost group of digits and staff that does not add up."""
    others = {"ward_revenue_prior_year": 1_562_500_000, "ward_revenue_yoy_pct": "80.00", "staff_total": staff}
    made = list(complete({**others, "staff_cadres": 10, "staff_civil_servants": 9}).printings)
    if revenue is not None:
        value = Decimal(revenue.replace(".", ""))
        made.append(printing("ward_revenue", value, raw=revenue, sentence=f"Thu {revenue} đồng, bằng 80,00%"))
    return replace(reading(made), sha256=sha * 64, parser_version=parser)


def send(engine: Engine, made: Reading) -> None:
    """Take a report in as the ward's next version."""
    take_in(engine, made, check_reports([made])[0])


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a warehouse with that report."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    engine = new_warehouse(tmp_path)
    send(engine, report())
    return engine


def run(*words: str, by: str = "Nguyễn Thị A") -> Result:
    """Run cchc with these words; a decision is signed."""
    signed = ["--by", by, "--why", "đã gọi điện hỏi đơn vị"] if words[0] == "decide" else []
    with use_language("vi"):
        return CliRunner().invoke(make_app(modules_for(words)), [*words, *signed], env={"COLUMNS": "250"})


def key_of(engine: Engine, rule: str) -> str:
    """Return the key of the open finding of a rule."""
    return next(f.key for f in findings(engine, open_only=False) if f.rule == rule)


def counted(engine: Engine, figure: str = "ward_revenue") -> tuple[str, Decimal | None]:
    """Return status and counted value of a figure; of one that is not there, "absent"."""
    return next(((f.status, f.value) for f in figures_long(engine, "2023-Q3") if f.figure == figure), ("absent", None))


class TestEveryKind:
    @pytest.mark.parametrize(
        ("words", "status", "value", "says"),
        [
            (["--accept"], "entered", Decimal(1_250_000), "được tính là 1.250.000"),
            (["--propose"], "entered", MEANT, "được tính là 1.250.000.000"),
            (["--enter", "1.249.900.000"], "entered", Decimal(1_249_900_000), "được tính là 1.249.900.000"),
            (["--enter", "1,25 tỷ"], "entered", MEANT, "được tính là 1.250.000.000"),
            (["--reject"], "blocked", None, "không được tính"),
        ],
    )
    def test_a_decision_says_what_it_did(
        self, engine: Engine, words: list[str], status: str, value: Decimal | None, says: str
    ) -> None:
        """Who decided what and why, the figure by name and code, and how it counts from now on."""
        result = run("decide", key_of(engine, "scale_slip"), *words)

        assert result.exit_code == 0
        assert "Nguyễn Thị A" in result.stdout and "đã gọi điện" in result.stdout
        assert f"Thu ngân sách xã/phường, trong kỳ (ward_revenue): {says}" in result.stdout
        assert counted(engine) == (status, value)

    def test_reopening_says_what_keeps_the_figure_out(self, engine: Engine) -> None:
        """Once undone, the finding blocks the figure again and is named."""
        key = key_of(engine, "scale_slip")
        run("decide", key, "--propose")

        result = run("decide", key, "--reopen")

        assert f"chưa được tính vì còn phát hiện chưa giải quyết: {key[:8]}" in result.stdout
        assert counted(engine) == ("blocked", None)

    def test_accepting_one_of_two_findings_names_the_other(self, engine: Engine) -> None:
        """A figure that another error still keeps out is not said to count."""
        found = check_reports([report()])[0]
        other = replace(next(f for f in found if f.rule == "scale_slip"), rule="malformed_number")
        save_findings(engine, "pho-minh", "2023-Q3", [*found, other], now())

        result = run("decide", key_of(engine, "scale_slip"), "--accept")

        assert f"chưa được tính vì còn phát hiện chưa giải quyết: {other.key[:8]}" in result.stdout

    def test_a_finding_on_several_figures_lists_their_codes(self, engine: Engine) -> None:
        """Who has to say --figure can read there what to say."""
        assert "Mã số liệu cho --figure: staff_total, staff_cadres, staff_civil_servants" in run("findings").stdout


class TestRefused:
    @pytest.mark.parametrize(
        ("figure", "text", "says"),
        [
            ("satisfaction_pct", "985", "không thể là 985%"),
            ("satisfaction_pct", "-5", "không phải là một số"),
            ("staff_total", "18,5", "không thể là 18,5"),
            ("staff_total", "18 hoặc 19", "không phải là một số"),
            ("staff_total", "", "không phải là một số"),
        ],
    )
    def test_a_value_that_cannot_be(self, engine: Engine, figure: str, text: str, says: str) -> None:
        """A slip of the clerk's own hand is not recorded."""
        result = run("decide", "--ward", "pho-minh", "--round", "2023-Q3", "--figure", figure, f"--enter={text}")

        assert result.exit_code == 5 and says in result.stderr
        assert decisions(engine) == []

    @pytest.mark.parametrize("text", ["98,5", "98,5%", "98,5 %"])
    def test_a_percentage_with_or_without_its_sign(self, engine: Engine, text: str) -> None:
        """Percentages are entered as people write them."""
        run("decide", "--ward", "pho-minh", "--round", "2023-Q3", "--figure", "satisfaction_pct", "--enter", text)

        assert counted(engine, "satisfaction_pct") == ("entered", Decimal("98.5"))

    def test_undoing_nothing(self, engine: Engine) -> None:
        """Reopening what nobody decided, or what was reopened already, is said to do nothing."""
        key = key_of(engine, "scale_slip")

        assert "không có gì để mở lại" in run("decide", key, "--reopen").stderr
        run("decide", key, "--accept")
        run("decide", key, "--reopen")
        assert run("decide", key, "--reopen").exit_code == 5
        assert [d.kind for d in decisions(engine)] == ["accept", "reopen"]

    def test_a_finding_of_an_earlier_report(self, engine: Engine) -> None:
        """What a resend has put right is not decided on any more, lest a new number be overruled unseen."""
        old = key_of(engine, "scale_slip")
        send(engine, report("1.250.000.000", sha="b"))

        result = run("decide", old, "--enter", "1.111.111.111")

        assert result.exit_code == 5 and "thuộc báo cáo gửi trước" in result.stderr
        assert counted(engine) == ("entered", MEANT)


class TestResend:
    def test_of_another_number(self, engine: Engine) -> None:
        """The decision is void, is shown as such beside what is open, and the new number is judged afresh."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        send(engine, report("1.260.000", sha="b"))

        assert counted(engine) == ("marked", Decimal(1_260_000))
        shown = run("findings").stdout
        assert "Quyết định về báo cáo gửi trước, nay không còn áp dụng" in shown
        assert "1.250.000.000" in shown and "báo cáo hiện ghi số khác" in shown
        assert len(decisions(engine)) == 1

    def test_of_the_number_decided(self, engine: Engine) -> None:
        """A ward that sends what was decided is not asked again."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        send(engine, report("1.250.000.000", sha="b"))

        assert counted(engine) == ("entered", MEANT)
        assert "báo cáo hiện đã ghi đúng số này" in run("findings").stdout

    def test_without_the_figure(self, engine: Engine) -> None:
        """A decision on what the ward no longer prints does not bring it back, and says why."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        send(engine, report(None, sha="b"))

        assert counted(engine) == ("absent", None)
        assert "báo cáo hiện không còn ghi số liệu này" in run("findings").stdout
        assert len(decisions(engine)) == 1

    def test_with_the_same_fault(self, engine: Engine) -> None:
        """Decided is decided: the same number in the next version needs no second decision."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        send(engine, report(staff=21, sha="b"))

        assert counted(engine) == ("entered", MEANT)
        assert "scale_slip" not in {f.rule for f in findings(engine)}

    def test_and_back_again(self, engine: Engine) -> None:
        """A version that prints the old number once more finds the old decision in force."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        send(engine, report("1.260.000", sha="b"))
        send(engine, report(sha="c"))

        assert counted(engine) == ("entered", MEANT)


class TestRerun:
    def test_of_the_rules(self, engine: Engine) -> None:
        """Checking again finds the same and forgets no decision."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        run("decide", key_of(engine, "sum_mismatch"), "--accept")

        save_findings(engine, "pho-minh", "2023-Q3", check_reports([report()])[0], now())

        assert findings(engine, "2023-Q3") == []
        assert counted(engine) == ("entered", MEANT)
        assert {d.kind for d in decisions(engine)} == {"propose", "accept"}

    def test_with_a_newer_parser(self, engine: Engine) -> None:
        """The same bytes read by a newer parser keep what was decided."""
        run("decide", key_of(engine, "scale_slip"), "--propose")
        newer = report(parser="test 2")
        (row,) = submissions(engine)
        load_report(engine, row.id, newer, None, check_reports([newer])[0], now())

        assert counted(engine) == ("entered", MEANT)


class TestColleagues:
    def test_the_second_is_told_of_the_first(self, engine: Engine) -> None:
        """The last word counts, and whoever has it reads whose word it replaces."""
        key = key_of(engine, "scale_slip")
        run("decide", key, "--propose")

        result = run("decide", key, "--enter", "1.249.900.000", by="Trần Văn B")

        assert "thay cho lấy số đề xuất" in result.stdout and "Nguyễn Thị A" in result.stdout
        assert counted(engine) == ("entered", Decimal(1_249_900_000))
        assert [d.decided_by for d in decisions(engine)] == ["Nguyễn Thị A", "Trần Văn B"]

    def test_at_the_same_moment(self, engine: Engine) -> None:
        """Of decisions made at once none is lost or torn, and the one recorded last counts."""
        key = key_of(engine, "scale_slip")
        failed: list[Exception] = []

        def decider(number: int) -> Callable[[], None]:
            def decide() -> None:
                new = NewDecision(
                    "pho-minh",
                    "2023-Q3",
                    "enter",
                    f"người {number}",
                    "hỏi",
                    key,
                    "ward_revenue",
                    Decimal(10**9 + number),
                )
                try:
                    record_decision(engine, new, now())
                except Exception as error:  # noqa: BLE001 (whatever it is, the test names it)
                    failed.append(error)

            return decide

        threads = [threading.Thread(target=decider(number)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        recorded = decisions(engine)
        assert failed == [] and len(recorded) == 8
        assert len({d.decided_by for d in recorded}) == 8
        assert counted(engine) == ("entered", recorded[-1].value)
