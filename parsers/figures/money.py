"""Public finance: which subject a sum of money has, and what it is to that subject.

Belongs here: the nearest subject before a sum or percentage (state revenue, ward revenue, ward expenditure), its role
(this period, since the start of the year, plan, target, last year), and the figure that the two make.
Stays out: investment, payments and all counts (`ways`).

Sentences of this kind run "A is X, cumulative Y of plan Z, reaching P% of the plan and Q% of last year": the subject
stands once, often a sentence or a heading earlier, and every number names its role beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

from catalogue.figures import figure_definitions
from catalogue.labels import Labels
from parsers.figures.analysis import Analysis
from parsers.figures.clauses import Group, Seen, parted_before
from parsers.figures.lexicon import Hit
from parsers.figures.mentions import Mention
from parsers.figures.options import Option

SUBJECTS = frozenset({"state_revenue", "ward_revenue", "ward_expenditure"})
_LOOSE = frozenset({"revenue", "expenditure"})
_OTHERS = frozenset(
    {"finance_part", "investment", "investment_plan", "disbursed", "undisbursed", "payment", "complaint", "dossier"}
    | {"digitise", "online", "satisfied", "task", "procedure", "certificate", "training", "document", "steering_doc"}
)
_ROLES = {
    "council_target": "council", "town_target": "town", "budget": "budget", "p_prior": "prior", "p_ytd": "ytd",
    "p_this": "period", "target": "town",
}  # fmt: skip
_STRENGTH = {"council": 4, "town": 3, "budget": 3, "prior": 2, "ytd": 1, "period": 0}
_AGAINST = frozenset({"p_other", "p_future", "scope_other", "undisbursed", "finance_part", "average"})
_SHIFTS = {
    ("state_revenue", "budget"): "town", ("ward_revenue", "town"): "budget", ("ward_revenue", "council"): "budget",
    ("ward_expenditure", "town"): "budget", ("ward_expenditure", "council"): "budget",
}  # fmt: skip
IN_GAP, IN_SENTENCE, IN_BLOCK, IN_CHAIN = 1.0, 0.97, 0.95, 0.92
ROLE_UNSAID, ROLE_GOVERNED, SHIFTED = 0.84, 0.92, 0.9
FOLLOWING, FOLLOWING_FAR = 0.9, 0.8
_CLOSE = 0.5
PART_REACH = 30


@dataclass(frozen=True)
class Subject:
    """The subject of a sum, how surely it is given, and the place of its phrase in the line (−1 where inherited)."""

    name: str
    weight: float
    place: int = -1
    text: str = ""


class Chosen(Protocol):
    """A number with the figure it was given."""

    @property
    def mention(self) -> Mention:
        """The number."""

    @property
    def option(self) -> Option:
        """What it was given."""


class Ledger:
    """Finds the figures of public finance by subject and role."""

    def __init__(self, source: Labels) -> None:
        units = {code: d.unit for code, d in figure_definitions().items()}
        self.figure_of = {(subject, role, units[code]): code for code, (subject, role) in source.money.items()}
        self.roles = source.money

    def options(
        self,
        group: Group,
        index: int,
        left: list[Seen],
        right: list[Seen],
        earlier: list[Hit],
        context: tuple[Analysis, ...],
    ) -> list[Option]:
        """Return the one figure a sum or percentage may be, if any."""
        mention = group.mentions[index]
        if mention.unit == "count" and mention.denial is None:
            return []
        subject = self._subject(group, index, left, right, earlier, context)
        if subject is None or _spoken_against(mention, left, right):
            return []
        inherited = group.before if index > 0 else []
        role, role_weight, role_hit = self._role(mention, [*left, *inherited], right)
        if not role and mention.unit != "percent" and _opens_cumulative(group, index):
            role, role_weight = "ytd", ROLE_GOVERNED
        if mention.unit == "percent" and not role:
            role, role_weight = self._shared_role(group, index), ROLE_UNSAID
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
        return self.figure_of.get((subject, "town" if subject == "state_revenue" else "budget", "percent"))

    def names_role(self, mention: Mention, left: list[Seen], right: list[Seen]) -> bool:
        """Tell whether phrases right beside a percentage say what it is to its subject."""
        return mention.unit == "percent" and bool(self._role(mention, [s for s in left if s.strict], right)[0])

    def followers(
        self, group: Group, index: int, before: list[Option], parent: Chosen | None, chosen: Iterable[Chosen]
    ) -> list[Option]:
        """Return what a number is by the sum or percentage it follows.

        A percentage after "X of plan Y" is of Y's kind; a fraction in brackets behind a percentage is this subject's
        sum over the plan or last year's sum; one sum in brackets is what the percentage is of.
        """
        mention = group.mentions[index]
        if mention.unit == "percent":
            if index > 0:
                return self._share_of(group, index - 1, before, _role_before(group, index))
            if parent is not None and group.outer is not None and parent.mention in group.outer.mentions:
                place = group.outer.mentions.index(parent.mention)
                return self._share_of(group.outer, place, before, _role_before(group, index))
            return []
        if mention.unit == "vnd" and index == 0 and parent is not None and parent.mention.unit == "percent":
            return self._under_share(group, mention, parent.option, chosen)
        return []

    def _share_of(self, group: Group, index: int, before: list[Option], far: str) -> list[Option]:
        """Return the percentage that goes with the sum at a place; `far` is the role of a plan named earlier."""
        found = []
        for option in before:
            subject, role = self.roles.get(option.figure, ("", ""))
            if not subject or option.rule == "share":
                continue
            score = FOLLOWING
            if role in ("period", "ytd"):
                role = _role_below(group, index, subject)
                if not role:
                    role, score = far, FOLLOWING_FAR
            figure = self.figure_of.get((subject, role, "percent"))
            if figure is not None:
                found.append(Option(figure, score, "S", frozenset(), option.label, rule="share", base=option.figure))
        return found

    def _under_share(self, group: Group, mention: Mention, share: Option, chosen: Iterable[Chosen]) -> list[Option]:
        """Return what a sum in brackets behind a percentage is: the subject's own over a total, else the total."""
        subject, role = self.roles.get(share.figure, ("", ""))
        if not subject or parted_before(group):
            return []
        usual = "period" if role == "prior" else "ytd"
        if mention.out_of is not None:
            role = self._own_role(subject, mention, chosen) or usual
        elif self._beside_its_plan(group, mention, role):
            role = self._own_role(subject, mention, chosen) or _period_named(group) or usual
        figure = self.figure_of.get((subject, role, "vnd"))
        return [Option(figure, FOLLOWING, "S", frozenset(), share.label, rule="of the percentage")] if figure else []

    def _beside_its_plan(self, group: Group, mention: Mention, role: str) -> bool:
        """Tell whether another sum of the bracket says that it is the plan ("(thực hiện 55 triệu; giao 90 triệu)")."""
        others = [i for i, m in enumerate(group.mentions) if m is not mention and m.unit == "vnd"]
        named = {self._role(group.mentions[i], group.left(i), group.right(i))[0] for i in others}
        return bool(named & ({"budget", "town", "council"} if role != "prior" else {"budget", "prior"}))

    def _own_role(self, subject: str, mention: Mention, chosen: Iterable[Chosen]) -> str:
        """Return whether a sum repeats the period's or the cumulative one, by the values printed before it."""
        for other in chosen:
            owner, role = self.roles.get(other.option.figure, ("", ""))
            if owner == subject and role in ("period", "ytd") and _says_the_same(mention, other.mention):
                return role
        return ""

    def _made(
        self, mention: Mention, subject: Subject, role: str, role_weight: float, role_hit: Hit | None
    ) -> list[Option]:
        shifted = _SHIFTS.get((subject.name, role), role or "period")
        if subject.name == "state_revenue" and role == "budget" and role_hit is not None and "hđnd" in role_hit.text:
            shifted = "council"
        unit = "vnd" if mention.unit == "count" else mention.unit
        figure = self.figure_of.get((subject.name, shifted, unit))
        if figure is None:
            return []
        score = subject.weight * (role_weight if role else ROLE_UNSAID) * (SHIFTED if shifted != role and role else 1.0)
        claiming = role_hit is not None and unit == "vnd" and role not in ("period", "ytd")
        claims = frozenset({role_hit.start} if claiming and role_hit is not None else ())
        label = " … ".join(t for t in (subject.text, role_hit.text if role_hit else "") if t)
        return [Option(figure, score, "F", claims, label, rule="subject and role")]

    def _role(self, mention: Mention, left: list[Seen], right: list[Seen]) -> tuple[str, float, Hit | None]:
        """Return the role that the phrases beside a number name, its weight and its phrase."""
        sides = [right, left] if mention.unit == "percent" else [[s for s in left if s.strict], right, left]
        for side in sides:
            named = [(s, role) for s in side for role in _roles_of(s.hit) if s.weight >= _CLOSE]
            if side is left and mention.unit != "percent":
                named = _since_done(named, left, mention)
            if mention.unit == "percent":
                named = [(s, role) for s, role in named if role not in ("ytd", "period")]
                if side is left:
                    named = [(s, role) for s, role in named if role != "prior" or _compares(s, left)]
            if named:
                seen, role = max(named, key=lambda pair: (pair[0].strict, _STRENGTH[pair[1]], pair[0].weight))
                return role, max(0.9, seen.weight), seen.hit
        return "", 0.0, None

    def _shared_role(self, group: Group, index: int) -> str:
        """Return the role said once behind the last of several percentages ("thu đạt 53% và chi đạt 48% dự toán")."""
        for following in range(index + 1, len(group.mentions)):
            marks = {e.name for e in group.gaps[following] if e.kind == "sep"}
            owners = [e for e in group.gaps[following] if e.hit is not None and e.hit.names & (SUBJECTS | _LOOSE)]
            mention = group.mentions[following]
            if mention.unit != "percent" or not owners or marks - {",", "và", "cut"}:
                return ""
            role, _, _ = self._role(mention, [], group.right(following))
            if role:
                return role
        return ""

    def _subject(
        self,
        group: Group,
        index: int,
        left: list[Seen],
        right: list[Seen],
        earlier: list[Hit],
        context: tuple[Analysis, ...],
    ) -> Subject | None:
        """Return the nearest subject before a number; a nearer other thing (a tax, wages, a project) leaves none."""
        in_gap = {s.hit.start for s in left if s.weight >= _CLOSE} | {s.hit.start for s in right if s.strict}
        on_right = [s.hit for s in right if s.strict]
        prefix = [s.hit for s in left]
        trail = [e.hit for e in group.trail(index) if e.hit is not None]
        stages: list[tuple[list[Hit], float]] = [
            (trail, IN_SENTENCE), ([h for h in prefix if h not in trail], IN_SENTENCE),
            (on_right, IN_SENTENCE), (earlier, IN_BLOCK),
        ]  # fmt: skip
        stages += [(list(reversed(analysis.hits)), IN_CHAIN) for analysis in context]
        following = list(chain.from_iterable(hits for hits, _ in stages))
        passed = 0
        for hits, weight in stages:
            for hit in hits:
                passed += 1
                name = self._named(hit, following[passed:])
                if name == "":
                    return None
                if name:
                    near = weight == IN_SENTENCE and hit.start in in_gap
                    return Subject(name, IN_GAP if near else weight, hit.start if near else -1, hit.text)
        return None

    @staticmethod
    def _named(hit: Hit, beyond: list[Hit]) -> str | None:
        """Return the subject a phrase names, "" where it names another thing, None where it says nothing of it."""
        subject = next((n for n in SUBJECTS if n in hit.names), None)
        if subject:
            return subject
        budget_of = "budget" in hit.names and next((w for w in ("thu", "chi") if w in hit.text.split()), None)
        if budget_of == "thu" and {"xã", "phường"} & set(hit.text.split()) and "hđnd" not in hit.text:
            return "ward_revenue"
        if hit.names & _LOOSE and beyond and beyond[0].names & {"finance_part"} and beyond[0].end <= hit.start:
            return "" if hit.start - beyond[0].end < PART_REACH else None
        if hit.names & _LOOSE or budget_of:
            if "expenditure" in hit.names or budget_of == "chi":
                return "ward_expenditure"
            return next(
                (owner for owner in map(_owner, beyond) if owner),
                "ward_revenue" if "ward_budget" in hit.names else None,
            )
        return "" if hit.names & _OTHERS and "budget" not in hit.names else None


def _since_done(named: list[tuple[Seen, str]], left: list[Seen], mention: Mention) -> list[tuple[Seen, str]]:
    """Return the roles named before a sum, less a plan that "đã thực hiện" or a fraction of its own sets aside."""
    done = max((s.hit.start for s in left if "done" in s.hit.names), default=-1)
    plans = {"budget", "town", "council"}
    kept = [s for s, _ in named if s.hit.start > done and (s.strict or mention.out_of is None)]
    return [(s, role) for s, role in named if role not in plans or s in kept]


def _opens_cumulative(group: Group, index: int) -> bool:
    """Tell whether a sentence opens with a cumulative period and no other is named up to a number.

    "Lũy kế 9 tháng, thu … A đồng; chi … B đồng" governs both sums.
    """
    hits = [e.hit for e in group.trail(index) if e.hit is not None]
    if any(h.names & {"p_this", "p_other"} for h in hits):
        return False
    for hit in reversed(hits):
        if "p_ytd" in hit.names:
            return True
        if hit.names & (SUBJECTS | _LOOSE):
            return False
    return False


def _compares(prior: Seen, left: list[Seen]) -> bool:
    """Tell whether last year is named for comparison ("so cùng kỳ") and not as the year of the number."""
    return prior.hit.text.startswith("so") or any("compare" in s.hit.names or s.hit.text == "bằng" for s in left)


def _says_the_same(one: Mention, other: Mention) -> bool:
    """Tell whether two sums are one value, a broken print or a slip of three places read over."""
    values = {one.value, one.value * 1000, *(one.number.candidates if one.number else ())}
    return other.value in values


def _period_named(group: Group) -> str:
    """Return of which period the last period word before a bracket speaks, empty where there is none."""
    for event in group.trail(0):
        names = event.hit.names if event.hit is not None else frozenset[str]()
        if names & {"p_this", "p_ytd"}:
            return "period" if "p_this" in names else "ytd"
    return ""


def _role_before(group: Group, index: int) -> str:
    """Return the plan that stands earlier in a sentence, to which a percentage without words refers."""
    for event in group.trail(index):
        named = [r for r in _roles_of(event.hit) if r in ("budget", "town", "council")] if event.hit else []
        if named:
            return named[0]
    return ""


def _role_below(group: Group, index: int, subject: str) -> str:
    """Return what the lower half of a fraction of money is, by the words behind it."""
    if group.mentions[index].out_of is None:
        return ""
    named = [role for s in group.right(index) for role in _roles_of(s.hit) if role not in ("period", "ytd")]
    return named[0] if named else ("town" if subject == "state_revenue" else "budget")


def _owner(hit: Hit) -> str | None:
    """Return whose revenue "thu" is, by a phrase farther off."""
    if "state_revenue" in hit.names:
        return "state_revenue"
    ward = hit.names & {"ward_revenue", "ward_budget", "ward_expenditure"}
    return "ward_revenue" if ward or {"xã", "phường"} & set(hit.text.split()) & _ward_words(hit) else None


def _ward_words(hit: Hit) -> set[str]:
    return {"xã", "phường"} if "budget" in hit.names and "hđnd" not in hit.text else set()


def _roles_of(hit: Hit) -> list[str]:
    return [_ROLES[name] for name in hit.names if name in _ROLES]


def _spoken_against(mention: Mention, left: list[Seen], right: list[Seen]) -> bool:
    """Tell whether the number is another period's or level's, a part, or a change."""
    near = [s for s in (*left, *right) if s.strict]
    if any(s.hit.names & _AGAINST for s in near):
        return True
    changes = [s.hit for s in left if "change" in s.hit.names and mention.start - s.hit.end <= 12]
    return bool(changes)
