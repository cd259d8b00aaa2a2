"""Places: ties, kinds, reasons for none, and what moved them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.scorecards import Grade, Scorecard
from scoring.inputs import Waiver, WardInput
from scoring.rank import places_of, rank
from scoring.score import score
from scoring.values import Ranking, Unranked

from .cases import card_from, figure, round_of, shares, ward


@pytest.fixture(scope="module")
def card(tmp_path_factory: pytest.TempPathFactory) -> Scorecard:
    """Return the small card: 60 points on time (50–100%), 40 online (0–80%)."""
    return card_from(Path(tmp_path_factory.mktemp("card")))


def ranked(card: Scorecard, *wards: WardInput, before: tuple[WardInput, ...] = ()) -> Ranking:
    """Return the ranking of wards, with the previous round's where given."""
    previous = score(round_of(*before, label="2023-Q2"), card) if before else ()
    return rank(score(round_of(*wards), card), card, previous)


class TestPlaces:
    """Who stands where."""

    def test_whole_table(self, card: Scorecard) -> None:
        """Equal totals share a place and the next is skipped, among all and within a kind; classes follow totals."""
        table = ranked(
            card,
            shares("a", 90, 40),
            shares("b", 100, 80, kind="xã"),
            shares("c", 80, 64),
            shares("d", 80, 64, kind="xã"),
            shares("e", 55, 10),
        )

        assert [(r.rank, r.ward, r.total, r.rank_in_kind, r.grade) for r in table.rows] == [
            (1, "b", 100, 1, "Tốt"),
            (2, "a", 68, 1, "Khá"),
            (2, "c", 68, 1, "Khá"),
            (2, "d", 68, 2, "Khá"),
            (5, "e", 11, 3, "Yếu"),
        ]

    def test_ties_are_of_totals_as_shown(self, card: Scorecard) -> None:
        """Totals that read the same are the same: nobody is placed on a digit nobody sees."""
        table = ranked(card, shares("a", "80.001", 64), shares("b", "80.002", 64))

        assert [r.rank for r in table.rows] == [1, 1]

    @given(st.dictionaries(st.text(max_size=3), st.decimals(0, 100, places=1)))
    def test_place_is_one_more_than_those_ahead(self, totals: dict[str, Decimal]) -> None:
        """A place is one more than the number of greater totals: 1, 2, 2, 4."""
        assert places_of(totals) == {k: 1 + sum(o > v for o in totals.values()) for k, v in totals.items()}

    @given(st.permutations(range(5)))
    def test_order_of_wards_changes_no_place(self, card: Scorecard, order: list[int]) -> None:
        """Whatever order wards are given in, each has the same place and total."""
        wards = [shares(f"w{i}", 60 + 7 * (i % 3), 20 * i) for i in range(5)]

        def table(units: list[WardInput]) -> dict[str, tuple[object, ...]]:
            return {r.ward: (r.rank, r.rank_in_kind, r.total) for r in ranked(card, *units).rows}

        assert table([wards[i] for i in order]) == table(wards)

    @given(st.lists(st.integers(50, 100), min_size=2, max_size=6), st.integers(1, 50))
    def test_a_better_figure_never_costs_a_place(self, card: Scorecard, on_time: list[int], better: int) -> None:
        """Raising one ward's figure leaves it where it was or higher, and no other ward higher than before."""
        wards = [shares(f"w{i}", value, 40) for i, value in enumerate(on_time)]
        raised = [shares("w0", min(100, on_time[0] + better), 40), *wards[1:]]

        before, after = ({r.ward: r.rank or 0 for r in ranked(card, *units).rows} for units in (wards, raised))

        assert after["w0"] <= before["w0"]
        assert all(after[w] >= before[w] for w in before if w != "w0")


class TestUnranked:
    """A ward without a place stands in the table with the reason."""

    def test_reasons(self, card: Scorecard) -> None:
        """Who sent nothing, and whom no criterion concerns, has no place; who left figures out has one, at the end."""
        none_applies = tuple(Waiver("other", code, "Lê Thị A", "–") for code in ("on_time", "online"))

        table = ranked(
            card,
            ward("silent", reported=False, received=None),
            shares("other", 90, 80, waivers=none_applies),
            ward("little", dossiers_online=80, dossiers_received=100),
            shares("fine", 100, 80),
        )

        assert [(r.ward, r.rank, r.total, r.unranked) for r in table.rows] == [
            ("fine", 1, 100, Unranked.NONE),
            ("little", 2, 40, Unranked.NONE),
            ("silent", None, None, Unranked.NO_REPORT),
            ("other", None, None, Unranked.NOTHING_SCORED),
        ]
        assert table.rows[2].reason_vi == "chưa gửi báo cáo của kỳ"
        assert table.rows[2].reason_en == "has sent no report for the round"

    def test_provisional(self, card: Scorecard) -> None:
        """A place that waits for us is a place, and says for which criteria it waits."""
        waits = figure("dossiers_online", 40, status="waiting")
        plain = [f for f in shares("a", 80, 0).figures if f.figure != "dossiers_online"]

        table = ranked(card, ward("a", waits, *plain), shares("b", 80, 20))

        assert [(r.ward, r.rank, r.total, r.provisional) for r in table.rows] == [
            ("a", 1, 56, ("online",)), ("b", 2, 46, ())]  # fmt: skip

    def test_minimum_of_each_group(self, card: Scorecard) -> None:
        """A class may need a share of each group's points: strength in one does not make up for nothing in another."""
        grouped = replace(
            card,
            grades=(Grade("Tốt", Decimal(50), Decimal(30)), Grade("Khá", Decimal(40)), Grade("Yếu", Decimal(0))),
            criteria=tuple(replace(c, group=c.code) for c in card.criteria),
        )

        table = ranked(grouped, shares("lame", 100, 0), shares("even", 75, 40))

        assert [(r.ward, r.total, r.weakest, r.grade) for r in table.rows] == [
            ("lame", 60, 0, "Khá"), ("even", 50, 50, "Tốt")]  # fmt: skip


class TestChange:
    """Change of place since the previous round, and why."""

    def test_up_and_down(self, card: Scorecard) -> None:
        """The criterion that moved a ward comes first, measured against what all wards gained."""
        before = (shares("a", 90, 40), shares("b", 80, 40), shares("c", 100, 0))
        now = (shares("a", 90, 40), shares("b", 96, 44), shares("c", 100, 0, kind="xã"))

        rows = {r.ward: r for r in ranked(card, *now, before=before).rows}

        assert [(rows[w].previous_rank, rows[w].rank, rows[w].change) for w in "abc"] == [
            (1, 2, -1), (3, 1, 2), (2, 3, -1)]  # fmt: skip
        assert [(m.criterion, m.then, m.now, m.relative) for m in rows["b"].moves] == [
            ("on_time", Decimal(36), Decimal("55.2"), Decimal("12.8")), ("online", Decimal(20), Decimal(22),
                                                                       Decimal("1.33"))]  # fmt: skip
        assert [m.criterion for m in rows["a"].moves] == ["on_time", "online"]
        assert all(m.relative < 0 for m in rows["a"].moves)

    def test_no_change_needs_no_reason(self, card: Scorecard) -> None:
        """A ward that keeps its place shows no movers."""
        table = ranked(card, shares("a", 90, 40), before=(shares("a", 70, 40),))

        assert (table.rows[0].change, table.rows[0].moves) == (0, ())

    def test_rankings_of_unlike_size(self, card: Scorecard) -> None:
        """Third of three is not third of fifteen: with too few wards in common no change is told."""
        now = [shares(f"w{i}", 90 - i, 40) for i in range(10)]

        def changes(ranked_before: int) -> set[int | None]:
            return {r.change for r in ranked(card, *now, before=tuple(now[:ranked_before])).rows}

        assert changes(7) == {None}
        assert changes(8) == {0, None}

    def test_newly_ranked(self, card: Scorecard) -> None:
        """Without a former place there is no change."""
        before = (ward("a", reported=False, received=None),)

        assert ranked(card, shares("a", 90, 40), before=before).rows[0].change is None


class TestMarks:
    """What a reader should know about the data behind a place."""

    def test_counted_once(self, card: Scorecard) -> None:
        """Marks, decisions, fallbacks, gaps and open findings are counted, the least confidence is kept."""
        unit = ward(
            "a",
            figure("dossiers_early_or_on_time_pct", 98, confidence=0.85),
            figure("dossiers_online", 40, status="marked", findings=("f1", "f2")),
            figure("dossiers_received", 100, decided_by="Một cán bộ", findings=("f2",)),
        )

        marks = ranked(card, unit).rows[0].marks

        assert (marks.open_findings, marks.marked_figures, marks.decided_figures, marks.fallbacks, marks.gaps) == (
            2, 1, 1, 1, 0)  # fmt: skip
        assert marks.least_confidence == 0.85
