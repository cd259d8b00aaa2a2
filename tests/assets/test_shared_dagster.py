"""Two offices in one Dagster: the same partitions, and nothing of one is seen in the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from assets.builds import built_from
from assets.keys import OFFICE_TAG, key_of
from assets.partitions import WardRound
from cchc.clock import ZONE
from cchc.errors import ConfigurationError
from pipelines.keeping.pruning import prune
from pipelines.orchestration.asking import SUBMISSIONS_TAG, submissions_asked, wards_at_work
from pipelines.orchestration.dead_runs import process_tags
from pipelines.orchestration.definitions import WARD_JOB, build_defs
from pipelines.orchestration.jobs import INBOX_JOB, make_jobs
from pipelines.orchestration.process import run_wards
from pipelines.orchestration.schedules import make_schedules
from pipelines.orchestration.sensors import at_work, make_sensors
from pipelines.settings import load_settings
from tests.assets.world import ROUND, World, report, world
from warehouse.queries import reports

NAMES = ("mot", "hai")
PART = WardRound("pho-minh", ROUND)
AT_WORK = dg.DagsterRunStatus.STARTED


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """Homes of two offices that share a Dagster; the first has loaded a report of a ward that both have."""
    folder = tmp_path_factory.mktemp("shared")
    with ExitStack() as open_worlds:
        made = []
        for name in NAMES:
            home = folder / name / "home"
            home.mkdir(parents=True)
            home.joinpath("cchc.toml").write_text(
                f'[dagster]\nhome = "{folder / "dagster"}"\noffice = "{name}"\n', encoding="utf-8"
            )
            made.append(open_worlds.enter_context(world(folder / name)))
        first, second = made
        first.send(report(folder, PART.ward, 1), PART.ward)
        run_wards(first.house, first.instance, [PART])
        yield first, second


def noted(made: World, office: str, job: str, tags: dict[str, str], status: dg.DagsterRunStatus = AT_WORK) -> None:
    """Note a run of an office's job, by default as at work, as a code server would."""
    ward_job = build_defs(lambda: made.house, office=office).resolve_job_def(WARD_JOB)
    made.instance.create_run_for_job(
        make_jobs(lambda: made.settings)[INBOX_JOB] if job == INBOX_JOB else ward_job,
        tags=tags | process_tags() | {OFFICE_TAG: office},
        status=status,
    )


def test_partitions_and_runs_are_the_offices_own(two: tuple[World, World]) -> None:
    """One office's ward is made, loaded and kept in the one; the other's, of the same key, is not."""
    first, second = two
    figures = [first.instance.get_materialized_partitions(key_of("figures", name)) for name in NAMES]
    checked = {key.asset_key.path[0] for key in _checks(first)}
    tags = {run.tags.get(OFFICE_TAG) for run in first.instance.get_runs()}

    assert figures == [{PART.key}, set()]
    assert not first.instance.get_materialized_partitions(dg.AssetKey("figures"))
    assert (checked, tags) == ({"mot"}, {"mot"})
    assert [len(reports(one.house.engine, ROUND)) for one in two] == [1, 0]
    assert [built_from(one.house.engine, ROUND) for one in two] == [None, None]
    assert [list(one.settings.home.glob("archive/originals/*")) != [] for one in two] == [True, False]
    assert first.settings.dagster_home == second.settings.dagster_home


def _checks(made: World) -> set[dg.AssetCheckKey]:
    return {
        evaluation.asset_check_key
        for run in made.instance.get_runs()
        for record in made.instance.get_records_for_run(run.run_id).records
        if (event := record.event_log_entry.dagster_event) is not None
        and event.event_type_value == "ASSET_CHECK_EVALUATION"
        and (evaluation := event.asset_check_evaluation_data)
    }


def test_requests_are_counted_by_office(two: tuple[World, World]) -> None:
    """What is at work or was asked for in one office keeps the other from nothing, whatever its number is."""
    first, second = two
    noted(first, "mot", WARD_JOB, {SUBMISSIONS_TAG: "1", "dagster/partition": PART.key})
    noted(first, "mot", INBOX_JOB, {})

    assert [bool(submissions_asked(one.instance, WARD_JOB, name)) for one, name in zip(two, NAMES, strict=True)] == [
        True,
        False,
    ]
    assert [wards_at_work(second.instance, WARD_JOB, name) for name in NAMES] == [{PART}, set()]
    assert [at_work(one.instance, one.settings, INBOX_JOB) for one in two] == [True, False]


def test_forgetting_is_of_the_office(two: tuple[World, World]) -> None:
    """An office forgets its own old runs, never another's."""
    first, second = two
    noted(first, "mot", INBOX_JOB, {}, dg.DagsterRunStatus.SUCCESS)
    later = datetime.now(ZONE) + timedelta(days=1)

    assert [prune(one.instance, one.house.engine, later, one.settings).runs for one in (second, first)] == [0, 1]


def test_everything_of_a_code_location_bears_the_office(two: tuple[World, World]) -> None:
    """Every asset, check and job that a code location has, and what its clockwork asks for, is the office's own."""
    second = two[1]
    own = make_jobs(lambda: second.settings)
    defs = build_defs(
        lambda: second.house,
        schedules=make_schedules(lambda: second.settings, own),
        sensors=make_sensors(lambda: second.settings, own),
        office="hai",
    )
    repository = defs.get_repository_def()
    jobs = [job for job in repository.get_all_jobs() if not job.name.startswith("__")]

    assert {key.path[0] for key in repository.asset_graph.get_all_asset_keys()} == {"hai"}
    assert {key.asset_key.path[0] for key in repository.asset_graph.asset_check_keys} == {"hai"}
    assert {job.name: job.tags.get(OFFICE_TAG) for job in jobs} == {job.name: "hai" for job in jobs}
    assert {*own, WARD_JOB, "round_papers"} <= {job.name for job in jobs}


def test_a_shared_folder_needs_a_name(tmp_path: Path) -> None:
    """Two offices without names in one Dagster would write over each other."""
    tmp_path.joinpath("cchc.toml").write_text('[dagster]\nhome = "/srv/dagster"\n', encoding="utf-8")

    with pytest.raises(ConfigurationError, match="tên"):
        load_settings({"CCHC_HOME": str(tmp_path)})
