"""Every message has its Vietnamese, and every placeholder survives the translation."""

from __future__ import annotations

import ast
import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "cchc" / "locale" / "vi" / "LC_MESSAGES"
ROOMS = ("assets", "catalogue", "cchc", "console", "parsers", "pipelines", "publications", "validation", "warehouse")
TRANSLATOR = re.compile(r"translator\(\"([a-z_]+)\"\)")


def sources() -> list[tuple[Path, str]]:
    """Return every module that speaks to people, with its message domain."""
    found = []
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            match = TRANSLATOR.search(path.read_text(encoding="utf-8"))
            if match and path.name != "messages.py":
                found.append((path, match[1]))
    return found


def messages_of(path: Path) -> set[str]:
    """Return the English messages of a module: the text given to `_`, f-strings' inner calls included."""
    calls = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call))
    named = (c for c in calls if isinstance(c.func, ast.Name) and c.func.id in ("_", "ngettext", "plural") and c.args)
    return {c.args[0].value for c in named if isinstance(c.args[0], ast.Constant) and isinstance(c.args[0].value, str)}


def catalogue_of(domain: str) -> dict[str, object]:
    """Return the Vietnamese of a domain by English message."""
    path = LOCALE / f"{domain}.po"
    catalogue = read_po(io.BytesIO(path.read_bytes()), locale="vi")
    return {m.id if isinstance(m.id, str) else m.id[0]: m.string for m in catalogue if m.id and not m.fuzzy}


def placeholders(text: str) -> set[str]:
    """Return the names of a format string's fields."""
    return {name.split(".")[0].split("[")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize(("path", "domain"), sources(), ids=lambda v: v.name if isinstance(v, Path) else v)
def test_every_message_is_translated(path: Path, domain: str) -> None:
    """A message of the code stands in its catalogue with a Vietnamese text."""
    known = catalogue_of(domain)

    missing = sorted(m for m in messages_of(path) if not known.get(m) or not any(known[m]))

    assert missing == []


def test_every_message_of_a_page_is_translated() -> None:
    """A message of a template of the office's page stands in its catalogue with a Vietnamese text."""
    known = catalogue_of("console")
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    pages = sorted((ROOT / "console" / "templates").glob("*.j2"))

    found = {
        message
        for page in pages
        for _line, _name, message in environment.extract_translations(page.read_text(encoding="utf-8"))
    }

    assert pages
    assert sorted(m for m in found if isinstance(m, str) and not known.get(m)) == []


@pytest.mark.parametrize("domain", sorted({d for _, d in sources()}))
def test_placeholders_survive_translation(domain: str) -> None:
    """A translation fills in exactly the values of its message."""
    for message, text in catalogue_of(domain).items():
        for one in text if isinstance(text, tuple | list) else (text,):
            if one:
                assert placeholders(str(one)) <= placeholders(message), message
                assert placeholders(message) - placeholders(str(one)) <= {"plural"}, message
