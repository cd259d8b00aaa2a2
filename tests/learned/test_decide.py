"""From opinions to figures: who decides, what is sure, which printing is the primary one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from parsers.document import Block, Cell, Document
from parsers.figures import read_figures
from parsers.judge.verdict import agreement_on
from parsers.learned import reader
from parsers.learned.decide import SECOND_GUESS, decided
from parsers.learned.reader import Models
from parsers.learned.values import Guess, Opinion
from parsers.reading import MISWRITTEN, AccountKind, Identity, Reading
from parsers.report import parser_version, read_report


@dataclass(frozen=True)
class _Says:
    """A model that says of the numbers of every line, in order, what it is told to say."""

    lines: dict[int, list[tuple[str | None, float]]]

    def opinions(self, features: Sequence[Sequence[str]]) -> tuple[Opinion, ...]:
        said = self.lines[len(features)]
        return tuple(Opinion((Guess(figure, p), Guess("staff_rotated", 1 - p))) for figure, p in said)


@dataclass
class _InTurn:
    """A model that says of the lines, in reading order, what it is told to say of each."""

    lines: list[list[tuple[str | None, float]]]
    turn: int = 0

    def opinions(self, features: Sequence[Sequence[str]]) -> tuple[Opinion, ...]:
        self.turn += 1
        return (Opinion(tuple(Guess(figure, p) for figure, p in self.lines[self.turn - 1])),)

    def strongest(self, features: Sequence[str], figure: str | None, most: int) -> tuple[str, ...]:
        return ()


def _document(*texts: str) -> Document:
    blocks = (Block(0, "heading", "2. Cải cách thủ tục hành chính", level=1),)
    rest = tuple(Block(i, "paragraph", text) for i, text in enumerate(texts, 1))
    return Document(sha256="0" * 64, format="docx", blocks=(*blocks, *rest))


def _read(
    document: Document, independent: list[tuple[str | None, float]], stacked: list[tuple[str | None, float]]
) -> Reading:
    reading = read_figures(document, Identity(None, "2024-Q3", None, None, 1.0))
    says = Models(_Says({len(independent): independent}), _Says({len(stacked): stacked}), "test")
    return decided(document, reading, says)


RECEIVED = "Trong quý, xã tiếp nhận 412 hồ sơ."


class TestSecondGuesses:
    def test_what_is_nowhere_else_is_told(self) -> None:
        """A number taken for none is told, never sure, where it is likely enough a figure that nothing else is."""
        (printing,) = _read(_document("Nơi đây nhận 412 đơn."), [(None, 0.8)], [(None, 0.7)]).printings

        assert (printing.figure, printing.rule, printing.sure) == ("staff_rotated", SECOND_GUESS, False)
        assert printing.primary and printing.confidence == 0.3
        assert agreement_on(printing) == "none"

    def test_what_is_hardly_likely_is_not(self) -> None:
        """Under the least probability a number stays an account."""
        reading = _read(_document("Nơi đây nhận 412 đơn."), [(None, 0.8)], [(None, 0.95)])

        assert reading.printings == ()
        assert [a.raw for a in reading.accounts if a.kind is not AccountKind.LIST_NUMBER] == ["412"]

    def test_a_figure_that_is_named_has_no_second_guess(self) -> None:
        """Where a number was taken for the figure, no other one is brought in."""
        text = "Luân chuyển 3 công chức; nơi khác 412 đơn."
        said: list[tuple[str | None, float]] = [("staff_rotated", 0.9), (None, 0.7)]

        assert [p.raw for p in _read(_document(text), said, said).printings] == ["3"]


class TestMiswritten:
    """A number taken for none, in another sentence, that looks like a figure's value with a slip of the pen."""

    @staticmethod
    def _again(text: str, p: float) -> list[tuple[str, str, bool]]:
        """Return the printings of 4.120 received and of what another sentence prints, likely the figure by `p`."""
        said = [[("dossiers_received", 0.97)], [(None, 1 - p), ("dossiers_received", p)]]
        document = _document("Trong quý, xã tiếp nhận 4.120 hồ sơ.", text)
        reading = read_figures(document, Identity(None, "2024-Q3", None, None, 1.0))
        says = _InTurn(said), _InTurn(said)
        return [(p.raw, p.rule, p.primary) for p in decided(document, reading, Models(*says, "test")).printings[1:]]

    def test_a_likely_number_is_a_second_printing(self) -> None:
        """4.210 beside 4.120 is told, and is not primary."""
        assert self._again("Nơi đây có 4.210 đơn.", 0.4) == [("4.210", MISWRITTEN, False)]

    def test_an_unlikely_number_is_not(self) -> None:
        """Looking alike is no reason where no reader names the figure."""
        assert self._again("Nơi đây có 4.210 đơn.", 0.05) == []

    def test_a_number_that_looks_otherwise_is_not(self) -> None:
        """4.377 is no slip of 4.120."""
        assert self._again("Nơi đây có 4.377 đơn.", 0.4) == []


class TestReaders:
    def test_all_agree(self) -> None:
        """Every reader that names the figure is kept; whether that makes it sure, only the judge says."""
        (printing,) = _read(_document(RECEIVED), [("dossiers_received", 0.8)], [("dossiers_received", 0.97)]).printings

        assert (printing.figure, printing.value, printing.sure) == ("dossiers_received", Decimal(412), False)
        assert printing.readers == ("grammar", "independent", "stacked")
        assert printing.confidence == 0.79

    def test_the_independent_reader_differs(self) -> None:
        """Where one differs the figure stands, is not sure, and its confidence says so."""
        (printing,) = _read(_document(RECEIVED), [(None, 0.8)], [("dossiers_received", 0.97)]).printings

        assert (printing.figure, printing.sure, printing.readers) == (
            "dossiers_received",
            False,
            ("grammar", "stacked"),
        )
        assert printing.confidence < 0.8

    def test_the_stacked_reader_wavers(self) -> None:
        """The confidence is no greater than the stacked reader's."""
        (printing,) = _read(_document(RECEIVED), [("dossiers_received", 0.8)], [("dossiers_received", 0.6)]).printings

        assert (printing.sure, printing.confidence) == (False, 0.6)


class TestBounds:
    def test_a_table_of_too_many_cells(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a document with more numbers than any report has the learned readers say nothing, and nothing is sure."""
        rows = [["Nội dung", *[f"Tiếp nhận {c}" for c in range(20)]], *[["Hồ sơ", *["7"] * 20]] * 8]
        monkeypatch.setattr(reader, "MOST_NUMBERS", 150)
        cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
        document = Document(sha256="0" * 64, format="docx", blocks=(Block(0, "table", cells=cells),))
        reading = read_figures(document, Identity(None, "2024-Q3", None, None, 1.0))

        read = decided(document, reading, Models(_Says({}), _Says({}), "test"))

        assert not any(p.sure for p in read.printings)
        assert len(read.printings) == len(reading.printings)

    def test_a_thousand_numbers_in_a_sentence(self) -> None:
        """A sentence with more numbers than can be told apart is passed over."""
        reading = _read(_document(" ".join(["tiếp nhận 7 hồ sơ,"] * 1000)), [], [])

        assert not any(p.sure for p in reading.printings)


class TestFigures:
    def test_a_figure_that_the_grammar_does_not_know(self) -> None:
        """What only the learned readers name becomes a printing with its value, place and sentence."""
        document = _document("Xã gửi 3 lá thư nhận lỗi tới bà con.")

        (printing,) = _read(document, [("apology_letters", 0.9)], [("apology_letters", 0.9)]).printings

        assert (printing.figure, printing.value, printing.raw, printing.rule) == (
            "apology_letters",
            Decimal(3),
            "3",
            "learned",
        )
        assert document.text_at(printing.place) == "3"
        assert printing.sentence == "Xã gửi 3 lá thư nhận lỗi tới bà con."

    def test_a_figure_that_is_none(self) -> None:
        """What the stacked reader takes for no figure is dropped and has an account."""
        reading = _read(_document(RECEIVED), [(None, 0.9)], [(None, 0.9)])

        assert reading.printings == ()
        assert [(a.raw, a.kind is AccountKind.FIGURE) for a in reading.accounts if a.raw == "412"] == [("412", False)]

    def test_the_likelier_printing_is_primary(self) -> None:
        """Of two values of one figure the likelier one is primary, though it stands later."""
        document = _document("Toàn thị xã tiếp nhận 9.000 hồ sơ, xã tiếp nhận 412 hồ sơ.")
        says: list[tuple[str | None, float]] = [("dossiers_received", 0.55), ("dossiers_received", 0.95)]

        reading = _read(document, says, says)

        assert {code: p.value for code, p in reading.primaries().items()} == {"dossiers_received": Decimal(412)}


def test_the_version_known_ahead_is_that_of_a_reading(tmp_path: Path) -> None:
    """What is loaded already is told by a version that is known without reading: it is the one a Reading gets."""
    path = tmp_path / "report.docx"
    made = docx.Document()
    made.add_paragraph("Trong kỳ tiếp nhận 120 hồ sơ.")
    made.save(str(path))

    _document, reading = read_report(path)

    assert reading.parser_version == parser_version()


class TestOneNumberTwoFigures:
    def test_the_other_figure_stays(self) -> None:
        """Of "tiếp nhận và giải quyết 712 hồ sơ" readers name one figure; the grammar's other one is told, unsure."""
        reading = _read(
            _document("Trong quý, xã tiếp nhận và giải quyết 712 hồ sơ."),
            [("dossiers_received", 0.99)],
            [("dossiers_received", 0.99)],
        )
        found = {p.figure: (str(p.value), p.readers, p.sure) for p in reading.printings}

        assert found["dossiers_resolved"] == ("712", ("grammar",), False)
        assert found["dossiers_received"][0] == "712"

    def test_what_has_a_number_of_its_own_is_not_told_again(self) -> None:
        """Where another number is the second figure, one number is one figure."""
        text = "Trong quý, xã tiếp nhận và giải quyết 712 hồ sơ. Đã giải quyết 698 hồ sơ."
        document = _document(*text.split(". "))
        reading = read_figures(document, Identity(None, "2024-Q3", None, None, 1.0))
        says = [[("dossiers_received", 0.99)], [("dossiers_resolved", 0.99)]]
        found = decided(document, reading, Models(_InTurn(says), _InTurn(says), "test")).printings

        assert [(p.figure, str(p.value)) for p in found] == [("dossiers_received", "712"), ("dossiers_resolved", "698")]


class TestPartsAndWholes:
    TEXT = "Các bộ phận đã hoàn thành 27 nhiệm vụ trong tổng số 35 nhiệm vụ của kế hoạch cải cách hành chính."

    def test_a_part_larger_than_its_whole_is_read_the_other_way_round(self) -> None:
        """Where the grammar names the two numbers the other way round, it is right, and neither is sure."""
        said = [("plan_tasks_total", 0.9), ("plan_tasks_completed", 0.7)]
        found = {p.figure: p for p in _read(_document(self.TEXT), said, said).printings}

        assert {f: str(found[f].value) for f in ("plan_tasks_completed", "plan_tasks_total")} == {
            "plan_tasks_completed": "27",
            "plan_tasks_total": "35",
        }
        assert all(agreement_on(found[f]) == "none" for f in ("plan_tasks_completed", "plan_tasks_total"))

    def test_what_can_be_is_left_alone(self) -> None:
        """A part smaller than its whole is what the readers say, whatever the grammar says."""
        said = [("plan_tasks_completed", 0.9), ("plan_tasks_total", 0.9)]
        found = {p.figure: p.readers for p in _read(_document(self.TEXT), said, said).printings}

        assert "stacked" in found["plan_tasks_completed"] and "stacked" in found["plan_tasks_total"]


class TestUnitsSideBySide:
    TEXT = "Xã Phú Lương nhận 571 hồ sơ, xã Đông Tràng nhận 466 hồ sơ."

    def test_under_the_name_of_one_the_numbers_of_others_are_no_figures(self) -> None:
        """A heading names the own unit; a neighbour's number is none of its figures."""
        said = [("dossiers_received", 0.95), ("dossiers_received", 0.9)]
        blocks = (
            Block(0, "heading", "Xã Đông Tràng", level=1),
            Block(1, "paragraph", self.TEXT),
        )
        document = Document(sha256="0" * 64, format="docx", blocks=blocks)

        assert [str(p.value) for p in _read(document, said, said).printings] == ["466"]

    def test_under_no_name_both_are_told(self) -> None:
        """Where nothing names the own unit a person decides whose the numbers are."""
        said = [("dossiers_received", 0.95), ("dossiers_received", 0.9)]

        assert [str(p.value) for p in _read(_document(self.TEXT), said, said).printings] == ["571", "466"]
