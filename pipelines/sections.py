"""The sections of the home's `cchc.toml`, as values with what may stand in each field.

Belongs here: one frozen value a table of the file; kinds and bounds stand at the fields. A secret stands in no file.
Stays out: reading the file, environment and defaults that depend on the home (`settings`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, ClassVar, Final, Literal

from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StrictInt, StringConstraints
from pydantic_core import PydanticCustomError

from validation.audience import Reader

UNKNOWN: Final = "unexpected_keyword_argument"
"""What pydantic calls a key that a dataclass does not know."""


def _never_in_a_file(_written: object) -> object:
    raise PydanticCustomError(UNKNOWN, "a secret comes from the environment")


def _none_if_empty(written: object) -> object:
    return written or None


def _in_lower_case(senders: Mapping[str, str]) -> dict[str, str]:
    return {address.lower(): slug for address, slug in senders.items()}


def _without_slash(address: str) -> str:
    return address.rstrip("/")


Secret = Annotated[str, BeforeValidator(_never_in_a_file)]
Given = Annotated[str, StringConstraints(min_length=1)]
Address = Annotated[str, AfterValidator(_without_slash)]
Megabytes = Annotated[StrictInt, Field(ge=0)]


class Section:
    """A table of the file; a key it does not know is refused."""

    __pydantic_config__: ClassVar = ConfigDict(extra="forbid")


@dataclass(frozen=True)
class MailServer(Section):
    """How to reach a mail server; `security` says how the connection is protected."""

    host: Given
    port: Annotated[StrictInt, Field(gt=0, lt=65536)]
    user: str = ""
    password: Secret = field(default="", repr=False)
    security: Literal["tls", "starttls", "none"] = "tls"


@dataclass(frozen=True)
class MailSettings(Section):
    """Mail in and out. `senders` maps a known address to the ward's slug; `office` receives the morning's state."""

    imap: Annotated[MailServer | None, BeforeValidator(_none_if_empty)] = None
    smtp: Annotated[MailServer | None, BeforeValidator(_none_if_empty)] = None
    mailbox: str = "INBOX"
    sender: str = ""
    office: str = ""
    senders: Annotated[Mapping[str, str], AfterValidator(_in_lower_case)] = field(default_factory=dict)
    enabled: StrictBool = False


@dataclass(frozen=True)
class SignInService(Section):
    """The office's own sign-in service (OpenID Connect): its issuer and what it knows this page by."""

    issuer: Annotated[Given, AfterValidator(_without_slash)]
    client_id: Given
    client_secret: Secret = field(default="", repr=False)
    name: str = "OpenID"


@dataclass(frozen=True)
class ConsoleSettings(Section):
    """The office's page: where it listens, how it is reached, what it offers.

    `prefix` is the path below which a reverse proxy shows it ("" or "/cchc"), `address` the URL people type
    ("https://cchc.example.vn"; empty: as the browser says). `ward_door` lets wards in; `dagster` is the path or URL of
    Dagster's page behind the same login, empty where there is none.
    """

    host: str = "127.0.0.1"
    port: Annotated[StrictInt, Field(ge=0, lt=65536)] = 8686
    prefix: Annotated[Address, StringConstraints(pattern="^(/.*)?$")] = ""
    address: Address = ""
    ward_door: StrictBool = False
    dagster: str = ""
    service: Annotated[SignInService | None, BeforeValidator(_none_if_empty)] = None


@dataclass(frozen=True)
class ExportSettings(Section):
    """Exports that are kept current by themselves: none unless formats are named.

    `folder` is where they lie, by default below the outputs; `reader` is for whom they are written.
    """

    formats: tuple[str, ...] = ()
    folder: str = ""
    reader: Annotated[Reader, Field(alias="for")] = "office"


@dataclass(frozen=True)
class KeepSettings(Section):
    """How large folders may grow that cost nothing but time, in megabytes: each cache, and the quarantine's copies."""

    cache_mb: Megabytes = 2000
    quarantine_mb: Megabytes = 2000


@dataclass(frozen=True)
class DagsterSettings(Section):
    """A Dagster that several offices share: its folder, and this office's name there; empty where it is not shared.

    With workers, `runs_at_once` is how many runs lie with them or at the broker together, and `inbox_queue` the queue
    of the worker that sees the inbox; empty where every worker does.
    """

    home: str = ""
    office: Annotated[str, StringConstraints(pattern="^[a-z0-9_]*$")] = ""

    runs_at_once: Annotated[int, Field(ge=1)] = 2
    inbox_queue: Annotated[str, StringConstraints(pattern="^[a-z0-9_]*$")] = ""

    def __post_init__(self) -> None:
        if self.home and not self.office:
            raise ValueError("a shared Dagster knows each office by a name")
