"""The application as a whole: every command is listed, helped, loaded alone, and named in the README or docs."""

from __future__ import annotations

import subprocess
import sys

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cchc.messages import use_language
from pipelines.cli import COMMANDS, make_app, modules_for

EVERY = [command for commands in COMMANDS.values() for command in commands]


def registered(modules: tuple[str, ...]) -> list[str]:
    """Return the names of the commands that some modules register."""
    return list(get_command(make_app(modules)).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("module", COMMANDS)
def test_each_module_registers_what_the_list_says(module: str) -> None:
    """The list by which a call finds its module is the truth."""
    assert sorted(registered((module,))) == sorted(COMMANDS[module])


@pytest.mark.parametrize("command", EVERY)
def test_every_command_has_help(command: str) -> None:
    """Help is there for each command, and asking for it fails nothing."""
    result = CliRunner().invoke(make_app(modules_for([command])), [command, "--help"])

    assert result.exit_code == 0, result.output
    assert len(result.output.split()) > 5


def test_an_unknown_command_is_a_wrong_call() -> None:
    """A word that is no command ends with 2 and names no traceback."""
    result = CliRunner().invoke(make_app(), ["sing"])

    assert result.exit_code == 2


def test_the_help_page_needs_no_dagster() -> None:
    """What runs nothing does not pay for the engine, frames or charts, whatever commands are listed."""
    heavy = "{'dagster', 'pandas', 'matplotlib'}"
    code = f"import sys, pipelines.cli as c; c.make_app(); print(*({heavy} & set(sys.modules)))"

    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == ""


WRONG_CALLS = {
    ("sing",): "không có lệnh sing",
    ("colect",): "có phải 'collect'",
    ("status", "--rond", "x"): "không có tùy chọn --rond; có phải --round",
    ("show", "pho-minh"): "thiếu KỲ",
    ("rerun", "--state", "nonsense"): "giá trị của --state không hợp lệ",
    ("submit", "nowhere.docx"): "giá trị của",
    ("prune", "--older-than", "0"): "giá trị của --older-than không hợp lệ",
}


@pytest.mark.parametrize("call", WRONG_CALLS, ids=" ".join)
def test_wrong_calls_are_told_in_vietnamese(call: tuple[str, ...]) -> None:
    """A wrong call ends with 2, one line in Vietnamese, and the way to the help page."""
    result = CliRunner().invoke(make_app(modules_for(call)), list(call))

    assert result.exit_code == 2
    assert WRONG_CALLS[call] in result.output
    assert "--help' giải thích" in result.output
    assert not [word for word in ("Usage", "Error", "Missing", "Invalid", "Traceback") if word in result.output]


def test_english_on_request() -> None:
    """The same words in English where English is asked for, and Vietnamese headings otherwise."""
    with use_language("en"):
        english = CliRunner().invoke(make_app(("main",)), ["collect", "--help"])
        wrong = CliRunner().invoke(make_app(("main",)), ["colect"])
    vietnamese = CliRunner().invoke(make_app(("main",)), ["collect", "--help"])

    assert "Options" in english.output and "did you mean 'collect'" in wrong.output
    assert "Tùy chọn" in vietnamese.output and "Options" not in vietnamese.output
