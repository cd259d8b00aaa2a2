"""Line charts of a figure over rounds, as plain values a template draws.

Belongs here: where points and labels stand. Stays out: markup, colours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, HEIGHT = 320, 90
_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 18, 20


@dataclass(frozen=True)
class Point:
    """A value at its place in the chart."""

    x: float
    y: float
    label: str
    value: Decimal


@dataclass(frozen=True)
class Line:
    """A line over rounds; `path` joins the points for an SVG polyline."""

    points: tuple[Point, ...]
    path: str


def line(values: Sequence[tuple[str, Decimal | None]]) -> Line | None:
    """Return the line through the values of rounds, None where fewer than two are known.

    The axis begins at 0, so that a small change does not look like a great one.
    """
    known = [(place, label, value) for place, (label, value) in enumerate(values) if value is not None]
    if len(known) <= 1:
        return None
    highest = max(*(value for _p, _l, value in known), Decimal(1))
    lowest = min(*(value for _p, _l, value in known), Decimal(0))
    step = (WIDTH - _LEFT - _RIGHT) / max(len(values) - 1, 1)
    points = tuple(
        Point(
            round(_LEFT + place * step, 1),
            round(_TOP + (HEIGHT - _TOP - _BOTTOM) * float((highest - value) / (highest - lowest)), 1),
            label,
            value,
        )
        for place, label, value in known
    )
    return Line(points, " ".join(f"{p.x},{p.y}" for p in points))
