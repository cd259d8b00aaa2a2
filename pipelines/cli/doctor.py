"""`cchc doctor`: what is installed, what is missing, what follows.

Belongs here: looking, and one line a part. Stays out: mending.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from cchc.clock import now
from cchc.errors import CchcError
from cchc.formats import number
from cchc.messages import translator
from cchc.secrets import without_secret
from parsers.readers.ocr.recognise import ocr_available
from pipelines.cli.common import open_office, out
from pipelines.settings import Settings
from warehouse.connection import engine_told, open_warehouse

if TYPE_CHECKING:
    from pipelines.orchestration.services import Sign

_ = translator("cli")

LIBRARIES = ("dagster", "sqlalchemy", "pandas", "pdfplumber", "pypdfium2", "great-expectations", "tesserocr", "typst")
ROOM_NEEDED = 2_000_000_000
"""Bytes of free disk below which a round with scans may not fit."""


@dataclass(frozen=True)
class Part:
    """One part of the installation: its name, how it is, and what follows where something is missing."""

    name: str
    good: bool
    says: str
    follows: str = ""


def print_health(settings: Settings) -> bool:
    """Print every part and return whether all are well."""
    parts = list(health(settings))
    for part in parts:
        mark = "[green]✓[/]" if part.good else "[bold red]✗[/]"
        out.print(f"{mark} {part.name}: {escape(part.says)}", soft_wrap=True)
        if part.follows:
            out.print(f"    {escape(part.follows)}", soft_wrap=True)
    return all(part.good for part in parts)


def health(settings: Settings) -> Iterator[Part]:
    """Yield the parts in the order in which a newcomer would mend them."""
    yield Part("Python", True, platform.python_version())
    yield from (_library(name) for name in LIBRARIES)
    yield _scans()
    yield _second()
    yield _archives()
    yield _office()
    yield _home(settings)
    yield _inbox(settings)
    yield warehouse_reached(settings)
    yield database_of_runs(settings)
    yield archive_reached(settings)
    yield from services(settings)
    yield from _trust(settings)
    yield _bounded(settings)
    yield _room(settings)


def _library(name: str) -> Part:
    try:
        return Part(name, True, importlib.metadata.version(name))
    except importlib.metadata.PackageNotFoundError:
        return Part(name, False, _("not installed"), _("Run: make run"))


def _scans() -> Part:
    remedy = ocr_available()
    if remedy is None:
        return Part(_("Scans"), True, _("Tesseract with Vietnamese data"))
    return Part(_("Scans"), False, _("cannot be read; everything else works"), remedy)


def _second() -> Part:
    from parsers.readers.ocr.second import second_available

    if second_available():
        return Part(_("Second look at digits"), True, _("a second recogniser checks the numbers of scans"))
    remedy = _("Install asterocr and onnxruntime; without them one recogniser alone is believed.")
    return Part(_("Second look at digits"), False, _("not installed"), remedy)


def _archives() -> Part:
    from parsers.containers.archives import archives_open

    if archives_open():
        return Part(_("RAR and 7Z"), True, _("opened by libarchive"))
    return Part(_("RAR and 7Z"), False, _("cannot be opened; ZIP can"), _("Run: apt install libarchive13"))


def _office() -> Part:
    from catalogue.standing import standing
    from pipelines.cli.office import standing_lines

    try:
        found = standing(now().date())
    except CchcError as error:
        return Part(_("Office"), False, _("cannot be read"), str(error))
    first, *rest = standing_lines(found)
    well = bool(found.units) or found.ended is not None
    return Part(_("Office"), well, f"{found.office.full_name}; {first}", " ".join(rest))


def _home(settings: Settings) -> Part:
    if not (settings.dagster_home / "dagster.yaml").is_file():
        return Part(_("Home"), False, _("not made yet: {home}").format(home=settings.home), _("Run: cchc init"))
    if not os.access(settings.home, os.W_OK):
        remedy = _("Run as the user of the home, or make it writable.")
        return Part(_("Home"), False, _("cannot be written: {home}").format(home=settings.home), remedy)
    open_to_others = settings.home.stat().st_mode & (stat.S_IROTH | stat.S_IXOTH)
    closing = _("Everybody on this machine may look into it; close it: chmod o-rwx {home}").format(home=settings.home)
    return Part(_("Home"), True, str(settings.home), closing if open_to_others else "")


def _inbox(settings: Settings) -> Part:
    if settings.inbox.is_dir() and os.access(settings.inbox, os.R_OK | os.X_OK):
        return Part(_("Inbox"), True, str(settings.inbox))
    remedy = _("Make or mount the folder, or set inbox in cchc.toml.")
    return Part(_("Inbox"), False, _("cannot be read: {path}").format(path=settings.inbox), remedy)


def warehouse_reached(settings: Settings) -> Part:
    """Return how the warehouse is: on a server with its version and our role, which must own what it migrates."""
    kind, _sign, where = settings.warehouse_url.partition(":///")
    kind = kind.split(":", 1)[0]
    if kind == "sqlite" and not Path(where).is_file():
        return Part(_("Warehouse"), False, _("not made yet"), _("Run: cchc init"))
    try:
        engine = open_warehouse(settings.warehouse_url)
        says = engine_told(engine)
        engine.dispose()
    except CchcError as error:
        return Part(_("Warehouse"), False, kind, str(error))
    return Part(_("Warehouse"), True, says)


def database_of_runs(settings: Settings) -> Part:
    """Return how Dagster's record of runs is, and where it lies."""
    from dagster import RunsFilter

    from assets.keys import tags_of
    from pipelines.home import check_runs_url, dagster_instance
    from pipelines.orchestration.asking import AT_WORK

    name = _("Record of runs")
    kind = "postgresql" if settings.runs_url else "sqlite"
    if not (settings.dagster_home / "dagster.yaml").is_file() and not settings.runs_url:
        return Part(name, False, _("not made yet"), _("Run: cchc init"))
    try:
        check_runs_url(settings)
        with dagster_instance(settings) as instance:
            unfinished = instance.get_runs_count(RunsFilter(statuses=AT_WORK, tags=tags_of(settings.dagster.office)))
    except CchcError as error:
        return Part(name, False, kind, str(error))
    return Part(name, True, _("{kind}; runs at work or waiting: {n}").format(kind=kind, n=unfinished))


def services(settings: Settings) -> Iterator[Part]:
    """Yield how each service is, its age and what follows; nothing where no record of runs can be asked.

    A service that this office does not run is no fault; one that ran and fell silent is.
    """
    from pipelines.home import dagster_instance
    from pipelines.orchestration.services import signs

    if not (settings.dagster_home / "dagster.yaml").is_file():
        return
    try:
        with dagster_instance(settings) as instance:
            found = signs(settings, instance, now())
    except CchcError:
        return
    yield from map(_service, found)


def _service(sign: Sign) -> Part:
    name, stands_still = {
        "daemon": (
            _("Daemon"),
            _("Nothing is taken in or sent by itself: systemctl restart cchc-daemon, or cchc collect."),
        ),
        "code_server": (_("Code server"), _("The daemon can start no run; journalctl -u cchc-daemon says why.")),
        "console": (_("Office's page"), _("Opened by: cchc console")),
        "dagster_page": (_("Dagster's page"), _("Not needed for the work; opened by: systemctl start cchc-webserver")),
    }[sign.service]
    if sign.standing == "silent" and sign.age is not None:
        return Part(name, False, _("silent for {age}").format(age=_age(sign.age)), stands_still)
    if sign.standing == "not_run":
        return Part(name, True, _("does not run here"), stands_still)
    return Part(name, True, _("at work") if sign.age is None else _("a sign {age} ago").format(age=_age(sign.age)))


def _age(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    if minutes < 120:
        return _("{n} min").format(n=minutes)
    return _("{n} h").format(n=minutes // 60) if minutes < 2880 else _("{n} days").format(n=minutes // 1440)


def archive_reached(settings: Settings) -> Part:
    """Return whether the originals can be asked for."""
    from pipelines.keeping.archive import Archive

    place = without_secret(settings.archive_url)
    try:
        Archive(settings.archive_url).holds("0" * 64)
    except CchcError as error:
        return Part(_("Originals"), False, place, str(error))
    return Part(_("Originals"), True, place)


def _trust(settings: Settings) -> Iterator[Part]:
    """Yield how far figures may count unseen, by class of text; nothing where there is no warehouse to ask."""
    from warehouse.acceptance import acceptances, told

    try:
        found = acceptances(open_office(settings))
    except CchcError:
        return
    for one in found:
        line = _("Look at the errors, then: cchc sample switch {name} --on --by NAME --why REASON")
        remedy = "" if one.is_on else line.format(name=one.text_class)
        yield Part(_("Blind checks"), one.is_on, told(one), remedy)


def _bounded(settings: Settings) -> Part:
    """Return how large caches and quarantine are, and what brings them below their limits."""
    from pipelines.keeping.bounds import MEGABYTE, bounds

    found = bounds(settings)
    size, limit = (
        f"{number(sum(part) // MEGABYTE)} MB" for part in zip(*((b.size, b.limit) for b in found), strict=True)
    )
    says = _("{size} of {limit}").format(size=size, limit=limit)
    over = any(bound.is_over for bound in found)
    return Part(
        _("Caches and quarantine"),
        True,
        says,
        _("Brought below the limit on Sundays, or by: cchc prune") if over else "",
    )


def _room(settings: Settings) -> Part:
    place = next(p for p in (settings.home, *settings.home.parents) if p.exists())
    free = shutil.disk_usage(place).free
    says = _("{n} GB free").format(n=free // 10**9)
    return Part(_("Disk"), free > ROOM_NEEDED, says, "" if free > ROOM_NEEDED else _("Make room before the round."))
