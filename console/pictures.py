"""Pictures of pages: drawn once in a child process, kept by the hash of the file.

Belongs here: asking for a drawing, keeping it, drawing ahead. Stays out: the drawing (`drawing`), who may see which
file (`pages.pictures`), where a number stands on it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from console.drawing import MOST_PAGES
from parsers.outcomes import Outcome
from pipelines.keeping.archive import Archive

_ = translator("console")

SECONDS = 60.0
"""How long drawing one file may take."""
_HASH = re.compile(r"[0-9a-f]{64}")


class Pictures:
    """The pictures of the pages of PDF files."""

    def __init__(self, archive: Archive, folder: Path) -> None:
        self._archive = archive
        self._folder = folder
        # One child for what somebody waits for, one for what they will ask for next.
        self._wanted, self._ahead = _Child(), _Child("ahead")
        self._behind = ThreadPoolExecutor(1, thread_name_prefix="pictures")
        self._begun: set[str] = set()

    def of(self, sha256: str, page: int) -> Path:
        """Return where the picture of a page lies, drawing it where it was not drawn yet.

        The other pages of the file are drawn behind it, so that the next one is there.

        Raises:
            DocumentError: the file cannot be drawn, or has no such page.
        """
        path = self._drawn(sha256, page, f"{page}.png")
        self.draw_ahead(sha256)
        return path

    def sheet(self, sha256: str, page: int, boxes: list[list[float]]) -> Path:
        """Return where the picture of a scanned page lies, set straight as the boxes of its words stand on it.

        Raises:
            DocumentError: the file cannot be drawn, or has no such page.
        """
        return self._drawn(sha256, page, f"{page}-sheet.png", boxes)

    def draw_ahead(self, sha256: str) -> None:
        """Draw every page of a file behind the scenes, once."""
        if sha256 not in self._begun:
            self._begun.add(sha256)
            self._behind.submit(self._draw, self._ahead, sha256, None)

    def be_ready(self) -> None:
        """Begin the child that draws what somebody waits for, so that nobody waits for its beginning."""
        self._behind.submit(self._wanted.begin)

    def close(self) -> None:
        """Draw nothing more and end the children."""
        self._behind.shutdown(wait=False, cancel_futures=True)
        self._wanted.end()
        self._ahead.end()

    def _drawn(self, sha256: str, page: int, name: str, boxes: list[list[float]] | None = None) -> Path:
        """Return where a picture of a page lies, drawing it where it was not drawn yet; raises as `of` does."""
        if not _HASH.fullmatch(sha256) or not 1 <= page <= MOST_PAGES:
            raise DocumentError(Outcome.UNSUPPORTED, _("There is no such page."))
        path = self._place(sha256) / name
        if not path.is_file():
            self._draw(self._wanted, sha256, page, boxes)
        if not path.is_file():
            raise DocumentError(Outcome.UNSUPPORTED, _("There is no such page."))
        return path

    def _draw(self, child: _Child, sha256: str, page: int | None, boxes: list[list[float]] | None = None) -> None:
        target = self._place(sha256)
        target.mkdir(parents=True, exist_ok=True)
        with self._archive.original(sha256) as original:
            child.ask({"path": str(original), "target": str(target), "page": page, "boxes": boxes})

    def _place(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256


class _Child:
    """A process that draws, one order at a time, begun when first needed and anew after it broke."""

    def __init__(self, *words: str) -> None:
        self._words = words
        self._process: subprocess.Popen[str] | None = None
        self._lock = threading.Lock()

    def ask(self, order: dict[str, object]) -> None:
        """Have something drawn.

        Raises:
            DocumentError: it cannot be drawn, takes too long, or breaks the child.
        """
        with self._lock:
            process = self._alive()
            assert process.stdin is not None
            assert process.stdout is not None
            ender = threading.Timer(SECONDS, process.kill)
            ender.start()
            try:
                process.stdin.write(json.dumps(order) + "\n")
                process.stdin.flush()
                answer = process.stdout.readline()
            except (BrokenPipeError, OSError):
                answer = ""
            finally:
                ender.cancel()
        if "pages" not in (json.loads(answer) if answer else {}):
            raise DocumentError(Outcome.CRASHED, _("The page cannot be drawn; open the original file instead."))

    def begin(self) -> None:
        """Begin the process before anything is to be drawn."""
        with self._lock:
            self._alive()

    def end(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def _alive(self) -> subprocess.Popen[str]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(  # noqa: S603 (our own child, no word from outside)
                [sys.executable, "-m", "console.drawing", *self._words],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        return self._process
