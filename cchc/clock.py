"""The clock, read only at the edge.

Belongs here: the office's time zone and the one function that reads the clock. The command line, the assets' entry
points and the sensors call `now`; every other function takes the moment as an argument.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def now() -> datetime:
    """Return this moment in the office's time zone."""
    return datetime.now(ZONE)
