"""Whatever stands in a file, it is read as a card or refused by name: no card breaks the program."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue.scorecards import Scorecard
from cchc.errors import CatalogueError
from scoring.score import score

from .cases import SMALL_CARD, card_from, round_of, shares

ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 200), st.floats(), st.text(max_size=5), st.dates(),
    st.lists(st.sampled_from(["dossiers_late", "satisfaction_pct", "", "-", "ward_revenue", 3]), max_size=3),
    st.dictionaries(st.sampled_from(["points", "from", "below", "sum", "over", "vi"]), st.integers(0, 100), max_size=3),
    st.sampled_from(["bands", "timeliness", "manual", "yes_no", "inverse", "hold", "exclude"]),
)  # fmt: skip


def paths(value: Any, *before: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the path to every value of a nested card."""
    if before:
        yield before
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in items:
        yield from paths(child, *before, key)


PATHS = list(paths(yaml.safe_load(SMALL_CARD)))


def changed(path: tuple[Any, ...], odd: Any, drop: bool) -> str:
    """Return the small card with one value replaced or left out."""
    card = yaml.safe_load(SMALL_CARD)
    holder = card
    for key in path[:-1]:
        holder = holder[key]
    if drop:
        del holder[path[-1]]
    else:
        holder[path[-1]] = odd
    return str(yaml.safe_dump(card, allow_unicode=True, sort_keys=False))


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATHS), ODD, st.booleans())
def test_read_or_refused(path: tuple[Any, ...], odd: Any, drop: bool) -> None:
    """A card with any one value replaced or missing is refused with its line, or scores a ward within its points."""
    text = changed(path, odd, drop)
    with tempfile.TemporaryDirectory() as folder:
        try:
            card = card_from(Path(folder), text)
        except CatalogueError as error:
            assert str(error).startswith("card.yaml:") or "không đúng cú pháp YAML" in str(error)
            return

    assert isinstance(card, Scorecard)
    for criterion in score(round_of(shares("a", 90, 40)), card)[0].criteria:
        assert 0 <= criterion.points <= criterion.max_points


@pytest.mark.parametrize(
    "text", ["", "- a\n- b\n", "just text", "name: x\n", "criteria: []\n", "grades: {}\ncriteria: 3\n"]
)
def test_no_card_at_all(tmp_path: Path, text: str) -> None:
    """A file that is something else is refused with its lines."""
    with pytest.raises(CatalogueError, match=r"card\.yaml:1: "):
        card_from(tmp_path, text)
