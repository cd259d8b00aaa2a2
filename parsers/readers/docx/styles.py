"""Styles of a DOCX, resolved: bold, font, numbering and outline level of a paragraph style.

Belongs here: the chain of styles (`basedOn`) and the document defaults.
Stays out: formatting written on the paragraph or run itself (`text`), numbers (`numbering`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DEEPEST_CHAIN = 20  # styles based on each other; by hand, it only ends a circle
_SIZE = re.compile(r"(\d+(?:\.\d+)?)(pt)?")
_MARKERS = {
    "black": "000000",
    "blue": "0000FF",
    "cyan": "00FFFF",
    "darkBlue": "00008B",
    "darkCyan": "008B8B",
    "darkGray": "A9A9A9",
    "darkGreen": "006400",
    "darkMagenta": "800080",
    "darkRed": "8B0000",
    "darkYellow": "808000",
    "green": "00FF00",
    "lightGray": "D3D3D3",
    "magenta": "FF00FF",
    "red": "FF0000",
    "yellow": "FFFF00",
}


@dataclass(frozen=True)
class Look:
    """What matters of formatting; None means that nothing is said here."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    font: str | None = None
    raised: bool | None = None
    struck: bool | None = None
    points: float | None = None
    colour: str | None = None
    ground: str | None = None

    def over(self, under: Look) -> Look:
        """Return this look with what it does not say taken from `under`."""
        said = {name: own for name, own in vars(self).items() if own is not None}
        return replace(under, **said) if said else under


@dataclass(frozen=True)
class Style:
    """One paragraph or character style with everything it inherits. `level` is an outline depth from 1, else 0."""

    look: Look = Look()
    numbering: tuple[str, int] | None = None
    level: int = 0
    centred: bool = False


PLAIN = Style()


def read_styles(root: etree._Element | None) -> tuple[dict[str, Style], Style]:
    """Return the styles by id, and the default of a paragraph that names none."""
    if root is None:
        return {}, PLAIN
    raw = {s.get(f"{W}styleId", ""): s for s in root.iter(f"{W}style")}
    defaults = Style(look=look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")))
    resolved: dict[str, Style] = {}
    for name in raw:
        _resolve(name, raw, resolved, defaults, _DEEPEST_CHAIN)
    default = next(
        (i for i, s in raw.items() if s.get(f"{W}default") in {"1", "true"} and s.get(f"{W}type") == "paragraph"), ""
    )
    return resolved, resolved.get(default, defaults)


def _resolve(
    name: str, raw: dict[str, etree._Element], resolved: dict[str, Style], defaults: Style, left: int
) -> Style:
    """Return one style with what it is based on; a circle of styles ends after `left` steps."""
    if name in resolved or name not in raw or not left:
        return resolved.get(name, defaults)
    element = raw[name]
    based = element.find(f"{W}basedOn")
    under = _resolve(based.get(f"{W}val", ""), raw, resolved, defaults, left - 1) if based is not None else defaults
    style = _with_paragraph(replace(under, look=look_of(element.find(f"{W}rPr")).over(under.look)), element)
    resolved[name] = style
    return style


def _with_paragraph(style: Style, element: etree._Element) -> Style:
    """Return a style with its own paragraph properties laid over."""
    properties = element.find(f"{W}pPr")
    if properties is None:
        return style
    outline = properties.find(f"{W}outlineLvl")
    level = int(outline.get(f"{W}val", "9")) + 1 if outline is not None else style.level
    return replace(
        style,
        numbering=numbering_of(properties) or style.numbering,
        level=level if level < 10 else 0,
        centred=alignment_of(properties, style.centred),
    )


def numbering_of(properties: etree._Element | None) -> tuple[str, int] | None:
    """Return (list id, level) of paragraph properties; id "0" switches an inherited list off."""
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    number, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    if number is None:
        return None
    return number.get(f"{W}val", "0"), _integer(level.get(f"{W}val")) if level is not None else 0


def alignment_of(properties: etree._Element | None, inherited: bool) -> bool:
    """Return whether paragraph properties centre their text."""
    found = properties.find(f"{W}jc") if properties is not None else None
    return inherited if found is None else found.get(f"{W}val") == "center"


def look_of(properties: etree._Element | None) -> Look:
    """Return the look that run properties ask for."""
    if properties is None:
        return Look()
    fonts = properties.find(f"{W}rFonts")
    font = None
    if fonts is not None:
        font = fonts.get(f"{W}ascii") or fonts.get(f"{W}hAnsi") or fonts.get(f"{W}cs")
    height = properties.find(f"{W}vertAlign")
    raised = None if height is None else height.get(f"{W}val") == "superscript"
    return Look(
        _toggle(properties, "b"),
        _toggle(properties, "i"),
        _toggle(properties, "vanish"),
        font,
        raised,
        _struck(properties),
        _points(properties.find(f"{W}sz")),
        _value(properties.find(f"{W}color")),
        ground_of(properties),
    )


def ground_of(properties: etree._Element | None) -> str | None:
    """Return the colour behind text as RRGGBB, by shading or marker; None where nothing is said."""
    if properties is None:
        return None
    marker = _value(properties.find(f"{W}highlight"))
    if marker is not None:
        return _MARKERS.get(marker)
    shade = properties.find(f"{W}shd")
    fill = shade.get(f"{W}fill") if shade is not None else None
    return None if fill in {None, "auto"} else fill


def _struck(properties: etree._Element) -> bool | None:
    """Return whether run properties cross the text out, by one line or two."""
    said = [found for found in (_toggle(properties, name) for name in ("strike", "dstrike")) if found is not None]
    return any(said) if said else None


def _points(size: etree._Element | None) -> float | None:
    """Return a size of letters in points: half-points, or a number with its unit as Strict files have it."""
    found = _SIZE.fullmatch(_value(size) or "")
    if found is None:
        return None
    return float(found[1]) if found[2] else float(found[1]) / 2


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(f"{W}val")


def _toggle(properties: etree._Element, name: str) -> bool | None:
    """Return an on/off property, None where it is not mentioned."""
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in {"0", "false", "off"}


def _integer(text: str | None) -> int:
    """Return a small number of the file, 0 where it is none."""
    return int(text) if text and text.isdigit() else 0
