"""Lines as the encoder reads them."""

from __future__ import annotations

from parsers.document import Block, Cell, Document
from parsers.learned.chunks import ROOM, WINDOW, chunks_of
from parsers.learned.pieces import NUMBER, SPECIAL, WORD_START, Pieces
from parsers.learned.positions import Line, lines_of

PIECES = Pieces.of((*SPECIAL, WORD_START, *"abcdefghiklmnopqrstuvxy", "▁nhan"), (*[0.0] * 5, *[-5.0] * 24, -1.0))


def _lines(*texts: str) -> list[Line]:
    blocks = tuple(Block(i, "paragraph", text) for i, text in enumerate(texts))
    return list(lines_of(Document(sha256="0" * 64, format="docx", blocks=blocks)))


class TestPieces:
    def test_the_likelier_cut_wins(self) -> None:
        """A whole word that is a piece is one piece; another is cut into its letters."""
        assert PIECES.of_word("nhan") == (PIECES.ids["▁nhan"],)
        assert PIECES.of_word("nha") == tuple(PIECES.ids[c] for c in (WORD_START, "n", "h", "a"))

    def test_what_is_unknown(self) -> None:
        """A letter that no piece has becomes the unknown piece."""
        assert PIECES.of_word("w", glued=True) == (1,)


class TestChunks:
    def test_every_spot_once(self) -> None:
        """Every number stands in exactly one chunk, at a piece that says so, however long the text."""
        lines = _lines(*(f"nhan {n} " + "van ban " * 60 + f"va {n}" for n in range(2, 12)), "nhan 5 " * 390)

        chunks = list(chunks_of(lines, PIECES))

        spots = [(line, spot) for chunk in chunks for _, line, spot in chunk.spots]
        assert sorted(spots) == [(i, j) for i, line in enumerate(lines) for j in range(len(line.spots))]
        assert all(chunk.pieces[place] == NUMBER for chunk in chunks for place, _, _ in chunk.spots)
        assert max(len(chunk.pieces) for chunk in chunks) < WINDOW + ROOM

    def test_a_row_says_its_label_and_heads(self) -> None:
        """A table row is its label, then for every cell its heads and the number."""
        rows = [["chi", "ky"], ["nhan", "12"]]
        cells = tuple(Cell(r, c, text) for r, row in enumerate(rows) for c, text in enumerate(row))
        document = Document(sha256="0" * 64, format="docx", blocks=(Block(0, "table", cells=cells),))

        (chunk,) = chunks_of(list(lines_of(document)), PIECES)

        words = [PIECES.pieces[p] for p in chunk.pieces]
        assert words.index("▁nhan") < words.index("k") < words.index("<number>")
