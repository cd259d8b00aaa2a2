"""The ranking as PDF, the charts, the texts of the templates, and putting files in place."""

from __future__ import annotations

import io
import re
import stat
import xml.etree.ElementTree as ET
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po

from cchc.errors import PublicationError
from publications import charts, papers, ranking_paper, words
from publications.charts import criteria_chart, district_chart, ranking_chart, trend_chart
from publications.content import Change, Edition
from publications.papers import Made, put
from publications.ranking_paper import make_ranking_paper
from scoring.values import State
from tests.publications.sample import HOSTILE_TEXT, SILENT, content

ROOT = Path(__file__).resolve().parents[2]


@cache
def pages() -> tuple[str, ...]:
    """Return the text of the ranking's pages."""
    return texts_of(make_ranking_paper(content()))


def texts_of(body: bytes) -> tuple[str, ...]:
    """Return the text of every page of a PDF."""
    document = pypdfium2.PdfDocument(io.BytesIO(body))
    return tuple(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in document)


class TestRankingPaper:
    def test_first_page_has_every_ward_with_its_points(self) -> None:
        """Whoever is ranked stands there with place and total, whoever is not with the reason."""
        for row in content().ranking:
            assert row.name in pages()[0]
            if row.rank is not None:
                assert words.points(row.total) in pages()[0]
        assert "chưa gửi báo cáo của kỳ" in pages()[0]

    def test_draft_says_so_on_every_page(self) -> None:
        """No page of a draft can be taken for a published one."""
        assert all("DỰ THẢO ngày 20/9/2023, chưa công bố" in page for page in pages())

    def test_charts_keep_their_words_as_text(self) -> None:
        """The ward's names can be searched in the charts as well."""
        assert "1. " + content().ranking[0].name in pages()[1]
        assert len(pages()) == 4

    def test_changes_of_a_revision_have_a_page(self) -> None:
        """A revision lists what changed, and text from outside is no markup there."""
        change = Change("figure", "pho-an", "dossiers_late", "3", "4", HOSTILE_TEXT)
        edition = Edition(draft=False, revision=1, published_by="A", note="#pagebreak() $x$", changes=(change,))

        texts = texts_of(make_ranking_paper(content(edition)))

        assert len(texts) == 5
        assert "#pagebreak() $x$" in texts[4]
        assert '#import "x": *' in texts[4].replace("\n", " ")

    def test_paper_is_tagged_and_steady(self) -> None:
        """The PDF declares PDF/UA with its structure for screen readers, and equal content gives equal bytes."""
        body = make_ranking_paper(content())

        assert b"/StructTreeRoot" in body
        assert b"<pdfuaid:part>1</pdfuaid:part>" in body
        assert body == make_ranking_paper(content())

    def test_round_without_any_report_still_makes_a_paper(self) -> None:
        """A ranking of nobody is a paper that says why."""
        rows = tuple(replace(r, rank=None, total=None, reason_vi="chưa gửi") for r in content().ranking)
        empty = replace(content().result, ranking=replace(content().result.ranking, rows=rows))

        assert "chưa gửi" in texts_of(make_ranking_paper(replace(content(), result=empty)))[0]


class TestCharts:
    @pytest.mark.parametrize(
        "draw", [ranking_chart, criteria_chart, district_chart, lambda c: trend_chart(c, "pho-an")]
    )
    def test_charts_are_steady_well_formed_and_undated(self, draw: object) -> None:
        """Equal content gives the same SVG each time it is drawn, and no clock has touched it."""
        first = draw(content())  # type: ignore[operator]
        charts._small_charts.cache_clear()
        second = draw(content())  # type: ignore[operator]

        assert first == second
        ET.fromstring(first)
        assert "dc:date" not in first

    def test_points_that_wait_bear_a_question_mark(self) -> None:
        """In the grid of criteria a number has a question mark exactly where its points wait for a person."""
        first, *others = content().result.scores
        part, *rest = first.criteria
        held = replace(first, criteria=(replace(part, state=State.HELD), *rest))
        result = replace(content().result, scores=(held, *others))

        drawn = re.findall(r"<text[^>]*>([^<]*)</text>", criteria_chart(replace(content(), result=result)))

        share = f"{100 * part.points / part.max_points:.0f}"
        assert [text for text in drawn if "?" in text] == [f"{share}?"]

    def test_ranking_chart_has_a_bar_for_every_ranked_ward(self) -> None:
        """Names and totals stand in the chart as text."""
        drawn = ranking_chart(content())

        for row in content().ranking:
            assert (f"{row.rank}. {row.name}" in drawn) == (row.rank is not None)

    def test_many_wards_go_over_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Every ranked ward stands in one chart, and no chart has more than can be read."""
        monkeypatch.setattr(ranking_paper, "_WARDS_A_PAGE", 6)
        ranked = [f"{row.rank}. {row.name}" for row in content().ranking if row.rank is not None]

        drawn = ranking_paper._drawn(ranking_chart, content())

        assert [sum(name in chart for chart in drawn) for name in ranked] == [1] * len(ranked)
        assert max(sum(name in chart for name in ranked) for chart in drawn) <= 6
        assert len(drawn) == -(-len(ranked) // 6)

    def test_missing_round_is_a_gap_not_a_zero(self) -> None:
        """A round without a value has no label and no point."""
        drawn = trend_chart(content(), "pho-an")

        assert drawn is not None
        texts = [e.text for e in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
        assert "0" not in texts
        assert "0,00%" not in texts

    @pytest.mark.parametrize("known", [0, 1])
    def test_fewer_than_two_rounds_make_no_chart(self, known: int) -> None:
        """A trend needs two points; nothing is drawn of less."""
        few = tuple(
            replace(s, points=tuple((r, v if place < known else None) for place, (r, v) in enumerate(s.points)))
            for s in content().series
        )

        assert trend_chart(replace(content(), series=few), SILENT) is None

    def test_equal_lines_are_drawn_once_and_other_ones_anew(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A second edition draws no trend again but those of wards whose figures or names of measures changed."""
        drawn: list[object] = []
        monkeypatch.setattr(charts, "_svg", lambda figure: drawn.append(figure) or f"drawn {len(drawn)}")
        charts._small_charts.cache_clear()
        changed = tuple(
            replace(s, points=(*s.points[:-1], (s.points[-1][0], Decimal(7)))) if s.ward == "pho-an" else s
            for s in content().series
        )
        try:
            first = [trend_chart(content(), ward) for ward in ("pho-an", "pho-minh")]
            again = [trend_chart(content(), ward) for ward in ("pho-an", "pho-minh")]
            corrected = [trend_chart(replace(content(), series=changed), ward) for ward in ("pho-an", "pho-minh")]
        finally:
            charts._small_charts.cache_clear()

        assert first == again == ["drawn 1", "drawn 2"]
        assert corrected == ["drawn 3", "drawn 2"]


class TestDistrictChart:
    def test_value_over_some_wards_is_hollow_and_tells_how_many(self) -> None:
        """Under each round stand the wards it covers; two of five values of a line are over fewer than all."""
        drawn = district_chart(content())

        assert drawn is not None
        assert drawn.count(">13/15<") == 4
        one = replace(content(), district=tuple(x for x in content().district if x.code == "dossiers_received"))
        hollow = district_chart(one)
        assert hollow is not None
        assert hollow.count("fill: #ffffff; stroke: #1f4e79") == 2

    def test_fewer_than_two_known_rounds_make_no_chart(self) -> None:
        """Nothing is drawn where there is nothing to compare."""
        alone = tuple(replace(line, points=line.points[-1:]) for line in content().district)

        assert district_chart(replace(content(), district=alone)) is None
        assert district_chart(replace(content(), district=())) is None


class TestFiles:
    def test_put_replaces_whole_and_leaves_nothing_else(self, tmp_path: Path) -> None:
        """The file is the new one, readable, and no partial one stays behind."""
        put(tmp_path / "a", Made("page", "x.html", b"old"))
        path = put(tmp_path / "a", Made("page", "x.html", b"new"))

        assert path.read_bytes() == b"new"
        assert [p.name for p in path.parent.iterdir()] == ["x.html"]
        assert stat.S_IMODE(path.stat().st_mode) == 0o644

    def test_failed_write_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A full disk costs the new paper, never the old one."""
        path = put(tmp_path, Made("page", "x.html", b"old"))

        def fail(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(papers.os, "fsync", fail)
        with pytest.raises(PublicationError, match="No space"):
            put(tmp_path, Made("page", "x.html", b"new"))

        assert path.read_bytes() == b"old"
        assert [p.name for p in tmp_path.iterdir()] == ["x.html"]


class TestTemplates:
    @pytest.mark.parametrize("path", sorted((ROOT / "publications" / "templates").glob("*.j2")), ids=lambda p: p.name)
    def test_every_message_of_a_template_is_translated(self, path: Path) -> None:
        """What a template says in English has its Vietnamese."""
        source = ROOT / "cchc" / "locale" / "vi" / "LC_MESSAGES" / "publications.po"
        known = {m.id: m.string for m in read_po(io.BytesIO(source.read_bytes()), locale="vi")}

        with path.open("rb") as stream:
            asked = {entry[1] for entry in extract("jinja2.ext:babel_extract", stream)}

        assert sorted(m for m in asked if not known.get(m)) == []
        assert asked
