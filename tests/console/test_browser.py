"""The office's page in a real browser: by keyboard alone, by a screen reader's rules, and without a script."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from cchc.clock import ZONE
from tests.console.desk import NAMES, PASSWORD, ROUND, WARD, Desk, load, make_desk, word_report
from tests.console.keyboard import Keyboard, truths
from tests.console.served import QUIET, Served, chromium_path
from tests.warehouse import made
from warehouse import publishing, queries

SAMPLE = Path(__file__).parents[2] / "sample"
INBOX, LABEL = SAMPLE / "inbox", "2024-Q3"
CHROMIUM = chromium_path()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PATIENCE = 120_000
WATCH_FOCUS = """() => {
  window.focused = [];
  new MutationObserver(() => window.focused.push(document.activeElement.id))
    .observe(document.getElementById("main"), { childList: true });
}"""
"""Notes what has the focus in the very moment in which an item comes."""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Give one headless Chromium for all."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def office(tmp_path: Path, migrated: Path) -> Iterator[tuple[Desk, Served]]:
    """Give a page with three figures that wait and an error with a proposal."""
    desk = make_desk(tmp_path, migrated)
    load(desk, word_report({"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 0.7)}))
    fault = made.finding(severity="error", ward="pho-chau", proposal=286)
    load(desk, word_report({"dossiers_received": ("276", 0.99)}, ward="pho-chau", file=2), (fault,))
    with Served(desk) as served:
        yield desk, served


def signed_in(context: BrowserContext, served: Served, role: str = "clerk") -> Page:
    """Return a page in which somebody has signed in by keyboard alone."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{served.address}/sign-in")
    page.keyboard.type(role)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/round/{ROUND}")
    return page


class TestKeyboard:
    def test_a_round_is_reviewed_by_keys_alone(self, chromium: Browser, office: tuple[Desk, Served]) -> None:
        """Proposal by P, undo by U, acceptance by Enter, correction by its digits: a key a figure where it is right."""
        desk, served = office
        context = chromium.new_context()
        page = signed_in(context, served)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda m: troubles.append(m.text) if m.type == "error" else None)

        page.goto(f"{served.address}/review/{ROUND}")
        expect(page.locator("#what")).to_be_focused()
        page.evaluate(WATCH_FOCUS)
        expect(page.locator(".crumbs")).to_contain_text("Phổ Châu", timeout=PATIENCE)
        page.keyboard.press("p")
        expect(page.locator(".crumbs")).to_contain_text("Phổ An", timeout=PATIENCE)
        page.keyboard.press("u")
        expect(page.locator(".crumbs")).to_contain_text("Phổ Châu", timeout=PATIENCE)
        page.keyboard.press("p")
        expect(page.locator(".crumbs")).to_contain_text("Phổ An", timeout=PATIENCE)
        page.keyboard.press("Enter")
        expect(page.locator("mark#box")).to_have_text("270", timeout=PATIENCE)
        page.keyboard.type("271")
        page.keyboard.press("Enter")
        expect(page.locator("#what")).to_have_text("Không còn việc nào chờ", timeout=PATIENCE)
        focused = page.evaluate("window.focused")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/round/{ROUND}")

        # Nobody can press a key between an item's arrival and its being ready for keys.
        assert focused == ["what"] * 5
        counted = {(r.ward, r.figure): r.value for r in queries.figures_long(desk.engine, ROUND)}
        assert counted == {
            (WARD, "dossiers_received"): 276,
            (WARD, "dossiers_resolved"): 271,
            ("pho-chau", "dossiers_received"): 286,
        }
        assert troubles == []
        context.close()

    def test_without_a_script(self, chromium: Browser, office: tuple[Desk, Served]) -> None:
        """Deciding works by plain forms where scripts are switched off."""
        desk, served = office
        context = chromium.new_context(java_script_enabled=False)
        page = signed_in(context, served)

        page.goto(f"{served.address}/review/{ROUND}/{WARD}/dossiers_received")
        page.get_by_role("button", name="Đúng như in").click()
        page.wait_for_url("**/review/**")

        assert [d.figure for d in queries.decisions(desk.engine, ROUND)] == ["dossiers_received"]
        context.close()


class TestWholeRound:
    @pytest.mark.slow
    def test_from_upload_to_a_revision_by_keys_alone(self, chromium: Browser, tmp_path: Path, migrated: Path) -> None:
        """Upload, review, close, edition, correction and revision: the board's one button and keys lead all the way."""
        desk = make_desk(tmp_path, migrated)
        desk.moment = datetime(2024, 9, 13, 9, tzinfo=ZONE)
        key = json.loads((SAMPLE / "key.json").read_text(encoding="utf-8"))
        truth = truths({one["ward"]: one["figures"] for one in key.values()})

        with Served(desk, ready=True) as served:
            context = chromium.new_context()
            person = Keyboard.at(context, served.address)
            person.sign_in("clerk", PASSWORD)
            person.upload([INBOX / "BC CCHC quy III - Pho An.docx", INBOX / "BC CCHC quy III - Pho Van.pdf"])
            loaded = {row.ward for row in queries.reports(desk.engine, LABEL)}
            person.page.goto(f"{served.address}/review/{LABEL}")
            reviewed = person.review(truth)
            person.sign_in("head", PASSWORD)
            person.page.goto(f"{served.address}/round/{LABEL}")
            person.go('form[action$="/close"] button')
            person.work_until_papers(LABEL, truth)
            person.publish()
            person.sign_in("clerk", PASSWORD)
            person.upload([INBOX / "BC CCHC quy III - Pho Van_dinh chinh.pdf"])
            person.work_until_papers(LABEL, truth)
            person.sign_in("head", PASSWORD)
            person.page.goto(f"{served.address}/papers/{LABEL}")
            person.publish("Phổ Văn gửi bản đính chính")
            context.close()

        assert loaded == {"pho-an", "pho-van"}
        assert {keys for kind, keys in reviewed.keys if kind == "right"} <= {1}
        editions = {(row.revision, row.published_by) for row in publishing.publications(desk.engine, LABEL)}
        assert editions == {(0, NAMES["head"]), (1, NAMES["head"])}


class TestEverybody:
    @pytest.mark.slow
    def test_no_page_hinders_anybody(self, chromium: Browser, office: tuple[Desk, Served]) -> None:
        """axe finds no violation on any page, and none is wider than a telephone."""
        _desk, served = office
        context = chromium.new_context(viewport={"width": 360, "height": 740})
        found: dict[str, list[str]] = {}
        wide: list[str] = []
        for role, paths in {
            "clerk": (
                f"/round/{ROUND}", "/files", f"/review/{ROUND}/{WARD}/dossiers_received",
                f"/review/{ROUND}/{WARD}/mark?number=1", f"/review/{ROUND}/nothing", f"/ward/{WARD}/{ROUND}",
                f"/place/{ROUND}/{WARD}/dossiers_received", "/search?q=ho+so", "/dictionary?q=han", "/compare",
                f"/ranking/{ROUND}",
                f"/ranking/{ROUND}/{WARD}", f"/ranking/{ROUND}/what-if?try=1", f"/papers/{ROUND}", f"/calendar/{ROUND}",
                f"/sample/{ROUND}", f"/round/{ROUND}/reminders", f"/totals/{ROUND}", "/dictionary?q=dung+han",
            ),
            "head": ("/scorecard", f"/papers/{ROUND}"),
            "operator": ("/people", "/tokens", "/acts", "/operators"),
        }.items():  # fmt: skip
            page = signed_in(context, served, role)
            for path in paths:
                page.goto(served.address + path)
                violations = Axe().run(page).response["violations"]
                found |= {path: [v["id"] for v in violations]} if violations else {}
                if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                    wide.append(path)
            page.get_by_role("button", name="Đăng xuất").click()
            page.wait_for_url("**/sign-in")
            page.close()

        assert (found, wide) == ({}, [])
        context.close()
