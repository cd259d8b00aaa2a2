"""The quarantine: files that wait for a person, each with the reason beside it.

Belongs here: laying a copy aside under a name a clerk recognises, releasing it once a person has placed the file.
Stays out: deciding that a file must wait (`pipelines.arrival.placement`); keeping the original
(`pipelines.keeping.archive`).

A file's own name never becomes a path: the copy is called `abcdef123456-short-plain-name.ext`, its reason
`….ext.json`.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from cchc.text import fold
from pipelines.keeping.stores import Store

_UNSAFE = re.compile(r"[^a-z0-9]+")
_SUFFIX = re.compile(r"[a-z0-9]{1,5}")
_PREFIX = 12


@dataclass(frozen=True)
class Reason:
    """Why a file waits: which file, since when (ISO), reason code, and what happened and what to do in Vietnamese."""

    sha256: str
    file_name: str
    received_at: str
    received_via: str
    sender: str
    code: str
    message: str


def lay_aside(quarantine: Store, original: Path, reason: Reason) -> str:
    """Copy an original into the quarantine with its reason; return the copy's name. Doing it twice changes nothing."""
    name = safe_name(reason.file_name, reason.sha256)
    quarantine.create(name, original)
    text = json.dumps(asdict(reason), ensure_ascii=False, indent=2, sort_keys=True)
    quarantine.write(f"{name}.json", (text + os.linesep).encode())
    return name


def release(quarantine: Store, sha256: str) -> list[str]:
    """Take a file out of the quarantine because it found its place; return the names of what was removed."""
    removed = [entry.name for entry in quarantine.entries() if entry.name.startswith(f"{sha256[:_PREFIX]}-")]
    for name in removed:
        quarantine.remove(name)
    return removed


def safe_name(file_name: str, sha256: str) -> str:
    """Return a name for people that is safe as a path: hash prefix, plain letters of the name, a short plain suffix."""
    plain = fold(file_name.replace("\\", "/").rsplit("/", 1)[-1])
    stem, dot, suffix = plain.rpartition(".")
    ending = f".{suffix}" if dot and _SUFFIX.fullmatch(suffix) else ""
    words = _UNSAFE.sub("-", stem if ending else plain).strip("-")[:48].strip("-")
    return f"{sha256[:_PREFIX]}-{words or 'file'}{ending}"
