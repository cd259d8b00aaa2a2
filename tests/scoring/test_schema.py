"""The schema for editors comes from the models that the loader reads with, and says what they take."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from catalogue.scorecards.schema import json_schema
from catalogue.source import shipped
from pipelines.cli.scorecard import schema_command

from .cases import SMALL_CARD

SCHEMA: dict[str, Any] = json_schema()


def as_json(text: str) -> Any:
    """Return a card as an editor's validator sees it: days as text, keys as text."""
    return json.loads(json.dumps(yaml.safe_load(text), default=lambda value: value.isoformat()))


def mistakes(text: str) -> list[str]:
    """Return what the schema says against a card."""
    Draft202012Validator.check_schema(SCHEMA)
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(as_json(text))]


@pytest.mark.parametrize("path", sorted(shipped("scorecards").glob("*.yaml")), ids=lambda path: path.name)
def test_shipped_cards_fit(path: Path) -> None:
    """Every card that ships fits the schema, and names it for editors."""
    text = path.read_text("utf-8")

    assert mistakes(text) == []
    assert "# yaml-language-server: $schema=schema.json" in text.splitlines()


@pytest.mark.parametrize(
    ("old", "new"),
    [("floor: 50", "flor: 50"), ("when_zero: ask", "when_zero: exclude"), ("points: 40", "points: -40"),
     (", over: [dossiers_received]", ""), ("kind: proportional\n    floor", "kind: linear\n    floor"),
     ("    points: 40\n", ""), ("rom: 80}", "rom: eighty}")],
)  # fmt: skip
def test_mistakes_are_seen(old: str, new: str) -> None:
    """What the loader refuses for its shape, an editor underlines."""
    assert SMALL_CARD.replace(old, new) != SMALL_CARD
    assert mistakes(SMALL_CARD) == []
    assert mistakes(SMALL_CARD.replace(old, new)) != []


def test_the_shipped_schema_is_the_models(capsys: pytest.CaptureFixture[str]) -> None:
    """The file beside the cards is what `cchc scorecard schema` prints."""
    schema_command()

    assert capsys.readouterr().out == shipped("scorecards/schema.json").read_text("utf-8")


def test_days_are_days() -> None:
    """YAML reads a day as a day, which the loader wants and the schema sees as text."""
    assert isinstance(yaml.safe_load(SMALL_CARD)["valid_from"], date)
