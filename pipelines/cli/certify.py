"""`cchc certify`: how many of the figures called sure are wrong, on marked sets that nothing was fitted on.

Belongs here: arguments, the table, the refusal. Stays out: counting and the bound (`training.certifying`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from catalogue.trust import trust
from cchc import formats
from cchc.messages import translator
from pipelines.cli.common import Exit, errors_told, out

if TYPE_CHECKING:
    from training.certifying import Certificate

_ = translator("judge")

SetsArgument = Annotated[
    list[str] | None,
    typer.Argument(metavar="[SET]…", help=_("Writers of the marked material, or folders of marked texts.")),
]


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    app.command("certify", help=_("Measure how many of the figures called sure are wrong, with the exact bound."))(
        certify
    )


def certify(
    sets: SetsArgument = None,
    scans: Annotated[
        bool, typer.Option("--scans", help=_("Also print, wear and scan whole reports, and read them back."))
    ] = False,
    write: Annotated[bool, typer.Option("--write", help=_("Keep the proof in trust.yaml."))] = False,
    detail: Annotated[bool, typer.Option("--detail", help=_("Name the wrong ones."))] = False,
) -> None:
    """Print one line a class and kind of text, and refuse where the sets are too small to say anything."""
    from training.certifying import certificates, certifying_sets, keep_proof, scan_certificates, together, versions

    with errors_told():
        chosen = tuple(sets or certifying_sets())
        found = [*certificates(chosen), *(scan_certificates(chosen) if scans else ())]
        classes = sorted({c.text_class for c in found})
        whole = [together(found, name) for name in classes]
        out.print(_table([*found, *whole]))
        for name, version in versions().items():
            out.print(f"{name}: {version}")
        if detail:
            for one in found:
                for wrong in one.names:
                    out.print(wrong)
        refused = [c for c in whole if not c.certifiable]
        for one in refused:
            out.print(
                _("NOT CERTIFIABLE: {name}: {n} accepted figures carry no bound; bring more marked sets.").format(
                    name=one.text_class, n=one.accepted
                )
            )
        for name in sorted(set(trust()) - set(classes)):
            out.print(_("NOT CERTIFIABLE: {name}: none of these sets holds such a text.").format(name=name))
        if write and not refused:
            keep_proof(whole, chosen)
    raise typer.Exit(Exit.NEEDS_PERSON if refused or not found else Exit.DONE)


def _table(rows: list[Certificate]) -> Table:
    table = Table()
    for head in (_("class"), _("kind"), _("figures"), _("sure"), _("coverage"), _("wrong"), _("upper bound 95 %")):
        table.add_column(head)
    for row in rows:
        table.add_row(
            row.text_class,
            row.kind,
            formats.number(row.figures),
            formats.number(row.accepted),
            formats.percent(row.coverage * 100, 1),
            formats.number(row.wrong),
            formats.percent(row.bound * 100, 2),
        )
    return table
