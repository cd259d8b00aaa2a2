"""From the lines of a report to the numbers that are figures.

Belongs here: the walk over lines and sentences, what each sentence inherits, and the choices made in it.
Stays out: printings (`results`), identity and accounts (other modules of `parsers`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from catalogue.groups import concepts_of
from catalogue.shapes import shape
from catalogue.wordlists import either, word_list
from parsers.accounts import Named
from parsers.document import Document
from parsers.figures.afterwards import CORRECTED
from parsers.figures.analysis import Analyst
from parsers.figures.candidate import Scope
from parsers.figures.choice import Choice, Sentence
from parsers.figures.choose import Assigner, Listener
from parsers.figures.clauses import Group, groups_of
from parsers.figures.earlier_sentences import (
    as_before,
    continues,
    narrows,
    says_the_same_of_ward,
    without_other_levels,
)
from parsers.figures.lines import STATES, Line, lines_of
from parsers.figures.mentions import Mention, find_mentions
from parsers.figures.money import Ledger
from parsers.figures.propose import WayBook
from parsers.figures.respectively import deal_out
from parsers.figures.sections import announces
from parsers.figures.table_lines import table_lines
from parsers.sentences import sentence_spans
from parsers.text.lexicon import Hit, Lexicon
from parsers.text.periods import Calendar
from parsers.text.spelling import level

# Characters between what turns a sentence to the ward and the subject.
SUBJECT_REACH = 12
MOST_NUMBERS = 120
"""A sentence with more numbers is no sentence; what it says cannot be told from its order."""
_OWN = re.compile(shape("own_unit"))


_IN_TIME = concepts_of("in_time_said")
"""Behind "Trong hạn: 12." a sentence that says "Quá hạn: 0." goes on with dossiers still open."""
_SAID = STATES | _IN_TIME
_LEADING = re.compile(rf"(?:[\s\-+•*]|{either('before_period')})*")
"""Words of a sentence that may stand before the period it opens with."""
_OTHER_PERIODS = concepts_of("other_periods")


class Engine:
    """Reads documents with one set of labels."""

    def __init__(self, lexicon: Lexicon, listener: Listener | None = None) -> None:
        self._lexicon = lexicon
        book = WayBook(lexicon.labels)
        self._assigner = Assigner(book, Ledger(lexicon.labels), listener)

    def read(self, document: Document, round_label: str | None) -> tuple[list[Choice], list[Named]]:
        """Return the numbers of a document that are figures or named others, in reading order, and cells set aside."""
        title = " ".join(level(b.text) for b in document.blocks[:12] if b.kind == "title")
        calendar = Calendar.of(round_label, title)
        analyst = Analyst(self._lexicon, calendar)
        found: list[Choice] = []
        by_block: dict[int, dict[str, set[Decimal]]] = {}
        apart: list[Named] = []
        for line in self._lines(document, analyst):
            if isinstance(line, Named):
                apart.append(line)
                continue
            above = found[-1] if found and not line.table and _block(found[-1]) == line.block - 1 else None
            for choice in self._line(line, analyst, calendar, above):
                if self._is_part(choice, by_block):
                    continue
                if choice.candidate.rule == CORRECTED:
                    found = [c for c in found if not _is_corrected_by(c, choice)]
                found.append(choice)
                by_block.setdefault(line.block, {}).setdefault(choice.figure, set()).add(choice.mention.value)
        return found, apart

    def _is_part(self, choice: Choice, by_block: dict[int, dict[str, set[Decimal]]]) -> bool:
        """Return whether a list item only splits up the figure that the item over it prints."""
        if choice.figure in self._lexicon.labels.sums:
            return False
        over = [by_block.get(block, {}).get(choice.figure, set()) for block in choice.sentence.line.leads]
        return any(values and choice.mention.value not in values for values in over)

    @staticmethod
    def _lines(document: Document, analyst: Analyst) -> Iterator[Line | Named]:
        for block, line, outline in lines_of(document, analyst):
            if line is not None:
                yield line
            else:
                yield from table_lines(block, analyst, outline)

    def _line(self, line: Line, analyst: Analyst, calendar: Calendar, above: Choice | None) -> Iterator[Choice]:
        """Yield the figures of one line, sentence by sentence; `above` is the last choice of the line before."""
        if line.goals:
            return
        mentions = find_mentions(line.analysis, line.scale, skip_label=not line.table)
        if not mentions:
            return
        spans = [(0, len(line.analysis.text))] if line.table else sentence_spans(line.analysis.text)
        places = [m.start for m in mentions]
        previous, narrowed = above, False
        before: Sentence | None = None
        for start, end in spans:
            inside = mentions[bisect_left(places, start) : bisect_left(places, end)]
            if not inside or len(inside) > MOST_NUMBERS or announces(line.analysis, start):
                continue
            if narrowed and continues(line.analysis, start):
                continue
            sentence = Sentence(line, start, end)
            groups, choices = self._sentence(sentence, inside, calendar, previous)
            if not choices and before is not None and says_the_same_of_ward(line.analysis, start, groups):
                choices = as_before(groups, self._of_other_level(before, analyst, calendar), sentence)
            narrowed, before = narrows(groups, choices), sentence
            for choice in sorted(choices, key=lambda c: c.mention.start):
                yield choice
                previous = choice

    def _sentence(
        self, sentence: Sentence, inside: list[Mention], calendar: Calendar, previous: Choice | None
    ) -> tuple[list[Group], list[Choice]]:
        """Return the bracket groups of a sentence and what its numbers are."""
        line = sentence.line
        scope, earlier = _scope(line, sentence.start, sentence.end, calendar)
        groups = groups_of(line.analysis, sentence.start, sentence.end, inside)
        for group in groups:
            deal_out(group, line.analysis)
        return groups, self._assigner.choose(sentence, groups, scope, earlier, previous)

    def _of_other_level(self, before: Sentence, analyst: Analyst, calendar: Calendar) -> list[Choice]:
        """Return what the numbers of a sentence on the town or province would be if it spoke of the ward."""
        line = before.line
        text = without_other_levels(line.analysis, before.start, before.end)
        if text is None:
            return []
        alike = replace(before, line=replace(line, analysis=analyst.of(text)))
        mentions = find_mentions(alike.line.analysis, line.scale, skip_label=not line.table)
        inside = [m for m in mentions if before.start <= m.start < before.end]
        return self._sentence(alike, inside, calendar, None)[1]


def _block(choice: Choice) -> int:
    return choice.sentence.line.block


def _is_corrected_by(earlier: Choice, later: Choice) -> bool:
    """Return whether a number stands right before the one that the writer puts in its place."""
    near = _block(later) - 1 <= _block(earlier) <= _block(later)
    return near and earlier.figure == later.figure and earlier.mention.value != later.mention.value


def _scope(line: Line, start: int, end: int, calendar: Calendar) -> tuple[Scope, list[Hit]]:
    """Return what a sentence inherits and the phrases of the block before it, nearest first."""
    sentence: dict[str, int] = {}
    for hit in (*line.analysis.inner_within(start, end), *line.analysis.within(start, end)):
        for name in hit.names:
            sentence[name] = min(sentence.get(name, hit.start), hit.start)
    named: dict[str, int] = {}
    for hit in line.analysis.within(start, end):
        for name in hit.names:
            named.setdefault(name, hit.start)
    remembered = line.analysis.before(start)
    first = remembered[0].start if remembered else start
    names = {name for hit in (*line.analysis.inner_within(first, start), *remembered) for name in hit.names}
    earlier = list(reversed(remembered))
    elsewhere = _elsewhere(line, start, end)
    state = next((h.names & _SAID for h in earlier if h.names & _SAID), frozenset[str]())
    under = line.under
    if state and state <= _IN_TIME and not named.keys() & STATES:
        resolved = state == {"within"} and next((True for h in earlier if "resolved" in h.names), False)
        under = under | {"resolved" if resolved else "pending"}
    scope = Scope(
        sentence,
        named,
        frozenset(names),
        line.topics,
        under,
        calendar.months,
        elsewhere,
        line.section,
        line.headed,
        _opens_in_past(line, start, end),
    )
    return scope, earlier


def _opens_in_past(line: Line, start: int, end: int) -> bool:
    """Return whether a sentence opens with another period and never comes back to the report's own."""
    inside = line.analysis.within(start, end)
    lead = _LEADING.match(line.analysis.levelled, start, end)
    opening = [h for h in inside if h.start <= max(start + SUBJECT_REACH, lead.end() if lead else 0)]
    if not any(h.names & _OTHER_PERIODS for h in opening):
        return False
    if all(_is_month(h) for h in opening if h.names & _OTHER_PERIODS) and any("total" in h.names for h in inside):
        return False
    return not any("p_this" in h.names or ("compare" in h.names and not _heads(line, h)) for h in inside)


def _is_month(hit: Hit) -> bool:
    """Return whether a period is one month of the report's own, which a total may follow."""
    return hit.text.split()[:1] == list(word_list("month"))


def _heads(line: Line, hit: Hit) -> bool:
    """Return whether a phrase stands alone before a colon ("So sánh: …")."""
    return line.analysis.levelled[hit.end : hit.end + 2].lstrip().startswith(":")


def _elsewhere(line: Line, start: int, end: int) -> tuple[int, int] | None:
    """Return from where to where a sentence speaks of another level or of what is to come, None where it does not."""
    for hit in line.analysis.within(start, start + SUBJECT_REACH + 1):
        if "p_future" in hit.names:
            return hit.end, end
        if "scope_other" in hit.names:
            own = _OWN.search(line.analysis.levelled, hit.end, end)
            return hit.end, own.start() if own else end
    return None
