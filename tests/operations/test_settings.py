"""Settings are what the file says or are refused in words; nothing is guessed from a value of another kind."""

from __future__ import annotations

from pathlib import Path

import pytest

from cchc.errors import ConfigurationError
from pipelines.settings import Settings, load_settings


def loaded(home: Path, text: str, **environ: str) -> Settings:
    """Return the settings of a home with this file."""
    (home / "cchc.toml").write_text(text, encoding="utf-8")
    return load_settings({"CCHC_HOME": str(home), **environ})


def test_environment_over_file_over_default(tmp_path: Path) -> None:
    """The environment wins over the file, the file over what is built in."""
    text = 'inbox = "/srv/one"\nscorecard = "own"\n'

    found = loaded(tmp_path, text, CCHC_INBOX="/srv/two")

    assert (found.inbox, found.scorecard) == (Path("/srv/two"), "own")
    assert found.warehouse_url == f"sqlite:///{tmp_path / 'warehouse.db'}"
    assert not found.mail.enabled


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("inbox = ", "TOML"),
        ('inbax = "/x"', "'inbax'"),
        ("inbox = 3", "'inbox'"),
        ("workers = 0", "workers"),
        ('mail = "on"', "'mail'"),
        ('[mail]\nenabled = "false"', "'enabled'"),
        ("[mail]\nenabled = 1", "'enabled'"),
        ('[mail]\nsenders = "a@b.vn"', "'senders'"),
        ('[mail.senders]\n"a@b.vn" = 5', "'a@b.vn'"),
        ('[mail.smtp]\nhost = "x"\nport = "465"', "'port'"),
        ('[mail.smtp]\nhost = "x"\nport = 70000', "máy chủ thư"),
        ('[mail.smtp]\nhost = "x"\nport = 465\nsecurity = "ssl"', "máy chủ thư"),
        ('[mail.imap]\npassword = "x"', "'password'"),
    ],
)
def test_mistakes_are_told(text: str, word: str, tmp_path: Path) -> None:
    """Each mistake is named in Vietnamese with the file it stands in; a secret has no place in it."""
    with pytest.raises(ConfigurationError) as caught:
        loaded(tmp_path, text)

    assert word in str(caught.value)
    assert "cchc.toml" in str(caught.value) or word == "workers"
    assert not str(caught.value).isascii()


def test_letters_are_never_switched_on_by_mistake(tmp_path: Path) -> None:
    """Only a plain `true` sends mail."""
    assert loaded(tmp_path, "[mail]\nenabled = true").mail.enabled
    assert not loaded(tmp_path, "[mail]\nenabled = false").mail.enabled


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    """A file in another encoding is refused, not half read."""
    (tmp_path / "cchc.toml").write_bytes(b'inbox = "\xff\xfe"')

    with pytest.raises(ConfigurationError, match="TOML"):
        load_settings({"CCHC_HOME": str(tmp_path)})
