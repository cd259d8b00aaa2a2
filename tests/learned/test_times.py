"""The times named around a number, as distances from the report's own."""

from __future__ import annotations

import pytest

from parsers.learned.positions import Column, Line, Spot
from parsers.learned.times import Time, mentions, time_signs

TITLE = "báo cáo kết quả công tác cải cách hành chính quý iii năm 2024"


def _signs(text: str, printed: str, title: str = TITLE) -> list[str]:
    """Return the signs of a number of a text."""
    start = text.index(printed)
    return time_signs(Line(0, (Spot(start, start + len(printed)),), text, title=title))[0]


class TestMentions:
    @pytest.mark.parametrize(
        ("text", "time"),
        [
            ("quý iii năm 2024", Time(2024, 3)),
            ("quý 4/2023", Time(2023, 4)),
            ("quý i", Time(None, 1)),
            ("tháng 8/2024", Time(2024, None, None, 8)),
            ("tháng 8 năm 2024", Time(2024, None, None, 8)),
            ("chín tháng đầu năm 2024", Time(2024, None, 9)),
            ("mười một tháng", Time(None, None, 11)),
            ("9 tháng đầu năm 2024", Time(2024, None, 9)),
            ("6 tháng", Time(None, None, 6)),
            ("năm 2025", Time(2025)),
        ],
    )
    def test_forms(self, text: str, time: Time) -> None:
        """Quarters, months, spans from January and years, with and without their year."""
        assert [m.time for m in mentions(text)] == [time]

    def test_days_and_papers_are_none(self) -> None:
        """A day and the number of a paper name no time of a figure."""
        assert mentions("kế hoạch số 12/kh-ubnd ngày 05/9/2024, 1.2024 hồ sơ, ngày 15 tháng 9") == ()


class TestSigns:
    def test_beside_a_number(self) -> None:
        """The time before is the report's own, the one behind the same quarter of the year before."""
        assert _signs("quý iii/2024 nhận 120 hồ sơ, quý iii/2023 nhận 90", "120") == ["Y.L=0q=", "Y.R=-1q="]
        assert _signs("kế hoạch năm 2025 là 300 hồ sơ", "300") == ["Y.L=1"]

    def test_lone_months(self) -> None:
        """A month lies before the report's time, in it or behind it."""
        assert _signs("tháng 6 nhận 12 hồ sơ", "12") == ["Y.L=?m<"]
        assert _signs("riêng tháng 8 nhận 12 hồ sơ", "12") == ["Y.L=?m="]
        assert _signs("từ tháng 10 nhận 12 hồ sơ", "12") == ["Y.L=?m>"]

    def test_far_years_stand_as_two(self) -> None:
        """What lies further away than two years is told as two."""
        assert _signs("năm 2015 có 12 hồ sơ", "12") == ["Y.L=-2"]

    def test_over_a_cell(self) -> None:
        """A cell is told by its head, and the head of another column says nothing of it."""
        columns = {
            1: Column("90", ("quý ii/2024",)),
            2: Column("120", ("quý iii/2024",)),
            3: Column("400", ("dự kiến",)),
        }
        spots = (Spot(0, 2, column=1), Spot(0, 3, column=2), Spot(0, 3, column=3))
        line = Line(0, spots, title=TITLE, row=1, label="hồ sơ đã trả", columns=columns)

        assert time_signs(line) == [["Y.C=0q<"], ["Y.C=0q="], []]

    def test_a_title_without_a_year_tells_nothing(self) -> None:
        """Without the report's own time no distance can be told."""
        assert _signs("quý iii/2024 nhận 120 hồ sơ", "120", title="báo cáo") == []

    def test_a_title_in_several_lines(self) -> None:
        """The quarter and the year of a title may stand apart."""
        assert _signs("quý ii nhận 120 hồ sơ", "120", title="báo cáo quý ii về cải cách hành chính, năm 2022") == [
            "Y.L=?q="
        ]
