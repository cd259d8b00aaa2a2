"""What stands around a number, as named features of a sequence model.

Belongs here: words, word pairs and triples before, behind and over a spot, its shape, and what its value says beside
its neighbours' (equal, share of, sum of). Stays out: phrases that mean a figure, and anything of the grammar's opinion
(`stacking`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from parsers.learned.positions import Line, Spot
from parsers.learned.times import time_signs
from parsers.sentences import sentence_spans

NEAR, CLAUSE, FAR = 6, 14, 30
"""How many tokens are seen one by one, as a clause, and as the rest of the sentence."""
_REACH, _LONGEST_RUN = 4, 20  # numbers to both sides, and numbers in a row that may add up; by hand
_TOLERANCE = Decimal("0.006")
_TOKEN = re.compile(r"[^\W\d_]+|\d[\d.,]*|[^\w\s]")
_SPAN = re.compile(r"quý\s+(?:[iv]+|\d)|\d+\s+tháng(?:\s+(?:đầu|cuối)\s+năm)?|tháng|năm")
"""The span that a report's title gives: "quý iii", "6 tháng đầu năm", "năm"."""
_BLANKED = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True)
class _Tokens:
    """The tokens of one text, numbers as "#", and which token each spot begins with."""

    words: list[str]
    starts: list[int]
    first: list[int]
    last: list[int]
    sentence: list[int]


def features_of(line: Line) -> list[list[str]]:
    """Return the features of every spot of a line, in order."""
    found = _of_row(line) if line.columns is not None else _of_text(line)
    return [own + times for own, times in zip(found, time_signs(line), strict=True)]


def _of_text(line: Line) -> list[list[str]]:
    """Return the features of the spots of running text."""
    tokens = _tokens(line.text, line.spots)
    shared = _shared(line)
    return [
        [*_shape(spot), *_neighbours(line.spots, i), *_around(tokens, i), *shared] for i, spot in enumerate(line.spots)
    ]


def signs_of(line: Line) -> list[list[str]]:
    """Return what the print of every spot tells, its neighbours' values and the times named, without a word."""
    times = time_signs(line)
    return [
        [*_shape(spot), *_neighbours(line.spots, i), *_of_cell(line, spot), *times[i]]
        for i, spot in enumerate(line.spots)
    ]


def _of_cell(line: Line, spot: Spot) -> list[str]:
    """Return what the arithmetic of its column tells of a cell, nothing for running text."""
    if line.columns is None:
        return []
    column = line.columns[spot.column or 0]
    return [f"T.role={column.role}", f"T.role={column.role}:{column.totalled}", f"T.label={bool(line.label)}"]


def _of_row(line: Line) -> list[list[str]]:
    """Return the features of the spots of a table row: its labels, its heads, and the text of the cell itself."""
    shared = [*_shared(line), *_bag("RL", line.label), f"RL={line.label[:60]}", *_bag("CP", line.caption)]
    shared += [f for i, text in enumerate(line.parents[::-1][:2]) for f in _bag(f"RP{i}", text)]
    shared.append(f"RU={line.unit}")
    found = []
    by_cell: dict[int | None, list[int]] = {}
    for i, spot in enumerate(line.spots):
        by_cell.setdefault(spot.column, []).append(i)
    for i, spot in enumerate(line.spots):
        column = line.columns[spot.column or 0] if line.columns else None
        heads = column.heads if column else ()
        inside = [line.spots[j] for j in by_cell[spot.column]]
        tokens = _tokens(column.text if column else "", tuple(inside))
        own = [*_shape(spot), *_neighbours(line.spots, i), *_around(tokens, inside.index(spot)), *shared]
        own += _of_cell(line, spot)
        own += [f for depth, head in enumerate(reversed(heads)) for f in _bag(f"CH{min(depth, 1)}", head)]
        joined = " > ".join(heads)
        own += [f"CH={joined[:80]}", f"RC={line.label[:40]}|{joined[:60]}", *_bag("CA", joined)]
        own += [f"RLxCH={a}|{b}" for a in _words(line.label)[:6] for b in _words(heads[-1] if heads else "")[:4]]
        found.append(own)
    return found


def _shape(spot: Spot) -> list[str]:
    """Return what the print of a number itself tells."""
    number = spot.number
    if number is None:
        return ["N=denial", "N.unit=none"]
    kind = "pct" if number.percent else "vnd" if number.unit_class == "money" or number.scale > 1 else "cnt"
    shape = [f"N={kind}", f"N.unit={number.unit}", f"N.class={number.unit_class}", f"N.dec={number.decimals}"]
    shape += [f"N.mag={len(str(abs(int(number.value))))}", f"N.part={number.part}", f"N.range={number.range_part}"]
    shape += [f"N.appr={number.approximation.value}", f"N.words={number.in_words}", f"N.grouped={number.grouped}"]
    if number.plain and 2000 <= number.value <= 2040:
        shape.append("N.year")
    if number.value in (0, 100):
        shape.append(f"N.is={number.value}")
    return shape


def _kind(spot: Spot) -> str:
    return _shape(spot)[0][2:]


def _neighbours(spots: Sequence[Spot], i: int) -> list[str]:
    """Return what a number is beside its neighbours: their shapes, and arithmetic that comes out."""
    around = [_kind(spots[j]) if 0 <= j < len(spots) else "-" for j in range(i - 2, i + 3)]
    found = [f"K-1={around[1]}", f"K+1={around[3]}", f"K={'.'.join(around[1:4])}", f"K5={'.'.join(around)}"]
    found.append(f"I={min(i, 4)}")
    found += _arithmetic(spots, i)
    return found


def _arithmetic(spots: Sequence[Spot], i: int) -> Iterator[str]:
    """Yield the arithmetic of a number with those near it: equal to, share of, made of."""
    spot = spots[i]
    if not spot.value:
        return
    near = range(max(0, i - _REACH), min(len(spots), i + _REACH + 1))
    for j in near:
        if j != i and spots[j].value == spot.value and _kind(spots[j]) == _kind(spot):
            yield f"A.eq={_sign(j - i)}"
    if _kind(spot) == "pct":
        yield from _share(spots, i, near)
        return
    values = [(j, spots[j].value) for j in near if j != i and _kind(spots[j]) != "pct" and spots[j].value]
    for a, (j, x) in enumerate(values):
        for k, y in values[a + 1 :]:
            if x + y == spot.value:
                yield f"A.whole={_sign(j - i)}{_sign(k - i)}"
            elif abs(x - y) == spot.value:
                yield f"A.rest={_sign(j - i)}{_sign(k - i)}"
    yield from _runs(spots, i)


def _runs(spots: Sequence[Spot], i: int) -> Iterator[str]:
    """Yield that three or more counts right before or right behind add up to this one."""
    for step in (-1, 1):
        total, at = Decimal(0), i + step
        while 0 <= at < len(spots) and total < spots[i].value and abs(at - i) <= _LONGEST_RUN:
            total += spots[at].value if _kind(spots[at]) != "pct" else 0
            at += step
        if total == spots[i].value and abs(at - i) > 3:
            yield f"A.sum={step:+d}"


def _share(spots: Sequence[Spot], i: int, near: range) -> Iterator[str]:
    wanted = spots[i].value / 100
    counts = [(j, spots[j].value) for j in near if _kind(spots[j]) in ("cnt", "vnd") and spots[j].value]
    for j, x in counts:
        for k, y in counts:
            if j != k and abs(x / y - wanted) <= _TOLERANCE * wanted:
                yield f"A.share={_sign(j - i)}{_sign(k - i)}"


def _sign(distance: int) -> str:
    return f"{max(-2, min(2, distance)):+d}"


def _tokens(text: str, spots: Sequence[Spot]) -> _Tokens:
    """Return the tokens of a levelled text with the token at which each spot begins and the one behind its end."""
    words, starts = [], []
    for match in _TOKEN.finditer(text):
        words.append("#" if match[0][0].isdigit() else match[0])
        starts.append(match.start())
    sentence = [0] * len(words)
    for number, (start, end) in enumerate(sentence_spans(text)):
        for t, place in enumerate(starts):
            if start <= place < end:
                sentence[t] = number
    first = [next((t for t, p in enumerate(starts) if p >= s.start), len(words)) for s in spots]
    last = [next((t for t, p in enumerate(starts) if p >= s.end), len(words)) for s in spots]
    return _Tokens(words, starts, first, last, sentence)


def _around(tokens: _Tokens, i: int) -> list[str]:
    """Return the words around a spot: one by one, as a clause on either side, and the rest of its sentence."""
    words, begin, end = tokens.words, tokens.first[i], tokens.last[i]
    previous = tokens.last[i - 1] if i else 0
    following = tokens.first[i + 1] if i + 1 < len(tokens.first) else len(words)
    number = tokens.sentence[begin] if begin < len(words) else 0
    opens = next((t for t in range(begin, -1, -1) if t < len(words) and tokens.sentence[t] != number), -1) + 1
    closes = next((t for t in range(end, len(words)) if tokens.sentence[t] != number), len(words))
    left, right = words[max(0, begin - CLAUSE) : begin], words[end : end + NEAR + 4]
    found = [*_steps("L", left[::-1]), *_steps("R", right)]
    clause = words[max(previous, begin - CLAUSE) : begin]
    found += _bag_of("CL", clause)
    found += _bag_of("CR", words[end : max(end, min(following, closes, end + CLAUSE))])
    found += [f"SL={w}" for w in dict.fromkeys(words[max(opens, begin - FAR) : begin])]
    found += [f"SR={w}" for w in dict.fromkeys(words[end : min(closes, end + FAR)])]
    found += [f"BF={w}" for w in dict.fromkeys(words[max(0, opens - FAR) : opens])]
    found += _earlier(tokens, i)
    start = words[opens : opens + 4]
    found += [f"S1={' '.join(start[:2])}", f"S2={' '.join(start)}", f"S.first={previous <= opens}"]
    first = words[:5]
    found += [f"B1={' '.join(first[:2])}", f"B2={' '.join(first)}"]
    return found


def _earlier(tokens: _Tokens, i: int) -> Iterator[str]:
    """Yield the words that stood right before the numbers before this one, nearest first."""
    for back in (1, 2, 3):
        j = i - back
        if j < 0:
            return
        begin = tokens.last[j - 1] if j else 0
        clause = tokens.words[max(begin, tokens.first[j] - 8) : tokens.first[j]]
        yield from (f"P{back}={w}" for w in dict.fromkeys(clause))
        yield from (f"P{back}={a} {b}" for a, b in dict.fromkeys(itertools.pairwise(clause)))


def _steps(name: str, words: Sequence[str]) -> Iterator[str]:
    """Yield words by their distance, and the two, three and four nearest together."""
    for distance, word in enumerate(words[:NEAR], 1):
        yield f"{name}{distance}={word}"
    for length in (2, 3, 4):
        yield f"{name}{length}g={' '.join(words[:length])}"
    for distance in (1, 2):
        yield f"{name}b{distance}={' '.join(words[distance : distance + 2])}"


def _shared(line: Line) -> list[str]:
    """Return what all spots of a line share: headings, lead, the paragraph before, the report's title."""
    found = [f"BK={line.kind}"]
    for depth, text in enumerate(reversed(line.over[-3:])):
        found += _bag(f"H{depth}", text)
    found += [f for text in line.over for f in _once("HA", text)]
    found += _bag("LD", line.lead)
    found += _once("BB", line.before[-160:])
    found += [f"T={m[0]}" for m in _SPAN.finditer(line.title)]
    return found


def _bag(name: str, text: str) -> list[str]:
    return _bag_of(name, _words(text))


def _once(name: str, text: str) -> list[str]:
    return [f"{name}={w}" for w in dict.fromkeys(_words(text))]


def _bag_of(name: str, words: Sequence[str]) -> list[str]:
    """Return the words, pairs and triples of a stretch, each once."""
    found = [f"{name}={w}" for w in words]
    found += [f"{name}={a} {b}" for a, b in itertools.pairwise(words)]
    found += [f"{name}={a} {b} {c}" for a, b, c in zip(words, words[1:], words[2:], strict=False)]
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(_BLANKED.sub("#", w) for w in _TOKEN.findall(text))
