"""The ward assets: one run over many wards, a verdict for each, exactly the bad ones failed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import dagster as dg
import pytest

from assets.partitions import WardRound
from pipelines.orchestration.process import run_wards
from tests.assets.world import ROUND, World, report, world
from warehouse.publishing import runs
from warehouse.queries import figures_long, report_of

WARDS = ("pho-ninh", "pho-minh", "pho-vinh")
FIGURES = dg.AssetKey("figures")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Three neighbours: two good reports, between them one that is cut short."""
    folder = tmp_path_factory.mktemp("three")
    with world(folder) as made:
        made.send(report(folder, "pho-ninh", 1), "pho-ninh")
        made.send(report(folder, "pho-vinh", 2), "pho-vinh")
        broken = folder / "broken.docx"
        broken.write_bytes(report(folder, "pho-minh", 3).read_bytes()[:9000])
        made.send(broken, "pho-minh")
        yield made


def keys(*wards: str) -> set[str]:
    """Return partition keys of the round."""
    return {WardRound(ward, ROUND).key for ward in wards}


def test_good_wards_are_done_and_exactly_the_bad_one_failed(three: World) -> None:
    """One run: the good are loaded and materialised, the bad one has a named outcome and no materialisation."""
    verdicts = run_wards(three.house, three.instance, [WardRound(ward, ROUND) for ward in WARDS])

    assert {v.ward: (v.reached, v.outcome) for v in verdicts} == {
        "pho-ninh": ("figures", "loaded"),
        "pho-minh": ("submission", "damaged"),
        "pho-vinh": ("figures", "loaded"),
    }
    assert three.instance.get_materialized_partitions(FIGURES) == keys("pho-ninh", "pho-vinh")
    assert three.instance.get_materialized_partitions(dg.AssetKey("submission")) == keys(*WARDS)
    last = three.instance.get_runs(limit=1)[0]
    assert last.status is dg.DagsterRunStatus.FAILURE
    assert report_of(three.house.engine, "pho-minh", ROUND) is None
    assert [(r.ward, r.outcome) for r in runs(three.house.engine, ROUND) if r.outcome != "loaded"] == [
        ("pho-minh", "damaged")
    ]


def test_every_figure_shows_its_sentence(three: World) -> None:
    """What was loaded cites its sentence, and the printed characters stand in it."""
    rows = [row for row in figures_long(three.house.engine, ROUND) if row.printed is not None]

    assert len(rows) > 20
    assert all(row.raw in row.sentence for row in rows)


def test_running_again_changes_nothing(three: World) -> None:
    """A second run of a loaded ward is unchanged and loads nothing."""
    before = report_of(three.house.engine, "pho-ninh", ROUND)

    (verdict,) = run_wards(three.house, three.instance, [WardRound("pho-ninh", ROUND)])

    assert (verdict.outcome, verdict.changed) == ("unchanged", False)
    assert report_of(three.house.engine, "pho-ninh", ROUND) == before


def test_reading_again_by_force_gives_the_same(three: World) -> None:
    """Read once more from the archive, the same file gives the same reading: the load in force stays."""
    before = report_of(three.house.engine, "pho-vinh", ROUND)

    (verdict,) = run_wards(three.house, three.instance, [WardRound("pho-vinh", ROUND)], force=True)

    assert (verdict.outcome, verdict.changed) == ("loaded", False)
    assert report_of(three.house.engine, "pho-vinh", ROUND) == before


def test_a_failed_ward_is_run_again_alone(three: World, tmp_path: Path) -> None:
    """The ward sends a whole file; running it alone loads it and touches no neighbour."""
    neighbours = [report_of(three.house.engine, ward, ROUND) for ward in ("pho-ninh", "pho-vinh")]
    three.send(report(tmp_path, "pho-minh", 3), "pho-minh")

    (verdict,) = run_wards(three.house, three.instance, [WardRound("pho-minh", ROUND)])

    assert (verdict.outcome, verdict.version) == ("loaded", 2)
    assert three.instance.get_materialized_partitions(FIGURES) == keys(*WARDS)
    assert [report_of(three.house.engine, ward, ROUND) for ward in ("pho-ninh", "pho-vinh")] == neighbours


def test_an_original_that_is_gone_is_a_verdict(three: World, tmp_path: Path) -> None:
    """A hole in the archive fails its ward by name and stops no other."""

    def gone(_sha256: str) -> object:
        from pipelines.keeping.archive import ArchiveError

        raise ArchiveError("no such original; restore it")

    three.send(report(tmp_path, "pho-hoa", 5), "pho-hoa")
    house = replace(three.house, original=gone)  # type: ignore[arg-type]

    (verdict,) = run_wards(house, three.instance, [WardRound("pho-hoa", ROUND)])

    assert (verdict.reached, verdict.outcome) == ("submission", "ArchiveError")
    assert "restore" in verdict.message
