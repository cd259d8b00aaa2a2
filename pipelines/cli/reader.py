"""The option `cchc init --reader`: the role of those who only read.

Belongs here: the option and what is told of it. Stays out: the role and its grants (`warehouse.roles`).
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape

from cchc.messages import translator
from pipelines.cli.common import out
from pipelines.settings import Settings
from warehouse.connection import open_warehouse
from warehouse.roles import READER, create_reader_role

_ = translator("warehouse")

ReaderOption = Annotated[
    bool, typer.Option("--reader", help=_("Also make the role cchc_reader, which reads the marts (PostgreSQL)."))
]


def make_reader(settings: Settings) -> None:
    """Make the role in the warehouse and say how people are let into it."""
    engine = open_warehouse(settings.warehouse_url)
    create_reader_role(engine)
    engine.dispose()
    told = _("The role {role} reads the marts; let people in by GRANT {role} TO their_name.")
    out.print(escape(told.format(role=READER)))
