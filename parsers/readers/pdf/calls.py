"""Functions of pdfium called by plain addresses: wrapping each of a page's thousand calls would cost most of it.

Belongs here: a function of pdfium with its arguments as plain numbers, and handles as addresses.
Stays out: what is asked (`glyphs`, `objects`, `raised_marks`).
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from functools import cache
from typing import Any

import pypdfium2.raw as raw

ADDRESS = ctypes.c_void_p
INT = ctypes.c_int


@cache
def plain(name: str, result: Any, *arguments: Any) -> Callable[..., Any]:
    """Return a function of pdfium that takes and gives plain numbers."""
    kind = ctypes.CFUNCTYPE(result, *arguments)
    return kind(ctypes.cast(getattr(raw, name), ctypes.c_void_p).value or 0)


def address(handle: Any) -> int:
    """Return the address behind a handle of pdfium."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0
