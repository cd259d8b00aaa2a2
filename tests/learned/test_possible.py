"""What a number can be by the unit that its table states."""

from __future__ import annotations

import pytest

from parsers.document import Block, Cell, Document
from parsers.learned.positions import Line, lines_of
from parsers.learned.possible import possible, stated_unit
from parsers.learned.values import Guess, Opinion


def _row(*rows: list[str], caption: str = "Biểu 1") -> Line:
    """Return the last line of a report with a caption and a table whose first row is its head."""
    cells = tuple(Cell(r, c, text, header=r == 0) for r, row in enumerate(rows) for c, text in enumerate(row))
    blocks = (Block(0, "paragraph", caption), Block(1, "table", cells=cells))
    return list(lines_of(Document(sha256="0" * 64, format="docx", blocks=blocks)))[-1]


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        (_row(["Nội dung", "Kỳ này"], ["Chi ngân sách xã", "134,2"], caption="Biểu 1 (ĐVT: triệu đồng)"), "vnd"),
        (_row(["Nội dung", "Kỳ này"], ["Tỷ lệ so dự toán", "34,2"], caption="Biểu 1 (ĐVT: triệu đồng)"), None),
        (_row(["Nội dung", "Tỷ lệ (%)"], ["Chi ngân sách xã", "34,2"], caption="Biểu 1 (ĐVT: triệu đồng)"), "percent"),
        (_row(["Nội dung", "Số tiền (triệu đồng)"], ["Chi ngân sách xã", "134,2"]), "vnd"),
        (_row(["Nội dung", "Kỳ này"], ["Chi ngân sách xã (triệu đồng)", "134,2"]), "vnd"),
        (_row(["TT", "Nội dung", "ĐVT", "Kỳ này"], ["1", "Chi ngân sách xã", "triệu đồng", "134,2"]), "vnd"),
        (_row(["TT", "Nội dung", "ĐVT", "Kỳ này"], ["1", "Hồ sơ trả sớm", "hồ sơ/%", "134"]), None),
        (_row(["TT", "Nội dung", "ĐVT", "Kỳ này"], ["1", "Hồ sơ trả sớm", "hồ sơ", "134"]), None),
        (_row(["Nội dung", "Kỳ này"], ["Hồ sơ trả sớm", "134"]), None),
    ],
)
def test_the_nearest_unit_counts(line: Line, stated: str | None) -> None:
    """A column of units, then the head, the label, the caption; a share under "triệu đồng" is no amount."""
    assert stated_unit(line, line.spots[-1]) == stated


def test_running_text_states_nothing() -> None:
    """Only tables are laid out so that a unit is certain to hold for a number."""
    document = Document(sha256="0" * 64, format="docx", blocks=(Block(0, "paragraph", "Thu (triệu đồng) 134,2"),))
    (line,) = lines_of(document)

    assert stated_unit(line, line.spots[0]) is None


class TestOpinions:
    LINE = _row(["Nội dung", "Kỳ này"], ["Thanh toán trực tuyến", "134,2"], caption="Biểu 1 (ĐVT: triệu đồng)")

    def test_what_cannot_be_is_left_out(self) -> None:
        """An amount is no count and no share; what is left keeps its proportions."""
        said = Opinion(
            (
                Guess("online_payments", 0.5),
                Guess("online_payment_pct", 0.3),
                Guess(None, 0.12),
                Guess("online_payment_amount", 0.08),
            )
        )

        assert possible(self.LINE, self.LINE.spots[0], said) == Opinion(
            (Guess(None, 0.6), Guess("online_payment_amount", 0.4))
        )

    def test_where_nothing_is_left_the_opinion_stands(self) -> None:
        """An opinion of impossible figures alone is not made certain of anything."""
        said = Opinion((Guess("online_payments", 1.0),))

        assert possible(self.LINE, self.LINE.spots[0], said) is said

    def test_where_all_can_be_it_is_the_same(self) -> None:
        """Nothing is counted anew where nothing is forbidden."""
        said = Opinion((Guess("online_payment_amount", 0.7), Guess(None, 0.3)))

        assert possible(self.LINE, self.LINE.spots[0], said) is said
