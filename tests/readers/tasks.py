"""Tasks that behave badly in a child process, each in one way."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

from cchc.errors import CatalogueError, DocumentError
from cchc.messages import language
from parsers.lifeline import end_with_server
from parsers.patience import ask_for


def behave(path: Path) -> str:
    """Do what the name of the path says."""
    return {
        "hang": _hang,
        "hang_deaf": _hang_deaf,
        "wait": _wait,
        "much": _much,
        "spawn": _spawn,
        "eat": _eat,
        "exit": lambda: os._exit(3),
        "segfault": lambda: os.kill(os.getpid(), signal.SIGSEGV),
        "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
        "raise": _raise,
        "recurse": _recurse,
        "refuse": _refuse,
        "catalogue": _catalogue,
        "import": lambda: importlib.import_module("nowhere.to_be_found"),
        "lock": threading.Lock,
        "language": language,
        "pid": os.getpid,
        "none": lambda: None,
    }.get(path.name, lambda: f"read {path.name}")()


def _hang():
    time.sleep(600)


def _wait():
    time.sleep(2.5)
    return "waited"


def _much():
    ask_for(60.0)
    began = time.process_time()
    while time.process_time() - began < 2.0:
        pass
    return "done"


def _hang_deaf():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    while True:
        pass


def _spawn():
    Path(os.environ["CHILD_FILE"]).write_text(
        str(subprocess.Popen(["sleep", "600"]).pid)
    ) if "CHILD_FILE" in os.environ else None
    time.sleep(600)


def _eat():
    held = []
    while True:
        held.append(b"\x01" * 20_000_000)


def _raise():
    raise ZeroDivisionError("a figure over nothing")


def _recurse():
    return _recurse()


def _refuse():
    raise DocumentError("encrypted", "locked")


def _catalogue():
    raise CatalogueError("wards.csv, line 3")


def hang_in_server() -> None:
    """Hang as a worker does, from a server that is there for that alone."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["parsers.lifeline_server"])
    process = context.Process(target=_hang_as_worker)
    process.start()
    process.join()


def hang_in_import() -> None:
    """Hang while the server still imports."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["parsers.lifeline_server", "tests.readers.long_import"])
    process = context.Process(target=_hang_as_worker)
    process.start()
    process.join()


def _hang_as_worker() -> None:
    end_with_server()
    print("hangs", flush=True)
    _hang_deaf()


def made_ahead(_path: Path) -> tuple[bool, int]:
    """Return whether the reading of reports is imported, and how many lexicons are made, when a worker begins."""
    there = sys.modules.get("parsers.text.lexicon")
    return "parsers.report" in sys.modules, there.lexicon.cache_info().currsize if there else 0
