"""No secret of the settings is printed or logged, whatever is refused or cannot be reached."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cchc.secrets import without_secret
from pipelines.cli import make_app, modules_for
from pipelines.settings import load_settings

SECRET = "hunter2!"
CONFIG = """
[mail]
enabled = true
sender = "a@example.vn"
office = "b@example.vn"
[mail.imap]
host = "127.0.0.1"
port = 1
user = "u"
security = "none"
[mail.smtp]
host = "127.0.0.1"
port = 1
user = "u"
security = "none"
[console.service]
issuer = "https://id.example.vn"
client_id = "cchc"
"""
PLACES = {
    "CCHC_WAREHOUSE_URL": f"postgresql+psycopg://cchc:{SECRET}@127.0.0.1:1/cchc",
    "CCHC_ARCHIVE_URL": f"nowhere://cchc:{SECRET}@store.example.vn/originals",
    "CCHC_RUNS_URL": f"postgresql+psycopg2://cchc:{SECRET}@127.0.0.1:1/runs",
}
PASSWORDS = dict.fromkeys(("CCHC_IMAP_PASSWORD", "CCHC_SMTP_PASSWORD", "CCHC_OIDC_SECRET"), SECRET)


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://u:p@host/name", "postgresql://…@host/name"),
        ("postgresql://u:p@ss/w@host/name", "postgresql://…@host/name"),
        ("sqlite:///warehouse.db", "sqlite:///warehouse.db"),
        ("/srv/archive", "/srv/archive"),
    ],
)
def test_a_url_is_shown_without_its_password(url: str, shown: str) -> None:
    """What is left tells where it is, whatever characters the password holds."""
    assert without_secret(url) == shown


@pytest.mark.parametrize(
    ("command", "reached"),
    [("doctor", "nothing"), ("collect", "nothing"), ("doctor", "warehouse"), ("mail", "warehouse")],
)
def test_no_command_prints_a_secret(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, command: str, reached: str
) -> None:
    """Databases, stores and mail servers that are not there are named without what opens them."""
    (tmp_path / "cchc.toml").write_text(CONFIG, encoding="utf-8")
    places = PLACES if reached == "nothing" else {"CCHC_ARCHIVE_URL": PLACES["CCHC_ARCHIVE_URL"]}
    for name, value in {"CCHC_HOME": str(tmp_path), **places, **PASSWORDS}.items():
        monkeypatch.setenv(name, value)

    with caplog.at_level(logging.DEBUG):
        result = CliRunner().invoke(make_app(modules_for([command])), [command])

    told = result.output + caplog.text + repr(load_settings())
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert SECRET not in told
