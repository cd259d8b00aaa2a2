"""A question that is answered with yes or no, in the language of the moment."""

from __future__ import annotations

import pytest
import typer
from typer.testing import CliRunner

from cchc.messages import use_language
from pipelines.cli.common import agreed


def _answered(typed: str, language: str) -> tuple[str, int]:
    """Return what is printed, and how often the question was asked, for lines typed one after another."""
    app = typer.Typer()

    @app.command()
    def ask() -> None:
        with use_language("en" if language == "en" else "vi"):
            typer.echo(str(agreed("Sao?")))

    result = CliRunner().invoke(app, input=typed)
    return result.stdout.splitlines()[-1], result.stderr.count("Sao?")


@pytest.mark.parametrize(
    ("typed", "language", "said"),
    [
        ("c\n", "vi", ("True", 1)),
        ("Có\n", "vi", ("True", 1)),
        ("y\n", "vi", ("True", 1)),
        ("không\n", "vi", ("False", 1)),
        ("\n", "vi", ("False", 1)),
        ("ừ thì\nc\n", "vi", ("True", 2)),
        ("yes\n", "en", ("True", 1)),
        ("\n", "en", ("False", 1)),
    ],
)
def test_yes_and_no_are_understood_and_nothing_else(typed: str, language: str, said: tuple[str, int]) -> None:
    """An empty line is no; what is neither is asked again, in Vietnamese and in English."""
    assert _answered(typed, language) == said
