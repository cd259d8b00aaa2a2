"""The description of the addresses as OpenAPI 3.1, made from the marts themselves.

Belongs here: paths, parameters and schemas of what `answers` gives. Stays out: answering.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib.metadata import version
from typing import Any

from cchc.messages import translator
from console.api.asked import DIMENSIONS, LARGEST_PAGE, LAST_PAGE, PAGE_SIZE, TESTS, WORDS, seen_by
from validation.audience import Reader
from warehouse import dictionary
from warehouse.marts import View, views
from warehouse.marts.view import Kind

_ = translator("console")

_TYPES: Mapping[Kind, Mapping[str, Any]] = {
    "text": {"type": ["string", "null"]},
    "number": {"type": ["number", "string", "null"]},
    "integer": {"type": ["integer", "null"]},
    "real": {"type": ["number", "null"]},
    "date": {"type": ["string", "null"], "format": "date"},
    "moment": {"type": ["string", "null"], "format": "date-time"},
    "flag": {"type": ["boolean", "null"]},
}
_PROBLEM = {"$ref": "#/components/responses/Problem"}
_FAULTS = dict.fromkeys(("400", "401", "403", "404", "503"), _PROBLEM)


def described(root: str, reader: Reader) -> dict[str, Any]:
    """Return the document; `root` is the address below which the paths stand."""
    marts = [view for view in views() if view.is_mart]
    return {
        "openapi": "3.1.0",
        "info": {"title": "cchc", "version": version("cchc"), "description": _("Data of the office, read only.")},
        "servers": [{"url": root}],
        "security": [{"token": []}, {"password": []}, {"session": []}],
        "paths": _general() | {path: item for view in marts for path, item in _of_mart(view)},
        "components": {
            "securitySchemes": _security(),
            "parameters": _parameters(),
            "responses": {"Problem": _problem(), "Unchanged": {"description": _("Nothing changed since.")}},
            "schemas": {view.name: _schema(view, reader) for view in marts},
        },
    }


def _general() -> dict[str, Any]:
    anything = {"type": "object"}
    search = {"name": "search", "in": "query", "schema": {"type": "string"}, "description": _("Words to find.")}
    return {
        "/": _get("overview", _("What there is."), anything),
        "/openapi.json": _get("openapi", _("This document."), anything),
        "/dictionary": _get("dictionary", _("What tables and columns mean."), anything, [search]),
        **{f"/{short}": _get(short, _meaning(name), _page_of(name), _shared()) for short, name in DIMENSIONS.items()},
    }


def _of_mart(view: View) -> list[tuple[str, Any]]:
    words, path, said = [*_shared(), _filter(view)], f"/marts/{view.name}", _meaning(view.name)
    return [
        (path, _get(view.name, said, _page_of(view.name), words)),
        (f"{path}.csv", _get(f"{view.name}_csv", said, None, words)),
    ]


def _get(name: str, summary: str, schema: Any, parameters: list[Any] | None = None) -> dict[str, Any]:
    """Return a path item whose answer is JSON of a schema, or CSV where there is none."""
    content = (
        {"text/csv": {"schema": {"type": "string"}}} if schema is None else {"application/json": {"schema": schema}}
    )
    headers = {"ETag": {"schema": {"type": "string"}}}
    return {
        "get": {
            "operationId": name,
            "summary": summary,
            "parameters": parameters or [],
            "responses": {
                "200": {"description": summary, "content": content, "headers": headers},
                "304": {"$ref": "#/components/responses/Unchanged"},
                **_FAULTS,
            },
        }
    }


def _page_of(name: str) -> dict[str, Any]:
    whole = {"type": "integer"}
    return {
        "type": "object",
        "required": ["data", "page", "page_size", "total", "next"],
        "properties": {
            "data": {"type": "array", "items": {"$ref": f"#/components/schemas/{name}"}},
            "page": whole,
            "page_size": whole,
            "total": whole,
            "next": {"type": ["string", "null"], "format": "uri"},
        },
    }


def _schema(view: View, reader: Reader) -> dict[str, Any]:
    said = dictionary.comments()[view.name]
    properties = {c.name: {**_TYPES[c.kind], "description": said[c.name]} for c in seen_by(view, reader)}
    return {"type": "object", "description": said[""], "properties": properties, "additionalProperties": False}


def _shared() -> list[Any]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in WORDS]


def _parameters() -> dict[str, Any]:
    def whole(name: str, usual: int, most: int) -> dict[str, Any]:
        schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
        return {"name": name, "in": "query", "schema": schema}

    def words(name: str, about: str) -> dict[str, Any]:
        return {"name": name, "in": "query", "schema": {"type": "string"}, "description": about}

    return {
        "_page": whole("_page", 1, LAST_PAGE),
        "_size": whole("_size", PAGE_SIZE, LARGEST_PAGE),
        "_sort": words("_sort", _("Columns to sort by, parted by commas; a minus before one turns it.")),
        "_columns": words("_columns", _("Columns to give, parted by commas; all by default.")),
    }


def _filter(view: View) -> dict[str, Any]:
    """Return the parameter that stands for every column of a mart: by its form each property is one of the query."""
    further = ", ".join(f"COLUMN.{test}" for test in TESTS)
    about = _("Columns with the value wanted, or several; also {further}.").format(further=further)
    schema = {"$ref": f"#/components/schemas/{view.name}"}
    return {"name": "filter", "in": "query", "style": "form", "explode": True, "schema": schema, "description": about}


def _security() -> dict[str, Any]:
    return {
        "token": {"type": "http", "scheme": "bearer", "description": _("A token made on the page “Tokens”.")},
        "password": {"type": "http", "scheme": "basic", "description": _("Any name, the token as password.")},
        "session": {"type": "apiKey", "in": "cookie", "name": "__Host-cchc", "description": _("Who is signed in.")},
    }


def _problem() -> dict[str, Any]:
    properties = {"type": {"type": "string"}, "title": {"type": "string"}, "detail": {"type": "string"}}
    schema = {"type": "object", "properties": properties | {"status": {"type": "integer"}}}
    return {"description": _("Not answered, and why."), "content": {"application/problem+json": {"schema": schema}}}


def _meaning(name: str) -> str:
    return dictionary.comments()[name][""]
