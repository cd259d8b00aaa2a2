"""The queue as a table and back: what its lines show, and what is meant by what people fill in."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from tests.validation.rows import row as as_row
from tests.warehouse.made import finding
from warehouse.decision_sheet import COLUMNS, FILLED, Plan, plan, rows
from warehouse.decisions import Seen
from warehouse.review import Item
from warehouse.rows import FigureRow

ROUND, WARD = "2023-Q3", "pho-an"


def figure(code: str, printed: object = 100, **more: Any) -> FigureRow:
    """Return a figure that waits."""
    fields: dict[str, Any] = {
        "round": ROUND, "ward": WARD, "figure": code, "status": "waiting", "value": None, "decided": None,
        "decided_by": None, "confidence": 0.5, "report_id": 3, "raw": str(printed), "sentence": f"Có {printed}.",
        "page": 2, "unit": "count",
    }  # fmt: skip
    return FigureRow(**{**fields, "printed": None if printed is None else Decimal(str(printed)), **more})


def alone(code: str, printed: object = 100, ward: str = WARD, **more: Any) -> Item:
    """Return a figure that waits by itself."""
    one = figure(code, printed, ward=ward, **more)
    return Item(ROUND, ward, code, "waiting", (code,), None, (one,), Seen(3, 7))


def noted(figures: tuple[str, ...], *shown: FigureRow, proposal: object | None = None) -> Item:
    """Return a finding on some figures, of which some were read."""
    found = as_row(finding(figures=figures, proposal=proposal))
    return Item(ROUND, WARD, found.key, "error", figures, found, shown, Seen(3, 0))


def filled(item: Item, **words: str) -> Plan:
    """Return what the line of an item asks for, filled in under its first letters: right, value, why, seen."""
    names = {"right": "Đúng?", "value": "Số đúng", "why": "Lý do", "seen": "Đã xem", "round": "Kỳ", "key": "Mã"}
    (line,) = rows([item])
    return plan([line | {names[k]: v for k, v in words.items()}], [item], "Lan", 5)


class TestRows:
    def test_a_figure_that_waits(self) -> None:
        """Who, what, the number as the machine read it, where it stands, and empty columns to fill in."""
        (line,) = rows([alone("dossiers_received", "1286.5")], {f"{WARD}/dossiers_received": "http://x/1.png"})

        assert tuple(line) == COLUMNS
        assert [line[name] for name in FILLED] == ["", "", ""]
        assert {name: line[name] for name in COLUMNS if name not in FILLED} == {
            "Đơn vị": "xã Phổ An",
            "Số liệu": "dossiers received",
            "Máy đọc": "1,286.5",
            "Câu văn": "Có 1286.5.",
            "Trang": "2",
            "Vì sao chờ": "read with doubt",
            "Ảnh trang": "http://x/1.png",
            "Kỳ": ROUND,
            "Mã": f"{WARD}/dossiers_received",
            "Đã xem": "3:7",
        }

    def test_shares_have_their_sign_and_nothing_is_nothing(self) -> None:
        """A percentage is shown as one; a figure without number, page or report has empty cells and a nought."""
        bare = Item(ROUND, WARD, "satisfaction_pct", "waiting", ("satisfaction_pct",), None, (), Seen(None, 0))
        unprinted = alone("dossiers_late", None, page=None)

        share, none, empty = rows([alone("satisfaction_pct", "98.5"), unprinted, bare])

        assert share["Máy đọc"] == "98.5%"
        assert (none["Máy đọc"], none["Trang"]) == ("", "")
        assert (empty["Máy đọc"], empty["Câu văn"], empty["Trang"], empty["Đã xem"]) == ("", "", "", "0:0")

    def test_a_finding_says_itself_and_names_its_figures(self) -> None:
        """All figures by name, the first one's value, the finding's words."""
        (line,) = rows([noted(("staff_total", "staff_cadres"), figure("staff_total", 18), figure("staff_cadres", 9))])

        assert (line["Số liệu"], line["Máy đọc"], line["Vì sao chờ"]) == (
            "staff total; staff cadres",
            "18",
            "Does not match",
        )

    def test_a_ward_that_nobody_knows_keeps_its_short_name(self) -> None:
        """A unit that the office no longer has."""
        (line,) = rows([alone("dossiers_late", ward="gone")])

        assert line["Đơn vị"] == "gone"


class TestPlan:
    @pytest.mark.parametrize(
        ("right", "value", "meant"),
        [
            ("x", "", ("accept", None)),
            ("Đúng", "", ("accept", None)),
            (" CÓ ", "", ("accept", None)),
            ("1", "", ("accept", None)),
            ("sai", "", ("reject", None)),
            ("Không", "", ("reject", None)),
            ("0", "", ("reject", None)),
            ("", "1.250", ("enter", Decimal(1250))),
            ("sai", "1.250", ("enter", Decimal(1250))),
            ("", "0", ("enter", Decimal(0))),
        ],
    )
    def test_what_is_filled_in_is_a_decision(self, right: str, value: str, meant: tuple[str, Decimal | None]) -> None:
        """Right, not so, or another value; with marks or without, in letters of any size."""
        made = filled(alone("dossiers_received"), right=right, value=value, why=" theo bản giấy ")

        (wish,) = made.wishes
        assert (wish.new.kind, wish.new.value) == meant
        assert (wish.new.figure, wish.new.finding_key) == ("dossiers_received", None)
        assert (wish.new.decided_by, wish.new.reason, wish.seen) == ("Lan", "theo bản giấy", Seen(3, 7))
        assert wish.act is not None
        assert (wish.act.kind, wish.act.account_id, wish.act.ward, wish.act.round) == ("decide", 5, WARD, ROUND)
        assert wish.act.detail == {
            "item": "dossiers_received",
            "decision": meant[0],
            "value": None if meant[1] is None else str(meant[1]),
            "by": "workbook",
        }

    @pytest.mark.parametrize(
        ("words", "why"),
        [
            ({"right": "x", "value": "5"}, "says right and gives another value"),
            ({"right": "có lẽ"}, "“có lẽ” is neither yes nor no"),
            ({"value": "nhiều"}, "“nhiều” is not one number"),
            ({"value": "1.5"}, "cannot be"),
            ({"value": "-1"}, ""),
            ({"right": "x", "key": "pho-an/other"}, "waits no longer"),
            ({"right": "x", "round": "2022-Q1"}, "waits no longer"),
        ],
    )
    def test_what_cannot_be_meant_is_named_with_its_line(self, words: dict[str, str], why: str) -> None:
        """The line as a spreadsheet counts it, below the headings; nothing of it is recorded."""
        made = filled(alone("dossiers_late"), **words)

        assert (made.wishes, made.lines, made.empty) == ((), (), 0)
        (problem,) = made.problems
        assert problem.startswith("line 2: ") and why in problem

    def test_lines_are_counted_as_a_spreadsheet_does(self) -> None:
        """Empty lines are left alone and counted; the fourth line is the third below the headings."""
        items = [alone("dossiers_received"), alone("dossiers_late"), alone("staff_total")]
        lines = rows(items)
        lines[1]["Đúng?"], lines[2]["Đúng?"], lines[0]["Lý do"] = "x", "?", "một lý do thôi"

        made = plan(lines, items, "Lan")

        assert ([w.new.figure for w in made.wishes], made.empty) == (["dossiers_late"], 1)
        assert made.problems[0].startswith("line 4: ")
        assert made.wishes[0].act is not None and made.wishes[0].act.account_id is None

    def test_the_summary_says_what_will_be_recorded(self) -> None:
        """Ward, figure and act; a percentage with its sign; a finding as a whole where no figure is named."""
        said = [
            *filled(alone("dossiers_received"), right="x").lines,
            *filled(alone("dossiers_received"), right="sai").lines,
            *filled(alone("satisfaction_pct", 98), value="98,5").lines,
            *filled(noted(("staff_total", "staff_cadres"), figure("staff_total")), right="x").lines,
        ]

        assert [line.partition(", ")[2] for line in said] == [
            "dossiers received: right as printed",
            "dossiers received: kept out",
            "satisfaction (%): set to 98.5%",
            "the finding as a whole: right as printed",
        ]

    def test_a_reason_is_there_in_any_case(self) -> None:
        """Who gives none decided it in a workbook."""
        (wish,) = filled(alone("dossiers_received"), right="x").wishes

        assert wish.new.reason == "from a workbook"

    @pytest.mark.parametrize(
        ("seen", "known"),
        [
            ("3:7", Seen(3, 7)),
            ("0:7", Seen(None, 7)),
            ("3", None),
            ("3:", None),
            (":7", None),
            ("a:7", None),
            ("3:²", None),
        ],
    )
    def test_what_was_seen_comes_back(self, seen: str, known: Seen | None) -> None:
        """The load and the last decision that the line was made from; what is no such pair says nothing."""
        (wish,) = filled(alone("dossiers_received"), right="x", seen=seen).wishes

        assert wish.seen == known


class TestFindings:
    def test_a_value_is_for_the_figure_whose_value_is_shown(self) -> None:
        """Of a total that was not read and a part that was, the line shows the part: the value is the part's."""
        item = noted(("staff_total", "staff_cadres"), figure("staff_cadres", 9))

        (line,), (wish,) = rows([item]), filled(item, value="8").wishes

        assert (line["Máy đọc"], wish.new.figure, wish.new.value) == ("9", "staff_cadres", Decimal(8))
        assert wish.new.finding_key == item.name

    def test_a_value_of_the_only_figure(self) -> None:
        """A figure that the report does not print is entered for its finding."""
        (wish,) = filled(noted(("dossiers_late",)), value="0").wishes

        assert (wish.new.figure, wish.new.value, wish.new.kind) == ("dossiers_late", Decimal(0), "enter")

    @pytest.mark.parametrize("figures", [(), ("dossiers_late", "dossiers_received")])
    def test_a_value_of_no_single_figure_is_refused(self, figures: tuple[str, ...]) -> None:
        """On the whole report, or on several figures of which none was read, a value is nobody's; yes and no are."""
        item = noted(figures)

        assert "on no single figure" in filled(item, value="5").problems[0]
        assert [filled(item, right=word).wishes[0].new.figure for word in ("x", "sai")] == [None, None]

    def test_one_bad_line_leaves_the_others(self) -> None:
        """The lines of other items are meant as before."""
        whole, other = noted(()), alone("dossiers_received")
        lines = rows([whole, other])
        lines[0]["Số đúng"], lines[1]["Đúng?"] = "5", "x"

        made = plan(lines, [whole, other], "Lan")

        assert ([w.new.figure for w in made.wishes], len(made.problems)) == (["dossiers_received"], 1)
