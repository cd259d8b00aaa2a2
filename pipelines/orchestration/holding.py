"""Who holds a run that lies with Celery: a worker of any machine, the broker, or nobody.

Belongs here: the name under which a worker holds a run on the database server, and looking for a task at the broker.
Stays out: ending runs that nobody holds (`dead_runs`), the workers.
"""

from __future__ import annotations

import os
from contextlib import closing

from cchc.errors import CchcError
from warehouse.connection import held_alone

RUNS_ENV, BROKER_ENV = "CCHC_RUNS_URL", "CCHC_BROKER_URL"
_UNACKED = "unacked"
"""Where Celery's transport over Redis keeps what a worker took and has not begun."""


def name_of(run_id: str) -> str:
    """Return the name of a run on the database server."""
    return f"run:{run_id}"


def is_held(run_id: str) -> bool:
    """Return whether a worker works on a run; where the server cannot be asked, one does."""
    try:
        with held_alone(os.environ.get(RUNS_ENV, "sqlite://"), name_of(run_id), 0) as free:
            return not free
    except CchcError:
        return True


def waits_at_broker(task_id: str) -> bool:
    """Return whether a task lies with the broker; where it cannot be asked, it does."""
    import redis

    url = os.environ.get(BROKER_ENV)
    if not url:
        return True
    mark = task_id.encode()
    try:
        with closing(redis.Redis.from_url(url, socket_timeout=5, socket_connect_timeout=5)) as client:
            queues = list(client.scan_iter(_type="list"))
            waiting = (message for queue in queues for message in client.lrange(queue, 0, -1))
            return any(mark in message for message in (*waiting, *client.hvals(_UNACKED)))
    except redis.RedisError:
        return True
