"""What Dagster's page and daemon load: the definitions of this home, with its clockwork.

Belongs here: the factories put together under the settings of the process; `workspace.yaml` names this module.
Stays out: everything else; the command line and the tests build their own definitions with `build_defs`.
"""

from __future__ import annotations

from pipelines.orchestration.definitions import build_defs
from pipelines.orchestration.jobs import make_jobs, office_of
from pipelines.orchestration.schedules import make_schedules
from pipelines.orchestration.sensors import make_sensors
from pipelines.settings import load_settings
from pipelines.wiring import open_house

_jobs = make_jobs(load_settings)
_office = office_of(load_settings)

defs = build_defs(
    lambda: open_house(load_settings()),
    schedules=make_schedules(load_settings, _jobs),
    sensors=make_sensors(load_settings, _jobs),
    office=_office,
)
