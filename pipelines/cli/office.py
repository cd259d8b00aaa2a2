"""`cchc office`: make, check, migrate, show, import and compare the folder of an office.

Belongs here: arguments, questions and what is printed. Stays out: what the folder says (`catalogue`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from catalogue.country import REFORM
from catalogue.denominators import DENOMINATORS_FILE, load_denominators
from catalogue.drafting import changed_in_shipped, drafted, level_named, record_origin
from catalogue.forms import FORM, FORMER, form_of
from catalogue.forms import migrate as migrated
from catalogue.gazetteer import forget_units
from catalogue.importing import Difference, check_successors, difference, units_of, updated, write_units
from catalogue.office import office
from catalogue.offices import OFFICE_FILE, UNITS_FILE, current_folder, office_name, shipped_folders
from catalogue.paper import wording
from catalogue.roundfile import load_calendar
from catalogue.scorecards import scorecards
from catalogue.standing import Standing, standing
from catalogue.wards import Ward, load_units
from cchc.clock import now
from cchc.errors import CallError
from cchc.formats import day, number
from cchc.messages import translator
from pipelines.cli.common import errors_told, out
from pipelines.settings import home_folder

_ = translator("cli")

FolderOption = Annotated[
    Path | None, typer.Option("--folder", help=_("Folder of the office; the one in use where none is named."))
]
ProvinceOption = Annotated[str, typer.Option("--province", help=_("Province: code or name."))]
DistrictOption = Annotated[str, typer.Option("--district", help=_("District, for units before 01/07/2025."))]
SHOWN = 12
"""Units listed of each part of a difference."""


def register(app: typer.Typer) -> None:
    """Add the group of commands to the application."""
    group = typer.Typer(help=_("The office: its folder of data, its units, its rounds."), no_args_is_help=True)
    group.command("new", help=_("Make an office's folder, from a shipped example or by its level."))(new)
    group.command("check", help=_("Check every file of an office's folder; a mistake is named with its line."))(check)
    group.command("migrate", help=_("Bring an office's folder to today's form; the files as they were are kept."))(
        migrate
    )
    group.command("show", help=_("Show the office, its units of today, the open round and what to do."))(show)
    group.command("import", help=_("Take an office's units from the country's list; shows the difference first."))(
        import_units
    )
    group.command("diff", help=_("Show what differs from the country's list and what an upgrade changed."))(diff)
    app.add_typer(group, name="office")


def new(
    like: Annotated[str, typer.Option("--like", help=_("Shipped example to copy."))] = "",
    level: Annotated[
        str, typer.Option("--level", help=_("Level with its kind: “huyện …”, “thị xã …”, “tỉnh …”."))
    ] = "",
    province: Annotated[str, typer.Option("--province", help=_("Province of a district: “tỉnh …”."))] = "",
    folder: FolderOption = None,
) -> None:
    """Make the folder; an existing one is never touched."""
    with errors_told():
        target = folder or home_folder() / "office"
        if target.exists():
            raise CallError(_("{folder} is there already; name another folder").format(folder=target))
        if bool(like) == bool(level):
            raise CallError(_("give either --like or --level"))
        _copy(like, target) if like else _draft(level, province, target)
    out.print(escape(_("Made: {folder}").format(folder=target)), soft_wrap=True)
    if level:
        out.print(_("Next: read over office.yaml, then cchc office import --province …"))


def check(folder: FolderOption = None) -> None:
    """Read every file; the first mistake ends the call."""
    with errors_told():
        where = folder or current_folder()
        form = form_of(where)
        if form < FORM:
            says = _("the folder has form {form}, today's is {today}; bring it there with cchc office migrate")
            raise CallError(says.format(form=form, today=FORM))
        units = load_units(where / UNITS_FILE)
        check_successors(units)
        own = office(where / OFFICE_FILE)
        for name, read in (("rounds.yaml", load_calendar), ("paper.yaml", wording)):
            if (where / name).is_file():
                read(where / name)
        denominators = where / DENOMINATORS_FILE
        held = load_denominators(denominators, where / UNITS_FILE) if denominators.is_file() else ()
        cards = scorecards(where / "scorecards") if (where / "scorecards").is_dir() else ()
    out.print(_("{office}: {n} units, no mistakes.").format(office=own.full_name, n=len(units)))
    for card in cards:
        out.print(escape(f"  {card.name} {card.version}"))
    if held:
        out.print(_("  {file}: {n} values of {units} units").format(
            file=DENOMINATORS_FILE, n=number(len(held)), units=number(len({one.ward for one in held}))
        ))  # fmt: skip


def migrate(folder: FolderOption = None) -> None:
    """Write the files of today's form over those of an older one."""
    with errors_told():
        where = folder or current_folder()
        form = form_of(where)
        if form < FORM and where in shipped_folders().values():
            raise CallError(_("a shipped office is not written to; make your own with cchc office new"))
        changed = migrated(where)
    if not changed:
        out.print(_("The folder has today's form, {form}; nothing to do.").format(form=form))
        return
    out.print(escape(_("Changed: {files}. As they were: {folder}").format(
        files=", ".join(changed), folder=where / FORMER / f"form-{form}"
    )), soft_wrap=True)  # fmt: skip
    out.print(_("Next: cchc office check"))


def show() -> None:
    """Print the office as it stands today."""
    with errors_told():
        found = standing(now().date())
        folder = current_folder()
        out.print(f"[bold]{found.office.full_name}[/] ({office_name(folder)})")
        out.print(escape(str(folder)), style="dim", soft_wrap=True)
        for line in standing_lines(found):
            out.print(escape(line))
        if found.units:
            out.print(_unit_table(found.units))


def import_units(
    province: ProvinceOption,
    district: DistrictOption = "",
    before_reform: Annotated[bool, typer.Option("--before-reform", help=_("Units until 30/06/2025."))] = False,
    folder: FolderOption = None,
    since: Annotated[
        datetime | None,
        typer.Option("--since", formats=["%Y-%m-%d"], help=_("First day of what changed in a list that is in use.")),
    ] = None,
    accept: Annotated[
        bool, typer.Option("--accept", help=_("Write the list; without it only the difference."))
    ] = False,
) -> None:
    """Show what the country's list would change, and write it where it is accepted."""
    with errors_told():
        where = folder or current_folder()
        if accept and where in shipped_folders().values():
            raise CallError(_("a shipped office is not written to; make your own with cchc office new"))
        path = where / UNITS_FILE
        former = load_units(path) if path.is_file() else {}
        listed = units_of(province, before_reform=before_reform, district=district)
        own = _of_time(former, before_reform)
        found = difference(own, listed)
        _print_difference(found)
        if accept:
            if own and not before_reform and not found.empty and since is None:
                raise CallError(_("say with --since from which day the changes hold: past rounds keep their units"))
            new = updated(own, listed, since.date()) if own and since else _kept_slugs(former, listed)
            write_units(path, {**{slug: unit for slug, unit in former.items() if slug not in own}, **new}.values())
            forget_units()
            out.print(escape(_("Written: {path}").format(path=path)), soft_wrap=True)
        elif not found.empty:
            out.print(_("Nothing is written yet; the same call with --accept writes it."))


def diff(province: ProvinceOption = "", district: DistrictOption = "", folder: FolderOption = None) -> None:
    """Print what differs."""
    with errors_told():
        where = folder or current_folder()
        units = load_units(where / UNITS_FILE)
        area = province or office(where / OFFICE_FILE).above[-1].name
        before = not _of_time(units, False)
        near = office(where / OFFICE_FILE).above[0].name if before else ""
        listed = units_of(area, before_reform=before, district=district or near)
        _print_difference(difference(_of_time(units, before), listed))
        changed = changed_in_shipped(where)
    if changed:
        names = ", ".join(changed[1]) or _("nothing")
        out.print(_("Changed in the shipped example {office} since it was copied: {files}").format(
            office=changed[0], files=names
        ))  # fmt: skip


def standing_lines(found: Standing) -> list[str]:
    """Return how an office stands in words: units, open round, what to do."""
    lines = [_("Units today: {n}").format(n=len(found.units))]
    if found.ended:
        lines.append(_("The office has no unit since {day}; rounds to {round} stay open to reading.").format(
            day=day(found.ended), round=found.last_round.label if found.last_round else "–"
        ))  # fmt: skip
        if found.taken_over_by:
            lines.append(
                _("The units that came after report to the office {office}: set CCHC_OFFICE={office}.").format(
                    office=found.taken_over_by
                )
            )
    elif not found.units:
        lines.append(_("The office has no units yet: cchc office import --province …"))
    if found.open_round:
        lines.append(_("Open round: {round}, due on {day}").format(
            round=found.open_round.label, day=day(found.open_round.due)
        ))  # fmt: skip
    elif found.next_round:
        lines.append(_("No round is open; the next is {round}, from {day}").format(
            round=found.next_round.label, day=day(found.next_round.opens)
        ))  # fmt: skip
    return lines


def _copy(name: str, target: Path) -> None:
    if name not in shipped_folders():
        raise CallError(_("no shipped office is called '{name}'; these are: {known}").format(
            name=name, known=", ".join(shipped_folders())
        ))  # fmt: skip
    shutil.copytree(shipped_folders()[name], target)
    record_origin(target, name)


def _draft(level: str, province: str, target: Path) -> None:
    text = drafted(level_named(level), level_named(province) if province else None)
    target.mkdir(parents=True)
    (target / OFFICE_FILE).write_text(text, encoding="utf-8")


def _of_time(units: dict[str, Ward], before_reform: bool) -> dict[str, Ward]:
    """Return the units of one of the country's two lists: those that ended with the reform, or those of today."""
    ended = {slug for slug, unit in units.items() if unit.valid_to is not None and unit.valid_to < REFORM}
    today = {slug for slug, unit in units.items() if unit.valid_to is None}
    return {slug: unit for slug, unit in units.items() if slug in (ended if before_reform else today)}


def _kept_slugs(former: dict[str, Ward], listed: dict[str, Ward]) -> dict[str, Ward]:
    """Return the listed units under the slugs by which the office knows them: facts refer to them."""
    from dataclasses import replace

    own = {(unit.code, unit.kind, unit.name): unit for unit in former.values()}
    kept = {}
    for unit in listed.values():
        known = own.get((unit.code, unit.kind, unit.name))
        named = replace(unit, slug=known.slug, valid_from=known.valid_from) if known else unit
        kept[named.slug] = named
    return kept


def _print_difference(found: Difference) -> None:
    if found.empty:
        out.print(_("The units are those of the country's list."))
        return
    out.print(_("New: {new} · gone: {gone} · changed: {changed}").format(
        new=len(found.added), gone=len(found.gone), changed=len(found.changed)
    ))  # fmt: skip
    _list("+", found.added)
    _list("−", found.gone)
    for before, after in found.changed[:SHOWN]:
        out.print(escape(f"  ~ {before.code} {before.full_name} → {after.full_name}"))


def _list(sign: str, units: Iterable[Ward]) -> None:
    listed = list(units)
    for unit in listed[:SHOWN]:
        out.print(escape(f"  {sign} {unit.code} {unit.full_name}"))
    if len(listed) > SHOWN:
        out.print(_("  … and {n} more").format(n=len(listed) - SHOWN))


def _unit_table(units: Iterable[Ward]) -> Table:
    table = Table(header_style="bold")
    for heading in (_("Code"), _("Unit"), _("Name in outputs"), _("Since")):
        table.add_column(heading)
    for unit in units:
        table.add_row(unit.code, unit.full_name, unit.slug, day(unit.valid_from))
    return table
