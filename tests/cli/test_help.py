"""Help pages speak one language, and a command in the wrong folder makes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from cchc.messages import use_language
from pipelines.cli import make_app, modules_for
from pipelines.cli.phrases import places

FRAME = (
    "Usage",
    "OPTIONS",
    "COMMAND",
    "ARGS",
    "Show this",
    "[default",
    "[required",
    "Arguments",
    "Options",
    "Commands",
)
"""What Typer says by itself in English."""
KINDS = re.compile(r"<(str|bool|int|float|path|file|dir|list)\b")
VIETNAMESE = re.compile(r"[À-ỹ]")


def every(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each command with the words it is called by, groups before their own."""
    yield path, command
    for name, inner in getattr(command, "commands", {}).items():
        yield from every(inner, (*path, name))


class TestHelp:
    def test_no_page_has_english_of_its_frame(self) -> None:
        """Headings, places, kinds of values and the option for help are in Vietnamese on every page."""
        found = {}
        for path, _command in every(get_command(make_app())):
            page = CliRunner().invoke(make_app(modules_for(path)), [*path, "--help"], env={"COLUMNS": "200"}).output
            words = [word for word in FRAME if word in page] + KINDS.findall(page)
            if words or "Cách dùng" not in page:
                found[" ".join(path)] = words

        assert found == {}

    def test_every_command_and_option_is_explained_in_vietnamese(self) -> None:
        """No help text was left as it stands in the code."""
        untold = [
            (" ".join(path), text)
            for path, command in every(get_command(make_app()))
            for text in (command.help, *(getattr(one, "help", None) for one in command.params))
            if text and not VIETNAMESE.search(text)
        ]

        assert untold == []

    def test_every_place_in_a_call_has_a_name(self) -> None:
        """What stands in a call without an option is called by a word of the office, not of the code."""
        found = {
            one.display_name_raw
            for _path, command in every(get_command(make_app()))
            for one in command.params
            if one.param_type_name == "argument"
        }

        assert found <= set(places().values())

    def test_english_on_request(self) -> None:
        """The frame speaks English where English is asked for."""
        with use_language("en"):
            page = CliRunner().invoke(make_app(("show",)), ["show", "--help"]).output

        assert "Usage: " in page and "{WARD} {ROUND}" in page and "Show this page." in page


WRONG = {
    ("show", "pho-an", "2023-Q3", "x"): "lệnh không nhận thêm: x",
    ("findings", "--round"): "--round chưa có giá trị kèm theo",
    ("why", "/nowhere/x.pdf"): "/nowhere/x.pdf: không có tệp hoặc thư mục này",
    ("restore", "/"): "/: đây là thư mục",
    ("prune", "--older-than", "ba"): "cần <số nguyên>",
    ("collect", "--received-at", "hôm qua"): "cần <2024-09-13|2024-09-13T08:30>",
}


@pytest.mark.parametrize("call", WRONG, ids=" ".join)
def test_what_is_wrong_with_a_value_is_told_in_vietnamese(call: tuple[str, ...]) -> None:
    """A bad path, a number that is none, a word too many: a sentence, never Typer's own."""
    result = CliRunner().invoke(make_app(modules_for(call)), list(call))

    assert (result.exit_code, WRONG[call] in " ".join(result.output.split())) == (2, True), result.output


@pytest.mark.parametrize(
    "call",
    [
        ("status",), ("findings",), ("rules",), ("rank",), ("rollup",), ("show", "pho-an", "2023-Q3"),
        ("explain", "pho-an", "2023-Q3"), ("rounds", "list"), ("rounds", "wards"), ("rounds", "today"),
        ("rounds", "build", "2023-Q3"), ("export", "--out", "x"), ("sql", "SELECT 1"), ("metrics",), ("verify",),
        ("backup",), ("sample", "list"), ("corrections", "export", "x"), ("remind", "--dry-run"), ("whoami",),
        ("reread", "--round", "2023-Q3"), ("rerun", "--failed"), ("prune",), ("papers", "2023-Q3"),
        ("letters", "--round", "2023-Q3"), ("publish", "2023-Q3", "--by", "Lan"), ("decide", "--file", "/nowhere.csv"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_command_in_the_wrong_folder_makes_no_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: tuple[str, ...]
) -> None:
    """What needs an office says that there is none here and how one is made, and leaves the folder as it is."""
    home = tmp_path / "wrong"
    monkeypatch.setenv("CCHC_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(make_app(modules_for(call)), list(call), catch_exceptions=False)

    assert (result.exit_code, "cchc init" in result.output, list(tmp_path.iterdir())) == (3, True, [])
