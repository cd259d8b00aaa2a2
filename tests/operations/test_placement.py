"""A report is placed only when nothing speaks against it; every doubt has a name and a sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.rounds import parse_round
from catalogue.wards import wards
from cchc.errors import PlacementError
from parsers.outcomes import Outcome
from parsers.reading import Identity
from pipelines.arrival.placement import REASONS, Doubt, PersonsWord, expected_wards, place, place_unreadable

DAY = date(2023, 9, 12)
SURE = Identity("pho-minh", "2023-Q3", "204/BC-UBND", date(2023, 9, 8), 0.97, agency="ỦY BAN NHÂN DÂN PHƯỜNG PHỔ MINH")
WORD = PersonsWord("pho-an", "2023-Q3", "Lê Thị Hoa")

REFUSED = [
    (replace(SURE, is_report=False), DAY, None, Outcome.NOT_A_REPORT, "not_a_report"),
    (replace(SURE, other_town="phường Trần Phú"), DAY, None, Outcome.OTHER_TOWN, "other_town"),
    (replace(SURE, ward=None), DAY, None, Outcome.UNKNOWN_WARD, "unknown_ward"),
    (replace(SURE, ward="no-such-ward"), DAY, None, Outcome.UNKNOWN_WARD, "unknown_ward"),
    (replace(SURE, round=None), DAY, None, Outcome.NO_ROUND, "no_round"),
    (replace(SURE, round="2025-Q3"), date(2025, 9, 12), None, Outcome.UNSURE, Doubt.UNIT_NOT_VALID),
    (replace(SURE, round="2020-Q3"), DAY, None, Outcome.UNSURE, Doubt.ROUND_NOT_KEPT),
    (SURE, date(2023, 6, 14), None, Outcome.UNSURE, Doubt.ROUND_NOT_BEGUN),
    (SURE, DAY, "pho-an", Outcome.UNSURE, Doubt.SENDER_CONFLICT),
    (replace(SURE, confidence=0.79), DAY, None, Outcome.UNSURE, Doubt.LOW_CONFIDENCE),
    (replace(SURE, misnamed="xã Phổ Minh"), DAY, None, Outcome.UNSURE, Doubt.WRONG_KIND),
]


class TestPlace:
    def test_plain_report(self) -> None:
        """A report that says clearly whose it is goes there, without a reason."""
        placement = place(SURE, DAY)

        assert (placement.ward, placement.round, placement.outcome) == ("pho-minh", "2023-Q3", Outcome.READ)
        assert (placement.placed, placement.readable, placement.reason_code) == (True, True, "")
        assert placement.message("vi") == ""

    def test_own_sender_agrees(self) -> None:
        """The ward's own address confirms and changes nothing."""
        assert place(SURE, DAY, sender_ward="pho-minh") == place(SURE, DAY)

    @pytest.mark.parametrize(("identity", "day", "sender", "outcome", "code"), REFUSED)
    def test_waits_for_a_person(
        self, identity: Identity, day: date, sender: str | None, outcome: Outcome, code: str
    ) -> None:
        """Each thing that speaks against a placement leaves the file unplaced, with its own outcome and reason."""
        placement = place(identity, day, sender_ward=sender)

        assert (placement.outcome, placement.reason_code) == (outcome, code)
        assert (placement.ward, placement.round, placement.placed) == (None, None, False)

    def test_first_day_of_the_window(self) -> None:
        """A report dated inside its window is normal; the day before the window begins is not."""
        start = parse_round("2023-Q3").window_start

        assert place(SURE, start).placed
        assert not place(SURE, date.fromordinal(start.toordinal() - 1)).placed

    @given(
        confidence=st.floats(0, 1),
        ward=st.sampled_from([None, "pho-minh", "pho-an", "elsewhere"]),
        label=st.sampled_from([None, "2023-Q3", "2030-Q1"]),
        is_report=st.booleans(),
        sender=st.sampled_from([None, "pho-minh", "pho-an"]),
    )
    def test_never_placed_in_doubt(
        self, confidence: float, ward: str | None, label: str | None, is_report: bool, sender: str | None
    ) -> None:
        """Placed means: a report, sure, of a known ward and a begun round, not contradicted by its sender."""
        identity = replace(SURE, confidence=confidence, ward=ward, round=label, is_report=is_report)

        placement = place(identity, DAY, sender_ward=sender)

        if placement.placed:
            assert is_report and confidence >= 0.8 and label == "2023-Q3"
            assert ward in wards() and sender in (None, ward)
        else:
            assert placement.message("vi")


class TestWord:
    @pytest.mark.parametrize("identity", [case[0] for case in REFUSED])
    def test_overrides_every_doubt(self, identity: Identity) -> None:
        """A person's word places what no rule would, and the person's name stays with it."""
        placement = place(identity, DAY, word=WORD)

        assert (placement.ward, placement.round, placement.by) == ("pho-an", "2023-Q3", "Lê Thị Hoa")

    def test_unreadable_stays_unreadable(self) -> None:
        """A word says whose a broken file is; it does not make it readable."""
        placement = place_unreadable(Outcome.DAMAGED, word=WORD)

        assert (placement.placed, placement.readable, placement.outcome) == (True, False, Outcome.DAMAGED)

    @pytest.mark.parametrize(
        ("word", "outcome"),
        [
            (replace(WORD, ward="pho-khong"), Outcome.UNKNOWN_WARD),
            (replace(WORD, round="quý III"), Outcome.NO_ROUND),
            (replace(WORD, round="2026-Q1"), Outcome.UNKNOWN_WARD),
        ],
    )
    def test_impossible_word(self, word: PersonsWord, outcome: Outcome) -> None:
        """A word that names no ward, no round, or a ward that no longer exists is refused by name."""
        with pytest.raises(PlacementError) as caught:
            place(SURE, DAY, word=word)

        assert caught.value.outcome == outcome


class TestReasons:
    def test_complete(self) -> None:
        """Every outcome but READ and every doubt has its sentence, in Vietnamese and in English."""
        codes = {outcome for outcome in Outcome if outcome is not Outcome.READ} | set(Doubt)

        assert set(REASONS) == codes
        for code in codes:
            placement = replace(place_unreadable(Outcome.EMPTY), reason_code=code, detail="X")
            assert placement.message("vi") != placement.message("en")
            assert "{" not in placement.message("vi")


def test_expected_wards() -> None:
    """Fifteen units report while the town exists, none of them after it was dissolved."""
    assert len(expected_wards(parse_round("2023-Q3"))) == 15
    assert len(expected_wards(parse_round("2025-Q2"))) == 15
    assert not {w.slug for w in expected_wards(parse_round("2025-Q3"))} & {"pho-minh"}
