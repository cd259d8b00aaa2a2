"""The words of a call: what names a round or a ward, and what is said of a word that names none."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from catalogue.rounds import known_rounds
from catalogue.wards import wards
from cchc.errors import CallError
from pipelines.cli import make_app, modules_for
from pipelines.cli.known import round_named, ward_named
from pipelines.settings import load_settings
from tests.homes import new_home

WRONG_ROUND = [
    ["collect", "--round", "2024-Q9"],
    ["status", "--round", "2024-Q9"],
    ["rerun", "--failed", "--round", "2024-Q9"],
    ["remind", "--dry-run", "--round", "2024-Q9"],
    ["reread", "--round", "2024-Q9"],
    ["rounds", "build", "2024-Q9"],
    ["rounds", "open", "2024-Q9", "--by", "Lan"],
    ["letters", "--round", "2024-Q9"],
    ["findings", "--round", "2024-Q9"],
    ["show", "pho-minh", "2024-Q9"],
    ["rank", "--round", "2024-Q9"],
    ["rollup", "--round", "2024-Q9"],
    ["papers", "2024-Q9"],
    ["publish", "2024-Q9", "--by", "Lan"],
    ["revise", "2024-Q9", "--by", "Lan", "--why", "x"],
    ["export", "--round", "2024-Q9"],
]
WRONG_WARD = [
    ["rerun", "--ward", "pho-min"],
    ["reread", "--round", "2024-Q3", "--ward", "pho-min"],
    ["letters", "--round", "2024-Q3", "--ward", "pho-min"],
    ["findings", "--ward", "pho-min"],
    ["show", "pho-min", "2024-Q3"],
    ["submit", __file__, "--ward", "pho-min", "--round", "2024-Q3", "--by", "Lan"],
]


def called(home: Path, arguments: list[str]) -> tuple[int, str]:
    """Return exit code and output of a call in a home of its own, made ready."""
    new_home(load_settings({"CCHC_HOME": str(home)}))
    app = make_app(modules_for(arguments))
    result = CliRunner().invoke(app, arguments, env={"CCHC_HOME": str(home)}, catch_exceptions=False)
    return result.exit_code, " ".join(result.output.split())


class TestRounds:
    @pytest.mark.parametrize("text", ["quý 3/2024", "2024Q3", "III-2024", "Quý III năm 2024", "Q3 2024", "3.2024"])
    def test_another_spelling_is_recognised_and_asked_about(self, text: str) -> None:
        """What plainly means a round is offered, never taken silently."""
        with pytest.raises(CallError, match="2024-Q3"):
            round_named(text)

    @pytest.mark.parametrize("text", ["", "Q3", "2024-Q9", "2024-09", "abc", "2024", "20245-Q1"])
    def test_nonsense_is_told_how_a_round_is_written(self, text: str) -> None:
        """A word that means no round is answered with an example."""
        with pytest.raises(CallError, match="như 2023-Q3"):
            round_named(text)

    def test_every_kept_round_and_no_other(self) -> None:
        """The rounds of the calendar are named; one outside its years is refused with the years there are."""
        kept = known_rounds()

        assert [round_named(found.label.lower()) for found in kept] == kept
        for beyond in (kept[0].previous(), kept[-1].next()):
            with pytest.raises(CallError, match=f"{kept[0].label}.*{kept[-1].label}"):
                round_named(beyond.label)


class TestWards:
    def test_by_any_of_its_names(self) -> None:
        """Slug, name and full name, with and without marks, name the ward."""
        for slug, ward in wards().items():
            assert [ward_named(name) for name in (slug, slug.upper(), ward.name, ward.full_name)] == [slug] * 4

    @pytest.mark.parametrize(("text", "meant"), [("pho-min", "pho-minh"), ("Phổ Thuậ", "pho-thuan")])
    def test_a_slip_is_answered_with_what_was_meant(self, text: str, meant: str) -> None:
        """The nearest ward comes first, and not the whole list."""
        with pytest.raises(CallError, match=f"có phải {meant}") as caught:
            ward_named(text)

        assert "nguyen-nghiem" not in str(caught.value)

    def test_nonsense_is_answered_with_all(self) -> None:
        """A word like no ward's name is answered with every ward."""
        with pytest.raises(CallError) as caught:
            ward_named("xyz")

        assert all(slug in str(caught.value) for slug in wards())


class TestCommands:
    @pytest.mark.parametrize("arguments", WRONG_ROUND, ids=lambda a: a[0])
    def test_wrong_round(self, arguments: list[str], tmp_path: Path) -> None:
        """Every command refuses a round that is none as a wrong call, in Vietnamese."""
        code, output = called(tmp_path, arguments)

        assert (code, "không phải là kỳ báo cáo" in output) == (2, True)

    @pytest.mark.parametrize("arguments", WRONG_WARD, ids=lambda a: a[0])
    def test_wrong_ward(self, arguments: list[str], tmp_path: Path) -> None:
        """Every command answers a mistyped ward with the one that was meant."""
        code, output = called(tmp_path, arguments)

        assert (code, "có phải pho-minh" in output) == (2, True)
