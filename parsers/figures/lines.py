"""The lines of a report with what their surroundings say: headings, list leads, table heads.

Belongs here: walking a Document's blocks in order and handing out lines (a paragraph or a cell) with the concepts they
inherit, and telling goals and requests from results.
Stays out: tables' own structure (`table_lines`), sentences (`clauses`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalogue.groups import concepts_of
from catalogue.wordlists import either
from parsers.document import Block, Document
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.clauses import Seen
from parsers.figures.mentions import Scale
from parsers.figures.sections import groups_named, plans, speaks_of_goals
from parsers.figures.units import announced_unit, unit_in
from parsers.text.lexicon import Hit
from parsers.text.spelling import level

# What a phrase of a heading, lead or neighbour keeps, by hand (docs/reading.md); lengths in characters.
HEADING_WEIGHTS = (0.92, 0.85, 0.8)
LEAD_WEIGHT = 0.93
NEIGHBOUR_WEIGHT = 0.7
LEAD_SEEN = 0.5
LEAD_TAIL = 40
CAPTION_LINES, CAPTION_LENGTH = 3, 240
OTHER_TEXT = 1_000_000

_SKIPPED = frozenset({"letterhead", "title", "signature"})
_LEADS = re.compile(rf"(?::|{either('leads_on', ' ')})[\s:.,]*$")
_LABEL_KIND = re.compile(
    r"(?P<dash>[-–—])|(?P<plus>\+)|(?P<dot>[•*▪●✓])|(?P<num>\(?\d+[.)]?$)|(?P<deep>\d+\.\d)|(?P<letter>[a-zđ][.)]?$)|(?P<roman>[IVX]+[.)]?$)"
)
STATES = concepts_of("lead_states")
_APPENDIX = re.compile(rf"\s*(?:{either('appendix', ' ')})")


@dataclass(frozen=True)
class Line:
    """A paragraph, or a cell of a table, with what it inherits.

    `topics` gives every inherited concept a weight; `seen` are phrases that count as standing before its first number
    (a row's label, a column's head, a list's lead); `goals` says that it speaks of plans and requests. `chain`
    holds the texts it inherits from, nearest first; `under` the concepts of the row of which a cell is a part. `words`
    are the label and heads that a cell is quoted with, `trust` how surely its column holds what is wanted.
    """

    analysis: Analysis
    block: int
    row: int | None = None
    column: int | None = None
    topics: dict[str, float] = field(default_factory=dict)
    seen: tuple[Seen, ...] = ()
    whole: tuple[Hit, ...] = ()
    scale: Scale = field(default_factory=Scale)
    goals: bool = False
    under: frozenset[str] = frozenset()
    chain: tuple[Analysis, ...] = ()
    leads: tuple[int, ...] = ()
    section: str = ""
    headed: bool = False
    table: bool = False
    words: str = ""
    trust: float = 1.0


@dataclass(frozen=True)
class _Heading:
    level: int
    analysis: Analysis
    goals: bool


@dataclass(frozen=True)
class _Lead:
    kind: str
    analysis: Analysis
    leads: bool
    block: int


class Outline:
    """Where in a report the walk stands: its headings, the list items above, the paragraph before."""

    def __init__(self, analyst: Analyst) -> None:
        self._analyst = analyst
        self._headings: list[_Heading] = []
        self._leads: list[_Lead] = []
        self._neighbour: Analysis | None = None
        self._captions: list[Analysis] = []

    @property
    def goals(self) -> bool:
        """Return whether the walk stands among goals or requests."""
        return any(h.goals for h in self._headings)

    @property
    def headed(self) -> bool:
        """Return whether a heading stands above."""
        return bool(self._headings)

    def topics(self) -> dict[str, float]:
        """Return every concept that the surroundings give, with its weight."""
        found: dict[str, float] = {}
        for depth, heading in enumerate(reversed(self._headings)):
            _put(found, heading.analysis, HEADING_WEIGHTS[min(depth, 2)])
        if self._neighbour is not None:
            _put(found, self._neighbour, NEIGHBOUR_WEIGHT)
        for lead in self._leads:
            _put(found, lead.analysis, LEAD_WEIGHT)
        return found

    def lead_blocks(self) -> tuple[int, ...]:
        """Return the blocks of the list items above."""
        return tuple(lead.block for lead in self._leads)

    def section(self) -> str:
        """Return the group of figures that the nearest telling heading names."""
        for heading in reversed(self._headings):
            groups = groups_named(heading.analysis)
            if groups:
                return groups.pop() if len(groups) == 1 else ""
        return ""

    def under(self) -> frozenset[str]:
        """Return "pending" where the nearest item above speaks last of dossiers still open."""
        if not self._leads:
            return frozenset()
        states = [h.names for h in self._leads[-1].analysis.hits if h.names & STATES]
        last = states[-1] if states else frozenset[str]()
        return frozenset({"pending"}) if last & {"pending", "in_time"} else last & {"resolved"}

    def scale(self) -> Scale:
        """Return the unit of money that a heading or the paragraph under it gives for all bare numbers."""
        texts = [h.analysis.levelled for h in self._headings[-1:]] + [a.levelled for a in self._captions]
        units = (unit_in(announced_unit(text)) for text in texts)
        return next((unit for unit in units if unit is not None and unit.unit == "vnd"), Scale())

    def chain(self) -> tuple[Analysis, ...]:
        """Return the texts that the surroundings give, nearest first."""
        leads = tuple(lead.analysis for lead in reversed(self._leads))
        near = (self._neighbour,) if self._neighbour is not None else ()
        return (*leads, *near, *(h.analysis for h in reversed(self._headings)))

    def caption_unit(self) -> str:
        """Return what the paragraph or heading right before a table announces as its unit, empty for none."""
        over = [*(h.analysis for h in self._headings[-1:]), *self._captions]
        return next(filter(None, (announced_unit(a.levelled) for a in reversed(over))), "")

    def caption_topics(self) -> dict[str, float]:
        """Return the concepts of the short paragraphs right before a table."""
        found: dict[str, float] = {}
        for analysis in self._captions:
            _put(found, analysis, NEIGHBOUR_WEIGHT)
        return found

    def lead_in(self) -> tuple[Seen, ...]:
        """Return the phrases of the nearest lead of a list, behind its last number."""
        if not self._leads or not self._leads[-1].leads:
            return ()
        lead = self._leads[-1].analysis
        last = max((m.end() for m in re.finditer(r"\d|;", lead.levelled)), default=0)
        return tuple(Seen(away(h, 1), LEAD_SEEN, False) for h in reversed(lead.hits) if h.start >= last)

    def heading(self, block: Block) -> None:
        """Enter a heading."""
        analysis = self._analyst.of(block.text)
        level = block.level or 9
        self._headings = [h for h in self._headings if h.level < level]
        self._headings.append(_Heading(level, analysis, speaks_of_goals(analysis)))
        self._leads, self._neighbour, self._captions = [], None, []

    def restart(self) -> None:
        """Leave all headings: an appendix begins."""
        self._headings, self._leads, self._neighbour, self._captions = [], [], None, []

    def title(self, block: Block) -> None:
        """Take the title of an appendix as a caption of its tables."""
        self._captions = [*self._captions[1 - CAPTION_LINES :], self._analyst.of(block.text)]

    def before(self, block: Block) -> None:
        """Close the lists that a block does not belong to."""
        kind = _kind(block)
        places = [i for i, lead in enumerate(self._leads) if lead.kind == kind]
        if places:
            self._leads = self._leads[: places[0]]
        elif kind == "":
            self._leads = []

    def after(self, block: Block, analysis: Analysis) -> None:
        """Remember a block as the one that may lead the next."""
        leads = _LEADS.search(level(block.text[-LEAD_TAIL:])) is not None
        self._leads.append(_Lead(_kind(block), analysis, leads, block.index))
        self._neighbour = analysis
        self._captions = [*self._captions[1 - CAPTION_LINES :], analysis] if len(block.text) <= CAPTION_LENGTH else []


def lines_of(document: Document, analyst: Analyst) -> Iterator[tuple[Block, Line | None, Outline]]:
    """Yield every block that may print figures: a paragraph with its line, a table with none, and the outline there."""
    outline = Outline(analyst)
    for block in document.blocks:
        if block.kind in _SKIPPED:
            if _APPENDIX.match(analyst.of(block.text).levelled):
                outline.restart()
            if block.kind == "title":
                outline.title(block)
            continue
        if block.kind == "heading":
            outline.heading(block)
            if _APPENDIX.match(analyst.of(block.text).levelled):
                outline.restart()
                outline.title(block)
        if block.kind == "table":
            yield block, None, outline
            continue
        outline.before(block)
        analysis = analyst.of(block.text)
        if analysis.may_print:
            yield block, _line(block, analysis, outline), outline
        if block.kind != "heading":
            outline.after(block, analysis)


def _line(block: Block, analysis: Analysis, outline: Outline) -> Line:
    goals = outline.goals or plans(analysis)
    return Line(
        analysis,
        block.index,
        topics=outline.topics(),
        seen=outline.lead_in(),
        goals=goals,
        chain=outline.chain(),
        leads=outline.lead_blocks(),
        under=outline.under(),
        scale=outline.scale(),
        section=outline.section(),
        headed=outline.headed,
    )


def away(hit: Hit, text: int) -> Hit:
    """Return a phrase of another text (1, 2 …) at a place that no phrase of the line has."""
    return hit._replace(start=hit.start - text * OTHER_TEXT, end=hit.end - text * OTHER_TEXT)


def _kind(block: Block) -> str:
    """Return what sort of list label a block carries, empty for none."""
    label = block.label.strip()
    match = _LABEL_KIND.match(label) if label else None
    return f"{match.lastgroup}{len(label) if match['plus'] or match['dash'] else ''}" if match else ""


def _put(found: dict[str, float], analysis: Analysis, weight: float) -> None:
    for name in analysis.names:
        if found.get(name, 0.0) < weight:
            found[name] = weight
