"""Each service is known by its last sign; one that this office does not run is no fault."""

from __future__ import annotations

import socket
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest
from dagster._daemon.types import DaemonHeartbeat

from cchc.clock import ZONE
from pipelines.cli.doctor import Part, services
from pipelines.orchestration.services import SILENT, Service, Sign, Standing, judged, signs
from pipelines.settings import ConsoleSettings, Settings

NOW = datetime(2024, 9, 12, 8, tzinfo=ZONE)


def _settings(folder: Path, port: int = 1) -> Settings:
    plain = Settings(folder, folder / "inbox", f"sqlite:///{folder / 'w.db'}", str(folder / "archive"))
    return replace(plain, console=ConsoleSettings(port=port))


@pytest.mark.parametrize(
    ("last", "sign"),
    [
        (None, Sign(Service.DAEMON, Standing.NOT_RUN)),
        (NOW - SILENT, Sign(Service.DAEMON, Standing.AT_WORK, SILENT)),
        (NOW - 2 * SILENT, Sign(Service.DAEMON, Standing.SILENT, 2 * SILENT)),
        (NOW + SILENT, Sign(Service.DAEMON, Standing.AT_WORK, timedelta())),
    ],
)
def test_a_service_is_judged_by_its_last_sign(last: datetime | None, sign: Sign) -> None:
    """Slow is not silent, and a clock that was set back makes nothing silent."""
    assert judged(Service.DAEMON, last, NOW) == sign


def test_the_daemon_is_as_old_as_its_slowest_part(tmp_path: Path) -> None:
    """One part that hangs is a daemon that does not work; a page is asked at its address."""
    with dg.instance_for_test() as instance, socket.create_server(("127.0.0.1", 0)) as page:
        for part, minutes in (("SENSOR", 1), ("SCHEDULER", 30)):
            moment = (NOW - timedelta(minutes=minutes)).timestamp()
            instance.add_daemon_heartbeat(DaemonHeartbeat(timestamp=moment, daemon_type=part, daemon_id="one"))

        found = signs(_settings(tmp_path, page.getsockname()[1]), instance, NOW)

    by_service = {sign.service: sign for sign in found}
    assert by_service[Service.DAEMON] == Sign(Service.DAEMON, Standing.SILENT, timedelta(minutes=30))
    assert by_service[Service.CODE_SERVER].standing is Standing.NOT_RUN
    assert by_service[Service.CONSOLE].standing is Standing.AT_WORK


def test_doctor_says_what_stands_still(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A silent daemon is a fault with its age and what to do; a page that nobody opened is none."""
    settings = _settings(tmp_path)
    settings.dagster_home.mkdir()
    (settings.dagster_home / "dagster.yaml").write_text("telemetry: {enabled: false}\n", encoding="utf-8")
    silent = [Sign(Service.DAEMON, Standing.SILENT, timedelta(hours=3)), Sign(Service.CONSOLE, Standing.NOT_RUN)]
    monkeypatch.setattr("pipelines.orchestration.services.signs", lambda *_: silent)

    daemon, console = services(settings)

    what = "Không có gì được tự nhận hay tự gửi: systemctl restart cchc-daemon, hoặc cchc collect."
    assert daemon == Part("Tiến trình nền", False, "im lặng đã 3 giờ", what)
    assert console == Part("Trang của cơ quan", True, "không chạy ở đây", "Mở bằng: cchc console")
