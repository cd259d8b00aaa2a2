"""Pictures for the guide of what is not the office's page: published page, workbook, terminal, Dagster.

Belongs here: bringing each of them to a picture with the programs of this machine. Stays out: the office's own page
(`sample.pictures`), the guide's words (`docs/huong-dan.md`).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2 as pdfium
from playwright.sync_api import Page
from rich.console import Console
from rich.text import Text

from console.pages.operators import with_open_groups
from pipelines.settings import Settings

WORKSPACE = Path(__file__).parents[1] / "workspace.yaml"
PROGRAMS = Path(sys.executable).parent
COLUMNS = 132
PATIENCE = 300.0
"""How many seconds a program may take before its picture is given up."""
BEHIND_CONTENTS = 1
"""Page of the printed workbook on which the ranking stands: the first one lists the sheets."""
# DejaVu Sans Mono puts the marks of a last letter beside it.
_HTML = "<pre style='font:13px/1.3 Liberation Mono, monospace;margin:0;padding:12px;display:inline-block'>{code}</pre>"


def published_page(page: Page, settings: Settings, label: str) -> bytes:
    """Return a picture of the page of a round that is handed out."""
    page.goto((settings.outputs / label / f"trang-{label}.html").as_uri())
    return page.screenshot()


def workbook(settings: Settings, label: str, folder: Path) -> bytes | None:
    """Return a picture of the ranking in the workbook as LibreOffice prints it, None where there is no LibreOffice."""
    program = shutil.which("soffice")
    if program is None:
        return None
    source = settings.outputs / label / f"bang-tinh-{label}.xlsx"
    profile = f"-env:UserInstallation={(folder / 'office').as_uri()}"
    call = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(call, check=True, capture_output=True, timeout=PATIENCE)  # noqa: S603 (our own file)
    with pdfium.PdfDocument(folder / f"{source.stem}.pdf") as document:
        picture = BytesIO()
        document[BEHIND_CONTENTS].render(scale=1.0).to_pil().save(picture, format="PNG")
    return picture.getvalue()


def terminal(page: Page, settings: Settings, *words: str) -> bytes:
    """Return a picture of a command and what it prints in a terminal."""
    surroundings = {**os.environ, "CCHC_HOME": str(settings.home), "COLUMNS": str(COLUMNS), "FORCE_COLOR": "1"}
    said = subprocess.run(  # noqa: S603 (our own command)
        [PROGRAMS / "cchc", *words], env=surroundings, check=True, capture_output=True, text=True, timeout=PATIENCE
    ).stdout
    console = Console(record=True, width=COLUMNS, file=StringIO())
    console.print(Text.from_ansi(f"\x1b[1m$ cchc {' '.join(words)}\x1b[0m\n{said}"))
    # Content put into a page stands under that page's rules, which may forbid styles.
    page.goto("about:blank")
    page.set_content(console.export_html(inline_styles=True, code_format=_HTML))
    return page.locator("pre").screenshot()


def dagster(page: Page, settings: Settings) -> bytes:
    """Return a picture of Dagster's graph of assets with its groups open, as the operators' page links to it."""
    with _dagster_of(settings) as address:
        page.set_default_timeout(1000 * PATIENCE)
        page.goto(with_open_groups(address))
        page.get_by_text("ward_ranking").first.wait_for()
        page.wait_for_load_state("networkidle")
        return page.screenshot()


@contextmanager
def _dagster_of(settings: Settings) -> Iterator[str]:
    """Give the address of Dagster's page over a home while it is needed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    homes: Mapping[str, str] = {"CCHC_HOME": str(settings.home), "DAGSTER_HOME": str(settings.home / "dagster")}
    call = [PROGRAMS / "dagster-webserver", "-w", WORKSPACE, "-h", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(  # noqa: S603 (our own command)
        call, env={**os.environ, **homes}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            _wait_for(port)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.5)
    raise TimeoutError("Dagster's page does not begin")
