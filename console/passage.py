"""A place of a report as a person sees it: the page with boxes, or the passage with its headings and table.

Belongs here: which blocks to show for a number, and where the number stands on them or on its page.
Stays out: which page that is (`shown`), pictures (`pictures`), markup (templates).

Boxes are in percent of the page, so that a picture may be shown in any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from console.documents import Report
from console.shown import boxes_of, page_shown
from parsers.document import Block, Box, Document, Page, Place
from parsers.reading import Account, AccountKind

AROUND = 4
"""Blocks shown before and behind the one with the number."""
_ROWS = 40
_AIR = 0.4


@dataclass(frozen=True)
class Spot:
    """A rectangle on a page in percent of its width and height, and what it is about."""

    left: float
    top: float
    width: float
    height: float
    kind: str
    title: str = ""
    number: int = -1


@dataclass(frozen=True)
class PageView:
    """One page of a report: its picture, its size in points, and what is marked on it.

    `picture` is the path of the picture: of a scan the sheet that the boxes stand on, else the page as it is.
    """

    picture: str
    page: int
    pages: int
    width: float
    height: float
    spots: tuple[Spot, ...]


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is mark for the number looked at, number for another one, "" for plain text.

    `number` is the place of the number among the report's accounts, -1 where it has none.
    """

    text: str
    kind: str = ""
    number: int = -1


@dataclass(frozen=True)
class CellView:
    """A cell of a table with its spans."""

    pieces: tuple[Piece, ...]
    header: bool
    row_span: int
    column_span: int


@dataclass(frozen=True)
class BlockView:
    """A paragraph, heading or table to show."""

    kind: str
    label: str
    level: int
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[CellView, ...], ...] = ()
    holds: bool = False


@dataclass(frozen=True)
class Passage:
    """The blocks around a number, with the headings above them."""

    headings: tuple[str, ...]
    blocks: tuple[BlockView, ...]


def page_view(report: Report, place: Place | None, page: int | None = None) -> PageView | None:
    """Return the page on which a place stands with its box, None where the format has no pages with geometry."""
    document, shown = report.document, page_shown(report, place, page)
    if document is None or shown is None:
        return None
    found = shown.page
    size = _size(document, found)
    spots = [_spot(box, *size, "number", a.raw, n) for n, a, box in _numbers(report, found.number)]
    if place is not None and document.page_of(place) == found.number and (box := document.box_of(place)) is not None:
        spots.append(_spot(box, *size, "mark"))
    return PageView(shown.picture, found.number, len(document.pages), *size, tuple(spots))


def _size(document: Document, page: Page) -> tuple[float, float]:
    """Return width and height of the sheet that boxes stand on.

    A scan that lies on its side keeps the size it has in the file, while its boxes stand on the sheet turned upright.
    """
    boxes = boxes_of(document, page.number) if page.source == "ocr" else []
    lies = any(box.x1 > page.width + 1 or box.bottom > page.height + 1 for box in boxes)
    return (page.height, page.width) if lies else (page.width, page.height)


def passage(report: Report, place: Place | None, around: int = AROUND) -> Passage | None:
    """Return the blocks around a place, None where no document was kept; without a place the whole report."""
    document = report.document
    if document is None:
        return None
    middle = place.block if place else 0
    chosen = document.blocks if place is None else document.blocks[max(0, middle - around) : middle + around + 1]
    accounts = _by_block(report.reading.accounts)
    return Passage(
        _headings(document, chosen[0].index if chosen else 0),
        tuple(_block_view(block, place, accounts.get(block.index, [])) for block in chosen),
    )


def account_at(report: Report, number: int) -> Account | None:
    """Return a number of the report by its place among the accounts."""
    accounts = report.reading.accounts
    return accounts[number] if 0 <= number < len(accounts) else None


def account_of(report: Report, place: Place) -> int:
    """Return the place among the accounts of the number that stands at a place, -1 where there is none."""
    return next((n for n, a in enumerate(report.reading.accounts) if _same(a.place, place)), -1)


def likely(value: Decimal | None) -> str:
    """Return a number of the report as the form for it takes it."""
    return "" if value is None else f"{value:f}".replace(".", ",")


def _numbers(report: Report, page: int) -> Iterable[tuple[int, Account, Box]]:
    """Yield the numbers of a page that may be a figure the reader missed, each with its box."""
    document = report.document
    assert document is not None
    for number, account in enumerate(report.reading.accounts):
        if account.page == page and account.value is not None and account.kind is not AccountKind.DATE:
            box = document.box_of(account.place)
            if box is not None:
                yield number, account, box


def _spot(box: Box, width: float, height: float, kind: str, title: str = "", number: int = -1) -> Spot:
    left, top = 100 * box.x0 / width - _AIR, 100 * box.top / height - _AIR / 2
    return Spot(
        round(max(left, 0), 2),
        round(max(top, 0), 2),
        round(100 * (box.x1 - box.x0) / width + 2 * _AIR, 2),
        round(100 * (box.bottom - box.top) / height + _AIR, 2),
        kind,
        title,
        number,
    )


def _by_block(accounts: Sequence[Account]) -> dict[int, list[tuple[int, Account]]]:
    found: dict[int, list[tuple[int, Account]]] = {}
    for number, account in enumerate(accounts):
        found.setdefault(account.place.block, []).append((number, account))
    return found


def _headings(document: Document, before: int) -> tuple[str, ...]:
    """Return the headings under which a block stands, outermost first."""
    found: list[Block] = []
    level = 99
    for block in reversed(document.blocks[:before]):
        if block.kind == "heading" and block.level < level:
            found.append(block)
            level = block.level
    return tuple(_labelled(block) for block in reversed(found))


def _labelled(block: Block) -> str:
    return block.text if not block.label or block.text.startswith(block.label) else f"{block.label} {block.text}"


def _block_view(block: Block, place: Place | None, accounts: list[tuple[int, Account]]) -> BlockView:
    here = place is not None and place.block == block.index
    if block.kind == "table":
        return BlockView("table", "", 0, rows=_rows(block, place if here else None, accounts), holds=here)
    own = place if here and place is not None and place.row is None else None
    pieces = _pieces(block.text, own, [(n, a) for n, a in accounts if a.place.row is None])
    label = "" if block.text.startswith(block.label) else block.label
    return BlockView(block.kind, label, block.level, pieces, holds=here)


def _rows(block: Block, place: Place | None, accounts: list[tuple[int, Account]]) -> tuple[tuple[CellView, ...], ...]:
    """Return the rows of a table; of an endless one those around the number, with the head."""
    numbers = sorted({cell.row for cell in block.cells})
    if len(numbers) > _ROWS and place is not None and place.row is not None:
        middle = place.row
        numbers = [n for n in numbers if n < 3 or abs(n - middle) < _ROWS // 2]
    found = []
    for number in numbers:
        cells = sorted((c for c in block.cells if c.row == number), key=lambda c: c.column)
        found.append(
            tuple(
                CellView(
                    _pieces(
                        cell.text,
                        place if place and (place.row, place.column) == (cell.row, cell.column) else None,
                        [(n, a) for n, a in accounts if (a.place.row, a.place.column) == (cell.row, cell.column)],
                    ),
                    cell.header,
                    cell.row_span,
                    cell.column_span,
                )
                for cell in cells
            )
        )
    return tuple(found)


def _pieces(text: str, place: Place | None, accounts: list[tuple[int, Account]]) -> tuple[Piece, ...]:
    """Return a text cut at its numbers."""
    cuts = [(a.place.start, a.place.end, "number", n) for n, a in accounts if a.value is not None]
    if place is not None:
        number = next((n for n, a in accounts if _same(a.place, place)), -1)
        cuts = [cut for cut in cuts if cut[1] <= place.start or place.end <= cut[0]]
        cuts.append((place.start, place.end, "mark", number))
    pieces: list[Piece] = []
    at = 0
    for start, end, kind, number in sorted(cuts):
        if start < at:
            continue
        pieces += [Piece(text[at:start])] if start > at else []
        pieces.append(Piece(text[start:end], kind, number))
        at = end
    return (*pieces, Piece(text[at:])) if at < len(text) or not pieces else tuple(pieces)


def _same(one: Place, other: Place) -> bool:
    alike = (one.block, one.row, one.column) == (other.block, other.row, other.column)
    return alike and one.start < other.end and other.start < one.end
