"""Ranges of places against published figures: the example of COINr, an R package for composite indicators.

What is taken from where, and which of its runs can be drawn again here: `coinr/SOURCE.md`.
"""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from scoring.robustness import SWING, Integers, places_of, totals_under, weightings
from scoring.values import CriterionScore, State, WardScore

_DATA = Path(__file__).parent / "coinr"
_PILLARS = ["Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin"]
_CONNECTIVITY = 5
"""The first five pillars make the sub-index of connectivity, the other three that of sustainability."""
_NOISE = 2500
"""Ten-thousandths by which the example's weights vary, on each of the two levels."""
_DECIMALS = 4
_UNIT = 10_000


@pytest.fixture(scope="module")
def pillars() -> pd.DataFrame:
    """Return the published scores of the pillars and the place of each country, by country."""
    return pd.read_csv(_DATA / "pillars.csv", index_col="country", dtype=dict.fromkeys(_PILLARS, str))


@pytest.fixture(scope="module")
def runs() -> pd.DataFrame:
    """Return the published runs: weights of the pillars, places of the countries, how often each was drawn."""
    return pd.read_csv(_DATA / "runs.csv", index_col="run")


@pytest.fixture(scope="module")
def scores(pillars: pd.DataFrame) -> list[WardScore]:
    """Return the countries as scored wards: a criterion of 100 points for each pillar."""
    return [_scored(str(country), row) for country, row in pillars[_PILLARS].iterrows()]


@pytest.fixture(scope="module")
def drawn(scores: list[WardScore]) -> Integers:
    """Return the places under our own weightings, spread over the two levels as the example spreads its noise."""
    varied = _UNIT + (weightings(len(_PILLARS) + 2, 1000) - _UNIT) * _NOISE // SWING
    within, between = varied[:-2].astype(float), varied[-2:].astype(float)
    first, second = within[:_CONNECTIVITY], within[_CONNECTIVITY:]
    share = between / between.sum(axis=0)
    effective = np.vstack([share[0] * first / first.sum(axis=0), share[1] * second / second.sum(axis=0)])
    return places_of(totals_under(scores, "points", _whole(effective), _DECIMALS))


def test_places_of_every_published_run(pillars: pd.DataFrame, runs: pd.DataFrame, scores: list[WardScore]) -> None:
    """Under the weights of each published run every country takes its published place: 1,632 places.

    One differs as it must: there two countries are equal to four decimals, and equal totals share a place.
    """
    ours = places_of(totals_under(scores, "points", _whole(runs[_PILLARS].to_numpy().T), _DECIMALS))

    published = runs[list(pillars.index)].to_numpy()
    others = [(runs.index[run], pillars.index[country]) for run, country in np.argwhere(published != ours.T)]
    assert published.shape == (32, 51)
    assert others == [("ua_r_97", "CZE")]


def test_places_as_published(pillars: pd.DataFrame, scores: list[WardScore]) -> None:
    """Under equal weights of the sub-indexes, and of the pillars in each, the places are the published ones."""
    equal = np.array([[1 / 10] * _CONNECTIVITY + [1 / 6] * 3]).T

    ours = places_of(totals_under(scores, "points", _whole(equal), _DECIMALS))

    assert ours[:, 0].tolist() == pillars["rank"].tolist()


def test_ranges_hold_the_published_places(pillars: pd.DataFrame, runs: pd.DataFrame, drawn: Integers) -> None:
    """No country takes a place in any published run that lies outside the range our weightings give it."""
    published = runs[list(pillars.index)].to_numpy().T

    assert (drawn.min(axis=1) <= published.min(axis=1)).all()
    assert (published.max(axis=1) <= drawn.max(axis=1)).all()


def test_quantiles_as_published(pillars: pd.DataFrame, runs: pd.DataFrame, drawn: Integers) -> None:
    """Mean places and 5 % and 95 % places are those of the 55 published draws, within what so few draws can tell."""
    published = np.repeat(runs[list(pillars.index)].to_numpy(), runs["times"], axis=0).T

    assert published.shape == (51, 55)
    assert _mean_distance(drawn.mean(axis=1), published.mean(axis=1)) < 0.25
    for share in (0.05, 0.95):
        assert _mean_distance(np.quantile(drawn, share, axis=1), np.quantile(published, share, axis=1)) < 0.5


def _mean_distance(ours: np.ndarray, published: np.ndarray) -> float:
    return float(np.abs(ours - published).mean())


def _whole(weights: np.ndarray) -> Integers:
    """Return weights that are shares of one as whole millionths."""
    return np.rint(weights * 1_000_000).astype(np.int64)


def _scored(country: str, row: pd.Series) -> WardScore:
    parts = tuple(
        CriterionScore(country, pillar, State.SCORED, Decimal(row[pillar]), Decimal(100)) for pillar in _PILLARS
    )
    points = sum((part.points for part in parts), Decimal(0))
    return WardScore("2018", country, "", country, "asem", "1", parts, points, Decimal(800), None, Decimal(1))
