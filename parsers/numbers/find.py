"""Finding the numbers of a text.

Belongs here: `find_numbers`, which joins runs of digits and counted words with what stands around them, and
compounds such as "254 triệu 700 nghìn".
Stays out: each of those steps' own grammar; see the modules beside this one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from catalogue.wordlists import either
from parsers.numbers.around import approximation_at, is_glued, percent_end, scale_at, smudged_percent_end, unit_at
from parsers.numbers.counted import counted_words
from parsers.numbers.digits import Digits, read_digits
from parsers.numbers.links import link_numbers
from parsers.numbers.runs import Run, find_runs
from parsers.numbers.value import Number
from parsers.numbers.words import value_of_words

_ECHO = re.compile(r"\s{0,2}\(\s?((?:[^\W\d_]{2,6}\s){0,9}[^\W\d_]{2,6})\s?\)")
# Characters of a paragraph; a longer text is read without remembering it.
_USUAL_LENGTH = 8000
_MAY_BE_BROKEN = frozenset({"", "measure", "time", "score"})
"""What can be counted in fractions; "1,234 hồ sơ" are 1234 dossiers."""


def find_numbers(text: str) -> list[Number]:
    """Return every number of `text` (NFC), in order, fractions and ranges linked.

    Work grows with the length of the text only, whatever stands in it. The readers of a report ask for the same
    paragraph several times, so the numbers of a paragraph of usual length are kept.
    """
    return list(_kept(text)) if len(text) <= _USUAL_LENGTH else _find(text)


@lru_cache(maxsize=1024)
def _kept(text: str) -> tuple[Number, ...]:
    return tuple(_find(text))


def _find(text: str) -> list[Number]:
    if not text:
        return []
    echoes: set[int] = set()
    found = [_of_run(text, run, echoes) for run in find_runs(text)]
    found = list(_compounds(text, list(_outside_units(found))))
    words = [n for n in counted_words(text, found) if n.start not in echoes]
    if words:
        found = sorted([*found, *words], key=lambda n: n.start)
    return link_numbers(text, found)


def _of_run(text: str, run: Run, echoes: set[int]) -> Number:
    """Return the Number of a run of digits with what stands around it; remember a repetition in words."""
    scale, end, half = scale_at(text, run.end)
    percent = percent_end(text, end)
    smudged = smudged_percent_end(text, end) if percent is None else None
    read = _with_doubt(read_digits(run.digits, percent=percent is not None, scale=scale), run)
    after, read = _past_echo(text, percent or smudged or end, read, echoes)
    is_percent = bool(percent or smudged)
    unit, unit_class, unit_end = ("", "", after) if is_percent else unit_at(text, after)
    if read.candidates and read.decimals == 3 and unit_class not in _MAY_BE_BROKEN:
        read = replace(read, value=max(read.candidates), decimals=0, candidates=read.candidates[::-1])
    return Number(
        start=run.start,
        end=end,
        raw=text[run.start : end],
        value=read.value * scale + (scale / 2 if half else 0),
        quantum=scale / 2 if half else scale.scaleb(-read.decimals),
        decimals=read.decimals,
        scale=scale,
        grouped=read.grouped,
        percent=is_percent,
        unit=unit,
        unit_class=unit_class,
        unit_end=unit_end,
        approximation=approximation_at(text, run.start, after),
        malformed=read.malformed or smudged is not None,
        mended=run.mended,
        glued=is_glued(text, run.start, end, bool(unit)),
        candidates=tuple(c * scale for c in read.candidates),
    )


def _past_echo(text: str, after: int, read: Digits, echoes: set[int]) -> tuple[int, Digits]:
    """Return where a repetition in words ("02 (hai)") ends, and the digits, in doubt where the two disagree."""
    echo = _ECHO.match(text, after)
    said = value_of_words(echo[1].lower().split()) if echo else None
    if echo is None or said is None:
        return after, read
    echoes.add(echo.start(1))
    agrees = read.malformed or said == read.value
    return echo.end(), read if agrees else replace(read, candidates=(read.value, said))


def _with_doubt(read: Digits, run: Run) -> Digits:
    """Return the digits with the other reading that the print of the run leaves open."""
    if run.other is None or read.malformed:
        return replace(read, malformed=True) if run.broken else read
    other = read_digits(run.other).value
    return replace(read, candidates=(read.value, other), malformed=run.broken)


def _outside_units(numbers: list[Number]) -> Iterator[Number]:
    """Yield the numbers without digits that belong to a counting word: the 2 of "86 m2"."""
    covered = 0
    for number in numbers:
        if number.start >= covered:
            yield number
            covered = number.unit_end


def _compounds(text: str, numbers: list[Number]) -> Iterator[Number]:
    """Yield the numbers, "254 triệu 700 nghìn" joined into one: a smaller scale follows a larger one."""
    held: Number | None = None
    for number in numbers:
        tail = _spoken_tail(text, held, number) if held is not None else None
        if held is not None and tail is not None:
            yield held._replace(
                end=number.end,
                raw=text[held.start : number.end],
                value=held.value + tail,
                unit_end=number.unit_end,
                unit=number.unit,
                unit_class=number.unit_class,
                candidates=(held.value + tail, held.value),
            )
            held = None
            continue
        if held is not None and _continues(text, held, number):
            held = number._replace(
                start=held.start,
                raw=text[held.start : number.end],
                value=held.value + number.value,
                approximation=held.approximation,
                mended=held.mended or number.mended,
                malformed=held.malformed or number.malformed,
                candidates=(),
            )
            continue
        if held is not None:
            yield held
        held = number
    if held is not None:
        yield held


# From a million up, bare digits behind a scale are said as its decimals ("3 tỷ 6").
_LEAST_SPOKEN = 10**6
_TAIL = re.compile(r"[1-9]|[0-9]{3}")
_TAIL_ENDS = re.compile(rf"\s*(?:[;:)]|[.,](?![0-9])|(?:{either('dong')})(?!\w)|$)")


def _spoken_tail(text: str, large: Number, small: Number) -> Decimal | None:
    """Return what bare digits behind a scale are worth as they are said: "3 tỷ 6" is 3,6 tỷ, "2tỷ100" 2,1 tỷ."""
    if large.scale < _LEAST_SPOKEN or large.decimals or large.percent or small.percent or large.malformed:
        return None
    if text[large.end : small.start] not in {"", " "} or not _TAIL.fullmatch(small.raw):
        return None
    if small.unit_class not in {"", "money"} or not _TAIL_ENDS.match(text, small.end):
        return None
    return small.value * large.scale.scaleb(-len(small.raw))


def _continues(text: str, large: Number, small: Number) -> bool:
    if large.scale == 1 or large.decimals or small.percent or small.scale >= large.scale:
        return False
    if small.value >= large.scale or not text[large.end : small.start].isspace():
        return False
    return small.scale > 1 or (small.unit_class == "money" and small.grouped)
