"""A person at the office's page who has a keyboard and nothing else, counting the keys they press.

Belongs here: going through a round by Tab, Enter, digits and the page's own keys, and the time until the next item is
painted with its picture. Stays out: what is asserted (`test_browser`), what is printed (`bench.console`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, expect

PATIENCE = 300_000
MOST_TABS = 400
MOST_STEPS = 8
"""Steps the board may ask for between the last decision and the papers."""
FINDING = re.compile(r"[0-9a-f]{16}")
"""The key of a finding; other items are named by their figure."""
TIMES = """
addEventListener("keydown", () => { window.pressed = performance.now(); }, true);
window.took = [];
addEventListener("DOMContentLoaded", () => {
  new MutationObserver(async () => {
    const began = window.pressed, image = document.querySelector("#review image");
    if (image) { const seen = new Image(); seen.src = image.href.baseVal; await seen.decode().catch(() => {}); }
    requestAnimationFrame(() => window.took.push(performance.now() - began));
  }).observe(document.getElementById("main"), { childList: true });
});
"""
"""Notes for every item how many milliseconds after the key it was there, picture included."""


@dataclass
class Reviewed:
    """What a review took: keys by kind of decision, and milliseconds to each next item."""

    keys: list[tuple[str, int]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)

    def per_item(self, *kinds: str) -> float:
        """Return keys for one item of some kinds, 0 where there was none."""
        found = [keys for kind, keys in self.keys if not kinds or kind in kinds]
        return sum(found) / len(found) if found else 0.0


@dataclass
class Keyboard:
    """A page driven by keys; `keys` counts every key but those of names, passwords and texts."""

    page: Page
    address: str
    keys: int = 0

    @classmethod
    def at(cls, context: BrowserContext, address: str) -> Keyboard:
        """Sit down at a page nobody is signed in at."""
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.add_init_script(TIMES)
        page.goto(f"{address}/sign-in")
        return cls(page, address)

    def press(self, key: str) -> None:
        """Press one key."""
        self.keys += 1
        self.page.keyboard.press(key)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the focus stands on what a selector names."""
        for _press in range(MOST_TABS):
            if self.page.evaluate("s => !!document.activeElement && document.activeElement.matches(s)", selector):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {selector} on {self.page.url}")

    def go(self, selector: str) -> None:
        """Go to a link or a button by Tab, press it, and wait for the page it leads to."""
        self.tab_to(selector)
        with self.page.expect_navigation():
            self.press("Enter")

    def sign_in(self, login: str, password: str) -> None:
        """Sign in, signing out first where somebody is signed in."""
        if not self.page.url.endswith("/sign-in"):
            self.go('form[action$="/sign-out"] button')
        # The page puts the focus into the field by itself once it is loaded; what is typed before that is lost.
        self.tab_to("[name=login]")
        self.page.keyboard.type(login)
        self.press("Tab")
        self.page.keyboard.type(password)
        with self.page.expect_navigation():
            self.press("Enter")

    def upload(self, files: Sequence[Path]) -> None:
        """Upload files from the board and wait until they are read.

        The window in which files are chosen is the system's, and whether a browser without a screen opens it is chance:
        the field is reached by keys, then filled.
        """
        self.tab_to("#files")
        self.page.locator("#files").set_input_files(list(files))
        self.go('form[action$="/upload"] button')
        self.wait_for_job()

    def wait_for_job(self) -> None:
        """Wait until the work that was begun is over, as its page tells by itself, and go back to the round."""
        expect(self.page.locator("#job")).to_have_count(0, timeout=PATIENCE)
        # The page of the work loads itself anew when it is over; keys are for what is loaded.
        self.page.wait_for_load_state()
        self.go('main a[href*="/round/"]')

    def publish(self, why: str = "") -> None:
        """Publish from the page of papers, saying why where it is a revision."""
        if why:
            self.tab_to("#why")
            self.page.keyboard.type(why)
        self.tab_to("[name=sure]")
        self.press("Space")
        self.go('form[action$="/publish"] button')
        self.wait_for_job()

    def next_step(self) -> str:
        """Press the board's one button and return where it led; work that it begins is waited for."""
        self.go(".next .main")
        if "/job/" in self.page.url:
            self.wait_for_job()
            return "job"
        return self.page.url

    def work_until_papers(self, label: str, truth: Callable[[str, str], object | None]) -> None:
        """Do what the board asks for next until it leads to the papers; what waits is decided by `truth`.

        Raises:
            AssertionError: it does not after many steps; the board goes on asking for the same.
        """
        for _step in range(MOST_STEPS):
            led_to = self.next_step()
            if led_to.endswith(f"/papers/{label}"):
                return
            if "/review/" in led_to:
                self.review(truth)
                self.page.goto(f"{self.address}/round/{label}")
        raise AssertionError(f"after {MOST_STEPS} steps the board still asks: {self.page.inner_text('.next')}")

    def review(self, truth: Callable[[str, str], object | None], only_must: bool = True) -> Reviewed:
        """Decide what waits as somebody would who holds the paper; `truth` tells value by ward and figure.

        Ends at the first remark, or with the queue.
        """
        done = Reviewed()
        while self.page.locator("#review .decide").count():
            if only_must and self.page.locator("#what .tag.remark").count():
                break
            before, came = self.keys, self.page.evaluate("window.took.length")
            kind = self._decide(truth)
            self.page.wait_for_function("n => window.took.length > n", arg=came)
            done.keys.append((kind, self.keys - before))
        done.times = self.page.evaluate("window.took")
        return done

    def _decide(self, truth: Callable[[str, str], object | None]) -> str:
        """Decide the item that is shown and return how."""
        ward, name = self.page.url.split("?")[0].rsplit("/", 2)[1:]
        if FINDING.fullmatch(name):
            offered = self.page.locator('[data-key="p"]').count()
            self.press("p" if offered else "Enter")
            return "finding"
        printed = self.page.locator("p.value strong").inner_text().removesuffix(" đ").removesuffix("%").strip()
        right = truth(ward, name)
        if right is None:
            self.press("x")
            return "not this figure"
        if plain(printed) == f"{float(str(right)):g}":
            self.press("Enter")
            return "right"
        for key in f"{float(str(right)):.10g}".replace(".", ","):
            self.press(key)
        self.press("Enter")
        return "corrected"


def plain(printed: str) -> str:
    """Return a number as the page prints it in a form to compare: 1.234,5 as 1234.5."""
    return f"{float(printed.replace('.', '').replace(',', '.')):g}"


def truths(key: Mapping[str, Mapping[str, object]]) -> Callable[[str, str], object | None]:
    """Return what tells a figure's value from ward → figure → value."""
    return lambda ward, figure: key.get(ward, {}).get(figure)
