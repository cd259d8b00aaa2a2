"""`cchc findings`, `cchc decide`, `cchc rules` and `cchc letters` on a small warehouse."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from sqlalchemy import Engine
from typer.testing import CliRunner, Result

from cchc.messages import use_language
from pipelines.cli import make_app, modules_for
from tests.homes import new_warehouse
from tests.validation.builders import complete, printing, reading
from tests.warehouse.made import take_in
from validation.check import check_reports
from warehouse.queries import decisions, figures_long, findings

SIGNED = ["--by", "Nguyễn Thị A", "--why", "đã gọi điện hỏi đơn vị"]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Give a warehouse with one ward's report: a slip of scale, a share that cannot be, a missing figure."""
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    engine = new_warehouse(tmp_path)
    money = {"ward_revenue_prior_year": 1_562_500_000, "ward_revenue_yoy_pct": "80.00", "staff_total": 20}
    good = complete({**money, "staff_cadres": 10, "staff_civil_servants": 9}).printings
    slip = printing("ward_revenue", 1_250_000, raw="1.250.000", sentence="Thu 1.250.000 đồng, bằng 80,00%")
    made = reading([*(p for p in good if p.figure != "satisfaction_pct"), slip])
    take_in(engine, made, check_reports([made])[0])
    return engine


def run(*words: str) -> Result:
    """Run cchc with these words."""
    with use_language("vi"):
        return CliRunner().invoke(make_app(modules_for(words)), list(words), env={"COLUMNS": "200"})


def key_of(engine: Engine, rule: str) -> str:
    """Return the key of the finding of a rule."""
    return next(f.key for f in findings(engine, open_only=False) if f.rule == rule)


def value_of(engine: Engine, figure: str) -> tuple[str, Decimal | None]:
    """Return status and counted value of a figure."""
    return next((f.status, f.value) for f in figures_long(engine, "2023-Q3") if f.figure == figure)


class TestFindings:
    def test_open_findings_are_listed_with_key_and_proposal(self, engine: Engine) -> None:
        """A person sees what to decide and what evidence proposes; the exit code says that something waits."""
        result = run("findings", "--round", "2023-Q3")

        assert result.exit_code == 1
        assert key_of(engine, "scale_slip")[:8] in result.stdout
        assert "Đề xuất: 1.250.000.000" in result.stdout
        assert "“Thu 1.250.000 đồng, bằng 80,00%” (trang 1)" in result.stdout
        assert "Không ghi không có nghĩa là bằng 0" in result.stdout

    def test_a_ward_without_findings_is_silent(self, engine: Engine) -> None:
        """Nothing is printed for a ward with nothing open."""
        result = run("findings", "--ward", "pho-an")

        assert (result.exit_code, result.stdout) == (0, "")


class TestDecide:
    def test_a_proposal_is_taken_over_by_a_named_person(self, engine: Engine) -> None:
        """The proposed value counts from then on, and who decided stays."""
        assert value_of(engine, "ward_revenue") == ("blocked", None)

        result = run("decide", key_of(engine, "scale_slip")[:8], "--propose", *SIGNED)

        assert result.exit_code == 0 and "Nguyễn Thị A" in result.stdout
        assert value_of(engine, "ward_revenue") == ("entered", Decimal(1_250_000_000))
        (decision,) = decisions(engine)
        assert (decision.kind, decision.decided_by, decision.printed) == ("propose", "Nguyễn Thị A", Decimal(1_250_000))

    def test_a_value_is_entered_as_people_write_it(self, engine: Engine) -> None:
        """1.249.900.000 is read as one number."""
        run("decide", key_of(engine, "scale_slip"), "--enter", "1.249.900.000", *SIGNED)

        assert value_of(engine, "ward_revenue") == ("entered", Decimal(1_249_900_000))

    def test_accepting_keeps_what_is_printed(self, engine: Engine) -> None:
        """All figures of the finding count as printed."""
        run("decide", key_of(engine, "sum_mismatch"), "--accept", *SIGNED)

        assert value_of(engine, "staff_total") == ("entered", Decimal(20))
        assert "sum_mismatch" not in {f.rule for f in findings(engine)}

    def test_reopening_undoes_it(self, engine: Engine) -> None:
        """The finding is open again and nothing is forgotten."""
        run("decide", key_of(engine, "scale_slip"), "--propose", *SIGNED)
        run("decide", key_of(engine, "scale_slip"), "--reopen", *SIGNED)

        assert value_of(engine, "ward_revenue") == ("blocked", None)
        assert [d.kind for d in decisions(engine)] == ["propose", "reopen"]

    def test_a_figure_without_finding_can_be_decided(self, engine: Engine) -> None:
        """A person may keep a figure out for a reason of their own."""
        where = ["--ward", "pho-minh", "--round", "2023-Q3", "--figure", "staff_cadres"]

        result = run("decide", *where, "--reject", *SIGNED)

        assert result.exit_code == 0
        assert value_of(engine, "staff_cadres") == ("blocked", None)

    @pytest.mark.parametrize(
        "words",
        [
            ["--accept"],
            ["--accept", "--by", "A"],
            ["--accept", "--reject", *SIGNED],
            [*SIGNED],
            ["--enter", "1.8835.779.000", *SIGNED],
            ["--enter", "mười hay hai mươi", *SIGNED],
        ],
    )
    def test_what_is_not_clear_is_not_recorded(self, engine: Engine, words: list[str]) -> None:
        """Without name, reason, or one clear decision nothing is recorded, and the message says what to give."""
        result = run("decide", key_of(engine, "scale_slip"), *words)

        assert result.exit_code == 5 and result.stderr.startswith("cchc:")
        assert decisions(engine) == []

    def test_an_unknown_or_short_key_names_nothing(self, engine: Engine) -> None:
        """A key has to be that of one finding."""
        assert run("decide", "zzzz", "--accept", *SIGNED).exit_code == 5
        assert run("decide", "", "--accept", *SIGNED).exit_code == 5

    def test_no_proposal_cannot_be_taken(self, engine: Engine) -> None:
        """Where evidence proposes nothing, a person has to enter the value."""
        result = run("decide", key_of(engine, "sum_mismatch"), "--propose", *SIGNED)

        assert result.exit_code == 5 and "--enter" in result.stderr

    def test_a_resend_shows_what_no_longer_holds(self, engine: Engine) -> None:
        """A decision on a number that the ward has since changed is shown as not holding."""
        run("decide", key_of(engine, "sum_mismatch"), "--accept", *SIGNED)
        again = complete({"staff_total": 21, "staff_cadres": 10, "staff_civil_servants": 9})
        again = replace(again, sha256="f" * 64)
        take_in(engine, again, check_reports([again])[0])

        result = run("findings", "--all")

        assert "cần quyết định lại" in result.stdout


class TestRules:
    def test_a_noisy_rule_is_seen(self, engine: Engine) -> None:
        """Each rule stands with its count and the share that was right as printed."""
        run("decide", key_of(engine, "sum_mismatch"), "--accept", *SIGNED)

        result = run("rules", "--round", "2023-Q3")

        line = next(line for line in result.stdout.splitlines() if "không bằng tổng" in line)
        assert [word for word in line.split() if word != "│"][-5:] == ["1", "1", "0", "1", "100%"]


class TestLetters:
    def test_every_ward_with_something_to_ask_gets_one(self, engine: Engine, tmp_path: Path) -> None:
        """The letter lies in the outputs of the round under a name of ward and round."""
        result = run("letters", "--round", "2023-Q3")

        path = tmp_path / "outputs" / "2023-Q3" / "letters" / "cong-van-pho-minh-2023-Q3.docx"
        assert result.exit_code == 0 and result.stdout.split() == [str(path)]
        text = "\n".join(p.text for p in docx.Document(str(path)).paragraphs)
        assert "Kính gửi: Ủy ban nhân dân phường Phổ Minh" in text and "“1.250.000”" in text

    def test_whoever_signs_is_told_of_uncertain_readings(self, engine: Engine) -> None:
        """The points to hold against the original are named beside the letter, not in it."""
        unclear = printing("satisfaction_pct", "104", text_confidence=0.6)
        made = replace(reading([p for p in complete().printings if p.figure != "satisfaction_pct"]), sha256="e" * 64)
        made = replace(made, printings=(*made.printings, unclear))
        take_in(engine, made, check_reports([made])[0])

        assert "đối chiếu bản gốc trước khi ký" in run("letters", "--round", "2023-Q3").stdout

    def test_nothing_to_ask_writes_nothing(self, engine: Engine, tmp_path: Path) -> None:
        """A ward without open findings gets no letter."""
        result = run("letters", "--round", "2023-Q3", "--ward", "pho-an", "--out", str(tmp_path / "here"))

        assert result.exit_code == 0 and not (tmp_path / "here").exists()
