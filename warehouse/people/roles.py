"""Roles and rights: which role may do what; the only place that says so.

Belongs here: the table of rights. Stays out: asking who somebody is.

Who only proposes and who may approve is kept apart: a clerk decides figures, the head publishes. An operator looks
after the machine and the accounts and decides nothing; a ward sees its own reports only.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Role = Literal["viewer", "clerk", "head", "operator", "ward"]
ROLES: tuple[Role, ...] = ("viewer", "clerk", "head", "operator", "ward")


class Right(StrEnum):
    """Something that not everybody may do."""

    SEE = "see"
    INTAKE = "intake"
    DECIDE = "decide"
    DRAFT = "draft"
    RUN = "run"
    CLOSE = "close"
    PUBLISH = "publish"
    SET_CARDS = "set_cards"
    SEE_ACTS = "see_acts"
    KEEP_PEOPLE = "keep_people"
    OPERATE = "operate"
    OWN_WARD = "own_ward"


_CLERK = frozenset({Right.SEE, Right.INTAKE, Right.DECIDE, Right.DRAFT, Right.RUN})

RIGHTS: dict[Role, frozenset[Right]] = {
    "viewer": frozenset({Right.SEE}),
    "clerk": _CLERK,
    "head": _CLERK | {Right.CLOSE, Right.PUBLISH, Right.SET_CARDS, Right.SEE_ACTS},
    "operator": frozenset({Right.SEE, Right.RUN, Right.SEE_ACTS, Right.KEEP_PEOPLE, Right.OPERATE}),
    "ward": frozenset({Right.OWN_WARD}),
}


def may(role: str, right: Right) -> bool:
    """Return whether a role has a right; an unknown role has none."""
    return right in RIGHTS.get(role, frozenset())  # type: ignore[call-overload]
