"""Points and places of ten thousand drawn wards, reckoned again with pandas and nothing of the product's arithmetic."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest

from catalogue.scorecards import load_scorecard
from scoring.inputs import FigureInput, RoundFigures, WardInput
from scoring.rank import rank
from scoring.rollup import rollup
from scoring.score import score

DUE = date(2024, 9, 15)
WARDS = 10_000
COUNTS = ("dossiers_received", "dossiers_resolved", "dossiers_online", "dossiers_early_or_on_time", "online_payments")
USED = (*COUNTS, "plan_completion_pct", "satisfaction_pct")


@pytest.fixture(scope="module")
def drawn() -> pd.DataFrame:
    """Return drawn wards: figures as whole numbers, a fifth of them not printed, some contradictory, days late."""
    draw = np.random.default_rng(20240915)
    received = draw.integers(1, 2000, WARDS)
    frame = pd.DataFrame({"dossiers_received": received})
    frame["dossiers_resolved"] = (received * draw.uniform(0.5, 1.0, WARDS)).astype(int)
    frame["dossiers_online"] = (received * draw.uniform(0, 1.05, WARDS)).astype(int)
    frame["dossiers_early_or_on_time"] = (frame.dossiers_resolved * draw.uniform(0.7, 1.02, WARDS)).astype(int)
    frame["online_payments"] = (received * draw.uniform(0, 0.8, WARDS)).astype(int)
    frame["plan_completion_pct"] = draw.integers(0, 101, WARDS)
    frame["satisfaction_pct"] = draw.integers(60, 101, WARDS)
    gone = draw.random((WARDS, len(USED))) < 0.2
    frame[list(USED)] = frame[list(USED)].astype("float64").mask(gone)
    frame["late"] = draw.integers(0, 14, WARDS)
    return frame


def as_round(drawn: pd.DataFrame) -> RoundFigures:
    """Return the drawn wards as scoring sees them."""
    wards = []
    for index, row in enumerate(drawn.itertuples()):
        printed = {code: getattr(row, code) for code in USED}
        figures = tuple(FigureInput(code, Decimal(int(value))) for code, value in printed.items() if value == value)
        wards.append(WardInput(f"w{index}", "xã", "W", figures, received=DUE + timedelta(int(row.late))))
    return RoundFigures("2024-Q3", DUE, tuple(wards))


def half_up(values: pd.Series) -> pd.Series:
    """Return values to two decimals, half up; a millionth is added against the dirt of binary fractions."""
    return np.floor(values * 100 + 0.5 + 1e-6) / 100


def share(part: pd.Series, whole: pd.Series) -> pd.Series:
    """Return part over whole in percent to the millionth, missing where a side is, for a whole of 0, or beyond 100."""
    found = (100 * part / whole.where(whole > 0)).round(6)
    return found.where(found <= 100)


def reckoned(drawn: pd.DataFrame) -> pd.Series:
    """Return each ward's total on the default card, from its rules as they are written and from nothing else."""
    on_time = share(drawn.dossiers_early_or_on_time, drawn.dossiers_resolved)
    online = share(drawn.dossiers_online, drawn.dossiers_received)
    payments = share(drawn.online_payments, drawn.dossiers_received)
    satisfied = pd.Series(np.select([drawn.satisfaction_pct >= 95, drawn.satisfaction_pct >= 90,
                                     drawn.satisfaction_pct >= 80], [10.0, 8.0, 5.0], 0.0))  # fmt: skip
    idle = (drawn.dossiers_resolved == 0) & (drawn.dossiers_early_or_on_time == 0)
    points = [
        10 * (10 - drawn.late).clip(lower=0) / 10,
        15 * drawn.plan_completion_pct.clip(upper=75) / 75,
        (20 * (on_time - 80).clip(lower=0) / 20).mask(idle, 20),
        satisfied,
        15 * online.clip(upper=80) / 80,
        5 * payments.clip(upper=50) / 50,
    ]
    return sum((half_up(part.fillna(0)) for part in points), pd.Series(0.0, index=drawn.index))


def test_points_and_places(drawn: pd.DataFrame) -> None:
    """Every total and every place is what an independent reckoning gives."""
    card, figures = load_scorecard(), as_round(drawn)

    rows = {row.ward: row for row in rank(score(figures, card), card).rows}

    totals = reckoned(drawn).round(2)
    places = totals.rank(ascending=False, method="min").astype(int)
    assert [float(rows[f"w{i}"].total or 0) for i in range(WARDS)] == pytest.approx(totals.tolist(), abs=1e-9)
    assert [rows[f"w{i}"].rank for i in range(WARDS)] == places.tolist()


def test_totals(drawn: pd.DataFrame) -> None:
    """Every sum and ratio of the whole, with its coverage, is what an independent reckoning gives."""
    rows = {row.code: row for row in rollup(as_round(drawn)) if row.scope == "all"}

    for code in COUNTS:
        assert (float(rows[code].value or 0), rows[code].covered) == (drawn[code].sum(), drawn[code].notna().sum())
    both = drawn.dropna(subset=["dossiers_online", "dossiers_received"])
    expected = 100 * both.dossiers_online.sum() / both.dossiers_received.sum()
    assert float(rows["online_share"].value or 0) == pytest.approx(expected, abs=1e-6)
    assert rows["online_share"].covered == len(both)
