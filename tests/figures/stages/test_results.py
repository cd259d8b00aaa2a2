"""From choices to printings: what shares are of, what stands below a fraction, which values stay, what doubts leave."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest

from catalogue.labels import Labels
from parsers.figures.choice import Choice
from parsers.figures.confidence import DOUBTED
from parsers.figures.denominators import Bases
from parsers.figures.engine import Engine
from parsers.figures.money import Ledger
from parsers.figures.results import PROVEN, SLIP, Printer
from parsers.figures.weighing import Weigher
from parsers.reading import Printing
from parsers.text.lexicon import lexicon
from tests.figures.casebook import ROUND
from tests.figures.marked import build

DOSSIERS, MONEY, DIGITAL = "Cải cách thủ tục hành chính", "Tài chính công", "Chuyển đổi số"


def known() -> Labels:
    """Return the shipped language."""
    return lexicon().labels


@cache
def choices(text: str, under: str = DOSSIERS) -> list[Choice]:
    """Return what the numbers of some lines under a heading are taken for."""
    return Engine(lexicon()).read(build(f"# {under}\n{text}\n")[0], ROUND)[0]


def printings(text: str, under: str = DOSSIERS) -> list[Printing]:
    """Return the printings of some lines under a heading."""
    return list(Printer(known(), build(f"# {under}\n{text}\n")[0]).printings(choices(text, under))[0])


def settled(text: str) -> list[tuple[str, int, float]]:
    """Return figure, value and confidence of the printings of a line."""
    return [(p.figure, int(p.value), p.reading_confidence) for p in printings(text)]


class TestShares:
    @pytest.mark.parametrize(
        ("text", "under", "base"),
        [
            ("Trước hạn 300 hồ sơ, đạt 60% tổng số hồ sơ tiếp nhận.", DOSSIERS, "dossiers_received"),
            ("Trước hạn 300 hồ sơ, đạt 60% số hồ sơ đã giải quyết.", DOSSIERS, "dossiers_resolved"),
            ("Trước hạn 276/316 hồ sơ đã giải quyết, đạt 87,34%.", DOSSIERS, "dossiers_resolved"),
            ("Trong tổng số hồ sơ đã giải quyết, trước hạn 300 hồ sơ, đạt 60%.", DOSSIERS, "dossiers_resolved"),
            ("Đã giải quyết 120 hồ sơ, đạt 60% hồ sơ đã giải quyết.", DOSSIERS, None),
            ("Tiếp nhận trực tuyến 276 hồ sơ, đạt 87,34%.", DOSSIERS, None),
            ("Thu ngân sách xã 350 triệu đồng, đạt 38,9% dự toán.", MONEY, "ward_revenue_budget"),
        ],
    )
    def test_the_total_is_the_one_that_is_named(self, text: str, under: str, base: str | None) -> None:
        """Behind the share, or with the count before it; money has it by its role; its own count is no total."""
        (share,) = (p for p in printings(text, under) if p.figure.endswith("_pct"))

        assert share.base == base


class TestFractions:
    @staticmethod
    def below(text: str, under: str, values: dict[str, set[Decimal]]) -> tuple[str, float] | None:
        """Return what the lower half of the first fraction of a line is, beside other values of the report."""
        (first,) = (choice for choice in choices(text, under) if choice.mention.out_of is not None)
        return Bases(known(), Ledger(known())).of_fraction(first, values, None)

    @pytest.mark.parametrize(
        ("text", "under", "found"),
        [
            ("Trước hạn 276/316 hồ sơ đã giải quyết.", DOSSIERS, ("dossiers_resolved", 0.95)),
            ("Tiếp nhận trực tuyến 276/316 hồ sơ.", DOSSIERS, ("dossiers_received", 0.85)),
            ("Thành lập 04/24 tổ/thành viên công nghệ số cộng đồng.", DIGITAL, ("digital_team_members", 0.85)),
            ("Tổ công nghệ số cộng đồng/thành viên: 04/24.", DIGITAL, ("digital_team_members", 0.9)),
            ("Thu ngân sách xã 350 triệu đồng/900 triệu đồng.", MONEY, ("ward_revenue_budget", 0.75)),
            ("Thu ngân sách xã 350 triệu đồng/900 triệu đồng dự toán.", MONEY, ("ward_revenue_budget", 0.95)),
        ],
    )
    def test_what_is_said_beside_it_names_it(self, text: str, under: str, found: tuple[str, float]) -> None:
        """A named total is sure, one that the label names beside it less, the usual one still less, a plan least."""
        assert self.below(text, under, {}) == found

    def test_a_total_printed_elsewhere_is_sure(self) -> None:
        """The usual total is as sure as a named one where the report prints it with the same value."""
        text = "Tiếp nhận trực tuyến 276/316 hồ sơ."

        assert self.below(text, DOSSIERS, {"dossiers_received": {Decimal(316)}}) == ("dossiers_received", 0.95)
        assert self.below(text, DOSSIERS, {"dossiers_received": {Decimal(317)}}) == ("dossiers_received", 0.85)

    def test_a_fraction_that_gives_its_percentage_is_proven(self) -> None:
        """276 of 316 are 87,34 %; where 60 % are printed the fraction is doubted, never the percentage."""
        proven, doubted = "Trước hạn 276/316 hồ sơ, đạt 87,34%.", "Trước hạn 276/316 hồ sơ, đạt 60%."

        assert [one[2] for one in settled(proven)][:2] == [PROVEN, 0.85]
        assert settled(doubted)[0] == ("dossiers_early", 276, DOUBTED)
        assert settled(doubted)[2][2] == settled(proven)[2][2]

    def test_a_percentage_before_its_bracket_proves_it_too(self) -> None:
        """ "Đạt 87,34% (276/316 hồ sơ)" is the same fraction."""
        good, bad = (settled(f"Đạt {share}% (276/316 hồ sơ đúng hạn).") for share in ("87,34", "60"))

        assert [one[:2] for one in good] == [
            ("dossiers_on_time_pct", 87), ("dossiers_on_time", 276), ("dossiers_resolved", 316),
        ]  # fmt: skip
        assert good[1][2] > bad[1][2]


class TestWhatStays:
    def test_new_ones_by_the_sum(self) -> None:
        """What is "received" beside a total of it and those carried over is the new ones; else it is the total."""
        text = "Tiếp nhận 300 hồ sơ, trong đó kỳ trước chuyển sang 19 hồ sơ.\nTiếp nhận trong kỳ {} hồ sơ."

        assert [(p.figure, p.value, p.rule) for p in printings(text.format(281))] == [
            ("dossiers_received", 300, "label"),
            ("dossiers_carried_over", 19, "label"),
            ("dossiers_received_new", 281, "new by the sum"),
        ]
        assert "dossiers_received_new" not in {p.figure for p in printings(text.format(280))}

    def test_parts_are_joined_and_accounted_for(self) -> None:
        """Two works make one sum; the second part is a number that is named, and no printing of its own."""
        text = "Vốn đầu tư công:\n- Đường A: giải ngân 350 triệu đồng.\n- Đường B: giải ngân 150 triệu đồng."
        document = build(f"# {MONEY}\n{text}\n")[0]

        made, named = Printer(known(), document).printings(choices(text, MONEY))

        assert [(p.figure, p.value, p.raw, p.components) for p in made] == [
            ("investment_disbursed", 500_000_000, "350 triệu + 150 triệu", (350_000_000, 150_000_000)),
        ]  # fmt: skip
        assert [(n.kind.value, n.reason, n.figure, document.text_at(n.place)) for n in named] == [
            ("figure", "part of a sum", "investment_disbursed", "150 triệu"),
        ]  # fmt: skip

    @pytest.mark.parametrize(("second", "stays"), [(300, True), (301, False), (300 * SLIP, True)])
    def test_a_weak_printing_with_another_value_goes(self, second: int, stays: bool) -> None:
        """A second value that was hardly read is a misreading; one that lost or won a thousand is worth a look."""
        strong, weak = choices(f"Đã tiếp nhận 300 hồ sơ.\nĐã tiếp nhận {second} hồ sơ.")
        weak = replace(weak, candidate=replace(weak.candidate, settled=0.6))
        document = build(f"# {DOSSIERS}\nĐã tiếp nhận 300 hồ sơ.\nĐã tiếp nhận {second} hồ sơ.\n")[0]

        made, _ = Printer(known(), document).printings([strong, weak])

        assert [int(p.value) for p in made] == ([300, second] if stays else [300])


class TestWeighing:
    @staticmethod
    def weighed(*values: int, table: bool = False) -> list[float]:
        """Return the confidences that are left of 0.9 where a report prints a figure in so many sentences."""
        text = "\n".join(f"Đã tiếp nhận {value} hồ sơ." for value in values)
        made = []
        for i, one in enumerate(choices(text)):
            line = replace(one.sentence.line, table=table)
            choice = replace(one, sentence=replace(one.sentence, line=line))
            place = choice.sentence.place(0, 10)
            printing = Printing(
                "dossiers_received", choice.mention.value, "", choice.place, None, None, "", place, "", "label", 1.0,
                0.9, i == 0,
            )  # fmt: skip
            made.append((choice, printing))
        return [p.reading_confidence for p in Weigher(known(), [c for c, _ in made]).weighed(made)]

    def test_two_values_of_one_figure_doubt_each_other(self) -> None:
        """Alike they stay as sure as they were read, unlike neither does; who has a companion stands."""
        assert self.weighed(300) == [0.9]
        assert self.weighed(300, 300) == [0.9, 0.9]
        assert self.weighed(300, 310) == [0.72, 0.72]
        assert self.weighed(300, 310, 300) == [0.9, 0.72, 0.9]

    def test_a_cell_is_not_weighed_against_other_printings(self) -> None:
        """The heads of a table name it; only arithmetic and its own doubts take from it."""
        assert self.weighed(300, 310, table=True) == [0.9, 0.9]

    def test_a_doubt_of_the_sentence_is_the_printing_s(self) -> None:
        """Numbers that nothing explains beside a figure make it wait; what else it says leaves it as it was read."""
        (plain,) = printings("Tiếp nhận 300 hồ sơ.")
        (doubtful,) = printings("Tiếp nhận 300 hồ sơ, 14, 15 và 16.")

        assert (plain.reading_confidence, doubtful.reading_confidence) == (0.9, DOUBTED)
