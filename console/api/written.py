"""Answers as JSON and CSV, with a tag by which a program knows whether anything changed.

Belongs here: values as JSON and CSV write them, ETag and 304. Stays out: what is asked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from warehouse.export.table import exact_text, keeps_digits
from warehouse.marts.view import Column


def json_answer(request: Request, body: Any, headers: Mapping[str, str] | None = None) -> Response:
    """Return values as JSON."""
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"), default=str)
    return _tagged(request, text, "application/json", headers)


def csv_answer(
    request: Request, columns: Sequence[Column], rows: Sequence[Sequence[Any]], headers: Mapping[str, str]
) -> Response:
    """Return rows as CSV for machines: UTF-8 without a mark, texts as they are, nothing for what is unknown."""
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow([column.name for column in columns])
    writer.writerows([exact_text(value) for value in row] for row in rows)
    return _tagged(request, body.getvalue(), "text/csv; charset=utf-8", headers)


def records(columns: Sequence[Column], rows: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Return rows as objects that JSON can write: days and moments in ISO form, nothing as null."""
    return [{c.name: _plain(value) for c, value in zip(columns, row, strict=True)} for row in rows]


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _number(value)
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _number(value: Decimal) -> int | float | str:
    """Return a number as JSON writes it, as text where a reader would make another number of it."""
    if not keeps_digits(value):
        return f"{value:f}"
    return int(value) if value == value.to_integral_value() else float(value)


def _tagged(request: Request, text: str, media_type: str, headers: Mapping[str, str] | None) -> Response:
    """Return the answer, or that nothing changed since the program asked last."""
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    said = {"ETag": tag, **(headers or {})}
    known = [part.strip().removeprefix("W/") for part in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or known == ["*"]:
        return Response(status_code=304, headers=said)
    return Response(body, headers=said, media_type=media_type)
