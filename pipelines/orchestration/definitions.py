"""The definitions: one factory for Dagster's page, the command line and the tests.

Belongs here: which assets, checks, jobs, schedules and sensors there are, and the resource they share.
Stays out: what any of them does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import dagster as dg

from assets.house import House
from assets.keys import key_of, own_assets, tags_of
from assets.rounds import district_rollup, publications, round_quality, ward_ranking, ward_scores
from assets.wards import ward_reports
from cchc.messages import translator

_ = translator("dagster")

WARD_JOB = "ward_reports"
ROUND_JOB = "round_results"
ROUND_ASSETS = ("round_quality", "district_rollup", "ward_scores", "ward_ranking", "publications")


def build_defs(
    open_house: Callable[[], House],
    schedules: Sequence[dg.ScheduleDefinition] = (),
    sensors: Sequence[dg.SensorDefinition] = (),
    office: str = "",
) -> dg.Definitions:
    """Return fresh definitions whose runs work in the house that `open_house` opens, one for each run.

    `office` is the name under which assets and runs of an office stand in a Dagster that several share.
    """
    assets = [ward_reports, round_quality, district_rollup, ward_scores, ward_ranking, publications]
    return dg.Definitions(
        assets=own_assets(assets, office),
        jobs=ward_and_round_jobs(office),
        schedules=schedules,
        sensors=sensors,
        resources={"house": dg.ResourceDefinition(lambda _: open_house())},
        executor=dg.in_process_executor,
    )


def ward_and_round_jobs(office: str = "") -> list[dg.UnresolvedAssetJobDefinition]:
    """Return the two jobs: what wards send, and what the district makes of a round."""
    return [
        dg.define_asset_job(
            WARD_JOB,
            selection=[key_of(name, office) for name in ("submission", "report", "figures")],
            description=_("Read, check and load the reports of some wards of a round"),
            tags={"dagster/max_retries": "0"} | tags_of(office),
        ),
        dg.define_asset_job(
            ROUND_JOB,
            selection=[key_of(name, office) for name in ROUND_ASSETS],
            description=_("Check a round as a whole, roll it up, score, rank, and write its papers"),
            tags=tags_of(office),
        ),
    ]
