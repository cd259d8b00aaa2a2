"""Words of a call, matched with what is known: a round, a ward by any of its names, the latest round.

Belongs here: look-ups the commands share; refusing a word that names nothing, with the one that was probably meant.
Stays out: what a round or a ward is (`catalogue`).
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from sqlalchemy import Engine

from catalogue.rounds import Round, is_kept, known_rounds, parse_round
from catalogue.wards import wards
from cchc.errors import CallError, CatalogueError
from cchc.messages import translator
from cchc.text import fold
from warehouse.queries import submissions

_ = translator("cli")

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_QUARTER = re.compile(r"(?<!\d)[1-4](?!\d)")
_ROMAN = {"iv": "4", "iii": "3", "ii": "2", "i": "1"}


def latest_round(engine: Engine) -> Round | None:
    """Return the latest round of which anything has arrived, None in an empty warehouse."""
    arrived = {str(row.round) for row in submissions(engine, state="placed")}
    return max(map(parse_round, arrived)) if arrived else None


def round_named(text: str) -> Round:
    """Return the round a word of a call names.

    Raises:
        CallError: it names none, or one outside the years that are kept.
    """
    try:
        found = parse_round(text)
    except CatalogueError as error:
        meant = _round_meant(text)
        hint = _("did you mean {round}?").format(round=meant) if meant else _("write a year and a quarter, as 2023-Q3")
        raise CallError(_("'{text}' names no round; {hint}").format(text=text, hint=hint)) from error
    if not is_kept(found):
        kept = known_rounds()
        raise CallError(
            _("round {round} is not kept here; rounds {first} to {last} are (catalogue/rounds.yaml)").format(
                round=found.label, first=kept[0].label, last=kept[-1].label
            )
        )
    return found


def find_ward(name: str) -> str | None:
    """Return the slug a ward is called by: its slug, or its name with or without kind and marks."""
    wanted = fold(name).replace("-", " ")
    return next((slug for slug, names in _names().items() if wanted in names), None)


def ward_named(text: str) -> str:
    """Return the slug of the ward a word of a call names.

    Raises:
        CallError: it names none; the message says which are spelled like it.
    """
    slug = find_ward(text)
    if slug is None:
        alike = _wards_alike(text)
        hint = _("did you mean {names}?") if alike else _("give one of: {names}")
        raise CallError(
            _("no ward is called '{text}'; {hint}").format(
                text=text, hint=hint.format(names=", ".join(alike or sorted(wards())))
            )
        )
    return slug


def _names() -> dict[str, tuple[str, ...]]:
    """Return slug → everything a ward may be called, folded."""
    return {slug: (slug.replace("-", " "), fold(ward.name), fold(ward.full_name)) for slug, ward in wards().items()}


def _wards_alike(text: str) -> list[str]:
    spelled = {name: slug for slug, names in _names().items() for name in names}
    close = get_close_matches(fold(text).replace("-", " "), spelled, n=6, cutoff=0.7)
    return list(dict.fromkeys(spelled[name] for name in close))[:3]


def _round_meant(text: str) -> str | None:
    """Return the round a word holds in another spelling: `quý 3/2024`, `2024Q3`, `III-2024`."""
    plain = fold(text)
    year = _YEAR.search(plain)
    if year is None:
        return None
    rest = plain[: year.start()] + " " + plain[year.end() :]
    quarter = _QUARTER.search(rest)
    roman = next((digit for sign, digit in _ROMAN.items() if re.search(rf"\b{sign}\b", rest)), None)
    number = quarter[0] if quarter else roman
    return f"{year[0]}-Q{number}" if number else None
