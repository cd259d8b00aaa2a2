"""The page of a round: whole without a network, and deaf to what stands in reports."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publications.content import FigureCell
from publications.page import make_page
from publications.page.view import around_number, map_measures
from tests.publications.sample import BLOCKED, HOSTILE, SILENT, content, made_page

ADDRESS = re.compile(r"""(?:src|href|action|data|poster|srcset)=["']?(?!#|data:image/svg)""")


class Elements(HTMLParser):
    """Every element with its attributes, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[int, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}", {}))

    def handle_data(self, data: str) -> None:
        place = len(self.found) - 1
        self.texts[place] = self.texts.get(place, "") + data

    def of(self, tag: str) -> list[tuple[dict[str, str | None], str]]:
        """Return attributes and text of the elements of a kind."""
        return [(a, self.texts.get(i, "")) for i, (t, a) in enumerate(self.found) if t == tag]


@cache
def source() -> str:
    """Return the sample's page."""
    return made_page().decode()


@cache
def page() -> Elements:
    """Return its elements."""
    parsed = Elements()
    parsed.feed(source())
    return parsed


class TestSelfContained:
    def test_no_element_asks_for_anything_outside(self) -> None:
        """Every address is an anchor of the page or a picture inside the file."""
        for tag, attributes in page().found:
            for name in ("src", "href", "action", "data", "poster", "srcset", "xlink:href"):
                value = attributes.get(name)
                assert value is None or value.startswith(("#", "data:image/svg+xml;base64,")), (tag, name, value)

    def test_policy_allows_the_pages_own_style_and_script_by_hash_and_nothing_else(self) -> None:
        """The content policy's hashes are those of the one style and the one script that run."""
        (policy,) = [
            a["content"] or "" for a, _text in page().of("meta") if a.get("http-equiv") == "Content-Security-Policy"
        ]
        style = page().of("style")[0][1]
        (script,) = [text for attributes, text in page().of("script") if "type" not in attributes]

        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        assert rules["default-src"] == "'none'"
        for name, text in (("style-src", style), ("script-src", script)):
            assert rules[name] == f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
        assert rules["img-src"] == "data:"

    def test_no_element_carries_script_or_style_of_its_own(self) -> None:
        """Attributes that the policy would refuse are not there to be refused."""
        for tag, attributes in page().found:
            assert not [n for n in attributes if n == "style" or n.startswith("on")], (tag, attributes)


class TestOutsideText:
    def test_text_of_a_report_makes_no_element(self) -> None:
        """Markup in a sentence is shown as it was written."""
        assert [a for a, _t in page().of("img") if a.get("src") == "x"] == []
        assert "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;" in source()
        assert len(page().of("script")) == 3

    def test_template_words_in_a_report_are_not_run(self) -> None:
        """Braces in a sentence stay braces."""
        assert "{{7*7}}" in source()

    @settings(max_examples=15, deadline=None)
    @given(text=st.text(min_size=1, max_size=40))
    def test_any_ward_name_or_sentence_leaves_the_structure_alone(self, text: str) -> None:
        """Whatever a sentence says, the page has the same elements."""
        assert _shape(small_page(text)) == plain_shape()

    def test_data_block_is_json_that_ends_where_it_should(self) -> None:
        """The data are plain JSON with no way out of their element."""
        block = re.search(r'<script type="application/json" id="data">(.*?)</script>', source(), re.DOTALL)

        assert block is not None
        assert "<" not in block[1]
        assert set(json.loads(block[1])["measures"]) == {m.code for m in map_measures(content())}


def small_page(sentence: str) -> str:
    """Return the page of one figure with that sentence, without charts."""
    cell = replace(content().figures[0], sentence=sentence, raw="", offset=None)
    return make_page(replace(content(), figures=(cell,), findings=(), ledger=(), series=(), district=())).decode()


@cache
def plain_shape() -> list[str]:
    """Return the elements of the page of one plain sentence."""
    return _shape(small_page("a"))


def _shape(html: str) -> list[str]:
    parsed = Elements()
    parsed.feed(html)
    return [tag for tag, _attributes in parsed.found]


class TestContent:
    def test_every_ward_has_its_place_its_tile_and_its_part(self) -> None:
        """The fifteen units stand in ranking, map and pages, whether they reported or not."""
        ids = {a["id"] for _tag, a in page().found if a.get("id")}

        for ward in content().wards:
            assert {f"ward-{ward.slug}", f"tile-{ward.slug}"} <= ids

    def test_ids_are_unique(self) -> None:
        """An anchor leads to one place."""
        ids = [a["id"] for _tag, a in page().found if a.get("id")]

        assert len(ids) == len(set(ids))

    def test_numbers_are_written_as_people_here_write_them(self) -> None:
        """Dots between thousands, a comma before decimals."""
        revenue = content().total("ward_revenue_ytd")

        assert revenue is not None and revenue.value is not None
        assert f"{revenue.value:,}".replace(",", ".") in source()

    def test_blocked_figure_is_shown_with_its_status(self) -> None:
        """What does not count says so beside its value."""
        part = source().split(f'id="ward-{BLOCKED[0]}"')[1].split("<article")[0]

        assert '<span class="tag blocked">chưa tính: còn lỗi chưa xử lý</span>' in part

    def test_silent_ward_says_that_nothing_was_read(self) -> None:
        """A ward without a report has a part that says so."""
        part = source().split(f'id="ward-{SILENT}"')[1].split("<article")[0]

        assert "Chưa đọc được số liệu nào." in part
        assert "chưa gửi báo cáo của kỳ" in part

    def test_district_over_the_rounds_says_what_each_value_covers(self) -> None:
        """The table beside the chart has value and wards of each round, and marks what spans more than a quarter."""
        part = re.sub(r"<[^>]+>", "|", source().split('id="trend"')[1].split("</section>")[0])

        assert "8.421,5 (14/15)" in part
        assert "57,33%* (13/15)" in part
        assert "–" in part

    def test_one_round_alone_has_no_trend(self) -> None:
        """Without a second round there is no part on trends and no link to one."""
        alone = tuple(replace(line, points=line.points[-1:]) for line in content().district)

        assert "#trend" not in make_page(replace(content(), district=alone, series=())).decode()

    def test_equal_content_gives_equal_bytes(self) -> None:
        """Nothing of the moment of writing gets into the page."""
        assert make_page(content()) == made_page()


class TestAroundNumber:
    CELL = FigureCell("pho-an", "dossiers_late", "entered", Decimal(1), Decimal(1))

    @pytest.mark.parametrize(
        ("sentence", "raw", "offset", "marked"),
        [
            ("có 1 hồ sơ", "1", None, ("có ", "1", " hồ sơ")),
            ("quý 1 có 1 hồ sơ", "1", None, ("quý 1 có 1 hồ sơ", "", "")),
            ("quý 1 có 1 hồ sơ", "1", 9, ("quý 1 có ", "1", " hồ sơ")),
            ("có 11 hồ sơ, 1.000 đồng", "1", None, ("có 11 hồ sơ, 1.000 đồng", "", "")),
            ("là 5.", "5", None, ("là ", "5", ".")),
            ("có hai hồ sơ", "3", None, ("có hai hồ sơ", "", "")),
            ("có 1 hồ sơ", "1", 0, ("có 1 hồ sơ", "", "")),
        ],
    )
    def test_number_is_pointed_out_only_where_it_is_known(
        self, sentence: str, raw: str, offset: int | None, marked: tuple[str, str, str]
    ) -> None:
        """A number that stands twice, or inside another, is not guessed at."""
        cell = replace(self.CELL, sentence=sentence, raw=raw, offset=offset)

        assert around_number(cell) == marked

    def test_hostile_ward_is_in_the_sample(self) -> None:
        """The sample really carries the text these tests are about."""
        assert f'id="ward-{HOSTILE}"' in source()
