"""A sheet of marks as an office keeps it: CSV from a spreadsheet.

Belongs here: reading the sheet into marks, with every mistake by its line.
Stays out: whether a mark fits its criterion (`marks`), recording.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from catalogue.scorecards import Scorecard
from cchc.errors import DecisionError
from cchc.messages import translator
from scoring.inputs import ManualMark
from warehouse.scores.marks import refuse_mark

_ = translator("scoring")

COLUMNS = ("ward", "criterion", "self_assessed", "appraised", "final", "evidence")
_NEEDED = ("ward", "criterion", "final")


def read_marks(sheet: bytes, card: Scorecard, by: str, find_ward: Callable[[str], str | None]) -> list[ManualMark]:
    """Return the marks of a sheet, all of them fit to be given under `card`.

    The sheet is UTF-8, its cells parted by commas or semicolons as spreadsheets do; `find_ward` turns what stands in
    the column `ward` into a slug. Rows without any points are passed over.

    Raises:
        DecisionError: the sheet cannot be read, or holds mistakes; each is listed with its line.
    """
    rows = _rows(sheet)
    marks: list[ManualMark] = []
    problems: list[str] = []
    for line, row in rows:
        try:
            mark = _mark(row, by, find_ward)
            if mark is not None:
                refuse_mark(card, mark)
                marks.append(mark)
        except DecisionError as error:
            problems.append(_("line {line}: {problem}").format(line=line, problem=error))
    if problems:
        raise DecisionError("\n".join(problems))
    return marks


def _rows(sheet: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the sheet's rows with their lines, checked for the columns that are needed."""
    try:
        text = sheet.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise DecisionError(_("the sheet is not UTF-8; save it as CSV UTF-8")) from error
    head = text.partition("\n")[0]
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";" if head.count(";") > head.count(",") else ",")
    columns = [name.strip() for name in reader.fieldnames or ()]
    wrong = [name for name in columns if name not in COLUMNS] + [name for name in _NEEDED if name not in columns]
    if wrong:
        message = _("column '{column}' is unknown or missing; the columns are: {known}")
        raise DecisionError(message.format(column=wrong[0], known=", ".join(COLUMNS)))
    reader.fieldnames = columns
    return [(reader.line_num, {k: (v or "").strip() for k, v in row.items() if k in COLUMNS}) for row in reader]


def _mark(row: dict[str, str], by: str, find_ward: Callable[[str], str | None]) -> ManualMark | None:
    own, appraised, final = (read_points(row.get(name, "")) for name in ("self_assessed", "appraised", "final"))
    if own is None and appraised is None and final is None:
        return None
    return ManualMark(
        ward=find_ward(row["ward"]) or row["ward"],
        criterion=row["criterion"],
        self_assessed=own,
        appraised=appraised,
        final=final,
        evidence=row.get("evidence", ""),
        by=by,
    )


def read_points(text: str) -> Decimal | None:
    """Return points written as 7.5 or 7,5, None for nothing written.

    Raises:
        DecisionError: the text is no number.
    """
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        raise DecisionError(_("'{text}' is no number; write it as 7.5").format(text=text))
    return value
