"""A worker whose runs only last: each sleeps as long as the run it stands for once lasted, and notes its end.

Belongs here: the Celery application (`celery -A bench._replay worker`) and `python -m bench._replay RUN_ID`, which it
starts for a run. Stays out: where the times come from and what is measured (`throughput`).
"""

from __future__ import annotations

import os
import sys
import time

SECONDS_TAG = "cchc/replayed_seconds"
"""Tag of a run with the seconds for which it is to last."""


def replay(run_id: str) -> None:
    """Let a run last as long as its tag says, and note beginning and end where Dagster keeps its runs."""
    import psycopg

    url = os.environ["CCHC_RUNS_URL"].replace("+psycopg2", "")
    with psycopg.connect(url, autocommit=True) as connection:
        asked = "SELECT value FROM run_tags WHERE run_id = %s AND key = %s"
        found = connection.execute(asked, (run_id, SECONDS_TAG)).fetchone()
        if found is None:
            return
        connection.execute(
            "UPDATE runs SET status = 'STARTED', start_time = %s WHERE run_id = %s", (time.time(), run_id)
        )
        time.sleep(float(found[0]))
        connection.execute("UPDATE runs SET status = 'SUCCESS', end_time = %s WHERE run_id = %s", (time.time(), run_id))


if __name__ == "__main__":
    # Without what the application needs: importing that takes longer than some runs last.
    replay(sys.argv[1])
else:
    from pipelines.orchestration.workers import make_app

    app = make_app((sys.executable, "-m", "bench._replay"))
