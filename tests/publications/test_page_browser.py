"""The page in a browser: sorting, opening a ward, finding a sentence, printing, and what a screen reader meets."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from publications import words
from tests.publications.sample import HOSTILE, content, made_page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
WARD = "pho-an"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Give the address of the sample's page on disk."""
    path: Path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_bytes(made_page())
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give one headless Chromium for all."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """Give the page, having failed on any request, error or refusal of the content policy."""
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    troubles: list[str] = []
    opened.on("pageerror", lambda error: troubles.append(str(error)))
    opened.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
    opened.on(
        "request",
        lambda asked: troubles.append(asked.url) if not asked.url.startswith(("file:", "data:")) else None,
    )
    opened.goto(address)
    yield opened
    assert troubles == []
    context.close()


def column(page: Page, index: int) -> list[str]:
    """Return the texts of a column of the ranking."""
    return page.locator(f"#ranking tbody tr > :nth-child({index})").all_inner_texts()


class TestSorting:
    def test_click_sorts_and_tells_and_a_second_click_turns_round(self, page: Page) -> None:
        """The head says which way it is sorted, and so does the live line."""
        head = page.locator("#ranking thead th").nth(1)
        before = column(page, 2)

        head.get_by_role("button").click()
        up = column(page, 2)
        expect(head).to_have_attribute("aria-sort", "ascending")
        expect(page.locator("#live")).to_have_text("Đã sắp xếp theo Đơn vị, tăng dần")
        head.get_by_role("button").click()

        assert up != before
        assert sorted(up) == sorted(before)
        assert up[0].startswith("Phường Nguyễn Nghiêm")
        assert column(page, 2) == up[::-1]
        expect(head).to_have_attribute("aria-sort", "descending")

    def test_wards_without_a_place_stay_last_either_way(self, page: Page) -> None:
        """What has no value is never the best nor the worst."""
        button = page.locator("#ranking thead th").nth(2).get_by_role("button")

        button.click()
        assert column(page, 3)[-1].strip() == "–"
        button.click()
        assert column(page, 3)[-1].strip() == "–"
        assert column(page, 3)[0].startswith(words.points(content().ranking[0].total))

    def test_keyboard_alone_sorts(self, page: Page) -> None:
        """The head is reached and worked by keys."""
        page.locator("#ranking thead th").nth(2).get_by_role("button").focus()
        page.keyboard.press("Enter")

        least = min(row.total for row in content().ranking if row.rank is not None and row.total is not None)
        assert column(page, 3)[0].startswith(words.points(least))


class TestWards:
    def test_overview_comes_first_and_a_ward_opens_from_the_ranking(self, page: Page) -> None:
        """One thing at a time: the overview, or one ward, and back."""
        expect(page.locator("article.ward:visible")).to_have_count(0)

        page.locator("#ranking").get_by_role("link", name="Xã Phổ An", exact=True).click()

        expect(page.locator("article.ward:visible")).to_have_count(1)
        expect(page.locator(f"#name-{WARD}")).to_be_focused()
        expect(page.locator("#overview")).to_be_hidden()
        page.go_back()
        expect(page.locator("#overview")).to_be_visible()

    def test_ward_opens_from_the_map_and_from_the_list(self, page: Page) -> None:
        """Three ways lead to a ward."""
        page.locator("#tile-pho-minh a").click()
        expect(page.locator("#ward-pho-minh")).to_be_visible()

        page.get_by_label("Mở đơn vị").select_option(f"ward-{WARD}")
        expect(page.locator(f"#ward-{WARD}")).to_be_visible()
        expect(page.locator("#ward-pho-minh")).to_be_hidden()

    def test_trend_chart_is_drawn(self, page: Page) -> None:
        """The picture inside the file passes the content policy and has a size."""
        page.goto(f"{page.url}#ward-{WARD}")

        width = page.locator(f"#ward-{WARD} img.trend").evaluate("image => image.naturalWidth")
        assert width > 100

    def test_map_shows_another_measure(self, page: Page) -> None:
        """Choosing a measure changes the tiles, and a ward without it says so."""
        page.get_by_label("Hiển thị").select_option("satisfaction_pct")

        expect(page.locator("#tile-pho-an strong")).to_have_text("91,50%")
        page.get_by_label("Hiển thị").select_option("total")
        expect(page.locator("#tile-pho-chau strong")).to_have_text("không có số liệu")


class TestFinding:
    def test_sentence_is_found_without_marks_and_opened(self, page: Page) -> None:
        """Words typed without diacritics find the figure; the hit leads to its sentence."""
        page.get_by_label("Nhập từ của số liệu").fill("pho an ho so truc tuyen")

        hit = page.locator("#hits a").first
        expect(hit).to_contain_text("Xã Phổ An: Hồ sơ tiếp nhận trực tuyến")
        hit.click()

        line = page.locator(f"#ward-{WARD} .figures > div:target")
        expect(line).to_be_visible()
        expect(line.locator("q")).to_contain_text("số liệu dossiers online của đơn vị là")
        expect(line.locator("mark")).to_have_count(1)

    def test_nothing_found_is_said(self, page: Page) -> None:
        """A search without a hit says zero."""
        page.get_by_label("Nhập từ của số liệu").fill("khôngcótừnày")

        expect(page.locator("#count")).to_have_text("tìm thấy 0 chỗ")

    def test_hostile_sentence_is_shown_as_written(self, page: Page) -> None:
        """Markup in a report's sentence is words on the page."""
        page.goto(f"{page.url}#ward-{HOSTILE}")

        said = page.locator(f"#ward-{HOSTILE} .figures q").first
        expect(said).to_contain_text("</script><img src=x onerror=alert(1)>")


class TestPrint:
    def test_print_view_has_no_tools_and_all_columns(self, page: Page) -> None:
        """On paper there is no navigation, and a ward prints alone."""
        page.emulate_media(media="print")

        expect(page.locator("nav")).to_be_hidden()
        expect(page.locator("#jump")).to_be_hidden()
        expect(page.locator("#find")).to_be_hidden()
        expect(page.locator("#ranking table")).to_be_visible()

    def test_printing_everything_shows_every_ward_while_the_printer_asks(self, page: Page) -> None:
        """One button prints the overview and all wards, and puts the view back."""
        page.evaluate(
            "window.print = () => { window.seen = [...document.querySelectorAll('article.ward')]"
            ".filter((a) => !a.hidden).length; }"
        )

        page.get_by_role("button", name="In toàn bộ").click()

        assert page.evaluate("window.seen") == 15
        expect(page.locator("article.ward:visible")).to_have_count(0)


class TestReach:
    def test_phone_needs_no_sideways_scrolling(self, page: Page) -> None:
        """At 360 pixels only tables in their own frame may be wider than the page."""
        page.set_viewport_size({"width": 360, "height": 740})

        for anchor in ("", f"#ward-{WARD}"):
            page.goto(page.url.split("#")[0] + anchor)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360

    @pytest.mark.parametrize("anchor", ["", f"#ward-{HOSTILE}"])
    @pytest.mark.parametrize("width", [1200, 360])
    def test_axe_finds_nothing(self, page: Page, anchor: str, width: int) -> None:
        """No violation of any weight, on screen and on a phone."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core is not installed")
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(page.url.split("#")[0] + anchor)

        found = axe.Axe().run(page).response["violations"]

        assert [(v["impact"], v["id"], [n["target"] for n in v["nodes"]]) for v in found] == []

    def test_page_without_script_shows_every_ward(self, browser: Browser, address: str) -> None:
        """Where scripts are switched off everything is there, one below the other."""
        context = browser.new_context(java_script_enabled=False)
        bare = context.new_page()
        bare.goto(address)

        expect(bare.locator("article.ward:visible")).to_have_count(15)
        expect(bare.locator("#jump")).to_be_hidden()
        context.close()
