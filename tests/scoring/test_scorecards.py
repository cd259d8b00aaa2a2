"""Scorecards are data: read whole, or refused with every mistake named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal
from functools import reduce
from operator import getitem
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalogue.figures import figure_definitions
from catalogue.scorecards import Bands, Linear, load_scorecard, read_scorecard, scorecards
from cchc.errors import CatalogueError
from cchc.messages import use_language
from scoring.score import score

from .cases import SMALL_CARD, card_from, one_criterion, round_of, ward


class TestShippedCards:
    """The cards that come with the project."""

    def test_names(self) -> None:
        """A default and one in the manner of Decision 766 ship."""
        assert [card.name for card in scorecards()] == ["mac-dinh", "theo-qd-766", "theo-qd-766"]

    @pytest.mark.parametrize("card", scorecards(), ids=lambda card: card.name)
    def test_whole(self, card) -> None:
        """A card says where it comes from, adds up, and knows its figures."""
        assert card.source
        assert sum(c.points for c in card.criteria) == card.total
        assert set(card.figures) <= set(figure_definitions())

    def test_decision_766_never_called_the_score(self) -> None:
        """The card is named as a manner, not as the national score, and leaves transparency out."""
        card = load_scorecard("theo-qd-766")

        assert "theo cách của" in card.title_vi
        assert card.total == 82
        assert sum(c.points for c in card.criteria if c.code.startswith("digitised")) == 22

    def test_decision_766_by_hand(self) -> None:
        """One commune reckoned by hand after the formulas for communes: every criterion's points, and the total."""
        card = load_scorecard("theo-qd-766")
        printed = {
            "dossiers_received": 200, "dossiers_resolved": 160, "dossiers_early_or_on_time": 150,
            "dossiers_pending_in_time": 30, "dossiers_withdrawn": 6, "dossiers_returned": 4, "dossiers_online": 80,
            "procedures_total": 100, "procedures_online_full": 60, "online_payments": 45, "online_payment_base": 60,
            "satisfaction_pct": 81, "digitised_dossiers": 120, "digitised_results": 100, "digitised_reused_pct": 40,
        }  # fmt: skip

        (found,) = score(round_of(ward("a", **printed), label="2025-Q3"), card)

        assert {c.criterion: c.points for c in found.criteria} == {
            "progress": Decimal("19.00"),  # (150 + 30 + 6 + 4) / 200 = 95 %
            "online_procedures": Decimal("4.50"),  # 60 %, full from 80 %
            "online_services": Decimal("4.80"),  # 40 %, full from 50 %
            "online_payment": Decimal("7.50"),  # 45 of the 60 dossiers with a fee
            "satisfaction": Decimal("16.20"),  # 81 %, full from 90 %
            "digitised_dossiers": Decimal("6.00"),  # 60 %, full from 80 %
            "digitised_results": Decimal("6.25"),  # 62.5 %
            "digitised_reuse": Decimal("3.00"),  # 40 %
        }
        assert found.total == Decimal("82.01")  # 67.25 of 82

    def test_required_figures(self) -> None:
        """A card says which figures a report must print: one of these sets for each criterion, by round."""
        card = load_scorecard()

        assert card.criterion("online").required(3) == (("dossiers_online", "dossiers_received"),)
        assert card.criterion("revenue").required(3) == (
            ("state_revenue_ytd", "state_revenue_target_town"), ("state_revenue_vs_town_pct",))  # fmt: skip
        assert len(card.criterion("revenue").required(4)) == 3
        assert card.criterion("timeliness").required(3) == ()

    @pytest.mark.parametrize("key", ["when_missing", "when_undecided"])
    def test_gaps_are_no_choice(self, tmp_path: Path, key: str) -> None:
        """A card that would leave gaps out is refused: it would reward the ward that leaves figures out."""
        with pytest.raises(CatalogueError, match=rf"card\.yaml:\d+: '{key}' không còn là lựa chọn"):
            card_from(tmp_path, SMALL_CARD.replace("    when_zero: ask\n", f"    when_zero: ask\n    {key}: exclude\n"))

    def test_frozen(self) -> None:
        """A card cannot be changed in memory."""
        with pytest.raises(FrozenInstanceError):
            load_scorecard().total = Decimal(1)  # type: ignore[misc]


class TestReading:
    """What a good file gives."""

    def test_linear_by_round(self, tmp_path: Path) -> None:
        """A target may differ from round to round."""
        card = card_from(tmp_path, SMALL_CARD.replace("target: 80", "target: {1: 20, 2: 40, 3: 60, 4: 80}"))

        assert card.criterion("online").rule == Linear((Decimal(0),) * 4, tuple(map(Decimal, (20, 40, 60, 80))))

    def test_bands_in_any_order(self, tmp_path: Path) -> None:
        """Bands are kept from the lowest up, however they are written; open and closed ends are told apart."""
        text = SMALL_CARD.replace("kind: proportional\n    target: 80", "kind: bands\n    bands:\n"
            "      - {over: 90, points: 40}\n      - {below: 70, points: 0}\n"
            "      - {from: 70, up_to: 90, points: 20}")  # fmt: skip

        rule = card_from(tmp_path, text).criterion("online").rule

        assert isinstance(rule, Bands)
        assert [b.points for b in rule.bands] == [0, 20, 40]
        assert [next(b.points for b in rule.bands if b.holds(Decimal(v))) for v in ("69.99", "70", "90", "90.01")] == [
            0, 20, 20, 40]  # fmt: skip

    def test_grade_bounds_belong_to_the_higher_grade(self, tmp_path: Path) -> None:
        """A total on the bound has the higher class."""
        card = card_from(tmp_path)

        assert [card.grade(Decimal(t)) for t in ("100", "80", "79.99", "50", "0")] == [
            "Tốt",
            "Tốt",
            "Khá",
            "Khá",
            "Yếu",
        ]


def line_of(text: str, part: str) -> int:
    """Return the line of the first line that holds `part`."""
    return next(n for n, line in enumerate(text.splitlines(), 1) if part in line)


MISTAKES = {
    "weights": ("total: 100", "total: 90", "total: 90", "add up to 100"),
    "total too great": ("total: 100", "total: 100000", "total: 100000", "at most 10000"),
    "unknown key": ("valid_to: null", "valid_too: null", "valid_too", "means nothing here"),
    "unknown key of a criterion": ("floor: 50", "flor: 50", "flor", "'flor' means nothing here"),
    "unknown figure": ("over: [dossiers_received]", "over: [dossiers]", "over: [dossiers]", "not in the catalogue"),
    "percentage summed": ("sum: [dossiers_online]", "sum: [satisfaction_pct]", "satisfaction_pct", "use 'printed'"),
    "count as percentage": (
        "printed: dossiers_early_or_on_time_pct", "printed: dossiers_late", "printed", "use 'value'"),
    "units mixed": ("over: [dossiers_received]", "over: [ward_revenue]", "ward_revenue", "cannot be mixed"),
    "no denominator": (", over: [dossiers_received]", "", "sum: [dossiers_online]", "write exactly one"),
    "policy missing": ("    when_zero: ask\n", "", "  online:", "'when_zero' must be one of"),
    "policy unknown": ("when_zero: ask", "when_zero: exclude", "when_zero: exclude", "full, zero, ask"),
    "group beyond all": ("from: 80}", "from: 80, each_group: 101}", "from: 80, each", "must be at most 100"),
    "kind unknown": ("kind: proportional\n    floor", "kind: linear\n    floor", "kind: linear", "proportional, bands"),
    "target below floor": ("target: 100", "target: 40", "target: 40", "must lie above 'floor' (50)"),
    "target not a number": ("target: 80", "target: eighty", "target: eighty", "a number is needed"),
    "target for three rounds": ("target: 80", "target: {1: 1, 2: 2, 3: 3}", "target: {1", "rounds 1, 2, 3, 4"),
    "share beyond 100": ("target: 80", "target: 120", "  online:", "between 0 and 100"),
    "points negative": ("points: 40", "points: -40", "points: -40", "more than 0"),
    "points too fine": ("points: 40", "points: 40.001", "points: 40.001", "more decimals"),
    "grades out of order": ("{name: Khá, from: 50}", "{name: Khá, from: 85}", "grades:", "in order"),
    "grade out of reach": ("{name: Tốt, from: 80}", "{name: Tốt, from: 101}", "grades:", "totals end at 100"),
    "no total": ("total: 100", "total: 0", "total: 0", "more than 0"),
    "too many decimals": ("decimals: 2", "decimals: 5", "decimals: 5", "at most 4"),
    "no lowest grade": ("{name: Yếu, from: 0}", "{name: Yếu, from: 10}", "grades:", "begin at 0"),
    "day not a day": ("valid_from: 2023-01-01", "valid_from: soon", "valid_from", "must be a day"),
    "ends before it begins": ("valid_to: null", "valid_to: 2022-01-01", "valid_to", "exchange"),
    "rounds": ("over: [dossiers_received]}", "over: [dossiers_received], rounds: [5]}", "rounds: [5]", "1, 2, 3, 4"),
    "a round without measure": (
        "over: [dossiers_received]}", "over: [dossiers_received], rounds: [1, 2]}", "    measure:\n", "some round"),
    "no title": ("title: {vi: Trực tuyến, en: Online}", "title: {vi: Trực tuyến}", "{vi: Trực tuyến}", "'en' is mi"),
    "no source": ("source: tests\n", "source: ''\n", "source", "text is needed for 'source'"),
}  # fmt: skip


class TestMistakes:
    """A bad card is refused with file, line and remedy."""

    @pytest.mark.parametrize(("old", "new", "stands", "says"), MISTAKES.values(), ids=MISTAKES)
    def test_named(self, tmp_path: Path, old: str, new: str, stands: str, says: str) -> None:
        """The message names the file, the line on which the mistake stands, and what to do."""
        text = SMALL_CARD.replace(old, new, 1)
        assert text != SMALL_CARD

        with use_language("en"), pytest.raises(CatalogueError) as caught:
            card_from(tmp_path, text)

        said = next(line for line in str(caught.value).splitlines() if says in line)
        last = stands == "    measure:\n"
        expected = max(n for n, line in enumerate(text.splitlines(), 1) if line == "    measure:") if last else 0
        assert said.startswith(f"card.yaml:{expected or line_of(text, stands)}: ")

    def test_all_at_once(self, tmp_path: Path) -> None:
        """One look finds every mistake, each said once."""
        text = SMALL_CARD.replace("target: 80", "target: x").replace("source: tests", "source: ''")

        with use_language("en"), pytest.raises(CatalogueError) as caught:
            card_from(tmp_path, text)

        lines = str(caught.value).splitlines()
        assert [line.split(":")[1] for line in lines if "is needed" in line] == [
            str(line_of(text, "source")), str(line_of(text, "target: x"))]  # fmt: skip
        assert len(lines) == len(set(lines))

    def test_whatever_stands_there(self, tmp_path: Path) -> None:
        """A value of any other kind, wherever it stands, is taken or refused in words of ours with a line."""
        written = yaml.safe_load(SMALL_CARD)
        for keys in ways_into(written):
            for odd in (None, [], {"zz": 1}):
                card = deepcopy(written)
                reduce(getitem, keys[:-1], card)[keys[-1]] = odd
                try:
                    card_from(tmp_path, yaml.dump(card, Dumper=yaml.CSafeDumper))
                except CatalogueError as error:
                    assert all(re.match(r"card\.yaml:\d+: .*[;ày]", line) for line in str(error).splitlines()), error

    def test_in_vietnamese(self, tmp_path: Path) -> None:
        """The office reads its mistakes in Vietnamese."""
        with pytest.raises(CatalogueError, match="cộng lại được 100 điểm"):
            card_from(tmp_path, SMALL_CARD.replace("total: 100", "total: 90"))

    def test_doubled_criterion(self, tmp_path: Path) -> None:
        """A criterion given twice is refused, not silently overwritten."""
        with pytest.raises(CatalogueError, match="khóa 'on_time' có hai lần"):
            card_from(tmp_path, SMALL_CARD.replace("  online:\n", "  on_time:\n"))


def ways_into(value: Any, keys: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value of a file."""
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in below:
        yield (*keys, key)
        yield from ways_into(child, (*keys, key))


BANDS = {
    "gap": ("[{below: 70, points: 0}, {from: 80, points: 40}]", "no band holds the values from 70 to 80"),
    "hole at a bound": ("[{below: 70, points: 0}, {over: 70, points: 40}]", "no band holds the value 70"),
    "overlap": ("[{below: 80, points: 0}, {from: 70, points: 40}]", "overlap at 70"),
    "overlap at a bound": ("[{up_to: 70, points: 0}, {from: 70, points: 40}]", "overlap at 70"),
    "open below": ("[{from: 10, below: 70, points: 0}, {from: 70, points: 40}]", "leave them open"),
    "open above": ("[{below: 70, points: 0}, {from: 70, up_to: 90, points: 40}]", "leave them open"),
    "up and down": (
        "[{below: 50, points: 0}, {from: 50, below: 70, points: 40}, {from: 70, points: 20}]", "rise or only fall"),
    "best is not full": ("[{below: 70, points: 0}, {from: 70, points: 30}]", "must give the 40 points"),
    "two bounds": ("[{below: 70, points: 0}, {from: 70, over: 71, points: 40}]", "keep one"),
    "two open": ("[{points: 0}, {points: 40}]", "overlap"),
    "not a list": ("seventy", "a list is needed"),
}  # fmt: skip


class TestEdges:
    """What is just allowed."""

    @pytest.mark.parametrize(
        ("old", "new"),
        [("valid_to: null", "valid_to: 2023-01-01"), ("{name: Tốt, from: 80}", "{name: Tốt, from: 100}"),
         ("decimals: 2", "decimals: 4"), ("decimals: 2\n", "")],
    )  # fmt: skip
    def test_allowed(self, tmp_path: Path, old: str, new: str) -> None:
        """A card for one day, a class for full totals only, four decimals or the usual two."""
        assert SMALL_CARD.replace(old, new) != SMALL_CARD
        card_from(tmp_path, SMALL_CARD.replace(old, new))

    def test_lateness_must_cost(self, tmp_path: Path) -> None:
        """Bands for days late that give more to the later are refused."""
        bands = [{"up_to": 0, "points": 0}, {"over": 0, "up_to": 5, "points": 5}, {"over": 5, "points": 10}]

        with use_language("en"), pytest.raises(CatalogueError, match="points for lateness must fall"):
            one_criterion(tmp_path, kind="timeliness", bands=bands)

    def test_lateness_in_bands(self, tmp_path: Path) -> None:
        """Lateness may be counted in bands, and only lateness has a day it is counted from."""
        bands = [{"up_to": 0, "points": 10}, {"over": 0, "up_to": 5, "points": 5}, {"over": 5, "points": 0}]

        (criterion,) = one_criterion(tmp_path, kind="timeliness", bands=bands).criteria

        assert isinstance(criterion.rule, Bands)
        assert criterion.arrival is not None and criterion.arrival.trusted_days == 60
        assert all(c.arrival is None for c in card_from(tmp_path).criteria)


class TestBands:
    """Bands hold every value once."""

    @pytest.mark.parametrize(("bands", "says"), BANDS.values(), ids=BANDS)
    def test_refused(self, tmp_path: Path, bands: str, says: str) -> None:
        """Gaps, overlaps and points that go up and down are refused at the line of the bands."""
        text = SMALL_CARD.replace("kind: proportional\n    target: 80", f"kind: bands\n    bands: {bands}")

        with use_language("en"), pytest.raises(CatalogueError) as caught:
            card_from(tmp_path, text)

        where = f":{line_of(text, 'bands:')}: "
        assert any(says in line and where in line for line in str(caught.value).splitlines()), caught.value


class TestVersions:
    """Cards hold from day to day."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """Return a folder with two versions of one card."""
        (tmp_path / "a.yaml").write_text(SMALL_CARD.replace("valid_to: null", "valid_to: 2023-12-31"), "utf-8")
        newer = SMALL_CARD.replace('version: "1"', 'version: "2"').replace("2023-01-01", "2024-01-01")
        (tmp_path / "b.yaml").write_text(newer, "utf-8")
        return tmp_path

    def test_the_one_in_force(self, folder: Path) -> None:
        """The version that holds on the day is taken, the latest without a day."""
        assert load_scorecard("small", date(2023, 12, 31), folder).version == "1"
        assert load_scorecard("small", date(2024, 1, 1), folder).version == "2"
        assert load_scorecard("small", folder=folder).version == "2"

    def test_none_in_force(self, folder: Path) -> None:
        """A day that no version covers is said, with the cards there are."""
        with use_language("en"), pytest.raises(CatalogueError, match=r"'small' holds on 2022-12-31.*: small"):
            load_scorecard("small", date(2022, 12, 31), folder)

    def test_overlapping_versions(self, folder: Path) -> None:
        """Two versions never hold on the same day."""
        (folder / "a.yaml").write_text(SMALL_CARD, "utf-8")

        with (
            use_language("en"),
            pytest.raises(CatalogueError, match=r"b\.yaml:1: versions 1 and 2 of 'small' both hold"),
        ):
            scorecards(folder)

    def test_not_yaml(self, tmp_path: Path) -> None:
        """A file that is no YAML is named."""
        (tmp_path / "x.yaml").write_text("a: [", "utf-8")

        with pytest.raises(CatalogueError, match=r"x\.yaml"):
            read_scorecard(tmp_path / "x.yaml")
