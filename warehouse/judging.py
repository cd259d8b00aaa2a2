"""What a decision that somebody asks for means: which finding, which figure, which value.

Belongs here: reading the words of `cchc decide` and of the page's forms, and refusing what cannot be meant: a finding
that a later report has settled, a value that no figure of its kind can have, an undoing of nothing.
Stays out: recording (`warehouse.decisions`), showing (`pipelines.cli.decide`, `console`).
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from catalogue.figures import figure_definitions
from catalogue.rules import rule_book
from cchc.errors import DecisionError
from cchc.formats import number, percent
from cchc.messages import translator
from parsers.numbers import find_numbers
from validation.phrases import figure_name
from validation.ranges import possible
from warehouse.rows import DecisionKind, DecisionRow, FindingRow, NewDecision

_ = translator("decisions")


def find_one(rows: list[FindingRow], key: str) -> FindingRow:
    """Return the finding whose key begins with `key`.

    Raises:
        DecisionError: none or several do, or the report in force no longer has it.
    """
    found = [row for row in rows if row.key.startswith(key)]
    if len(found) != 1:
        text = _("{count} findings have a key that begins with “{key}”; cchc findings lists the keys.")
        raise DecisionError(text.format(count=len(found), key=key))
    if found[0].resolved_by not in (None, "decision"):
        text = _(
            "Finding {key} is of an earlier report; the one that counts now no longer has it. See cchc findings, or "
            "decide on a figure with --ward, --round and --figure."
        )
        raise DecisionError(text.format(key=found[0].key[:8]))
    return found[0]


def on_finding(
    row: FindingRow, kind: DecisionKind, figure: str | None, value: Decimal | None, by: str, why: str
) -> NewDecision:
    """Return the decision on a finding; taking its proposal takes the one value proposed.

    Raises:
        DecisionError: a proposal is to be taken where the finding has none, or several.
    """
    if kind == "propose":
        offered = [p for p in row.proposals if figure in (None, p["figure"])]
        if len(offered) != 1:
            raise DecisionError(_("There is no single proposal to take; enter the value with --enter."))
        figure, value = str(offered[0]["figure"]), Decimal(str(offered[0]["value"]))
    return NewDecision(row.ward, row.round, kind, by, why, row.key, figure, value)


def read_value(text: str) -> Decimal:
    """Return the value of a number written as people here write it: 1.835.779.000, 85,44 or 85,44%.

    Raises:
        DecisionError: it is not one well-formed number.
    """
    bare = text.strip()
    found = find_numbers(bare)
    whole = len(found) == 1 and found[0].start == 0 and len(bare) in (found[0].end, found[0].unit_end)
    if not whole or found[0].malformed:
        raise DecisionError(_("“{text}” is not one number; write it as 1.835.779.000 or 85,44.").format(text=text))
    return Decimal(found[0].value)


def check_sense(new: NewDecision, figures: Iterable[str], taken: Iterable[DecisionRow]) -> None:
    """Refuse a value that none of the figures can have, and undoing where nothing was decided.

    Raises:
        DecisionError: as said, with what to do instead.
    """
    concerned = [new.figure] if new.figure else list(figures)
    if new.kind == "enter" and new.value is not None and len(concerned) == 1 and concerned[0] in figure_definitions():
        _check_value(concerned[0], new.value)
    if new.kind == "reopen" and not standing_decisions(taken, new.finding_key, set(concerned)):
        raise DecisionError(_("Nothing stands decided here, so there is nothing to undo; see cchc findings --all."))


def standing_decisions(
    taken: Iterable[DecisionRow], finding_key: str | None, figures: set[str]
) -> dict[str | None, DecisionRow]:
    """Return the last decision of each thread on a finding, or on figures by themselves, that was not undone."""
    last = {d.figure: d for d in taken if d.finding_key == finding_key and (not figures or d.figure in figures)}
    return {figure: decision for figure, decision in last.items() if decision.kind != "reopen"}


def shown_value(figure: str, value: Decimal) -> str:
    """Return a value as people write it, percentages with their sign."""
    return percent(value, None) if figure_definitions()[figure].unit == "percent" else number(value)


def _check_value(figure: str, value: Decimal) -> None:
    if not possible(figure, value, rule_book()):
        text = _("{figure} cannot be {value}; look at the value again and enter it as it should be.")
        raise DecisionError(text.format(figure=figure_name(figure), value=shown_value(figure, value)))
