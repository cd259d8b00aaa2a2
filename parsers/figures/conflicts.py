"""What speaks against a figure: phrases near a number that the figure cannot explain.

Belongs here: which phrases may stand by a figure, which matter to it at all, and how loudly the others object.
Stays out: how a figure is found (`propose`) and which objections fall away (`best_assignment`).

A phrase matters to a figure only if it could name a number of that unit and noun. It counts in full when it is nearer
than the phrase that names the figure, when it is of the hard kind (another period, another level, a target), or when
another figure explains both; else faintly.
"""

from __future__ import annotations

from catalogue.figures import figure_definitions
from catalogue.groups import concepts_of
from catalogue.labels import Labels, Way
from parsers.figures.analysis import DENIED, PLACE
from parsers.figures.candidate import Objection, Scope, View
from parsers.figures.clauses import Seen
from parsers.figures.mentions import Mention
from parsers.text.lexicon import Hit

# How much a phrase that a figure cannot explain speaks against it, by hand (docs/reading.md); reach in characters.
FULL, FAINT = 0.85, 0.25
CHANGE_REACH = 14
LEAD_WEIGHT = 0.5
PART_WEIGHT = 0.5

_CHANGE, _FIELD = frozenset({"change"}), frozenset({"field"})
_OWN_PERIODS = concepts_of("own_periods")
_YTD_BASES = frozenset({"ytd", "point", "year"})
_OF_PEOPLE = concepts_of("of_people")
"""Concepts that tell one group of people from another and say nothing of other things."""
_OF_MONEY = concepts_of("of_money")
"""Concepts of sums of money, which say nothing of counts."""
_OF_DOSSIERS = concepts_of("of_dossiers")
_OF_PARTS = concepts_of("parts_before")
_HARD = concepts_of("hard")
"""Concepts that speak against a figure even from farther off than the phrase that names it."""
_CASTING = concepts_of("casting")
"""Concepts of a list's lead that fall on the whole list."""


class Objector:
    """Finds the objections to a way, by the concepts of a set of labels."""

    def __init__(self, source: Labels) -> None:
        self._quiet = source.quiet
        self._sums = source.sums
        self._ytd = frozenset(code for code, d in figure_definitions().items() if d.basis in _YTD_BASES)
        self._uses: dict[str, set[tuple[str, frozenset[str]]]] = {}
        self._explains: set[tuple[str, str]] = set()
        self._explaining: dict[str, frozenset[str]] = {}
        for way in source.ways:
            self._explaining[way.figure] = self._explaining.get(way.figure, frozenset()) | way.allowed
            for name in frozenset[str]().union(*way.all):
                self._uses.setdefault(name, set()).add((way.unit, way.nouns))
                if way.printed:
                    self._explains |= {(other, name) for other in way.allowed - {name}}

    def explaining(self, figure: str) -> frozenset[str]:
        """Return all concepts that may stand by a figure in any of its ways."""
        return self._explaining.get(figure, frozenset())

    def explained(self, hit: Hit, allowed: frozenset[str], weight: float) -> bool:
        """Return whether a phrase may stand by a figure: allowed, quiet, or of a lead that casts no shadow."""
        if hit.names & allowed or hit.names & self._quiet:
            return True
        return hit.start < 0 and weight <= LEAD_WEIGHT and not hit.names & _CASTING

    def against(self, way: Way, claims: frozenset[int], reach: int, view: View) -> tuple[Objection, ...]:
        """Return the phrases that a way cannot explain and does not claim; `reach` is how far off its own stand."""
        allowed = self._allowed(way, view.scope)
        found = []
        for side, ok in ((view.left, allowed | way.left | way.topic), (view.right, allowed)):
            on_left = side is view.left
            for seen in side:
                if seen.hit.start in claims or self.explained(seen.hit, ok, seen.weight):
                    continue
                if seen.hit.names == PLACE and not self._parts(way, view.mention, on_left):
                    continue
                if on_left and seen.hit.names == DENIED and any(place >= view.mention.after for place in claims):
                    continue
                if self._matters(seen, way, view.mention, on_left):
                    loud = not _only_leads(seen, claims, view) and self._is_loud(way, seen, reach, on_left)
                    share = FULL if loud else FAINT
                    found.append(Objection(seen.hit.start, 1.0 - share * seen.weight))
        return tuple(found)

    def _parts(self, way: Way, mention: Mention, on_left: bool) -> bool:
        """Return whether a place by its name makes a number a part: before it, unless the figure is summed of parts."""
        return on_left and (way.figure not in self._sums or mention.denial is not None)

    def to_follower(self, seen: list[Seen], allowed: frozenset[str]) -> tuple[Objection, ...]:
        """Return the objections to a number that has its figure from the one before it."""
        near = (s for s in seen if s.strict and not self.explained(s.hit, allowed, s.weight))
        return tuple(Objection(s.hit.start, 1.0 - FULL * s.weight) for s in near)

    def _allowed(self, way: Way, scope: Scope) -> frozenset[str]:
        """Return the concepts that may stand by a way, periods of its basis counted in."""
        cumulative = way.figure in self._ytd or scope.months
        return way.allowed | _OWN_PERIODS | ({"p_ytd"} if cumulative else frozenset[str]())

    def _matters(self, seen: Seen, way: Way, mention: Mention, on_left: bool) -> bool:
        """Return whether a phrase may speak of a number at all, by the units and nouns of the figures that it names."""
        names = seen.hit.names
        if mention.out_of is not None and not on_left and not names & _HARD:
            return False
        if names == _CHANGE:
            return seen.distance <= CHANGE_REACH
        if names <= _OF_MONEY and way.unit == "count":
            return False
        if names <= _OF_PEOPLE:
            return "person" in way.nouns
        if names == _FIELD:
            return bool(way.topic & _OF_DOSSIERS) or bool(way.nouns & {"dossier", "procedure"})
        return any(self._may_name(name, way, mention) for name in names)

    def _may_name(self, name: str, way: Way, mention: Mention) -> bool:
        """Return whether a concept could name a number of a way's unit and with the number's noun."""
        uses = self._uses.get(name)
        if uses is None:
            return True
        return any(u == way.unit and (not mention.nouns or not n or n & mention.nouns) for u, n in uses)

    def _is_loud(self, way: Way, seen: Seen, reach: int, on_left: bool) -> bool:
        names = seen.hit.names
        if names & _HARD or (seen.hit.start < 0 and names & _CASTING):
            return True
        if on_left and seen.weight >= PART_WEIGHT and names & _OF_PARTS:
            return True
        if any((core, name) in self._explains for group in way.all for core in group for name in names):
            return True
        return seen.strict and seen.distance <= reach


def _only_leads(seen: Seen, claims: frozenset[int], view: View) -> bool:
    """Return whether a phrase stands before a colon and the naming one between it and the number: a mere topic."""
    if not seen.led or seen.hit.names & _HARD:
        return False
    return any(s.hit.start in claims and not s.led for s in view.left)
