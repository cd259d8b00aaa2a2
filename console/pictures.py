"""Pictures of pages: drawn once in a child process, kept by the hash of the file.

Belongs here: asking for a drawing, keeping it. Stays out: the drawing (`drawing`), which pages are drawn ahead
(`ahead`), who may see which file (`pages.pictures`), where a number stands on it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from console.child import begun
from console.drawing import MOST_PAGES
from parsers.document import Box
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

    def of(self, sha256: str, page: int, boxes: Sequence[Box] | None = None) -> Path:
        """Return where the picture of a page lies, drawing it where it was not drawn yet.

        With the boxes of a scanned page's words it is the picture set straight, as the boxes stand on it.

        Raises:
            DocumentError: the file cannot be drawn, or has no such page.
        """
        return self._drawn(self._wanted, sha256, page, boxes)

    def draw_ahead(self, sha256: str, page: int, boxes: Sequence[Box] | None = None) -> None:
        """Draw a page for which nobody waits yet, behind what somebody waits for; raises as `of` does."""
        self._drawn(self._ahead, sha256, page, boxes)

    def be_ready(self) -> None:
        """Begin the child that draws what somebody waits for, so that nobody waits for its beginning."""
        threading.Thread(target=self._wanted.begin, name="pictures", daemon=True).start()

    def close(self) -> None:
        """Draw nothing more and end the children."""
        self._wanted.end()
        self._ahead.end()

    def _drawn(self, child: _Child, sha256: str, page: int, boxes: Sequence[Box] | None) -> Path:
        """Return where a picture of a page lies, drawn by a child where it was not drawn yet."""
        if not _HASH.fullmatch(sha256) or not 1 <= page <= MOST_PAGES:
            raise DocumentError(Outcome.UNSUPPORTED, _("There is no such page."))
        path = self._place(sha256) / (f"{page}.png" if boxes is None else f"{page}-sheet.png")
        if not path.is_file():
            self._draw(child, sha256, page, boxes)
        if not path.is_file():
            raise DocumentError(Outcome.UNSUPPORTED, _("There is no such page."))
        return path

    def _draw(self, child: _Child, sha256: str, page: int, boxes: Sequence[Box] | None) -> None:
        target = self._place(sha256)
        target.mkdir(parents=True, exist_ok=True)
        with self._archive.original(sha256) as original:
            places = None if boxes is None else [list(box) for box in boxes]
            child.ask({"path": str(original), "target": str(target), "page": page, "boxes": places})

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
            self._process = begun([sys.executable, "-m", "console.drawing", *self._words])
        return self._process
