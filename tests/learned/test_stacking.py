"""What the stacked reader and the network are told of the other readers, and the grammar's view by place."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from parsers.document import Place
from parsers.learned.grammar import grammar_book
from parsers.learned.pieces import Pieces
from parsers.learned.signs import Signs
from parsers.learned.stacking import grammar_signs, stacked_features
from parsers.learned.values import GrammarView, Guess, Opinion
from parsers.learned.vocabulary import Vocabulary
from parsers.reading import Account, AccountKind, Identity, Printing, Reading

LATE = GrammarView("dossiers_late", "figure", 0.82, "trễ hạn", "label", True)
DATE = GrammarView(None, "date", rule="a day")
SURE, UNSURE = Opinion((Guess("dossiers_late", 0.98), Guess(None, 0.02))), Opinion((Guess(None, 0.7),))


class TestStacking:
    def test_what_the_grammar_says_of_a_number_and_its_neighbour(self) -> None:
        """Figure, how surely in steps, kind, rule, whether primary; of the neighbours figure or kind."""
        assert grammar_signs([LATE, DATE]) == [
            [
                "G=dossiers_late", "G=dossiers_late:4", "G.step=4:True", "G.kind=figure", "G.rule=label",
                "G.primary=True", "G+1=date", "G.again=False",
            ],
            ["G=O", "G=O:0", "G.step=0:False", "G.kind=date", "G.rule=a day", "G.primary=False", "G-1=dossiers_late"],
        ]  # fmt: skip

    def test_a_figure_that_stands_before_stands_again(self) -> None:
        """The second number that the grammar takes for a figure is told to be that."""
        first, second = grammar_signs([LATE, LATE])

        assert ("G.again=False" in first, "G.again=True" in second) == (True, True)

    def test_both_readers_are_held_side_by_side(self) -> None:
        """Behind what the grammar says stand the guesses, those of the neighbours, and whether the two agree."""
        first, second = stacked_features([LATE, DATE], [SURE, UNSURE])

        assert first[8:] == [
            "I0=dossiers_late", "I=dossiers_late:6", "I1=O", "I=O:0", "I+1=O",
            "GI=True:False:False", "GI=True:6:4", "GI=dossiers_late|dossiers_late",
        ]  # fmt: skip
        assert second[7:] == [
            "I0=O", "I=O:2", "I-1=dossiers_late", "GI=True:True:True", "GI=True:2:0", "GI=O|O",
        ]  # fmt: skip


class TestSigns:
    def test_frequent_signs_have_places_from_one_on(self) -> None:
        """A sign counts once a spot; rare ones have no place, unknown ones are passed over."""
        signs = Signs.frequent([["b", "a", "a"], ["a"], ["c"]], least=2)

        assert (signs.names, signs.of_names(["c", "a", "a", "x"], 5)) == (("a",), [1])

    def test_no_more_signs_than_there_is_room_for(self) -> None:
        """The first are kept, each once."""
        assert Signs.of("abc").of_names("cbbaa", 2) == [3, 2]


def test_a_vocabulary_comes_back_from_its_file(tmp_path: Path) -> None:
    """What is written is read again, scores to four digits."""
    pieces = Pieces.of(("▁hồ", "sơ"), (-1.25, -2.5))
    kept = Vocabulary(pieces, Signs.of(["a", "b"]), Signs.of(["G=O"]), (None, "dossiers_late"))

    kept.save(tmp_path / "network.json")
    found = Vocabulary.load(tmp_path / "network.json")

    assert (found.pieces.pieces, found.pieces.scores) == (kept.pieces.pieces, kept.pieces.scores)
    assert (found.signs, found.said, found.figures) == (kept.signs, kept.said, kept.figures)


class TestGrammarBook:
    PLACE = Place(3, 10, 13)

    def book_of(self, *, printed: bool) -> Reading:
        """Return a reading with one number: a figure, or a part of a sum."""
        sentence = Place(3, 0, 40)
        printing = Printing(
            "investment_disbursed", Decimal(350), "350", self.PLACE, None, None, "", sentence, "giải ngân", "label",
            0.9, 0.8, True,
        )  # fmt: skip
        account = Account(
            AccountKind.FIGURE, "350", Decimal(350), self.PLACE, None, "", "part of a sum", "investment_disbursed"
        )
        identity = Identity(None, "2023-Q3", None, None, 1.0)
        return Reading("", "", identity, (printing,) if printed else (), (account,))

    def test_a_printing_is_found_by_any_of_its_characters(self) -> None:
        """The view has figure, confidence of reading and recognition together, phrase and step."""
        view = GrammarView("investment_disbursed", "figure", 0.72, "giải ngân", "label", True)

        assert grammar_book(self.book_of(printed=True)).at(Place(3, 12, 20)) == view

    def test_a_part_of_a_sum_is_told_as_one(self) -> None:
        """Its account names the figure, and the confidence is that of parts."""
        view = grammar_book(self.book_of(printed=False)).at(self.PLACE)

        assert view == GrammarView("investment_disbursed", "figure", 0.7, rule="part of a sum")

    def test_of_another_place_nothing_is_said(self) -> None:
        """Another block, or characters beside it."""
        book = grammar_book(self.book_of(printed=True))

        assert {book.at(replace(self.PLACE, block=4)), book.at(Place(3, 13, 20))} == {GrammarView(None, "unexplained")}
        assert book.printing_at(self.PLACE, "dossiers_late") is None
