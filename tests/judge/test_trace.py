"""`cchc why`: every step of a number's way is in its tree, in the words of the office."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cchc.messages import use_language
from parsers.figures import read_figures
from parsers.figures.watching import weighings
from parsers.judge.term_words import account_words, term_words
from parsers.judge.terms import NAMES
from parsers.judge.trace import Branch, traces
from parsers.learned.decide import with_learned
from parsers.reading import AccountKind, Identity
from tests.figures.marked import build

TEXT = (
    "::title BÁO CÁO\n"
    "::title Kết quả thực hiện công tác cải cách hành chính quý III năm 2024\n"
    "# Cải cách thủ tục hành chính\n"
    "Trong quý III, phường tiếp nhận 612 hồ sơ; toàn thị xã tiếp nhận 9.411 hồ sơ.\n"
    "Như vậy phường đã tiếp nhận 621 hồ sơ.\n"
)
IDENTITY = Identity(None, "2024-Q3", None, None, 1.0)


def below(branch: Branch, beginning: str) -> Branch:
    """Return the branch of a tree whose text begins so."""
    return next(b for b in branch.branches if b.text.startswith(beginning))


@pytest.fixture(scope="module")
def trees() -> dict[str, Branch]:
    """The trees of all numbers of the text, in Vietnamese, by the number."""
    document = build(TEXT)[0]
    return {raw: next(traces(document, IDENTITY, None, raw)) for raw in ("612", "9.411")}


class TestTree:
    def test_every_step_stands_in_order(self, trees: dict[str, Branch]) -> None:
        """Sentence, phrases, grammar, second reader, both together, choice, verdict."""
        heads = [b.text.split(":")[0] for b in trees["612"].branches]

        assert heads[:2] == ["trong", "cụm từ tìm thấy"]
        assert heads[2] == "cách đọc theo quy tắc"
        assert heads[-2].startswith("chọn trong 2 chỗ in")
        assert heads[-1] == "kết luận"

    def test_the_choice_names_every_printing(self, trees: dict[str, Branch]) -> None:
        """Both values stand there, exactly one of them for the figure."""
        printings = [b.text for b in below(trees["612"], "chọn trong 2").branches]

        assert [text.split(",")[0] for text in printings] == ["612", "621"]
        assert sum(text.endswith("(được lấy)") for text in printings) == 1

    def test_the_grammar_tells_candidates_and_which_was_taken(self, trees: dict[str, Branch]) -> None:
        """What the grammar took is among its candidates, with a weight and the phrases behind it."""
        grammar = below(trees["612"], "cách đọc theo quy tắc")
        candidates = below(grammar, "các khả năng").branches

        [taken] = [c.text for c in candidates if c.text.endswith("(được chọn)")]
        assert "(dossiers_received): " in taken
        assert "tiếp nhận" in taken

    def test_a_number_that_is_none_has_a_verdict_too(self, trees: dict[str, Branch]) -> None:
        """The town's number says what it is to the grammar, in words."""
        assert below(trees["9.411"], "cách đọc theo quy tắc").text.startswith(
            "cách đọc theo quy tắc: không phải số liệu"
        )


def test_a_second_value_that_looks_like_a_slip_is_kept_beside_the_first() -> None:
    """612 and 621 received: whatever the readers that learned make of the first, the report contradicts itself."""
    document = build(TEXT)[0]

    reading = with_learned(document, read_figures(document, IDENTITY))

    values = {(p.raw, p.primary) for p in reading.printings if p.figure == "dossiers_received"}
    assert {raw for raw, _ in values} == {"612", "621"}
    assert len([raw for raw, primary in values if primary]) == 1


def test_objections_name_their_phrase() -> None:
    """What speaks against a candidate is the phrase that it cannot explain, with what it leaves of the weight."""
    document = build("# Cải cách thủ tục hành chính\nXã nhận 612 hồ sơ của quý II.\n")[0]

    found = [w for options in weighings(document, "2024-Q3").by_place.values() for w in options]

    against = {(phrase, keeps < 1) for w in found if w.figure == "dossiers_received" for phrase, keeps in w.against}
    assert against == {("quý ii", True)}


def _spoken() -> Iterator[tuple[str, str]]:
    yield from ((name, term_words(name)) for name in NAMES)
    yield from ((kind.value, account_words(kind.value)) for kind in AccountKind)


def test_every_term_and_account_has_words() -> None:
    """No name of the code stands in a tree, in either language."""
    with use_language("vi"):
        vietnamese = dict(_spoken())
    with use_language("en"):
        english = dict(_spoken())

    assert [name for name in vietnamese if vietnamese[name] in (name, english[name])] == []
    assert [name for name in english if english[name] == name] == []
