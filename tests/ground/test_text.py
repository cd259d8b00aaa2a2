"""Vietnamese text as strings: one normal form, one folding, one order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc.text import fold, nfc, places_alone, sort_key, squeeze

VIETNAMESE = st.text(alphabet="aàảãáạăằâấbcdđeêếghiklmnoôơờpqrstuưữvxyỹ ABCDĐÂÊÔƠƯ0123456789", max_size=30)


class TestFold:
    """`fold` is for searching: what a person types without marks finds what is written with them."""

    @pytest.mark.parametrize(
        ("written", "typed"),
        [("Đức Phổ", "duc pho"), ("PHƯỜNG  PHỔ\tMINH", "phuong pho minh"), ("hoà", "hoa"), ("hòa", "hoa")],
    )
    def test_marks_and_case_do_not_matter(self, written: str, typed: str) -> None:
        """Marks, case and white space are folded away."""
        assert fold(written) == typed

    @given(VIETNAMESE)
    def test_both_normal_forms_fold_alike(self, text: str) -> None:
        """Decomposed text folds to the same key as composed text."""
        assert fold(unicodedata.normalize("NFD", text)) == fold(text)

    @given(VIETNAMESE)
    def test_folding_twice_changes_nothing(self, text: str) -> None:
        """Folding is idempotent."""
        assert fold(fold(text)) == fold(text)


class TestSortKey:
    """`sort_key` puts names in the order of a Vietnamese dictionary by plain byte order."""

    def test_letters_rank_as_in_the_alphabet(self) -> None:
        """a < ă < â, d < đ, e < ê, o < ô < ơ, u < ư."""
        names = ["Ăn", "An", "Ân", "Đức", "Dân", "Ê", "E", "Ơ", "Ô", "O", "Ư", "U"]

        assert sorted(names, key=sort_key) == ["An", "Ăn", "Ân", "Dân", "Đức", "E", "Ê", "O", "Ô", "Ơ", "U", "Ư"]

    def test_tones_only_break_ties(self) -> None:
        """Tones rank after all letters: ma, mà, mả, mã, má, mạ, and then mai."""
        words = ["mai", "mạ", "má", "mã", "mả", "mà", "ma"]

        assert sorted(words, key=sort_key) == ["ma", "mà", "mả", "mã", "má", "mạ", "mai"]

    @given(VIETNAMESE)
    def test_the_key_is_ascii(self, text: str) -> None:
        """Any database orders the key the same way."""
        assert sort_key(text).isascii()


class TestNormalForm:
    """One normal form everywhere."""

    @given(st.text(max_size=40))
    def test_squeeze_is_nfc_and_single_spaced(self, text: str) -> None:
        """Squeezed text is NFC and holds no doubled blank."""
        squeezed = squeeze(text)

        assert unicodedata.is_normalized("NFC", squeezed)
        assert "  " not in squeezed
        assert squeezed == squeezed.strip()

    def test_nfc_composes(self) -> None:
        """Decomposed letters become one character."""
        assert nfc("Phô\u0309") == "Phổ"


class TestPlacesAlone:
    """A number is found where it stands by itself, never inside a longer one."""

    @pytest.mark.parametrize(
        ("text", "part", "places"),
        [
            ("nhận 276, còn 6.", "6", [14]),
            ("1.236 và 236", "236", [9]),
            ("12.500 và 12", "12", [10]),
            ("98,6% và 6%", "6", [9]),
            ("98,6%", "98,6%", [0]),
            ("412/415", "412", [0]),
            ("6, 6.", "6", [0, 3]),
            ("12hs", "12", []),
            ("tổng.6", "6", [5]),
            ("không có", "có", [6]),
            ("có", "", []),
        ],
    )
    def test_where_it_stands(self, text: str, part: str, places: list[int]) -> None:
        """Separators belong to a number between digits only; letters that touch it make it another word."""
        assert places_alone(text, part) == places
