"""How sheets of the workbook look: where the head stands, fonts, forms of values, tones of cells.

Belongs here: constants that writing and charts share.
Stays out: XlsxWriter itself (`writer`, `charts`).
"""

from __future__ import annotations

from typing import Any

from publications.workbook.sheet import Form, Tone

HEAD_ROW = 3
CHART_GAP = 3
LINE = 15.0
MOST_LINES = 24
FONT = "Times New Roman"
ACCENT = "#1F4E79"
VIETNAMESE = "[$-42A]"
FORMS: dict[Form, dict[str, Any]] = {
    "text": {},
    "aside": {"align": "right"},
    "long": {"text_wrap": True},
    "place": {"num_format": "0", "align": "center"},
    "count": {"num_format": f"{VIETNAMESE}#,##0", "align": "right"},
    "amount": {"num_format": f"{VIETNAMESE}#,##0.######", "align": "right"},
    "percent": {"num_format": f'{VIETNAMESE}#,##0.00"%"', "align": "right"},
    "points": {"num_format": f"{VIETNAMESE}#,##0.00", "align": "right"},
    "share": {"num_format": "0%", "align": "center"},
    "day": {"num_format": r"dd\/mm\/yyyy", "align": "center"},
    "moment": {"num_format": r"dd\/mm\/yyyy hh:mm", "align": "center"},
}
TONES: dict[Tone, dict[str, Any]] = {
    "plain": {},
    "marked": {"bg_color": "#FFF2CC"},
    "waiting": {"bg_color": "#E7E6E6", "italic": True},
    "blocked": {"bg_color": "#F8CBAD", "italic": True},
    "missing": {"font_color": "#7F7F7F"},
}
