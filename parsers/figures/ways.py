"""Which figures a number may be, by the concepts around it.

Belongs here: holding every way of the labels against what stands left and right of a number and giving each fitting one
a score, the phrases it claims, and the phrases that speak against it.
Stays out: sums of money and their roles (`money`), and the choice among the options of a whole sentence (`assign`).

A score is the product of how near the naming phrases stand, how surely the topic is given, and how well the noun fits.
A phrase that the figure cannot explain is an objection: it costs the option unless the neighbouring number claims it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from catalogue.figures import figure_definitions
from catalogue.labels import Labels, Way, labels
from parsers.figures.clauses import Seen
from parsers.figures.lexicon import Hit
from parsers.figures.mentions import Mention
from parsers.figures.options import Objection, Option, Scope

LEAST = 0.3
WHOLE_PHRASE = 1.06
NO_NOUN = 0.97
NO_UNIT_WORD = 0.93
OBJECTION, FAINT_OBJECTION = 0.85, 0.25
CHANGE_REACH = 14
SHADED = 0.6
LEAD_WEIGHT = 0.5
SHY, STRANGE = 0.72, 0.78
BOTH_SIDES = 0.98

_NEIGHBOURS = (
    {"procedures", "egovernment"}, {"organisation", "civil_service"}, {"steering", "civil_service"},
    {"steering", "institutions"},
)  # fmt: skip
_CHANGE, _FIELD = frozenset({"change"}), frozenset({"field"})
_YTD_BASES = frozenset({"ytd", "point", "year"})
_OF_PEOPLE = frozenset({"village", "person_part"})
"""Concepts that tell one group of people from another and say nothing of other things."""
_OF_MONEY = frozenset(
    {
        "revenue",
        "expenditure",
        "state_revenue",
        "ward_revenue",
        "ward_expenditure",
        "budget",
        "finance_part",
        "survey_back",
    }
)
"""Concepts of sums of money, which say nothing of counts."""
_OF_DOSSIERS = frozenset({"dossier", "onestop", "digitise", "online"})
_OF_PARTS = frozenset({"field", "procedure_part"})
_HARD = frozenset(
    {"p_other", "p_prior", "p_future", "scope_other", "target", "average", "undisbursed", "complaint"}
    | {"village", "person_part", "task_part", "all_kinds"}
)
"""Concepts that speak against a figure even from farther off than the phrase that names it."""
_CASTING = frozenset(
    {
        "p_other",
        "p_prior",
        "p_future",
        "remaining",
        "scope_other",
        "target",
        "complaint",
        "undisbursed",
        "other_dossier",
    }
)
"""Concepts of a list's lead that fall on the whole list."""


class WayBook:
    """The ways of a set of labels, found by the concepts they need."""

    def __init__(self, source: Labels) -> None:
        self.labels = source
        self._by_concept: dict[str, list[Way]] = defaultdict(list)
        for way in source.ways:
            for concept in way.all[0]:
                self._by_concept[concept].append(way)
        bases = {code: d.basis for code, d in figure_definitions().items()}
        self._ytd = frozenset(code for code, basis in bases.items() if basis in _YTD_BASES)
        self._stocks = frozenset(code for code, basis in bases.items() if basis == "point")
        self._groups = {code: d.group for code, d in figure_definitions().items()}
        self._first_way = {way.figure: way for way in reversed(source.ways)}
        self._uses: dict[str, set[tuple[str, frozenset[str]]]] = {}
        self._explains: set[tuple[str, str]] = set()
        for way in source.ways:
            for name in frozenset[str]().union(*way.all):
                self._uses.setdefault(name, set()).add((way.unit, way.nouns))
                if way.printed:
                    self._explains |= {(other, name) for other in way.allowed - {name}}
        self._explaining: dict[str, frozenset[str]] = {}
        for way in source.ways:
            self._explaining[way.figure] = self._explaining.get(way.figure, frozenset()) | way.allowed

    def options(
        self, mention: Mention, left: list[Seen], right: list[Seen], whole: list[Hit], scope: Scope
    ) -> list[Option]:
        """Return the figures a number may be, best first, one a figure and side."""
        if mention.counts_other:
            return []
        found: dict[tuple[str, str], Option] = {}
        for way, side in self._candidates(left, right):
            option = self._option(way, side, mention, left, right, scope)
            if option is not None:
                _keep_better(found, option)
        self._add_whole(found, mention, left, right, whole, scope)
        return sorted(found.values(), key=lambda o: -o.score)

    def _candidates(self, left: list[Seen], right: list[Seen]) -> list[tuple[Way, str]]:
        """Return the ways whose first concept stands on a side, with the sides to try."""
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

    def _option(
        self, way: Way, side: str, mention: Mention, left: list[Seen], right: list[Seen], scope: Scope
    ) -> Option | None:
        fit = _fit(way, mention)
        if not fit or not self._inherits(way, mention, scope):
            return None
        if mention.denial is not None and way.figure in self._stocks:
            return None
        using = left if side == "L" else right if side == "R" else [*right, *left]
        claimed = [_best(group, using) for group in way.all]
        if any(c is None for c in claimed):
            return None
        core = [c for c in claimed if c is not None]
        topic = scope.weight(way.topic, mention.after) if way.topic else 1.0
        score = (
            (min(c.weight for c in core) + max(c.weight for c in core))
            / 2
            * fit
            * topic
            * way.weight
            * (BOTH_SIDES if side == "B" else 1.0)
        )
        score *= self._shade(way, scope, mention.start) * self.at_home(way.figure, scope)
        if score < LEAST:
            return None
        claims = frozenset(c.hit.start for c in core)
        label = " … ".join(c.hit.text for c in sorted(core, key=lambda c: c.hit.start))
        reach = max(c.distance for c in core)
        objections = self._objections(way, claims, reach, mention, left, right, scope)
        repeats = way.figure in self.labels.sums
        return Option(way.figure, min(score, 1.0), side, claims, label, objections, way.printed, repeats=repeats)

    def _inherits(self, way: Way, mention: Mention, scope: Scope) -> bool:
        """Tell whether what a way needs of the surroundings is given."""
        if way.topic and scope.weight(way.topic, mention.after) <= 0:
            return False
        if way.under and not way.under & scope.under:
            return False
        if scope.silent(mention.start):
            return False
        if any(scope.sentence.get(name, mention.start) < mention.start for name in way.unless):
            return False
        return not way.near or scope.near(way.near, mention.start)

    def _shade(self, way: Way, scope: Scope, at: int) -> float:
        """Return what a way keeps where another way is meant by what the number is a part of."""
        shy = SHY if way.shy and scope.near(way.shy, at) else 1.0
        rivals = [w for name in way.all[0] for w in self._by_concept[name] if w.under]
        rival = any(w.figure != way.figure and w.under & scope.under and w.unit == way.unit for w in rivals)
        return shy * (SHADED if rival and not way.under else 1.0)

    def _objections(
        self,
        way: Way,
        claims: frozenset[int],
        reach: int,
        mention: Mention,
        left: list[Seen],
        right: list[Seen],
        scope: Scope,
    ) -> tuple[Objection, ...]:
        """Return the phrases that a way cannot explain; faint ones where they stand farther off than its own."""
        allowed = self.allowed(way.figure, way.allowed, scope)
        found = []
        for side, ok in ((left, allowed | way.left | way.topic), (right, allowed)):
            for seen in side:
                if seen.hit.start in claims or self.explained(seen.hit, ok, seen.weight):
                    continue
                if not self._matters(seen.hit, way, mention):
                    continue
                if seen.hit.names == _CHANGE and seen.distance > CHANGE_REACH:
                    continue
                if mention.out_of is not None and side is right and not seen.hit.names & _HARD:
                    continue
                strong = self._speaks_loud(way, seen, reach, side is left)
                found.append(Objection(seen.hit.start, 1.0 - (OBJECTION if strong else FAINT_OBJECTION) * seen.weight))
        return tuple(found)

    def unit_of(self, figure: str) -> str:
        """Return the unit of a figure or named other thing."""
        way = self._first_way.get(figure)
        return way.unit if way is not None else figure_definitions()[figure].unit

    def may_count(self, figure: str, mention: Mention) -> bool:
        """Tell whether the noun behind a number does not rule a figure out."""
        way = self._first_way.get(figure)
        return way is None or not mention.nouns or not way.nouns or bool(mention.nouns & way.nouns)

    def names_total(self, figure: str) -> bool:
        """Tell whether a percentage is of a count that other shares are of as well."""
        return figure in ("dossiers_resolved_pct", "dossiers_online_pct", "plan_completion_pct")

    def counts(self, figure: str, mention: Mention) -> bool:
        """Tell whether the noun behind a number is one that a figure counts."""
        way = self._first_way.get(figure)
        return way is not None and bool(mention.nouns & way.nouns)

    def explaining(self, figure: str) -> frozenset[str]:
        """Return all concepts that may stand by a figure in any of its ways."""
        return self._explaining.get(figure, frozenset())

    def _speaks_loud(self, way: Way, seen: Seen, reach: int, on_left: bool) -> bool:
        """Tell whether an objection counts in full: it is of the hard kind, nearer than the name, or explains it."""
        names = seen.hit.names
        if (
            names & _HARD
            or (on_left and seen.weight >= 0.5 and names & _OF_PARTS)
            or (seen.hit.start < 0 and names & _CASTING)
        ):
            return True
        if any((core, name) in self._explains for group in way.all for core in group for name in names):
            return True
        return seen.strict and seen.distance <= reach

    def _matters(self, hit: Hit, way: Way, mention: Mention) -> bool:
        """Tell whether a phrase may speak of a number at all, by the units and nouns of the figures that it names."""
        if hit.names <= _OF_MONEY and way.unit == "count":
            return False
        if hit.names <= _OF_PEOPLE:
            return "person" in way.nouns
        if hit.names == _FIELD:
            return bool(way.topic & _OF_DOSSIERS) or bool(way.nouns & {"dossier", "procedure"})
        for name in hit.names:
            uses = self._uses.get(name)
            if uses is None or any(
                u == way.unit and (not mention.nouns or not n or n & mention.nouns) for u, n in uses
            ):
                return True
        return False

    def at_home(self, figure: str, scope: Scope) -> float:
        """Return what a figure keeps in a section that belongs to other figures."""
        group = self._groups.get(figure, "")
        if group == "organisation" and scope.headed and not scope.section:
            return STRANGE
        if not scope.section or not group or group == scope.section:
            return 1.0
        return 1.0 if {group, scope.section} in _NEIGHBOURS else STRANGE

    def allowed(self, figure: str, concepts: frozenset[str], scope: Scope) -> frozenset[str]:
        """Return the concepts that may stand by a figure, periods of its basis counted in."""
        extra = {"p_this", "p_year"}
        if figure in self._ytd or scope.months:
            extra.add("p_ytd")
        return concepts | extra

    def explained(self, hit: Hit, allowed: frozenset[str], weight: float) -> bool:
        """Tell whether a phrase may stand by a figure: allowed, quiet, or of a lead that casts no shadow."""
        if hit.names & allowed or hit.names & self.labels.quiet:
            return True
        return hit.start < 0 and weight <= LEAD_WEIGHT and not hit.names & _CASTING

    def _add_whole(
        self,
        found: dict[tuple[str, str], Option],
        mention: Mention,
        left: list[Seen],
        right: list[Seen],
        whole: list[Hit],
        scope: Scope,
    ) -> None:
        """Add the figures that a whole phrase names, and strengthen those found by concepts already."""
        spans = [(s, "L") for s in left] + [(s, "R") for s in right]
        for phrase in whole:
            if _cuts_through(phrase, whole, spans):
                continue
            inside = [(s, side) for s, side in spans if phrase.start <= s.hit.start < phrase.end]
            if not inside:
                continue
            seen, side = max(inside, key=lambda pair: pair[0].weight)
            for figure in phrase.figures:
                option = self._whole(figure, phrase, seen, side, mention, left, right, scope)
                if option is not None:
                    _keep_better(found, option)

    def _whole(
        self,
        figure: str,
        phrase: Hit,
        seen: Seen,
        side: str,
        mention: Mention,
        left: list[Seen],
        right: list[Seen],
        scope: Scope,
    ) -> Option | None:
        way = self._first_way.get(figure)
        fit = _fit(way, mention) if way is not None else 0.0
        if way is None or not fit or scope.silent(mention.start) or (way.under and not way.under & scope.under):
            return None
        if mention.denial is not None and figure in self._stocks:
            return None
        if side == "R" and mention.out_of is not None and not any(seen.hit.names & group for group in way.all):
            return None
        claims = frozenset(s.hit.start for s in (*left, *right) if phrase.start <= s.hit.start < phrase.end)
        score = min(1.0, seen.weight * fit * WHOLE_PHRASE) * self._shade(way, scope, mention.start)
        objections = self._objections(way, claims, seen.distance, mention, left, right, scope)
        return Option(figure, score, side, claims, phrase.text, objections) if score >= LEAST else None


def _cuts_through(phrase: Hit, whole: list[Hit], spans: list[tuple[Seen, str]]) -> bool:
    """Tell whether a whole phrase is but the beginning or the end of something longer that stands there."""
    if any(w.start <= phrase.start and phrase.end <= w.end and len(w.text) > len(phrase.text) for w in whole):
        return True
    return any(s.hit.start < phrase.end < s.hit.end or s.hit.start < phrase.start < s.hit.end for s, _ in spans)


def _fit(way: Way, mention: Mention) -> float:
    """Return how well unit and noun of a number fit a way, 0 where they cannot."""
    if mention.denial is not None:
        return 0.95 if way.unit != "percent" else 0.0
    if way.unit != mention.unit:
        return 0.0
    if way.unit != "count":
        return 1.0
    if mention.value != mention.value.to_integral_value():
        return 0.0
    if not mention.nouns or not way.nouns:
        return NO_NOUN if way.nouns else NO_UNIT_WORD
    return 1.0 if mention.nouns & way.nouns else 0.0


def _best(group: frozenset[str], using: list[Seen]) -> Seen | None:
    """Return the nearest phrase that says one of the concepts."""
    return max((s for s in using if s.hit.names & group), key=lambda s: s.weight, default=None)


def _keep_better(found: dict[tuple[str, str], Option], option: Option) -> None:
    key = (option.figure, option.side)
    if key not in found or found[key].score < option.score:
        found[key] = option


@cache
def way_book() -> WayBook:
    """Return the ways of the labels that ship with the catalogue."""
    return WayBook(labels())
