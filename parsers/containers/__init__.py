"""Files that hold other files: archives, mails, PDF portfolios; opened in the guarded child, their members written out.

Belongs here: the one way in, which tells what a file is by its bytes and hands back its members.
Stays out: what a member says (`parsers.readers`), and whose arrival it is (`pipelines`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from parsers.containers.archives import archive_members
from parsers.containers.kinds import ContainerKind, container_kind
from parsers.containers.mails import eml_members, msg_members
from parsers.containers.members import DEFAULT_HOLD, Hold, Member, Opened, Shelf
from parsers.containers.portfolio import portfolio_members
from parsers.readers.common.rescue import faults_named

__all__ = ["DEFAULT_HOLD", "ContainerKind", "Hold", "Member", "Opened", "container_kind", "open_container"]


def open_container(path: Path, *, folder: Path, hold: Hold = DEFAULT_HOLD) -> Opened | None:
    """Write the members of a container under `folder` and return them in its own order; None for any other file.

    They lie in a folder of their own there, named for the container's path.

    Raises:
        DocumentError: it is damaged, empty, protected by a password, or would unpack beyond what `hold` allows.
    """
    kind = container_kind(path)
    if kind is None:
        return None
    shelf = Shelf(folder / hashlib.sha256(str(path).encode()).hexdigest()[:16], hold)
    with faults_named():
        for member in _members(kind, path, shelf):
            shelf.add(member)
    return shelf.opened(kind)


def _members(kind: ContainerKind, path: Path, shelf: Shelf) -> list[Member]:
    """Return what one kind of container holds, written to the shelf."""
    if kind == "eml":
        return eml_members(path, shelf)
    if kind == "msg":
        return msg_members(path, shelf)
    if kind == "portfolio":
        return portfolio_members(path, shelf)
    return archive_members(kind, path, shelf)
