"""Messages speak with the office's own words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from catalogue.terms import terms, units_word
from cchc.messages import TERMS, translator

LOCALE = Path(__file__).resolve().parents[2] / "cchc" / "locale" / "vi" / "LC_MESSAGES"


@pytest.mark.parametrize(
    ("office", "level", "units", "name", "totals"),
    [
        ("duc-pho", "thị xã", "xã, phường", "Phòng Nội vụ", "Tổng hợp toàn thị xã"),
        ("quang-ngai", "tỉnh", "xã, phường, đặc khu", "Sở Nội vụ", "Tổng hợp toàn tỉnh"),
    ],
)
def test_each_office_has_its_words(
    office: str, level: str, units: str, name: str, totals: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Level, units and name of the office stand in one message of the same catalogue."""
    monkeypatch.setenv("CCHC_OFFICE", office)

    assert terms() == {"level": level, "units": units, "office": name}
    assert units_word() == units
    assert translator("publications")("District totals") == totals
    assert translator("operations")("the office") == name


def test_an_office_that_cannot_be_read_silences_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong setting is told in words, so the words cannot need the setting."""
    monkeypatch.setenv("CCHC_OFFICE", "nowhere")

    assert translator("operations")("the office") == TERMS["office"]


def test_every_term_is_known() -> None:
    """A catalogue uses only terms that something fills, and no message names a level that is one office's."""
    texts = {path.name: path.read_text(encoding="utf-8") for path in LOCALE.glob("*.po")}
    used = {term.lower() for text in texts.values() for term in re.findall("‹(.*?)›", text)}

    assert used == set(TERMS)
    assert [name for name, text in texts.items() if re.search(r"toàn thị xã|Phòng Nội vụ|xã, phường", text)] == []
