"""One question, asked by every way into the data: which wards resolve the smallest share of their dossiers on time?"""

from __future__ import annotations

import ast
import asyncio
import csv
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from sqlalchemy import Engine
from starlette.testclient import TestClient

from cchc.clock import now
from console.app import make_app
from pipelines.settings import Settings
from tests.warehouse.test_cookbook import PAGE
from warehouse.people import accounts, tokens

NOTEBOOK = PAGE.with_name("notebook.ipynb")
RECIPES = PAGE.with_name("recipes.md")
QUESTION = 2
"""The question of the cookbook."""
INDICATOR = "on_time_share"
COLUMNS = ("ward_name", "numerator", "denominator", "value")
MOST = 10
Rows = list[tuple[Any, ...]]


def cells() -> list[str]:
    """Return the notebook's code, cell by cell."""
    book = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]


def run_notebook(warehouse_url: str) -> tuple[dict[str, Any], list[Any]]:
    """Run the cells in order over a warehouse; return the names they leave and what each cell shows."""
    names: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_WAREHOUSE_URL", warehouse_url)
        return names, [_shown(cell, names) for cell in cells()]


def _shown(cell: str, names: dict[str, Any]) -> Any:
    """Run a cell as a notebook does: what its last line is worth is shown."""
    *lines, last = ast.parse(cell).body
    assert isinstance(last, ast.Expr), cell
    exec(compile(ast.Module(lines, []), "cell", "exec"), names)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), names)


def by_notebook(names: dict[str, Any], frame: str) -> Rows:
    """Return the rows of a frame that the notebook left."""
    return list(names[frame].astype("object").itertuples(index=False, name=None))


def by_canned_query(folder: Path) -> Rows:
    """Return what datasette's page of the question shows of a SQLite export, the form left empty."""
    metadata = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))
    served = Datasette([str(folder / "cchc.sqlite")], metadata=metadata)

    async def asked() -> Any:
        return await served.client.get(f"/cchc/question_{QUESTION}.json?_shape=arrays")

    return [tuple(row) for row in asyncio.run(asked()).json()["rows"]]


def by_csv(folder: Path, label: str) -> Rows:
    """Return what anybody gets who filters and sorts one CSV file of the data package."""
    with (folder / "mart_indicator.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if (row["round"], row["indicator"]) == (label, INDICATOR)]
    kept = sorted((row for row in rows if row["value"]), key=lambda row: (float(row["value"]), row["ward_sort_key"]))
    return [(row["ward_name"], *(float(row[name]) for name in COLUMNS[1:])) for row in kept[:MOST]]


def by_api(client: TestClient, secret: str, label: str) -> Rows:
    """Return what a program with a token is answered, filtered and sorted by the address alone."""
    asked = {"round": label, "indicator": INDICATOR, "value.empty": "false", "_sort": "value,ward_sort_key"}
    asked |= {"_columns": ",".join(COLUMNS), "_size": str(MOST)}
    answer = client.get("/api/v1/marts/mart_indicator", params=asked, headers={"Authorization": f"Bearer {secret}"})
    return [tuple(row[name] for name in COLUMNS) for row in answer.json()["data"]]


def by_recipes(client: TestClient, secret: str) -> dict[str, int]:
    """Return how many rows there are at each address that the page of recipes names, asked by name and password."""
    found = re.findall(r'"https://cchc\.example\.vn(/api/v1/[^"]+)"', RECIPES.read_text(encoding="utf-8"))
    return {path: int(client.get(path, auth=("any", secret)).headers["X-Total-Count"]) for path in found}


@contextmanager
def program(settings: Settings, engine: Engine) -> Iterator[tuple[TestClient, str]]:
    """Give a client of the office's page and the secret of a token made for it."""
    person = accounts.add_account(engine, accounts.NewAccount("may", "Trần Văn Máy", "operator"), now())
    secret = tokens.make_token(engine, person, "a dashboard", "office", 1, now())
    own = replace(settings, console=replace(settings.console, address="", prefix=""))
    yield TestClient(make_app(own), base_url="https://testserver"), secret
