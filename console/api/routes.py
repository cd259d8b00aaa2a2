"""Every address of the data for programs, with the right it needs.

Belongs here: addresses. Stays out: what is answered (`answers`).
"""

from __future__ import annotations

from dataclasses import dataclass

from starlette.routing import Mount, Route

from console.api import answers
from console.api.asked import DIMENSIONS
from console.api.gate import Answer, answered
from warehouse.people.roles import Right


@dataclass(frozen=True)
class Address:
    """One address, below `/api/v1`, with its answer."""

    path: str
    answer: Answer
    right: Right = Right.SEE


ADDRESSES: tuple[Address, ...] = (
    Address("/", answers.overview),
    Address("/openapi.json", answers.openapi_answer),
    Address("/dictionary", answers.dictionary_answer),
    *(Address(f"/{name}{end}", answers.rows_of_dimension) for name in DIMENSIONS for end in ("", ".csv")),
    Address("/marts/{name}", answers.rows_of_mart),
)


def mounted() -> Mount:
    """Return the addresses as a part of the page's application."""
    ways = [Route(a.path, answered(a.answer, a.right), methods=["GET"]) for a in ADDRESSES]
    return Mount("/api/v1", routes=ways)
