"""What a cell's row and its column's role make of it together.

Belongs here: whether a cell can be a figure of its row at all, and which phrases stand for the column's role.
Stays out: telling the role (`table_columns`), and the figure that the phrases name (`propose`, `money`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from catalogue.groups import concepts_of
from catalogue.wordlists import word_list
from parsers.figures.analysis import Analysis
from parsers.figures.subjects import LOOSE, SUBJECTS
from parsers.figures.table_columns import Column, Role
from parsers.figures.table_headers import HeadWords
from parsers.text.lexicon import Hit

# Weights by hand on the marked reports (docs/reading.md).
DOUBT, SOME_DOUBT = 0.6, 0.6
_MONEY = SUBJECTS | LOOSE
_INVESTMENT = concepts_of("investment_rows")
_PEOPLE = concepts_of("people_rows")
_SINGLE_POSTS = concepts_of("single_posts")
_EVENTS = concepts_of("people_events")
_TARGETS = concepts_of("targets")
_ASIDE = _TARGETS | {"target", "plan", "quota", "planned_investment"}
_ASIDE_NUMBER = re.compile(r"\([^()]*\d[^()]*\)")
_PERIODS = concepts_of("table_periods")
_ROLE_WORDS = _TARGETS | _PERIODS | {"target", "compare"}
_APART = frozenset({Role.PRIOR, Role.OTHER, Role.CHANGE, Role.SHARE_OF_PLAN, Role.SHARE_OF_PRIOR})
_RIVALS = frozenset({Role.PLAN, Role.PRIOR, Role.OTHER})
CUMULATIVE_ROUND = 3
"""The quarter whose report speaks of a quarter and of the year so far."""


class Kind(Enum):
    """What sort of thing a row prints."""

    MONEY = "money"
    INVESTMENT = "investment"
    PEOPLE = "people"
    COUNT = "count"


@dataclass(frozen=True)
class CellRole:
    """The phrases of row and column that speak for a cell; `percent` and `trust` go with its number."""

    label: tuple[Hit, ...]
    head: tuple[Hit, ...]
    percent: bool = False
    trust: float = 1.0
    whole: bool = True
    under: frozenset[str] = frozenset()


def kind_of(label: Analysis) -> Kind:
    """Return what sort of thing a row prints, by its label."""
    names = {name for hit in label.hits for name in hit.names}
    if names & _MONEY:
        return Kind.MONEY
    if names & _INVESTMENT:
        return Kind.INVESTMENT
    return Kind.PEOPLE if names & _PEOPLE and not names & _EVENTS else Kind.COUNT


def cell_role(
    label: Analysis,
    hits: Sequence[Hit],
    head: Analysis,
    words: HeadWords | None,
    column: Column,
    columns: Sequence[Column],
) -> CellRole | None:
    """Return what speaks for a cell, None where its column holds nothing that is a figure of its row.

    `hits` are the label's phrases that speak for its row, `words` what a head of several levels says together.
    """
    kind = kind_of(label)
    hits = [h for h in hits if not (h.names & _ASIDE and _in_brackets(label, h))]
    plain = CellRole(tuple(hits), tuple(head.hits), trust=DOUBT if column.doubtful else 1.0)
    if column.role is Role.NAMED and words is not None:
        return CellRole(plain.label, words.hits, whole=False, under=words.under)
    if column.role is Role.NAMED:
        return plain if _may_be_named(head, column) else None
    if kind is Kind.MONEY:
        return _of_money(plain, label, head, column, columns)
    if kind is Kind.INVESTMENT:
        return _of_investment(plain, label, column, columns)
    if kind is Kind.PEOPLE and column.role is Role.PLAN:
        return _of_posts(plain, label)
    if column.role in _APART or (column.role is Role.SHARE and not column.own_period and _rivals(columns)):
        return None
    return None if column.role is Role.PLAN and kind is Kind.COUNT else plain


def _of_posts(plain: CellRole, label: Analysis) -> CellRole | None:
    """Return what speaks for the posts planned for all staff; those planned for cadres alone are no figure."""
    names = {name for hit in label.hits for name in hit.names}
    if names & _SINGLE_POSTS:
        return None
    return (
        plain
        if "quota" in names
        else CellRole(plain.label, (_phrase("quota", word_list("phrase_of_posts")),), whole=False)
    )


def _in_brackets(label: Analysis, hit: Hit) -> bool:
    """Return whether a phrase stands in brackets with a number: a target said aside."""
    return any(m.start() < hit.start < m.end() for m in _ASIDE_NUMBER.finditer(label.text))


def _may_be_named(head: Analysis, column: Column) -> bool:
    """Return whether a head over a lower one of plan or last year names a figure: money and all staff have plans."""
    names = {name for hit in head.hits for name in hit.names}
    if names & (_MONEY | _INVESTMENT):
        return True
    if column.lower is Role.PLAN:
        return not names & _SINGLE_POSTS and bool(names & {"quota", "staff", "headcount_total"})
    return column.lower not in _APART


def _rivals(columns: Sequence[Column]) -> set[Role]:
    """Return the roles beside the results of which a bare percentage may be."""
    return {c.role for c in columns} & _RIVALS


def _of_money(
    plain: CellRole, label: Analysis, head: Analysis, column: Column, columns: Sequence[Column]
) -> CellRole | None:
    """Return what speaks for a sum or percentage of revenue or expenditure: one phrase says its role."""
    role = column.role
    if role in (Role.OTHER, Role.CHANGE):
        return None
    if role is Role.SHARE:
        rivals = _rivals(columns)
        role = Role.SHARE_OF_PLAN if rivals == {Role.PLAN} else Role.SHARE_OF_PRIOR if rivals == {Role.PRIOR} else role
        if role is Role.SHARE:
            return plain if not rivals else None
    if role in (Role.PLAN, Role.SHARE_OF_PLAN):
        return _with_role(
            plain, _named(head.hits, _TARGETS) or (_phrase("budget", word_list("phrase_of_plan")),), role, column
        )
    if role in (Role.PRIOR, Role.SHARE_OF_PRIOR):
        return _with_role(plain, (_phrase("p_prior", word_list("phrase_of_prior")),), role, column)
    if Role.PLAN in _rivals(columns):
        plain = replace(plain, label=tuple(h for h in plain.label if not h.names & _TARGETS or h.names & _MONEY))
    says = {name for hit in (*label.hits, *head.hits) for name in hit.names} & (_PERIODS - {"p_year"})
    if role is Role.RESULT and not says and (column.own_period or _rivals(columns)):
        return _this_period(plain, head, column)
    return plain


def _this_period(plain: CellRole, head: Analysis, column: Column) -> CellRole:
    """Return a result of no stated period: in a report of quarter III it may be that of nine months."""
    sure = column.own_period or head.calendar.quarter != CUMULATIVE_ROUND
    found = CellRole(plain.label, (_phrase("p_this", word_list("phrase_of_own_period")),), trust=plain.trust)
    return found if sure else CellRole(found.label, found.head, trust=min(found.trust, SOME_DOUBT))


def _with_role(plain: CellRole, phrases: tuple[Hit, ...], role: Role, column: Column) -> CellRole:
    """Return a cell whose role its column names; a comparison that speaks of no percentage may be a difference."""
    share = role in (Role.SHARE_OF_PLAN, Role.SHARE_OF_PRIOR)
    label = tuple(h for h in plain.label if not h.names & _ROLE_WORDS or h.names & _MONEY)
    trust = DOUBT if share and not column.percent else 1.0
    return CellRole(label, phrases, percent=share, trust=trust, whole=False)


def _of_investment(plain: CellRole, label: Analysis, column: Column, columns: Sequence[Column]) -> CellRole | None:
    """Return what speaks for a sum or percentage of investment: its plan, what was disbursed, the share of the two."""
    role = column.role
    bare = tuple(h for h in plain.label if not h.names & (_INVESTMENT | _PERIODS))
    if role is Role.PLAN:
        return CellRole(bare, (_phrase("planned_investment", word_list("phrase_of_planned_investment")),), whole=False)
    if role is Role.SHARE_OF_PLAN or (role is Role.SHARE and Role.PRIOR not in _rivals(columns)):
        return CellRole(
            bare,
            (_phrase("disbursed", word_list("phrase_of_disbursed")),),
            percent=True,
            trust=plain.trust,
            whole=False,
        )
    if role in _APART or role is Role.SHARE:
        return None
    says = {name for hit in label.hits for name in hit.names}
    if role is Role.RESULT and Role.PLAN in _rivals(columns) and not says & {"disbursed", "planned_investment"}:
        return CellRole(bare, (_phrase("disbursed", word_list("phrase_of_disbursed")),), trust=plain.trust)
    return plain


def _named(hits: Sequence[Hit], names: frozenset[str]) -> tuple[Hit, ...]:
    return tuple(hit for hit in hits if hit.names & names)


def _phrase(name: str, words: tuple[str, ...]) -> Hit:
    """Return the phrase that a column's role stands for, the first of a list."""
    text = words[0]
    return Hit(0, len(text), frozenset({name}), frozenset(), text)
