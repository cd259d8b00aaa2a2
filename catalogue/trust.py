"""From which probability a figure may enter without a look, by class of text, and what proves it.

Belongs here: `trust.yaml` as frozen values. Stays out: measuring (`training.certifying`), the judge.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from catalogue.source import load_yaml, shipped
from cchc.errors import CatalogueError

TextClass = Literal["digital", "scan", "poor_scan"]


class Proof(BaseModel):
    """What was measured: figures accepted and wrong among them, on writers that nothing was fitted on.

    `bound` is the exact one-sided 95 % upper bound of the share of wrong ones, `coverage` the share of figures said
    that were accepted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sets: tuple[str, ...]
    figures: int
    accepted: int
    wrong: int
    coverage: float
    bound: float
    versions: dict[str, str]


class Threshold(BaseModel):
    """The least probability with which a figure of a class is sure; None where none is ever sure.

    `threshold` holds where the grammar names the figure too, `silent` where it says nothing of the number.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    threshold: float | None = Field(default=None, ge=0.5, le=1)
    silent: float | None = Field(default=None, ge=0.5, le=1)
    proof: Proof | None = None
    why: str = ""


@cache
def trust() -> dict[TextClass, Threshold]:
    """Return the threshold of every class.

    Raises:
        CatalogueError: the file is no such table.
    """
    path = shipped("trust.yaml")
    loaded = load_yaml(path)
    try:
        return {name: Threshold.model_validate(loaded["classes"][name]) for name in ("digital", "scan", "poor_scan")}
    except (KeyError, ValidationError) as error:
        raise CatalogueError(f"{path.name}: {error}; run `cchc certify --write` again") from error
