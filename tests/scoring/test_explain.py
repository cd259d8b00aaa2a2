"""An explanation leads from the place to the sentence, in words an office uses."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.scorecards import Scorecard, load_scorecard
from cchc.messages import use_language
from scoring.compute import ranking_of
from scoring.explain import explain
from scoring.inputs import ManualMark, WardInput
from scoring.phrases import formula_text, gap_text, rule_text
from scoring.score import score

from .cases import DUE, card_from, figure, one_criterion, round_of, shares, ward


def told(card: Scorecard, *wards: WardInput, before: tuple[WardInput, ...] = ()) -> list[str]:
    """Return the explanation of the first ward as lines."""
    figures = round_of(*wards)
    previous = round_of(*before, label="2023-Q2") if before else None
    ranking = ranking_of(figures, card, previous, variations=100)
    row = ranking.row(wards[0].ward)
    assert row is not None
    return list(explain(row, score(figures, card)[0], ranking, card).lines())


def small(slug: str = "a", **details: object) -> WardInput:
    """Return a ward with sentences to follow to."""
    return ward(
        slug,
        figure("dossiers_early_or_on_time", 90, raw="90", sentence="Giải quyết đúng hạn 90 hồ sơ.", page=3),
        figure("dossiers_resolved", 100, raw="một trăm", sentence="Đã giải quyết một trăm hồ sơ."),
        figure("dossiers_online", 60, status="marked", raw="60"),
        figure("dossiers_received", 100, decided_by="Lê Thị A"),
        **details,
    )


class TestWholeTree:
    """The text as people read it."""

    def test_vietnamese(self, tmp_path: Path) -> None:
        """Rank, robustness, points, ratios, figures and sentences, each a level deeper."""
        lines = told(card_from(tmp_path), small(), shares("b", 60, 20))

        assert lines == [
            "phường A, 2023-Q3: hạng 1 trong 2 đơn vị (hạng 1 trong 2 phường), 78,00 điểm, xếp loại Khá",
            "  Giữ nguyên hạng trong 100,0% của 100 phương án trọng số; có thể xếp từ hạng 1 đến hạng 1",
            "    Xếp trên đơn vị kế tiếp trong 100,0% trường hợp: là khác biệt thật",
            "  Đúng hạn: 48,00/60 điểm – tính theo số liệu",
            "    Hồ sơ giải quyết trước hạn và đúng hạn (nêu gộp) / Hồ sơ đã giải quyết = 90%; "
            "không điểm ở mức 50%, điểm tối đa ở mức 100%",
            "      Hồ sơ giải quyết trước hạn và đúng hạn (nêu gộp): 90",
            "        “Giải quyết đúng hạn 90 hồ sơ.” (trang 3)",
            "      Hồ sơ đã giải quyết: 100 (báo cáo ghi “một trăm”)",
            "        “Đã giải quyết một trăm hồ sơ.” (trong văn bản)",
            "  Trực tuyến: 30,00/40 điểm – tính theo số liệu",
            "    Hồ sơ tiếp nhận trực tuyến (mức độ 3, 4; một phần và toàn trình) / Tổng số hồ sơ tiếp nhận "
            "(gồm cả kỳ trước chuyển sang nếu báo cáo cộng vào) = 60%; không điểm ở mức 0%, điểm tối đa ở mức 80%",
            "      Hồ sơ tiếp nhận trực tuyến (mức độ 3, 4; một phần và toàn trình): 60 – "
            "được tính, còn cảnh báo chưa xử lý",
            "      Tổng số hồ sơ tiếp nhận (gồm cả kỳ trước chuyển sang nếu báo cáo cộng vào): 100 – "
            "do Lê Thị A quyết định",
        ]

    def test_english(self, tmp_path: Path) -> None:
        """The same in English, figures by their codes, numbers in English form."""
        with use_language("en"):
            lines = told(card_from(tmp_path), small(), shares("b", 60, 20))

        assert lines[0] == "phường A, 2023-Q3: place 1 of 2 (1 of 2 phường), 78.00 points, class Khá"
        assert lines[4] == (
            "    dossiers_early_or_on_time / dossiers_resolved = 90%; no points at 50%, full points at 100%"
        )

    def test_change_of_place(self, tmp_path: Path) -> None:
        """A change of place names the criteria behind it, the strongest first."""
        lines = told(
            card_from(tmp_path), small(), shares("b", 85, 60), before=(shares("a", 60, 60), shares("b", 85, 60))
        )

        at = lines.index("  Tăng 1 bậc so với hạng 2 kỳ trước")
        assert lines[at + 1] == (
            "    Đúng hạn: kỳ trước 12,00, kỳ này 48,00 điểm; +18,00 so với mức thay đổi chung của các đơn vị"
        )

    def test_no_place(self, tmp_path: Path) -> None:
        """A ward without a place reads why; one with a gap reads which figures are missing."""
        nothing = told(card_from(tmp_path), ward("a", reported=False, received=None))
        lines = told(card_from(tmp_path), ward("a", dossiers_online=60, dossiers_received=100))

        assert nothing[0] == "phường A, 2023-Q3: không xếp hạng – chưa gửi báo cáo của kỳ"
        assert lines[2] == "  Đúng hạn: 0,00/60 điểm – không có điểm"
        assert lines[3] == (
            "    báo cáo không nêu: Hồ sơ giải quyết trước hạn và đúng hạn (nêu gộp), Hồ sơ đã giải quyết"
        )


class TestWords:
    """Single phrases."""

    @pytest.mark.parametrize("label", ["2023-Q1", "2023-Q3"])
    def test_rule_of_the_round(self, label: str) -> None:
        """The rule told is the one of the round."""
        plan = load_scorecard().criterion("plan_completion")
        assert plan is not None

        assert rule_text(plan, label).endswith({"2023-Q1": "25%", "2023-Q3": "75%"}[label])

    def test_bands(self) -> None:
        """Bands are told from the best down, with which end belongs."""
        satisfaction = load_scorecard().criterion("satisfaction")
        assert satisfaction is not None

        assert rule_text(satisfaction, "2023-Q3") == (
            "≥ 95%: 10 điểm; ≥ 90%, < 95%: 8 điểm; ≥ 80%, < 90%: 5 điểm; < 80%: 0 điểm"
        )

    def test_lateness(self, tmp_path: Path) -> None:
        """Lateness tells by which day it was counted."""
        card = one_criterion(tmp_path, kind="timeliness", full_at=0, zero_at=10)

        lines = told(card, ward("a", received=DUE + timedelta(900), report_date=DUE + timedelta(3)))

        assert lines[-1] == (
            "    trễ 3 ngày, theo ngày ghi trên báo cáo; không điểm ở mức trễ 10 ngày, điểm tối đa ở mức trễ 0 ngày"
        )

    def test_marks_side_by_side(self, tmp_path: Path) -> None:
        """Self-assessed, appraised and final points stand side by side with the evidence."""
        card = one_criterion(tmp_path, kind="manual")
        mark = ManualMark("a", "one", Decimal(10), Decimal("7.5"), Decimal(7), "biên bản số 3")

        lines = told(card, ward("a", marks=(mark,)))

        assert lines[-1] == "    điểm tự chấm 10, thẩm định 7,5, chính thức 7; biên bản số 3; điểm do người chấm"

    def test_fallback_is_told(self, tmp_path: Path) -> None:
        """A printed percentage that stands in for missing numbers is called so."""
        lines = told(card_from(tmp_path), ward("a", dossiers_early_or_on_time_pct="98.5", dossiers_resolved=10))

        expected = "= 98,50% (tỷ lệ do báo cáo nêu, thay cho số liệu mà báo cáo không nêu); "
        assert any(expected in line for line in lines)

    def test_rejected_figure(self, tmp_path: Path) -> None:
        """A figure a person rejected is told with the person, not as an error of the report."""
        rejected = figure("dossiers_online", 5, status="blocked", decided_by="Lê Thị A")

        lines = told(card_from(tmp_path), ward("a", rejected, dossiers_received=10))

        assert any(line.endswith(": 5 – không tính: Lê Thị A đã bác") for line in lines)

    def test_formula_names(self) -> None:
        """Every formula of every shipped card is told in names, with no code left."""
        for criterion in load_scorecard().criteria:
            for measure in criterion.measures:
                assert "_" not in formula_text(measure.formula)

    def test_no_gap_no_words(self, tmp_path: Path) -> None:
        """Where nothing is missing nothing is said to be."""
        card = card_from(tmp_path)

        assert gap_text(score(round_of(small()), card)[0].criteria[0]) == ""
