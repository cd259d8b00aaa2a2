"""`cchc corrections`: the decisions of an office as marked passages, for whoever trains the readers.

Belongs here: arguments and what is told. Stays out: passages and files (`training.corrections`).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from cchc.messages import translator
from pipelines.cli.common import errors_told, open_office, out, settings
from pipelines.cli.known import round_named

if TYPE_CHECKING:
    from training.corrections import Exported

_ = translator("decisions")

FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", file_okay=False, help=_("Where the files go."))]
RoundOption = Annotated[str | None, typer.Option("--round", help=_("Round, as 2024-Q3; all by default."))]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    group = typer.Typer(help=_("What people decided, as material that readers learn from."), no_args_is_help=True)
    group.command("export", help=_("Write what people decided as marked passages, a file a round."))(export_command)
    app.add_typer(group, name="corrections")


def export_command(folder: FolderArgument, round_label: RoundOption = None) -> None:
    """Write the files and print one line a round."""
    from training.corrections import export

    with errors_told():
        label = round_named(round_label).label if round_label else None
        found = list(export(open_office(settings()), folder, label))
    for one in found:
        out.print(escape(_told(one)), soft_wrap=True)
    if not found:
        out.print(_("Nobody has decided anything yet; there is nothing to write."))
    elif any(one.path for one in found):
        out.print(escape(_("make train CORRECTIONS={folder} takes them in.").format(folder=folder)), soft_wrap=True)


def _told(one: Exported) -> str:
    words = {"confirmed": _("confirmed"), "corrected": _("corrected"), "added": _("added"), "rejected": _("rejected")}
    decided = ", ".join(f"{words[w]} {one.words[w]}" for w in words if one.words[w]) or _("nothing decided")
    told = _("{round}: {decided}; {carried} figures in {passages} passages, {path}").format(
        round=one.round, decided=decided, carried=one.carried, passages=one.passages, path=one.path or "–"
    )
    if not one.left:
        return told
    return (
        told
        + "; "
        + _(
            "{n} left out: their value is printed nowhere or in several places, or their sentence holds an open number"
        ).format(n=one.left)
    )
