"""What a sum or percentage of public finance is to its subject, by the words beside it.

Belongs here: the role a number has (this period's, since January, plan, the town's target, the council's, last year's),
where it stands right beside the number, is said once for several, or farther off in the sentence.
Stays out: whose money it is (`subjects`), and the figure that both make (`money`).
"""

from __future__ import annotations

import re

from catalogue.groups import concepts_of
from catalogue.wordlists import either, word_list
from parsers.figures.clauses import Group, Seen
from parsers.figures.events import AND
from parsers.figures.mentions import Mention
from parsers.figures.subjects import CLOSE, LOOSE, SUBJECTS
from parsers.text.lexicon import Hit

_ROLES = {
    "council_target": "council", "town_target": "town", "budget": "budget", "p_prior": "prior", "p_ytd": "ytd",
    "p_this": "period", "target": "town",
}  # fmt: skip
_ANY_PLAN = "any_plan"
"""Names the plan of whoever gave it, where it says what a percentage is of ("đạt 53% kế hoạch")."""
_COMPARED = re.compile(rf"(?<!\w)(?:{either('plan_compared', ' ')})\s+(?:(?:{either('plan_each')})\s+)?$")
_ATTAINED = re.compile(rf"(?<!\w)(?:{either('attained', ' ')})(?!\w)(?!\s+(?:{either('assigned_behind')}))")
"""Words of what was done: "theo chỉ tiêu pháp lệnh ước đạt 3,4 tỷ đồng" gives no target."""
# Characters before a number in which its role is said; roles by how closely they bind, the strongest first.
_LOOK_BACK = 14
_STRENGTH = {"council": 4, "town": 3, "budget": 3, "prior": 2, "ytd": 1, "period": 0}
_PLANS = frozenset({"budget", "town", "council"})
_AGAINST = concepts_of("against_money")


def role_beside(mention: Mention, left: list[Seen], right: list[Seen], text: str = "") -> tuple[str, float, Hit | None]:
    """Return the role that the phrases beside a number name, its weight and its phrase; `text` is the levelled line."""
    sides = [right, left] if mention.unit == "percent" else [[s for s in left if s.strict], right, left]
    for side in sides:
        named = [(s, role) for s in side for role in roles_of(s.hit) if s.weight >= CLOSE]
        if side is left and mention.unit != "percent":
            named = _since_done(named, left, mention)
        if side is not right and mention.unit != "percent":
            named = [(s, role) for s, role in named if role not in _PLANS or not _only_compared(s.hit, mention, text)]
        if mention.unit == "percent":
            named = [(s, role) for s, role in named if role not in ("ytd", "period")]
            if side is left:
                named = [(s, role) for s, role in named if role != "prior" or _compares(s, left)]
            elif not named:
                named = [(s, "budget") for s in right if s.strict and _ANY_PLAN in s.hit.names]
        if named:
            seen, role = max(named, key=lambda pair: (pair[0].strict, _STRENGTH[pair[1]], pair[0].weight))
            return role, max(0.9, seen.weight), seen.hit
    return "", 0.0, None


def shared_role(group: Group, index: int) -> str:
    """Return the role said once behind the last of several percentages ("thu đạt 53% và chi đạt 48% dự toán")."""
    for following in range(index + 1, len(group.mentions)):
        marks = {e.name for e in group.gaps[following] if e.kind == "sep"}
        owners = [e for e in group.gaps[following] if e.hit is not None and e.hit.names & (SUBJECTS | LOOSE)]
        mention = group.mentions[following]
        if mention.unit != "percent" or not owners or marks - {",", AND, "cut"}:
            return ""
        role, _, _ = role_beside(mention, [], group.right(following))
        if role:
            return role
    return ""


def opens_cumulative(group: Group, index: int) -> bool:
    """Return whether a sentence opens with a cumulative period and no other is named up to a number.

    "Lũy kế 9 tháng, thu … A đồng; chi … B đồng" governs both sums.
    """
    hits = [e.hit for e in group.trail(index) if e.hit is not None]
    if any(h.names & {"p_this", "p_other"} for h in hits):
        return False
    for hit in reversed(hits):
        if "p_ytd" in hit.names:
            return True
        if hit.names & (SUBJECTS | LOOSE):
            return False
    return False


def period_named(group: Group) -> str:
    """Return of which period the last period word before a bracket speaks, empty where there is none."""
    for event in group.trail(0):
        names = event.hit.names if event.hit is not None else frozenset[str]()
        if names & {"p_this", "p_ytd"}:
            return "period" if "p_this" in names else "ytd"
    return ""


def role_before(group: Group, index: int) -> str:
    """Return the plan that stands earlier in a sentence, to which a percentage without words refers."""
    for event in group.trail(index):
        named = [r for r in roles_of(event.hit) if r in ("budget", "town", "council")] if event.hit else []
        if named:
            return named[0]
    return ""


def role_below(group: Group, index: int, subject: str) -> str:
    """Return what the lower half of a fraction of money is, by the words behind it."""
    if group.mentions[index].out_of is None:
        return ""
    named = [role for s in group.right(index) for role in roles_of(s.hit) if role not in ("period", "ytd")]
    return named[0] if named else ("town" if subject == "revenue_of_state" else "budget")


def spoken_against(mention: Mention, left: list[Seen], right: list[Seen]) -> bool:
    """Return whether the number is another period's or level's, a part, or a change."""
    near = [s for s in (*left, *right) if s.strict]
    if any(s.hit.names & _AGAINST for s in near):
        return True
    changes = [s.hit for s in left if "change" in s.hit.names and mention.start - s.hit.end <= 12]
    return bool(changes)


def roles_of(hit: Hit) -> list[str]:
    """Return the roles that a phrase says."""
    return [_ROLES[name] for name in hit.names if name in _ROLES]


def _since_done(named: list[tuple[Seen, str]], left: list[Seen], mention: Mention) -> list[tuple[Seen, str]]:
    """Return the roles named before a sum, less a plan that "đã thực hiện" or a fraction of its own sets aside."""
    done = max((s.hit.start for s in left if "done" in s.hit.names), default=-1)
    kept = [s for s, _ in named if s.hit.start > done and (s.strict or mention.out_of is None)]
    return [(s, role) for s, role in named if role not in _PLANS or s in kept]


def _only_compared(plan: Hit, mention: Mention, text: str) -> bool:
    """Return whether a plan before a sum only says what the sum is held against."""
    if plan.start < 0 or not _COMPARED.search(text[max(0, plan.start - _LOOK_BACK) : plan.start]):
        return False
    return _ATTAINED.search(text, plan.end, mention.start) is not None


def _compares(prior: Seen, left: list[Seen]) -> bool:
    """Return whether last year is named for comparison ("so cùng kỳ") and not as the year of the number."""
    return prior.hit.text.startswith("so") or any(
        "compare" in s.hit.names or s.hit.text in word_list("equals") for s in left
    )
