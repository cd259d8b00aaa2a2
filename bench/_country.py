"""A country made up for benchmarks of the warehouse: wards, reports of a round, results.

Belongs here: rows that look like those of an office, the same on every run. Stays out: measuring (`warehouse`).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

from sqlalchemy import Engine

from catalogue.figures import figure_definitions
from parsers.document import Box, Place
from parsers.reading import Identity, Printing, Reading
from validation.finding import Finding
from warehouse.bulk import Arrived
from warehouse.results import save_results
from warehouse.rows import NewSubmission, RankRow, ScoreRow

ROUNDS = tuple(f"{year}-Q{quarter}" for year in range(2021, 2025) for quarter in range(1, 5))
"""Sixteen rounds, of which the sample's is the last but one."""
ASKED = "2024-Q3"
FIGURES = 50
_LEFT_OUT = ("finance", "since_2025")
"""Groups that the made reports do not print, so that their fifty figures have those the questions ask about."""
MOMENT = datetime(2024, 9, 20, tzinfo=UTC)


def slug(number: int) -> str:
    """Return the slug of a made-up ward."""
    return f"so-{number:04}"


def made_ward(number: int) -> dict[str, object]:
    """Return the row of a made-up ward; every third goes into a unit of three."""
    name = f"Số {number:04}"
    return {
        "code": f"{50_000 + number}",
        "valid_from": date(2020, 1, 1),
        "slug": slug(number),
        "kind": "xã" if number % 2 else "phường",
        "name": name,
        "search": f"xa so {number:04}",
        "sort_key": f"{number:04}",
        "valid_to": date(2025, 6, 30),
        "successor_code": f"{80_000 + number // 3}",
        "successor_kind": "xã",
        "successor_name": f"Mới {number // 3:04}",
        "successor_valid_from": date(2025, 7, 1),
    }


def made_reports(wards: int, labels: tuple[str, ...]) -> Iterator[Arrived]:
    """Return reports round by round; one in twenty has a finding."""
    luck = Random(7)
    codes = [code for code, figure in figure_definitions().items() if figure.group not in _LEFT_OUT][:FIGURES]
    for label in labels:
        for number in range(wards):
            sha = f"{label}{number:08}".ljust(64, "0")
            printings = tuple(made_printing(code, luck) for code in codes)
            identity = Identity(slug(number), label, f"{number}/BC-UBND", date(2024, 9, 8), 1.0)
            new = NewSubmission(sha, "bc.docx", 40_000, MOMENT, "read", ward=slug(number), round=label)
            findings = (made_finding(slug(number), label),) if luck.random() < 0.05 else ()
            yield Arrived(new, Reading(sha, "1", identity, printings, ()), None, findings)


def made_printing(code: str, luck: Random) -> Printing:
    """Return a printing with a sentence of ordinary length."""
    value = luck.randrange(1, 100) if code.endswith("_pct") else luck.randrange(100, 900)
    sentence = f"Trong kỳ, số liệu {code} của Ủy ban nhân dân là {value}, so với cùng kỳ năm trước không thay đổi."
    start = sentence.index(str(value))
    place = Place(12, start, start + 3)
    return Printing(code, Decimal(value), str(value), place, 3, Box(100, 200, 120, 212), sentence,
                    Place(12, 0, len(sentence)), code, "label", 1.0, 0.7 + luck.random() * 0.3, True)  # fmt: skip


def made_finding(ward: str, label: str) -> Finding:
    """Return an error finding on a figure of the ward."""
    return Finding("scale_slip", "error", ward, label, ("dossiers_received",), "1", "2", "vi", "en")


def save_made_results(engine: Engine, wards: int) -> None:
    """Save eight points and a place for every ward of a round."""
    scores = [
        ScoreRow(slug(n), f"c{c}", c, "1", {}, Decimal(90), Decimal(9), Decimal(10), "scored")
        for n in range(wards)
        for c in range(8)
    ]
    places = [RankRow(slug(n), "1", Decimal(72), n + 1, n + 1, "A", Decimal(100)) for n in range(wards)]
    save_results(engine, ASKED, "mac-dinh", rollup=[], scores=scores, ranking=places, moment=MOMENT)
