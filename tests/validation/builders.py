"""Readings for tests: from plain figures, and from the marked texts of the corpus.

Belongs here: building a Reading without any reader or engine, each printing with sentence, precision and base.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue.figures import figure_definitions
from parsers.document import Place
from parsers.reading import Account, AccountKind, Approximation, Citation, Identity, Printing, Reading
from parsers.sentences import sentence_at

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the reports of ../shared/corpus are not here")

_MARK = re.compile(r"\[\[(\w+)(\+?)(?:=([\d.]+))?\|([^\]]+)\]\]")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SCALES = {"nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9}
_WORDS = {
    "gần": Approximation.NEARLY,
    "trên": Approximation.OVER,
    "hơn": Approximation.OVER,
    "khoảng": Approximation.ABOUT,
    "ước": Approximation.ESTIMATED,
}


def printing(figure: str, value: str | int | Decimal, **more: Any) -> Printing:
    """Return a printing of `figure`; `value` as a plain decimal, whose decimals are the printed precision."""
    exact = Decimal(value)
    decimals = max(0, -int(exact.as_tuple().exponent))
    raw = more.pop("raw", str(exact).replace(".", ","))
    sentence = more.pop("sentence", f"{figure}: {raw}")
    index = more.pop("block", 0)
    start = sentence.find(raw)
    fields: dict[str, Any] = {
        "figure": figure,
        "value": exact,
        "raw": raw,
        "place": Place(index, start, start + len(raw)),
        "page": 1,
        "box": None,
        "sentence": sentence,
        "sentence_place": Place(index, 0, len(sentence)),
        "label": figure,
        "rule": "test",
        "text_confidence": 1.0,
        "reading_confidence": 1.0,
        "primary": True,
        "quantum": Decimal(1).scaleb(-decimals),
        "decimals": decimals,
    }
    return Printing(**{**fields, **more})


def identity(ward: str | None = "pho-minh", round_label: str | None = "2023-Q3", **more: Any) -> Identity:
    """Return an identity without conflicts."""
    return Identity(ward, round_label, "1/BC-UBND", date(2023, 9, 14), 1.0, **more)


def reading(
    figures: Mapping[str, str | int | Decimal] | Iterable[Printing] = (),
    ward: str | None = "pho-minh",
    round_label: str | None = "2023-Q3",
    *,
    accounts: Iterable[Account] = (),
    citations: Iterable[Citation] = (),
    conflicts: tuple[str, ...] = (),
) -> Reading:
    """Return a reading of plain figures, or of printings made by `printing`."""
    made = [printing(f, v) for f, v in figures.items()] if isinstance(figures, Mapping) else list(figures)
    sha = f"{ward}-{round_label}".ljust(64, "0")
    who = identity(ward, round_label, conflicts=conflicts)
    return Reading(sha, "test", who, tuple(made), tuple(accounts), tuple(citations))


def complete(figures: Mapping[str, str | int | Decimal] = {}, **more: Any) -> Reading:
    """Return a reading that prints every required figure besides `figures`."""
    required = {"plan_completion_pct": 80, "satisfaction_pct": "98.5"}
    counts = {"dossiers_received": 100, "dossiers_resolved": 90}
    return reading({**required, **counts, **figures}, **more)


def gold_ids() -> list[str]:
    """Return the names of the corpus's reports."""
    return sorted(path.name.removesuffix(".gold.json") for path in CORPUS.glob("*.gold.json"))


def gold(name: str) -> dict[str, Any]:
    """Return the answer key of a report."""
    loaded: dict[str, Any] = json.loads((CORPUS / f"{name}.gold.json").read_text(encoding="utf-8"))
    return loaded


def marked_reading(name: str) -> Reading:
    """Return the reading that a faultless engine would make of a report of the corpus, from its marked text."""
    key = gold(name)
    printings: list[Printing] = []
    accounts: list[Account] = []
    for index, line in enumerate(_body(name)):
        found, others = _read_line(index, line)
        printings += found
        accounts += others
    who = Identity(key["ward"], key["quarter"], key["doc_no"], date.fromisoformat(key["date"]), 1.0)
    return Reading(name.ljust(64, "0"), "marked", who, tuple(_primaries(_summed(printings))), tuple(accounts))


def with_base(made: Reading, bases: Mapping[str, str]) -> Reading:
    """Return the reading with the totals that sentences name for these percentages."""
    named = tuple(replace(p, base=bases.get(p.figure, p.base)) for p in made.printings)
    return replace(made, printings=named)


def _body(name: str) -> list[str]:
    text = (CORPUS / "marked" / f"{name}.txt").read_text(encoding="utf-8")
    lines = text.split("---", 2)[2].splitlines()
    return [line for line in lines if line.strip() and not line.startswith("::")]


def _read_line(index: int, line: str) -> tuple[list[Printing], list[Account]]:
    """Return the printings and the other numbers of one line."""
    plain, spans = _unmark(line)
    found = [_marked_printing(index, plain, span, line_mark) for span, line_mark in spans]
    taken = [span for span, _ in spans]
    others = []
    for match in _NUMBER.finditer(plain):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            others.append(_account(index, plain, match))
    return found, others


def _unmark(line: str) -> tuple[str, list[tuple[tuple[int, int], re.Match[str]]]]:
    plain, last, spans = "", 0, []
    for mark in _MARK.finditer(line):
        plain += line[last : mark.start()]
        spans.append(((len(plain), len(plain) + len(mark[4])), mark))
        plain += mark[4]
        last = mark.end()
    return plain + line[last:], spans


def _marked_printing(index: int, plain: str, span: tuple[int, int], mark: re.Match[str]) -> Printing:
    figure, plus, given, raw = mark.groups()
    unit = figure_definitions()[figure].unit
    start, end = sentence_at(plain, span[0])
    digits = re.sub(r"\s", "", re.match(r"[\d., ]*", raw)[0]) if raw[0].isdigit() else ""  # type: ignore[index]
    malformed = bool(re.search(r"\d{4,}\.|\.\d{4,}", digits))
    decimals = len(digits.partition(",")[2])
    scale = next((power for word, power in _SCALES.items() if word in raw), 0)
    value = Decimal(given) if given and (malformed or not digits or "," in raw or scale) else _plain(digits, scale)
    word = plain[: span[0]].split()[-1].lower() if plain[: span[0]].split() else ""
    quantum = Decimal(1).scaleb(scale - decimals)
    return printing(
        figure,
        value,
        raw=raw,
        sentence=plain[start:end],
        block=index,
        place=Place(index, *span),
        sentence_place=Place(index, start, end),
        label=plain[max(start, span[0] - 60) : span[0]],
        rule="sum" if plus else "marked",
        decimals=decimals,
        quantum=quantum if unit == "percent" or scale else Decimal(1),
        approximation=_WORDS.get(word, Approximation.NONE),
        malformed=malformed,
        candidates=(Decimal(given),) if malformed else (),
    )


def _plain(digits: str, scale: int) -> Decimal:
    return Decimal(digits.replace(".", "").replace(",", ".")).scaleb(scale)


def _account(index: int, plain: str, match: re.Match[str]) -> Account:
    start, end = sentence_at(plain, match.start())
    try:
        value = _plain(match[0], 0)
    except ArithmeticError:
        value = Decimal(0)
    kind = AccountKind.UNEXPLAINED
    return Account(kind, match[0], value, Place(index, match.start(), match.end()), None, plain[start:end], "test")


def _summed(printings: list[Printing]) -> list[Printing]:
    """Return the printings with the parts of a figure that is printed in parts made one."""
    parts: dict[str, list[Printing]] = {}
    for found in printings:
        if found.rule == "sum":
            parts.setdefault(found.figure, []).append(found)
    sums = [
        replace(found[0], value=sum((p.value for p in found), Decimal(0)), components=tuple(p.value for p in found))
        for found in parts.values()
    ]
    return [p for p in printings if p.rule != "sum"] + sums


def _primaries(printings: list[Printing]) -> list[Printing]:
    """Return the printings with the first well-formed one of every figure primary."""
    first: dict[str, Printing] = {}
    for found in sorted(printings, key=lambda p: p.malformed):
        first.setdefault(found.figure, found)
    return [replace(p, primary=p is first[p.figure]) for p in printings]
