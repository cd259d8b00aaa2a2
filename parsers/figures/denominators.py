"""What a percentage is of, and what the lower half of a fraction is.

Belongs here: the total that a sentence names for a share ("% hồ sơ đã giải quyết", "871/1.289 hồ sơ mới tiếp nhận").
Stays out: whether the numbers give the percentage (`validation`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from catalogue.labels import Labels
from catalogue.relations import relations
from parsers.figures.bracket_totals import of_a_kind
from parsers.figures.choice import Choice
from parsers.figures.clauses import Seen
from parsers.figures.money import Ledger


class Bases:
    """Names the totals of shares."""

    def __init__(self, source: Labels, ledger: Ledger) -> None:
        self._labels = source
        self._money = ledger.roles
        self._figure_of = ledger.figure_of
        self._count_of = {share: count for count, share in source.shares.items()}
        ratios = relations().shares.values()
        self._open = {code for r in ratios if r.open_total and r.own_base for code in (*r.counts, *r.over[:1])}
        self._own_base = {count: r.over[0] for r in ratios if r.own_base for count in r.counts}

    def of_share(self, choice: Choice) -> str | None:
        """Return the code of the total that the sentence names for a percentage, None where it names none."""
        figure = choice.figure
        if figure in self._money:
            return self._of_money(figure)
        group, index = choice.group, choice.index
        named = self._named([*group.totals(index), *group.right(index)], figure)
        if named is None and choice.mention.out_of is None and index > 0:
            named = self._named(group.left(index), figure) or self._of_count(choice)
        return named

    def _of_money(self, figure: str) -> str | None:
        subject, role = self._money[figure]
        return self._figure_of.get((subject, role, "vnd"))

    def _of_count(self, choice: Choice) -> str | None:
        """Return the total named with the count right before a percentage."""
        group, index = choice.group, choice.index
        if choice.candidate.rule != "share":
            return None
        figure = choice.figure
        seen = [*group.totals(index - 1), *group.right(index - 1), *group.left(index - 1)]
        return self._named(seen, figure)

    def _named(self, seen: Iterable[Seen], figure: str) -> str | None:
        """Return the total that phrases name and that is not the figure's own count."""
        own = self._count_of.get(figure)
        for s in seen:
            for name, total in relations().totals.items():
                if name in s.hit.names and total != own and not self._is_core(name, figure):
                    return total
        return None

    def _is_core(self, concept: str, figure: str) -> bool:
        return any(way.figure == figure and any(concept in group for group in way.all) for way in self._labels.ways)

    def of_fraction(
        self, choice: Choice, known: dict[str, set[Decimal]], following: str | None
    ) -> tuple[str, float] | None:
        """Return what the lower half of a fraction is and how surely, None where it is no figure.

        `known` are the values printed elsewhere by figure, `following` the percentage that the fraction gives.
        """
        figure, value = choice.figure, choice.mention.out_of.value if choice.mention.out_of else Decimal(0)
        if figure in self._money:
            return self._money_fraction(choice, following)
        if figure in self._open:
            return None
        beside = [*choice.group.totals(choice.index), *choice.group.right(choice.index)]
        named = self._named(beside, self._labels.shares.get(figure, figure))
        if named is not None and named != figure and of_a_kind(named, figure):
            return self._own_base.get(figure, named), 0.95
        if self._names_follower(choice):
            return self._labels.follows[figure], 0.9
        own = self._own_base.get(figure)
        totals = (own,) if own is not None else self._labels.totals.get(figure, ())
        for total in totals:
            if value in known.get(total, ()):
                return total, 0.95
        return (totals[0], 0.85) if totals else None

    def _names_follower(self, choice: Choice) -> bool:
        """Return whether a label names two things over a slash, the second what follows the first ("Tổ/thành viên")."""
        group, index = choice.group, choice.index
        follower = self._labels.follows.get(choice.figure)
        gap = group.gaps[index]
        slash = next((e.start for e in gap if e.kind == "sep" and e.name == "/"), None)
        if follower is None or slash is None:
            return False
        names = {name for e in gap if e.hit is not None and e.start > slash for name in e.hit.names}
        return any(self._is_core(name, follower) for name in names)

    def _money_fraction(self, choice: Choice, following: str | None) -> tuple[str, float] | None:
        """Return the plan, target or last year's sum that a fraction of money is over."""
        subject, _ = self._money[choice.figure]
        roles = {"council_target": "council", "town_target": "town", "budget": "budget", "p_prior": "prior"}
        explicit = [roles[n] for s in choice.group.right(choice.index) for n in s.hit.names if n in roles]
        role = explicit[0] if explicit else ""
        if not role and following in self._money:
            role = self._money[following][1]
        weight = 0.95 if role else 0.75
        role = role or ("town" if subject == "revenue_of_state" else "budget")
        figure = self._figure_of.get((subject, role, "vnd"))
        if figure is None and subject != "revenue_of_state":
            figure = self._figure_of.get((subject, "budget", "vnd"))
        return (figure, weight) if figure else None
