"""The commands about scorecards and ranking, as typed."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
import typer
from sqlalchemy import Engine, text
from typer.testing import CliRunner, Result

from catalogue.source import shipped
from cchc.messages import use_language
from pipelines.cli import common, explain, rank, scorecard
from pipelines.cli import marks as marks_command
from pipelines.cli.known import find_ward
from tests.warehouse.made import moment, reading, take_in
from warehouse.connection import open_warehouse
from warehouse.queries import marks, rank_rows

from .cases import SMALL_CARD, one_criterion
from .test_store import FULL, ROUND, take_in_round


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an empty home with a warehouse, and a wide terminal."""
    shutil.copy(sqlite_template, tmp_path / "warehouse.db")
    monkeypatch.setenv("CCHC_HOME", str(tmp_path))
    monkeypatch.delenv("CCHC_WAREHOUSE_URL", raising=False)
    for module in (common, explain, rank, scorecard):
        if hasattr(module, "out"):
            monkeypatch.setattr(module.out, "width", 300)
    return tmp_path


def run(*words: object) -> Result:
    """Return what a call printed."""
    app = typer.Typer()
    for module in (rank, explain, scorecard):
        module.register(app)
    return CliRunner().invoke(app, [str(word) for word in words])


def filled(home: Path) -> Engine:
    """Return the home's warehouse with a round in it."""
    engine = open_warehouse(f"sqlite:///{home / 'warehouse.db'}")
    take_in_round(engine)
    return engine


class TestRank:
    """cchc rank."""

    def test_latest_round(self, home: Path) -> None:
        """Without a round the latest is ranked; silent wards stand below, and the call says someone must act."""
        filled(home)

        result = run("rank")

        assert result.exit_code == 1
        assert "Xếp hạng 2023-Q3" in result.stdout and "chưa gửi báo cáo của kỳ" in result.stdout
        assert result.stdout.index("xã Phổ An") < result.stdout.index("phường Phổ Thạnh")

    def test_one_kind(self, home: Path) -> None:
        """Only the wards of a kind may be asked for."""
        filled(home)

        result = run("rank", "--round", ROUND, "--kind", "xã")

        shown = [line for line in result.stdout.splitlines() if "Phổ " in line]
        assert len(shown) == 7 + 4 and all("xã" in line and "phường" not in line for line in shown)
        assert run("rank", "--kind", "quận").exit_code == 2

    def test_narrow_terminal(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """On 80 columns nothing is cut: a cut number would be another number."""
        filled(home)
        monkeypatch.setattr(rank.out, "width", 80)

        assert "…" not in run("rank").stdout
        assert " 7.499.989,5 " in run("rollup").stdout
        assert "…" not in run("rollup").stdout

    def test_nothing_there(self, home: Path) -> None:
        """An empty warehouse is told as such, with what to do."""
        result = run("rank")

        assert (result.exit_code, "cchc collect" in result.output) == (1, True)

    def test_unknown_scorecard(self, home: Path) -> None:
        """A card that does not exist is a wrong setting, named with those that do."""
        filled(home)

        result = run("rank", "--scorecard", "vung")

        assert (result.exit_code, "mac-dinh, theo-qd-766" in result.output) == (3, True)


class TestRollup:
    """cchc rollup."""

    def test_totals_with_coverage(self, home: Path) -> None:
        """Each total stands with the wards it covers, a ratio as sum over sum; silent figures are not shown."""
        filled(home)

        result = run("rollup", "--round", ROUND)

        line = next(line for line in result.stdout.splitlines() if "Hồ sơ tiếp nhận trực tuyến" in line)
        assert line.split()[-4:] == ["230", "4/15", "–", "–"]
        assert "Tổ công nghệ số cộng đồng" not in result.stdout

    def test_compared(self, home: Path) -> None:
        """The change is told with what it is over."""
        engine = filled(home)
        for label, value in (("2023-Q1", 20), ("2023-Q2", 50), ("2022-Q3", 25)):
            take_in(engine, reading("pho-an", label, {"online_payments": value}))

        result = run("rollup", "--round", ROUND)

        line = next(line for line in result.stdout.splitlines() if "Lượt/hồ sơ thanh toán trực tuyến" in line)
        assert "-1 (-3,3%); chỉ tính trong quý; 1 đơn vị" in line
        assert "+4 (+16,0%); 1 đơn vị" in line

    def test_unknown_kind(self, home: Path) -> None:
        """A kind that does not exist is a wrong call."""
        assert run("rollup", "--kind", "quận").exit_code == 2


class TestExplain:
    """cchc explain."""

    @pytest.mark.parametrize("name", ["pho-an", "Phổ An", "xã Phổ An", "pho an"])
    def test_by_any_name(self, home: Path, name: str) -> None:
        """A ward is found by slug or name, with or without kind and marks."""
        assert find_ward(name) == "pho-an"

    def test_down_to_the_sentence(self, home: Path) -> None:
        """The explanation ends in the sentence and its page."""
        filled(home)

        result = run("explain", "pho-an", ROUND, "--plain")

        assert result.exit_code == 0
        assert result.stdout.startswith("xã Phổ An, 2023-Q3: hạng ")
        assert "        “Số liệu dossiers_received là 99.” (trang 1)\n" in result.stdout

    def test_tree(self, home: Path) -> None:
        """On a terminal it is drawn as a tree."""
        filled(home)

        assert "└── “Số liệu dossiers_received là 99.” (trang 1)" in run("explain", "pho-an", ROUND).stdout

    def test_unknown_ward(self, home: Path) -> None:
        """An unknown ward is refused with the names there are."""
        filled(home)

        result = run("explain", "pho-xa", ROUND)

        assert (result.exit_code, "pho-an" in result.output) == (2, True)

    def test_unknown_round(self, home: Path) -> None:
        """A round written wrongly is refused with how it is written."""
        assert run("explain", "pho-an", "Q3").exit_code == 2


class TestScorecard:
    """cchc scorecard."""

    def test_check_shipped(self, home: Path) -> None:
        """All shipped cards are right, and shown with their sources."""
        result = run("scorecard", "check")

        assert result.exit_code == 0
        assert "mac-dinh" in result.stdout and "766/QĐ-TTg" in result.stdout

    def test_check_wrong(self, home: Path) -> None:
        """A wrong card is refused with file, line and remedy, and the exit code of a catalogue's fault."""
        path = home / "card.yaml"
        path.write_text(SMALL_CARD.replace("total: 100", "total: 90"), "utf-8")

        result = run("scorecard", "check", path)

        assert result.exit_code == 3
        assert "card.yaml:7: các tiêu chí cộng lại được 100 điểm nhưng 'total' ghi 90" in " ".join(
            result.output.split()
        )

    def test_diff(self, home: Path) -> None:
        """Differences are told one a line; a card does not differ from itself."""
        path = home / "card.yaml"
        path.write_text(
            shipped("scorecards/mac-dinh.yaml").read_text("utf-8").replace("target: 80\n", "target: 50\n"), "utf-8"
        )

        result = run("scorecard", "diff", "mac-dinh", path)

        assert "~ online.rule: 0…80 → 0…50\n" in result.stdout
        assert run("scorecard", "diff", "mac-dinh", "mac-dinh").stdout == "Hai bảng điểm giống nhau.\n"

    def test_simulate(self, home: Path) -> None:
        """Every ward is shown under both cards, in the versions that hold for the round, and nothing is saved."""
        engine = filled(home)

        result = run("scorecard", "simulate", ROUND, "theo-qd-766")

        assert result.exit_code == 0
        assert "mac-dinh phiên bản 2 → theo-qd-766 phiên bản 1" in result.stdout
        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM calculation")).scalar() == 0


class TestMarks:
    """cchc scorecard mark and marks."""

    @pytest.fixture
    def card(self, home: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Give the commands a card that people mark, and a ward to mark."""
        folder = tmp_path_factory.mktemp("cards")
        made = one_criterion(folder, kind="manual")
        monkeypatch.setattr(marks_command, "scorecard_for", lambda *_: made)
        take_in(open_warehouse(f"sqlite:///{home / 'warehouse.db'}"), reading("pho-an", ROUND, FULL), at=moment())
        return folder

    def kept(self, home: Path) -> list[tuple[str, object, object]]:
        """Return the marks on record."""
        engine = open_warehouse(f"sqlite:///{home / 'warehouse.db'}")
        return [(m.ward, m.final, m.marked_by) for m in marks(engine, ROUND, "small")]

    def test_one(self, home: Path, card: Path) -> None:
        """A mark is on record with its name, and points and places follow at once."""
        words = ("mark", "Phổ An", ROUND, "one", "--by", "Lê Thị A", "--final", "7,5", "--evidence", "biên bản")

        result = run("scorecard", *words)

        assert result.exit_code == 0, result.output
        assert self.kept(home) == [("pho-an", Decimal("7.5"), "Lê Thị A")]
        places = rank_rows(open_warehouse(f"sqlite:///{home / 'warehouse.db'}"), ROUND, "small")
        assert [(r.ward, r.rank, r.total) for r in places][:1] == [("pho-an", 1, 75)]

    @pytest.mark.parametrize("points", ["ba", "NaN", "11", "-1"])
    def test_no_points(self, home: Path, card: Path, points: str) -> None:
        """What is no number, or no points of the criterion, is refused and leaves no trace."""
        result = run("scorecard", "mark", "pho-an", ROUND, "one", "--by", "Lê Thị A", "--final", points)

        assert (result.exit_code, self.kept(home)) == (5, [])

    def test_sheet(self, home: Path, card: Path) -> None:
        """A sheet from a spreadsheet: semicolons, a mark of byte order, comma decimals, rows without points."""
        sheet = "\ufeffward;criterion;self_assessed;appraised;final;evidence\r\n" \
            "Phổ An;one;10;8;7,5;biên bản; \r\nphường Phổ Minh;one;;;6;\r\npho-van;one;;;;\r\n"  # fmt: skip
        (home / "marks.csv").write_bytes(sheet.encode())

        result = run("scorecard", "marks", home / "marks.csv", ROUND, "--by", "Lê Thị A")

        assert result.exit_code == 0, result.output
        assert self.kept(home) == [("pho-an", Decimal("7.5"), "Lê Thị A"), ("pho-minh", 6, "Lê Thị A")]

    @pytest.mark.parametrize(
        ("sheet", "says"),
        [
            (b"ward,criterion,final\npho-an,one,5\npho-la,one,5\npho-an,two,5\n", "3:4:"),
            (b"ward,criterion,final\npho-an,one,nam\n", "2:"),
            (b"ward,criterion,points\npho-an,one,5\n", "points"),
            (b"ward,criterion\npho-an,one\n", "final"),
            ("ward,criterion,final\nphổ an,one,5\n".encode("utf-16"), "UTF-8"),
            (b"", "ward"),
        ],
    )
    def test_wrong_sheet(self, home: Path, card: Path, sheet: bytes, says: str) -> None:
        """A sheet with a mistake is refused whole: every wrong line is named, no right one is kept."""
        (home / "marks.csv").write_bytes(sheet)

        result = run("scorecard", "marks", home / "marks.csv", ROUND, "--by", "Lê Thị A")

        assert (result.exit_code, self.kept(home)) == (5, [])
        for part in says.split(":") if ":" in says else [says]:
            assert (f"dòng {part}:" if part.isdigit() else part) in result.output

    def test_no_sheet(self, home: Path, card: Path) -> None:
        """A file that is not there is told by name."""
        result = run("scorecard", "marks", home / "none.csv", ROUND, "--by", "Lê Thị A")

        assert (result.exit_code, "none.csv" in result.output) == (5, True)


def test_english(home: Path) -> None:
    """The same commands speak English on request."""
    with use_language("en"):
        filled(home)

        result = run("rank")

    assert "has sent no report for the round" in result.stdout
