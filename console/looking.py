"""What a person sees of one thing that waits: the value, the doubt, the place, what else it could be.

Belongs here: gathering it for one item of the review. Stays out: the queue (`warehouse.review`), markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import Engine

from catalogue.rules import rule_book
from cchc.formats import percent
from cchc.messages import language, spoken, translator
from console.documents import Documents, Report
from console.passage import PageView, Passage, page_view, passage
from parsers.document import Place
from parsers.judge.doubts import doubt_text
from parsers.reading import Printing
from warehouse.queries import figure_history
from warehouse.review import Item
from warehouse.rows import FigureRow

_ = translator("console")

SURE_TEXT = 0.9
"""Recognition of characters below which a person is told that the picture was hard to read."""
MOST_EARLIER = 6
MOST_QUOTES = 6


@dataclass(frozen=True)
class Other:
    """Another value a figure could have, and why."""

    figure: str
    value: Decimal
    why: str
    proposed: bool = False


@dataclass(frozen=True)
class Look:
    """Everything shown of one item. `rows` are its figures as they count now, the one looked at first."""

    item: Item
    title: str
    rows: tuple[FigureRow, ...]
    reasons: tuple[str, ...]
    others: tuple[Other, ...]
    earlier: tuple[tuple[str, str, Decimal | None], ...]
    quotes: tuple[dict[str, Any], ...]
    page: PageView | None
    passage: Passage | None
    report: Report | None

    @property
    def figure(self) -> str | None:
        """Return the figure that a typed value is for."""
        return self.item.figures[0] if self.item.figures else None

    @property
    def seen(self) -> str:
        """Return what a decision has to have seen, as a form carries it."""
        return f"{self.item.seen.report_id or 0}:{self.item.seen.decision_id}"


def look_at(engine: Engine, documents: Documents, item: Item) -> Look:
    """Return what to show of an item."""
    report = documents.of(item.ward, item.round)
    printed = _printing(report, item)
    place = printed.place if printed else None
    figure = item.figures[0] if item.figures else None
    page = page_view(report, place) if report else None
    return Look(
        item=item,
        title=_title(item),
        rows=item.rows,
        reasons=tuple(_reasons(item, printed)),
        others=tuple(_others(item, report)),
        earlier=tuple(r for r in figure_history(engine, item.ward, figure) if r[0] < item.round)[-MOST_EARLIER:]
        if figure
        else (),
        quotes=tuple(item.finding.quotes[:MOST_QUOTES]) if item.finding else (),
        page=page,
        passage=passage(report, place) if report and page is None else None,
        report=report,
    )


def place_of(report: Report | None, item: Item) -> Place | None:
    """Return where the figure of an item stands, None where it stands nowhere."""
    printed = _printing(report, item)
    return printed.place if printed else None


def _printing(report: Report | None, item: Item) -> Printing | None:
    primaries = report.reading.primaries() if report else {}
    return next((primaries[code] for code in item.figures if code in primaries), None)


def _title(item: Item) -> str:
    if item.finding is None:
        return _("Figure read with doubt")
    rule = rule_book().rules.get(item.finding.rule)
    if rule is None:
        return item.finding.rule
    return rule.name_en if language() == "en" else rule.name_vi


def _reasons(item: Item, printed: Printing | None) -> Iterable[str]:
    """Yield why a person has to look, in sentences."""
    if item.finding is not None:
        yield spoken(item.finding)
    if printed is None:
        return
    doubt = doubt_text(printed)
    if doubt:
        yield doubt
    if printed.malformed:
        yield _("The digits are no number as they are written: {raw}.").format(raw=printed.raw)
    if printed.text_confidence < SURE_TEXT:
        share = percent(100 * printed.text_confidence, 0)
        yield _("The scan is hard to read here; the characters are sure to {share}.").format(share=share)
    if item.finding is None and not doubt and not printed.malformed:
        share = percent(100 * printed.reading_confidence, 0)
        yield _("Whether this number is this figure is sure to {share} only.").format(share=share)


def _others(item: Item, report: Report | None) -> Iterable[Other]:
    """Yield other values of the item's figures: proposals first, then other printings, then readings of the digits."""
    given: set[tuple[str, Decimal]] = set()
    for other in (*_proposals(item), *_printed_elsewhere(item, report)):
        current = next((item.row.printed for _x in (0,) if item.row and item.row.figure == other.figure), None)
        if (other.figure, other.value) not in given and (other.proposed or other.value != current):
            given.add((other.figure, other.value))
            yield other


def _proposals(item: Item) -> Iterable[Other]:
    for offered in item.finding.proposals if item.finding else ():
        why = offered["evidence_en" if language() == "en" else "evidence_vi"]
        yield Other(str(offered["figure"]), Decimal(str(offered["value"])), str(why), proposed=True)


def _printed_elsewhere(item: Item, report: Report | None) -> Iterable[Other]:
    for printed in report.reading.printings if report else ():
        if printed.figure not in item.figures:
            continue
        if printed.rival is not None and printed.primary:
            yield Other(
                printed.figure, printed.rival, _("printed so: {where}").format(where=_("elsewhere in the report"))
            )
        for value in printed.candidates:
            yield Other(printed.figure, value, _("the digits may be meant so: {raw}").format(raw=printed.raw))
        if not printed.primary:
            where = _("page {n}").format(n=printed.page) if printed.page else _("elsewhere in the report")
            yield Other(printed.figure, printed.value, _("printed so: {where}").format(where=where))
