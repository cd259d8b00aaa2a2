from __future__ import annotations

import subprocess

import pytest

from cchc.errors import DocumentError
from parsers.limits import Limits
from parsers.outcomes import Outcome
from parsers.readers.legacy import doc
from parsers.readers.legacy.doc import read_doc, read_rtf
from parsers.readers.legacy.doc_pieces import doc_text
from tests.readers.builders import doc_bytes

LIMITS = Limits()
PARAGRAPHS = ["I. TÌNH HÌNH CHUNG", "Trong quý, phường tiếp nhận 1.312 hồ sơ, đạt 97,64%."]


def answering(monkeypatch, *, out: str = "", err: str = "", code: int = 0) -> None:
    """Let antiword answer so."""
    done = subprocess.CompletedProcess([], code, out.encode(), err.encode())
    monkeypatch.setattr(doc.subprocess, "run", lambda *_a, **_k: done)


class TestAntiword:
    def test_rows_between_bars_are_a_table(self, monkeypatch):
        """Rows between bars are cells; a broken cell goes on in the row below; the letterhead is columns."""
        answering(
            monkeypatch,
            out="|ỦY BAN NHÂN DÂN |CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n"
            "|Số: 4/BC-UBND   |Hoa Mai, ngày 12                   |\n\n"
            "BÁO CÁO\n\n|Lĩnh vực  |Số liệu   |\n|Bảo trợ xã|74        |\n|hội       |          |\n"
            "|II        |          |\n"
            "|Hộ tịch   |không có  |\n",
        )

        head, _title, table = read_doc(b"", LIMITS).drafts

        assert [[line.text for line in column] for column in head.columns] == [
            ["ỦY BAN NHÂN DÂN", "Số: 4/BC-UBND"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Hoa Mai, ngày 12"],
        ]
        assert [(c.row, c.column, c.text, c.header) for c in table.cells][2:] == [
            (1, 0, "Bảo trợ xã hội", False),
            (1, 1, "74", False),
            (2, 0, "II", False),
            (2, 1, "", False),
            (3, 0, "Hộ tịch", False),
            (3, 1, "không có", False),
        ]

    def test_counting_page_numbers_are_left_out(self, monkeypatch):
        """Lone numbers that count 2, 3 down the text are page numbers and told; others stay."""
        answering(monkeypatch, out="Một.\n\n2\n\nHai.\n\n316\n\nBa.\n\n- 3 -\n\nBốn.\n")

        read = read_doc(b"", LIMITS)

        assert [d.text for d in read.drafts] == ["Một.", "Hai.", "316", "Ba.", "Bốn."]
        assert len(read.notes) == 2

    def test_encrypted_file_is_named(self, monkeypatch):
        """A file that asks for a password is encrypted."""
        answering(monkeypatch, err="Encrypted documents are not supported", code=1)

        with pytest.raises(DocumentError) as caught:
            read_doc(doc_bytes(PARAGRAPHS), LIMITS)

        assert caught.value.outcome == Outcome.ENCRYPTED

    def test_slow_file_is_named(self, monkeypatch):
        """A file on which antiword hangs is timed out."""

        def hang(*_a, **_k):
            raise subprocess.TimeoutExpired("antiword", 1)

        monkeypatch.setattr(doc.subprocess, "run", hang)

        with pytest.raises(DocumentError) as caught:
            read_doc(doc_bytes(PARAGRAPHS), LIMITS)

        assert caught.value.outcome == Outcome.TIMED_OUT


class TestSpareReader:
    @pytest.mark.parametrize("failure", ["crash", "missing"])
    def test_steps_in_where_antiword_fails(self, monkeypatch, failure):
        """A file on which antiword breaks down, or a machine without it, is read all the same."""

        def missing(*_a, **_k):
            raise FileNotFoundError("antiword")

        answering(monkeypatch, code=-11)
        if failure == "missing":
            monkeypatch.setattr(doc.subprocess, "run", missing)

        read = read_doc(doc_bytes(PARAGRAPHS), LIMITS)

        assert read.reader == "pieces"
        assert [d.text for d in read.drafts][-2:] == PARAGRAPHS

    def test_signs_of_word_become_text(self):
        """Fields show their results, hyphens that do not break are hyphens, cells stand between bars."""
        raw = ["đạt \x13 =SUM \x14316\x15 hồ sơ", "05/KH\x1eUBND", "Thu\x0712\x07\x07Chi\x0710\x07\x07sau"]

        assert doc_text(doc_bytes(raw)).split("\n")[-6:] == [
            "đạt 316 hồ sơ",
            "05/KH-UBND",
            "|Thu|12|",
            "|Chi|10|",
            "sau",
            "",
        ]

    @pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0" * 40, doc_bytes(PARAGRAPHS)[:3000]])
    def test_torn_file_is_an_error(self, data):
        """A torn file is a ValueError, nothing else."""
        with pytest.raises(ValueError):
            doc_text(data)


class TestRtf:
    @pytest.mark.parametrize(
        "raised", ["{\\super 1}", "{\\rtlch\\fcs1 \\ltrch\\fcs0 \\super\\insrsid7 1}", "}{\\super 1"]
    )
    def test_raised_mark_is_no_digit(self, raised):
        """A digit raised behind a number is the mark of a note; m² keeps its own."""
        (draft,) = read_rtf(f"{{\\rtf1\\ansi {{327{raised}}} bo, 120 m{{\\super 2}}\\par}}".encode()).drafts

        assert draft.text == "327 bo, 120 m2"

    def test_table_rows_are_cells(self):
        """Rows of an RTF table are cells, letters in \\u come out composed."""
        row = "\\trowd\\cellx2000\\cellx4000\\intbl {}\\cell {}\\cell\\row"
        text = (
            "{\\rtf1\\ansi "
            + row.format("L\\u297?nh v\\u7921?c", "S\\u7889?")
            + row.format("H\\u7897? t\\u7883?ch", "74")
            + "}"
        )

        (table,) = read_rtf(text.encode()).drafts

        assert [c.text for c in table.cells] == ["Lĩnh vực", "Số", "Hộ tịch", "74"]
