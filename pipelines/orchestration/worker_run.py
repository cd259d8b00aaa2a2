"""One run of one office, in a process of its own: `python -m pipelines.orchestration.worker_run RUN_ID`.

Belongs here: finding out whose run it is before anything of an office is imported, and executing it. Stays out: who
starts it (`workers`).

The homes of the offices lie below `CCHC_HOMES`, each under the office's name in Dagster, on every worker: a home holds
`cchc.toml` and the office's folder there, all else is in the database and the store.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from assets.keys import OFFICE_TAG
from parsers.lifeline import end_with_server

HOMES_ENV = "CCHC_HOMES"


def main() -> None:
    """Execute the run that the command line names; end with 1 where it failed."""
    end_with_server()
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import dagster as dg

    with dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(sys.argv[1])
        if run is None or run.is_finished:
            return
        os.environ.update(surroundings(run.tags, os.environ))
        from dagster._cli.api import _execute_run_command_body

        sys.exit(_execute_run_command_body(run.run_id, instance, lambda _event: None, set_exit_code_on_failure=True))


def surroundings(tags: Mapping[str, str], environ: Mapping[str, str]) -> dict[str, str]:
    """Return what a run's process has to know of its office; nothing where one office has the workers to itself."""
    office, homes = tags.get(OFFICE_TAG), environ.get(HOMES_ENV)
    return {"CCHC_HOME": str(Path(homes) / office)} if office and homes else {}


if __name__ == "__main__":
    main()
