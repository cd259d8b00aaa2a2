"""Styles of an OpenDocument file: what is not seen, what is set apart, how lists are numbered.

Belongs here: automatic and named styles with what they inherit.
Stays out: text (`reader`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from parsers.document import UnseenWhy
from parsers.readers.common.seen import unseen_because

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, STYLE, TEXT, TABLE, DRAW = (f"{{{_URN}{name}:1.0}}" for name in ("office", "style", "text", "table", "drawing"))
FO = f"{{{_URN}xsl-fo-compatible:1.0}}"
SVG = f"{{{_URN}svg-compatible:1.0}}"
XLINK = "{http://www.w3.org/1999/xlink}"
_GROUND, _CLEAR = "background-color", "transparent"
_DEEPEST_CHAIN = 20  # styles based on each other; by hand, it only ends a circle


@dataclass(frozen=True)
class ListLevel:
    """How one level of a list is numbered; no `form` is a bullet."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    levels: int = 1
    start: int = 1


@dataclass
class OdfStyles:
    """The styles of a file, by name, with what they say themselves; parents are followed on asking."""

    properties: dict[str, dict[str, str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)

    def said(self, name: str) -> dict[str, str]:
        """Return everything a style says, what it inherits included."""
        chain: list[str] = []
        while name and name not in chain and len(chain) < _DEEPEST_CHAIN:
            chain.append(name)
            name = self.parents.get(name, "")
        merged: dict[str, str] = {}
        for one in reversed(chain):
            merged |= self.properties.get(one, {})
        return merged


def read_odf_styles(*roots: etree._Element | None) -> OdfStyles:
    """Return the styles that the parts of a file define."""
    styles = OdfStyles()
    for root in roots:
        for style in root.iter(f"{STYLE}style", f"{STYLE}default-style") if root is not None else ():
            name = style.get(f"{STYLE}name", "")
            styles.parents[name] = style.get(f"{STYLE}parent-style-name", "")
            styles.properties[name] = dict(_properties(style))
        for found in root.iter(f"{TEXT}list-style") if root is not None else ():
            styles.lists[found.get(f"{STYLE}name", "")] = dict(_levels(found))
    return styles


def why_unseen(said: dict[str, str]) -> UnseenWhy | None:
    """Return why text of a style is not seen, None where it is."""
    size = said.get("font-size", "")
    return unseen_because(
        hidden=said.get("display") == "none",
        struck=said.get("text-line-through-style", "none") != "none" or said.get("text-line-through-type") == "double",
        points=float(size[:-2]) if size.endswith("pt") and size[:-2].replace(".", "", 1).isdigit() else None,
        colour=said.get("color", ""),
        ground=said.get("background-color", "").replace("transparent", ""),
    )


def look_of_cell(styles: OdfStyles, *names: str) -> dict[str, str]:
    """Return how the text of a cell looks before its own styles speak; `names` are those of table, row, cell in order.

    Of what lies around a cell only the ground shows through.
    """
    *around, own = (styles.said(name) for name in names)
    look: dict[str, str] = {}
    for said in (*({_GROUND: said.get(_GROUND, _CLEAR)} for said in around), own):
        look = laid_over(look, said)
    return look


def laid_over(look: dict[str, str], said: dict[str, str]) -> dict[str, str]:
    """Return a look with what a style says laid over it; through a clear ground the one below is seen."""
    return look | {key: value for key, value in said.items() if (key, value) != (_GROUND, _CLEAR)}


def _properties(style: etree._Element) -> Iterator[tuple[str, str]]:
    for part in style:
        if isinstance(part.tag, str) and part.tag.endswith("-properties"):
            yield from ((str(key).rpartition("}")[2], str(value)) for key, value in part.attrib.items())


def _levels(found: etree._Element) -> Iterator[tuple[int, ListLevel]]:
    for level in found:
        number = level.get(f"{TEXT}level", "") if isinstance(level.tag, str) else ""
        if number.isdigit():
            shown, start = level.get(f"{TEXT}display-levels", "1"), level.get(f"{TEXT}start-value", "1")
            yield (
                int(number),
                ListLevel(
                    level.get(f"{STYLE}num-format", ""),
                    level.get(f"{STYLE}num-prefix", ""),
                    level.get(f"{STYLE}num-suffix", ""),
                    int(shown) if shown.isdigit() else 1,
                    int(start) if start.isdigit() else 1,
                ),
            )
