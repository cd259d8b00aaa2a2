"""The sentences of the district's report, drafted from its totals.

Belongs here: filling the wording with totals, leaving out what is not known, saying what each number covers.
Stays out: what is counted from ledger, ranking and findings (`counting`), the appendix (`citing`), layout
(`publications.wordfile`).
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue.paper import PLACEHOLDER, Part, Wording
from catalogue.terms import units_word
from cchc.formats import percent
from publications import words
from publications.content import RoundContent
from publications.coverage import difference_told, is_whole, parts_differ
from publications.district.citing import Citations, Run
from scoring.values import Comparison, RollupRow

Paragraph = tuple[Run, ...]


def standing_words(content: RoundContent) -> dict[str, str]:
    """Return the words every text of the wording may hold."""
    return {
        "round": content.round.title_vi,
        "district": content.office.district,
        "office": content.office.short_name,
        "addressee": content.office.report_addressee,
        "units": units_word(),
        "UNITS": units_word().upper(),
    }


def draft_part(content: RoundContent, wording: Wording, part: Part, citations: Citations) -> list[Paragraph]:
    """Return the paragraphs of a part: each sentence whose totals are known, or the phrase for nothing."""
    drafted = (draft_sentence(content, wording, sentence, citations) for sentence in part.sentences)
    found = [paragraph for paragraph in drafted if paragraph]
    return found or [(Run(wording.nothing.format(**standing_words(content))),)]


def draft_sentence(
    content: RoundContent, wording: Wording, clauses: Sequence[str], citations: Citations
) -> Paragraph | None:
    """Return a sentence with its cited numbers and coverage, None where its first clause is not known.

    A later clause that prints sums is kept only where they rest on the wards of the first: "262 of 120 tasks" would be
    read as a fault where it only is two different sets of wards. A ratio stands for itself and says what it covers.
    """
    if not _known(content, clauses[0]):
        return None
    wards = _wards_of(content, clauses[0])
    kept = [clauses[0], *(c for c in clauses[1:] if _known(content, c) and _fits(content, c, wards))]
    partial = _partial(content, wording, clauses[0])
    runs: list[Run] = []
    for clause, following in zip(kept, [*kept[1:], None], strict=True):
        runs += [Run(", ")] if runs else []
        runs += _clause_runs(content, wording, clause, citations)
        if partial and _wards_of(content, clause) == wards:
            continue
        if following is None or _wards_of(content, following) not in (None, _wards_of(content, clause)):
            runs.append(Run(_coverage(content, wording, clause)))
    runs.append(Run(_disagreement(content, wording, kept)))
    if partial:
        runs = [Run(partial), Run(runs[0].text[:1].lower() + runs[0].text[1:], runs[0].source), *runs[1:]]
    return _sentence_case([*(run for run in runs if run.text), Run(".")])


def _partial(content: RoundContent, wording: Wording, clause: str) -> str:
    """Return the words that a total is not the whole's, where it covers fewer wards than the wording asks for."""
    rows = _rows_of(content, clause)
    if not rows or is_whole(rows[0]):
        return ""
    return wording.phrases["partial"].format(covered=rows[0].covered, expected=rows[0].expected)


def _disagreement(content: RoundContent, wording: Wording, clauses: Sequence[str]) -> str:
    """Return the words that a sentence's parts do not add up to its whole, nothing where they do."""
    rows = {row.code: row for clause in clauses for row in _rows_of(content, clause) if row.measure == "sum"}
    found = parts_differ(rows)
    if found is None:
        return ""
    whole, added = found
    return wording.phrases["disagree"].format(
        sum=words.amount(added, whole.unit), difference=difference_told(whole, added)
    )


def _fits(content: RoundContent, clause: str, wards: tuple[str, ...] | None) -> bool:
    rows = _rows_of(content, clause)
    return all(row.measure == "ratio" or row.wards == wards for row in rows)


def _wards_of(content: RoundContent, clause: str) -> tuple[str, ...] | None:
    """Return the wards that a clause's totals rest on, None where it prints none."""
    rows = _rows_of(content, clause)
    return rows[0].wards if rows else None


def _known(content: RoundContent, clause: str) -> bool:
    for name, change in PLACEHOLDER.findall(clause):
        if name in standing_words(content):
            continue
        row = content.total(name)
        if row is None or row.value is None:
            return False
        if change and (row.last_year is None or row.last_year.change_pct is None):
            return False
    return True


def _rows_of(content: RoundContent, clause: str) -> list[RollupRow]:
    """Return the totals a clause prints; a change has a coverage of its own and is not among them."""
    found = (content.total(name) for name, change in PLACEHOLDER.findall(clause) if not change)
    return [row for row in found if row is not None]


def _clause_runs(content: RoundContent, wording: Wording, clause: str, citations: Citations) -> list[Run]:
    runs: list[Run] = []
    at = 0
    for match in PLACEHOLDER.finditer(clause):
        runs.append(Run(clause[at : match.start()]))
        runs += _placeholder_runs(content, wording, match[1], bool(match[2]), citations)
        at = match.end()
    return [*runs, Run(clause[at:])]


def _placeholder_runs(
    content: RoundContent, wording: Wording, name: str, change: bool, citations: Citations
) -> list[Run]:
    standing = standing_words(content)
    if name in standing:
        return [Run(standing[name])]
    row = content.total(name)
    if row is None:
        return []
    number = citations.number(row)
    if change and row.last_year is not None:
        return [Run(_change(wording, row.last_year), number), Run(_compared(wording, row, row.last_year))]
    return [Run(words.amount(row.value, row.unit), number)]


def _change(wording: Wording, comparison: Comparison) -> str:
    change = comparison.change_pct or Decimal(0)
    phrase = "up" if change > 0 else "down" if change < 0 else "level"
    return wording.phrases[phrase].format(percent=percent(abs(change)))


def _compared(wording: Wording, row: RollupRow, comparison: Comparison) -> str:
    """Return over how many wards a change was reckoned, where that is not every ward."""
    if comparison.covered == row.expected:
        return ""
    return " " + wording.phrases["coverage"].format(covered=comparison.covered, expected=row.expected)


def _coverage(content: RoundContent, wording: Wording, clause: str) -> str:
    """Return what a clause's totals cover; nothing where they cover every ward, there are none, or it was said."""
    rows = _rows_of(content, clause)
    if not rows or rows[0].covered == rows[0].expected:
        return ""
    return " " + wording.phrases["coverage"].format(covered=rows[0].covered, expected=rows[0].expected)


def _sentence_case(runs: list[Run]) -> Paragraph:
    first = runs[0]
    return (Run(words.capital(first.text), first.source), *runs[1:])
