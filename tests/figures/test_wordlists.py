"""Lists of words and shapes that code asks for, and the words that still stand in code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import parsers
from catalogue.named_words import SHAPES, WORDLISTS, WORDMAPS
from catalogue.shapes import load_shapes, shape, shapes
from catalogue.source import shipped
from catalogue.wordlists import either, load_lists, load_maps, numbers_of, word_list, words_for
from cchc.errors import CatalogueError

PARSERS = Path(parsers.__file__).parent
ASKED = re.compile(r"\b(?:word_list|either)\(\s*[\"'](\w+)[\"']")
MAPPED = re.compile(r"\b(?:words_for|numbers_of)\(\s*[\"'](\w+)[\"']")
SHAPED = re.compile(r"\bshape\(\s*[\"'](\w+)[\"']")
MARKED = re.compile(r"[àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ]", re.IGNORECASE)
CLASS = re.compile(r"\[(?:\\.|[^\]])*\]")
"""A class of characters inside a pattern: letters, and no word."""
WORD = re.compile(r"[^\W\d_]{2,}")
WORDS_IN_CODE = {
    "encodings.py": "letters of two old encodings in the order of their tables",
    "syllables.py": "all syllables that the language can have, as beginnings and endings",
    "learned/positions.py": "signs of a trained reader: another word is another training",
    "learned/features.py": "signs of a trained reader: another word is another training",
    "learned/chunks.py": "signs of a trained reader: another word is another training",
    "judge/terms.py": "a sign of the trained judge: another word is another training",
}
"""The modules of the parsers that may hold Vietnamese words, and why."""


@pytest.fixture
def edited(tmp_path: Path):
    """Return what loads the shipped lists with one text replaced."""

    def load(old: str, new: str, loader=load_lists):
        source = shipped("language/lists.yaml").read_text(encoding="utf-8")
        assert source.count(old) == 1
        path = tmp_path / "lists.yaml"
        path.write_text(source.replace(old, new), encoding="utf-8")
        return loader(path)

    return load


class TestNames:
    def test_code_asks_for_every_list_and_for_no_other(self) -> None:
        """The names listed for the check at load are those that modules ask for."""
        rooms = PARSERS, PARSERS.parent / "validation"
        texts = [path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")]

        assert {name for text in texts for name in ASKED.findall(text)} == set(WORDLISTS)
        assert {name for text in texts for name in MAPPED.findall(text)} == set(WORDMAPS)

    def test_a_list_renamed_in_the_data_is_refused(self, edited) -> None:
        """Whoever renames a list is told the old name, and where code asks for it."""
        with pytest.raises(CatalogueError, match=r"named_words\.py:\d+: code asks for the list 'day_cues'"):
            edited("\n  day_cues:\n", "\n  day_clues:\n")

    def test_a_list_that_nobody_asks_for_is_refused(self, edited) -> None:
        """A list without a reader would only seem to do something."""
        with pytest.raises(CatalogueError, match=r"lists\.yaml:\d+: no code asks for the list 'idle'"):
            edited("\n  day_cues:\n", "\n  idle:\n    says: nothing\n    words: [a]\n  day_cues:\n")

    def test_a_map_renamed_in_the_data_is_refused(self, edited) -> None:
        """Maps are checked as lists are."""
        with pytest.raises(CatalogueError, match=r"named_words\.py:\d+: code asks for the map 'scales'"):
            edited("\n  scales:\n", "\n  steps:\n", load_maps)
        with pytest.raises(CatalogueError, match=r"lists\.yaml:\d+: no code asks for the map 'idle'"):
            edited("\n  scales:\n", "\n  idle: {says: nothing, gives: {a: 1}}\n  scales:\n", load_maps)

    def test_a_word_twice_is_refused(self, edited) -> None:
        """The second would never be tried."""
        with pytest.raises(CatalogueError, match="'hồi' stands twice in 'clock_cues'"):
            edited("[lúc, hồi, vào]", "[lúc, hồi, hồi, vào]")


class TestWords:
    def test_alternatives_keep_the_order_of_the_file(self) -> None:
        """A longer phrase is tried before one that it begins with."""
        assert word_list("requests") == ("kiến nghị", "đề xuất", "đề nghị")
        assert either("requests", " ") == "kiến nghị|đề xuất|đề nghị"
        assert re.fullmatch(either("requests"), "kiến  nghị")

    def test_maps_give_words_and_numbers(self) -> None:
        """The first word of a value is the one that is written."""
        assert numbers_of("tens") == {"hăm": 20, "băm": 30}
        assert words_for("i_for_y")["lí"] == "lý"

    def test_no_phrase_hides_a_longer_one_behind_it(self) -> None:
        """Where a pattern takes the first that fits, no later phrase of its list begins with an earlier one."""
        tried = word_list("denied_verbs")

        assert not [(a, b) for i, a in enumerate(tried) for b in tried[i + 1 :] if b.startswith(f"{a} ")]

    def test_no_word_stands_in_code(self) -> None:
        """What the grammar and the readers of files know of words stands in the catalogue; who may differ says why."""
        found = {
            str(path.relative_to(PARSERS)) for path in PARSERS.rglob("*.py") if any(map(_says_a_word, _strings(path)))
        }

        assert found == set(WORDS_IN_CODE)


class TestShapes:
    @pytest.mark.parametrize("name", SHAPES)
    def test_a_shape_is_what_its_examples_say(self, name: str) -> None:
        """Each shape is found in the texts it fits and in none of the others."""
        written = shapes()[name]
        looks = {"start": re.match, "all": re.fullmatch, "anywhere": re.search}[written.at]

        assert [text for text in written.fits if not looks(shape(name), text)] == []
        assert [text for text in written.fits_not if looks(shape(name), text)] == []

    def test_code_asks_for_every_shape_and_for_no_other(self) -> None:
        """The names listed for the check at load are those that modules ask for."""
        rooms = PARSERS, PARSERS.parent / "validation"
        texts = [path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("*.py")]

        assert {name for text in texts for name in SHAPED.findall(text)} == set(SHAPES)

    def test_a_shape_renamed_in_the_data_is_refused(self, tmp_path: Path) -> None:
        """Whoever renames a shape is told both names, each with its place."""
        path = tmp_path / "shapes.yaml"
        source = shipped("language/shapes.yaml").read_text(encoding="utf-8")
        path.write_text(source.replace("\n  share_of:\n", "\n  part_of:\n"), encoding="utf-8")
        with pytest.raises(CatalogueError, match=r"named_words\.py:\d+: code asks for the shape 'share_of'"):
            load_shapes(path)

        path.write_text(
            f"{source}  idle: {{says: nothing, pattern: [a], fits: [a], fits_not: [b]}}\n", encoding="utf-8"
        )
        with pytest.raises(CatalogueError, match=r"shapes\.yaml:\d+: no code asks for the shape 'idle'"):
            load_shapes(path)


def _says_a_word(text: str) -> bool:
    return any(MARKED.search(word) for word in WORD.findall(CLASS.sub(" ", text)))


def _strings(path: Path) -> list[str]:
    """Return the strings with Vietnamese letters in a module, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {
        id(statement.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        for statement in node.body
        if isinstance(statement, ast.Expr)
    }
    constants = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and id(n) not in told)
    return [n.value for n in constants if isinstance(n.value, str) and MARKED.search(n.value)]
