"""What each part of a report says about its round, and what of it contradicts the rest.

Belongs here: title, opening, closing, date and file name as evidence for a round label, by the windows of
`catalogue/rounds.yaml`; conflicts between them as text for the ward.
Stays out: reading the parts (`letterhead`), the words for periods (`roundnames`), the weighing (`weigh`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from catalogue.rounds import Round, parse_round
from cchc.formats import day as day_text
from cchc.messages import translator
from parsers.identity.headlines import plain
from parsers.identity.letterhead import Letterhead
from parsers.identity.roundnames import Period, find_periods, period_of_title
from parsers.identity.windows import is_of, windows
from parsers.reading import Evidence

_ = translator("identity")

# How much each part of a report says about its round: by hand on the marked reports (docs/reading.md).
_TITLE, _OPENING, _CLOSING, _DATE, _FILE = 0.85, 0.6, 0.5, 0.55, 0.3
_STROKES_ONLY = re.compile(r"(?<!\w)[IiTlHh1|]{1,3}(?!\w)")
# What is kept of it where the print is mended or in doubt, and how far a date may stand outside the window.
_MENDED = 0.7
_DOUBTFUL = 0.5
_EARLY = timedelta(days=30)
_EARLY_IN_MONTH = timedelta(days=7)
_OVERDUE = timedelta(days=30)
_FILE_LABEL = re.compile(r"(?P<year>20\d\d)\W{0,2}q(?P<number>[1-4])(?!\d)", re.IGNORECASE)


def round_evidence(head: Letterhead, file_name: str | None) -> Iterator[tuple[str, Evidence]]:
    """Yield the round labels that the parts of a report name, each with its evidence."""
    title = period_of_title(head.title)
    if title:
        yield from _vote("title", title, head.day, _TITLE * (_MENDED if _is_doubtful(title, head) else 1.0))
    for source, texts, weight in (("opening", head.opening, _OPENING), ("closing", head.closing[::-1], _CLOSING)):
        stated = next((p for text in texts for p in _own_periods(text)), None)
        if stated and _is_doubtful(stated, head):
            yield from _agreeing(_vote(source, stated, head.day, weight * _DOUBTFUL, title), head.day)
        elif stated:
            yield from _vote(source, stated, head.day, weight, title)
    if head.day:
        yield from _of_date(head.day, head.day_text, title)
    if file_name:
        yield from _of_file_name(file_name, head.day)


def written_on(head: Letterhead) -> date | None:
    """Return when a report was written, as near as it says: its date, else the end of the round its title names."""
    title = period_of_title(head.title) if head.day is None else None
    return Round(title.year, title.number).window_end if title and title.year else head.day


def _of_date(day: date, printed: str, title: Period | None) -> Iterator[tuple[str, Evidence]]:
    """Yield the round whose reports are dated like `day`; dated in the December before, quý I is borne out."""
    first = Round(day.year + 1, 1)
    if title and title.number == 1 and title.year in {None, first.year} and day > first.previous().window_end:
        yield first.label, Evidence("date", printed, _DATE * _DOUBTFUL)
        return
    own = Round(title.year or day.year, title.number) if title and title.number > 4 else None
    if own is not None and own.window_end - _early(own) <= day <= own.closes + _OVERDUE:
        yield own.label, Evidence("date", printed, _DATE)
        return
    for found in rounds_of_day(day)[:1]:
        yield found.label, Evidence("date", printed, _DATE)


def _agreeing(votes: Iterator[tuple[str, Evidence]], day: date | None) -> Iterator[tuple[str, Evidence]]:
    """Yield the votes that the date of the report bears out: strokes of a numeral are lost, not made up to fit."""
    borne_out = {found.label for found in rounds_of_day(day)} if day else set()
    return (vote for vote in votes if vote[0] in borne_out)


def _vote(
    source: str, period: Period, day: date | None, weight: float, other: Period | None = None
) -> Iterator[tuple[str, Evidence]]:
    year = period.year or (other.year if other else None) or _year_of(period.number, day)
    if year is not None:
        sure = weight * _MENDED if period.mended else weight
        yield Round(year, period.number).label, Evidence(source, period.words, round(sure, 3))


def _year_of(number: int, day: date | None) -> int | None:
    """Return the year of a round named without one: that of the round of this number nearest to the date."""
    if day is None:
        return None
    years = (day.year - 1, day.year, day.year + 1)
    return min(years, key=lambda year: abs(Round(year, number).due - day))


def _of_file_name(file_name: str, day: date | None) -> Iterator[tuple[str, Evidence]]:
    """Yield the round that a file name gives away; it weighs little."""
    label = _FILE_LABEL.search(file_name)
    if label:
        yield f"{label['year']}-Q{label['number']}", Evidence("file_name", file_name, _FILE)
        return
    period = period_of_title(re.sub(r"[-_.]+", " ", file_name))
    if period:
        yield from _vote("file_name", period, day, _FILE)


def rounds_of_day(day: date) -> list[Round]:
    """Return the rounds whose reports are usually dated like `day`: a month before the window's end to a month late."""
    candidates = [Round(year, number) for year in (day.year - 1, day.year, day.year + 1) for number in (1, 2, 3, 4)]
    return [r for r in candidates if r.window_end - _EARLY <= day <= r.closes + _OVERDUE]


def round_conflicts(head: Letterhead, label: str | None) -> tuple[str, ...]:
    """Return what speaks against the round `label`: another period in title or body, a date out of season."""
    if label is None:
        return ()
    chosen = parse_round(label)
    said = [*_other_periods(head, chosen), *_other_windows(head, chosen), *_out_of_season(head, chosen)]
    return tuple(dict.fromkeys(said))


def _other_windows(head: Letterhead, chosen: Round) -> Iterator[str]:
    """Yield the days that the opening says the numbers cover, where none of them are those of the round."""
    if head.recognised:
        return
    said = [window for text in head.opening if _STATES.search(plain(text)) for window in windows(text)]
    if said and not any(is_of(window, chosen) for window in said):
        yield _("the opening says “{words}”").format(words=said[0].words)


def _other_periods(head: Letterhead, chosen: Round) -> Iterator[str]:
    title = period_of_title(head.title)
    if title and _differs(title, chosen):
        yield _("the title says “{words}”").format(words=title.words)
    for message, texts in (
        (_("the opening says “{words}”"), head.opening),
        (_("the closing says “{words}”"), head.closing),
    ):
        for text in texts:
            yield from (message.format(words=p.words) for p in _contradicting(text, head, chosen))


def _contradicting(text: str, head: Letterhead, chosen: Round) -> list[Period]:
    """Return the first period of a paragraph on the report, where neither a period nor days in it are the round's."""
    named = _own_periods(text)
    if any(not _differs(period, chosen) for period in named) or any(is_of(w, chosen) for w in windows(text)):
        return []
    return [period for period in named[:1] if not _is_doubtful(period, head)]


def _is_doubtful(period: Period, head: Letterhead) -> bool:
    """Return whether the words of a period may be misread: a recogniser loses strokes of "III" and is sure of it."""
    if head.recognised and _STROKES_ONLY.search(period.words):
        return True
    return any(word.strip(".,;:()") in head.uncertain for word in period.words.split())


def _differs(period: Period, chosen: Round) -> bool:
    """Return whether a period is another than a round's; nine months do not contradict their quarter."""
    named = Round(period.year or chosen.year, period.number)
    wider = named.kind != chosen.kind and named.quarter == chosen.quarter
    return (named.number != chosen.number and not wider) or named.year != chosen.year


def _early(chosen: Round) -> timedelta:
    return _EARLY_IN_MONTH if chosen.kind == "month" else _EARLY


_STATES = re.compile(
    r"bao\s+(?:cao|nhanh)|tong\s+hop|nhu\s+sau|tren\s+day|ket\s+qua\s+(?:cong\s+tac|thuc\s+hien|cai\s+cach)|so\s+lieu"
)


def _own_periods(text: str) -> list[Period]:
    """Return the periods of a paragraph that speaks of the report it belongs to; the first is most likely its own."""
    return find_periods(text) if _STATES.search(plain(text)) else []


def is_out_of_season(head: Letterhead, label: str) -> bool:
    """Return whether a report is dated before the quarter of a round began, or when the next round's are being written.

    What is dated so may be late, or its title a copy of the last report's: a person has to look.
    """
    chosen = parse_round(label)
    return head.day is not None and not (
        chosen.previous().window_end < head.day <= chosen.next().window_end - _early(chosen)
    )


def _out_of_season(head: Letterhead, chosen: Round) -> Iterator[str]:
    """Yield a date out of season."""
    if head.day is not None and is_out_of_season(head, chosen.label):
        yield _("the report is dated {day}, outside the season of round {round}").format(
            day=day_text(head.day), round=chosen.title_vi
        )
