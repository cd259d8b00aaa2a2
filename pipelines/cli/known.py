"""Words of a call, matched with what is known: the latest round, a ward by any of its names.

Belongs here: look-ups the commands share. Stays out: refusing an unknown word; each command says so itself.
"""

from __future__ import annotations

from sqlalchemy import Engine

from catalogue.rounds import Round, parse_round
from catalogue.wards import wards
from cchc.text import fold
from warehouse.queries import rounds


def latest_round(engine: Engine) -> Round | None:
    """Return the latest round anything is known of, None in an empty warehouse."""
    known = rounds(engine)
    return parse_round(known[-1]) if known else None


def find_ward(name: str) -> str | None:
    """Return the slug a ward is called by: its slug, or its name with or without kind and marks."""
    wanted = fold(name).replace("-", " ")
    for slug, ward in wards().items():
        if wanted in (slug.replace("-", " "), fold(ward.name), fold(ward.full_name)):
            return slug
    return None
