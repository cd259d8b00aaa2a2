"""Small rounds and cards that the tests of scoring are told in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from catalogue.scorecards import Scorecard, read_scorecard
from scoring.inputs import FigureInput, RoundFigures, WardInput

DUE = date(2023, 9, 15)

SMALL_CARD = """\
name: small
version: "1"
title: {vi: Bảng nhỏ, en: Small card}
source: tests
valid_from: 2023-01-01
valid_to: null
total: 100
decimals: 2
grades:
  - {name: Tốt, from: 80}
  - {name: Khá, from: 50}
  - {name: Yếu, from: 0}
criteria:
  on_time:
    title: {vi: Đúng hạn, en: On time}
    points: 60
    kind: proportional
    floor: 50
    target: 100
    share: true
    measure:
      - {sum: [dossiers_early_or_on_time], over: [dossiers_resolved]}
      - {printed: dossiers_early_or_on_time_pct}
    when_zero: full
  online:
    title: {vi: Trực tuyến, en: Online}
    points: 40
    kind: proportional
    target: 80
    share: true
    measure:
      - {sum: [dossiers_online], over: [dossiers_received]}
    when_zero: ask
"""


def figure(code: str, value: object, **details: Any) -> FigureInput:
    """Return one figure that counts, unless `status` says otherwise."""
    return FigureInput(figure=code, value=Decimal(str(value)), **details)


def ward(slug: str, *figures: FigureInput, kind: str = "phường", **values: Any) -> WardInput:
    """Return a ward that reported in time; `values` are figures by code, or fields of the ward."""
    fields = {
        k: values.pop(k) for k in ("reported", "received", "report_date", "marks", "waivers", "asked") if k in values
    }
    plain = tuple(figure(code, value) for code, value in values.items())
    fields.setdefault("received", DUE)
    return WardInput(ward=slug, kind=kind, name=slug.title(), figures=(*figures, *plain), **fields)


def shares(slug: str, on_time: object, online: object, *figures: FigureInput, **details: Any) -> WardInput:
    """Return a ward with so many of 100 dossiers resolved on time and of 100 received online."""
    return ward(
        slug,
        *figures,
        dossiers_early_or_on_time=on_time,
        dossiers_resolved=100,
        dossiers_online=online,
        dossiers_received=100,
        **details,
    )


def round_of(*wards: WardInput, label: str = "2023-Q3") -> RoundFigures:
    """Return a round of those wards."""
    return RoundFigures(label, DUE, wards)


def card_from(folder: Path, text: str = SMALL_CARD) -> Scorecard:
    """Return the card that a text gives."""
    path = folder / "card.yaml"
    path.write_text(text, encoding="utf-8")
    return read_scorecard(path)


def one_criterion(folder: Path, **keys: Any) -> Scorecard:
    """Return a card with one criterion of 10 points, given by its YAML keys."""
    card = yaml.safe_load(SMALL_CARD)
    base = {"title": {"vi": "Một", "en": "One"}, "points": 10}
    card |= {"total": 10, "criteria": {"one": base | keys}}
    return card_from(folder, yaml.safe_dump(card, allow_unicode=True, sort_keys=False))
