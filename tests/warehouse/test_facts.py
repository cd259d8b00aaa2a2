"""A reading as rows, and a sheet of marks as marks: pure steps, no database."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from catalogue.scorecards import Scorecard, read_scorecard
from cchc.errors import DecisionError
from cchc.messages import use_language
from parsers.document import Box, Document, Page
from parsers.reading import Approximation
from scoring.inputs import ManualMark
from tests.scoring.cases import SMALL_CARD
from tests.validation.builders import printing, reading
from warehouse.facts import Placed, clean, figure_rows, report_row
from warehouse.scores.marksheet import read_marks, read_points

MARKED = """\
  openness:
    title: {vi: Công khai, en: Openness}
    points: 10
    kind: manual
"""


class TestFacts:
    def test_one_primary_a_figure(self) -> None:
        """Printings of a figure are counted from 0 in reading order; of several primaries the last stays one."""
        made = reading(
            [
                printing("dossiers_late", 3),
                printing("dossiers_received", 316, block=1),
                printing("dossiers_received", 327, block=2),
                printing("dossiers_received", 316, block=3, primary=False),
            ]
        )

        rows = figure_rows(7, made, None)

        assert [(r["report_id"], r["figure"], r["seq"], int(r["value"]), r["is_primary"]) for r in rows] == [
            (7, "dossiers_late", 0, 3, True),
            (7, "dossiers_received", 0, 316, False),
            (7, "dossiers_received", 1, 327, True),
            (7, "dossiers_received", 2, 316, False),
        ]

    def test_a_printing_keeps_how_it_is_printed(self) -> None:
        """Precision, doubt and place as columns; lists as text, and nothing for an empty one; texts made clean."""
        one = printing(
            "ward_revenue", "1850.5", raw="1.850,5\x00", sentence="Thu 1.850,5\x00 triệu", box=Box(1, 2, 3, 4),
            approximation=Approximation.OVER, malformed=True, candidates=(Decimal(5), Decimal(6)), base="ward_budget",
            readers=("grammar", "stacked"), text_confidence=0.9, reading_confidence=0.5,
        )  # fmt: skip

        (row,) = figure_rows(7, reading([one]), None)

        wanted = {
            "raw": "1.850,5", "sentence": "Thu 1.850,5 triệu", "quantum": Decimal("0.1"), "decimals": 1, "page": 1,
            "box": [1, 2, 3, 4], "place": [0, 4, 12, None, None], "approximation": "over", "is_malformed": True,
            "candidates": ["5", "6"], "components": None, "base": "ward_budget", "readers": "grammar, stacked",
            "confidence": 0.45, "text_class": None, "is_sure": False,
        }  # fmt: skip
        assert {name: row[name] for name in wanted} == wanted
        (plain,) = figure_rows(7, reading({"dossiers_late": 3}), None)
        assert (plain["candidates"], plain["box"]) == (None, None)

    def test_the_least_page_is_how_surely_a_report_is_read(self) -> None:
        """One bad page counts; a report without pages has none, and without a document nothing is known of it."""
        placed, made = Placed(1, "pho-minh", "2023-Q3", 2), reading({"dossiers_late": 3})
        pages = (Page(1, 595, 842), Page(2, 595, 842, "scan", 0.7))
        document = Document(sha256=made.sha256, format="pdf", blocks=(), pages=pages, reader="pdf", encoding="unicode")

        found = [report_row(placed, made, one, "d") for one in (document, replace(document, pages=()), None)]

        assert [(row["format"], row["pages"], row["text_confidence"]) for row in found] == [
            ("pdf", 2, 0.7), ("pdf", None, 1.0), ("", None, 1.0),
        ]  # fmt: skip

    def test_text_as_every_column_holds_it(self) -> None:
        """Marks that stand apart join their letters, and NUL goes."""
        assert clean("Pho\u0302\u0309 \x00Minh") == "Phổ Minh"


class TestMarkSheet:
    @pytest.fixture
    def card(self, tmp_path: Path) -> Scorecard:
        """Return a card with one criterion that people mark, worth ten points."""
        path = tmp_path / "small.yaml"
        path.write_text(SMALL_CARD.replace("total: 100", "total: 110") + MARKED, encoding="utf-8")
        return read_scorecard(path)

    @staticmethod
    def read(sheet: str, card: Scorecard, encoding: str = "utf-8") -> list[ManualMark]:
        """Return the marks of a sheet; wards are known by their slug alone."""
        return read_marks(sheet.encode(encoding), card, "Lan", lambda name: name if name.startswith("pho-") else None)

    @pytest.mark.parametrize("sign", [",", ";"])
    def test_commas_and_semicolons_part_cells(self, card: Scorecard, sign: str) -> None:
        """As spreadsheets do; a mark of order, blanks around heads and a row without points are passed over."""
        rows = ["ward, criterion,final,evidence", "pho-minh,openness,7.5,QĐ 1", "pho-hoa,openness,,"]
        sheet = "\ufeff" + "\n".join(rows).replace(",", sign)

        assert self.read(sheet, card) == [
            ManualMark("pho-minh", "openness", self_assessed=None, appraised=None, final=Decimal("7.5"),
                       evidence="QĐ 1", by="Lan"),
        ]  # fmt: skip

    def test_every_mistake_by_its_line(self, card: Scorecard) -> None:
        """A sheet with mistakes is refused whole, each line told with what is wrong with it."""
        lines = [
            "ward,criterion,final",
            "pho-minh,openness,7",
            "pho-minh,openness,11",
            "pho-minh,x,1",
            "nowhere,openness,1",
            "pho-minh,openness,a",
        ]

        with use_language("en"), pytest.raises(DecisionError) as refused:
            self.read("\n".join(lines), card)

        told = str(refused.value).splitlines()
        assert [line.split(":")[0] for line in told] == ["line 3", "line 4", "line 5", "line 6"]
        assert [word in line for word, line in zip(("11", "'x'", "'nowhere'", "'a'"), told, strict=True)] == [True] * 4

    @pytest.mark.parametrize(
        ("sheet", "encoding", "said"),
        [
            ("ward,criterion,points\n", "utf-8", "'points'"),
            ("ward,criterion\n", "utf-8", "'final'"),
            ("ward,criterion,final,evidence\nà,b,1,é", "cp1258", "UTF-8"),
        ],
    )
    def test_a_sheet_of_another_form(self, card: Scorecard, sheet: str, encoding: str, said: str) -> None:
        """A column that is unknown or missing, and bytes that are no UTF-8, are named."""
        with pytest.raises(DecisionError, match=said):
            self.read(sheet, card, encoding)

    @pytest.mark.parametrize(("text", "points"), [("7,5", "7.5"), (" 7.50 ", "7.50"), ("", None), ("  ", None)])
    def test_points_as_people_write_them(self, text: str, points: str | None) -> None:
        """With a comma or a dot; nothing is nothing."""
        assert read_points(text) == (None if points is None else Decimal(points))

    @pytest.mark.parametrize("text", ["a", "1.234,5", "NaN", "Infinity"])
    def test_what_is_no_number(self, text: str) -> None:
        """Letters, two signs, and what Python takes for a number but is none."""
        with pytest.raises(DecisionError):
            read_points(text)
