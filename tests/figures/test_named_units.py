"""Units named in running text: whose number it is where a sentence sets several side by side."""

from __future__ import annotations

import pytest

from parsers.document import Block, Document, Place
from parsers.named_units import is_headed, is_of_another_unit, is_of_the_level_above


def _document(text: str, heading: str = "2. Cải cách thủ tục hành chính") -> Document:
    blocks = (
        Block(0, "letterhead", "ỦY BAN NHÂN DÂN\nXÃ HƯƠNG XUÂN"),
        Block(1, "heading", "I. Tin trong tỉnh", level=1),
        Block(2, "heading", heading, level=2),
        Block(3, "paragraph", text),
    )
    return Document(sha256="0" * 64, format="docx", blocks=blocks)


def _asked(text: str, raw: str, heading: str = "2. Cải cách thủ tục hành chính") -> bool:
    start = text.index(raw)
    return is_of_another_unit(_document(text, heading), Place(3, start, start + len(raw)), 0)


@pytest.mark.parametrize(
    ("text", "raw", "anothers"),
    [
        ("Xã Hương Xuân đạt 91,4%, còn xã Phú Lương cao nhất với 99,61%.", "91,4", False),
        ("Xã Hương Xuân đạt 91,4%, còn xã Phú Lương cao nhất với 99,61%.", "99,61", True),
        ("Xã Phú Lương nhận 571 hồ sơ, xã HƯƠNG XUÂN nhận 466 hồ sơ.", "466", False),
        ("Xã nhận 466 hồ sơ.", "466", False),
        ("Trong 466 hồ sơ có 12 hồ sơ từ xã Phú Lương, tức 2,6%.", "2,6", False),
        ("So với xã Phú Lương, số hồ sơ là 466.", "466", False),
        ("Tỉnh giao xã 48 biên chế; có mặt 45 người.", "45", False),
        ("Đặc khu Lý Sơn nhận 120 hồ sơ.", "120", True),
        ("Thị trấn Măng Đen nhận 120 hồ sơ.", "120", True),
    ],
)
def test_the_unit_named_last_before_a_number_has_it(text: str, raw: str, anothers: bool) -> None:
    """What is only compared with, or comes from elsewhere, is nobody's name; a small "xã" with a number is none."""
    assert _asked(text, raw) is anothers


def test_a_heading_names_the_own_unit_too() -> None:
    """A page on several communes says over each part whose it is, whatever the letterhead prints."""
    text = "Xã Phú Lương nhận 571 hồ sơ."

    assert not _asked(text, "571", "Xã Phú Lương: kết quả quý III")
    assert _asked(text, "571", "Xã Đông Tràng: kết quả quý III")


def test_only_a_heading_over_the_number_counts() -> None:
    """A heading of the same level that was closed by another one says nothing of what follows."""
    blocks = (
        Block(0, "heading", "Xã Phú Lương", level=1),
        Block(1, "paragraph", "nhận 571 hồ sơ"),
        Block(2, "heading", "Kết quả chung", level=1),
        Block(3, "paragraph", "nhận 466 hồ sơ"),
    )
    document = Document(sha256="0" * 64, format="docx", blocks=blocks)

    assert is_headed(document, Place(1, 5, 8))
    assert not is_headed(document, Place(3, 5, 8))


def test_a_table_says_it_otherwise() -> None:
    """Rows and columns of other units are another room's matter."""
    assert not is_of_another_unit(_document("Xã Phú Lương 571"), Place(3, 13, 16, 1, 1), 0)


def test_a_long_sentence_of_names_ends() -> None:
    """Work grows with the length of a sentence only."""
    text = "xã Phú Lương, " * 5_000 + "nhận 571 hồ sơ"

    assert _asked(text, "571")


@pytest.mark.parametrize(
    ("text", "raw", "above"),
    [
        ("Trong năm, UBND quận tiếp nhận 521.408 hồ sơ. Kết quả đã giải quyết 521.213 hồ sơ.", "521.408", True),
        ("Trong năm, UBND quận tiếp nhận 521.408 hồ sơ. Kết quả đã giải quyết 521.213 hồ sơ.", "521.213", True),
        ("UBND huyện đã tiếp nhận 9.120 hồ sơ, riêng xã tiếp nhận 466 hồ sơ.", "466", False),
        ("UBND quận tiếp nhận 9.120 hồ sơ. Phường đã giải quyết 466 hồ sơ.", "466", False),
        ("100% xã, thị trấn của huyện đã thành lập tổ với 91 tổ.", "91", True),
        ("Bình quân toàn tỉnh 96,2%; tỷ lệ dùng lại đạt 82,4%.", "82,4", False),
        ("Nhiệm vụ của tỉnh giao là 126.", "126", False),
        ("Xã tiếp nhận 466 hồ sơ.", "466", False),
    ],
)
def test_what_the_level_above_does_is_its_own(text: str, raw: str, above: bool) -> None:
    """Its numbers go on into the next sentence, until the own unit is named; what it assigns is the own unit's."""
    start = text.index(raw)
    sentence = text.rfind(". ", 0, start) + 2 if ". " in text[:start] else 0

    assert is_of_the_level_above(_document(text), Place(3, start, start + len(raw)), sentence) is above
