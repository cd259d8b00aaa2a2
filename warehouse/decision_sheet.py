"""The queue of the review as a table, and the table back as decisions.

Belongs here: columns, and what a filled-in line means; `cchc findings --file`, `cchc decide --file` and the workbook
of the office's page share it. Stays out: files (`console`, `pipelines.cli`), recording (`decisions`).

A person fills in two columns: "Đúng?" (x, đúng, có: right as printed; sai, không: not so) and "Số đúng" (the right
value). A line with neither is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalogue.wards import wards
from cchc.errors import CchcError, DecisionError
from cchc.messages import spoken, translator
from cchc.text import fold
from validation.phrases import figure_name
from warehouse.decisions import Seen, Wish
from warehouse.judging import check_sense, on_finding, read_value, shown_value
from warehouse.people.acts import Act
from warehouse.review import Item
from warehouse.rows import DecisionKind, NewDecision

_ = translator("people")

COLUMNS = (
    "Đơn vị",
    "Số liệu",
    "Máy đọc",
    "Đúng?",
    "Số đúng",
    "Lý do",
    "Câu văn",
    "Trang",
    "Vì sao chờ",
    "Ảnh trang",
    "Kỳ",
    "Mã",
    "Đã xem",
)
"""Headings, always Vietnamese: the file goes to people and comes back whatever language a screen speaks."""
FILLED = ("Đúng?", "Số đúng", "Lý do")
_YES = frozenset({"x", "dung", "co", "ok", "v", "1", "yes", "true"})
_NO = frozenset({"sai", "khong", "0", "no", "false"})

Line = Mapping[str, str]


@dataclass(frozen=True)
class Plan:
    """What a table asks for: decisions, how many lines say nothing, and lines that cannot be meant, each with why."""

    wishes: tuple[Wish, ...]
    lines: tuple[str, ...]
    empty: int
    problems: tuple[str, ...]


def rows(items: Iterable[Item], page_link: Mapping[str, str] | None = None) -> list[dict[str, str]]:
    """Return a line for each item, the columns to fill in empty; `page_link` maps keys of items to addresses."""
    return [_row(item, (page_link or {}).get(item.key, "")) for item in items]


def plan(table: Sequence[Line], items: Iterable[Item], by: str, account_id: int | None = None) -> Plan:
    """Return what a table asks for, checked against the queue as it is now; nothing is recorded."""
    known = {f"{item.round}/{item.key}": item for item in items}
    wishes: list[Wish] = []
    said: list[str] = []
    problems: list[str] = []
    empty = 0
    for number, line in enumerate(table, 2):
        if not any(str(line.get(name) or "").strip() for name in ("Đúng?", "Số đúng")):
            empty += 1
            continue
        try:
            wish = _wish(line, known, by, account_id)
        except CchcError as error:
            problems.append(_("line {n}: {why}").format(n=number, why=error))
        else:
            wishes.append(wish)
            said.append(_said(wish.new))
    return Plan(tuple(wishes), tuple(said), empty, tuple(problems))


def _row(item: Item, link: str) -> dict[str, str]:
    row = item.row
    values = {
        "Đơn vị": wards()[item.ward].full_name if item.ward in wards() else item.ward,
        "Số liệu": "; ".join(figure_name(code) for code in item.figures),
        "Máy đọc": shown_value(row.figure, row.printed) if row and row.printed is not None else "",
        "Câu văn": row.sentence if row else "",
        "Trang": str(row.page or "") if row else "",
        "Vì sao chờ": spoken(item.finding) if item.finding else _("read with doubt"),
        "Ảnh trang": link,
        "Kỳ": item.round,
        "Mã": item.key,
        "Đã xem": f"{item.seen.report_id or 0}:{item.seen.decision_id}",
    }
    return {name: values.get(name, "") for name in COLUMNS}


def _wish(line: Line, known: Mapping[str, Item], by: str, account_id: int | None) -> Wish:
    text = {name: str(line.get(name) or "").strip() for name in COLUMNS}
    item = known.get(f"{text['Kỳ']}/{text['Mã']}")
    if item is None:
        raise DecisionError(
            _("{item} waits no longer; nothing was recorded").format(item=text["Số liệu"] or text["Mã"])
        )
    kind, value = _meant(text["Đúng?"], text["Số đúng"])
    why = text["Lý do"] or _("from a workbook")
    if item.finding is not None:
        new = on_finding(item.finding, kind, _shown_figure(item) if value is not None else None, value, by, why)
    else:
        new = NewDecision(item.ward, item.round, kind, by, why, None, item.figures[0], value)
    check_sense(new, item.figures, ())
    detail = {"item": item.name, "decision": kind, "value": None if value is None else str(value), "by": "workbook"}
    act = Act("decide", by, account_id, item.round, item.ward, detail)
    return Wish(new, _seen(text["Đã xem"]), act)


def _shown_figure(item: Item) -> str:
    """Return the figure that a value of the line is for: the one whose value the line shows, or the only one.

    Raises:
        DecisionError: the finding is on the whole report, or on several figures of which the line shows none.
    """
    if item.row is not None:
        return item.row.figure
    if len(item.figures) != 1:
        raise DecisionError(_("it is on no single figure; write x or sai, and enter values on the page"))
    return item.figures[0]


def _meant(right: str, value: str) -> tuple[DecisionKind, Decimal | None]:
    """Return what the two columns say together."""
    word = fold(right)
    if value:
        if word in _YES:
            raise DecisionError(_("it says right and gives another value; leave one of them"))
        return "enter", read_value(value)
    if word in _YES:
        return "accept", None
    if word in _NO:
        return "reject", None
    raise DecisionError(_("“{text}” is neither yes nor no; write x or sai").format(text=right))


def _seen(text: str) -> Seen | None:
    report, colon, decision = text.partition(":")
    if not colon or not report.isdecimal() or not decision.isdecimal():
        return None
    return Seen(int(report) or None, int(decision))


def _said(new: NewDecision) -> str:
    name = figure_name(new.figure) if new.figure else _("the finding as a whole")
    ward = wards()[new.ward].full_name if new.ward in wards() else new.ward
    act = {"accept": _("right as printed"), "reject": _("kept out"), "enter": _("set to {value}")}.get(
        new.kind, new.kind
    )
    value = "" if new.value is None else shown_value(str(new.figure), new.value)
    return f"{ward}, {name}: {act.format(value=value)}"
