"""Pictures for the guide: `python -m sample.pictures`, over the home of `make run`.

Belongs here: which pages are shown, and how large. Stays out: what is not the office's page (`sample.beside`), the guide's
words (`docs/huong-dan.md`).
"""

from __future__ import annotations

import io
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from catalogue.rounds import parse_round
from cchc.clock import now
from console.app import make_app
from pipelines.settings import Settings, load_settings
from sample import beside
from warehouse.connection import open_warehouse
from warehouse.people import accounts
from warehouse.people.accounts import NewAccount
from warehouse.review import queue

ROUND = "2024-Q3"
FOLDER = Path(__file__).parents[1] / "docs" / "pictures"
PASSWORD = "một mật khẩu để chụp ảnh"  # noqa: S105 (of a copy that is thrown away)
SIZE = {"width": 1280, "height": 800}
COLOURS = 64
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]


def main() -> None:
    """Take the pictures of a copy of the home, so that nothing of it changes."""
    with tempfile.TemporaryDirectory() as folder:
        settings = _copied(load_settings(), Path(folder))
        _add_head(settings)
        port = _serve(settings)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
            page = browser.new_context(viewport=SIZE).new_page()
            page.goto(f"http://localhost:{port}/sign-in")
            page.fill("#login", "hung")
            page.fill("#password", PASSWORD)
            page.click("button.main")
            for name, path in _pages(settings).items():
                page.goto(f"http://localhost:{port}{path}")
                page.wait_for_load_state("networkidle")
                _keep(page.screenshot(), FOLDER / f"{name}.png")
            for name, picture in _beside(page, settings, Path(folder)):
                _keep(picture, FOLDER / f"{name}.png")
            browser.close()


def _beside(page: Page, settings: Settings, folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield picture by picture what is not the office's page."""
    yield "trang-ky-bao-cao", beside.published_page(page, settings, ROUND)
    yield "tiep-nhan", beside.terminal(page, settings, "status", "--round", ROUND)
    yield "dagster", beside.dagster(page, settings)
    sheet = beside.workbook(settings, ROUND, folder)
    if sheet is not None:
        yield "bang-tinh", sheet


def _keep(picture: bytes, path: Path) -> None:
    """Write a picture in few colours: the grain of a scan would make it four times as large."""
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(COLOURS, Image.Quantize.MAXCOVERAGE).save(
        path, optimize=True
    )


def _pages(settings: Settings) -> dict[str, str]:
    """Return picture → page; the review shows a figure of a PDF, with its box."""
    label = parse_round(ROUND).label
    items = queue(open_warehouse(settings.warehouse_url), label)
    shown = next((i for i in items if i.row is not None and i.row.page), items[0])
    return {
        "ky-bao-cao": f"/round/{label}",
        "ra-soat": f"/review/{label}/{shown.key}",
        "don-vi": f"/ward/{shown.ward}/{label}",
        "kiem-tra": f"/sample/{label}",
        "xep-hang": f"/ranking/{label}",
        "tong-hop": f"/totals/{label}",
        "tai-lieu": f"/papers/{label}",
    }


def _copied(settings: Settings, folder: Path) -> Settings:
    shutil.copytree(settings.home, folder / "home", ignore=shutil.ignore_patterns("ocr-cache", "backups"))
    home = folder / "home"
    return replace(
        settings, home=home, warehouse_url=f"sqlite:///{home / 'warehouse.db'}", archive_url=str(home / "archive")
    )


def _add_head(settings: Settings) -> None:
    engine = open_warehouse(settings.warehouse_url)
    known = accounts.account_by(engine, login="hung")
    made = known or accounts.add_account(engine, NewAccount("hung", "Phạm Văn Hùng", "head"), now())
    accounts.set_password(engine, made.id, PASSWORD)


def _serve(settings: Settings) -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    server = uvicorn.Server(uvicorn.Config(make_app(settings), port=port, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.1)
    return port


if __name__ == "__main__":
    main()
