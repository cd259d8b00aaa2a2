"""Which figures a number may be, by the concepts around it.

Belongs here: holding every way of the labels against what stands left and right of a number, and giving each fitting
one a score and the phrases it claims.
Stays out: what speaks against a figure (`conflicts`), sums of money and their roles (`money`), and the choice among
the candidates of a whole sentence (`choose`).

A score is the product of how near the naming phrases stand, how surely the topic is given, and how well the noun fits.
"""

from __future__ import annotations

from collections import defaultdict

from catalogue.figures import figure_definitions
from catalogue.labels import Labels, Way
from parsers.figures.analysis import DENIED as DENIED_PHRASE
from parsers.figures.candidate import Candidate, Scope, View
from parsers.figures.clauses import Seen
from parsers.figures.conflicts import Objector
from parsers.figures.mentions import Mention
from parsers.text.lexicon import Hit

# Weights and the least that is weighed at all, by hand on the marked reports (docs/reading.md).
LEAST = 0.3
WHOLE_PHRASE = 1.06
DENIED, NO_NOUN, NO_UNIT_WORD = 0.95, 0.97, 0.93
BOTH_SIDES = 0.98
SHADED, SHY, STRANGE = 0.6, 0.72, 0.78

_NEIGHBOURS = (
    {"procedures", "egovernment"},
    {"organisation", "civil_service"},
    {"steering", "civil_service"},
    {"steering", "institutions"},
)
"""Groups of figures that are printed in each other's sections."""


class WayBook:
    """The ways of a set of labels, found by the concepts they need."""

    def __init__(self, source: Labels) -> None:
        self.labels = source
        self.objector = Objector(source)
        self._by_concept: dict[str, list[Way]] = defaultdict(list)
        for way in source.ways:
            for concept in way.all[0]:
                self._by_concept[concept].append(way)
        self._stocks = frozenset(code for code, d in figure_definitions().items() if d.basis == "point")
        self._flows = frozenset(c for c, d in figure_definitions().items() if d.basis == "period" and d.unit == "count")
        self._yearly = frozenset(code for code, d in figure_definitions().items() if d.basis == "year")
        self._groups = {code: d.group for code, d in figure_definitions().items()}
        self._first_way = {way.figure: way for way in reversed(source.ways)}

    def candidates(self, view: View, whole: list[Hit]) -> list[Candidate]:
        """Return the figures a number may be, best first, one a figure and side; `whole` are whole-figure phrases."""
        if view.mention.counts_other:
            return []
        found: dict[tuple[str, str], Candidate] = {}
        for way, side in self._ways_said(view.left, view.right):
            _keep_better(found, self._candidate(way, side, view))
        self._add_whole(found, view, whole)
        return sorted(found.values(), key=lambda o: (-o.score, o.figure))

    def unit_of(self, figure: str) -> str:
        """Return the unit of a figure or named other thing."""
        way = self._first_way.get(figure)
        return way.unit if way is not None else figure_definitions()[figure].unit

    def may_count(self, figure: str, mention: Mention) -> bool:
        """Return whether the noun behind a number does not rule a figure out."""
        way = self._first_way.get(figure)
        return way is None or not mention.nouns or not way.nouns or bool(mention.nouns & way.nouns)

    def counts(self, figure: str, mention: Mention) -> bool:
        """Return whether the noun behind a number is one that a figure counts."""
        way = self._first_way.get(figure)
        return way is not None and bool(mention.nouns & way.nouns)

    def _ways_said(self, left: list[Seen], right: list[Seen]) -> list[tuple[Way, str]]:
        """Return the ways whose concepts stand on a side, or on both together, with the sides to try."""
        on_left = {name for s in left for name in s.hit.names}
        on_right = {name for s in right for name in s.hit.names}
        both = on_left | on_right
        ways = {id(w): w for name in both for w in self._by_concept.get(name, ())}
        found = []
        for way in ways.values():
            sides = [side for side, names in (("L", on_left), ("R", on_right)) if all(g & names for g in way.all)]
            if len(way.all) > 1 and on_left and on_right and all(g & both for g in way.all):
                sides.append("B")
            found += [(way, side) for side in sides]
        return found

    def _candidate(self, way: Way, side: str, view: View) -> Candidate | None:
        """Return what a way gives on a side, None where it cannot be or is too weak."""
        fit = self._fit(way, view)
        core = _claimed(way, view.left if side == "L" else view.right if side == "R" else [*view.right, *view.left])
        if not fit or core is None or not _near_enough(way, view):
            return None
        topic = view.scope.weight(way.topic, view.mention.after) if way.topic else 1.0
        weights = [c.weight for c in core]
        score = (min(weights) + max(weights)) / 2 * fit * topic * way.weight * self._setting(way, view)
        if side == "B":
            score *= BOTH_SIDES
        if score < LEAST:
            return None
        claims = frozenset(c.hit.start for c in core)
        label = " … ".join(c.hit.text for c in sorted(core, key=lambda c: c.hit.start))
        objections = self.objector.against(way, claims, max(c.distance for c in core), view)
        repeats = way.figure in self.labels.sums
        return Candidate(way.figure, min(score, 1.0), side, claims, label, objections, way.printed, repeats=repeats)

    def _fit(self, way: Way, view: View) -> float:
        """Return how well unit and noun of a number fit a way, 0 where the way cannot be."""
        mention, scope = view.mention, view.scope
        if scope.silent(mention.start) or (way.under and not way.under & scope.under):
            return 0.0
        if any(scope.named.get(name, mention.start) < mention.start for name in way.unless):
            return 0.0
        if way.fraction and mention.out_of is None:
            return 0.0
        if scope.past and way.figure in self._flows:
            return 0.0
        if mention.out_of is not None and way.figure in self._yearly:
            return 0.0
        if mention.denial is not None:
            return DENIED if way.unit != "percent" and way.figure not in self._stocks else 0.0
        return _unit_fit(way, mention)

    def _setting(self, way: Way, view: View) -> float:
        """Return what a way keeps in its surroundings: where others are meant, where it is shy, or not at home."""
        shy = SHY if way.shy and view.scope.near(way.shy, view.mention.start) else 1.0
        rivals = [w for name in way.all[0] for w in self._by_concept[name] if w.under and w.figure != way.figure]
        meant = any(w.under & view.scope.under and w.unit == way.unit for w in rivals) and not way.under
        return shy * (SHADED if meant else 1.0) * self._at_home(way.figure, view.scope)

    def _at_home(self, figure: str, scope: Scope) -> float:
        """Return what a figure keeps in a section that belongs to other figures."""
        group = self._groups.get(figure, "")
        if group == "organisation" and scope.headed and not scope.section:
            return STRANGE
        if not scope.section or not group or group == scope.section:
            return 1.0
        return 1.0 if {group, scope.section} in _NEIGHBOURS else STRANGE

    def _add_whole(self, found: dict[tuple[str, str], Candidate], view: View, whole: list[Hit]) -> None:
        """Add the figures that a whole phrase names, and strengthen those found by concepts already."""
        for phrase in whole:
            inside = [s for s in view.both if phrase.start <= s.hit.start < phrase.end]
            denied = any(s.hit.names == DENIED_PHRASE for s in inside)
            if inside and not denied and not _cuts_through(phrase, whole, view.both):
                best = max(inside, key=lambda s: s.weight)
                for figure in phrase.figures:
                    _keep_better(found, self._whole(figure, phrase, best, view))

    def _whole(self, figure: str, phrase: Hit, seen: Seen, view: View) -> Candidate | None:
        """Return the figure that a whole phrase names, by the best seen of its parts."""
        way = self._first_way.get(figure)
        fit = self._fit(way, view) if way is not None else 0.0
        side = "L" if seen in view.left else "R"
        if way is None or not fit:
            return None
        below = side == "R" and view.mention.out_of is not None
        if below and not any(seen.hit.names & group for group in way.all):
            return None
        claims = frozenset(s.hit.start for s in view.both if phrase.start <= s.hit.start < phrase.end)
        score = min(1.0, seen.weight * fit * WHOLE_PHRASE) * self._setting(way, view)
        objections = self.objector.against(way, claims, seen.distance, view)
        return Candidate(figure, score, side, claims, phrase.text, objections) if score >= LEAST else None


def _claimed(way: Way, using: list[Seen]) -> list[Seen] | None:
    """Return for every set of concepts of a way the nearest phrase that says one, None where one is not said."""
    core = [max((s for s in using if s.hit.names & g), key=lambda s: s.weight, default=None) for g in way.all]
    return None if any(c is None for c in core) else [c for c in core if c is not None]


def _near_enough(way: Way, view: View) -> bool:
    """Return whether what a way needs of the surroundings is given."""
    if way.topic and view.scope.weight(way.topic, view.mention.after) <= 0:
        return False
    return not way.near or view.scope.near(way.near, view.mention.start)


def _cuts_through(phrase: Hit, whole: list[Hit], seen: list[Seen]) -> bool:
    """Return whether a whole phrase is but the beginning or the end of something longer that stands there."""
    if any(w.start <= phrase.start and phrase.end <= w.end and len(w.text) > len(phrase.text) for w in whole):
        return True
    return any(s.hit.start < phrase.end < s.hit.end or s.hit.start < phrase.start < s.hit.end for s in seen)


def _unit_fit(way: Way, mention: Mention) -> float:
    if way.unit != mention.unit:
        return 0.0
    if way.unit != "count":
        return 1.0
    if mention.value != mention.value.to_integral_value():
        return 0.0
    if not mention.nouns or not way.nouns:
        return NO_NOUN if way.nouns else NO_UNIT_WORD
    return 1.0 if mention.nouns & way.nouns else 0.0


def _keep_better(found: dict[tuple[str, str], Candidate], candidate: Candidate | None) -> None:
    if candidate is None:
        return
    key = (candidate.figure, candidate.side)
    if key not in found or found[key].score < candidate.score:
        found[key] = candidate
