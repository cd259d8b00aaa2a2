"""Confidence by doubt and evidence: what may be relied on, and what waits for a person."""

from __future__ import annotations

from decimal import Decimal

import pytest

from parsers.figures import read_printings
from parsers.reading import Printing
from tests.figures.casebook import ROUND
from tests.figures.marked import build

SURE = 0.8


def _read(*sentences: str, under: str = "Cải cách thủ tục hành chính") -> dict[str, Printing]:
    """Return the primary printings of a heading with sentences under it."""
    document, _ = build("\n".join([f"# {under}", *sentences]) + "\n")
    return {p.figure: p for p in read_printings(document, ROUND) if p.primary}


def _sure(*sentences: str, under: str = "Cải cách thủ tục hành chính") -> set[str]:
    return {code for code, p in _read(*sentences, under=under).items() if p.confidence >= SURE}


def test_a_direct_naming_is_relied_on() -> None:
    """Nothing competes and every number is explained: all may be relied on."""
    assert _sure("Đã tiếp nhận 512 hồ sơ, đã giải quyết 500 hồ sơ.") == {"dossiers_received", "dossiers_resolved"}


@pytest.mark.parametrize(
    ("sentence", "doubtful"),
    [
        ("Lĩnh vực hộ tịch tiếp nhận 320 hồ sơ, giải quyết 318 hồ sơ.", "dossiers_resolved"),
        ("Có 35 hồ sơ tiếp nhận trực tuyến bị từ chối.", "dossiers_online"),
        ("Từ đầu năm đến nay tiếp nhận 2.310 hồ sơ.", "dossiers_received"),
        ("Không có hồ sơ nào bị quá hạn, trả lại hay rút.", "dossiers_late"),
    ],
)
def test_what_competes_makes_a_naming_doubtful(sentence: str, doubtful: str) -> None:
    """A field, a second category or another period in the sentence leaves no sure figure."""
    assert doubtful not in _sure(sentence)


def test_people_sent_to_learn_are_no_sure_staff() -> None:
    """What a clause says behind its last number counts for all numbers of the clause."""
    assert not _sure("Cử 3 cán bộ và 5 công chức đi bồi dưỡng.", under="Cải cách tổ chức bộ máy")


def test_an_identity_that_fails_leaves_its_weakest_members_unsure() -> None:
    """Parts that do not give their total: no value changes, and not all of them stay sure."""
    sentence = "Đã giải quyết 500 hồ sơ, trong đó trước hạn 300 hồ sơ, đúng hạn 150 hồ sơ, trễ hạn 10 hồ sơ."
    read = _read(sentence)

    assert {code: int(p.value) for code, p in read.items()} == {
        "dossiers_resolved": 500,
        "dossiers_early": 300,
        "dossiers_on_time": 150,
        "dossiers_late": 10,
    }
    assert _sure(sentence) < set(read)


def test_a_part_larger_than_its_whole_is_not_left_sure() -> None:
    """More completed tasks than there are: one of the two waits."""
    sentence = "Kế hoạch có 30 nhiệm vụ, đã hoàn thành 45 nhiệm vụ."

    assert _sure(sentence, under="Thực hiện kế hoạch cải cách hành chính") < {
        "plan_tasks_total",
        "plan_tasks_completed",
    }


def test_a_percentage_that_its_numbers_do_not_give_is_not_left_sure() -> None:
    """276 of 316 is 87.34 %: where 85.44 % is printed, the three are not all relied on."""
    read = _read("Đã giải quyết 276/316 hồ sơ đã tiếp nhận, đạt 85,44%.")

    assert read["dossiers_resolved_pct"].value == Decimal("85.44")
    assert any(p.confidence < SURE for p in read.values())


def test_the_same_value_in_another_sentence_supports_a_weak_naming() -> None:
    """A number named from farther off is relied on once it is printed again alike."""
    once = "Trong quý lấy 520 phiếu khảo sát mức độ hài lòng."
    again = "Tổng số phiếu khảo sát mức độ hài lòng là 520 phiếu."

    assert "satisfaction_surveys" not in _sure(once)
    assert "satisfaction_surveys" in _sure(once, again)


def test_two_values_of_one_figure_are_not_both_sure() -> None:
    """Two sentences that print different totals: neither may be taken over unseen."""
    assert "dossiers_received" not in _sure("Đã tiếp nhận 327 hồ sơ.", "Đã tiếp nhận 316 hồ sơ.")
