"""Passwords that are hashed quickly in tests which are about something else.

Belongs here: the light settings. Stays out: that hashes are argon2id, which `warehouse/test_people.py` holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from argon2 import PasswordHasher

from warehouse.people import passwords


@contextmanager
def quick_hashes() -> Iterator[None]:
    """Hash passwords in a millisecond instead of a tenth of a second."""
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(passwords, "_hasher", lambda: quick)
        passwords._nobodys.cache_clear()
        yield
    passwords._nobodys.cache_clear()
