"""A whole round, held to the letter, and the same letter for letter in every process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from .golden_round import GOLDEN, as_text, made_result

ROOT = Path(__file__).resolve().parents[2]


def test_whole_round() -> None:
    """Ranking, totals, comparisons and explanation are those looked at and kept."""
    assert as_text(made_result()).splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


def test_bit_for_bit() -> None:
    """Equal input gives equal output in processes that order their sets and mappings differently."""
    code = (
        "from warehouse.codec import digest; from tests.scoring.golden_round import made_result;"
        "print(digest(made_result()))"
    )

    digests = {
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, check=True, text=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }  # fmt: skip

    assert len(digests) == 1
