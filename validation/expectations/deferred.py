"""Importing a library without the heavy modules that it imports but we never use.

Belongs here: stand-ins that load the real module when something of it is asked for.
Stays out: which modules are worth it (the caller measures).
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any


class StandIn(ModuleType):
    """A module that becomes the real one at the first look at something of it."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if sys.modules.get(self.__name__) is self:
            _withdraw(self.__name__)
        return getattr(importlib.import_module(self.__name__), name)


@contextmanager
def deferring(*names: str) -> Iterator[None]:
    """Let modules imported inside the block hold stand-ins for `names`, those already imported excepted.

    Afterwards everybody else imports the real modules as ever.
    """
    placed = [name for name in names if name not in sys.modules]
    for name in placed:
        _place(name)
    try:
        yield
    finally:
        for name in placed:
            if isinstance(sys.modules.get(name), StandIn):
                _withdraw(name)


def _place(name: str) -> None:
    stand_in = StandIn(name)
    sys.modules[name] = stand_in
    parent, _, child = name.rpartition(".")
    if parent:
        setattr(importlib.import_module(parent), child, stand_in)


def _withdraw(name: str) -> None:
    del sys.modules[name]
    parent, _, child = name.rpartition(".")
    if parent:
        vars(sys.modules[parent]).pop(child, None)
