"""What must never be printed: passwords inside the URLs of databases and stores.

Belongs here: a URL as it may be shown. Stays out: where secrets come from (`pipelines.settings`), passwords of people
(`warehouse.people`).
"""

from __future__ import annotations

import re

_USER = re.compile(r"://\S*@")
"""A user with a password, up to the last `@`: an unescaped one in a password must not end it."""


def without_secret(url: str) -> str:
    """Return a URL without user and password, for messages."""
    return _USER.sub("://…@", url)
