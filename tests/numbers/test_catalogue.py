"""The files the office may edit: what is wrong with one is said with its line and the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalogue.accounts import KINDS as ACCOUNT_KINDS
from catalogue.accounts import account_book, load_account_book
from catalogue.cues import KINDS as CUE_KINDS
from catalogue.cues import cues, load_cues
from catalogue.units import load_units, unit_classes
from cchc.errors import CatalogueError
from parsers.reading import AccountKind

CUES = "needs_so: []\nunless_counted: []\nunless_padded: []\nnever_after: []\nnames: []\nsymbols: []\nlaws: []\n"
RULES = "rules:\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "catalogue.yaml"


class TestShipped:
    def test_every_kind_is_a_kind_of_account(self) -> None:
        """What rules and cues name exists."""
        assert {AccountKind(kind) for kind in ACCOUNT_KINDS | CUE_KINDS}

    def test_files_load(self) -> None:
        """The files that ship are right."""
        assert unit_classes()["bộ hồ sơ"] == "dossier"
        assert cues().kind_of["nghị định"] == "law"
        assert len(account_book().rules) > 20

    def test_no_rule_speaks_for_every_number(self) -> None:
        """Every rule asks for a phrase or a counting word."""
        assert all(rule.phrases or rule.units for rule in account_book().rules)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("dossier: [hồ sơ]\nteam: [tổ, Đội]\n", "catalogue.yaml:2: 'Đội' is no phrase in lower case"),
        ("dossier: [hồ sơ]\nteam: [hồ sơ]\n", "catalogue.yaml:2: 'hồ sơ' stands under 'dossier' too"),
    ],
)
def test_units(file: Path, text: str, says: str) -> None:
    """A counting word in capitals, or under two classes, is refused."""
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=says):
        load_units(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("before:\n  person: [ông]\n", "catalogue.yaml:2: kind 'person' is unknown"),
        ("before:\n  law: [Luật]\n", "catalogue.yaml:2: 'Luật' is no phrase in lower case"),
        ("before:\n  law: [luật]\n  article: [luật]\n", "catalogue.yaml:3: 'luật' stands under 'law' too"),
    ],
)
def test_cues(file: Path, text: str, says: str) -> None:
    """A cue of an unknown kind, in capitals or under two kinds, is refused."""
    file.write_text(text + CUES, encoding="utf-8")

    with pytest.raises(CatalogueError, match=says):
        load_cues(file)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (RULES + "  - {kind: change, reason: r, lead: [tăng], wher: [x]}\n", "catalogue.yaml:2: 'wher' is no key"),
        (RULES + "  - {kind: guess, reason: r, lead: [tăng]}\n", "catalogue.yaml:2: kind 'guess' is unknown"),
        (RULES + "  - {kind: change, reason: r, lead: [Tăng]}\n", "catalogue.yaml:2: 'Tăng' is no phrase"),
        (RULES + "  - {kind: change, reason: r, units: [dosier]}\n", "catalogue.yaml:2: 'dosier' is no class"),
    ],
)
def test_account_rules(file: Path, text: str, says: str) -> None:
    """A rule with an unknown key, kind, class or concept, or a phrase in capitals, is refused."""
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CatalogueError, match=says):
        load_account_book(file)


def test_an_added_rule_needs_no_code(file: Path) -> None:
    """A phrase the office writes into the file is a rule."""
    file.write_text(RULES + "  - {kind: change, reason: change, close: [nhích lên]}\n", encoding="utf-8")

    (rule,) = load_account_book(file).rules

    assert rule.phrases == {"close": ("nhích lên",)}
