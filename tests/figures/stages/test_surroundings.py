"""What stands around a sentence: headings, announced units, and the sentence before it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.figures.earlier_sentences import continues, without_other_levels
from parsers.figures.mentions import Scale
from parsers.figures.sections import announces, plans, speaks_of_goals
from parsers.figures.units import announced_unit, unit_in
from tests.figures.stages.setting import analysed


class TestSections:
    """Results are told from goals, requests and plans."""

    @pytest.mark.parametrize(
        ("heading", "goals"),
        [
            ("II. Phương hướng, nhiệm vụ trọng tâm quý IV/2023", True),
            ("4. Những kiến nghị, đề xuất", True),
            ("Phần IV: đề nghị", True),
            ("I. Kết quả thực hiện công tác cải cách hành chính", False),
            ("2. Kết quả tiếp nhận phản ánh, kiến nghị", False),
            ("III. Công tác quý tới", True),
            ("III. Công tác quý này", False),
        ],
    )
    def test_a_heading_of_goals(self, heading: str, goals: bool) -> None:
        """A heading that speaks of results opens no goals, even where it names requests."""
        assert speaks_of_goals(analysed(heading)) is goals

    @pytest.mark.parametrize(
        ("sentence", "ahead"),
        [
            ("Phấn đấu giải quyết 100% hồ sơ đúng hạn.", True),
            ("- Đề nghị trang bị 02 máy tính.", True),
            ("a) Dự kiến tiếp nhận 300 hồ sơ.", True),
            ("Đã giải quyết 300 hồ sơ.", False),
            ("Theo đề nghị của 05 hộ dân.", False),
        ],
    )
    def test_a_sentence_that_opens_with_a_plan(self, sentence: str, ahead: bool) -> None:
        """Only the opening makes a plan of a sentence, whatever mark of a list stands before it."""
        assert announces(analysed(sentence), 0) is ahead

    def test_a_line_headed_by_a_later_period(self) -> None:
        """A later period heads a line only with a colon behind it."""
        assert plans(analysed("Quý tới: tổ chức 02 hội nghị."))
        assert not plans(analysed("Quý tới tổ chức 02 hội nghị."))
        assert not plans(analysed("Trong kỳ: tổ chức 02 hội nghị."))


class TestUnits:
    """Units that are said once, for the bare numbers below."""

    @pytest.mark.parametrize(
        ("text", "scale"),
        [
            ("đvt: nghìn đồng", Scale(Decimal(1_000), "vnd")),
            ("đơn vị tính: triệu đồng", Scale(Decimal(1_000_000), "vnd")),
            ("dự toán (1.000 đ)", Scale(Decimal(1_000), "vnd")),
            ("số tiền (đồng)", Scale(Decimal(1), "vnd")),
            ("tỷ lệ (%)", Scale(Decimal(1), "percent")),
            ("số lượng hồ sơ", None),
        ],
    )
    def test_a_unit_in_a_head(self, text: str, scale: Scale | None) -> None:
        """A scale counts in đồng, a share has none."""
        assert unit_in(text) == scale

    def test_only_what_is_announced_is_a_unit(self) -> None:
        """A caption that speaks of money without saying a unit announces none."""
        assert unit_in(announced_unit("bảng 2: thu, chi ngân sách (đvt: triệu đồng)")) == Scale(
            Decimal(1_000_000), "vnd"
        )
        assert announced_unit("bảng 2: 5 triệu đồng thu phạt") == ""


class TestEarlierSentences:
    """A sentence that goes on with the one before it."""

    @pytest.mark.parametrize(
        ("sentence", "goes_on"),
        [
            ("Trong đó, trực tuyến 120 hồ sơ.", True),
            ("Bao gồm 12 cán bộ.", True),
            ("+ Trong số này có 3 hồ sơ quá hạn.", True),
            ("Trong đợt, tiếp nhận 120 hồ sơ.", False),
            ("Gồmm 3 hồ sơ.", False),
        ],
    )
    def test_what_it_opens_with(self, sentence: str, goes_on: bool) -> None:
        """Whole words open a continuation, behind any mark."""
        assert continues(analysed(sentence), 0) is goes_on

    def test_words_for_another_level_are_blanked(self) -> None:
        """The text keeps its length, so that every place in it stays; without such words there is nothing to do."""
        text = "Toàn thị xã tiếp nhận 900 hồ sơ."
        blanked = without_other_levels(analysed(text), 0, len(text))

        assert blanked == f"{' ' * len('Toàn thị xã')} tiếp nhận 900 hồ sơ."
        assert without_other_levels(analysed("Tiếp nhận 900 hồ sơ."), 0, 20) is None
