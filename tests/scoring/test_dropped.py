"""What a figure that a later version drops touches: points, place and totals."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from cchc.messages import use_language
from scoring.dropped import Effect, Standing, effect_text, effects

from .cases import card_from, figure, round_of, shares, ward


def test_effect(tmp_path: Path) -> None:
    """A ward that drops what it had online loses those points, its place, and its part in every total of it."""
    card = card_from(tmp_path)
    online = figure("dossiers_online", 80, status="dropped")
    a = ward("a", online, dossiers_early_or_on_time=100, dossiers_resolved=100, dossiers_received=100)

    found = effects(round_of(a, shares("b", 90, 80), shares("c", 90, 80)), card)

    assert found == {
        "a": Effect(
            criteria=("online",),
            totals=("dossiers_online", "online_share"),
            now=Standing(Decimal(60), 3),
            then=Standing(Decimal(100), 1),
        )
    }
    with use_language("vi"):
        assert effect_text(found["a"], card) == (
            "Do bản này bỏ số liệu: tiêu chí không có điểm: Trực tuyến; tạm tính 60,00 điểm, hạng 3; nếu còn số liệu "
            "của bản trước thì 100,00 điểm, hạng 1; đơn vị không có trong tổng của: Hồ sơ tiếp nhận trực tuyến; Tỷ lệ "
            "hồ sơ trực tuyến trên tổng số tiếp nhận."
        )


def test_figure_that_no_criterion_reads(tmp_path: Path) -> None:
    """A dropped figure that the card does not read costs no place; only the total that misses the ward is told."""
    card = card_from(tmp_path)
    a = shares("a", 90, 80, figure("staff_trained", 3, status="dropped"))

    found = effects(round_of(a, shares("b", 80, 80)), card)

    assert (found["a"].criteria, found["a"].totals) == ((), ("staff_trained",))
    assert found["a"].now == found["a"].then == Standing(found["a"].now.total, 1)
    assert "hạng" not in effect_text(found["a"], card)


def test_nothing_dropped(tmp_path: Path) -> None:
    """Where no version dropped anything there is nothing to tell."""
    assert effects(round_of(shares("a", 90, 80)), card_from(tmp_path)) == {}
