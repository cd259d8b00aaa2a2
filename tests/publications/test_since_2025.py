"""The figures that came with the reform of 2025, from a province's generated round into every paper."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue.figures import figure_definitions
from catalogue.indicators import unsummed
from catalogue.office import office
from catalogue.offices import shipped_folders
from catalogue.rounds import parse_round
from catalogue.scorecards import load_scorecard
from catalogue.wards import wards
from cchc.clock import ZONE
from cchc.formats import number, percent
from publications.content import Edition
from publications.district import make_district_report
from publications.gather import gather
from publications.measures import measures
from publications.page import make_page
from publications.workbook import make_workbook
from sample.generator.province import Written, write_round
from tests.publications import readback
from tests.warehouse import made
from warehouse.connection import open_warehouse
from warehouse.scores.store import compute_round

ROUND = "2026-Q3"
MOMENT = datetime(2026, 9, 14, 9, tzinfo=ZONE)
CODES = (
    "procedures_online_full", "procedures_online_partial", "procedures_online_full_pct", "dossiers_online_full_pct",
    "dossiers_cross_boundary", "results_electronic", "results_electronic_pct", "digitised_reused",
    "digitised_reused_pct", "online_payment_base", "feedback_resolved_pct", "apology_letters", "service_index_score",
    "service_index_rank", "tasks_assigned", "tasks_assigned_completed", "tasks_assigned_overdue", "dialogues_held",
    "initiatives_recognised",
)  # fmt: skip
UNITS = ("21025", "21034", "21040")
CARD = "theo-qd-766"
_MARK = re.compile(r"\[\[([a-z_0-9]+)(?:=([0-9.]+))?\|([^\]]+)\]\]")

Figures = dict[str, dict[str, Decimal]]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Figures]:
    """Give what three generated reports print by unit and figure, one in each manner, in an office of three units."""
    folder = Path(tmp_path_factory.mktemp("office")) / "three"
    shutil.copytree(shipped_folders()["quang-ngai"], folder)
    for name in ("units.csv", "denominators.csv"):
        path = folder / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(line for line in lines if line[0] == "#" or not line[0].isdigit() or line[:5] in UNITS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CCHC_OFFICE", str(folder))
        written = write_round(folder / "sent", list(wards().values()), parse_round(ROUND), office().full_name)
        yield {one.unit.slug: marked(one) for one in written}


@pytest.fixture(scope="module")
def marts_and_papers(
    printed: Figures, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, list[dict[str, Any]]], dict[str, bytes]]:
    """Give the round's marts, and its papers by name, under the card in the manner of Decision 766."""
    folder = Path(tmp_path_factory.mktemp("published"))
    engine = open_warehouse(f"sqlite:///{folder / 'warehouse.db'}")
    for ward, figures in printed.items():
        made.take_in(engine, made.reading(ward, ROUND, dict(figures)), at=MOMENT)
    compute_round(engine, ROUND, load_scorecard(CARD), MOMENT)
    content = gather(engine, ROUND, MOMENT, Edition(), CARD)
    papers = {"report": make_district_report(content), "workbook": make_workbook(content), "page": make_page(content)}
    with engine.connect() as connection:
        names = ("mart_figure_long", "mart_rollup", "mart_ranking_criterion")
        marts = {name: readback.mart_rows(connection, name, ROUND) for name in names}
    engine.dispose()
    return marts, papers


def marked(one: Written) -> dict[str, Decimal]:
    """Return the figures that a generated report prints, by code."""
    found: dict[str, Decimal] = {}
    for code, value, text in _MARK.findall(one.marked):
        found.setdefault(code, Decimal(value or text.replace(".", "").replace(",", ".")))
    return found


def test_every_code_is_printed(printed: Figures) -> None:
    """The reform's codes are all of the catalogue's since 2025, and every one stands in a report of the round."""
    listed = yaml.safe_load((Path(__file__).parents[2] / "catalogue" / "figures.yaml").read_text(encoding="utf-8"))

    assert tuple(listed["since_2025"]) == CODES
    assert {code for figures in printed.values() for code in figures} >= set(CODES)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_every_code_is_published(
    printed: Figures, marts_and_papers: tuple[dict[str, list[dict[str, Any]]], dict[str, bytes]]
) -> None:
    """Each figure since 2025 stands as printed in mart and workbook and on the unit's part of the page."""
    marts, papers = marts_and_papers
    definitions, titles = figure_definitions(), {measure.code: measure.title for measure in measures()}
    expected = {(ward, code): figures[code] for ward, figures in printed.items() for code in CODES if code in figures}

    mart = {(row["ward"], row["figure"]): Decimal(str(row["value"])) for row in marts["mart_figure_long"]}
    assert {key: mart[key] for key in expected} == expected

    lines = {line["Số liệu"]: line for line in readback.sheet(papers["workbook"], "Số liệu")}
    page = {
        (entry.get("data-name"), entry.xpath("dt")[0].text_content()): (entry.xpath("dd")[0].text or "").strip()
        for entry in readback.page_of(papers["page"]).xpath("//dl[@class='figures']/div")
    }
    for (ward, code), value in expected.items():
        name = wards()[ward].full_name
        name, title = name[0].upper() + name[1:], titles[code]
        assert Decimal(str(lines[title][name])) == value, (ward, code)
        shown = percent(value) if definitions[code].unit == "percent" else number(value)
        assert page[name, title] == shown, (ward, code)


def test_totals(printed: Figures, marts_and_papers: tuple[dict[str, list[dict[str, Any]]], dict[str, bytes]]) -> None:
    """Counts are added up over the units that print them; points and places of the index are nobody's sum."""
    marts, papers = marts_and_papers
    counts = [code for code in CODES if figure_definitions()[code].unit == "count" and code not in unsummed()]
    totals = {
        row["measure"]: row["value"]
        for row in marts["mart_rollup"]
        if row["scope"] == "all" and row["value"] is not None
    }

    sums = {code: sum(figures[code] for figures in printed.values() if code in figures) for code in counts}

    assert {code: totals[code] for code in counts} == sums
    assert not {"service_index_score", "service_index_rank"} & set(totals)
    report = readback.report_text(papers["report"])
    assert [code for code in counts if number(Decimal(sums[code])) not in report] == []


def test_ranked_where_the_card_asks(marts_and_papers: tuple[dict[str, list[dict[str, Any]]], dict[str, bytes]]) -> None:
    """The card since 2025 has points for what it asks of every unit, and no criterion without data."""
    rows = marts_and_papers[0]["mart_ranking_criterion"]

    assert {row["criterion"] for row in rows if row["state"] == "scored" and row["points"]} >= {
        "progress", "online_procedures", "online_payment", "digitised_reuse"}  # fmt: skip
