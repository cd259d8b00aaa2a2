"""What a machine watches is in the form it reads, and true."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipelines.home import dagster_instance
from pipelines.orchestration.metrics import Metric, measure, prometheus_text
from pipelines.settings import load_settings
from tests.homes import new_home
from warehouse.connection import open_warehouse
from warehouse.load import record_submission
from warehouse.rows import NewSubmission

from .desk import at

MOMENT = at(2024, 9, 14, 10)


def test_the_numbers_of_an_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One report is not read, one file waits, fourteen wards are silent, the last backup is an hour old."""
    monkeypatch.setenv("DAGSTER_HOME", "")
    settings = load_settings({"CCHC_HOME": str(tmp_path)})
    new_home(settings)
    engine = open_warehouse(settings.warehouse_url)
    place = {"ward": "pho-an", "round": "2024-Q3"}
    record_submission(engine, NewSubmission("a" * 64, "a.docx", 1, at(2024, 9, 14, 8), "read", "inbox", **place))  # type: ignore[arg-type]
    record_submission(engine, NewSubmission("b" * 64, "b.docx", 1, at(2024, 9, 14, 8), "damaged", "inbox"))
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / "cchc-1.tar.gz").touch()
    os.utime(tmp_path / "backups" / "cchc-1.tar.gz", (MOMENT.timestamp() - 3600,) * 2)

    with dagster_instance(settings) as instance:
        said = prometheus_text(measure(settings, engine, instance, MOMENT)).splitlines()

    assert {
        'cchc_round_reports{round="2024-Q3",state="received"} 1',
        'cchc_round_reports{round="2024-Q3",state="expected"} 14',
        "cchc_files_waiting 1",
        "cchc_reports_unread 1",
        "cchc_oldest_unread_age_seconds 7200",
        'cchc_runs{status="failure"} 0',
        "cchc_backup_age_seconds 3600",
    } <= set(said)
    assert not [line for line in said if line.startswith("cchc_daemon_age_seconds")]


def test_labels_are_escaped() -> None:
    """A quote, a backslash and a line end do not break the form."""
    said = prometheus_text([Metric("m", "says", (({"a": 'x"\\\n'}, 1.5),))])

    assert said == '# HELP m says\n# TYPE m gauge\nm{a="x\\"\\\\\\n"} 1.5\n'
