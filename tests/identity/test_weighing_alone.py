"""Evidence weighed into one answer, and the days that a report says its numbers cover."""

from __future__ import annotations

from datetime import date

import pytest

from catalogue.rounds import parse_round
from parsers.identity.weigh import _weigh
from parsers.identity.windows import Window, is_of, windows
from parsers.reading import Evidence


def votes(**weights: float) -> list[tuple[str, Evidence]]:
    """Return a vote for each name; a name's second vote has a digit behind it."""
    return [(name.rstrip("2"), Evidence("title", name, weight)) for name, weight in weights.items()]


@pytest.mark.parametrize(
    ("said", "name", "confidence"),
    [
        ({}, None, 0.0),
        ({"a": 0.9}, "a", 0.9),
        ({"a": 0.9, "a2": 0.75}, "a", 0.975),
        ({"b": 0.75, "a": 0.9}, "a", 0.9 * (1 - 0.8 * 0.75)),
        ({"a": 0.5, "a2": 0.5, "b": 0.7}, "a", 0.75 * (1 - 0.8 * 0.7)),
        ({"a": 0.95, "a2": 0.95}, "a", 0.99),
    ],
)
def test_agreeing_evidence_adds_up_and_the_runner_up_takes_away(
    said: dict[str, float], name: str | None, confidence: float
) -> None:
    """Two weak votes may beat one stronger; nothing is certain; the second answer's weight is doubt."""
    found, sure = _weigh(votes(**said), 0.8)

    assert (found, round(sure, 9)) == (name, round(confidence, 9))


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Số liệu từ ngày 15/12/2022 đến ngày 14/3/2023.", date(2023, 3, 14)),
        ("từ 15/6 - 14/9/2023", date(2023, 9, 14)),
        ("(15/6/2023 – hết ngày 14-9-2023)", date(2023, 9, 14)),
        ("so với từ 15/6/2022 đến 14/9/2022", None),
        ("từ ngày 15/6 đến 31/02/2023", None),
        ("từ 15/6 đến 14/9", None),
        ("Nghị định 61/2018 đến 5/9/2023", None),
    ],
)
def test_the_last_day_that_numbers_cover(text: str, last: date | None) -> None:
    """Two days make a window, the last one with its year; days that are compared with, or are none, make none."""
    assert [window.last for window in windows(text)] == ([] if last is None else [last])


def test_a_window_is_of_the_round_that_it_ends_near() -> None:
    """Up to 45 days before the round's own window ends, and as long behind its closing."""
    quarter = parse_round("2023-Q3")

    fits = {day: is_of(Window(day, ""), quarter) for day in map(date.fromisoformat, (
        "2023-07-30", "2023-07-31", "2023-09-30", "2023-11-09", "2023-11-10",
    ))}  # fmt: skip

    assert list(fits.values()) == [False, True, True, True, False]
