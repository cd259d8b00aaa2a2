"""Papers that agree: every number of every paper of a round is traced to a mart and equals it."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pyarrow.parquet as parquet
import pypdfium2
import pytest
from sqlalchemy import Engine

from catalogue.rounds import parse_round
from catalogue.scorecards import load_scorecard
from cchc.formats import number, percent
from pipelines.messages.messages import messages_due
from pipelines.messages.round_ledger import read_ledger, read_remarks
from publications.letters import Letter
from tests.publications.house import NOTE_VI
from tests.publications.sample import MOMENT, ROUND
from warehouse.export import export
from warehouse.scores.lacking import lacking
from warehouse.scores.store import current_result

_SAID = re.compile(r"(?<![\d./-])\d[\d.]*(?:,\d+)?%?")


def amount(row: dict[str, Any], column: str = "value") -> str:
    """Return a total as papers print it."""
    value = row[column]
    return percent(value) if row["unit"] == "percent" else number(value)


def test_totals_of_the_report(papers: dict[str, bytes], marts: dict[str, list[dict[str, Any]]]) -> None:
    """Every number in the drafted chapters stands in a mart, as total, change, coverage, points or count."""
    report = docx.Document(io.BytesIO(papers["trinh-ky"]))
    texts = [p.text for p in report.paragraphs]
    begin, end = (next(i for i, t in enumerate(texts) if t.startswith(head)) for head in ("II. ", "IV. "))
    totals = [row for row in marts["mart_rollup"] if row["scope"] == "all" and row["value"] is not None]
    known = {amount(row) for row in totals}
    known |= {str(row[name]) for row in totals for name in ("wards_counted", "wards_expected")}
    for row in totals:
        if row["last_year_change"] is not None and row["last_year_value"]:
            base = row["last_year_now"] - row["last_year_change"]
            if base > 0 and row["unit"] != "percent":
                known.add(percent(abs(100 * row["last_year_change"] / base)))
        if row["last_year_wards"] is not None:
            known.add(str(row["last_year_wards"]))

    said = [
        found.rstrip(".")
        for line in texts[begin + 1 : end]
        if not re.match(r"^\d\. |^III\.", line)
        for coverage in [re.sub(r"(\d+)/(\d+)", r"\1 \2", line)]
        for found in _SAID.findall(coverage)
    ]

    assert len(said) > 20
    assert [found for found in said if found not in known] == []


def test_totals_of_the_workbook(papers: dict[str, bytes], marts: dict[str, list[dict[str, Any]]]) -> None:
    """Every line of the workbook's totals is the mart's, value, coverage and both comparisons."""
    sheet = openpyxl.load_workbook(io.BytesIO(papers["bang-tinh"]))["Tổng hợp toàn thị xã"]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    head = next(i for i, row in enumerate(rows) if row[-1] == "Mã")
    totals = {row["measure"]: row for row in marts["mart_rollup"] if row["scope"] == "all" and row["value"] is not None}

    for line in rows[head + 1 :]:
        if line[-1] in totals:
            row = totals.pop(str(line[-1]))
            assert Decimal(str(line[3])) == pytest.approx(row["value"])
            assert (line[4], line[5]) == (row["wards_counted"], row["wards_expected"])
            assert (line[10], line[14]) == (row["previous_wards"], row["last_year_wards"])

    assert totals == {}


def test_places_and_points_everywhere(papers: dict[str, bytes], marts: dict[str, list[dict[str, Any]]]) -> None:
    """Places and points are the same in mart, values, report and page."""
    kept = json.loads(papers["gia-tri"])
    report = docx.Document(io.BytesIO(papers["bao-cao"]))
    cells = [[cell.text for cell in row.cells] for table in report.tables for row in table.rows]
    page = papers["trang"].decode()

    for row in marts["mart_ranking"]:
        assert kept["places"][row["ward"]] == ("" if row["rank"] is None else str(row["rank"]))
        if row["rank"] is not None:
            shown = number(row["total"], 2)
            assert any(line[0] == str(row["rank"]) and shown in line for line in cells if len(line) > 2)
            assert shown in page


def test_one_definition(marts: dict[str, list[dict[str, Any]]]) -> None:
    """What a criterion measured by an indicator is the mart's value of that indicator."""
    by_ward = {(row["ward"], row["indicator"]): row["value"] for row in marts["mart_indicator"]}
    compared = 0
    for row in marts["mart_ranking_criterion"]:
        shared_value = by_ward.get((row["ward"], f"{row['criterion']}_share"))
        if row["criterion"] in ("online", "on_time") and row["ratio"] is not None and shared_value is not None:
            assert Decimal(str(row["ratio"])) == pytest.approx(Decimal(str(shared_value)), abs=Decimal("0.00005"))
            compared += 1

    assert compared > 20


def texts(name: str, body: bytes) -> Iterator[tuple[str, str]]:
    """Give every text of a file, members of an archive one by one, by name."""
    if name.endswith(".parquet"):
        yield name, str(parquet.read_table(io.BytesIO(body)).to_pylist())
    elif body.startswith(b"%PDF"):
        yield name, " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(body))
    elif zipfile.is_zipfile(io.BytesIO(body)):
        with zipfile.ZipFile(io.BytesIO(body)) as held:
            for member in held.namelist():
                yield from texts(f"{name}/{member}", held.read(member))
    else:
        yield name, body.decode("utf-8-sig", errors="replace")


class TestAudience:
    def test_no_note_to_the_clerk_leaves_the_office(
        self, papers: dict[str, bytes], shared: Engine, letters: list[tuple[Path, Letter]]
    ) -> None:
        """What is for the clerk stands in no paper, page, archive, letter or mail, and the public sees no address."""
        read = list(
            messages_due(read_ledger(shared, parse_round(ROUND), MOMENT), read_remarks(shared, parse_round(ROUND)))
        )
        files = papers | {path.name: path.read_bytes() for path, _letter in letters}
        found = dict(pair for name, body in files.items() for pair in texts(name, body))
        found |= {message.key: message.body for message in read if message.ward is not None}

        assert any("Số liệu không khớp" in text for name, text in found.items() if name.startswith("correct:"))
        assert any("Số liệu không khớp" in text for name, text in found.items() if name.endswith(".parquet"))
        assert [name for name, text in found.items() if "máy đọc" in text or "misread" in text] == []
        assert [name for name, text in found.items() if "mart_submission" in name and "sender" in text] == []

    def test_letters_ask_for_what_the_card_misses(self, shared: Engine, letters: list[tuple[Path, Letter]]) -> None:
        """Every ward that reported is written to for exactly the required figures it does not print, finding or not."""
        missed = lacking(shared, parse_round(ROUND).label)

        asked = {letter.ward.slug: letter for _path, letter in letters}

        assert set(asked) == set(missed)
        for ward, letter in asked.items():
            assert tuple(p.message for p in letter.points if p.message.startswith("Báo cáo không nêu")) == missed[ward]

    def test_letters_say_that_a_place_is_provisional_and_why(
        self, shared: Engine, letters: list[tuple[Path, Letter]]
    ) -> None:
        """Each ward whose place waits reads so in its letter, with every criterion that waits; the others do not."""
        card = load_scorecard("mac-dinh")
        rows = {row.ward: row for row in current_result(shared, ROUND, card).ranking.rows}

        told = {letter.ward.slug: letter.standing for _path, letter in letters}

        assert any(told.values())
        for ward, text in told.items():
            titles = [criterion.title for criterion in card.criteria if criterion.code in rows[ward].provisional]
            assert ("là tạm tính: " in text) is bool(titles), ward
            assert all(f"“{title}”" in text for title in titles)

    def test_the_office_keeps_its_notes(self, shared: Engine, tmp_path: Path) -> None:
        """An export for the office itself is whole: the note and the columns that stay in."""
        done = export(shared, tmp_path / "office", "csv", MOMENT, round_label=ROUND)
        written = {path.name: path.read_text(encoding="utf-8-sig") for path in done.files}

        assert NOTE_VI in written["mart_finding_open.csv"]
        assert "sender" in written["mart_submission.csv"].splitlines()[0].split(",")
