"""Letterheads under noise: a slip may cost certainty, never the truth."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.wards import wards
from parsers.identity import SURE, identify
from tests.identity.letters import Letter

_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyAĂÂBCDĐEÊGHIKLMNOÔƠPQRSTUƯVXY01l "


def letter_of(slug: str) -> Letter:
    ward = wards()[slug]
    return Letter(
        agency=f"ỦY BAN NHÂN DÂN\n{ward.full_name.upper()}",
        place=f"{ward.name}, ngày 08 tháng 9 năm 2023",
        opening=f"UBND {ward.full_name} báo cáo kết quả cải cách hành chính quý III năm 2023 như sau:",
        closing=f"Trên đây là báo cáo của UBND {ward.full_name}, kính gửi Phòng Nội vụ thị xã./.",
    )


def spoil(text: str, place: int, letter: str) -> str:
    """Return the text with one letter changed, the line breaks left."""
    place %= len(text)
    return text if text[place] == "\n" else text[:place] + letter + text[place + 1 :]


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["agency", "place", "opening", "closing", "title", "number"]),
        st.integers(min_value=0, max_value=200),
        st.sampled_from(_LETTERS),
    ),
    max_size=4,
)


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(sorted(wards())), EDITS)
def test_no_ward_is_surely_another(slug: str, edits: list[tuple[str, int, str]]) -> None:
    """Up to four letters changed anywhere in the head: the ward is right, or a person is asked."""
    letter = letter_of(slug)
    for part, place, printed in edits:
        letter = letter.but(**{part: spoil(getattr(letter, part), place, printed)})

    found = identify(letter.document())

    assert found.ward == slug or found.confidence < SURE
    assert found.round == "2023-Q3" or found.confidence < SURE


@pytest.mark.parametrize("slug", sorted(wards()))
def test_one_letter_off_in_the_agency_line_costs_no_placing(slug: str) -> None:
    """One letter lost from the ward's name in the agency line: place and text still place the report."""
    letter = letter_of(slug)
    letter = letter.but(agency=letter.agency[:-1])

    found = identify(letter.document())

    assert (found.ward, found.confidence >= SURE) == (slug, True)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_without_harm(text: str) -> None:
    """Whatever stands in a document, identifying it does not raise and claims nothing surely."""
    found = identify(Letter("", "", "", "", "", "", text, text, text).document(), text[:40])

    assert found.confidence < SURE
