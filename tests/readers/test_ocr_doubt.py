from __future__ import annotations

import pytest

from parsers.readers.ocr.doubt import DOUBTED, VOTED, is_strange, mended, vote


class TestStrange:
    @pytest.mark.parametrize(
        "text",
        [
            "7+ hồ sơ",
            "9€,90%",
            "S17",
            "D17",
            "3ó/",
            "U2 cuộc",
            "1O5",
            "12l",
            "QĐ17",
            "2.099.312.63:",
            "27(",
            "1:829.133.564",
            "32?",
        ],
    )
    def test_shapes_nobody_writes(self, text):
        """A digit against a letter or a sign that no number has is strange."""
        assert is_strange(text)

    @pytest.mark.parametrize(
        "text",
        [
            "1.312 hồ sơ",
            "97,64%;",
            "(1.281/1.312",
            "05/KH-UBND",
            "48/2021/QĐ-UBND",
            "III/2023",
            "2.104.000đ",
            "86m2",
            "9001:2015",
            "(1)=(2)+(3)",
            "20/7/2023",
            "A4",
            "4G",
            "350tr",
            "hồ sơ | giấy",
        ],
    )
    def test_shapes_in_use(self, text):
        """Counts, shares, money, dates and document numbers are not."""
        assert not is_strange(text)


class TestVote:
    def test_agreement_of_all_is_believed(self):
        """Where every look has the same digits, the surest is taken as it is."""
        assert vote([("85,44%", 0.7), ("85,44%.", 0.9)]) == (1, 1.0)

    def test_two_of_three_are_believed_with_care(self):
        """Two looks outvote a surer third, but a person is likelier to look."""
        assert vote([("151", 0.96), ("131", 0.9), ("131", 0.8)]) == (1, VOTED)

    def test_lone_look_is_doubted(self):
        """Looks that all differ leave the surest, doubted."""
        assert vote([("151", 0.9), ("131", 0.8)]) == (0, DOUBTED)

    def test_number_is_not_outvoted_by_letters(self):
        """Looks that saw letters do not outvote one that saw a number, which stays doubted."""
        assert vote([("5", 0.8), ("S", 0.9), ("s", 0.9)]) == (0, DOUBTED)

    def test_strange_look_loses(self):
        """A strange number loses to a plain one, however sure it is; alone it is doubted."""
        assert vote([("7+", 0.97), ("74", 0.6)]) == (1, DOUBTED)
        assert vote([("S17", 0.97)]) == (0, DOUBTED)


class TestMended:
    @pytest.mark.parametrize(
        ("text", "whole"),
        [
            ("1II/2023", "III/2023"),
            ("I1/2023;", "II/2023;"),
            ("quý Il", "quý II"),
            ("quý I|I.", "quý III."),
            ("IH/2023", "III/2023"),
            ("(HI/2022)", "(III/2022)"),
            ("H/2023", "II/2023"),
        ],
    )
    def test_torn_numerals_are_whole(self, text, whole):
        """A numeral with an I and a 1 or l in it was a Roman numeral."""
        assert mended(text) == whole

    @pytest.mark.parametrize(
        "text",
        ["11", "1/2023", "11/2023", "IV/2023", "|", "lI lịch", "I", "ll", "TI1", "HH/2023", "TH/2023", "12/HD-UBND"],
    )
    def test_nothing_else_is_touched(self, text):
        """Plain numbers and other text stay."""
        expected = {"lI lịch": "II lịch"}.get(text, text)

        assert mended(text) == expected
