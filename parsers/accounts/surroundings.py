"""What stands around each number of a passage: lead, tail, clause, period, bracket.

Belongs here: cutting each number's surroundings out of the levelled text. Plain strings; no judgement.
Stays out: what the surroundings say (`rules`). Numbers that only cite ("quý II/2022", "tháng 6") part no surroundings:
they are words of the sentence like others.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from catalogue.wordlists import either
from parsers.numbers import Number
from parsers.passages import Passage
from parsers.text.periods import NamedPeriod, periods_in

# Characters on either side of a number: what stands farther away names it no more.
_LONGEST = 120
_LONGEST_CLAUSE = 240
_HARD = re.compile(r"[;\n]|\.(?=\s|$)")
_BRACKETS = re.compile(r"[()\[\]]")
_FOLLOWS = re.compile(rf"[\s,:(\[–-]*(?:(?:{either('account_follows', ' ')})[\s:(]*){{0,3}}")
_PART = re.compile(either("account_parts", " "))
_BEHIND = re.compile(rf"[^\W\d_\s]*(?:\s+[^\W\d_]+){{0,3}}\s*(?:{either('account_of_period')})?\s*")
_CARRIED_OVER = re.compile(rf"\s*(?:{either('account_carried', ' ')})(?!\w)")
_LEFT_FROM = re.compile(rf"(?:{either('account_left_from', ' ')})\s*$")
_COMPARED = re.compile(rf"(?:{either('account_compared', ' ')})\s*$")


@dataclass(frozen=True)
class Surroundings:
    """The levelled text around one number.

    `lead` runs from the number before it, or the start of its clause, up to the number, a table's row and column before
    it; `tail` to the next number or the end of the clause. `period` is the concept of the period in force ("p_prior"),
    empty where none is named. `part` is the word ("trong đó") or bracket that makes the number part of a whole printed
    before it; `goal` tells that a heading above it names a period to come, `follows` that only linking words part it
    from the number before.
    """

    lead: str
    tail: str
    clause: str
    over: tuple[str, ...]
    beside: str = ""
    period: str = ""
    part: str = ""
    goal: bool = False
    follows: bool = False


def surroundings_of(
    passage: Passage, numbers: Sequence[Number], citing: Sequence[bool], round_label: str | None
) -> list[Surroundings | None]:
    """Return the surroundings of the numbers of a passage, None for those that only cite."""
    if all(citing):
        return [None] * len(numbers)
    frame = _Frame(passage, round_label)
    standing = [i for i, cites in enumerate(citing) if not cites]
    found: list[Surroundings | None] = [None] * len(numbers)
    for place, index in enumerate(standing):
        before = numbers[standing[place - 1]] if place else None
        after = numbers[standing[place + 1]] if place + 1 < len(standing) else None
        found[index] = frame.around(numbers[index], before, after)
    return found


def _looks_ahead(heading: str, round_label: str | None) -> bool:
    """Return whether a heading names a period to come and no other ("V. VIỆC LÀM TRONG QUÝ IV")."""
    return {period.concept for period in periods_in(heading, round_label)} == {"p_future"}


class _Frame:
    """The marks of one passage: clause ends, brackets, periods."""

    def __init__(self, passage: Passage, round_label: str | None) -> None:
        self.text = passage.levelled
        self.passage = passage
        self.periods: tuple[NamedPeriod, ...] = periods_in(self.text, round_label)
        beside = periods_in(passage.beside, round_label) if passage.beside else ()
        self.beside = beside[-1].concept if beside else ""
        self.goal = any(_looks_ahead(text, round_label) for text in passage.over)
        self.hard = [0, *(m.end() for m in _HARD.finditer(self.text)), len(self.text)]
        self.brackets = [(m.start(), m[0] in "([") for m in _BRACKETS.finditer(self.text)]
        self.bracket_places = [place for place, _ in self.brackets]

    def around(self, number: Number, before: Number | None, after: Number | None) -> Surroundings:
        """Return the surroundings of one number between two others."""
        place = bisect_right(self.hard, number.start)
        begin, end = self.hard[place - 1], self.hard[min(place, len(self.hard) - 1)]
        start = max(before.end if before else 0, begin, number.start - _LONGEST)
        stop = min(after.start if after else len(self.text), max(end, number.end), number.end + _LONGEST)
        lead = self.text[start : number.start]
        if self.passage.beside and (before is None or start > before.end):
            lead = f"{self.passage.beside} · {lead}"
        gap = self.text[before.unit_end : number.start] if before and before.unit_end >= begin else None
        return Surroundings(
            lead=lead,
            tail=self.text[number.end : stop],
            clause=self.text[self._opened(begin, number.start) : self._closed(end, number.end)],
            over=self.passage.over,
            beside=self.passage.beside,
            period=self._period(begin, number, stop) or self.beside,
            part=self._part(number, before),
            goal=self.goal,
            follows=gap is not None and _FOLLOWS.fullmatch(gap) is not None,
        )

    def _opened(self, begin: int, position: int) -> int:
        place = bisect_left(self.bracket_places, position) - 1
        opened = max(begin, self.bracket_places[place] + 1) if place >= 0 else begin
        return max(opened, position - _LONGEST_CLAUSE)

    def _closed(self, end: int, position: int) -> int:
        place = bisect_left(self.bracket_places, position)
        closed = min(end, self.bracket_places[place]) if place < len(self.brackets) else end
        return min(closed, position + _LONGEST_CLAUSE)

    def _depth(self, start: int, end: int) -> int:
        """Return how many brackets close between two places without having opened there."""
        depth = lowest = 0
        for place in range(bisect_left(self.bracket_places, start), bisect_left(self.bracket_places, end)):
            depth += 1 if self.brackets[place][1] else -1
            lowest = min(lowest, depth)
        return -lowest

    def _period(self, begin: int, number: Number, stop: int) -> str:
        """Return the period named right behind a number, else the nearest before it that is still in force."""
        behind = next((p for p in self.periods if number.end <= p[0] < stop), None)
        if behind and _BEHIND.fullmatch(self.text, number.end, behind[0]):
            return behind[2]
        for start, end, name in reversed(self.periods):
            if end > number.start:
                continue
            if start < begin:
                break
            if self._depth(end, number.start):
                continue
            compared = _COMPARED.search(self.text, max(0, start - 12), start)
            if number.start - end > (14 if compared else 60) or self._carried_over(start, end):
                continue
            return name
        return ""

    def _carried_over(self, start: int, end: int) -> bool:
        """Return whether a period is only where dossiers came from ("kỳ trước chuyển sang", "tồn quý II")."""
        after = _CARRIED_OVER.match(self.text, end)
        return after is not None or _LEFT_FROM.search(self.text, max(0, start - 16), start) is not None

    def _part(self, number: Number, before: Number | None) -> str:
        """Return the word or bracket that makes a number part of a whole printed before it."""
        if before is None:
            match = _PART.search(self.passage.beside) if self.passage.beside else None
            return match[0] if match else ""
        sentence = self.passage.sentence_span(number.start)[0]
        words = [m[0] for m in _PART.finditer(self.text, max(sentence, number.start - 4 * _LONGEST), number.start)]
        if words:
            return words[-1]
        opened = self._opened(0, number.start)
        inside = opened > 0 and self.text[opened - 1] in "(["
        return self.text[opened - 1] if inside and opened > before.start - 200 and sentence < opened else ""
