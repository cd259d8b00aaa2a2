"""From the warehouse and back: what is fetched, what is saved, and totals computed again by plain SQL."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import Engine, text

from catalogue.figures import figure_definitions
from catalogue.scorecards import load_scorecard
from catalogue.wards import wards
from cchc.errors import DecisionError
from scoring.explain import Node, explain
from scoring.inputs import ManualMark, RoundFigures, WardInput
from scoring.values import Gap, RollupRow, State, Unranked
from tests.warehouse.made import finding, moment, reading, take_in
from warehouse.decisions import record_decision
from warehouse.publishing import set_round_state
from warehouse.queries import ledger, rank_rows, rollup_rows, score_rows
from warehouse.rows import NewDecision
from warehouse.scores.basis import basis
from warehouse.scores.fetch import history, round_figures
from warehouse.scores.marks import give_mark
from warehouse.scores.store import compute_ranking, compute_rollup, compute_round, compute_scores, current_result

from .cases import one_criterion

ROUND = "2023-Q3"
CARD = load_scorecard()
FULL = {
    "plan_completion_pct": 80, "dossiers_received": 100, "dossiers_resolved": 90, "dossiers_early_or_on_time": 88,
    "dossiers_late": 2, "satisfaction_pct": 97, "dossiers_online": 60, "online_payments": 30,
    "digitised_dossiers": 90, "digitised_base": 100, "digitised_results": 70, "ward_revenue_ytd": "1500000.5",
    "ward_revenue_budget": 2000000}  # fmt: skip


def take_in_round(engine: Engine) -> None:
    """Load a round of six wards with values all different, some silent about some figures."""
    for index, slug in enumerate(list(wards())[:6]):
        values = {f: Decimal(str(v)) - index for f, v in FULL.items() if (index * 7 + len(f)) % 5}
        take_in(engine, reading(slug, ROUND, values))


def row_of(rows: tuple[RollupRow, ...], code: str, scope: str = "all") -> RollupRow:
    """Return one total."""
    return next(r for r in rows if (r.code, r.scope) == (code, scope))


def ward_of(figures: RoundFigures, slug: str) -> WardInput:
    """Return one ward of a round."""
    return next(w for w in figures.wards if w.ward == slug)


class TestFetch:
    """What scoring is given."""

    def test_every_expected_ward(self, engine: Engine) -> None:
        """All fifteen wards stand in the round, silent ones too, and the due day of the calendar."""
        take_in(engine, reading("pho-an"))

        figures = round_figures(engine, ROUND)

        assert [w.ward for w in figures.wards] == list(wards())
        assert [w.ward for w in figures.wards if w.reported] == ["pho-an"]
        assert figures.due.isoformat() == "2023-09-15"

    def test_figure_with_its_place(self, engine: Engine) -> None:
        """A figure comes with value, status, sentence and page, so that every point can be followed to it."""
        take_in(engine, reading("pho-an", figures={"dossiers_late": 3}))

        (figure,) = ward_of(round_figures(engine, ROUND), "pho-an").figures

        assert (figure.figure, figure.value, figure.status, figure.page) == ("dossiers_late", 3, "entered", 1)
        assert (figure.raw, figure.sentence) == ("3", "Số liệu dossiers_late là 3.")

    def test_open_error_and_its_proposal(self, engine: Engine) -> None:
        """A blocked figure keeps its printed value aside and carries what the finding proposes."""
        error = finding("scale_slip", "error", figures=("dossiers_late",), printed="3", proposal=3000)
        take_in(engine, reading("pho-an", figures={"dossiers_late": 3}), (error,))

        (figure,) = ward_of(round_figures(engine, ROUND), "pho-an").figures

        assert (figure.status, figure.value, figure.proposals, figure.findings) == ("blocked", 3, (3000,), (error.key,))

    def test_decision_is_the_value(self, engine: Engine) -> None:
        """What a named person took over counts, with the name; nothing is open any more."""
        error = finding("scale_slip", "error", figures=("dossiers_late",), printed="3", proposal=3000)
        take_in(engine, reading("pho-an", figures={"dossiers_late": 3}), (error,))
        decision = NewDecision(
            "pho-an", ROUND, "propose", "Lê Thị A", "theo câu khác", finding_key=error.key, value=Decimal(3000)
        )
        record_decision(engine, decision, moment(5))

        (figure,) = ward_of(round_figures(engine, ROUND), "pho-an").figures

        assert (figure.status, figure.value, figure.decided_by) == ("entered", 3000, "Lê Thị A")
        assert (figure.proposals, figure.findings) == ((), ())

    def test_first_arrival_counts(self, engine: Engine) -> None:
        """A correction sent later does not make a ward late; the day is the office's, not Greenwich's."""
        evening = moment() + timedelta(hours=17)
        take_in(engine, reading("pho-an", file=1), at=evening)
        take_in(engine, reading("pho-an", file=2), at=evening + timedelta(days=20))

        assert ward_of(round_figures(engine, ROUND), "pho-an").received == (evening + timedelta(hours=7)).date()

    def test_history_knows_what_is_known(self, engine: Engine) -> None:
        """Of the rounds a comparison may use only those in the warehouse are fetched."""
        for label in ("2023-Q2", "2022-Q3", "2021-Q4", ROUND):
            take_in(engine, reading("pho-an", label))

        assert set(history(engine, ROUND)) == {"2023-Q2", "2022-Q3"}

    def test_a_round_without_reports_is_unknown(self, engine: Engine) -> None:
        """That the calendar opened a round, or somebody looked at its ledger, makes no result another one."""
        take_in(engine, reading("pho-an", ROUND, {"dossiers_resolved": 120}))
        card = load_scorecard()
        alone = current_result(engine, ROUND, card), basis(engine, ROUND, card)

        set_round_state(engine, "2023-Q1", "closed")
        ledger(engine, "2023-Q2")

        assert history(engine, ROUND) == {}
        assert (current_result(engine, ROUND, card), basis(engine, ROUND, card)) == alone


class TestBasis:
    """What a round's results follow from."""

    @pytest.mark.parametrize("order", [("2023-Q1", "2023-Q2", ROUND), (ROUND, "2023-Q2", "2023-Q1")])
    def test_order_of_arrival(self, engine: Engine, order: tuple[str, ...]) -> None:
        """Results made before an earlier round's report came are old, and those made after it do not show the order."""
        printed, bases = {"2023-Q1": 80, "2023-Q2": 180, ROUND: 120}, []
        for label in order:
            take_in(engine, reading("pho-an", label, {"dossiers_resolved": printed[label]}))
            bases.append(basis(engine, ROUND, CARD))

        found = row_of(current_result(engine, ROUND, CARD).rollup, "dossiers_resolved").previous

        assert len(set(bases)) == 3
        assert found is not None and (found.now, found.then, found.note) == (120, 100, "quarter_flow")

    def test_a_decision_in_an_earlier_round(self, engine: Engine) -> None:
        """A value that a person sets in the round before changes what totals are compared with."""
        for label in ("2023-Q2", ROUND):
            take_in(engine, reading("pho-an", label, {"dossiers_late": 3}))
        before = basis(engine, ROUND, CARD)

        entered = NewDecision(
            "pho-an", "2023-Q2", "enter", "Lê Thị A", "đã gọi xã", figure="dossiers_late", value=Decimal(4)
        )
        record_decision(engine, entered, moment(9))

        assert basis(engine, ROUND, CARD) != before

    def test_a_later_round_says_nothing(self, engine: Engine) -> None:
        """What comes in for the next round leaves a round's results as they are."""
        take_in(engine, reading("pho-an", ROUND))
        before = basis(engine, ROUND, CARD)

        take_in(engine, reading("pho-an", "2023-Q4"))

        assert basis(engine, ROUND, CARD) == before


class TestRollup:
    """Totals against SQL that knows nothing of the code."""

    def test_sums_by_plain_sql(self, engine: Engine) -> None:
        """Every count and amount, for all wards and each kind, with its coverage, as SQL adds it up."""
        take_in_round(engine)
        blocked = finding("scale_slip", "error", ward="pho-quang", figures=("dossiers_late",), printed="1")
        take_in(engine, reading("pho-quang", ROUND, {"dossiers_late": 500}, file=2), (blocked,))
        take_in(engine, reading("pho-vinh", ROUND, {"dossiers_late": 700}, confidence=0.5))
        by_sql = """
            SELECT v.figure, w.kind, sum(v.value), count(*) FROM figure_value v
            JOIN report r ON r.id = v.report_id AND r.loaded_to IS NULL AND r.round = '2023-Q3'
            JOIN ward w ON w.slug = r.ward
            JOIN figure f ON f.code = v.figure AND f.unit <> 'percent'
            WHERE v.is_primary AND v.confidence >= 0.8 AND NOT EXISTS (
                SELECT 1 FROM finding n JOIN finding_figure b ON b.finding_key = n.key
                WHERE n.ward = r.ward AND n.round = r.round AND n.state = 'open' AND n.severity = 'error'
                  AND b.figure = v.figure)
            GROUP BY v.figure, w.kind"""
        with engine.connect() as connection:
            found = connection.execute(text(by_sql.replace("sum(v.value)", _exact_sum(engine)))).all()

        rows = compute_rollup(engine, ROUND, moment())

        expected = {(figure, kind): (Decimal(total), count) for figure, kind, total, count in found}
        assert {(r.code, r.scope): (r.value, r.covered) for r in rows
                if r.measure == "sum" and r.scope != "all" and r.covered} == expected  # fmt: skip
        for code in {figure for figure, _kind in expected}:
            both = [expected[key] for key in expected if key[0] == code]
            whole = row_of(rows, code)
            assert (whole.value, whole.covered) == (sum(v for v, _ in both), sum(n for _, n in both))

    def test_ratio_by_plain_sql(self, engine: Engine) -> None:
        """Sum over sum, over the wards with both sides, and not the mean of the wards' percentages."""
        take_in_round(engine)
        by_sql = """
            SELECT 100.0 * sum(late.value) / sum(done.value), count(*), avg(100.0 * late.value / done.value)
            FROM figure_current late
            JOIN figure_current done ON done.round = late.round AND done.ward = late.ward
                AND done.figure = 'dossiers_resolved'
            WHERE late.round = '2023-Q3' AND late.figure = 'digitised_results'"""
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                by_sql = by_sql.replace("late.value", "CAST(late.value AS REAL)")
                by_sql = by_sql.replace("done.value", "CAST(done.value AS REAL)")
            ratio, covered, mean = connection.execute(text(by_sql)).one()

        found = row_of(compute_rollup(engine, ROUND, moment()), "digitised_result_share")

        assert found.value == pytest.approx(Decimal(str(ratio)), abs=Decimal("1e-6"))
        assert found.covered == covered
        assert abs(float(ratio) - float(mean)) > 1e-4

    def test_saved_rows(self, engine: Engine) -> None:
        """What is saved is what was computed, row by row."""
        take_in_round(engine)

        rows = compute_rollup(engine, ROUND, moment())

        saved = rollup_rows(engine, ROUND)
        assert [(r.scope, r.measure, r.value, r.numerator, r.denominator, r.wards_counted, r.wards_expected)
                for r in saved] == [
            (r.scope, r.code, r.value, r.numerator, r.denominator, r.covered, r.expected) for r in rows]  # fmt: skip
        assert saved[0].detail["wards"] == list(rows[0].wards)
        assert len(rows) % 3 == 0 and len(rows) > 3 * sum(f.unit != "percent" for f in figure_definitions().values())

    def test_comparison_saved(self, engine: Engine) -> None:
        """The previous round's own quarter is saved beside this one's."""
        for label, value in (("2023-Q1", 80), ("2023-Q2", 180), (ROUND, 120)):
            take_in(engine, reading("pho-an", label, {"dossiers_resolved": value}))

        compute_rollup(engine, ROUND, moment())

        row = next(r for r in rollup_rows(engine, ROUND) if (r.measure, r.scope) == ("dossiers_resolved", "all"))
        assert (row.value, row.previous_value, row.last_year_value) == (120, 100, None)
        assert row.detail["previous"]["note"] == "quarter_flow"


def _exact_sum(engine: Engine) -> str:
    """Return SQL that sums without floating point: SQLite keeps exact numbers as text."""
    if engine.dialect.name != "sqlite":
        return "sum(v.value)"
    return "printf('%d.%06d', sum(CAST(round(CAST(v.value AS REAL) * 1000000) AS INTEGER)) / 1000000, " \
        "sum(CAST(round(CAST(v.value AS REAL) * 1000000) AS INTEGER)) % 1000000)"  # fmt: skip


class TestScoresAndRanking:
    """Points and places in the warehouse."""

    def test_steps_equal_the_whole(self, engine: Engine) -> None:
        """The three steps one by one give what one look gives, and that is what stands saved."""
        take_in_round(engine)

        rollup = compute_rollup(engine, ROUND, moment())
        scores = compute_scores(engine, ROUND, CARD, moment())
        ranking = compute_ranking(engine, ROUND, CARD, moment())
        result = compute_round(engine, ROUND, CARD, moment(1))

        assert (result.rollup, result.scores, result.ranking) == (rollup, scores, ranking)
        assert current_result(engine, ROUND, CARD) == result

    def test_without_news_nothing_is_saved(self, engine: Engine) -> None:
        """Equal figures make no new calculation."""
        take_in_round(engine)
        compute_round(engine, ROUND, CARD, moment())

        compute_round(engine, ROUND, CARD, moment(60))

        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM calculation")).scalar() == 3

    def test_saved_places(self, engine: Engine) -> None:
        """Places, points and reasons stand saved as computed."""
        take_in_round(engine)

        ranking = compute_ranking(engine, ROUND, CARD, moment())

        saved = {r.ward: r for r in rank_rows(engine, ROUND, CARD.name)}
        for row in ranking.rows:
            kept = saved[row.ward]
            assert (kept.rank, kept.total, kept.class_code, kept.rank_in_kind) == (
                row.rank, row.total, row.grade, row.rank_in_kind)  # fmt: skip
            assert kept.completeness == row.completeness * 100
            assert (kept.reason_unranked is None) == (row.rank is not None)
            assert (kept.robustness is None) == (row.rank is None)
        assert sum(r.unranked is Unranked.NO_REPORT for r in ranking.rows) == 9

    def test_saved_points(self, engine: Engine) -> None:
        """Each criterion keeps points, ratio, state, the figures used and the reason of a gap."""
        take_in(engine, reading("pho-an", ROUND, FULL | {"dossiers_early_or_on_time": 90}))

        compute_scores(engine, ROUND, CARD, moment())

        kept = {r.criterion: r for r in score_rows(engine, ROUND, CARD.name, "pho-an")}
        assert list(kept) == [c.code for c in CARD.criteria]
        online, revenue = kept["online"], kept["revenue"]
        assert (online.ratio, online.points, online.max_points, online.state) == (60, Decimal("11.25"), 15, "scored")
        assert {code: figure["value"] for code, figure in online.inputs.items()} == {
            "dossiers_online": "60", "dossiers_received": "100"}  # fmt: skip
        assert (revenue.points, revenue.state, revenue.detail["gap"]) == (0, "held", "not_asked")
        assert revenue.note.startswith("báo cáo không nêu và đơn vị chưa được nhắc: ")
        assert (revenue.detail["low"], revenue.detail["high"]) == ("0", "5")

    def test_blocked_then_decided(self, engine: Engine) -> None:
        """A figure kept out by an error is worth nothing until a person decides, then it counts."""
        error = finding("out_of_range", "error", figures=("satisfaction_pct",), printed="970")
        take_in(engine, reading("pho-an", ROUND, FULL | {"satisfaction_pct": 970}), (error,))
        before = current_result(engine, ROUND, CARD).scores[1].criterion("satisfaction")

        record_decision(
            engine,
            NewDecision(
                "pho-an", ROUND, "enter", "Lê Thị A", "đã gọi xã", figure="satisfaction_pct", value=Decimal(97)
            ),
            moment(9),
        )

        after = current_result(engine, ROUND, CARD).scores[1].criterion("satisfaction")
        assert (before.state, before.gap) == (State.ZERO, Gap.BLOCKED)
        assert (after.state, after.points, after.inputs[0].decided_by) == (State.SCORED, 10, "Lê Thị A")

    def test_explained_down_to_the_sentence(self, engine: Engine) -> None:
        """From the place of a ward one can walk down to the sentence and page of every figure that counted."""
        take_in_round(engine)
        result = current_result(engine, ROUND, CARD)

        for row in result.ranking.rows:
            score = next(s for s in result.scores if s.ward == row.ward)
            tree = explain(row, score, result.ranking, CARD)
            used = {f.figure for c in score.criteria for f in c.inputs}
            assert {node.code for node in walk(tree) if node.kind == "sentence" and node.page} == used


def walk(node: Node) -> list[Node]:
    """Return a node and everything below it."""
    return [node, *(deeper for child in node.children for deeper in walk(child))]


class TestMarks:
    """Marks that people give."""

    def test_recorded_and_counted(self, engine: Engine, tmp_path) -> None:
        """The last marks given count, with who gave them and on what evidence."""
        card = one_criterion(tmp_path, kind="manual")
        take_in(engine, reading("pho-an"))
        for minute, final in ((1, 4), (2, 8)):
            mark = ManualMark("pho-an", "one", Decimal(10), Decimal(7), Decimal(final), "biên bản số 3", "Lê Thị A")
            give_mark(engine, ROUND, card, mark, moment(minute))

        ranking = compute_ranking(engine, ROUND, card, moment(3))
        result = current_result(engine, ROUND, card).scores[1].criteria[0]

        assert ranking.rows[0].total == 80
        assert result.mark is not None
        assert (result.points, result.mark.by, result.mark.evidence) == (8, "Lê Thị A", "biên bản số 3")

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"ward": "nowhere"}, "không phải đơn vị"),
            ({"criterion": "two"}, "không phải tiêu chí do người chấm"),
            ({"by": " "}, "--by"),
            ({"final": None}, "chưa ghi điểm"),
            ({"final": Decimal(11)}, "từ 0 đến 10"),
            ({"self_assessed": Decimal(-1)}, "từ 0 đến 10"),
        ],
    )
    def test_refused(self, engine: Engine, tmp_path, changes: dict[str, object], says: str) -> None:
        """A mark that cannot be is refused with the reason, and leaves no trace."""
        card = one_criterion(tmp_path, kind="manual")
        values = {"ward": "pho-an", "criterion": "one", "final": Decimal(5), "by": "Lê Thị A"} | changes

        with pytest.raises(DecisionError, match=says):
            give_mark(engine, ROUND, card, ManualMark(**values), moment())

        with engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM manual_mark")).scalar() == 0
