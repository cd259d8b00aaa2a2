"""Run every benchmark, or those named: `python -m bench reading scoring`."""

from __future__ import annotations

import importlib
import os
import pkgutil
import platform
import sys

import bench

BY_NAME = frozenset({"growth", "scale", "throughput", "years"})
"""Topics that take long as they stand or need Redis, and are run by name only."""


def main() -> None:
    """Print where it runs, then each topic's table."""
    topics = [m.name for m in pkgutil.iter_modules(bench.__path__) if not m.name.startswith("_")]
    wanted = sys.argv[1:] or [topic for topic in topics if topic not in BY_NAME]
    unknown = sorted(set(wanted) - set(topics))
    if unknown:
        sys.exit(f"no benchmark is called {unknown[0]}; there are {', '.join(topics)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}", flush=True)
    for topic in wanted:
        print(f"\n## {topic}", flush=True)
        importlib.import_module(f"bench.{topic}").main()


if __name__ == "__main__":
    main()
