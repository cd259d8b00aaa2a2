"""Members of a container, written out within limits.

Belongs here: the limits, the shelf on which members are put under numbers, never under their names, and what came of
it. A count, sizes and a ratio are held while bytes come out, whatever the container's own directory claims.
Stays out: how each kind of container is read (`archives`, `mails`, `portfolio`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from cchc.errors import DocumentError
from cchc.messages import translator
from cchc.text import nfc
from parsers.outcomes import Outcome

_ = translator("containers")

_LITTER = ("._", "~$", ".DS_Store")


@dataclass(frozen=True)
class Hold:
    """What a container may unpack to: number of members, bytes of one, bytes of all, growth over its own size."""

    members: int = 500
    member_bytes: int = 100 * 2**20
    total_bytes: int = 1000 * 2**20
    ratio: int = 200


DEFAULT_HOLD = Hold()


@dataclass(frozen=True)
class Member:
    """One file of a container: the name it had there (data only), and where its bytes lie now."""

    name: str
    path: Path


@dataclass(frozen=True)
class Opened:
    """What a container holds: its kind and its members in its own order."""

    kind: str
    members: tuple[Member, ...]


class Shelf:
    """Where the members of one container are put, as 0001, 0002 and so on."""

    def __init__(self, folder: Path, hold: Hold = DEFAULT_HOLD) -> None:
        self._folder = folder
        self._hold = hold
        self._left = hold.total_bytes
        self._count = 0
        self._members: list[Member] = []

    def put(self, name: str, chunks: Iterable[bytes], packed: int) -> Member:
        """Write one member and return it; `packed` are the bytes it takes inside the container.

        Raises DocumentError too_large at the first byte beyond what is allowed.
        """
        self._count += 1
        if self._count > self._hold.members:
            raise DocumentError(
                Outcome.TOO_LARGE,
                _("The archive holds more than {most} files. Send the reports by themselves.").format(
                    most=self._hold.members
                ),
            )
        self._folder.mkdir(parents=True, exist_ok=True)
        target = self._folder / f"{self._count:04}"
        allowed = min(self._hold.member_bytes, self._left, self._hold.ratio * max(packed, 1 << 16))
        with target.open("wb") as stream:
            for chunk in chunks:
                allowed -= len(chunk)
                if allowed < 0:
                    raise DocumentError(
                        Outcome.TOO_LARGE,
                        _("The archive unpacks to an unreasonable size. Send the reports by themselves."),
                    )
                self._left -= len(chunk)
                stream.write(chunk)
        return Member(nfc(name), target)

    def add(self, member: Member) -> None:
        """Take a member that was put into the result."""
        self._members.append(member)

    def opened(self, kind: str) -> Opened:
        """Return the members; raises DocumentError empty where there is none."""
        if not self._members:
            raise DocumentError(Outcome.EMPTY, _("The archive or mail holds no file. Ask the ward to send it again."))
        return Opened(kind, tuple(self._members))


def is_litter(name: str) -> bool:
    """Return whether a member is what macOS, Windows and office programs leave behind."""
    plain = name.replace("\\", "/")
    last = plain.rsplit("/", 1)[-1]
    return plain.startswith("__MACOSX/") or last.startswith(_LITTER) or last.lower() in {"thumbs.db", "desktop.ini"}
