"""Write `sample/inbox` and `sample/key.json` anew; the same code gives the same figures."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from docx import Document

from catalogue.wards import wards
from sample.generator.facts import make_facts
from sample.generator.files import MARK, Letterhead, pdf_bytes, scan_bytes, write_docx
from sample.generator.manners import MANNERS

ROUND = "2024-Q3"
SAMPLE = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Plan:
    """How one ward writes: manner, format, day, number, and what the clerk gets wrong (code to printed text)."""

    ward: str
    manner: str
    format: str
    day: int
    number: int
    slips: dict[str, str] = field(default_factory=dict)
    suffix: str = ""


PLANS = (
    Plan("nguyen-nghiem", "narrative", "docx", 11, 214),
    Plan("pho-an", "terse", "docx", 10, 96),
    Plan("pho-phong", "tabular", "pdf", 12, 178),
    Plan("pho-thuan", "percent_first", "pdf", 9, 141, {"digitised_dossiers_pct": "61,2"}),
    Plan("pho-van", "narrative", "pdf", 12, 187, {"dossiers_received_new": "1.002"}),
    Plan("pho-van", "narrative", "pdf", 13, 190, {}, "_dinh chinh"),
    Plan("pho-quang", "terse", "pdf", 11, 120),
    Plan("pho-nhon", "short", "scan", 10, 77),
    Plan("pho-ninh", "tabular", "docx", 13, 165),
    Plan("pho-minh", "percent_first", "docx", 9, 203),
    Plan("pho-vinh", "terse", "pdf", 12, 133, {"ward_expenditure": "1.912.400"}),
    Plan("pho-hoa", "short", "scan", 13, 88),
    Plan("pho-cuong", "narrative", "docx", 12, 151, {"investment_disbursed_pct": "118,4"}),
    Plan("pho-khanh", "percent_first", "pdf", 11, 149),
    Plan("pho-thanh", "tabular", "docx", 10, 172),
    Plan("pho-chau", "short", "docx", 9, 69, {"satisfaction_pct": ""}),
)


def main() -> None:
    """Write every file of the round, the two that are no report, and the key."""
    inbox = SAMPLE / "inbox"
    inbox.mkdir(exist_ok=True)
    key = {}
    for place, plan in enumerate(PLANS):
        name, entry = _write(inbox, plan, seed=list(wards()).index(plan.ward) + 1, place=place)
        key[name] = entry
    _write_invitation(inbox / "Giay moi hop giao ban.docx")
    whole = (inbox / next(n for n in key if n.endswith("Pho Khanh.pdf"))).read_bytes()
    (inbox / "bao cao gui lai (loi).pdf").write_bytes(whole[: len(whole) // 3])
    (SAMPLE / "key.json").write_text(json.dumps(key, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _write(inbox: Path, plan: Plan, seed: int, place: int) -> tuple[str, dict[str, object]]:
    ward = wards()[plan.ward]
    day = date(2024, 9, plan.day)
    body = MANNERS[plan.manner](
        make_facts(seed, all_resolved_or_pending=plan.manner != "terse"), ward.full_name, ward.kind
    )
    body = _with_slips(body, plan.slips)
    head = Letterhead(
        agency=ward.full_name.upper(),
        number=f"{plan.number}/BC-UBND",
        place=ward.name,
        date_words=f"ngày {day:%d} tháng {day.month} năm {day.year}",
        abstract="Kết quả thực hiện công tác cải cách hành chính quý III năm 2024",
    )
    intro = f"UBND {ward.full_name} báo cáo kết quả công tác cải cách hành chính (CCHC) quý III năm 2024 như sau:\n"
    name = f"BC CCHC quy III - {_ascii(ward.slug)}{plan.suffix}.{'docx' if plan.format == 'docx' else 'pdf'}"
    _render(inbox / name, plan, head, intro + body, place)
    figures = {}
    for code, value, printed in MARK.findall(body):
        figures.setdefault(code, float(value) if value else _number(printed))
    identity = {"ward": plan.ward, "quarter": ROUND, "doc_no": head.number, "date": day.isoformat()}
    return name, {**identity, "figures": figures}


def _render(path: Path, plan: Plan, head: Letterhead, body: str, place: int) -> None:
    if plan.format == "docx":
        write_docx(path, head, body)
    elif plan.format == "pdf":
        path.write_bytes(pdf_bytes(head, body))
    else:
        path.write_bytes(scan_bytes(pdf_bytes(head, body, "DejaVu Serif", 10.5), seed=place))


def _with_slips(body: str, slips: dict[str, str]) -> str:
    """Return the body with slips in place; an empty slip takes out the clause that holds the figure."""
    for code, printed in slips.items():
        if printed:
            body = re.sub(rf"\[\[{code}(=[0-9.]+)?\|[^\]]+\]\]", f"[[{code}|{printed}]]", body)
        else:
            body = re.sub(rf",[^,.]*\[\[{code}\|[^\]]+\]\][^.\n]*", "", body)
    return body


def _number(printed: str) -> float:
    return float(printed.replace(".", "").replace(",", "."))


def _ascii(slug: str) -> str:
    return slug.replace("-", " ").title()


def _write_invitation(path: Path) -> None:
    document = Document()
    for line in (
        "ỦY BAN NHÂN DÂN THỊ XÃ ĐỨC PHỔ",
        "GIẤY MỜI",
        "Dự họp giao ban công tác tháng 9",
        "Văn phòng HĐND và UBND thị xã trân trọng kính mời đại biểu dự họp giao ban lúc 7 giờ 30 ngày 16/9/2024.",
    ):
        document.add_paragraph(line)
    document.save(str(path))


if __name__ == "__main__":
    main()
