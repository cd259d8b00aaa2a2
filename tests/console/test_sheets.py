"""The queue as a workbook, and back as decisions after a summary."""

from __future__ import annotations

import html
import io
import re

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.console.desk import ROUND, WARD, Browser, Desk
from warehouse import queries, review
from warehouse.decision_sheet import plan, rows

BOARD = f"/round/{ROUND}"


def handed_out(browser: Browser) -> tuple[openpyxl.Workbook, Worksheet, list[str]]:
    """Return the workbook of the queue, its sheet, and the headings."""
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/review/{ROUND}/workbook.xlsx").content))
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    return book, sheet, [str(cell.value) for cell in sheet[1]]


def taken_back(browser: Browser, book: openpyxl.Workbook) -> str:
    """Return the summary of a workbook that is sent back."""
    body = io.BytesIO()
    book.save(body)
    answer = browser.client.post(
        f"/review/{ROUND}/workbook",
        data={"form_token": browser.token(BOARD)},
        files={"file": ("x.xlsx", body.getvalue())},
    )
    assert answer.status_code == 200, answer.text
    return answer.text


class TestWorkbook:
    def test_there_and_back(self, waiting: Desk) -> None:
        """A number typed into a cell and an x are recorded after the summary, and nothing before."""
        browser = waiting.browser("clerk")
        book, sheet, head = handed_out(browser)
        sheet.cell(2, head.index("Số đúng") + 1).value = 1286.5
        sheet.cell(3, head.index("Đúng?") + 1).value = "x"

        summary = taken_back(browser, book)
        assert queries.decisions(waiting.engine, ROUND) == []
        [kept] = re.findall(r'name="lines" value="([^"]*)"', summary)
        fields: dict[str, str | list[str]] = {"lines": html.unescape(kept)}
        done = browser.post(f"/review/{ROUND}/workbook/record", fields, page=BOARD)

        assert "Đã ghi: 1." in done.text
        assert [(d.figure, d.kind) for d in queries.decisions(waiting.engine, ROUND)] == [
            ("dossiers_resolved", "accept")
        ]
        assert "1.286,5" in summary

    def test_a_line_decided_meanwhile_is_left_out(self, waiting: Desk) -> None:
        """What another has decided since the workbook was handed out is said and not recorded again."""
        browser, head_browser = waiting.browser("clerk"), waiting.browser("head")
        book, sheet, head = handed_out(browser)
        for row in (2, 3):
            sheet.cell(row, head.index("Đúng?") + 1).value = "x"
        path = f"/review/{ROUND}/{WARD}/dossiers_received"
        item = review.item_named(waiting.engine, ROUND, WARD, "dossiers_received")
        assert item is not None
        seen = f"{item.seen.report_id}:{item.seen.decision_id}"
        head_browser.post(path, {"action": "reject", "seen": seen}, page=path)

        summary = taken_back(browser, book)

        assert "không còn chờ nữa" in summary
        assert len(re.findall("đúng như in", summary)) == 1

    def test_no_workbook_is_a_sentence(self, waiting: Desk) -> None:
        """Another file is refused with what to do."""
        browser = waiting.browser("clerk")

        answer = browser.client.post(
            f"/review/{ROUND}/workbook",
            data={"form_token": browser.token(BOARD)},
            files={"file": ("x.xlsx", b"nothing")},
        )

        assert (answer.status_code, "hãy lưu dạng .xlsx" in answer.text) == (422, True)


class TestPlan:
    def test_what_lines_mean(self, waiting: Desk) -> None:
        """Yes, no, a number, both and neither each mean one thing, or are named as a problem of their line."""
        items = review.queue(waiting.engine, ROUND)
        [first, second] = rows(items)

        def told(**filled: str) -> tuple[list[str], int, int]:
            made = plan([first | filled], items, "Lan")
            return [w.new.kind for w in made.wishes], made.empty, len(made.problems)

        assert told(**{"Đúng?": "Đúng"}) == (["accept"], 0, 0)
        assert told(**{"Đúng?": "sai"}) == (["reject"], 0, 0)
        assert told(**{"Đúng?": "không", "Số đúng": "286"}) == (["enter"], 0, 0)
        assert told(**{"Số đúng": "286"}) == (["enter"], 0, 0)
        assert told(**{"Đúng?": "x", "Số đúng": "286"}) == ([], 0, 1)
        assert told(**{"Đúng?": "có lẽ"}) == ([], 0, 1)
        assert told(**{"Số đúng": "nhiều"}) == ([], 0, 1)
        assert told() == ([], 1, 0)
        assert plan([second | {"Đúng?": "x"}], [], "Lan").problems
