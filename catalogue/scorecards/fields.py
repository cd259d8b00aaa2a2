"""The fields of a scorecard's file: numbers, texts, days, bounds by round, terms of a sum.

Belongs here: what a single field may hold, and the base of every mapping. Stays out: which fields there are (`file`).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from catalogue.model import Entry
from catalogue.scorecards.model import Term

RoundNumber = Literal[1, 2, 3, 4]
ROUNDS: tuple[RoundNumber, ...] = (1, 2, 3, 4)
NOTHING = (Decimal(0), Decimal(0), Decimal(0), Decimal(0))


def told(text: str, key: str = "") -> PydanticCustomError:
    """Return a mistake in words of ours, at a key of the entry or at the entry itself."""
    return PydanticCustomError("told", "{text}", {"text": text, **({"key": key} if key else {})})


def _as_number(written: object) -> object:
    """Return what is written where it is a number: YAML keeps 80 apart from "80"."""
    if isinstance(written, bool | str):
        raise PydanticCustomError("decimal_type", "no number")
    return written


def _as_text(written: object) -> object:
    return str(written) if isinstance(written, int | float) and not isinstance(written, bool) else written


def _each_round(written: object) -> object:
    """Return a number a round: one for all, or {1: …, 2: …, 3: …, 4: …}."""
    if not isinstance(written, dict):
        return (written,) * len(ROUNDS)
    if set(written) != set(ROUNDS):
        raise PydanticCustomError("rounds_each", "not every round")
    return tuple(written[number] for number in ROUNDS)


def _terms(written: object) -> object:
    """Return figures as terms of a sum; one with "-" before it is taken away."""
    names: list[Any] = written if isinstance(written, list) else [written]
    if not names or not all(isinstance(name, str) for name in names):
        raise PydanticCustomError("terms", "no figures")
    return tuple(Term(name.removeprefix("-").strip(), -1 if name.startswith("-") else 1) for name in names)


Number = Annotated[Decimal, BeforeValidator(_as_number)]
Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    BeforeValidator(_as_text, json_schema_input_type=Annotated[str, Field(min_length=1)] | float),
]
Day = Annotated[date, Field(strict=True)]
ByRound = Annotated[
    dict[Literal["1", "2", "3", "4"], Decimal],
    Field(min_length=len(ROUNDS), json_schema_extra={"required": list("1234")}),
]
Quarterly = Annotated[
    tuple[Number, Number, Number, Number], BeforeValidator(_each_round, json_schema_input_type=Decimal | ByRound)
]
Terms = Annotated[
    tuple[Term, ...],
    BeforeValidator(_terms, json_schema_input_type=str | Annotated[list[str], Field(min_length=1)]),
]
Rounds = Annotated[tuple[RoundNumber, ...], Field(min_length=1)]


def keys_of(model: type[Part]) -> list[str]:
    """Return the keys that a mapping of the file may have, in order."""
    return [field.alias or name for name, field in model.model_fields.items()]


class Part(Entry):
    """A mapping of the file; a key without a value is as good as none."""

    @model_validator(mode="before")
    @classmethod
    def _without_nulls(cls, values: Any) -> Any:
        if not isinstance(values, dict):
            return values
        known = keys_of(cls)
        return {key: value for key, value in values.items() if value is not None or key not in known}
