"""Which page of a report is shown for a number, and by which picture.

Belongs here: the page a place stands on, and whether its picture is the page as it is or the sheet its boxes stand on.
Stays out: what is marked on the page (`passage`), pictures themselves (`pictures`).
"""

from __future__ import annotations

from dataclasses import dataclass

from console.documents import Report
from parsers.document import Box, Document, Page, Place


@dataclass(frozen=True)
class Shown:
    """A page of a file that has pages with geometry; `load` is the report whose boxes a scan's sheet follows."""

    sha256: str
    load: int
    page: Page

    @property
    def is_sheet(self) -> bool:
        """Return whether the page is a scan, shown as the sheet that its boxes stand on."""
        return self.page.source == "ocr"

    @property
    def picture(self) -> str:
        """Return the path of the picture, below the console's prefix."""
        number = self.page.number
        return f"/sheet/{self.load}/{number}.png" if self.is_sheet else f"/picture/{self.sha256}/{number}.png"


def page_shown(report: Report, place: Place | None, page: int | None = None) -> Shown | None:
    """Return the page to show for a place, or the one asked for, None where the format has no pages with geometry."""
    document = report.document
    if document is None or document.format != "pdf" or not document.pages:
        return None
    number = page or (document.page_of(place) if place else None) or 1
    found = next((p for p in document.pages if p.number == number), document.pages[0])
    return Shown(report.row.sha256, report.row.id, found)


def boxes_of(document: Document, page: int) -> list[Box]:
    """Return the boxes of the words of a page, those in tables too."""
    words = [word for block in document.blocks for word in block.words]
    words += [word for block in document.blocks for cell in block.cells for word in cell.words]
    return [word.box for word in words if word.page == page]
