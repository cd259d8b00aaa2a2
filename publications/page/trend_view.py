"""What the page shows of trends: a chart, what it shows in words, and the same values as a table.

Belongs here: plain values made from the content, of a ward and of the district.
Stays out: drawing (`publications.charts`), HTML.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass

from cchc.messages import translator
from publications import words
from publications.charts import district_chart, district_lines, trend_chart, trend_lines
from publications.content import DistrictPoint, RoundContent

_ = translator("publications")

LONGER = "*"
"""Marks a value that spans more than its quarter."""


@dataclass(frozen=True)
class TrendView:
    """The chart as a data URI, what it shows in words, and a table: rounds across, a line a measure."""

    image: str
    description: str
    rounds: tuple[str, ...]
    lines: tuple[tuple[str, tuple[str, ...]], ...]


def ward_trend(content: RoundContent, slug: str) -> TrendView | None:
    """Return a ward's trends, None where no two rounds can be compared."""
    lines = [(line.code, dict(line.points)) for line in trend_lines(content, slug)]
    rounds = tuple(dict.fromkeys(label for _code, points in lines for label in points))
    table = tuple(
        (
            content.own_title(code),
            tuple(words.amount(points.get(r), content.measure_by_code[code].unit) for r in rounds),
        )
        for code, points in lines
    )
    return _view(trend_chart(content, slug), content.name(slug), rounds, table)


def district_trend(content: RoundContent) -> TrendView | None:
    """Return the trends of the district with the wards each value covers, None where no two rounds can be compared."""
    lines = district_lines(content)
    rounds = tuple(point.round for point in lines[0].points) if lines else ()
    table = tuple(
        (content.own_title(line.code), tuple(_covered(content, line.code, point) for point in line.points))
        for line in lines
    )
    return _view(district_chart(content), content.office.district, rounds, table)


def _view(
    chart: str | None, name: str, rounds: tuple[str, ...], lines: tuple[tuple[str, tuple[str, ...]], ...]
) -> TrendView | None:
    if chart is None:
        return None
    described = _("Trends of {ward}: {measures}. The table below has the same values.")
    return TrendView(
        image="data:image/svg+xml;base64," + base64.b64encode(chart.encode()).decode(),
        description=described.format(ward=name, measures="; ".join(title for title, _values in lines)),
        rounds=rounds,
        lines=lines,
    )


def _covered(content: RoundContent, code: str, point: DistrictPoint) -> str:
    if point.value is None:
        return words.NO_VALUE
    value = words.amount(point.value, content.measure_by_code[code].unit)
    return f"{value}{LONGER if point.longer else ''} ({point.covered}/{point.expected})"
