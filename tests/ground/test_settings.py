"""Settings: environment over file over defaults, and named errors for what cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc.errors import ConfigurationError
from cchc.messages import use_language
from pipelines.settings import MailSettings, load_settings


def write(home: Path, text: str) -> dict[str, str]:
    """Put a configuration into a home and return the environment that names it."""
    home.mkdir(exist_ok=True)
    (home / "cchc.toml").write_text(text, encoding="utf-8")
    return {"CCHC_HOME": str(home)}


class TestLoadSettings:
    """`load_settings` gives one checked value."""

    def test_defaults_lie_in_the_home(self, tmp_path: Path) -> None:
        """Without a file everything lies below the home."""
        settings = load_settings({"CCHC_HOME": str(tmp_path)})

        assert settings.warehouse_url == f"sqlite:///{tmp_path / 'warehouse.db'}"
        assert settings.inbox == tmp_path / "inbox"
        assert not settings.mail.enabled

    def test_environment_wins_over_the_file(self, tmp_path: Path) -> None:
        """What the environment says holds, whatever the file says."""
        env = write(tmp_path, 'warehouse_url = "postgresql://a/b"\nworkers = 3\n')

        settings = load_settings(env | {"CCHC_WAREHOUSE_URL": "postgresql://c/d"})

        assert (settings.warehouse_url, settings.workers) == ("postgresql://c/d", 3)

    def test_mail_stands_in_the_offices_folder(self, tmp_path: Path) -> None:
        """Each office has its own mail; where the configuration has one, that holds alone."""
        folder = tmp_path / "office"
        folder.mkdir()
        (folder / "office.yaml").write_text("form: 2\n", encoding="utf-8")
        (folder / "mail.toml").write_text('office = "cchc@example.vn"\nsender = "gui@example.vn"\n', encoding="utf-8")
        env = write(tmp_path, "workers = 1\n")
        assert load_settings(env).mail == MailSettings(office="cchc@example.vn", sender="gui@example.vn")

        (folder / "mail.toml").write_text("port = 25\n", encoding="utf-8")
        with pytest.raises(ConfigurationError, match=r"office/mail\.toml: .*'port'"):
            load_settings(env)

        assert load_settings(write(tmp_path, '[mail]\noffice = "a@example.vn"\n')).mail.office == "a@example.vn"

    def test_mail_servers_and_senders(self, tmp_path: Path) -> None:
        """Addresses are known in lower case, passwords come from the environment and are never shown."""
        env = write(
            tmp_path,
            '[mail]\nenabled = true\n[mail.smtp]\nhost = "localhost"\nport = 2525\nsecurity = "none"\n'
            '[mail.senders]\n"Pho.Minh@example.vn" = "pho-minh"\n',
        )

        mail = load_settings(env | {"CCHC_SMTP_PASSWORD": "geheim"}).mail

        assert mail.senders == {"pho.minh@example.vn": "pho-minh"}
        assert mail.smtp is not None
        assert mail.smtp.password == "geheim"
        assert "geheim" not in repr(mail)

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("workers = 0", "at least 1"),
            ("workers = 'many'", "at least 1"),
            ("inbxo = 'x'", "'inbxo' is no setting"),
            ("not toml", "no valid TOML"),
            ("[mail.smtp]\nhost = 'x'", "needs host, port"),
            ("[mail.smtp]\nhost = 'x'\nport = 25\nsecurity = 'maybe'", "needs host, port and security"),
        ],
    )
    def test_what_cannot_be_is_named(self, tmp_path: Path, text: str, complaint: str) -> None:
        """A wrong file is an error that says what is wrong and where."""
        with use_language("en"), pytest.raises(ConfigurationError, match=complaint):
            load_settings(write(tmp_path, text))
