"""The language: what its loader refuses, and how the office adds a phrase."""

from __future__ import annotations

import ast
import itertools
import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

import catalogue.accounts
import parsers.figures
import parsers.text
from catalogue.accounts import PLACES, load_account_book
from catalogue.figures import figure_definitions
from catalogue.groups import PLACE_HOLDERS
from catalogue.labels import Told, labels, load_labels
from catalogue.language_files import shipped_language
from catalogue.named import CONCEPTS, GROUPS
from catalogue.source import load_yaml, shipped
from catalogue.spellings import variants
from cchc.errors import CatalogueError
from parsers.figures import read_printings
from parsers.text.lexicon import Lexicon
from tests.figures.casebook import ROUND
from tests.figures.marked import build

ENGINE = Path(parsers.figures.__file__).parent
TEXT = Path(parsers.text.__file__).parent
WORDS_OF_CODE = {"people"}
"""Names of concepts that mean other things in code (a kind of table row)."""


@pytest.fixture
def edited(tmp_path: Path):
    """Return a function that loads a copy of the shipped language with one text put for another in one of its files."""

    def edit(old: str, new: str):
        folder = tmp_path / "language"
        shutil.copytree(shipped_language(), folder, dirs_exist_ok=True)
        path = next(p for p in sorted(folder.iterdir()) if old in p.read_text(encoding="utf-8"))
        path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
        return load_labels(folder)

    return edit


class TestTheOfficeAddsAPhrase:
    def test_a_phrase_for_one_figure(self, edited) -> None:
        """A whole phrase under `phrases` of a figure names that figure, without code."""
        source = "# Cải cách thủ tục hành chính\nSố ca làm xong ngay trong buổi: 19 hồ sơ.\n"
        assert read_printings(build(source)[0], ROUND) == ()

        added = edited("      - hồ sơ trước hạn\n", "      - số ca làm xong ngay trong buổi\n      - hồ sơ trước hạn\n")

        (printing,) = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert (printing.figure, printing.value) == ("dossiers_early", Decimal(19))
        assert printing.label == "số ca làm xong ngay trong buổi"

    def test_a_phrase_for_an_idea(self, edited) -> None:
        """A phrase under a concept serves every figure that is made of it."""
        source = "# Cải cách thủ tục hành chính\nHồ sơ lỡ cỡ thời gian: 4 hồ sơ (1,2%).\n"
        assert read_printings(build(source)[0], ROUND) == ()

        added = edited(
            "      - trễ hạn\n",
            "      - {phrase: lỡ cỡ thời gian, example: hồ sơ lỡ cỡ thời gian 4 bộ, source: a ward's report}\n"
            "      - trễ hạn\n",
        )

        read = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert {(p.figure, p.value) for p in read} == {("dossiers_late", 4), ("dossiers_late_pct", Decimal("1.2"))}

    def test_a_phrase_that_says_two_things_stands_once(self, edited) -> None:
        """What a phrase also says it says wherever it is asked for: here a noun, so that the number has one."""
        added = edited(
            "      - trễ hạn\n",
            "      - {phrase: ca lỡ, also_says: [noun dossier, figure dossiers_late]}\n      - trễ hạn\n",
        )

        assert "ca lỡ" in added.concepts["late"]
        assert "ca lỡ" in added.nouns["dossier"]
        assert "ca lỡ" in added.phrases["dossiers_late"]

    def test_a_way_of_shortening(self, edited) -> None:
        """Words under `abbreviations` are found shortened in every phrase that holds them and more."""
        source = "# Cải cách thủ tục hành chính\nSố HSHC tiếp nhận trực tiếp: 44.\nHSHC: 12.\n"
        assert not any(p.figure == "dossiers_direct" for p in read_printings(build(source)[0], ROUND))

        added = edited("  hồ sơ: [hs]", "  hồ sơ: [hs, hshc]")

        read = read_printings(build(source)[0], ROUND, Lexicon(added))
        assert {(p.figure, p.value) for p in read} == {("dossiers_direct", 44)}


class TestLoading:
    def test_every_figure_has_a_way(self) -> None:
        """No figure of the catalogue is without labels."""
        named = {way.figure for way in labels().ways} | set(labels().money)

        assert set(figure_definitions()) <= named

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            ("  dossiers_late:\n", "  dossiers_tardy:\n", "'dossiers_tardy' is no figure"),
            ("    all: [late]\n", "    all: [tardy]\n", "unknown concept 'tardy'"),
            ("    nouns: [dossier]\n", "    nouns: [file]\n", "unknown noun class 'file'"),
            ("      - trễ hạn\n", "      - Trễ hạn\n", "no phrase in lower case"),
            ("      - trễ hạn\n", "      - trễ hạn\n      - trễ hạn\n", "'trễ hạn' stands twice; keep one"),
            (
                "      - trễ hạn\n",
                "      - trễ hạn\n      - trước hạn\n",
                r"'trước hạn' stands twice, at \w+\.yaml:\d+ with 'concept early' too; keep that one, "
                r"and add there also_says: \[concept late\]",
            ),
            (
                "      - trễ hạn\n",
                "      - {phrase: trễ hạn, also_says: [concept tardy]}\n",
                "'trễ hạn' also says the concept 'tardy', which is not there",
            ),
            (
                "      - trễ hạn\n",
                "      - {phrase: trễ hạn, also_says: [tardy]}\n",
                "'trễ hạn' also says 'tardy'; write one of concept, figure, noun and a name",
            ),
            ("      - trễ hạn\n", "      - {phrase: trễ hạn, says: x}\n", "'trễ hạn' has the unknown key 'says'"),
            ("  late:\n    kind: state\n", "  late:\n    kind: mood\n", "has no kind"),
            ("  late:\n    kind: state\n", "  late:\n    kind: state\n    loud: true\n", "unknown key 'loud'"),
            ("  hard:\n", "  harder:\n", "asks for the group 'hard'"),
            ("concepts: [pending, in_time]\n", "concepts: [pending, on_the_way]\n", "unknown concept 'on_the_way'"),
            ("    shy: [iso]\n", "    timid: [iso]\n", "unknown key 'timid'"),
            ("[discipline_order, people,", "[discipline_order, people, late,", "'late' does not only hold its place"),
            ("    role: prior\n", "    role: earlier\n", "has no role"),
        ],
    )
    def test_a_mistake_is_named_with_its_line(self, edited, old: str, new: str, says: str) -> None:
        """The message tells file, line and remedy."""
        with pytest.raises(CatalogueError, match=r"\w+\.(?:yaml|py):\d+: .*" + says):
            edited(old, new)


def test_a_comma_in_a_phrase_stands_for_every_way_of_joining() -> None:
    """One phrase of the file covers the comma, "và", the slash, the dash, "&" and nothing."""
    assert set(variants("cán bộ, công chức")) == {
        "cán bộ , công chức", "cán bộ và công chức", "cán bộ / công chức", "cán bộ - công chức",
        "cán bộ & công chức", "cán bộ công chức",
    }  # fmt: skip


class TestNamesInCode:
    @pytest.mark.parametrize(
        "concept",
        [
            "on_behalf",
            "late",
            "within",
            "p_ytd",
            "scope_other",
            "digitise",
            "budget",
            "corrects",
            "place",
            "dossier",
            "quarter_list",
        ],
    )
    def test_a_concept_renamed_in_the_data_is_refused(self, edited, concept: str) -> None:
        """Whoever renames a concept is told its name, the file and the line of whoever still asks for the old one."""
        with pytest.raises(CatalogueError, match=rf"\w+\.(?:yaml|py):\d+: .*'{concept}'"):
            edited(f"\n  {concept}:\n    kind:", f"\n  {concept}_renamed:\n    kind:")

    def test_a_concept_that_nobody_asks_for_is_refused(self, edited) -> None:
        """A concept does something, or says that it only holds its place."""
        with pytest.raises(CatalogueError, match=r"dossiers\.yaml:\d+: .*concept 'idle'; use it"):
            edited("concepts:\n  dossier:\n", "concepts:\n  idle:\n    kind: state\n    phrases: [lặng]\n  dossier:\n")

    def test_code_lists_every_name_that_it_uses(self) -> None:
        """No module of the engine names a concept or group that is not listed for the check at load."""
        concepts, groups = set(labels().concepts), set()
        named: set[str] = set()
        for path in (*ENGINE.glob("*.py"), *TEXT.glob("*.py"), Path(catalogue.accounts.__file__)):
            source = path.read_text(encoding="utf-8")
            groups |= set(re.findall(r'concepts_of\("(\w+)"\)', source))
            constants = (n.value for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Constant))
            named |= {value for value in constants if isinstance(value, str) and value in concepts}

        assert named - WORDS_OF_CODE == set(CONCEPTS)
        assert groups | {PLACE_HOLDERS} == set(GROUPS)


def test_no_figure_is_named_in_the_parsers() -> None:
    """What a figure is stands in the catalogue: no code of one is written in any module of `parsers`."""
    codes = set(figure_definitions())
    named = {
        (path.name, node.value)
        for path in ENGINE.parent.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in codes
    }

    assert named == set()


def test_accounts_repeat_no_phrase_of_the_language() -> None:
    """A phrase stands once: in the language, which says for which rules it speaks, or with the rules alone."""
    entries = load_yaml(shipped("accounts.yaml"))["rules"]
    written = {phrase for entry in entries for place in PLACES for phrase in entry.get(place, ())}
    known = labels()

    assert written.isdisjoint(itertools.chain(*known.concepts.values(), *known.nouns.values()))


def test_a_phrase_speaks_for_a_rule_that_is_there(tmp_path: Path) -> None:
    """A phrase of the language is one of its rule's; a rule or place that is not there is refused by name."""
    path = tmp_path / "accounts.yaml"
    path.write_text("rules:\n  - {name: mean, kind: measure, reason: mean, lead: [cứ mỗi]}\n", encoding="utf-8")

    (rule,) = load_account_book(path, [Told("bình quân", "mean", "lead")]).rules
    assert rule.phrases == {"lead": ("bình quân", "cứ mỗi")}

    for name, place in (("mode", "lead"), ("mean", "behind")):
        with pytest.raises(CatalogueError, match=f"'bình quân': accounts.yaml has no rule '{name}' .*'{place}'"):
            load_account_book(path, [Told("bình quân", name, place)])
