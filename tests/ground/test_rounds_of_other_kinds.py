"""Rounds over nine months and of single months, in an office whose calendar keeps them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from catalogue.offices import shipped_folders
from catalogue.roundfile import load_calendar
from catalogue.rounds import Round, known_rounds, parse_round, rounds_of_year
from cchc.errors import CatalogueError
from parsers.identity import SURE, identify
from parsers.text.periods import Calendar, find_periods
from scoring.compare import rounds_needed
from tests.identity.letters import Letter

NINE = (
    'nine_months: {title: "9 tháng đầu năm {year}", window_start: [-1, 12, 15], '
    "window_end: [0, 9, 14], due: [0, 9, 15]}"
)
MONTHS = 'months: {title: "tháng {month} năm {year}", window_start: [-1, 15], window_end: [0, 14], due: [0, 15]}'


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the province's office with both kinds of rounds in its calendar."""
    folder = tmp_path / "mine"
    shutil.copytree(shipped_folders()["quang-ngai"], folder)
    path = folder / "rounds.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}{NINE}\n{MONTHS}\n", encoding="utf-8")
    monkeypatch.setenv("CCHC_OFFICE", str(folder))
    return path


def letter(title: str, day: str) -> Letter:
    return Letter(
        agency="ỦY BAN NHÂN DÂN\nXÃ BA TƠ",
        place=f"Ba Tơ, {day}",
        title=f"Kết quả công tác cải cách hành chính {title}",
        opening="UBND xã Ba Tơ báo cáo kết quả cải cách hành chính như sau:",
        closing="Trên đây là báo cáo của UBND xã Ba Tơ, kính gửi Sở Nội vụ tỉnh tổng hợp./.",
    )


@pytest.mark.usefixtures("office")
class TestCalendar:
    def test_windows_and_titles(self) -> None:
        """A month's days are counted from it, across the turn of the year; nine months have their own."""
        told = [
            (r.label, r.title_vi, r.window_start, r.window_end, r.due)
            for r in map(parse_round, ("2026-M01", "2026-M08", "2026-9M"))
        ]

        assert told == [
            ("2026-M01", "tháng 1 năm 2026", date(2025, 12, 15), date(2026, 1, 14), date(2026, 1, 15)),
            ("2026-M08", "tháng 8 năm 2026", date(2026, 7, 15), date(2026, 8, 14), date(2026, 8, 15)),
            ("2026-9M", "9 tháng đầu năm 2026", date(2025, 12, 15), date(2026, 9, 14), date(2026, 9, 15)),
        ]

    def test_order_through_the_year(self) -> None:
        """Rounds stand by the end of their spans, the shortest first."""
        labels = [r.label for r in rounds_of_year(2026)]

        assert labels[:4] == ["2026-M01", "2026-M02", "2026-M03", "2026-Q1"]
        assert labels[-7:] == ["2026-M09", "2026-9M", "2026-Q3", "2026-M10", "2026-M11", "2026-M12", "2026-Q4"]
        assert [parse_round(label).label for label in labels] == labels
        assert known_rounds(until=2026)[-1] == parse_round("2026-Q4")

    def test_neighbours_are_of_one_kind(self) -> None:
        """A month follows a month, nine months the half-year, and every kind has its round a year before."""
        pairs = {
            label: (parse_round(label).previous().label, parse_round(label).next().label)
            for label in ("2026-M01", "2026-M12", "2026-9M", "2026-Q4")
        }

        assert pairs == {
            "2026-M01": ("2025-M12", "2026-M02"), "2026-M12": ("2026-M11", "2027-M01"),
            "2026-9M": ("2026-Q2", "2026-Q4"), "2026-Q4": ("2026-Q3", "2027-Q1"),
        }  # fmt: skip
        assert rounds_needed(parse_round("2026-9M")) == ("2026-Q2", "2026-Q1", "2025-9M")
        assert rounds_needed(parse_round("2026-M08")) == ("2026-M07", "2025-M08")

    @pytest.mark.parametrize(
        ("title", "day", "label"),
        [
            ("tháng 8 năm 2026", "ngày 14 tháng 8 năm 2026", "2026-M08"),
            ("tháng 9/2026", "ngày 12 tháng 9 năm 2026", "2026-M09"),
            ("9 tháng đầu năm 2026", "ngày 12 tháng 9 năm 2026", "2026-9M"),
            ("quý III và 9 tháng năm 2026", "ngày 12 tháng 9 năm 2026", "2026-Q3"),
            ("6 tháng đầu năm 2026", "ngày 12 tháng 6 năm 2026", "2026-Q2"),
        ],
    )
    def test_a_report_is_placed_by_its_title(self, title: str, day: str, label: str) -> None:
        """The title names the kind of round, and the date bears it out."""
        found = identify(letter(title, day).document())

        assert (found.round, found.confidence >= SURE, found.conflicts) == (label, True, ())


def test_a_month_is_no_year_in_an_office_without_months() -> None:
    """A monthly report is not placed by its year where no rounds of months are kept."""
    found = identify(letter("tháng 8 năm 2026", "ngày 14 tháng 8 năm 2026").document())

    assert found.round is None


@pytest.mark.parametrize(
    ("text", "label", "names"),
    [
        ("trong tháng 8 năm 2026 tiếp nhận", "2026-M08", ["p_this"]),
        ("lũy kế 8 tháng", "2026-M08", ["p_ytd", "p_ytd"]),
        ("trong tháng 7 tiếp nhận", "2026-M08", ["p_other"]),
        ("quý iii", "2026-M08", ["p_other"]),
        ("9 tháng đầu năm", "2026-9M", ["p_this"]),
    ],
)
def test_periods_seen_from_a_round(text: str, label: str, names: list[str]) -> None:
    """The reader takes a report's month, or its nine months, for its own period."""
    found = find_periods(text, Calendar.of(label))

    assert [name for hit in found for name in hit.names] == names


def test_an_entry_that_cannot_be_is_refused(office: Path) -> None:
    """A day of months in the form of years ends the call with file and line."""
    office.write_text(
        office.read_text(encoding="utf-8").replace("due: [0, 15]}\n", "due: [0, 9, 15]}\n"), encoding="utf-8"
    )

    with pytest.raises(CatalogueError, match=r"rounds\.yaml:\d+: 'months' needs"):
        load_calendar(office)


def test_months_are_compared_with_months_only() -> None:
    """The rounds a month's report contains and follows are months."""
    assert [r.label for r in Round(2026, 103).earlier_of_year()] == ["2026-M01", "2026-M02"]
    assert [r.label for r in Round(2026, 9).earlier_of_year()] == ["2026-Q1", "2026-Q2"]
