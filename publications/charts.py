"""Charts of a round as SVG.

Belongs here: matplotlib: totals of the ranking, points by criterion, trends of a ward and of the district.
Stays out: the papers that show them, and anything a table says better.

Equal content gives equal bytes: ids are salted with a constant and no date is written. Text stays text, so that a
chart can be searched and read aloud; it is never taken for mathematics. Trends are kept while the process lives: the
drafts, the publication and each revision of a round show nearly the same ones, and drawing them takes longer than all
else in the papers.
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from cchc.messages import translator
from publications import words
from publications.content import DistrictPoint, DistrictSeries, RoundContent, Series
from publications.measures import DISTRICT_MEASURES, MAIN_MEASURES
from scoring.values import RankRow, State

_ = translator("publications")

ACCENT = "#1F4E79"
_SOFT = "#9DC3E6"
_GREY = "#767676"
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "cchc",
    "svg.fonttype": "none",
    "text.parse_math": False,
    "font.family": ["DejaVu Sans"],
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": _GREY,
}
_TITLE_WIDTH = 34
_COLUMN = 0.66
"""Inches a criterion takes across: a title of two lines beside another touches none of them."""
_LABEL: dict[str, Any] = {"ha": "center", "fontsize": 8}
_PAPER = {"boxstyle": "square,pad=0.05", "facecolor": "white", "edgecolor": "none", "alpha": 0.8}
"""Behind a label, so that a line that passes does not strike it out."""
_KEPT = 256
"""How many drawn trends are kept, of 40 kB each: two rounds of a province."""


@dataclass(frozen=True)
class _Line:
    """All that one small chart shows: its title, a value and its label for each round, and the places drawn hollow."""

    title: str
    marks: tuple[str, ...]
    values: tuple[float | None, ...]
    labels: tuple[str, ...]
    hollow: frozenset[int] = frozenset()


def ranking_chart(content: RoundContent) -> str:
    """Return the totals of the ranked wards as bars, best on top, with the range that open questions leave."""
    rows = [row for row in content.ranking if row.rank is not None and row.total is not None]
    with _figure(7.0, 0.6 + 0.3 * max(len(rows), 1)) as figure:
        axes = figure.add_subplot()
        totals = [float(row.total or 0) for row in rows]
        axes.barh(range(len(rows)), totals, color=ACCENT, height=0.66)
        _draw_ranges(axes, rows)
        axes.set_yticks(range(len(rows)), [f"{row.rank}. {row.name}" for row in rows])
        axes.invert_yaxis()
        axes.set_xlim(0, 112)
        axes.set_xticks([])
        axes.spines["bottom"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        for place, row in enumerate(rows):
            axes.text(_label_at(row), place, words.points(row.total), va="center", color="black")
        return _svg(figure)


def criteria_chart(content: RoundContent) -> str:
    """Return the share of points each ranked ward has for each criterion as a shaded grid.

    A dot is left out, a question mark after a number waits for a person.
    """
    rows = [row for row in content.ranking if row.rank is not None]
    criteria = content.scorecard.criteria
    with _figure(1.6 + _COLUMN * len(criteria), 2.3 + 0.27 * max(len(rows), 1)) as figure:
        axes = figure.add_subplot()
        for across, criterion in enumerate(criteria):
            for down, row in enumerate(rows):
                score = content.score_by_ward[row.ward].criterion(criterion.code)
                out = score.state is State.EXCLUDED
                share = 0.0 if out or not score.max_points else float(score.points / score.max_points)
                waits = "?" if score.state is State.HELD else ""
                axes.text(across, down, "·" if out else f"{share * 100:.0f}{waits}", **_cell_text(share, out))
                axes.add_patch(_square(across, down, share, out))
        axes.set_xlim(-0.5, len(criteria) - 0.5)
        axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
        axes.xaxis.tick_top()
        titles = [_wrapped(c.title) for c in criteria]
        axes.set_xticks(range(len(criteria)), titles, rotation=40, ha="left", fontsize=8)
        axes.set_yticks(range(len(rows)), [row.name for row in rows])
        axes.tick_params(length=0)
        for spine in axes.spines.values():
            spine.set_visible(False)
        return _svg(figure)


def trend_chart(content: RoundContent, ward: str) -> str | None:
    """Return a ward's main measures over the rounds as small charts, None where no two rounds can be compared."""
    lines = [line for line in trend_lines(content, ward) if sum(v is not None for _label, v in line.points) > 1]
    if not lines:
        return None
    return _small_charts(tuple(_ward_line(content, line) for line in lines), 2.1)


def trend_lines(content: RoundContent, ward: str) -> Sequence[Series]:
    """Return the series of a ward that trend charts show, in their order."""
    by_code = {line.code: line for line in content.series if line.ward == ward}
    return [by_code[code] for code in MAIN_MEASURES if code in by_code]


def district_chart(content: RoundContent) -> str | None:
    """Return the district's main measures over the rounds, None where no two rounds can be compared.

    Under each round stand the wards it covers; a mark is hollow where they are not all.
    """
    lines = [line for line in district_lines(content) if sum(p.value is not None for p in line.points) > 1]
    if not lines:
        return None
    return _small_charts(tuple(_district_line(content, line) for line in lines), 2.3)


def district_lines(content: RoundContent) -> Sequence[DistrictSeries]:
    """Return the series of the district that charts show, in their order."""
    by_code = {line.code: line for line in content.district}
    return [by_code[code] for code in DISTRICT_MEASURES if code in by_code]


def _is_partial(point: DistrictPoint) -> bool:
    return point.covered < point.expected


def _ward_line(content: RoundContent, line: Series) -> _Line:
    marks = [_round_mark(label) for label, _value in line.points]
    return _line(content, line.code, [value for _label, value in line.points], marks)


def _district_line(content: RoundContent, line: DistrictSeries) -> _Line:
    marks = [_round_mark(p.round) + (f"\n{p.covered}/{p.expected}" if p.expected else "") for p in line.points]
    hollow = frozenset(n for n, p in enumerate(line.points) if p.value is not None and _is_partial(p))
    return _line(content, line.code, [p.value for p in line.points], marks, hollow)


def _line(
    content: RoundContent,
    code: str,
    values: Sequence[Decimal | None],
    marks: Sequence[str],
    hollow: frozenset[int] = frozenset(),
) -> _Line:
    unit = content.measure_by_code[code].unit
    return _Line(
        title=_wrapped(content.own_title(code)),
        marks=tuple(marks),
        values=tuple(None if value is None else float(value) for value in values),
        labels=tuple(words.amount(value, unit) for value in values),
        hollow=hollow,
    )


@lru_cache(maxsize=_KEPT)
def _small_charts(lines: tuple[_Line, ...], height: float) -> str:
    """Return lines as small charts of some inches, two beside each other; equal lines are drawn once."""
    down = -(-len(lines) // 2)
    with _figure(8.4, height * down) as figure:
        for place, line in enumerate(lines, start=1):
            _draw_line(figure.add_subplot(down, 2, place), line)
        return _svg(figure)


def _draw_line(axes: Axes, line: _Line) -> None:
    known = [float("nan") if value is None else value for value in line.values]
    axes.plot(range(len(known)), known, color=ACCENT, marker="o", markersize=4, linewidth=1.6)
    axes.set_title(line.title, fontsize=8.5, loc="left")
    axes.set_xticks(range(len(known)), list(line.marks), fontsize=8)
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    axes.margins(x=0.1, y=0.35)
    for place, (value, label) in enumerate(zip(line.values, line.labels, strict=True)):
        if value is not None:
            axes.annotate(label, (place, value), (0, 7), textcoords="offset points", bbox=_PAPER, **_LABEL)
    for place in sorted(line.hollow):
        axes.plot(place, known[place], marker="o", markersize=4, color="white", markeredgecolor=ACCENT)


def _draw_ranges(axes: Axes, rows: Sequence[RankRow]) -> None:
    for place, row in enumerate(rows):
        firm = row.robustness
        if firm and firm.total_low != firm.total_high:
            axes.hlines(place, float(firm.total_low), float(firm.total_high), color=_SOFT, linewidth=3)


def _label_at(row: RankRow) -> float:
    high = row.robustness.total_high if row.robustness else Decimal(0)
    return float(max(row.total or Decimal(0), high)) + 1


def _cell_text(share: float, out: bool) -> dict[str, Any]:
    light = share > 0.55 and not out
    return {"ha": "center", "va": "center", "fontsize": 7.5, "color": "white" if light else "black"}


def _square(across: int, down: int, share: float, out: bool) -> Rectangle:
    colour = "#FFFFFF" if out else mpl.colors.to_hex(mpl.colormaps["Blues"](0.08 + 0.82 * share))
    return mpl.patches.Rectangle(
        (across - 0.48, down - 0.46), 0.96, 0.92, facecolor=colour, edgecolor="#D9D9D9", zorder=0
    )


def _round_mark(label: str) -> str:
    year, _dash, number = label.partition("-")
    return f"{number}\n{year}"


def _wrapped(title: str, width: int = _TITLE_WIDTH) -> str:
    """Return a title broken into lines, never cut."""
    return "\n".join(textwrap.wrap(title, width))


@contextmanager
def _figure(width: float, height: float) -> Iterator[Figure]:
    """Give a figure of that size in inches, in the papers' style."""
    with mpl.rc_context(_STYLE):
        yield Figure(figsize=(width, height), layout="constrained")


def _svg(figure: Figure) -> str:
    target = io.StringIO()
    figure.savefig(target, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return target.getvalue()
