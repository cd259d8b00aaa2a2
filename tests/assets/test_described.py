"""Whoever opens Dagster's page reads what everything is for."""

from __future__ import annotations

from pathlib import Path

from pipelines.orchestration.definitions import build_defs
from pipelines.orchestration.jobs import make_jobs
from pipelines.orchestration.schedules import make_schedules
from pipelines.orchestration.sensors import make_sensors
from pipelines.settings import load_settings


def test_every_asset_check_job_schedule_and_sensor_is_described(tmp_path: Path) -> None:
    """Nothing stands on the page by its name alone or in English, and every asset is in a group."""
    settings = load_settings({"CCHC_HOME": str(tmp_path)})
    jobs = make_jobs(lambda: settings)
    schedules, sensors = make_schedules(lambda: settings, jobs), make_sensors(lambda: settings, jobs)

    defs = build_defs(lambda: None, schedules, sensors)  # type: ignore[arg-type, return-value]

    graph = defs.resolve_asset_graph()
    nodes = [graph.get(key) for key in graph.get_all_asset_keys()]
    named = [
        *((node.key.to_user_string(), node.description) for node in nodes),
        *((str(key), graph.get(key).description) for key in graph.asset_check_keys),
        *((one.name, one.description) for one in (*defs.resolve_all_job_defs(), *schedules, *sensors)),
    ]
    assert {node.group_name for node in nodes} == {"wards", "round"}
    assert [name for name, told in named if (not told or told.isascii()) and not name.startswith("__")] == []
