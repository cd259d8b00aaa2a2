"""Small reports as DOCX, in the form of Decree 30/2020, for any ward and round."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from docx import Document
from docx.document import Document as DocxDocument

from catalogue.rounds import parse_round
from catalogue.wards import wards


@dataclass(frozen=True)
class Figures:
    """What a small report prints."""

    received: int = 320
    resolved: int = 300
    early: int = 280
    plan_pct: str = "75,5"
    satisfaction_pct: str = "98,5"


def write_report(path: Path, ward: str, label: str, day: date, figures: Figures | None = None) -> Path:
    """Write a report of a ward for a round, dated on a day."""
    unit, found, made = wards()[ward], parse_round(label), Document()
    numbers = figures or Figures()
    _letterhead(made, unit.full_name, unit.name, day)
    made.add_paragraph("BÁO CÁO")
    made.add_paragraph(f"Kết quả thực hiện công tác cải cách hành chính {found.title_vi}")
    made.add_paragraph(
        f"Ủy ban nhân dân {unit.full_name} báo cáo kết quả cải cách hành chính {found.title_vi} như sau:"
    )
    made.add_paragraph("I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH")
    made.add_paragraph(
        f"Đã hoàn thành {numbers.plan_pct}% nhiệm vụ trong Kế hoạch cải cách hành chính năm {found.year}."
    )
    made.add_paragraph("II. CẢI CÁCH THỦ TỤC HÀNH CHÍNH")
    made.add_paragraph(f"Tổng số hồ sơ tiếp nhận trong kỳ là {numbers.received} hồ sơ.")
    made.add_paragraph(f"Số hồ sơ đã giải quyết là {numbers.resolved} hồ sơ.")
    made.add_paragraph(f"Số hồ sơ giải quyết trước hạn là {numbers.early} hồ sơ.")
    made.add_paragraph(f"Tỷ lệ người dân hài lòng đạt {numbers.satisfaction_pct}%.")
    made.add_paragraph("TM. ỦY BAN NHÂN DÂN")
    made.add_paragraph("CHỦ TỊCH")
    made.save(str(path))
    return path


def _letterhead(made: DocxDocument, full_name: str, name: str, day: date) -> None:
    """Write the two columns above the title."""
    table = made.add_table(rows=2, cols=2)
    table.cell(0, 0).text = f"ỦY BAN NHÂN DÂN\n{full_name.upper()}"
    table.cell(0, 1).text = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    table.cell(1, 0).text = f"Số: {100 + day.toordinal() % 200}/BC-UBND"
    table.cell(1, 1).text = f"{name}, ngày {day.day:02} tháng {day.month:02} năm {day.year}"
