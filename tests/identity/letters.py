"""A report in outline: letterhead, title, opening and closing lines, as a Document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from parsers.document import Block, Document


@dataclass(frozen=True)
class Letter:
    """The parts of a report that say what it is; an empty part is not printed."""

    agency: str = "ỦY BAN NHÂN DÂN\nPHƯỜNG PHỔ MINH"
    motto: str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    number: str = "Số: 204/BC-UBND"
    place: str = "Phổ Minh, ngày 08 tháng 9 năm 2023"
    kind: str = "BÁO CÁO"
    title: str = "Kết quả thực hiện công tác cải cách hành chính quý III năm 2023"
    opening: str = (
        "Thực hiện Công văn số 422/UBND ngày 10/3/2022 của UBND thị xã Đức Phổ, UBND phường Phổ Minh báo cáo như sau:"
    )
    body: str = "Trong quý, UBND phường đã tiếp nhận 327 hồ sơ, giải quyết 321 hồ sơ."
    closing: str = "Trên đây là báo cáo của UBND phường Phổ Minh, kính gửi Phòng Nội vụ thị xã tổng hợp./."
    appendix: str = ""

    def but(self, **parts: str) -> Letter:
        """Return the letter with some parts printed otherwise."""
        return replace(self, **parts)

    def document(self, *, flat: bool = False, columns: bool = True) -> Document:
        """Return the letter as a Document; `flat` as a reader that tells no kinds apart would give it."""
        parts = [
            ("letterhead", self.agency if columns else _side_by_side(self.agency, self.motto)),
            ("letterhead", self.motto if columns else ""),
            ("letterhead", self.number if columns else f"{self.number} {self.place}"),
            ("letterhead", self.place if columns else ""),
            ("title", self.kind),
            ("title", self.title),
            ("paragraph", self.opening),
            ("heading", "I. KẾT QUẢ"),
            ("paragraph", self.body),
            ("paragraph", self.closing),
            ("paragraph", self.appendix),
        ]
        printed = [(kind, text) for kind, text in parts if text.strip()]
        blocks = tuple(
            Block(i, "paragraph" if flat else kind, text, level=int(kind == "heading"))  # type: ignore[arg-type]
            for i, (kind, text) in enumerate(printed)
        )
        return Document("0" * 64, "docx", blocks)


def _side_by_side(left: str, right: str) -> str:
    """Return two columns as a reader that takes lines across the page gives them."""
    lefts, rights = left.split("\n"), right.split("\n")
    rows = max(len(lefts), len(rights))
    padded = zip(lefts + [""] * (rows - len(lefts)), rights + [""] * (rows - len(rights)), strict=True)
    return "\n".join(f"{a} {b}".strip() for a, b in padded)
