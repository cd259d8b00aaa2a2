"""`cchc metrics`: the numbers of the office for a machine that watches.

Belongs here: the command. Stays out: the numbers (`pipelines.orchestration.metrics`).
"""

from __future__ import annotations

import typer

from cchc.clock import now
from cchc.messages import translator
from pipelines import home
from pipelines.cli.common import errors_told, open_office, settings

_ = translator("operations")


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("metrics", help=_("Print rounds, queue, runs and ages as Prometheus text."))(metrics)


def metrics() -> None:
    """Print every number of this moment."""
    from pipelines.orchestration.metrics import measure, prometheus_text

    with errors_told():
        current = settings()
        engine = open_office(current)
        with home.dagster_instance(current) as instance:
            typer.echo(prometheus_text(measure(current, engine, instance, now())), nl=False)
