"""The command line knows its person, never makes a home by reading, and takes decisions from a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import COMMANDS, groups, make_app, modules_for
from pipelines.cli.identity import token_file
from pipelines.settings import load_settings
from tests.console.desk import PASSWORD, ROUND, WARD, Desk, load, make_desk, word_report
from tests.homes import empty_warehouse
from tests.passwords import quick_hashes
from warehouse import queries

RUN = CliRunner()


@pytest.fixture(scope="module", autouse=True)
def quickly() -> Iterator[None]:
    """Hash passwords quickly."""
    with quick_hashes():
        yield


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Give an office with people and two figures that wait, as the command line's home."""
    template = tmp_path / "template.db"
    template.write_bytes(empty_warehouse())
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("CCHC_HOME", str(home))
    desk = make_desk(home, template)
    load(desk, word_report({"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 0.7)}))
    return desk


def call(*words: str, typed: str = "") -> tuple[int, str]:
    """Return exit code and output of a call."""
    result = RUN.invoke(make_app(modules_for(words)), list(words), input=typed)
    return result.exit_code, result.output


DECIDE = ("decide", "--accept", "--ward", WARD, "--round", ROUND, "--figure", "dossiers_received", "--why", "đúng")


class TestIdentity:
    def test_nobody_decides_unknown(self, office: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where accounts are kept, a name typed after --by is not enough."""
        monkeypatch.setattr("getpass.getuser", lambda: "nobody-known")

        code, said = call(*DECIDE, "--by", "Nguyễn Thị Lan")

        assert (code, "cchc login" in said) == (5, True)
        assert queries.decisions(office.engine, ROUND) == []

    def test_login_makes_the_person_known(self, office: Desk) -> None:
        """After cchc login decisions bear the person's name; the session is readable by this user alone."""
        code, said = call("login", "--name", "clerk", typed=f"{PASSWORD}\n")
        assert code == 0, said

        assert call("whoami")[1].strip() == "Nguyễn Thị Lan"
        assert call(*DECIDE)[0] in (0, 1)
        assert call(*DECIDE, "--by", "Người Khác")[0] == 5
        assert [d.decided_by for d in queries.decisions(office.engine, ROUND)] == ["Nguyễn Thị Lan"]
        path = token_file(load_settings())
        assert path.stat().st_mode & 0o077 == 0
        call("logout")
        assert not path.exists()

    def test_role_holds_on_the_command_line(self, office: Desk) -> None:
        """A clerk publishes nothing, here as on the page."""
        call("login", "--name", "clerk", typed=f"{PASSWORD}\n")

        code, said = call("publish", ROUND, "--yes")

        assert (code, "Nguyễn Thị Lan" in said) == (5, True)


class TestFile:
    def test_there_and_back(self, office: Desk, tmp_path: Path) -> None:
        """What waits is written into a file, filled in, and recorded line by line by the person signed in."""
        call("login", "--name", "clerk", typed=f"{PASSWORD}\n")
        sheet = tmp_path / "queue.csv"
        call("findings", "--round", ROUND, "--file", str(sheet))
        with sheet.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.DictReader(file))
        lines[0]["Đúng?"], lines[1]["Số đúng"] = "x", "271"
        with sheet.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, lines[0].keys())
            writer.writeheader()
            writer.writerows(lines)

        code, said = call("decide", "--file", str(sheet))

        assert code == 0, said
        assert [(d.figure, d.kind, d.value) for d in queries.decisions(office.engine, ROUND)] == [
            ("dossiers_received", "accept", None),
            ("dossiers_resolved", "enter", 271),
        ]

    def test_a_bad_path_is_a_sentence(self, office: Desk) -> None:
        """A file that is not there is named, and the call is a wrong one."""
        call("login", "--name", "clerk", typed=f"{PASSWORD}\n")

        code, said = call("decide", "--file", "/nowhere/x.csv")

        assert (code, "/nowhere/x.csv" in said, "Traceback" in said) == (2, True, False)


class TestHelp:
    def test_every_command_has_its_group(self) -> None:
        """The groups of the help page hold every command once."""
        shown = [command for commands in groups().values() for command in commands]
        known = {command for commands in COMMANDS.values() for command in commands} - {"demo"}

        assert sorted(shown) == sorted(set(shown))
        assert known - set(shown) <= {"reader", "certify", "train"}
