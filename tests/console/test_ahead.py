"""What a review will show is ready before anybody asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from console.ahead import Ahead
from console.documents import Documents
from parsers.document import Box, Page
from tests.console.desk import ROUND, Desk, load, paged_report, word_report


class Drawn:
    """Pictures that only note what was to be drawn: file, page, and whether set straight by its boxes."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, bool]] = []

    def draw_ahead(self, sha256: str, page: int, boxes: Sequence[Box] | None = None) -> None:
        """Note a page."""
        self.asked.append((sha256, page, boxes is not None))


def prepared(desk: Desk, times: int = 1) -> Drawn:
    """Return what is drawn where the round is made ready some times, one after the other."""
    drawn = Drawn()
    ahead = Ahead(desk.engine, Documents(desk.engine), drawn)  # type: ignore[arg-type]
    for _time in range(times):
        ahead.prepare(ROUND)
        ahead._behind.submit(lambda: None).result()
    ahead.close()
    return drawn


class TestPrepare:
    def test_the_pages_on_which_something_waits_are_drawn(self, desk: Desk) -> None:
        """Of a PDF the page of a waiting figure is drawn; what is sure and what has no pages is not."""
        waiting, document = paged_report({"dossiers_received": ("276", 0.5), "dossiers_resolved": ("270", 1.0)})
        further = replace(document, pages=(*document.pages, Page(2, 595, 842)))
        load(desk, (waiting, further))
        load(desk, word_report({"dossiers_received": ("276", 0.5)}, ward="pho-van"))

        assert prepared(desk).asked == [(document.sha256, 1, False)]

    def test_a_scan_is_drawn_as_the_sheet_its_boxes_stand_on(self, desk: Desk) -> None:
        """Setting a scan straight takes longest; a person who comes to it does not wait for that."""
        waiting, document = paged_report({"dossiers_received": ("276", 0.5)})
        load(desk, (waiting, replace(document, pages=(Page(1, 595, 842, "ocr"),))))

        assert prepared(desk).asked == [(document.sha256, 1, True)]

    def test_what_is_ready_is_not_made_ready_again(self, desk: Desk) -> None:
        """The board may ask as often as it is shown."""
        load(desk, paged_report({"dossiers_received": ("276", 0.5)}))

        assert len(prepared(desk, times=3).asked) == 1
