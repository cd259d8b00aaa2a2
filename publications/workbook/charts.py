"""Charts of the workbook: bars of a column, lines over rounds.

Belongs here: XlsxWriter's charts over the cells of a sheet.
Stays out: what they show (the sheets), tables (`writer`).
"""

from __future__ import annotations

from typing import Any

import xlsxwriter

from publications.workbook.look import ACCENT, CHART_GAP, FONT, HEAD_ROW, VIETNAMESE
from publications.workbook.sheet import Chart, Lines, Sheet

_LINE_COLOURS = (ACCENT, "#C55A11", "#548235", "#7F6000")


def insert_chart(book: xlsxwriter.Workbook, page: Any, sheet: Sheet, about: Chart | Lines) -> None:
    """Put a chart under the table of its sheet."""
    chart = _bars(book, sheet, about) if isinstance(about, Chart) else _lines(book, sheet, about)
    chart.set_title({"name": about.title, "name_font": {"name": FONT, "size": 13}})
    chart.set_size({"width": 960, "height": chart_height(about)})
    page.insert_chart(
        HEAD_ROW + len(sheet.rows) + CHART_GAP, 0, chart, {"object_position": 3, "description": about.description}
    )


def chart_height(about: Chart | Lines) -> int:
    """Return the height of a chart in pixels."""
    return 80 + 18 * about.rows if isinstance(about, Chart) else 360


def _bars(book: xlsxwriter.Workbook, sheet: Sheet, about: Chart) -> Any:
    last = HEAD_ROW + about.rows
    chart = book.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": sheet.columns[about.values].head,
            "categories": [sheet.name, HEAD_ROW + 1, about.labels, last, about.labels],
            "values": [sheet.name, HEAD_ROW + 1, about.values, last, about.values],
            "fill": {"color": ACCENT},
            "gap": 40,
            "data_labels": {"value": True, "num_format": f"{VIETNAMESE}#,##0.00"},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": {"name": FONT}})
    chart.set_x_axis({"min": 0, "visible": False, "major_gridlines": {"visible": False}})
    return chart


def _lines(book: xlsxwriter.Workbook, sheet: Sheet, about: Lines) -> Any:
    chart = book.add_chart({"type": "line"})
    for row, colour in zip(about.rows, _LINE_COLOURS, strict=False):
        place = HEAD_ROW + 1 + row
        chart.add_series(
            {
                "name": [sheet.name, place, 0],
                "categories": [sheet.name, HEAD_ROW, about.first, HEAD_ROW, about.last],
                "values": [sheet.name, place, about.first, place, about.last],
                "line": {"color": colour, "width": 2},
                "marker": {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}},
                "data_labels": {"value": True, "position": "above", "num_format": f'{VIETNAMESE}#,##0.00"%"'},
            }
        )
    chart.show_blanks_as("gap")
    chart.set_legend({"position": "bottom", "font": {"name": FONT}})
    chart.set_x_axis({"num_font": {"name": FONT}})
    chart.set_y_axis({"visible": False, "major_gridlines": {"visible": False}})
    return chart
