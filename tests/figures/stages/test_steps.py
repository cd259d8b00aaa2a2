"""Which step gives a number its figure: every rule of the choice, by one sentence, with value and what it rests on."""

from __future__ import annotations

from functools import cache

import pytest

from parsers.figures.choice import Choice
from parsers.figures.doubts import Doubt, Doubter
from parsers.figures.engine import Engine
from parsers.text.lexicon import lexicon
from tests.figures.casebook import ROUND
from tests.figures.marked import build

DOSSIERS, MONEY, STAFF = "Cải cách thủ tục hành chính", "Tài chính công", "Cải cách tổ chức bộ máy"
LABEL, SHARE, ROLE = "label", "share", "subject and role"


@cache
def engine() -> Engine:
    """Return the grammar of the shipped language."""
    return Engine(lexicon())


@cache
def doubter() -> Doubter:
    """Return what finds doubts in the shipped language."""
    return Doubter(lexicon().labels)


def choices(sentence: str, under: str) -> list[Choice]:
    """Return what the numbers of one sentence under a heading are taken for, in order."""
    return engine().read(build(f"# {under}\n{sentence}\n")[0], ROUND)[0]


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        (
            "Đã giải quyết 500 hồ sơ (trước hạn 300 hồ sơ, đạt 60%).",
            [("dossiers_resolved", 500, LABEL), ("dossiers_early", 300, LABEL), ("dossiers_early_pct", 60, SHARE)],
        ),
        (
            "Trước hạn, đúng hạn, trễ hạn lần lượt là 540, 85 và 02 hồ sơ.",
            [("dossiers_early", 540, LABEL), ("dossiers_on_time", 85, LABEL), ("dossiers_late", 2, LABEL)],
        ),
        (
            "Tổng số 531 hồ sơ, trong đó trực tiếp 212 hồ sơ, trực tuyến 319 hồ sơ.",
            [
                ("dossiers_received", 531, "total of its parts"),
                ("dossiers_direct", 212, LABEL),
                ("dossiers_online", 319, LABEL),
            ],
        ),
        (
            "Tổng số 532 hồ sơ, trong đó trực tiếp 212 hồ sơ, trực tuyến 319 hồ sơ.",
            [("dossiers_direct", 212, LABEL), ("dossiers_online", 319, LABEL)],
        ),
        ("Đã tiếp nhận 698 hồ sơ, xin đính chính là 689 hồ sơ.", [("dossiers_received", 689, "corrected")]),
        (
            "Tiếp nhận và giải quyết 512 hồ sơ.",
            [("dossiers_received", 512, LABEL), ("dossiers_resolved", 512, "said of both")],
        ),
        (
            "Đạt 96% (120/125 hồ sơ trước hạn).",
            [("dossiers_early_pct", 96, SHARE), ("dossiers_early", 120, LABEL)],
        ),
        ("Chưa giải quyết chiếm 4% (22 hồ sơ).", [("dossiers_pending", 22, LABEL)]),
    ],
)
def test_a_count_and_its_share(sentence: str, steps: list[tuple[str, int, str]]) -> None:
    """The phrase names it, or the number before it, the sum of the parts, the writer's correction, the bracket."""
    assert [(c.figure, c.mention.value, c.candidate.rule) for c in choices(sentence, DOSSIERS)] == steps


@pytest.mark.parametrize(
    ("sentence", "steps"),
    [
        (
            "Thu ngân sách xã quý III được 1.250.000.000 đồng, lũy kế 3.400.000.000 đồng, đạt 82% dự toán.",
            [
                ("ward_revenue", 1_250_000_000, ROLE),
                ("ward_revenue_ytd", 3_400_000_000, ROLE),
                ("ward_revenue_budget_pct", 82, ROLE),
            ],
        ),
        (
            "Thu ngân sách nhà nước trên địa bàn 9 tháng là 5.653 triệu đồng, đạt 106% chỉ tiêu thị xã giao.",
            [("state_revenue_ytd", 5_653_000_000, ROLE), ("state_revenue_vs_town_pct", 106, ROLE)],
        ),
        (
            "Lũy kế 9 tháng, thu ngân sách xã 3,4 tỷ đồng; chi ngân sách xã 2,1 tỷ đồng.",
            [("ward_revenue_ytd", 3_400_000_000, ROLE), ("ward_expenditure_ytd", 2_100_000_000, ROLE)],
        ),
        (
            "Chi ngân sách phường đạt 53% (1.835.779.000đ/3.463.733.962đ) dự toán.",
            [
                ("ward_expenditure_budget_pct", 53, ROLE),
                ("ward_expenditure_ytd", 1_835_779_000, "of the percentage"),
            ],
        ),
        ("Chi cho dự án đường 350 triệu đồng.", []),
    ],
)
def test_a_sum_and_its_percentage(sentence: str, steps: list[tuple[str, int, str]]) -> None:
    """Whose money it is stands once, its role beside every number; other money is nobody's."""
    assert [(c.figure, c.mention.value, c.candidate.rule) for c in choices(sentence, MONEY)] == steps


@pytest.mark.parametrize(
    ("sentence", "under", "doubts"),
    [
        ("Đã tiếp nhận 512 hồ sơ, đã giải quyết 500 hồ sơ.", DOSSIERS, [set(), set()]),
        ("Có 35 hồ sơ tiếp nhận trực tuyến bị từ chối.", DOSSIERS, [{Doubt.COMPETING}]),
        ("Cử 3 cán bộ và 5 công chức đi bồi dưỡng.", STAFF, [{Doubt.COMPETING}, {Doubt.COMPETING}]),
        ("Tiếp nhận 300 hồ sơ, 14, 15 và 16.", DOSSIERS, [{Doubt.UNEXPLAINED}]),
    ],
)
def test_what_makes_a_naming_doubtful(sentence: str, under: str, doubts: list[set[Doubt]]) -> None:
    """A phrase that names another figure beside the number, numbers beside it that nothing explains."""
    found = choices(sentence, under)

    assert [doubter().doubts(choice, found) for choice in found] == doubts
