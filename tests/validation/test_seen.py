"""What nobody sees, and what nobody read, are findings of the whole report."""

from __future__ import annotations

from dataclasses import replace

from catalogue.rules import holding_rules
from parsers.document import Unread, Unseen
from parsers.reading import Reading
from validation.check import check_reports
from validation.finding import Finding

from .builders import reading


def found_by(rule: str, report: Reading) -> Finding:
    """Return the one finding of a rule."""
    (found,) = [f for f in check_reports([report])[0] if f.rule == rule]
    return found


class TestUnread:
    def test_parts_are_named(self) -> None:
        """One finding names every part with its page, binds no figure, and keeps the report waiting."""
        report = replace(reading({}), unread=(Unread("picture", "image1.png", 2), Unread("sheet")))

        found = found_by("unread_part", report)

        assert (found.severity, found.figures, found.printed) == ("warning", (), "picture:image1.png:2 · sheet::")
        assert "ảnh image1.png (trang 2), bảng tính nhúng" in found.message_vi
        assert "a picture image1.png (page 2), an embedded sheet" in found.message_en
        assert found.rule in holding_rules()


class TestUnseen:
    def test_text_is_quoted(self) -> None:
        """One finding quotes what the file says and nobody sees; the report does not wait for it."""
        report = replace(reading({}), unseen=(Unseen("9", "white", 1), Unseen("398", "struck")))

        found = found_by("unseen_text", report)

        assert (found.severity, found.figures, found.printed) == ("warning", (), "9 · 398")
        assert [(q.sentence, q.page) for q in found.quotes] == [("9", 1), ("398", None)]
        assert "„9“ (trang 1), „398“" in found.message_vi
        assert found.rule not in holding_rules()
