"""Places that somebody meant to fill in before a paper is published.

Belongs here: finding them in what people write for a round's papers (wording, office, the round's own text), and
refusing to publish with one.
Stays out: other reasons not to publish (`publish`), blanks that the decree leaves to the clerk (number, day).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields

from catalogue.office import Office
from catalogue.paper import Wording, wording
from cchc.errors import PublicationError
from cchc.messages import translator
from publications.content import RoundContent

_ = translator("publications")

_DOTS = r"(?:…|\.{3,}|_{2,})"
_PLACE = re.compile(
    rf"(?:^|(?<![,;\s])\s){_DOTS}"  # a gap between words; behind a comma dots end a list
    rf"|{_DOTS}/|/{_DOTS}"  # the number or date of a document
    r"|\[\s*(?:[^\W\d_][^\]]*)?\]|<[^<>]+>|\{[^{}]*\}"  # [điền tên], [ ], <tên>, {tên}
    r"|(?<!\w)(?:x{2,}|TODO|TBD)(?!\w)"
)


def refuse_unfilled(content: RoundContent) -> None:
    """Raise where a paper still has a place to be filled in.

    Raises:
        PublicationError: it has; the message names each place and the file or text it stands in.
    """
    places = unfilled(content.office, wording(), content.directions)
    if places:
        line = _("{round} cannot be published: its papers have places to be filled in ({where}); fill them in first")
        where = "; ".join(f"{name}: “{text}”" for name, text in places)
        raise PublicationError(line.format(round=content.round.label, where=where))


def unfilled(office: Office, say: Wording, directions: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return where a place to be filled in stands and the text that has it; braces of the wording are its words."""
    found = [("office.yaml", text) for text in _texts(office) if _PLACE.search(text)]
    own = (say.title, say.abstract, say.opening, say.closing, *say.bases)
    found += [("paper.yaml", text) for text in own if _PLACE.search(re.sub(r"\{\w+\}", "", text))]
    return found + [(_("text of the round"), text) for text in directions if _PLACE.search(text)]


def _texts(office: Office) -> Iterator[str]:
    """Yield every text of an office, the lines of its lists one by one."""
    for field in fields(office):
        value = getattr(office, field.name)
        lines = value if isinstance(value, tuple) else (value,)
        yield from (line for line in lines if isinstance(line, str))
