"""Automatic numbers of a DOCX, as Word prints them.

Belongs here: lists, their levels and formats, and the counters that run along the document.
Stays out: which paragraph belongs to which list (`styles`, `docx`).

Source of the rules: ECMA-376 part 1, 17.9 (numbering). Lists that share an abstract definition share its counters; a
level starts again after any higher level, unless `lvlRestart` says 0; an override with a start begins a list anew.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from parsers.readers.docx.styles import W

_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LARGEST_ROMAN = 399  # the largest that these digits write
_LEVELS = 9  # ECMA-376, part 1, 17.9.6: levels 0 to 8


@dataclass(frozen=True)
class Level:
    """One level of a list: its format, the pattern with %1 … %9, where it starts, whether it restarts."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1
    restarts: bool = True
    legal: bool = False


@dataclass
class Numbering:
    """The lists of a document and how far each has counted."""

    lists: dict[str, tuple[str, dict[int, Level]]] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    _counters: dict[str, list[int | None]] = field(default_factory=dict)
    _begun: set[tuple[str, int]] = field(default_factory=set)

    def next_label(self, number: str, depth: int) -> str:
        """Return the printed number of the next paragraph of list `number` at `depth` (0–8); "" for none."""
        if number not in self.lists or not 0 <= depth < _LEVELS:
            return ""
        abstract, levels = self.lists[number]
        counters = self._counters.setdefault(abstract, [None] * _LEVELS)
        self._advance(number, depth, levels, counters)
        level = levels.get(depth, Level())
        if level.form == "bullet":
            return level.pattern if level.pattern in {"+", "*", "•"} else "-"
        if level.form == "none" and not level.pattern:
            return ""
        return self._filled(level, levels, counters)

    def _advance(self, number: str, depth: int, levels: dict[int, Level], counters: list[int | None]) -> None:
        """Count one paragraph."""
        if (number, depth) in self.starts and (number, depth) not in self._begun:
            self._begun.add((number, depth))
            counters[depth] = self.starts[number, depth]
        else:
            before = counters[depth]
            counters[depth] = levels.get(depth, Level()).start if before is None else before + 1
        for deeper in range(depth + 1, _LEVELS):
            if levels.get(deeper, Level()).restarts:
                counters[deeper] = None

    def _filled(self, level: Level, levels: dict[int, Level], counters: list[int | None]) -> str:
        """Return a level's pattern with the counters written in."""

        def write(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            shown = levels.get(depth, Level())
            count = counters[depth]
            return written(shown.start if count is None else count, "decimal" if level.legal else shown.form)

        return _PLACE.sub(write, level.pattern).strip()


def written(count: int, form: str) -> str:
    """Return a count in a number format of Word; formats without use here are written in digits."""
    if form in {"upperRoman", "lowerRoman"} and 0 < count <= _LARGEST_ROMAN:
        roman = _roman(count)
        return roman if form == "upperRoman" else roman.lower()
    if form in {"upperLetter", "lowerLetter"} and count > 0:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    return f"{count:02d}" if form == "decimalZero" else "" if form == "none" else str(count)


def _roman(count: int) -> str:
    """Return a count in Roman numerals."""
    digits = []
    for value, digit in _ROMAN:
        digits.append(digit * (count // value))
        count %= value
    return "".join(digits)


def read_numbering(root: etree._Element | None) -> Numbering:
    """Return the lists of a numbering part, none where the part is missing."""
    if root is None:
        return Numbering()
    abstracts = {a.get(f"{W}abstractNumId", ""): a for a in root.findall(f"{W}abstractNum")}
    links = {link.get(f"{W}val", ""): a for a in abstracts.values() if (link := a.find(f"{W}styleLink")) is not None}
    numbering = Numbering()
    for element in root.findall(f"{W}num"):
        number = element.get(f"{W}numId", "")
        target = element.find(f"{W}abstractNumId")
        name = target.get(f"{W}val", "") if target is not None else ""
        abstract = abstracts.get(name)
        if abstract is not None:
            numbering.lists[number] = (name, _levels(_linked(abstract, links)))
            _override(numbering, number, element)
    return numbering


def _linked(abstract: etree._Element, links: dict[str, etree._Element]) -> etree._Element:
    """Return the definition a list style points to, else the definition itself."""
    link = abstract.find(f"{W}numStyleLink")
    return abstract if link is None else links.get(link.get(f"{W}val", ""), abstract)


def _levels(holder: etree._Element) -> dict[int, Level]:
    """Return the levels that stand directly under an element."""
    return {_number(e.get(f"{W}ilvl"), 0): _level(e) for e in holder.findall(f"{W}lvl")}


def _override(numbering: Numbering, number: str, element: etree._Element) -> None:
    """Lay a list's own overrides over its definition."""
    name, levels = numbering.lists[number]
    changed = dict(levels)
    for override in element.findall(f"{W}lvlOverride"):
        depth = _number(override.get(f"{W}ilvl"), 0)
        changed.update(_levels(override))
        start = override.find(f"{W}startOverride")
        if start is not None:
            numbering.starts[number, depth] = _number(start.get(f"{W}val"), 1)
    numbering.lists[number] = (name, changed)


def _level(element: etree._Element) -> Level:
    """Return one level."""

    def value(name: str) -> str | None:
        found = element.find(f"{W}{name}")
        return None if found is None else found.get(f"{W}val", "")

    return Level(
        form=value("numFmt") or "decimal",
        pattern=value("lvlText") or "",
        start=_number(value("start"), 1),
        restarts=value("lvlRestart") != "0",
        legal=value("isLgl") not in {None, "0", "false"},
    )


def _number(text: str | None, otherwise: int) -> int:
    """Return a count of the file, `otherwise` where it is none."""
    return int(text) if text and text.isdigit() and len(text) < 7 else otherwise
