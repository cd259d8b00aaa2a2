"""A round's results say what they were made from: built once, whoever built it, and again whenever that changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest

from assets import rounds
from assets.builds import built_from, fingerprint
from assets.partitions import WardRound
from pipelines.orchestration.collect import bring_up_to_date
from pipelines.orchestration.definitions import ROUND_JOB, build_defs
from pipelines.orchestration.process import run_round, run_wards
from tests.assets.world import ROUND, World, report, world
from tests.light import light_papers
from warehouse.load import withdraw_report
from warehouse.queries import current_submission, rank_rows


@pytest.fixture
def one(tmp_path: Path) -> Iterator[World]:
    """A round of one report that is loaded and not built yet."""
    with light_papers(), world(tmp_path) as made:
        load(made, tmp_path, "pho-minh", 1)
        yield made


def load(made: World, folder: Path, ward: str, seed: int) -> None:
    """Send and load a report of a ward."""
    made.send(report(folder, ward, seed), ward)
    run_wards(made.house, made.instance, [WardRound(ward, ROUND)])


def brought_up(made: World) -> list[str]:
    """Return the rounds that a collection would build now, and build them."""
    return [run.round for run in bring_up_to_date(made.house, made.instance)]


def test_built_by_the_daemon_is_not_built_again(one: World) -> None:
    """A run of the round's job notes what it was made from, so that the next collection has nothing to do."""
    assert built_from(one.house.engine, ROUND) is None

    job = build_defs(lambda: one.house).resolve_job_def(ROUND_JOB)
    assert job.execute_in_process(instance=one.instance, partition_key=ROUND).success

    assert built_from(one.house.engine, ROUND) == fingerprint(one.house, ROUND)
    assert brought_up(one) == []


def test_what_changes_during_a_build_is_built_again(
    one: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A report that is loaded after the totals were computed makes the finished build an old one."""
    compute = rounds.compute_scores

    def meanwhile(*given: object) -> object:
        monkeypatch.setattr(rounds, "compute_scores", compute)
        load(one, tmp_path, "pho-an", 2)
        return compute(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "compute_scores", meanwhile)

    assert brought_up(one) == [ROUND]
    assert built_from(one.house.engine, ROUND) != fingerprint(one.house, ROUND)
    assert brought_up(one) == [ROUND]
    assert brought_up(one) == []


def test_a_build_that_broke_off_is_none(one: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the papers could not be written, nothing is noted and the round is built again."""
    with monkeypatch.context() as patch:
        patch.setattr(rounds, "publish_round", lambda *_a, **_k: 1 / 0)
        assert not run_round(one.house, one.instance, ROUND).done

    assert built_from(one.house.engine, ROUND) is None
    assert brought_up(one) == [ROUND]


def test_papers_alone_do_not_pass_for_results(one: World, tmp_path: Path) -> None:
    """Papers drafted after a change do not hide that the totals are older than the figures."""
    assert brought_up(one) == [ROUND]
    load(one, tmp_path, "pho-an", 2)

    papers = build_defs(lambda: one.house).resolve_implicit_global_asset_job_def()
    result = papers.execute_in_process(
        instance=one.instance, partition_key=ROUND, asset_selection=[dg.AssetKey("publications")]
    )

    assert result.success
    assert brought_up(one) == [ROUND]


def test_a_round_whose_last_report_left_is_built_again(one: World) -> None:
    """Results do not keep showing a report that was moved to another round."""
    assert brought_up(one) == [ROUND]
    row = current_submission(one.house.engine, "pho-minh", ROUND)
    assert row is not None
    withdraw_report(one.house.engine, row.id, one.house.now())

    assert brought_up(one) == [ROUND]
    assert all(row.rank is None for row in rank_rows(one.house.engine, ROUND, one.house.scorecard))
    assert brought_up(one) == []
