"""Every number of every paper is traced to a mart, or to something named: the card, the calendar, the wording."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import Engine

from catalogue import office as offices
from catalogue import paper
from catalogue.figures import figure_definitions
from catalogue.indicators import indicators
from catalogue.rounds import parse_round
from catalogue.scorecards import load_scorecard
from catalogue.trust import trust
from cchc.formats import number, percent
from publications.content import Edition
from publications.gather import gather
from publications.letters import Letter
from publications.page.trend_view import district_trend
from publications.workbook.results import totals_sheet
from publications.workbook.sheet import Cell, Sheet
from publications.workbook.trend import trend_sheet
from scoring.audit import audit
from tests.publications import readback
from tests.publications.house import ROUNDS
from tests.publications.sample import MOMENT, ROUND
from warehouse.scores.fetch import round_figures

Marts = dict[str, list[dict[str, Any]]]

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SMALL = 100
"""Whole numbers below are counts, places, pages and lines: `test_every_number` holds them cell by cell."""


def numbers(text: str) -> set[str]:
    """Return the numbers of a text as printed, without small whole ones."""
    found = set(_NUMBER.findall(text))
    return {each for each in found if not (each.isdigit() and int(each) < _SMALL)}


def forms(value: Any) -> Iterator[str]:
    """Yield every way in which papers print a value of a mart."""
    if isinstance(value, bool) or value is None:
        return
    if isinstance(value, int | float | Decimal):
        exact = abs(Decimal(str(value)))
        yield from (number(exact), number(exact, 2), percent(exact), percent(exact, 0), percent(100 * exact, 0))
        yield f"{exact:f}"
    elif isinstance(value, datetime | date):
        yield f"{value:%d/%m/%Y %H:%M}"
    else:
        yield str(value)


def of_marts(marts: Marts) -> set[str]:
    """Return the numbers of all marts, values and texts, and what is reckoned from two of them at sight."""
    known = {each for rows in marts.values() for row in rows for value in row.values() for each in forms(value)}
    known |= {number(len(rows)) for rows in marts.values()}
    known |= {f"{row['completeness'] / 100:f}" for row in marts["mart_ranking"]}
    for row in marts["mart_rollup"]:
        for before in ("previous", "last_year"):
            change, now = row[f"{before}_change"], row[f"{before}_now"]
            if change is not None and now is not None and now != change:
                known |= {percent(abs(100 * change / (now - change))), number(now - change), percent(now - change)}
    for code in {row["criterion"] for row in marts["mart_ranking_criterion"]}:
        parts = [
            row for row in marts["mart_ranking_criterion"] if row["criterion"] == code and row["total"] is not None
        ]
        most = sum(Decimal(str(row["max_points"])) for row in parts)
        known.add(percent(100 * sum(Decimal(str(row["points"])) for row in parts) / most, 0))
    return {each for text in known for each in numbers(text)}


def named(shared: Engine) -> set[str]:
    """Return the numbers of what papers name besides: round, card, wording, titles and how many, proof, widths."""
    card = load_scorecard()
    proof = trust()["digital"].proof
    assert proof is not None
    widths = audit(round_figures(shared, ROUND, card), card).widths
    texts = [
        f"{ROUND} {parse_round(ROUND).title_vi} {parse_round(ROUND).due:%d/%m/%Y} {MOMENT:%d/%m/%Y %H:%M}",
        str(paper.wording()), str(card), str(offices.office()),
        " ".join(figure.meaning_vi for figure in figure_definitions().values()),
        " ".join(each.meaning_vi for each in indicators().values()),
        str(len(figure_definitions()) + len(indicators())),
        number(Decimal(proof.accepted)), percent(Decimal(str(proof.bound)) * 100),
        *(number(width.points, 2) for width in widths),
        *(number(criterion.points, 2) for criterion in card.criteria),
    ]  # fmt: skip
    return {each for text in texts for each in numbers(text)}


@pytest.fixture(scope="module")
def known(marts: Marts, shared: Engine) -> set[str]:
    """Give every number that a paper may print; trends are of all rounds."""
    with shared.connect() as connection:
        trends: Marts = {
            name: [row for label in ROUNDS for row in readback.mart_rows(connection, name, label)]
            for name in ("mart_trend", "mart_trend_district")
        }
    return of_marts(marts | trends) | named(shared)


@pytest.mark.parametrize("name", ["bao-cao", "trinh-ky", "xep-hang", "trang"])
def test_paper(papers: dict[str, bytes], known: set[str], name: str) -> None:
    """No number of the report, its copy for signature, the ranking or the page comes from nowhere."""
    text = {
        "xep-hang": readback.pdf_text,
        "trang": lambda body: " ".join(readback.page_of(body).itertext()),
    }.get(name, readback.report_text)(papers[name])

    said = numbers(_without_codes(text))
    assert len(said) > 20
    assert sorted(said - known) == []


def test_workbook(papers: dict[str, bytes], known: set[str]) -> None:
    """No cell of the workbook, number or text, comes from nowhere."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(papers["bang-tinh"]))
    cells = [(sheet.title, value) for sheet in book for row in sheet.iter_rows(values_only=True) for value in row]

    astray = {(name, value) for name, value in cells if value is not None and not _is_known(value, known)}

    assert len(cells) > 1000
    assert sorted(astray, key=str) == []


def test_letters(letters: list[tuple[Path, Letter]], known: set[str]) -> None:
    """A letter asks about numbers of the ward's own report, and about no others."""
    said = {each for path, _letter in letters for each in numbers(readback.report_text(path.read_bytes()))}

    assert letters
    assert sorted(said - known) == []


def test_one_name_has_one_value_in_a_cumulative_round(shared: Engine) -> None:
    """Beside totals of six months a quarter's own values bear names of their own, in the workbook and on the page."""
    content = gather(shared, "2023-Q2", MOMENT, Edition())
    totals = _by_name(totals_sheet(content), "Số liệu", "Toàn thị xã")
    trend = trend_sheet(content)
    page = district_trend(content)
    assert trend is not None and page is not None

    own = _by_name(trend, "Số liệu", "2023-Q2")

    same, apart = own.keys() & totals.keys(), own.keys() - totals.keys()
    assert {name: round(own[name], 4) for name in same} == {name: round(totals[name], 4) for name in same}
    assert {name for name in apart if own[name] is not None} <= {f"{name} (phần riêng từng quý)" for name in totals}
    assert (len(same) > 5, len(apart) > 5) == (True, True)
    assert {name for name, _values in page.lines} <= own.keys()
    received = content.title("dossiers_received")
    assert own[f"{received} (phần riêng từng quý)"] < totals[received]


def _by_name(sheet: Sheet, name: str, head: str) -> dict[str, Any]:
    """Return one column of a sheet by another."""
    heads = [column.head for column in sheet.columns]
    lines = ([cell.value if isinstance(cell, Cell) else cell for cell in row] for row in sheet.rows)
    return {str(line[heads.index(name)]): line[heads.index(head)] for line in lines}


def _is_known(value: Any, known: set[str]) -> bool:
    """Return whether a cell's number, in any form papers give it, or all numbers of its text are known."""
    if isinstance(value, str):
        return numbers(_without_codes(value)) <= known
    told = {each for form in forms(value) for each in numbers(form)}
    return not told or not told.isdisjoint(known)


def _without_codes(text: str) -> str:
    """Return a text without the code of the figures a draft was made from, which is no number."""
    return re.sub(r"số liệu (?:mã )?[0-9a-f]{8}", "", text)
