"""What every column of a table is to its rows: plan, last year, this period, a share of one of them, or named itself.

Belongs here: telling the role of a column from its heads and from the columns beside it.
Stays out: shape and heads of the table (`table_grid`), what a role makes of a row's cell (`table_cells`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import Enum

from catalogue.groups import concepts_of
from catalogue.shapes import shape
from catalogue.wordlists import either
from parsers.figures.analysis import Analysis, Analyst
from parsers.figures.table_grid import Grid, column_texts, head_levels, head_text, holds_values

ROLE_NAMES = concepts_of("column_roles")
"""Concepts of a head that say what a column is to its rows and not what it counts."""
_PERIOD_BEFORE = re.compile(shape("period_before"))
_PLAN = re.compile(rf"(?<!\w)(?:{either('column_plan', ' ')})(?!\w)")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_COMPARISON = re.compile(rf"(?:{either('column_comparison', ' ')})(?!\w)")
_NO_RESULT = re.compile(rf"(?<!\w)(?:{either('column_no_result', ' ')}|(?:{either('month_head')}) \d{{1,2}})(?!\w)")
_ALL = re.compile(rf"(?:(?:{either('total_head')})\s*)?(?:{either('all_head')})|{either('total_head')}")
_COMPARED = re.compile(rf"(?<!\w)(?:{either('column_compared', ' ')})(?!\w)")
_OWN_PLAN = re.compile(either("column_own_plan", " "))
_OWN_PERIOD = re.compile(either("own_head", " "))
_ATTAINED = re.compile(either("attained_head", " "))
_PRIOR = re.compile(rf"(?<!\w)(?:{either('column_prior', ' ')})(?!\w)")
_SHARE = re.compile(rf"%|(?<!\w)(?:{either('column_share', ' ')})(?!\w)")
_PERCENT = re.compile(rf"%|(?<!\w)(?:{either('column_percent', ' ')})(?!\w)")
_CHANGE = re.compile(rf"(?<!\w)(?:{either('column_change', ' ')})(?!\w)|\+\s*[,/;]\s*-|\+/-")
_RESULT = re.compile(rf"(?<!\w)(?:{either('column_result', ' ')})(?!\w)")
_UNIT_BRACKET = re.compile(r"\([^()]*\)")


class Role(Enum):
    """What a column is to its rows."""

    NAMED = "named"
    PLAN = "plan"
    PRIOR = "prior"
    OTHER = "other"
    CHANGE = "change"
    SHARE_OF_PLAN = "share of plan"
    SHARE_OF_PRIOR = "share of prior"
    SHARE = "share"
    SO_FAR = "so far"
    RESULT = "result"
    UNSAID = "unsaid"


@dataclass(frozen=True)
class Column:
    """The role of a column; `own_period` where its head names the report's own, `doubtful` where others vie with it.

    `percent` says that its head speaks of a percentage; `lower` is the role of the lowest head where an upper one
    names what is counted.
    """

    role: Role
    own_period: bool = False
    percent: bool = False
    doubtful: bool = False
    lower: Role = Role.UNSAID


def columns_of(grid: Grid, analyst: Analyst) -> list[Column]:
    """Return the roles of all columns of a table."""
    width = len(grid.rows[0])
    apart = {grid.label, grid.unit, *grid.order, *grid.notes}
    columns = [Column(Role.UNSAID) if c in apart else _column(grid, c, analyst) for c in range(width)]
    if any(c.own_period for c in columns):
        columns = [replace(c, role=Role.OTHER) if _is_before(grid, i) else c for i, c in enumerate(columns)]
    return _weighed(grid, columns)


def _is_before(grid: Grid, column: int) -> bool:
    return _PERIOD_BEFORE.fullmatch(_whole_head(grid, column)) is not None


def _whole_head(grid: Grid, column: int) -> str:
    return " ".join(column_texts(grid.rows, range(grid.heads), column)).strip()


def _column(grid: Grid, column: int, analyst: Analyst) -> Column:
    """Return what the heads over one column say of it."""
    text, head = _whole_head(grid, column), analyst.of(head_text(grid, column))
    names = {name for hit in head.hits for name in hit.names} | _bare_year(head)
    own = "p_this" in names or _OWN_PERIOD.search(text) is not None
    percent = _PERCENT.search(text) is not None
    if _names_itself(head, text):
        return Column(Role.NAMED, own, percent, lower=_lower(grid, column, analyst))
    role = _role(text, names)
    return Column(role, own and not (role is Role.SHARE and _COMPARED.search(text)), percent)


def _bare_year(head: Analysis) -> set[str]:
    """Return the period of a year that stands without "năm": this year's, or one before."""
    own = head.calendar.year
    years = [int(m) for m in _YEAR.findall(head.levelled)]
    if own is None or not years or any(name.startswith("p_") for hit in head.hits for name in hit.names):
        return set()
    return {"p_prior"} if max(years) < own else {"p_year"} if max(years) == own else {"p_future"}


def _lower(grid: Grid, column: int, analyst: Analyst) -> Role:
    """Return the role that the lowest of several heads names, unsaid where it names what is counted."""
    levels = head_levels(grid, column)
    lowest = analyst.of(levels[-1]) if len(levels) > 1 else None
    if lowest is None or _names_itself(lowest, lowest.levelled):
        return Role.UNSAID
    return _role(lowest.levelled, {name for hit in lowest.hits for name in hit.names})


def _names_itself(head: Analysis, text: str) -> bool:
    """Return whether a head says what its cells count, and not only of which period or plan."""
    quiet = head.lexicon.labels.quiet
    if _COMPARISON.match(text):
        return False
    if any(not hit.names & (ROLE_NAMES | quiet) and hit.names for hit in head.hits):
        return True
    return _OWN_PLAN.search(text) is not None and any(hit.names & {"quota", "planned_investment"} for hit in head.hits)


def _role(text: str, names: set[str]) -> Role:
    """Return the role that a head's words and periods name; a share is told by words outside its unit's bracket."""
    plain = _UNIT_BRACKET.sub(" ", text).strip()
    plan = _PLAN.search(plain) is not None or bool(names & {"budget", "town_target", "council_target"})
    prior = "p_prior" in names or _PRIOR.search(plain) is not None
    if _CHANGE.search(text):
        return Role.CHANGE
    if _SHARE.search(plain) or (_PERCENT.search(text) and _ATTAINED.match(plain)):
        return Role.SHARE_OF_PRIOR if prior else Role.SHARE_OF_PLAN if plan else Role.SHARE
    if prior:
        return Role.PRIOR
    if plan:
        return Role.PLAN
    if names & {"p_other", "p_future", "scope_other"} or _NO_RESULT.search(plain):
        return Role.OTHER
    if "p_ytd" in names and "p_this" not in names:
        return Role.SO_FAR
    if not plain and _PERCENT.search(text):
        return Role.SHARE
    return (
        Role.RESULT if names & {"p_this", "p_year"} or _RESULT.search(plain) or _ALL.fullmatch(plain) else Role.UNSAID
    )


def _weighed(grid: Grid, columns: list[Column]) -> list[Column]:
    """Return the columns with those marked that vie for being this period's result without saying so best."""
    vying = {
        c: _claim(column)
        for c, column in enumerate(columns)
        if column.role in (Role.RESULT, Role.UNSAID) and holds_values(grid, c)
    }
    best = max(vying.values(), default=0)
    single = sum(claim == best for claim in vying.values()) == 1
    return [
        replace(column, doubtful=c in vying and not (single and vying[c] == best)) for c, column in enumerate(columns)
    ]


def _claim(column: Column) -> int:
    """Return how well a column says that it holds this period's results: its period, a word for results, nothing."""
    return 2 if column.own_period else 1 if column.role is Role.RESULT else 0
