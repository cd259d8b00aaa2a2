"""Where things lie and how the office is reached.

Belongs here: one frozen value made from the environment and the home's `cchc.toml`, checked as it is made.
Stays out: what may stand in a field (`sections`); reading or writing anything but that file. Secrets (passwords) come
from the environment only.

The home (`CCHC_HOME`, else `./var`) holds the warehouse, the archive of originals, Dagster's own folder, the OCR
cache and what was published; deleting it deletes all state.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from catalogue.offices import folder_of
from cchc.errors import ConfigurationError
from cchc.messages import translator
from pipelines.sections import (
    UNKNOWN,
    ConsoleSettings,
    DagsterSettings,
    ExportSettings,
    KeepSettings,
    MailServer,
    MailSettings,
    Section,
    SignInService,
)
from validation.audience import READERS

__all__ = [
    "CONFIG_NAME",
    "ConsoleSettings",
    "DagsterSettings",
    "ExportSettings",
    "KeepSettings",
    "MailServer",
    "MailSettings",
    "Settings",
    "SignInService",
    "home_folder",
    "load_settings",
]

_ = translator("operations")

CONFIG_NAME = "cchc.toml"
MAIL_NAME = "mail.toml"
"""Mail of one office, in its folder: what stands under [mail] in the configuration, without that heading."""
_TEXTS = ("inbox", "warehouse_url", "archive_url", "store_url", "runs_url", "broker_url", "scorecard")
T = TypeVar("T")


@dataclass(frozen=True)
class Settings:
    """Everything the edge needs to know about its surroundings.

    `runs_url` is the PostgreSQL database of Dagster's record of runs, empty where that is SQLite below the home.
    `store_url` is where all machines of the office find originals, papers, quarantine and readings (a folder they all
    see, or an object store); empty where the office has one machine, and all of it lies in the home. `broker_url` is
    the Redis from which workers take runs, empty where the daemon starts them beside itself.
    """

    home: Path
    inbox: Path
    warehouse_url: str = field(repr=False)
    archive_url: str = field(repr=False)
    scorecard: str = "mac-dinh"
    workers: int = 2
    confidence_threshold: float = 0.8
    mail: MailSettings = field(default_factory=MailSettings)
    console: ConsoleSettings = field(default_factory=ConsoleSettings)
    runs_url: str = field(default="", repr=False)
    store_url: str = field(default="", repr=False)
    broker_url: str = field(default="", repr=False)
    exports: ExportSettings = field(default_factory=ExportSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
    dagster: DagsterSettings = field(default_factory=DagsterSettings)

    @property
    def outputs(self) -> Path:
        """Return the folder of what people open: workbooks, letters, pages."""
        return self.home / "outputs"

    @property
    def dagster_home(self) -> Path:
        """Return Dagster's own folder (runs, events, schedules); several offices may share one."""
        return Path(self.dagster.home).expanduser().resolve() if self.dagster.home else self.home / "dagster"

    @property
    def ocr_cache(self) -> Path:
        """Return the folder in which recognised pages are kept by content."""
        return self.home / "ocr-cache"

    @property
    def pictures(self) -> Path:
        """Return the folder in which drawn pages are kept by content."""
        return self.home / "pictures"

    @property
    def quarantine(self) -> Path:
        """Return the home's folder of files that could not be placed; in use where there is no shared store."""
        return self.home / "quarantine"

    @property
    def quarantine_url(self) -> str:
        """Return where files that could not be placed lie, each with its reason: a folder or a URL."""
        return self.shared("quarantine") or str(self.quarantine)

    def shared(self, name: str) -> str:
        """Return where a folder lies that all machines share, empty where there is one machine."""
        return f"{self.store_url.rstrip('/')}/{name}" if self.store_url else ""


@dataclass(frozen=True)
class Written(Section):
    """What `cchc.toml` says; a text that is empty leaves the default."""

    inbox: str = ""
    warehouse_url: str = ""
    archive_url: str = ""
    store_url: str = ""
    runs_url: str = ""
    broker_url: str = ""
    scorecard: str = ""
    workers: object = None
    mail: MailSettings = field(default_factory=MailSettings)
    console: ConsoleSettings = field(default_factory=ConsoleSettings)
    export: ExportSettings = field(default_factory=ExportSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
    dagster: DagsterSettings = field(default_factory=DagsterSettings)


_SECTIONS: dict[str, type[Section]] = {
    "mail": MailSettings, "imap": MailServer, "smtp": MailServer, "console": ConsoleSettings,
    "service": SignInService, "export": ExportSettings, "keep": KeepSettings, "dagster": DagsterSettings,
}  # fmt: skip


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process: environment over `cchc.toml` over defaults.

    Raises:
        ConfigurationError: the file is no TOML, or a key or value in it cannot be.
    """
    env = os.environ if environ is None else environ
    home = home_folder(env)
    path, own = home / CONFIG_NAME, folder_of(env) / MAIL_NAME
    config = _read_config(path)
    written = _checked(Written, config, path)
    mail = _checked(MailSettings, _read_config(own), own) if "mail" not in config else written.mail
    texts = {key: env.get(f"CCHC_{key.upper()}") or getattr(written, key) for key in _TEXTS}
    shared = texts["store_url"] and f"{texts['store_url'].rstrip('/')}/archive"
    return Settings(
        home=home,
        inbox=Path(texts["inbox"] or home / "inbox").expanduser().resolve(),
        warehouse_url=texts["warehouse_url"] or f"sqlite:///{home / 'warehouse.db'}",
        archive_url=texts["archive_url"] or shared or str(home / "archive"),
        scorecard=texts["scorecard"] or "mac-dinh",
        workers=_workers(env.get("CCHC_WORKERS") or written.workers),
        mail=_with_passwords(mail, env),
        console=_with_secret(written.console, env),
        runs_url=texts["runs_url"],
        store_url=texts["store_url"],
        broker_url=texts["broker_url"],
        exports=written.export,
        keep=written.keep,
        dagster=written.dagster,
    )


def home_folder(environ: Mapping[str, str] | None = None) -> Path:
    """Return where the home is, whatever the settings in it say."""
    env = os.environ if environ is None else environ
    return Path(env.get("CCHC_HOME") or "var").expanduser().resolve()


def _read_config(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(
            _("{path} is no valid TOML: {error}; mend the line named").format(path=path, error=error)
        ) from error


def _workers(value: object) -> int:
    if value is None:
        return max(1, min(4, os.cpu_count() or 1))
    try:
        count = int(str(value))
    except ValueError:
        count = 0
    if count < 1:
        raise ConfigurationError(_("workers is '{value}'; give a whole number of at least 1").format(value=value))
    return count


def _with_passwords(mail: MailSettings, env: Mapping[str, str]) -> MailSettings:
    """Return the mail of an office with the passwords of its servers, which stand in no file."""
    imap, smtp = mail.imap, mail.smtp
    return replace(
        mail,
        imap=imap and replace(imap, password=env.get("CCHC_IMAP_PASSWORD", "")),
        smtp=smtp and replace(smtp, password=env.get("CCHC_SMTP_PASSWORD", "")),
    )


def _with_secret(console: ConsoleSettings, env: Mapping[str, str]) -> ConsoleSettings:
    service = console.service
    return replace(console, service=service and replace(service, client_secret=env.get("CCHC_OIDC_SECRET", "")))


def _checked(kind: type[T], table: Mapping[str, Any], path: Path) -> T:
    """Return a table of a file as a section.

    Raises:
        ConfigurationError: a key is unknown, or a value of another kind, for `"false"` in quotes would mean yes.
    """
    try:
        return TypeAdapter(kind).validate_python(table)
    except ValidationError as error:
        mistakes = sorted(error.errors(include_url=False), key=lambda mistake: mistake["type"] != UNKNOWN)
        raise ConfigurationError(_says(kind, mistakes[0], path)) from error


def _says(kind: type, mistake: ErrorDetails, path: Path) -> str:
    """Return what is wrong in a file and what to do, in words of ours."""
    keys = [key for key in mistake["loc"] if isinstance(key, str)]
    if mistake["type"] == UNKNOWN:
        text, section = (
            _("{path}: '{key}' is no setting; these are: {known}"),
            _SECTIONS.get("".join(keys[-2:-1]), kind),
        )
        return text.format(path=path, key=keys[-1], known=", ".join(_keys_of(section)))
    needs = next((text for sections, text in _needs() if not sections.isdisjoint(keys)), None)
    if needs is None or mistake["type"].endswith("_type"):
        text = _("{path}: '{key}' is {value}; write it as in deploy/cchc.toml.example")
        return text.format(path=path, key=keys[-1], value=repr(mistake["input"]))
    return needs.format(path=path, known=", ".join(READERS))


def _keys_of(section: Any) -> list[str]:
    """Return the keys a section may have in a file, which no secret has."""
    return sorted("for" if f.name == "reader" else f.name for f in fields(section) if f.type != "Secret")


def _needs() -> Iterator[tuple[set[str], str]]:
    """Yield what a section needs, inner ones first."""
    yield {"imap", "smtp"}, _("{path}: a mail server needs host, port and security (tls, starttls or none)")
    yield {"service"}, _("{path}: a sign-in service needs issuer and client_id")
    yield {"console"}, _("{path}: the page needs a port and a prefix like /cchc")
    yield {"export"}, _("{path}: [export] needs formats as a list of words, and for as one of {known}")
    yield {"keep"}, _("{path}: [keep] needs numbers of megabytes, 0 or more")
    yield {"dagster"}, _("{path}: a shared Dagster needs the office's name there, of a to z, 0 to 9 and _")
