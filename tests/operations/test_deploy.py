"""What the runbook and the deployment files say is true of the program."""

from __future__ import annotations

import configparser
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest
from typer.main import get_command

from console.routes import WAYS
from pipelines.cli import make_app
from pipelines.ledger.entries import State
from pipelines.ledger.phrases import state_name
from pipelines.orchestration.schedules import make_schedules
from pipelines.orchestration.sensors import make_sensors
from pipelines.settings import ConsoleSettings, load_settings

ROOT = Path(__file__).parents[2]
UNITS = [path for kind in ("service", "timer") for path in sorted((ROOT / "deploy" / "systemd").glob(f"*.{kind}"))]
UNITS += [path for kind in ("service", "timer") for path in sorted((ROOT / "deploy" / "celery").glob(f"*.{kind}"))]
RUNBOOK = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "huong-dan.md").read_text(encoding="utf-8")
COMMANDS = get_command(make_app()).commands  # type: ignore[attr-defined]


def unit(path: Path) -> configparser.ConfigParser:
    """Return a systemd unit."""
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read(path, encoding="utf-8")
    return parser


class TestUnits:
    @pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
    def test_programs_exist(self, path: Path) -> None:
        """Every program a unit starts is one that the virtual environment has, and every cchc command is one."""
        for line in re.findall(r"^ExecStart=(.+)$", path.read_text(encoding="utf-8"), re.MULTILINE):
            program, *arguments = line.split()
            name = Path(program).name
            assert name in ("cchc", "celery", "dagster", "dagster-webserver", "dagster-daemon")
            assert name != "cchc" or arguments[0] in COMMANDS

    @pytest.mark.parametrize(("name", "read_only"), [("cchc-webserver", False), ("cchc-webserver-view", True)])
    def test_pages_listen_on_this_machine_only(self, name: str, *, read_only: bool) -> None:
        """Dagster's pages have no login, so nothing but localhost may reach them; the second one changes nothing."""
        line = unit(ROOT / "deploy" / "systemd" / f"{name}.service")["Service"]["ExecStart"]

        assert "--host 127.0.0.1" in line
        assert ("--read-only" in line) is read_only

    def test_proxy_answers_to_its_own_name_only(self) -> None:
        """A call under another host name ends at the handshake, or is hung up on: the usual server has no page."""
        proxy = (ROOT / "deploy" / "nginx" / "cchc.conf").read_text(encoding="utf-8")
        default = next(block for block in proxy.split("server {")[1:] if "default_server" in block)

        assert "ssl_reject_handshake on;" in default and "return 444;" in default.split("}")[0]

    def test_proxy_asks_the_office_page_before_dagsters(self) -> None:
        """Behind the proxy Dagster's page is reached only through a question that the office's page answers."""
        proxy = (ROOT / "deploy" / "nginx" / "cchc.conf").read_text(encoding="utf-8")
        asked = re.findall(r"auth_request (/[^;]+);", proxy)
        ways = {re.sub(r"\{\w+\}", "dagster", way.path): way for way in WAYS}
        port = str(ConsoleSettings().port)

        pages = [proxy[proxy.index(f"location {path}") :].split("}")[0] for path in ("/dagster/", "/dagster-view/")]
        assert asked == ["/may/dagster"] * 2
        assert all("auth_request" in page for page in pages)
        assert ways["/may/dagster"].method == "GET"
        assert set(re.findall(r"proxy_pass http://127\.0\.0\.1:(\d+)", proxy)) == {port, "3000", "3001"}

    @pytest.mark.parametrize("path", [p for p in UNITS if "webserver" in p.name or "daemon" in p.name], ids=str)
    def test_home_is_made_before(self, path: Path) -> None:
        """No service that touches Dagster's home starts before it was made."""
        assert "cchc-init.service" in unit(path)["Unit"]["Requires"]
        assert "cchc-init.service" in unit(path)["Unit"]["After"]

    @pytest.mark.parametrize("path", [p for p in UNITS if p.suffix == ".service"], ids=lambda p: p.name)
    def test_every_service_is_shut_in_alike(self, path: Path) -> None:
        """No service is root, writes outside the home, or has a right it does not need; all have the same walls."""
        walls = path.read_text(encoding="utf-8").split("# What the program never needs is shut.\n")[1]
        shared = UNITS[0].read_text(encoding="utf-8").split("# What the program never needs is shut.\n")[1]
        service = unit(path)["Service"]

        assert walls.splitlines()[:24] == shared.splitlines()[:24]
        assert (service["User"], service["Group"], service["UMask"]) == ("cchc", "cchc", "0027")
        assert (service["CapabilityBoundingSet"], service["ReadWritePaths"]) == ("", "/var/lib/cchc")

    @pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
    @pytest.mark.parametrize("path", UNITS, ids=lambda p: p.name)
    def test_systemd_understands_every_line(self, path: Path) -> None:
        """systemd knows each key and value; only the programs are not installed here."""
        command = ["systemd-analyze", "verify", "--man=no", str(path)]
        said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stderr.splitlines()

        assert [line for line in said if line.strip() and "is not executable" not in line] == []

    @pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
    @pytest.mark.parametrize("path", [p for p in UNITS if p.suffix == ".service"], ids=lambda p: p.name)
    def test_little_is_exposed(self, path: Path) -> None:
        """What systemd itself reckons a service's exposure at stays below 2 of 10."""
        command = ["systemd-analyze", "security", "--offline=true", "--threshold=19", "--no-pager", str(path)]

        assert subprocess.run(command, capture_output=True, check=False, timeout=120).returncode == 0

    @pytest.mark.parametrize("path", [p for p in UNITS if p.suffix == ".timer"], ids=lambda p: p.name)
    def test_backup_runs_by_the_offices_clock(self, path: Path) -> None:
        """The nightly timer says its time zone."""
        assert "Asia/Ho_Chi_Minh" in unit(path)["Timer"]["OnCalendar"]


class TestExamples:
    def test_settings_load(self, tmp_path: Path) -> None:
        """The example of settings, with every line switched on, is accepted."""
        example = (ROOT / "deploy" / "cchc.toml.example").read_text(encoding="utf-8")
        switched_on = re.sub(r"(?m)^# (?=[\[\w\"])", "", example).replace("Copy to", "# Copy to", 1)
        (tmp_path / "cchc.toml").write_text(switched_on, encoding="utf-8")

        loaded = load_settings({"CCHC_HOME": str(tmp_path)})

        assert len(tomllib.loads(switched_on)) > 3
        assert loaded.mail.imap is not None and loaded.mail.smtp is not None
        assert loaded.mail.senders["phominh@example.vn"] == "pho-minh"

    def test_no_secret_stands_in_an_example(self) -> None:
        """Passwords are named and left empty."""
        for path in (ROOT / "deploy").rglob("*"):
            if path.is_file():
                text = path.read_text(encoding="utf-8")
                assert not re.search(r"(?i)password\s*=\s*[^\s#{]", text), path


class TestDocuments:
    @pytest.mark.parametrize("name", ["operations.md", "huong-dan.md"])
    def test_commands_exist(self, name: str) -> None:
        """Every `cchc …` command that the documents name is a command."""
        text = {"operations.md": RUNBOOK, "huong-dan.md": GUIDE}[name]

        named = set(re.findall(r"`cchc ([a-z]+)", text)) | set(re.findall(r"(?m)^cchc ([a-z]+)", text))
        assert named
        assert named <= set(COMMANDS)

    @pytest.mark.parametrize("state", list(State))
    def test_states_are_explained(self, state: State) -> None:
        """Every state stands in the runbook by code and by name, and in the office's guide by name."""
        assert f"| `{state}` | {state_name(state)} |" in RUNBOOK
        assert f"**{state_name(state)}**" in GUIDE

    def test_clockwork_is_explained(self, tmp_path: Path) -> None:
        """Every schedule and every sensor stands in the runbook."""
        settings = load_settings({"CCHC_HOME": str(tmp_path)})
        names = [s.name for s in make_schedules(lambda: settings)] + [s.name for s in make_sensors(lambda: settings)]

        assert [name for name in names if f"`{name}`" not in RUNBOOK] == []

    def test_pictures_exist(self) -> None:
        """Every picture the guide shows is there, is small, and every picture there is shown."""
        shown = re.findall(r"!\[[^\]]+\]\((pictures/[^)]+)\)", GUIDE)

        assert shown
        for picture in shown:
            path = ROOT / "docs" / picture
            assert path.read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
            assert path.stat().st_size < 400_000
