from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.encodings import _FROM_VNI, decode, font_encoding, is_capital_font, recognise
from parsers.syllables import is_syllable, shares
from tests.readers.builders import to_tcvn3

SENTENCE = (
    "Ủy ban nhân dân phường đã tiếp nhận và giải quyết hồ sơ đúng hạn; tỷ lệ người dân, tổ chức hài lòng "
    "đạt 98,5%, các khoản thu ngân sách vượt dự toán được giao trong năm."
)
_TO_VNI = {letter: code for code, letter in _FROM_VNI.items()}
VIETNAMESE = st.text(
    st.sampled_from(
        "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ 0123456789.,;%-"
    )
)


def to_vni(text: str) -> str:
    """Return a text as a VNI typist writes it."""
    return "".join(_TO_VNI.get(c, c) for c in text)


class TestDecode:
    @given(VIETNAMESE)
    def test_tcvn3_small_letters_survive(self, text):
        """Every small letter of TCVN3 comes back, and digits are never touched."""
        assert decode(to_tcvn3(text), "tcvn3") == unicodedata.normalize("NFC", text)

    @pytest.mark.parametrize("letter", [c for c in _TO_VNI if c not in "íìÍÌ"])
    def test_every_vni_letter_comes_back(self, letter):
        """Every letter of the VNI table, small and capital, comes back inside a syllable."""
        assert decode(to_vni(f"b{letter}n"), "vni") == f"b{letter}n"

    @pytest.mark.parametrize(
        "text",
        [
            "PHƯỜNG PHỔ VINH",
            "ỦY BAN NHÂN DÂN",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Số: 131/BC-UBND",
            "UBND xã Phổ An",
            "UBND Xã Phổ An",
            "Ở phường, Ủy viên UBND",
            "Độc lập - Tự do - Hạnh phúc",
        ],
    )
    def test_tcvn3_capitals_are_restored(self, text):
        """TCVN3 has no toned capitals; words in capitals get them back, others do not."""
        expected = {"Ở phường, Ủy viên UBND": "ở phường, ủy viên UBND"}.get(text, text)

        assert decode(to_tcvn3(text), "tcvn3") == expected

    def test_capital_font_draws_capitals(self):
        """Text in a font of capitals is in capitals, however it is stored."""
        assert decode(to_tcvn3("báo cáo"), "tcvn3", capitals=True) == "BÁO CÁO"

    def test_symbol_fonts_shift_is_undone(self):
        """Word stores text of symbol fonts at U+F0xx."""
        shifted = "".join(chr(0xF000 + ord(c)) for c in to_tcvn3("hồ sơ"))

        assert decode(shifted, "tcvn3") == "hồ sơ"

    @given(st.text())
    def test_unicode_is_only_normalised(self, text):
        """Text that needs no conversion comes out in NFC and otherwise as it was."""
        assert decode(text, "unicode") == unicodedata.normalize("NFC", text)

    def test_unicode_in_a_legacy_font_is_left_alone(self):
        """A font name lies where the text already holds Vietnamese Unicode letters."""
        assert decode("Phổ Vinh", "tcvn3") == "Phổ Vinh"


class TestRecognise:
    def test_by_its_letters(self):
        """Each encoding is told from a sentence alone."""
        assert recognise(SENTENCE) == "unicode"
        assert recognise(to_tcvn3(SENTENCE)) == "tcvn3"
        assert recognise(to_vni(SENTENCE)) == "vni"

    def test_decomposed_text_is_unicode(self):
        """NFD is no legacy encoding."""
        assert recognise(unicodedata.normalize("NFD", SENTENCE)) == "unicode"

    @pytest.mark.parametrize(
        "text",
        ["", "Kết quả", "The quick brown fox jumps over the lazy dog and runs away again.", "Uy ban nhan dan " * 9],
    )
    def test_nothing_is_guessed(self, text):
        """Little text, foreign text and text without marks stay as they are."""
        assert recognise(text) == "unicode"

    @pytest.mark.parametrize(
        ("font", "encoding", "capital"),
        [
            (".VnTime", "tcvn3", False),
            (".VnTimeH", "tcvn3", True),
            (".vnarial", "tcvn3", False),
            ("VNI-Times", "vni", False),
            ("Times New Roman", None, False),
            ("VnTimes Unicode", None, False),
        ],
    )
    def test_by_font_name(self, font, encoding, capital):
        """Fonts of the old encodings are known by their names."""
        assert (font_encoding(font), is_capital_font(font)) == (encoding, capital)


class TestSyllables:
    @pytest.mark.parametrize("word", ["nghiêng", "quyết", "huyện", "xoong", "khuỷu", "ương", "gì", "quý", "oằn", "Đức"])
    def test_real_syllables_are_possible(self, word):
        """Syllables in use are possible."""
        assert is_syllable(word)

    @pytest.mark.parametrize("word", ["tliực", "hành2", "qvang", "zự", "nghjp", "brown", "ưh", "strict"])
    def test_slips_are_not(self, word):
        """Letters that no Vietnamese syllable joins are impossible."""
        assert not is_syllable(word)

    def test_good_text_and_useless_layer_are_told_apart(self):
        """A scanner's English recogniser leaves no marks: damaged; the same text with marks: Vietnamese."""
        assert shares(SENTENCE).is_vietnamese
        assert shares("Uy ban nhan dan phuong da tiep nhan va giai quyet ho so dung han ty le").is_damaged
        assert not shares("316 312 98,73%").is_damaged
