"""What a whole sentence adds when its numbers have their figures: totals, corrections, one number for two figures.

Belongs here: a number that nothing names but that is the sum of named parts ("Tổng số 531 hồ sơ, trong đó trực tiếp
212 hồ sơ, trực tuyến 319 hồ sơ"), a number that the writer puts in the place of the one before ("698 hồ sơ, xin đính
chính là 689 hồ sơ"), and one number of which a phrase says two things ("tiếp nhận và giải quyết 512 hồ sơ").
Stays out: scores of single candidates (`propose`), what another sentence adds (`earlier_sentences`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from catalogue.groups import concepts_of
from catalogue.labels import Labels
from catalogue.relations import relations
from parsers.figures.candidate import Candidate
from parsers.figures.choice import Choice, Sentence
from parsers.figures.clauses import Group
from parsers.figures.mentions import Mention

CORRECTED = "corrected"
"""The rule of a number that takes the place of the one before it."""
TWIN = "said of both"
"""The rule of the second figure of a number of which a phrase says two things."""
# Weights by hand on the marked reports (docs/reading.md).
CORRECTING, TOTAL = 0.95, 0.9
SAID_OF_BOTH = 0.97
BESIDE = 0.5
"""The least weight of a phrase that is said of a number."""
_PARTS_AT_LEAST = 2


def correct(groups: list[Group], chosen: dict[int, Choice]) -> None:
    """Give what the writer corrects to the number behind it, and take it from the number before."""
    for group in groups:
        for index, mention in enumerate(group.mentions):
            before = group.mentions[index - 1] if index else group.parent
            if before is None or not any(e.hit is not None and "corrects" in e.hit.names for e in group.gaps[index]):
                continue
            wrong = chosen.get(before.start)
            held = chosen.get(mention.start)
            if wrong is None or not _may_replace(mention, wrong, held):
                continue
            given = wrong.candidate
            score = given.settled * CORRECTING
            mended = replace(given, claims=frozenset(), objections=(), rule=CORRECTED, settled=score, rival=0.0)
            chosen[mention.start] = replace(wrong, mention=mention, candidate=mended, group=group, index=index)
            del chosen[before.start]


def _may_replace(mention: Mention, wrong: Choice, held: Choice | None) -> bool:
    """Return whether a number may take over the figure of the number before it."""
    if mention.counts_other or mention.unit != wrong.mention.unit or mention.denial is not None:
        return False
    return held is None or held.figure == wrong.figure


def add_totals(groups: list[Group], chosen: dict[int, Choice], sentence: Sentence) -> None:
    """Give a number that only "tổng số" names the total that the named parts of its sentence add up to."""
    for group in groups:
        for index, mention in enumerate(group.mentions):
            if mention.start in chosen or mention.unit != "count" or mention.counts_other or mention.out_of is not None:
                continue
            label = _bare_total(group, index)
            total = _total_of(mention.value, chosen.values()) if label else None
            if total is not None and "dossier" in (mention.nouns or {"dossier"}):
                found = Candidate(total, TOTAL, "L", frozenset(), label, rule="total of its parts", settled=TOTAL)
                chosen[mention.start] = Choice(mention, found, group, index, sentence)


def _bare_total(group: Group, index: int) -> str:
    """Return the words that call a number a total and nothing else, empty where there are none or more."""
    near = [s for s in group.left(index) if s.weight >= BESIDE]
    near += [s for s in group.right(index) if s.strict and s.weight >= BESIDE]
    totals = [s.hit.text for s in near if "total" in s.hit.names]
    plain = all(s.hit.names & _PLAIN for s in near)
    return totals[0] if totals and plain else ""


_PLAIN = concepts_of("plain_totals")
"""Concepts that leave a total what it is."""


def _total_of(value: Decimal, chosen: Iterable[Choice]) -> str | None:
    """Return the total whose parts among the choices add up to a value, None where none does or it is named already.

    Of totals that are parts of each other (all received, those newly received) the whole is meant.
    """
    named = {c.figure: c.mention.value for c in chosen if c.candidate.printed}
    fitting = []
    splits = relations().splits
    for total, parts, further in splits:
        given = [[named[part] for part in some if part in named] for some in ((*parts, *further), parts)]
        if total not in named and any(len(some) >= _PARTS_AT_LEAST and sum(some) == value for some in given):
            fitting.append(total)
    parts_of = {part for total, parts, further in splits if total in fitting for part in (*parts, *further)}
    return next((total for total in fitting if total not in parts_of), None)


def add_twins(choices: list[Choice], labels: Labels) -> list[Choice]:
    """Return the choices, and for a number of which a phrase says two things the other figure as well."""
    figures = {c.figure for c in choices}
    found = list(choices)
    for choice in choices:
        for twins in labels.twins:
            if choice.figure not in twins.figures or set(twins.figures) <= figures:
                continue
            if _says(choice, twins.said) and not _shares_its_name(choice):
                other = next(f for f in twins.figures if f != choice.figure)
                score = choice.candidate.settled * SAID_OF_BOTH
                twin = replace(choice.candidate, figure=other, rule=TWIN, base=None, settled=score)
                found.append(replace(choice, candidate=twin))
                figures.add(other)
    return sorted(found, key=lambda c: c.mention.start)


def _says(choice: Choice, concept: str) -> bool:
    """Return whether a phrase of a concept stands by a number."""
    seen = (*choice.group.left(choice.index), *choice.group.right(choice.index))
    return any(concept in s.hit.names and s.weight >= BESIDE for s in seen)


def _shares_its_name(choice: Choice) -> bool:
    """Return whether the next number has no name of its own, so that each of the two is one of the two things."""
    after = choice.index + 1
    if after >= len(choice.group.mentions):
        return False
    gap = choice.group.gaps[after]
    return choice.group.mentions[after].unit == choice.mention.unit and not any(
        e.hit is not None and not e.hit.names & {"share", "dossier"} for e in gap
    )
