"""Equal names have equal values: every paper of a round, cell by cell, is what the marts say."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from catalogue.paper import wording
from catalogue.scorecards import load_scorecard
from catalogue.wards import wards
from cchc.formats import number, percent
from publications.coverage import brackets_told, is_whole, shown_total
from publications.measures import measures
from publications.workbook.results import totals_sheet
from publications.workbook.sheet import Cell
from tests.publications import readback
from tests.publications.sample import content

Marts = dict[str, list[dict[str, Any]]]

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def amount(value: Any, unit: str) -> str:
    """Return a value as papers print it."""
    if value is None:
        return "–"
    return percent(Decimal(str(value))) if unit == "percent" else number(Decimal(str(value)))


def cell(value: Any, unit: str) -> str:
    """Return a cell of the workbook as papers print it; text stays."""
    return value if isinstance(value, str) else amount(value, unit)


def name_of(ward: str) -> str:
    """Return how papers name a ward at the head of a line."""
    full = wards()[ward].full_name
    return full[0].upper() + full[1:]


class TestTotals:
    @staticmethod
    def of_marts(marts: Marts) -> dict[str, tuple[str, ...]]:
        """Return district, phường, xã and coverage by title, in brackets what is not the whole's."""
        rows = {(row["scope"], row["measure"]): row for row in marts["mart_rollup"]}
        titles = {measure.code: measure.title for measure in measures()}

        def shown(row: dict[str, Any]) -> str:
            text = amount(row["value"], row["unit"])
            few = 100 * row["wards_counted"] < wording().least_coverage * row["wards_expected"]
            return f"({text})" if few and row["value"] is not None else text

        return {
            titles[code]: (
                *(shown(rows[scope, code]) for scope in ("all", "phường", "xã")),
                f"{row['wards_counted']}/{row['wards_expected']}",
            )
            for (scope, code), row in rows.items()
            if scope == "all" and row["value"] is not None
        }

    def test_annex_page_and_workbook_say_what_the_mart_says(self, papers: dict[str, bytes], marts: Marts) -> None:
        """A total has one value under its name in the annex, on the page and in the workbook: the mart's."""
        expected = self.of_marts(marts)

        annex = {row[1]: (*row[3:6], row[6]) for row in readback.report_table(papers["bao-cao"], "Toàn thị xã")}
        page = readback.page_table(readback.page_of(papers["trang"]), "totals")
        lines = readback.sheet(papers["bang-tinh"], "Tổng hợp toàn thị xã")

        assert annex == expected
        assert {row[0]: (row[1], row[3], row[4], row[2]) for row in page} == expected
        assert {
            line["Số liệu"]: (
                *(
                    cell(line[head], "percent" if line["Đơn vị tính"] == "%" else "count")
                    for head in ("Toàn thị xã", "Phường", "Xã")
                ),
                f"{line['Số đơn vị có số liệu']}/{line['trên tổng số']}",
            )
            for line in lines
        } == expected

    def test_total_of_few_wards_is_in_brackets_and_in_no_sum(self) -> None:
        """Below the least coverage a total is text in brackets wherever it stands, and says so."""
        row = content().total("dossiers_received")
        assert row is not None
        few = replace(row, wards=row.wards[:5])
        rows = tuple(few if each is row else each for each in content().result.rollup)
        thin = replace(content(), result=replace(content().result, rollup=rows))

        sheet = totals_sheet(thin)
        (line,) = (each for each in sheet.rows if each[-1] == "dossiers_received")

        assert (is_whole(row), is_whole(few)) == (True, False)
        assert shown_total(few) == f"({number(row.value)})"
        assert line[3] == Cell(shown_total(few), tone="marked")
        assert sheet.lead.endswith(brackets_told())


class TestRanking:
    @staticmethod
    def of_mart(marts: Marts) -> dict[str, tuple[str, ...]]:
        """Return place, points, place within its kind, change and completeness by ward."""
        signs = {True: "▲", False: "▼"}
        return {
            name_of(row["ward"]): (
                amount(row["rank"], "count"),
                number(row["total"], 2) if row["rank"] is not None else "–",
                amount(row["rank_in_kind"], "count"),
                "–" if row["rank_change"] is None
                else "=" if not row["rank_change"]
                else f"{signs[row['rank_change'] > 0]} {abs(row['rank_change'])}",
                percent(Decimal(str(row["completeness"])), 0),
            )
            for row in marts["mart_ranking"]
        }  # fmt: skip

    def test_tiers_of_page_and_workbook_are_the_marts(self, papers: dict[str, bytes], marts: Marts) -> None:
        """A ward stands in the mart's tier and reaches the mart's places, on the page and in the workbook."""
        expected = {
            name_of(row["ward"]): (f"{row['best_rank']}–{row['worst_rank']}", str(row["tier"]))
            for row in marts["mart_ranking"]
            if row["best_rank"] != row["worst_rank"]
        }

        page = {row[1]: (row[7], row[8]) for row in readback.page_table(readback.page_of(papers["trang"]), "ranking")}
        lines = readback.sheet(papers["bang-tinh"], "Xếp hạng")

        assert len(expected) > 10
        assert {ward: page[ward] for ward in expected} == expected
        book = {line["Đơn vị"]: (line["Khoảng hạng"], str(line["Nhóm"])) for line in lines}
        assert {ward: book[ward] for ward in expected} == expected

    def test_report_page_workbook_and_pdf_say_what_the_mart_says(self, papers: dict[str, bytes], marts: Marts) -> None:
        """A ward has one place, one total and one completeness in every paper that ranks: the mart's."""
        expected = self.of_mart(marts)

        report = readback.report_table(papers["bao-cao"], "Tổng điểm")
        page = readback.page_table(readback.page_of(papers["trang"]), "ranking")
        lines = readback.sheet(papers["bang-tinh"], "Xếp hạng")
        pdf = readback.pdf_text(papers["xep-hang"])

        assert {row[1]: (row[0], row[2], row[4], row[5], row[6]) for row in report} == expected
        assert {row[1]: (row[0], row[2], row[5], row[4], row[6]) for row in page} == expected
        assert {
            line["Đơn vị"]: (
                amount(line["Hạng"], "count"),
                "–" if line["Tổng điểm"] is None else number(Decimal(str(line["Tổng điểm"])), 2),
                amount(line["Hạng trong cùng loại đơn vị"], "count"),
                line["Tăng, giảm hạng"],
                percent(100 * Decimal(str(line["Độ đầy đủ"])), 0),
            )
            for line in lines
        } == expected
        grades = {row[1]: row[3] for row in report}
        told = (f"{v[0]} {w} {v[1]} {grades[w]} {v[2]} {v[3]} {v[4]}" for w, v in expected.items() if v[0] != "–")
        assert [line for line in told if line not in pdf] == []

    def test_criteria_of_page_and_workbook_are_the_marts(self, papers: dict[str, bytes], marts: Marts) -> None:
        """Each ward has the mart's points for each criterion, on its part of the page and in the workbook."""
        titles = {criterion.code: criterion.title for criterion in load_scorecard().criteria}
        expected = {
            (row["ward"], titles[row["criterion"]]): "–" if row["state"] == "excluded" else number(row["points"], 2)
            for row in marts["mart_ranking_criterion"]
        }
        slugs = {name_of(slug): slug for slug in wards()}
        tree = readback.page_of(papers["trang"])
        page = {
            (slug, row[0]): row[1].split("/")[0]
            for slug in wards()
            for row in readback.page_table(tree, f"ward-{slug}")
            if tree.get_element_by_id(f"ward-{slug}").xpath(".//h3")[0].get("id") == f"points-{slug}"
        }

        lines = readback.sheet(papers["bang-tinh"], "Tiêu chí")

        assert len(expected) == len(wards()) * len(titles)
        assert {
            (slugs[line["Đơn vị"]], line["Tiêu chí"]): "–" if line["Điểm"] is None else number(line["Điểm"], 2)
            for line in lines
        } == expected
        assert page == expected


def test_figures_of_page_and_workbook_are_the_marts(papers: dict[str, bytes], marts: Marts) -> None:
    """A figure of a ward has one value on the page, in both sheets of the workbook and in the mart."""
    titles = {measure.code: measure.title for measure in measures()}
    expected = {
        (name_of(row["ward"]), titles[row["figure"]]): amount(
            row["printed_value"] if row["value"] is None else row["value"], row["unit"]
        )
        for row in marts["mart_figure_long"]
    }
    units = {titles[row["figure"]]: row["unit"] for row in marts["mart_figure_long"]}

    lines = readback.sheet(papers["bang-tinh"], "Số liệu")
    wide = {
        (ward, line["Số liệu"]): cell(value, units[line["Số liệu"]]).strip("()")
        for line in lines
        for ward, value in line.items()
        if ward in set(map(name_of, wards())) and value is not None
    }
    tree = readback.page_of(papers["trang"])
    page = {
        (entry.get("data-name"), entry.xpath("dt")[0].text_content()): (entry.xpath("dd")[0].text or "").strip()
        for entry in tree.xpath("//dl[@class='figures']/div")
    }

    assert wide == expected
    assert page == expected


@pytest.mark.parametrize(
    "name", ["mart_rollup", "mart_ranking", "mart_ranking_criterion", "mart_figure_long", "mart_indicator"]
)
def test_archive_holds_the_marts(papers: dict[str, bytes], marts: Marts, name: str) -> None:
    """Every row of the published data is the mart's, number by number."""
    rows = readback.archived(papers["du-lieu"], name)

    assert len(rows) == len(marts[name]) > 0
    for kept, row in zip(rows, marts[name], strict=True):
        for column, text in kept.items():
            if isinstance(row[column], int | float | Decimal) and not isinstance(row[column], bool):
                assert Decimal(text) == Decimal(str(row[column])), (column, row)


def test_values_of_the_edition_are_the_marts(papers: dict[str, bytes], marts: Marts) -> None:
    """What the next revision is compared with is what this edition printed."""
    kept = json.loads(papers["gia-tri"])

    assert kept["totals"] == {
        f"{row['scope']}|{row['measure']}": f"{Decimal(str(row['value'])):f}"
        for row in marts["mart_rollup"]
        if row["wards_counted"] and row["value"] is not None
    }
