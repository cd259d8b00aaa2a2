"""Where things lie and how the office is reached.

Belongs here: one frozen value made from the environment and the home's `cchc.toml`, checked as it is made.
Stays out: reading or writing anything but that file. Secrets (passwords) come from the environment only.

The home (`CCHC_HOME`, else `./var`) holds the warehouse, the archive of originals, Dagster's own folder, the OCR
cache and what was published; deleting it deletes all state.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from catalogue.offices import folder_of
from cchc.errors import ConfigurationError
from cchc.messages import translator
from validation.audience import READERS, Reader

_ = translator("operations")

CONFIG_NAME = "cchc.toml"
MAIL_NAME = "mail.toml"
"""Mail of one office, in its folder: what stands under [mail] in the configuration, without that heading."""
_TEXTS = ("inbox", "warehouse_url", "archive_url", "runs_url", "scorecard")
_DAGSTER_NAME = re.compile("[a-z0-9_]*")
T = TypeVar("T")


@dataclass(frozen=True)
class MailServer:
    """How to reach a mail server; `security` says how the connection is protected."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    security: Literal["tls", "starttls", "none"] = "tls"


@dataclass(frozen=True)
class MailSettings:
    """Mail in and out. `senders` maps a known address to the ward's slug; `office` receives the morning's state."""

    imap: MailServer | None = None
    smtp: MailServer | None = None
    mailbox: str = "INBOX"
    sender: str = ""
    office: str = ""
    senders: Mapping[str, str] = field(default_factory=dict)
    enabled: bool = False


@dataclass(frozen=True)
class SignInService:
    """The office's own sign-in service (OpenID Connect): its issuer and what it knows this page by."""

    issuer: str
    client_id: str
    client_secret: str = field(default="", repr=False)
    name: str = "OpenID"


@dataclass(frozen=True)
class ConsoleSettings:
    """The office's page: where it listens, how it is reached, what it offers.

    `prefix` is the path below which a reverse proxy shows it ("" or "/cchc"), `address` the URL people type
    ("https://cchc.example.vn"; empty: as the browser says). `ward_door` lets wards in; `dagster` is the path or URL of
    Dagster's page behind the same login, empty where there is none.
    """

    host: str = "127.0.0.1"
    port: int = 8686
    prefix: str = ""
    address: str = ""
    ward_door: bool = False
    dagster: str = ""
    service: SignInService | None = None


@dataclass(frozen=True)
class ExportSettings:
    """Exports that are kept current by themselves: none unless formats are named.

    `folder` is where they lie, by default below the outputs; `reader` is for whom they are written.
    """

    formats: tuple[str, ...] = ()
    folder: str = ""
    reader: Reader = "office"


@dataclass(frozen=True)
class KeepSettings:
    """How large folders may grow that cost nothing but time, in megabytes: each cache, and the quarantine's copies."""

    cache_mb: int = 2000
    quarantine_mb: int = 2000


@dataclass(frozen=True)
class DagsterSettings:
    """A Dagster that several offices share: its folder, and this office's name there; empty where it is not shared."""

    home: str = ""
    office: str = ""


@dataclass(frozen=True)
class Settings:
    """Everything the edge needs to know about its surroundings.

    `runs_url` is the PostgreSQL database of Dagster's record of runs, empty where that is SQLite below the home.
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
        """Return the folder of files that could not be placed, each with its reason."""
        return self.home / "quarantine"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of this process: environment over `cchc.toml` over defaults.

    Raises:
        ConfigurationError: the file is no TOML, or a key or value in it cannot be.
    """
    env = os.environ if environ is None else environ
    home = home_folder(env)
    path = home / CONFIG_NAME
    config = _read_config(path)
    _refuse_unknown(config, {*_TEXTS, "workers", "mail", "console", "export", "keep", "dagster"}, path)
    texts = {key: env.get(f"CCHC_{key.upper()}") or _value(config, key, str, "", path) for key in _TEXTS}
    return Settings(
        home=home,
        inbox=Path(texts["inbox"] or home / "inbox").expanduser().resolve(),
        warehouse_url=texts["warehouse_url"] or f"sqlite:///{home / 'warehouse.db'}",
        archive_url=texts["archive_url"] or str(home / "archive"),
        scorecard=texts["scorecard"] or "mac-dinh",
        workers=_workers(env.get("CCHC_WORKERS") or config.get("workers")),
        mail=_mail_of(config, env, path),
        console=_console(_value(config, "console", dict, {}, path), env, path),
        runs_url=texts["runs_url"],
        exports=_exports(_value(config, "export", dict, {}, path), path),
        keep=_keep(_value(config, "keep", dict, {}, path), path),
        dagster=_dagster(_value(config, "dagster", dict, {}, path), path),
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


def _refuse_unknown(table: Mapping[str, Any], known: set[str], path: Path) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ConfigurationError(
            _("{path}: '{key}' is no setting; these are: {known}").format(
                path=path, key=unknown[0], known=", ".join(sorted(known))
            )
        )


def _value(table: Mapping[str, Any], key: str, kind: type[T], default: T, path: Path) -> T:
    """Return what a key is set to; a value of another kind is refused, for `"false"` in quotes would mean yes."""
    value = table.get(key, default)
    if type(value) is not kind:
        raise ConfigurationError(
            _("{path}: '{key}' is {value}; write it as in deploy/cchc.toml.example").format(
                path=path, key=key, value=repr(value)
            )
        )
    return value


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


def _mail_of(config: Mapping[str, Any], env: Mapping[str, str], path: Path) -> MailSettings:
    """Return the mail of the configuration, where it says nothing of mail that of the office's own folder."""
    own = folder_of(env) / MAIL_NAME
    if "mail" not in config and own.is_file():
        return _mail(_read_config(own), env, own)
    return _mail(_value(config, "mail", dict, {}, path), env, path)


def _mail(table: Mapping[str, Any], env: Mapping[str, str], path: Path) -> MailSettings:
    _refuse_unknown(table, {"imap", "smtp", "mailbox", "sender", "office", "senders", "enabled"}, path)
    senders = _value(table, "senders", dict, {}, path)
    return MailSettings(
        imap=_server(_value(table, "imap", dict, {}, path), env.get("CCHC_IMAP_PASSWORD", ""), path),
        smtp=_server(_value(table, "smtp", dict, {}, path), env.get("CCHC_SMTP_PASSWORD", ""), path),
        mailbox=_value(table, "mailbox", str, "INBOX", path),
        sender=_value(table, "sender", str, "", path),
        office=_value(table, "office", str, "", path),
        senders={address.lower(): _value(senders, address, str, "", path) for address in senders},
        enabled=_value(table, "enabled", bool, False, path),
    )


def _console(table: Mapping[str, Any], env: Mapping[str, str], path: Path) -> ConsoleSettings:
    _refuse_unknown(table, {"host", "port", "prefix", "address", "ward_door", "dagster", "service"}, path)
    port = _value(table, "port", int, 8686, path)
    prefix = _value(table, "prefix", str, "", path).rstrip("/")
    if not 0 <= port < 65536 or (prefix and not prefix.startswith("/")):
        raise ConfigurationError(_("{path}: the page needs a port and a prefix like /cchc").format(path=path))
    return ConsoleSettings(
        host=_value(table, "host", str, "127.0.0.1", path),
        port=port,
        prefix=prefix,
        address=_value(table, "address", str, "", path).rstrip("/"),
        ward_door=_value(table, "ward_door", bool, False, path),
        dagster=_value(table, "dagster", str, "", path),
        service=_service(_value(table, "service", dict, {}, path), env.get("CCHC_OIDC_SECRET", ""), path),
    )


def _exports(table: Mapping[str, Any], path: Path) -> ExportSettings:
    _refuse_unknown(table, {"formats", "folder", "for"}, path)
    formats = _value(table, "formats", list, [], path)
    given = _value(table, "for", str, "office", path)
    reader = next((reader for reader in READERS if reader == given), None)
    if reader is None or not all(isinstance(name, str) for name in formats):
        raise ConfigurationError(
            _("{path}: [export] needs formats as a list of words, and for as one of {known}").format(
                path=path, known=", ".join(READERS)
            )
        )
    return ExportSettings(tuple(formats), _value(table, "folder", str, "", path), reader)


def _keep(table: Mapping[str, Any], path: Path) -> KeepSettings:
    _refuse_unknown(table, {"cache_mb", "quarantine_mb"}, path)
    usual = KeepSettings()
    found = KeepSettings(
        cache_mb=_value(table, "cache_mb", int, usual.cache_mb, path),
        quarantine_mb=_value(table, "quarantine_mb", int, usual.quarantine_mb, path),
    )
    if found.cache_mb < 0 or found.quarantine_mb < 0:
        raise ConfigurationError(_("{path}: [keep] needs numbers of megabytes, 0 or more").format(path=path))
    return found


def _dagster(table: Mapping[str, Any], path: Path) -> DagsterSettings:
    _refuse_unknown(table, {"home", "office"}, path)
    home, office = _value(table, "home", str, "", path), _value(table, "office", str, "", path)
    if not _DAGSTER_NAME.fullmatch(office) or (home and not office):
        raise ConfigurationError(
            _("{path}: a shared Dagster needs the office's name there, of a to z, 0 to 9 and _").format(path=path)
        )
    return DagsterSettings(home, office)


def _service(table: Mapping[str, Any], secret: str, path: Path) -> SignInService | None:
    if not table:
        return None
    _refuse_unknown(table, {"issuer", "client_id", "name"}, path)
    issuer, client = _value(table, "issuer", str, "", path), _value(table, "client_id", str, "", path)
    if not issuer or not client:
        raise ConfigurationError(_("{path}: a sign-in service needs issuer and client_id").format(path=path))
    return SignInService(issuer.rstrip("/"), client, secret, _value(table, "name", str, "OpenID", path))


def _server(table: Mapping[str, Any], password: str, path: Path) -> MailServer | None:
    if not table:
        return None
    _refuse_unknown(table, {"host", "port", "user", "security"}, path)
    security = _value(table, "security", str, "tls", path)
    host, port = _value(table, "host", str, "", path), _value(table, "port", int, 0, path)
    if not host or not 0 < port < 65536 or security not in ("tls", "starttls", "none"):
        raise ConfigurationError(
            _("{path}: a mail server needs host, port and security (tls, starttls or none)").format(path=path)
        )
    return MailServer(
        host=host,
        port=port,
        user=_value(table, "user", str, "", path),
        password=password,
        security=cast("Literal['tls', 'starttls', 'none']", security),
    )
