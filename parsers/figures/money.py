"""Public finance: the figures that a subject and a role make of sums and percentages.

Belongs here: the figure that a subject (`subjects`) and a role (`roles`) make of a sum or percentage, and what a number
is by the sum or percentage before it.
Stays out: investment, payments and all counts (`propose`).

Sentences of this kind run "A is X, cumulative Y of plan Z, reaching P% of the plan and Q% of last year": the subject
stands once, often a sentence or a heading earlier, and every number names its role beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from catalogue.figures import figure_definitions
from catalogue.labels import Labels
from parsers.figures.candidate import Candidate, View
from parsers.figures.choice import Choice
from parsers.figures.clauses import Group, Seen, parted_before
from parsers.figures.lines import Line
from parsers.figures.mentions import Mention
from parsers.figures.roles import (
    opens_cumulative,
    period_named,
    role_before,
    role_below,
    role_beside,
    shared_role,
    spoken_against,
)
from parsers.figures.subjects import Subject, of_council, subject_of
from parsers.text.lexicon import Hit

_SHIFTS = {
    ("revenue_of_state", "budget"): "town",
    ("revenue_of_ward", "town"): "budget",
    ("revenue_of_ward", "council"): "budget",
    ("expenditure_of_ward", "town"): "budget",
    ("expenditure_of_ward", "council"): "budget",
}
"""What a plan is to a subject that has only one: whoever gave the ward's budget, it is the budget."""
# Weights by hand on the marked reports (docs/reading.md).
ROLE_UNSAID, ROLE_GOVERNED, SHIFTED = 0.84, 0.92, 0.9
FOLLOWING, FOLLOWING_FAR = 0.9, 0.8


class Ledger:
    """Finds the figures of public finance by subject and role."""

    def __init__(self, source: Labels) -> None:
        units = {code: d.unit for code, d in figure_definitions().items()}
        self.figure_of = {(subject, role, units[code]): code for code, (subject, role) in source.money.items()}
        self.roles = source.money

    def candidates(self, group: Group, index: int, view: View, earlier: list[Hit], line: Line) -> list[Candidate]:
        """Return the one figure a sum or percentage may be, if any; `earlier` are phrases before its sentence."""
        mention = group.mentions[index]
        if mention.counts_other or (mention.unit == "count" and mention.denial is None):
            return []
        subject = subject_of(group, index, view, earlier, line.chain)
        if subject is None or spoken_against(mention, view.left, view.right):
            return []
        inherited = group.before if index > 0 else []
        role, role_weight, role_hit = role_beside(mention, [*view.left, *inherited], view.right, line.analysis.levelled)
        if not role and mention.unit != "percent" and opens_cumulative(group, index):
            role, role_weight = "ytd", ROLE_GOVERNED
        if mention.unit == "percent" and not role:
            role, role_weight = shared_role(group, index), ROLE_UNSAID
        if mention.unit == "percent" and not role:
            return []
        if not role and subject.place < 0:
            return []
        return self._made(mention, subject, role, role_weight, role_hit)

    def share_of(self, figure: str) -> str | None:
        """Return the percentage of the usual plan that goes with a sum of this period or since January."""
        subject, role = self.roles.get(figure, ("", ""))
        if role not in ("period", "ytd"):
            return None
        return self.figure_of.get((subject, "town" if subject == "revenue_of_state" else "budget", "percent"))

    def names_role(self, mention: Mention, left: list[Seen], right: list[Seen]) -> bool:
        """Return whether phrases right beside a percentage say what it is to its subject."""
        return mention.unit == "percent" and bool(role_beside(mention, [s for s in left if s.strict], right)[0])

    def followers(
        self, group: Group, index: int, before: list[Candidate], parent: Choice | None, chosen: Iterable[Choice]
    ) -> list[Candidate]:
        """Return what a number is by the sum or percentage it follows.

        A percentage after "X of plan Y" is of Y's kind; a fraction in brackets behind a percentage is this subject's
        sum over the plan or last year's sum; one sum in brackets is what the percentage is of.
        """
        mention = group.mentions[index]
        if mention.unit == "percent":
            if index > 0:
                return self._share_of(group, index - 1, before, role_before(group, index))
            if parent is not None and group.outer is not None and parent.mention in group.outer.mentions:
                place = group.outer.mentions.index(parent.mention)
                return self._share_of(group.outer, place, before, role_before(group, index))
            return []
        if mention.unit == "vnd" and index == 0 and parent is not None and parent.mention.unit == "percent":
            return self._under_share(group, mention, parent.candidate, chosen)
        return []

    def _share_of(self, group: Group, index: int, before: list[Candidate], far: str) -> list[Candidate]:
        """Return the percentage that goes with the sum at a place; `far` is the role of a plan named earlier."""
        found = []
        for candidate in before:
            subject, role = self.roles.get(candidate.figure, ("", ""))
            if not subject or candidate.rule == "share":
                continue
            score = FOLLOWING
            if role in ("period", "ytd"):
                role = role_below(group, index, subject)
                if not role:
                    role, score = far, FOLLOWING_FAR
            figure = self.figure_of.get((subject, role, "percent"))
            if figure is not None:
                found.append(
                    Candidate(figure, score, "S", frozenset(), candidate.label, rule="share", base=candidate.figure)
                )
        return found

    def _under_share(
        self, group: Group, mention: Mention, share: Candidate, chosen: Iterable[Choice]
    ) -> list[Candidate]:
        """Return what a sum in brackets behind a percentage is: the subject's own over a total, else the total."""
        subject, role = self.roles.get(share.figure, ("", ""))
        if not subject or parted_before(group):
            return []
        usual = "period" if role == "prior" else "ytd"
        if mention.out_of is not None:
            role = self._own_role(subject, mention, chosen) or usual
        elif self._beside_its_plan(group, mention, role):
            role = self._own_role(subject, mention, chosen) or period_named(group) or usual
        figure = self.figure_of.get((subject, role, "vnd"))
        return [Candidate(figure, FOLLOWING, "S", frozenset(), share.label, rule="of the percentage")] if figure else []

    def _beside_its_plan(self, group: Group, mention: Mention, role: str) -> bool:
        """Return whether another sum of the bracket says it is the plan ("(thực hiện 55 triệu; giao 90 triệu)")."""
        others = [i for i, m in enumerate(group.mentions) if m is not mention and m.unit == "vnd"]
        named = {role_beside(group.mentions[i], group.left(i), group.right(i))[0] for i in others}
        return bool(named & ({"budget", "town", "council"} if role != "prior" else {"budget", "prior"}))

    def _own_role(self, subject: str, mention: Mention, chosen: Iterable[Choice]) -> str:
        """Return whether a sum repeats the period's or the cumulative one, by the values printed before it."""
        for other in chosen:
            owner, role = self.roles.get(other.figure, ("", ""))
            if owner == subject and role in ("period", "ytd") and _says_the_same(mention, other.mention):
                return role
        return ""

    def _made(
        self, mention: Mention, subject: Subject, role: str, role_weight: float, role_hit: Hit | None
    ) -> list[Candidate]:
        shifted = _SHIFTS.get((subject.name, role), role or "period")
        if subject.name == "revenue_of_state" and role == "budget" and role_hit is not None and of_council(role_hit):
            shifted = "council"
        unit = "vnd" if mention.unit == "count" else mention.unit
        figure = self.figure_of.get((subject.name, shifted, unit))
        if figure is None:
            return []
        score = subject.weight * (role_weight if role else ROLE_UNSAID) * (SHIFTED if shifted != role and role else 1.0)
        claiming = role_hit is not None and unit == "vnd" and role not in ("period", "ytd")
        claims = frozenset({role_hit.start} if claiming and role_hit is not None else ())
        label = " … ".join(t for t in (subject.text, role_hit.text if role_hit else "") if t)
        return [Candidate(figure, score, "F", claims, label, rule="subject and role")]


def _says_the_same(one: Mention, other: Mention) -> bool:
    """Return whether two sums are one value, a broken print or a slip of three places read over."""
    values = {one.value, one.value * 1000, *(one.number.candidates if one.number else ())}
    return other.value in values
