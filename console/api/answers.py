"""What a program is answered: the list of marts, a page of one, the dictionary, the description of it all.

Belongs here: one function an address. Stays out: who may ask (`gate`), parameters (`asked`).
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import Response

from cchc.errors import WarehouseError
from console.api.asked import DIMENSIONS, Asked, asked, seen_by
from console.api.gate import Question
from console.api.openapi import described
from console.api.written import csv_answer, json_answer, records
from warehouse import dictionary
from warehouse.connection import reading
from warehouse.export.table import Sheet, for_reader
from warehouse.marts import View, views
from warehouse.marts.fetch import mart
from warehouse.marts.page import page


def overview(question: Question) -> Response:
    """Say what there is, with the address of each."""
    listed = [_listed(question, view) for view in views() if view.is_mart]
    shorts = {name: f"{question.root}/{name}" for name in (*DIMENSIONS, "dictionary")}
    links = {"openapi": f"{question.root}/openapi.json", **shorts}
    return json_answer(question.request, {"version": version("cchc"), "links": links, "marts": listed})


def rows_of_mart(question: Question) -> Response:
    """Give a page of the mart that the address names, as CSV where it ends so."""
    return _rows(question, str(question.request.path_params["name"]))


def rows_of_dimension(question: Question) -> Response:
    """Give a page of a mart by its short address."""
    name, dot, suffix = question.request.url.path.rpartition("/")[2].partition(".")
    return _rows(question, DIMENSIONS[name] + dot + suffix)


def dictionary_answer(question: Question) -> Response:
    """Give what tables, columns, figures and indicators mean: all columns, or what has every word of `search`."""
    words = question.request.query_params.get("search", "")
    if words:
        found = dictionary.search(words, question.language)
        return json_answer(question.request, {"data": [vars(one) for one in found], "total": len(found)})
    data = [vars(entry) for entry in dictionary.entries() if entry.meaning_vi and _is_seen(question, entry)]
    return json_answer(question.request, {"data": data, "total": len(data)})


def openapi_answer(question: Question) -> Response:
    """Give the description of these addresses (OpenAPI 3.1)."""
    return json_answer(question.request, described(question.root, question.reader))


def _listed(question: Question, view: View) -> dict[str, Any]:
    entry = next(dictionary.view_entries(view))
    address = f"{question.root}/marts/{view.name}"
    columns = [column.name for column in seen_by(view, question.reader)]
    said = entry.meaning_vi if question.language == "vi" else entry.meaning
    return {"name": view.name, "meaning": said, "rows": address, "csv": f"{address}.csv", "columns": columns}


def _is_seen(question: Question, entry: dictionary.Entry) -> bool:
    view = mart(entry.relation)
    return not entry.name or any(column.name == entry.name for column in seen_by(view, question.reader))


def _rows(question: Question, named: str) -> Response:
    name = named.removesuffix(".csv")
    try:
        view = mart(name)
    except WarehouseError as error:
        raise HTTPException(404, str(error)) from error
    wants = asked(view, question.request.query_params, question.reader)
    with reading(question.around.engine) as connection:
        found = page(connection, wants.wanted)
    rows = for_reader(Sheet(view.name, view.meaning, wants.wanted.columns, found.rows), question.reader).rows
    further = _next(question, wants, found.total)
    headers = {"X-Total-Count": str(found.total)} | ({"Link": f'<{further}>; rel="next"'} if further else {})
    if named.endswith(".csv"):
        return csv_answer(question.request, wants.wanted.columns, rows, headers)
    body = {
        "data": records(wants.wanted.columns, rows),
        "page": wants.page,
        "page_size": wants.page_size,
        "total": found.total,
        "next": further,
    }
    return json_answer(question.request, body, headers)


def _next(question: Question, wants: Asked, total: int) -> str | None:
    """Return the address of the page after this one, None where this is the last."""
    if wants.page * wants.page_size >= total:
        return None
    kept = [(k, v) for k, v in question.request.query_params.multi_items() if k != "_page"]
    path = question.request.url.path.partition("/api/v1")[2]
    return f"{question.root}{path}?{urlencode([*kept, ('_page', wants.page + 1)])}"
