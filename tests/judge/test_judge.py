"""The judge: what is sure, what waits, and why."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from catalogue.trust import trust
from cchc.bounds import upper_bound
from cchc.errors import CatalogueError
from cchc.messages import use_language
from parsers.document import Document, Page, Place
from parsers.figures import read_figures
from parsers.judge import with_verdicts
from parsers.judge.doubts import CODES, doubt_text
from parsers.judge.model import judge_model
from parsers.judge.nearby import nearby_of
from parsers.judge.terms import NAMES, Surroundings, log_odds, terms_of
from parsers.judge.verdict import WAITS, agreement_on, class_of, is_sure
from parsers.learned.decide import with_learned
from parsers.learned.general_unit import GENERAL_UNIT
from parsers.learned.values import Guess, Opinion
from parsers.reading import Identity, Printing, Reading
from tests.figures.marked import build
from training.judging import Verdict, fitted, threshold_for

TEXT = "# Cải cách thủ tục hành chính\nTrong quý III, phường tiếp nhận 612 hồ sơ, đã giải quyết 598 hồ sơ.\n"


def read(text: str) -> tuple[Document, Reading]:
    """Return the document of a marked text and what both readers and the judge make of it."""
    document = build(text)[0]
    grammar = read_figures(document, Identity(None, "2024-Q3", None, None, 1.0))
    return document, with_verdicts(document, with_learned(document, grammar))


ALIKE = Opinion((Guess("ward_revenue", 0.99),))


@pytest.fixture(scope="module")
def plain() -> tuple[Document, Reading]:
    """Return the reading of one plain sentence."""
    return read(TEXT)


def primary(reading: Reading, figure: str) -> Printing:
    """Return the primary printing of a figure."""
    return reading.primaries()[figure]


@pytest.mark.parametrize(
    ("sentence", "figure", "agreed"),
    [
        ("Không có phản ánh, kiến nghị nào về quy định hành chính trong kỳ.", "feedback_received", True),
        ("Không có phản ánh, kiến nghị nào chậm trả lời.", "feedback_received", False),
        ("Phản ánh được xử lý ngay, không có phản ánh tồn đọng.", "feedback_received", False),
        ("Đã giải quyết 412 hồ sơ, không có hồ sơ trễ hạn.", "dossiers_late", True),
        ("Không có phản ánh, kiến nghị nào; 02 hồ sơ trễ hạn.", "feedback_received", True),
    ],
)
def test_none_of_a_state_is_not_none_at_all(sentence: str, figure: str, agreed: bool) -> None:
    """A denial of what is late or left over counts only the figure of just that state."""
    heading = "Giải quyết hồ sơ" if figure == "dossiers_late" else "Tiếp nhận phản ánh, kiến nghị"
    _, reading = read(f"# {heading}\n{sentence}\n")
    denied = [p for p in reading.printings if p.figure == figure and p.in_words]

    assert [agreement_on(p) == "all" for p in denied] == [agreed]


class TestVerdict:
    def test_confidence_and_sureness_never_contradict(self, plain: tuple[Document, Reading]) -> None:
        """Whatever is not sure has a confidence below the line at which a figure waits."""
        for printing in plain[1].printings:
            assert printing.sure == (printing.confidence >= WAITS)

    def test_every_figure_that_waits_says_why(self) -> None:
        """A reason is kept for every printing that is not sure, and none for a sure one."""
        _, reading = read("# Kết quả\nToàn thị xã tiếp nhận 41.236 hồ sơ; riêng phường 1.236.\n")

        assert all(bool(p.doubt) != p.sure for p in reading.printings)
        assert {p.doubt for p in reading.printings} <= {"", *CODES}

    def test_digits_that_are_no_number_are_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """However sure both readers are of the figure, the digits are not."""
        good = primary(plain[1], "dossiers_received")

        assert is_sure(good, 1.0, "digital")
        assert not is_sure(replace(good, malformed=True), 1.0, "digital")
        assert not is_sure(replace(good, text_confidence=0.7), 1.0, "digital")

    def test_readers_that_differ_are_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """A figure waits, however likely, where the grammar takes its number for another thing."""
        good = primary(plain[1], "dossiers_received")
        assert good.views is not None
        for grammar in (
            replace(good.views.grammar, figure=None, kind="other_level"),
            replace(good.views.grammar, figure="dossiers_resolved"),
        ):
            assert agreement_on(replace(good, views=replace(good.views, grammar=grammar))) == "none"

    def test_a_silent_grammar_leaves_printed_digits_to_the_learned_readers(
        self, plain: tuple[Document, Reading]
    ) -> None:
        """Where the grammar knows nothing of a number, digits of prose may pass a threshold of their own."""
        good = primary(plain[1], "dossiers_received")
        assert good.views is not None
        silent = replace(good.views, grammar=replace(good.views.grammar, figure=None, kind="unexplained"))

        assert agreement_on(replace(good, views=silent)) == "learned"
        assert agreement_on(replace(good, views=silent, in_words=True)) == "none"
        assert agreement_on(replace(good, views=silent, place=replace(good.place, row=1, column=1))) == "none"

    def test_a_learned_reader_alone_is_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """One of the learned readers that names another figure, and a person looks."""
        good = primary(plain[1], "dossiers_received")
        assert good.views is not None
        other = Opinion((Guess("dossiers_resolved", 0.6), Guess("dossiers_received", 0.4)))

        assert agreement_on(replace(good, views=replace(good.views, independent=other))) == "none"

    def test_a_sum_of_parts_and_a_unit_from_elsewhere_are_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """No reader said that numbers belong together, nor that money counts in the unit of another place."""
        good = next(p for p in plain[1].printings if p.sure)

        assert agreement_on(good) != "none"
        assert agreement_on(replace(good, components=(Decimal(64), Decimal(51)))) == "none"
        assert agreement_on(replace(good, rule=GENERAL_UNIT)) == "none"

    def test_a_small_sum_of_money_is_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """ "1.782.200" may be printed in thousands."""
        good = primary(plain[1], "dossiers_received")
        assert good.views is not None
        sum_of = replace(
            good, figure="ward_revenue", views=replace(good.views, stacked=ALIKE, independent=ALIKE, voices=())
        )
        money = replace(sum_of, views=replace(sum_of.views, grammar=replace(good.views.grammar, figure="ward_revenue")))

        assert agreement_on(replace(money, value=Decimal(17_822_000))) == "all"
        assert agreement_on(replace(money, value=Decimal(1_782_200))) == "none"

    def test_nobody_retired_is_not_nobody_disciplined_for_sure(self) -> None:
        """A denial of another thing than the figure's is never sure."""
        _, reading = read(
            "# IV. Chế độ công vụ\nCử 22 lượt công chức đi tập huấn. Trong quý không có công chức nghỉ hưu.\n"
        )

        assert not any(p.sure for p in reading.printings if p.figure == "staff_disciplined")

    def test_a_poor_scan_is_never_sure(self, plain: tuple[Document, Reading]) -> None:
        """No set proves anything of poor scans."""
        assert trust()["poor_scan"].threshold is None
        assert not is_sure(primary(plain[1], "dossiers_received"), 1.0, "poor_scan")

    def test_pages_have_the_class_of_their_text(self) -> None:
        """Digital, well recognised, poorly recognised."""
        pages = (Page(1, 595, 842, "ocr", 0.95), Page(2, 595, 842, "ocr", 0.6), Page(3, 595, 842))
        document = Document("0", "pdf", (), pages)

        assert [class_of(document, n) for n in (1, 2, 3, None)] == ["scan", "poor_scan", "digital", "digital"]


class TestTerms:
    def test_a_printing_without_views_has_no_terms(self, plain: tuple[Document, Reading]) -> None:
        """A figure that only the grammar saw cannot be judged by both readers."""
        document, reading = plain
        bare = replace(primary(reading, "dossiers_received"), views=None)

        with pytest.raises(ValueError, match="dossiers_received"):
            terms_of(bare, Surroundings(reading.printings, document))

    def test_every_term_is_a_bounded_number(self, plain: tuple[Document, Reading]) -> None:
        """No term can outweigh all others by its scale alone."""
        document, reading = plain
        around = Surroundings(reading.printings, document)

        for printing in reading.printings:
            if printing.views is not None:
                terms = terms_of(printing, around)
                assert len(terms) == len(NAMES)
                assert all(-10 <= term <= 10 for term in terms)

    def test_log_odds_are_held(self) -> None:
        """Certainty has no infinite weight."""
        assert log_odds(1.0) == pytest.approx(-log_odds(0.0))
        assert log_odds(1.0) < 8

    @pytest.mark.parametrize(
        ("text", "other"),
        [
            ("Toàn huyện tiếp nhận 612 hồ sơ.", True),
            ("Toàn huyện tiếp nhận 9.999 hồ sơ, riêng xã tiếp nhận 612 hồ sơ.", False),
            ("So với chỉ tiêu huyện giao, xã tiếp nhận 612 hồ sơ.", False),
        ],
    )
    def test_the_nearest_level_word_counts(self, text: str, other: bool) -> None:
        """A word of another level before the number doubts it; one that only gave a plan does not."""
        document = build(f"# Kết quả\n{text}\n")[0]
        said = document.blocks[1].text
        start = said.index("612")
        place = Place(1, start, start + 3)
        whole = Place(1, 0, len(said))
        printing = Printing(
            "dossiers_received",
            Decimal(612),
            "612",
            place,
            None,
            None,
            document.blocks[1].text,
            whole,
            "",
            "",
            1,
            1,
            True,
        )

        assert nearby_of(printing, document).other_nearest is other


class TestWords:
    @pytest.mark.parametrize("code", CODES)
    def test_every_reason_is_said_in_both_languages(self, code: str, plain: tuple[Document, Reading]) -> None:
        """A clerk reads Vietnamese; English is another sentence."""
        printing = replace(primary(plain[1], "dossiers_received"), doubt=code, rival=Decimal(1236))
        with use_language("vi"):
            vietnamese = doubt_text(printing)
        with use_language("en"):
            english = doubt_text(printing)

        assert vietnamese
        assert vietnamese != english

    def test_a_sure_figure_has_no_reason(self, plain: tuple[Document, Reading]) -> None:
        """Nothing is said where nobody needs to look."""
        assert doubt_text(replace(primary(plain[1], "dossiers_received"), doubt="")) == ""


class TestModel:
    def test_weights_of_other_terms_are_refused(self, tmp_path: Path) -> None:
        """A model of an older version is not used silently."""
        path = tmp_path / "model.json"
        path.write_text(json.dumps({"constant": 0, "weights": {"gone": 1}}), encoding="utf-8")

        with pytest.raises(CatalogueError, match="make train"):
            judge_model(path)

    def test_no_file_no_judge(self, tmp_path: Path) -> None:
        """Without a model nothing is judged, and nothing is sure."""
        assert judge_model(tmp_path / "none.json") is None


class TestFitting:
    def test_a_term_that_tells_gets_its_weight(self) -> None:
        """The fit finds which of two terms goes with being right."""
        draws = np.random.default_rng(7).normal(size=(800, 2))
        seen = [Verdict("w", "s", "f", (float(a), float(b)), bool(a > 0)) for a, b in draws]

        weights, constant = fitted(seen)

        assert weights[0] > 2
        assert abs(weights[1]) < 0.5
        assert abs(constant) < 0.5

    def test_a_threshold_holds_its_share(self) -> None:
        """Above it at most so many are wrong, and one more accepted would break that."""
        p = np.array([0.99, 0.98, 0.97, 0.96, 0.5])
        rights = [True, True, True, False, True]

        assert threshold_for(p, rights, 0.0) == pytest.approx(0.965)
        assert threshold_for(p, rights, 0.25) == pytest.approx(0.25)
        assert threshold_for(p, [False] * 5, 0.0) is None

    @pytest.mark.parametrize(("wrong", "accepted"), [(0, 1497), (1, 2371), (2, 3146)])
    def test_the_bound_is_exact(self, wrong: int, accepted: int) -> None:
        """So many accepted figures with so many errors claim 0.2 % with 95 % confidence, and not one fewer."""
        assert upper_bound(wrong, accepted) <= 0.002 < upper_bound(wrong, accepted - 1)
