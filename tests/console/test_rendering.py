"""What templates make of values: names, amounts, moments, a sentence with its number marked."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from cchc.messages import use_language
from console import rendering


class TestMarked:
    @pytest.mark.parametrize(
        ("sentence", "raw", "shown"),
        [
            ("Tiếp nhận 276 hồ sơ, còn 6 hồ sơ.", "6", "Tiếp nhận 276 hồ sơ, còn <mark>6</mark> hồ sơ."),
            ("Nhận 1.236, trễ 236.", "236", "Nhận 1.236, trễ <mark>236</mark>."),
            ("Đạt 98,6%, tăng 6%.", "6", "Đạt 98,6%, tăng <mark>6</mark>%."),
            ("Nhận 12.500, xong 12.", "12", "Nhận 12.500, xong <mark>12</mark>."),
            ("Nhận 12, xong 12.500.", "12", "Nhận <mark>12</mark>, xong 12.500."),
            ("Có 12hs.", "12", "Có <mark>12</mark>hs."),
            ("Số hồ sơ: 412/415", "412", "Số hồ sơ: <mark>412</mark>/415"),
            ("Đạt 98,6%.", "98,6%", "Đạt <mark>98,6%</mark>."),
            ("Không có hồ sơ trễ.", "Không có", "<mark>Không có</mark> hồ sơ trễ."),
            ("Nhận 276 hồ sơ.", "999", "Nhận 276 hồ sơ."),
            ("Nhận 276 hồ sơ.", "", "Nhận 276 hồ sơ."),
            ("Nhận 6, còn 6.", "6", "Nhận 6, còn 6."),
            ("Nhận 2(7)6.", "2(7)6", "Nhận <mark>2(7)6</mark>."),
        ],
    )
    def test_the_number_that_is_meant(self, sentence: str, raw: str, shown: str) -> None:
        """A number is marked where it alone can be meant: never inside a longer one, never one of two alike."""
        assert rendering.marked(sentence, raw) == shown

    def test_a_known_place_decides(self) -> None:
        """Of two numbers alike the one at the place is marked; a place at which something else stands is none."""
        assert rendering.marked("Nhận 6, còn 6.", "6", 12) == "Nhận 6, còn <mark>6</mark>."
        assert rendering.marked("Nhận 7, còn 6.", "6", 5) == "Nhận 7, còn <mark>6</mark>."

    def test_nothing_of_a_report_becomes_markup(self) -> None:
        """Signs of markup in a sentence or in its number are shown, never done."""
        assert rendering.marked("<b>12</b> & 3", "3") == "&lt;b&gt;12&lt;/b&gt; &amp; <mark>3</mark>"
        assert rendering.marked("a <i> b", "<i>") == "a <mark>&lt;i&gt;</mark> b"
        assert rendering.marked("<b>", "") == Markup("&lt;b&gt;")


class TestValues:
    @pytest.mark.parametrize(
        ("figure", "value", "shown"),
        [
            ("dossiers_received", Decimal(1236), "1.236"),
            ("dossiers_on_time_pct", Decimal("98.6"), "98,6%"),
            ("ward_revenue", Decimal(41_236_000_000), "41.236.000.000 đ"),
            ("no_longer_known", Decimal("1236.5"), "1.236,5"),
            (None, Decimal("0.5"), "0,5"),
            ("dossiers_received", None, "–"),
        ],
    )
    def test_as_people_write_them(self, figure: str | None, value: Decimal | None, shown: str) -> None:
        """An amount of money and a share bear their unit; a figure that is not known is a plain number."""
        assert rendering.value_text(figure, value) == shown

    def test_moments_are_the_offices(self) -> None:
        """A moment is told in the office's zone, whatever zone it is kept in."""
        assert rendering.local(datetime(2023, 9, 14, 17, 30, tzinfo=UTC)) == "15/09/2023 00:30"
        assert rendering.local(None) == "–"

    def test_names(self) -> None:
        """A ward that is not known keeps its slug; a round is named in Vietnamese and labelled in English."""
        assert (rendering.ward_name("pho-an"), rendering.ward_name("nowhere")) == ("xã Phổ An", "nowhere")
        assert rendering.round_name("2023-Q3") == "quý III năm 2023"
        with use_language("en"):
            assert rendering.round_name("2023-Q3") == "2023-Q3"


class TestTemplates:
    def test_what_a_template_misses_is_a_fault(self) -> None:
        """A value that a page forgot breaks the page rather than leave a gap in it."""
        with pytest.raises(UndefinedError):
            rendering.render("part_fault", {})

    def test_values_are_escaped(self) -> None:
        """A message with the name of a file in it cannot become markup."""
        shown = rendering.render("part_fault", {"message": "<script>alert(1)</script>"})

        assert "<script>" not in shown
        assert "&lt;script&gt;" in shown
