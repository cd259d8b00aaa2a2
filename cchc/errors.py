"""The tree of errors.

Belongs here: every exception a room raises on purpose. A message says what happened, where, and what to do next.
Stays out: handling; rooms raise, the edges (assets, command line) catch.

    CchcError
    ├── CatalogueError          a file of the catalogue is wrong; names file and line
    ├── DocumentError           a file could not be read as a document; carries a named Outcome
    ├── PlacementError          a readable file belongs to no ward or round we know; carries a named Outcome
    ├── WarehouseError
    │   ├── WarehouseBusyError  locked or unreachable just now; may be tried again
    │   └── MigrationError      the schema is older or newer than the code
    │       └── ProgramChangedError  another program was installed while this process ran
    ├── DecisionError           a decision that cannot be recorded as asked
    │   ├── OvertakenError      somebody else has decided, or sent a report, since it was looked at
    │   └── SecondLookError     what a person read differs from the machine's reading; to be said twice
    ├── UpgradeError            a reader that may not take over: it spoils decided figures or a certified class
    ├── SignInError             a person who cannot be known, an account that cannot be as asked
    ├── PublicationError        a paper that cannot be made, or a round that is locked
    ├── DeliveryError           mail that could not be sent or fetched; may be tried again
    ├── StorageError            a disk that is full, read-only or not ours to write
    ├── BusyError               another process of this home is at the same work; may be tried again
    ├── StandstillError         runs cannot go on; may be tried again once the cause is gone
    ├── CallError               a word of a call that names nothing known
    └── ConfigurationError      a setting that cannot work
        └── MissingPackageError an environment older than the lock
"""

from __future__ import annotations


class CchcError(Exception):
    """Root of everything this project raises on purpose."""

    retryable = False
    """True where the same call may succeed later without anybody mending anything."""


class CatalogueError(CchcError):
    """A catalogue file is wrong; the message names file, line and remedy."""


class DocumentError(CchcError):
    """A file could not be read as a document.

    `outcome` is one of `parsers.outcomes.Outcome`'s values (a plain string here, so that the ground knows no room).
    `detail` is what a library said of it, in its own words: for the log, never for an office's screen.
    """

    def __init__(self, outcome: str, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.outcome = outcome
        self.detail = detail

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, str, str]]:
        """Return what rebuilds the error on the far side of a child process."""
        return type(self), (self.outcome, str(self), self.detail)


class PlacementError(DocumentError):
    """A readable file belongs to no ward or no round we know."""


class WarehouseError(CchcError):
    """The warehouse refused or could not carry out a call."""


class WarehouseBusyError(WarehouseError):
    """The warehouse is locked or unreachable just now."""

    retryable = True


class MigrationError(WarehouseError):
    """The schema of the warehouse is not the one this code needs."""


class ProgramChangedError(MigrationError):
    """This process still runs the program that was installed before; it is to be ended and started anew."""


class DecisionError(CchcError):
    """A decision on a finding cannot be recorded as asked."""


class OvertakenError(DecisionError):
    """What is decided on has changed since it was looked at."""


class SecondLookError(DecisionError):
    """What a person read differs from the machine's reading; it is kept once it is said a second time."""


class UpgradeError(CchcError):
    """A reader may not take the place of the one in force."""


class SignInError(CchcError):
    """A person cannot be known, or may not do what was asked, or an account cannot be as asked."""


class PublicationError(CchcError):
    """A publication cannot be made, or its round is locked."""


class DeliveryError(CchcError):
    """Mail could not be sent or fetched."""

    retryable = True


class StorageError(CchcError):
    """A folder or file cannot be read or written: the disk is full, read-only, or not ours."""


class BusyError(CchcError):
    """Another process of this home is at the same work."""

    retryable = True


class StandstillError(CchcError):
    """Runs cannot go on: their record is broken or held, or a run ended before it came to its reports."""

    retryable = True


class CallError(CchcError):
    """A word of a call names nothing known."""


class ConfigurationError(CchcError):
    """A setting cannot work as given."""


class MissingPackageError(ConfigurationError):
    """The environment is older than the lock: a package that the code needs is not installed."""
